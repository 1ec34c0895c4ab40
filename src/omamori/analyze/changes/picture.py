"""The network as one snapshot knows it, machine by machine: frozen records without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from omamori.analyze.addresses import Network
from omamori.analyze.changes.address_set import AddressSet, network_of
from omamori.model.look import Identity
from omamori.snapshot.network_state import PortKey, PortRanges, SeenPort


@dataclass(frozen=True, slots=True)
class Port:
    """A port and the line of evidence that shows it."""

    seen: SeenPort
    where: str = ""

    @property
    def open(self) -> bool:
        """True only for what certainly is open: `open|filtered` is not."""
        return self.seen.state == "open"


@dataclass(frozen=True, slots=True)
class PortLook:
    """The newest look of a scan at the ports of one address.

    `asked`: what it asked by protocol; a port it did not ask is not known. `ended` False: what is not listed is not known either.
    """

    run: str
    seen: datetime | None
    ports: Mapping[PortKey, Port] = field(default_factory=dict)
    asked: Mapping[str, PortRanges] = field(default_factory=dict)
    ended: bool = True
    where: str = ""

    def not_open(self, key: PortKey) -> bool:
        """Return True when the look tells that a port is not open; False when it is open or nothing is told."""
        port = self.ports.get(key)
        if port is not None:
            return port.seen.state in ("closed", "filtered", "closed|filtered")
        return self.ended and any(first <= key[1] <= last for first, last in self.asked.get(key[0], ()))


@dataclass(frozen=True, slots=True)
class Place:
    """An address at which a scan found a machine, and when it answered there last. `mac` only where the scanner stood on the segment."""

    address: str
    seen: datetime | None = None
    run: str = ""
    mac: str | None = None
    distance: int | None = None
    look: PortLook | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """When something was seen or said, and the line of evidence."""

    seen: datetime | None
    where: str = ""


@dataclass(frozen=True, slots=True)
class SwitchPort:
    """The port of a switch behind which a machine's hardware address was learned; `shared`: how many addresses were learned there."""

    switch: str
    port: str
    shared: int
    sign: Sign


@dataclass(frozen=True, slots=True)
class OwnView:
    """What a machine itself says: its IPv4 addresses, and the ports others can reach by `listeners`. None: it did not say all."""

    hostname: str | None = None
    addresses: Mapping[str, str] | None = None
    listeners: Mapping[PortKey, Port] | None = None
    sign: Sign = Sign(None)
    listened: Sign = Sign(None)


@dataclass(frozen=True, slots=True)
class Machine:
    """An asset as far as it is on the network. `places`: by address. `signs`: weaker sightings (neighbours, leases, switch tables)."""

    asset: str
    zone: str = ""
    role: str = ""
    declared: bool | None = None
    hands_off: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)
    own: OwnView = OwnView()
    signs: tuple[Sign, ...] = ()
    switch_port: SwitchPort | None = None

    @property
    def last_seen(self) -> Sign:
        """The newest moment at which anything saw it, itself included."""
        signs = (*(Sign(place.seen, place.where) for place in self.places.values()), *self.signs, self.own.sign)
        return max((sign for sign in signs if sign.seen is not None), key=lambda sign: (sign.seen, sign.where), default=Sign(None))

    @property
    def last_scanned(self) -> datetime | None:
        """The newest moment at which it answered a scan."""
        return max((place.seen for place in self.places.values() if place.seen is not None), default=None)


def together(machines: Sequence[Machine]) -> Machine:
    """Return several entries that turned out to be one machine as one; of what only one can hold, that of the newest."""
    newest = max(machines, key=lambda one: (one.last_seen.seen or datetime.min, one.asset))
    spoke = max(machines, key=lambda one: (one.own.sign.seen or datetime.min, one.asset))
    places = sorted((place for one in machines for place in one.places.values()), key=lambda place: (place.seen or datetime.min, place.run))
    return replace(
        newest,
        declared=True if any(one.declared for one in machines) else newest.declared,
        places={place.address: place for place in places},
        own=spoke.own,
        signs=tuple(sign for one in machines for sign in one.signs),
        switch_port=newest.switch_port or next((one.switch_port for one in machines if one.switch_port is not None), None),
    )


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a scanner. `asked` None: its targets are not known. `spared`: addresses it was told to leave alone. `reached`: the networks
    in which anything answered it, and `segments`: those in which it saw hardware addresses.
    """

    name: str
    began: datetime
    finished: bool
    asked: AddressSet | None = None
    spared: AddressSet = AddressSet()
    reached: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    where: str = ""

    def covers(self, address: str) -> bool:
        """Return True when it asked an address to the end, and anything answered it in that network.

        A network in which nothing at all answered was not reached: the scanner stood elsewhere, or a cable was out.
        """
        if not self.finished or self.asked is None or network_of(address) not in self.reached:
            return False
        return self.asked.holds(address) and not self.spared.holds(address)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two machines that use one address at one time: their names, and the line of each."""

    address: str
    names: tuple[str, str]
    where: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Picture:
    """The network as one snapshot knows it. `zones`: the networks of the zones; `tabled`: switches whose table was read whole."""

    moment: datetime
    machines: Mapping[str, Machine] = field(default_factory=dict)
    identity: Sequence[Identity] = ()
    runs: tuple[Run, ...] = ()
    tabled: frozenset[str] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    zones: tuple[tuple[Network, str], ...] = ()

    def zone_of(self, address: str) -> str:
        """Return the zone with the smallest network that holds an address; empty when none does."""
        held = [(network.size, zone) for network, zone in self.zones if network.holds(address)]
        return min(held)[1] if held else ""

    def asked(self, address: str) -> Run | None:
        """Return the newest run that asked an address to the end and reached its network; None when none did."""
        return max((run for run in self.runs if run.covers(address)), key=lambda run: (run.began, run.name), default=None)
