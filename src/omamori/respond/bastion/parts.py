"""What a plan of the move to one door is made of: the door, the sides it replaces, the edits of devices, the flows that are lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from omamori.analyze.reach.parts import Network
from omamori.analyze.reach.ranges import Ranges
from omamori.model.declared import DesignedFlow
from omamori.model.device import DeviceChain, DeviceRule, DeviceVpn
from omamori.model.text import Text
from omamori.model.ways_in import Entry

EARLY = -10
"""Priority of the chains that come: before the filters of a device (0), after destination NAT (-100), so that they see where packets go."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a judged snapshot says of the ways in. `rows` and `doubts` are what the network is made of (`reach.network.TABLES`)."""

    rows: tuple[Any, ...]
    doubts: Mapping[tuple[str, str], str]
    network: Network
    entries: tuple[Entry, ...]
    zones: Mapping[str, tuple[str, Ranges]]
    """Zone → its kind and its addresses."""
    systems: Mapping[str, str]
    vpns: tuple[DeviceVpn, ...]
    addresses: Mapping[str, tuple[str, ...]]
    """Asset → the addresses it has now."""
    designed: tuple[DesignedFlow, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """The one door: the jump server's address and the ports that lead in. `proposed`: nobody has seen a machine there yet."""

    zone: str | None
    asset: str | None
    address: str | None
    ports: tuple[int, ...] = (22,)
    proposed: bool = False
    why: Text = Text("", "")
    needs: tuple[Text, ...] = ()
    """What has to be there first, cheapest first; empty where the door stands."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Packets that may pass: addresses as the device tables write them, a protocol, ports (None: any)."""

    addresses: str | None
    protocol: str
    ports: str | None = None
    sources: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """An interface of a device by which somebody comes in, and all entries it is. `entry` is the one it is called by.

    `line`: a line of somebody, which moves to the jump server; otherwise the interface the lines come in over, or the way to the Internet.
    `door`: on a device of the DMZ. `passing` may be forwarded, `admitted` may reach the device itself; nothing else comes in.
    """

    device: str
    interface: str
    entry: Entry
    entries: tuple[Entry, ...]
    line: bool
    door: bool
    passing: tuple[Opening, ...] = ()
    admitted: tuple[Opening, ...] = ()

    @property
    def name(self) -> str:
        """The name of the entry it is called by."""
        return self.entry.entry


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one device: `chain` comes anew with the rules, or the rules come first in the chain `at`."""

    device: str
    rules: tuple[DeviceRule, ...]
    chain: DeviceChain | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Leak:
    """Packets of a side that arrive though the door is not there: where, by which rules, and why it is not certain (None: it is)."""

    addresses: Ranges
    services: str
    reach: str
    through: tuple[str, ...]
    rules: tuple[str, ...]
    evidence: str
    doubt: str | None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a side stands by the evidence there is: done, open, unknown, or gone (looked for and no longer there).

    `leaks` is what it reaches besides the door.
    """

    name: str
    state: str
    leaks: tuple[Leak, ...] = ()
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A flow that passes the old way and would not pass any more. `seen`: by evidence; else it was designed."""

    entry: str
    source: str
    asset: str
    address: str
    protocol: str
    port: int
    seen: bool
    ask: tuple[str, ...] = ()
    purpose: str | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Reaches:
    """What a side reaches before and after: machines and their ports that are known to listen, and whether the door itself is open."""

    machines_before: int
    machines_after: int
    services_before: int
    services_after: int
    left: tuple[Leak, ...] = ()
    to_door: str = "none"
    to_door_before: str = "none"
    doubt: str | None = None
    examples: tuple[str, ...] = ()
    """Some of the services reached now, for people."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan. `rows` of the network as it would be are in `after`."""

    target: Target
    sides: tuple[Side, ...]
    edits: tuple[Edit, ...]
    after: Network
    outcome: Mapping[str, Reaches]
    standing: tuple[Standing, ...]
    lost: tuple[Lost, ...] = ()
    going: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Device → rules that let nobody in any more once the edits are made, as `CHAIN: RULE`."""
    elsewhere: tuple[Entry, ...] = ()
    """Ways in that no rule of a device can move: programs, PCs with mail, sockets."""
    unseen: tuple[Entry, ...] = ()
    """Lines whose device or interface nobody has looked at: nothing can be planned for them."""
