"""What stands in a scan file, as it stands there: runs, hosts, ports. Nothing is judged yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Script:
    """What a script of the scanner found: its output, and the values it gave by name (`subject.commonName`)."""

    id: str
    output: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Port:
    """A port listed one by one. `line` is where it stands in the file."""

    protocol: str
    number: int
    state: str
    reason: str
    line: int
    service: Mapping[str, str] = field(default_factory=dict)
    scripts: tuple[Script, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtraPorts:
    """Ports counted, not listed: their state, and (protocol or "", ports or "", reason) for each reason."""

    state: str
    reasons: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Host:
    """One host element. `whole` is False where the file broke off inside it; `timed_out`: the scanner gave up on it."""

    line: int
    status: str = ""
    reason: str = ""
    addresses: tuple[tuple[str, str], ...] = ()
    hostnames: tuple[tuple[str, str], ...] = ()
    extra: tuple[ExtraPorts, ...] = ()
    ports: tuple[Port, ...] = ()
    scripts: tuple[Script, ...] = ()
    system: str = ""
    accuracy: int | None = None
    distance: int | None = None
    began: int | None = None
    ended: int | None = None
    ports_told: bool = False
    timed_out: bool = False
    whole: bool = True

    def address(self, *kinds: str) -> str:
        """Return its first address of the kinds (ipv4, ipv6, mac); empty when it has none."""
        return next((address for address, kind in self.addresses if kind in kinds), "")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the scanner. `asked`: its scaninfo, protocol → ports as text. `finished`: it says that it ended, and nothing was missing."""

    line: int
    scanner: str = ""
    version: str = ""
    arguments: str = ""
    began: int | None = None
    ended: int | None = None
    finished: bool = False
    total: int | None = None
    asked: Mapping[str, str] = field(default_factory=dict)
    hosts: tuple[Host, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where the file is damaged or ends."""

    line: int
    said: str
    cut_off: bool
