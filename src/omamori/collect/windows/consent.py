"""Who agreed that a machine may be looked at, before anything is asked of it: the kit's question, and its list of machines.

machines.txt holds lines `NAME;KIND;WHO AGREED AND WHEN`; `*` is for all without a line of their own. A line whose kind is
none of the three says nothing, and a medical device must be named.
"""

from __future__ import annotations

from dataclasses import dataclass

from omamori.model.windows import MACHINES
from omamori.parse.windows.decode import decode

_KINDS = frozenset(kind.code for kind in MACHINES)


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
        """Return the line of a machine known by one of these names (a full name also by its first part)."""
        wanted = {name.lower() for name in names} | {name.lower().split(".")[0] for name in names if not _is_address(name)}
        return next((consent for name, consent in self.lines if name in wanted), None)

    def of(self, *names: str) -> Consent | None:
        """Return what holds for a machine: its own line, else that of all; None where it may not be looked at."""
        found = self.named(*names)
        if found is None:
            found = next((consent for name, consent in self.lines if name == "*" and consent.machine != "medical"), None)
        return found if found is not None and found.enough else None


def read_machines(data: bytes, name: str = "machines.txt") -> Machines:
    """Read a list of machines, in UTF-8 or the code page of a Japanese Windows; `name` goes down as who answered."""
    lines: list[tuple[str, Consent]] = []
    for line in decode(data).lines:
        parts = [part.strip() for part in line.split(";", 2)]
        if len(parts) >= 2 and parts[0] and not line.startswith("#") and parts[1].lower() in _KINDS:
            lines.append((parts[0].lower(), Consent(parts[1].lower(), parts[2] if len(parts) > 2 else "", name)))
    return Machines(tuple(lines))


def _is_address(name: str) -> bool:
    return ":" in name or name.replace(".", "").isdigit()
