"""What was seen from the network at one time, and what changed between two times: records that scans and snapshots share.

Pure data. What was not asked, or not to the end, is told apart from what was not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address

from omamori.model.text import Value, values

PortKey = tuple[str, int]
"""Protocol (tcp, udp, sctp) and number."""

PortRanges = tuple[tuple[int, int], ...]
"""First and last port of each range, in order."""

AddressRanges = tuple[tuple[IPv4Address | IPv6Address, IPv4Address | IPv6Address], ...]
"""First and last address of each range, both of one version."""

WHY_UNTOLD: tuple[Value, ...] = values(
    ("not_asked", "そのアドレスは調べていません", "that address was not asked"),
    ("cut_off", "調査が途中で終わっています", "the scan was cut off"),
    ("targets_unknown", "どのアドレスを調べたか記録がありません", "what the scan asked is not written in it"),
)
"""Why nothing can be said of an address that only one side saw."""


@dataclass(frozen=True, slots=True)
class SeenPort:
    """A port as it was seen. `state` as nmap names it; `probed`: the service answered, its name is no guess from the number."""

    state: str
    service: str | None = None
    product: str | None = None
    version: str | None = None
    probed: bool = False


@dataclass(frozen=True, slots=True)
class SeenHost:
    """An address that answered.

    `ports`: those listed one by one. `asked`: all that were asked, by protocol (empty: not known). `rest`: by protocol the
    state of those asked and not listed; without an entry they are known not to be open, no more. `whole` is False where the
    record was cut off: then a port not listed is not known. `where` is the place in the file or the evidence.
    """

    address: str
    mac: str | None = None
    names: tuple[str, ...] = ()
    system: str | None = None
    ports: Mapping[PortKey, SeenPort] = field(default_factory=dict)
    asked: Mapping[str, PortRanges] = field(default_factory=dict)
    rest: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True
    seen: datetime | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class NetworkState:
    """All that was seen at one time.

    `hosts`: by address. `asked`: the addresses that were asked; None where that is not known. `silent`: addresses of which the
    scan itself says that they did not answer. `finished`: False when it was cut off.
    """

    hosts: Mapping[str, SeenHost]
    asked: AddressRanges | None = None
    silent: frozenset[str] = frozenset()
    finished: bool = True
    began: datetime | None = None
    ended: datetime | None = None

    def why_untold(self, address: str) -> str | None:
        """Say why nothing follows from the absence of an address (a code of `WHY_UNTOLD`); None: it was asked and did not answer."""
        if address in self.silent:
            return None
        if not self.finished:
            return "cut_off"
        if self.asked is None:
            return "targets_unknown"
        number = ip_address(address)
        for first, last in self.asked:
            if first.version == number.version and int(first) <= int(number) <= int(last):
                return None
        return "not_asked"


@dataclass(frozen=True, slots=True)
class PortChange:
    """A port that opened, closed or holds another service. `before` None: not listed then, see the host's `rest`."""

    host: SeenHost
    protocol: str
    port: int
    before: SeenPort | None
    after: SeenPort | None


@dataclass(frozen=True, slots=True)
class HostChange:
    """The same machine at another address (`moved`), or another machine at the same address (`exchanged`)."""

    before: SeenHost
    after: SeenHost


@dataclass(frozen=True, slots=True)
class Untold:
    """An address only one side saw, and why the other side says nothing of it. `only_before`: the later side is the one that is silent."""

    host: SeenHost
    only_before: bool
    why: str


@dataclass(frozen=True, slots=True)
class NetworkDifference:
    """What changed, each in the order of addresses.

    `new`: answers now, was asked before and did not. `gone`: was asked now and did not answer, so *not seen since* (a machine that
    is merely switched off looks the same). `opened`, `closed`, `changed`: ports of machines both sides saw. `moved`: the same
    hardware address, another IP address. `exchanged`: the same IP address, another hardware address. `reappeared`: answers now,
    not before, but was known earlier. `untold`: seen by one side only, and the other did not ask, or not to the end.
    """

    new: tuple[SeenHost, ...] = ()
    gone: tuple[SeenHost, ...] = ()
    opened: tuple[PortChange, ...] = ()
    closed: tuple[PortChange, ...] = ()
    changed: tuple[PortChange, ...] = ()
    moved: tuple[HostChange, ...] = ()
    exchanged: tuple[HostChange, ...] = ()
    reappeared: tuple[SeenHost, ...] = ()
    untold: tuple[Untold, ...] = ()

    @property
    def differs(self) -> bool:
        """True when anything changed; what cannot be told is no change."""
        parts = (self.new, self.gone, self.opened, self.closed, self.changed, self.moved, self.exchanged, self.reappeared)
        return any(parts)
