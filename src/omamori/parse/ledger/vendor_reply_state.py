"""Whose reply a file is and whom it asked about: what every sheet of an answered inquiry is read against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from omamori.model.look import Problem
from omamori.model.text import Text
from omamori.model.vendor_sheet import ALL_MACHINES
from omamori.parse.ledger.cells import folded

_BETWEEN = re.compile(r"[、，,;；]+")
_MOST_NAMES = 2_000


@dataclass(slots=True)
class Reply:
    """What the sheets of one file say, before it becomes rows. `asked` is None where the list of those asked about is gone."""

    vendor: str = ""
    answered_by: str | None = None
    answered_on: date | None = None
    machines: list[str] = field(default_factory=list)
    asked: dict[str, str] | None = None
    lines: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    strangers: dict[str, str] = field(default_factory=dict)

    def tell(self, evidence: str, words: Text) -> None:
        """Keep a problem to be told to the user, with its place."""
        row = int(evidence.rpartition("!R")[2] or 0) if "!R" in evidence else 0
        self.problems.append(Problem(row, f"{evidence}: {words.en}", f"{evidence}: {words.ja}"))

    def named(self, name: str) -> str | None:
        """Return a machine or line that was asked about as it was written; None where there is none, or no list."""
        return (self.asked or {}).get(folded(name)) or self.lines.get(folded(name))

    def is_known(self, name: str) -> bool:
        """Return whether a machine or line of this name was asked about."""
        return self.named(name) is not None

    def known(self, name: str, evidence: str) -> str | None:
        """Return a machine or line as it was asked about; None when it was not."""
        if self.asked is None:
            return name
        found = self.named(name)
        if found is None:
            self.strangers.setdefault(name[:120], evidence)
        return found


def either(text: Text) -> tuple[str, str]:
    """Return both languages of a label, for comparing."""
    return folded(text.ja), folded(text.en)


def names_in(cell: str, evidence: str, reply: Reply) -> Iterator[str]:
    """Yield the machines a cell names, each once. A name that holds a comma itself is recognised as a whole."""
    if folded(cell) in either(ALL_MACHINES):
        yield from dict.fromkeys(reply.machines)
        return
    found: list[str] = []
    for word in [cell] if reply.is_known(cell) else _BETWEEN.split(cell):
        if word.strip():
            found += (name for part in _parted(word.strip(), reply) if (name := reply.known(part, evidence)) is not None)
    yield from dict.fromkeys(found)


def _parted(words: str, reply: Reply) -> Iterator[str]:
    """Take apart what stands on lines of one cell, which reach us joined by spaces: as long a known name as there is, each time."""
    parts = words.split(" ")
    if len(parts) == 1 or len(parts) > _MOST_NAMES or reply.asked is None or reply.is_known(words):
        yield words
        return
    rest: list[str] = []
    while parts:
        last = next((last for last in range(len(parts), 0, -1) if reply.is_known(" ".join(parts[:last]))), 0)
        if last and rest:
            yield " ".join(rest)
            rest = []
        if last:
            yield " ".join(parts[:last])
        else:
            rest.append(parts[0])
        parts = parts[last or 1 :]
    if rest:
        yield " ".join(rest)


def strangers_of(reply: Reply) -> Iterator[Problem]:
    """Yield what is told of names nobody asked about."""
    for name, evidence in list(reply.strangers.items())[:50]:
        row = int(evidence.rpartition("!R")[2] or 0)
        yield Problem(
            row,
            f"{evidence}: {name!r} was not asked about; added or renamed by the vendor? Enter it in the ledger and ask anew",
            f"{evidence}: 「{name}」は照会していない名前です。業者が足したか名前を変えた可能性があります。台帳に書いてから照会し直してください",
        )
