"""What a configuration of an ASA holds, gathered before rows are made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from omamori.parse.device.cisco.acl import Ace, extended, standard
from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.cisco.groups import Groups, masked
from omamori.parse.device.cisco.reading import Reading
from omamori.parse.device.cisco.values import NONE, ip4

_VERSION = re.compile(r"(\d{1,2})\.(\d{1,2})")


@dataclass(slots=True)
class AsaPort:
    """An interface. `nameif` is the name rules use; one without passes nothing."""

    name: str
    number: int
    kind: str | None = None
    parent: str | None = None
    nameif: str | None = None
    level: int | None = None
    label: str | None = None
    enabled: bool = True
    address: str | None = None
    bits: int | None = None
    dynamic: bool = False
    vlan: int | None = None
    management: bool = False
    tunnel: dict[str, str] = field(default_factory=dict)
    crypto: bool = False


@dataclass(slots=True)
class Asa:
    """A configuration, gathered. `applied` are (list, in, out or global, nameif, line)."""

    reading: Reading = field(default_factory=Reading)
    groups: Groups = field(default_factory=lambda: Groups(masked))
    lists: dict[str, list[Statement]] = field(default_factory=dict)
    read: dict[str, list[Ace | None]] = field(default_factory=dict)
    ports: dict[str, AsaPort] = field(default_factory=dict)
    applied: list[tuple[str, str, str, int]] = field(default_factory=list)
    nat: list[tuple[Statement, str]] = field(default_factory=list)
    routes: list[Statement] = field(default_factory=list)
    admin: list[Statement] = field(default_factory=list)
    crypto: list[Statement] = field(default_factory=list)
    inspected: set[str] = field(default_factory=set)
    flags: dict[str, str] = field(default_factory=dict)

    def real_first(self) -> bool:
        """Whether lists see real addresses: since 8.3 translation back comes before them. Without a version, of today's."""
        found = _VERSION.match(self.flags.get("version", ""))
        return found is None or (int(found[1]), int(found[2])) >= (8, 3)

    def names(self, nameif: str | None) -> str | None:
        """Return the interfaces of a nameif, separated by commas; None for any, the nameif itself where none has it."""
        if nameif is None or nameif.lower() == "any":
            return None
        found = [port.name for port in self.ports.values() if port.nameif == nameif]
        return ",".join(found) or nameif

    def bound(self, nameif: str) -> str:
        """Return the interface a nameif is of, without the tunnels that come out there."""
        return next((port.name for port in self.ports.values() if port.nameif == nameif and not port.crypto), nameif)

    def own(self, nameif: str) -> str | None:
        """Return the address of the interface with a nameif."""
        return next((port.address for port in self.ports.values() if port.nameif == nameif and port.address), None)

    def aces(self, name: str) -> list[Ace | None]:
        """Return the lines of a list, read; None for a line that was not understood."""
        if name not in self.read:
            self.read[name] = [_ace(self, one) for one in self.lists.get(name, [])]
        return self.read[name]


def _ace(asa: Asa, statement: Statement) -> Ace | None:
    words = statement.words[2:]
    line = None
    if words[:1] == ("line",) and len(words) > 2:
        line, words = words[1], words[2:]
    kind = words[0].lower() if words else ""
    if kind in ("extended", "standard"):
        words = words[1:]
    made = (standard if kind == "standard" else extended)((*((line,) if line else ()), *words), statement.number, asa.groups, asa=True)
    for side in (made.sources, made.destinations) if made is not None else ():
        if side.unread and side.unread.endswith("is not defined"):
            asa.reading.missing("object", "オブジェクト", side.named or "", statement.number)
    return made


def address(words: tuple[str, ...], names: dict[str, str]) -> tuple[str, str] | None:
    """Return an address and its mask from two words; `0` is short for zeros, a name for its address."""
    if len(words) < 2:
        return None
    first, mask = (names.get(word, word) for word in words[:2])
    first, mask = (NONE if word == "0" else word for word in (first, mask))
    return (first, mask) if ip4(first) is not None and ip4(mask) is not None else None
