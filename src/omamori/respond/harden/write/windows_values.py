"""What every text for Windows needs to know of a change: its place in the registry, and whether what stands there will do."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from omamori.respond.harden.changes import Change, ProfileOpen, RegistryValue, ServiceStart, ShareRights, WindowsRule
from omamori.respond.harden.parts import Measure

SHARES = r"HKLM\SYSTEM\CurrentControlSet\Services\LanmanServer\Shares"
SERVICES = r"HKLM\SYSTEM\CurrentControlSet\Services"
LOCAL_FIREWALL = r"HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
POLICY_FIREWALL = r"HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall"
RULES = {"local": rf"{LOCAL_FIREWALL}\FirewallRules", "policy": rf"{POLICY_FIREWALL}\FirewallRules"}
PROFILES = {"domain": ("DomainProfile",), "private": ("PrivateProfile", "StandardProfile"), "public": ("PublicProfile",)}
"""Names a profile of the firewall has in the policy, and last in the machine's own settings ([MS-GPFAS] 2.2.2)."""
HIVES = {"HKLM": "HKEY_LOCAL_MACHINE", "HKCU": "HKEY_CURRENT_USER"}
TYPES = {"sz": 1, "expand": 2, "binary": 3, "dword": 4, "multi": 7}
"""Kinds of values as the registry numbers them."""
_MASKS = {"full": 0x001F01FF, "change": 0x001301BF, "read": 0x001200A9}
_MOST = 2**31 - 1
"""The largest number cmd can count with; what is larger counts as this."""

Data = int | str | bytes | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it shall stand in the registry; `data` None: it shall not be there. `kind` is one of `TYPES`."""

    key: str
    name: str
    kind: str
    data: Data
    enough: tuple[int, int] | None = None
    unless: tuple[tuple[str, str, int, int], ...] = ()
    was: Data = None
    """What was seen there, as the same kind; where another stands it is left."""
    new: bool = False
    """Nothing was seen there: where something stands by now it is left."""
    holding: str = ""
    """A word without which what stands there is left."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a plan in the order of the plan, numbered from 001; `measure` is the place of its measure."""

    number: str
    measure: int
    change: Change


@dataclass(frozen=True, slots=True)
class Steps:
    """The changes a machine's files make, each place once. `people` are those of each person, which only a group policy makes."""

    measures: tuple[Measure, ...]
    steps: tuple[Step, ...]
    people: tuple[RegistryValue, ...] = field(default=())

    @property
    def plan(self) -> str:
        """A name for exactly these changes: the same plan finds again on the machine what it saved there."""
        return hashlib.sha256("\n".join(repr((one.number, one.change)) for one in self.steps).encode()).hexdigest()[:12]


def steps_of(measures: Sequence[Measure]) -> Steps:
    """Number the changes. Where two measures change the same place the first one counts."""
    seen: set[tuple[str, ...]] = set()
    steps: list[Step] = []
    people: list[RegistryValue] = []
    for place, measure in enumerate(measures):
        for change in measure.changes:
            key = _place(change)
            if key in seen:
                continue
            seen.add(key)
            if isinstance(change, RegistryValue) and change.key.startswith("HKCU\\"):
                people.append(change)
            else:
                steps.append(Step(f"{len(steps) + 1:03}", place, change))
    return Steps(tuple(measures), tuple(steps), tuple(people))


def _place(change: Change) -> tuple[str, ...]:
    value = value_of(change)
    if value is not None:
        return ("value", value.key.lower(), value.name.lower())
    words = [getattr(change, word, "") for word in ("section", "name", "guid", "group", "member")]
    return (type(change).__name__, *(str(word).lower() for word in words))


def value_of(change: Change) -> Value | None:
    """Return the value of the registry a change comes down to; None where it is more than that."""
    if isinstance(change, RegistryValue):
        return Value(change.key, change.name, change.kind, change.data, change.enough, change.unless, holding=change.holding)
    if isinstance(change, WindowsRule):
        return Value(RULES[change.place], change.name, "sz", change.rule, was=change.was or None, new=change.was == "")
    if isinstance(change, ShareRights):
        return Value(rf"{SHARES}\Security", change.name, "binary", descriptor(change.rights), was=change.was)
    return None


def must_compare(steps: Steps, step: Step) -> bool:
    """Return whether a change may only be made by what looks at the machine first: a file that is just put there could let somebody in whom
    people on the spot have shut out since the look."""
    measure = steps.measures[step.measure]
    return isinstance(step.change, WindowsRule | ShareRights) or any(isinstance(one, ProfileOpen) for one in measure.still)


def may_loosen(value: Value) -> bool:
    """Return whether something stricter may stand at a value's place."""
    return value.enough is not None or bool(value.unless or value.holding)


def start_of(change: ServiceStart) -> Value:
    """Return where the registry keeps how a service starts. It is set by `sc`: Windows does not look there again before a restart."""
    return Value(rf"{SERVICES}\{change.name}", "Start", "dword", int(change.start), change.enough)


def bounds(value: Value) -> tuple[int, int] | None:
    """Return the numbers that will do, both included; None where a value is no number."""
    if value.enough is not None:
        return value.enough[0], min(value.enough[1], _MOST)
    number = number_of(value.data)
    return None if number is None else (number, number)


def number_of(data: Data) -> int | None:
    """Return data as a number, whether it is written as one or as text; what is negative or larger than cmd counts is the largest."""
    if isinstance(data, str) and re.fullmatch(r"-?\d{1,10}", data, re.ASCII):
        data = int(data)
    if not isinstance(data, int):
        return None
    return data if 0 <= data <= _MOST else _MOST


def above(key: str) -> Iterator[str]:
    """Return a key and those above it that a change may have to make, the deepest first."""
    parts = key.split("\\")
    for count in range(len(parts), 2, -1):
        yield "\\".join(parts[:count])


def full(key: str) -> str:
    """Return a key with the long name of its hive."""
    hive, _, rest = key.partition("\\")
    return f"{HIVES[hive]}\\{rest}"


def wide(data: Data) -> bytes:
    """Return the bytes the registry keeps of data."""
    if isinstance(data, int):
        return struct.pack("<I", data)
    if isinstance(data, tuple):
        return ("".join(f"{text}\0" for text in data) + "\0").encode("utf-16-le")
    return data if isinstance(data, bytes) else f"{data or ''}\0".encode("utf-16-le")


def descriptor(rights: Sequence[tuple[str, str]]) -> bytes:
    """Return a security descriptor (self-relative, MS-DTYP 2.4.6) that allows SID → right; the administrators own it."""
    entries = b"".join(_entry(sid, _MASKS[right]) for sid, right in rights)
    listed = struct.pack("<BBHHH", 2, 0, 8 + len(entries), len(rights), 0) + entries
    owner = _sid("S-1-5-32-544")
    return struct.pack("<BBHIIII", 1, 0, 0x8004, 20, 20 + len(owner), 0, 20 + 2 * len(owner)) + owner + owner + listed


def _entry(sid: str, mask: int) -> bytes:
    data = _sid(sid)
    return struct.pack("<BBHI", 0, 0, 8 + len(data), mask) + data


def _sid(text: str) -> bytes:
    numbers = [int(word) for word in text.split("-")[2:]]
    return struct.pack(">BBHI", 1, len(numbers) - 1, 0, numbers[0]) + struct.pack(f"<{len(numbers) - 1}I", *numbers[1:])
