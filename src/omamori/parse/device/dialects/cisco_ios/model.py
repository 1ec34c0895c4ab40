"""What a configuration of Cisco IOS holds, gathered before rows are made of it: a line may name what is defined behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from omamori.parse.device.cisco.acl import Ace
from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.cisco.groups import Groups
from omamori.parse.device.cisco.reading import Reading
from omamori.parse.device.cisco.values import wildcard

_PARTS = re.compile(r"([A-Za-z][A-Za-z-]{0,40}?)\s?(\d[\d/.:]{0,30})")
_STARTS = (
    "ethernet", "fastethernet", "gigabitethernet", "twogigabitethernet", "fivegigabitethernet", "tengigabitethernet", "twentyfivegige", "fortygigabitethernet",
    "fiftygige", "hundredgige", "loopback", "tunnel", "vlan", "dialer", "serial", "port-channel", "bvi", "bdi", "cellular", "dot11radio", "virtual-template",
)  # fmt: skip
_LONGEST_SHORT = 20
_KINDS = (
    ("loopback", "loopback"), ("tunnel", "tunnel"), ("vlan", "vlan"), ("bvi", "bridge"), ("bdi", "bridge"), ("port-channel", "aggregate"),
    ("dialer", "ppp"), ("virtual-ppp", "ppp"), ("virtual-template", "ppp"), ("multilink", "ppp"), ("async", "ppp"), ("dot11radio", "wireless"),
    ("wlan", "wireless"), ("cellular", "mobile"), ("fa", "ethernet"), ("gi", "ethernet"), ("ten", "ethernet"), ("eth", "ethernet"),
    ("forty", "ethernet"), ("fif", "ethernet"), ("five", "ethernet"), ("twe", "ethernet"), ("hundred", "ethernet"), ("two", "ethernet"),
)  # fmt: skip


@dataclass(slots=True)
class AccessList:
    """A list with its lines in order; `number` is the line it is first defined at."""

    name: str
    number: int
    standard: bool
    aces: list[Ace] = field(default_factory=list)

    def ordered(self) -> list[Ace]:
        """The lines in the order they are evaluated: by sequence number, where they have them."""
        place, keyed = 0, []
        for ace in self.aces:
            place = ace.sequence if ace.sequence is not None else place + 10
            keyed.append((place, ace))
        return [ace for _, ace in sorted(keyed, key=lambda one: one[0])]


@dataclass(slots=True)
class Port:
    """An interface with what its lines say."""

    name: str
    number: int
    kind: str | None = None
    parent: str | None = None
    label: str | None = None
    enabled: bool = True
    addresses: list[tuple[str, int, int]] = field(default_factory=list)
    dynamic: bool = False
    vlan: int | None = None
    vrf: str | None = None
    zone: str | None = None
    zone_line: int = 0
    role: str | None = None
    lists: list[tuple[str, str, int]] = field(default_factory=list)
    inspects: list[tuple[str, str, int]] = field(default_factory=list)
    crypto_map: str | None = None
    tunnel: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Ios:
    """A configuration, gathered."""

    reading: Reading = field(default_factory=Reading)
    groups: Groups = field(default_factory=lambda: Groups(wildcard))
    lists: dict[str, AccessList] = field(default_factory=dict)
    ports: dict[str, Port] = field(default_factory=dict)
    routes: list[Statement] = field(default_factory=list)
    nat: list[Statement] = field(default_factory=list)
    pools: dict[str, Statement] = field(default_factory=dict)
    route_maps: dict[str, list[Statement]] = field(default_factory=dict)
    zones: dict[str, Statement] = field(default_factory=dict)
    pairs: list[Statement] = field(default_factory=list)
    class_maps: dict[str, Statement] = field(default_factory=dict)
    policy_maps: dict[str, Statement] = field(default_factory=dict)
    inspects: dict[str, list[Statement]] = field(default_factory=dict)
    admin: list[Statement] = field(default_factory=list)
    crypto: list[Statement] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def port_named(self, words: tuple[str, ...]) -> tuple[str, int]:
        """Return the interface these words begin with, as it is defined, and how many words it takes (0: none)."""
        for count in (1, 2):
            found = _PARTS.fullmatch(" ".join(words[:count]))
            if found is None:
                continue
            low, rest = found[1].lower(), found[2]
            if len(self.known) != len(self.ports):
                self.known = {name.lower(): name for name in self.ports}
            if f"{low}{rest}" in self.known:
                return self.known[f"{low}{rest}"], count
            if len(low) < _LONGEST_SHORT:  # `Gi0/1` is short for one of these
                for start in _STARTS:
                    if start.startswith(low) and f"{start}{rest}" in self.known:
                        return self.known[f"{start}{rest}"], count
            return f"{found[1]}{rest}", count
        return "", 0

    def with_role(self, role: str, vrf: str | None = None) -> str:
        """Return the names of the interfaces that face inside or outside for translation, separated by commas."""
        return ",".join(port.name for port in self.ports.values() if port.role == role and (vrf is None or port.vrf == vrf))


def canonical(words: tuple[str, ...]) -> str:
    """Return the name of an interface as it is defined: `loopback 66` and `Loopback66` are one."""
    found = _PARTS.fullmatch(" ".join(words[:2])) or _PARTS.fullmatch(words[0] if words else "")
    return f"{found[1]}{found[2]}" if found else "".join(words[:1])


def kind_of(name: str) -> str | None:
    """Return the kind of an interface by its name."""
    low = name.lower()
    kind = next((kind for start, kind in _KINDS if low.startswith(start)), None)
    return "vlan" if kind == "ethernet" and "." in name else kind
