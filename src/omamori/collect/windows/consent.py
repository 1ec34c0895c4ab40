"""Who agreed that a machine may be looked at, before anything is asked of it: the kit's question, and its list of machines.

machines.txt holds lines `NAME;KIND;WHO AGREED AND WHEN`; `*` is for all without a line of their own. A machine whose own line
has a kind that is none of the three is not looked at, and a medical device must be named. Where several lines may mean one
machine, each of them must let it be looked at, and the strictest kind counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from omamori.model.windows import MACHINES
from omamori.parse.windows.decode import decode

_KINDS = frozenset(kind.code for kind in MACHINES)
_STRICTEST_FIRST = ("medical", "vendor", "ordinary")


@dataclass(frozen=True, slots=True)
class Consent:
    """What was answered: the kind of machine (ordinary, vendor, medical), who agreed and when, and who answered."""

    machine: str
    agreed: str = ""
    answered_by: str = ""

    @property
    def enough(self) -> bool:
        """Whether it may be looked at: a vendor's or medical machine needs somebody who agreed."""
        return self.machine == "ordinary" or (self.machine in _KINDS and bool(self.agreed.strip()))

    def section(self) -> bytes:
        """The answer in the kit's own form."""
        words = {"machine": self.machine, "answered_by": self.answered_by, "consent": self.agreed}
        lines = [f"{name}={' '.join(value.split())[:300]}" for name, value in words.items() if value.strip()]
        return "\r\n".join(["OMAMORI-CONSENT 1", *lines, ""]).encode()


@dataclass(frozen=True, slots=True)
class Machines:
    """The lines of a list, by name in lower case."""

    lines: tuple[tuple[str, Consent], ...]

    def named(self, *names: str) -> Consent | None:
        """Return the line of a machine known by one of these names; a full name and its first part alone are one machine's."""
        return _strictest([consent for line, consent in self.lines if any(_same(line, name.lower()) for name in names)])

    def of(self, *names: str) -> Consent | None:
        """Return what holds for a machine: its own line, else that of all; None where it may not be looked at."""
        found = self.named(*names)
        if found is None:
            found = _strictest([consent for line, consent in self.lines if line == "*"])
            if found is not None and found.machine == "medical":
                return None
        return found if found is not None and found.enough else None


def read_machines(data: bytes, name: str = "machines.txt") -> Machines:
    """Read a list of machines, in UTF-8 or the code page of a Japanese Windows; `name` goes down as who answered."""
    lines: list[tuple[str, Consent]] = []
    for line in decode(data).lines:
        machine, kind, agreed = (*line.split(";", 2), "", "")[:3]
        if _bare(machine) and not line.startswith("#"):
            lines.append((_bare(machine), Consent(_bare(kind), agreed.strip(), name)))
    return Machines(tuple(lines))


def _bare(word: str) -> str:
    """A word of the list without what a spreadsheet puts around it."""
    return word.strip().strip('"').strip().lower()


def _strictest(found: list[Consent]) -> Consent | None:
    known = [one for one in found if one.enough]
    if len(known) < len(found):
        return next(one for one in found if not one.enough)
    return min(known, key=lambda one: _STRICTEST_FIRST.index(one.machine), default=None)


def _same(line: str, name: str) -> bool:
    if line == name:
        return True
    short = "." not in line or "." not in name
    return short and not (_is_address(line) or _is_address(name)) and line.split(".")[0] == name.split(".")[0]


def _is_address(name: str) -> bool:
    return ":" in name or name.replace(".", "").isdigit()
