"""Ways in as the picture knows them: every entry, the steps from it to what care depends on, and the changes that take them away."""

from __future__ import annotations

from dataclasses import dataclass

from omamori.model.text import Text

OUTSIDE_KINDS = ("line", "internet", "partner", "mobile", "remote-software")
"""Kinds that come through the wall: they are drawn as doors. The others are sockets and machines inside: they stand on their room."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """One entry. `line` is the declared line it is, `machine` where it lands on one; `declared` and `observed` as in the table.

    `closed`: a change that is supposed closes it.
    """

    name: str
    kind: str = "line"
    line: str = ""
    vendor: str = ""
    device: str = ""
    method: str = ""
    zone: str = ""
    machine: str = ""
    opened_from: str = ""
    declared: bool | None = False
    observed: bool | None = False
    closed: bool = False
    evidence: str = ""

    @property
    def state(self) -> str:
        """Return both, declared (only), found (only), or untold (found, and nobody read a ledger)."""
        if self.declared:
            return "both" if self.observed else "declared"
        return "found" if self.declared is False else "untold"


@dataclass(frozen=True, slots=True)
class Stride:
    """One step of a path: from what the intruder has to `asset`, a machine or a zone; `change` takes it away."""

    start: str
    asset: str
    told: Text
    certain: bool = True
    change: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """The shortest way from an entry to a machine care depends on. `cut`: a change that is supposed takes it away.

    `changes` are the cheapest that cut all ways of the entry to this machine.
    """

    entry: str
    asset: str
    jewel: str
    certain: bool
    strides: tuple[Stride, ...]
    cut: bool = False
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What could be done, what it costs, who has to do it (empty: the hospital), and its place in the cheapest set (0: not in it)."""

    change: str
    told: Text
    cost: str = "low"
    who: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class WaysIn:
    """All ways in; `known` whether they were looked for at all; `supposed` the changes that are taken for made."""

    known: bool = False
    entries: tuple[WayIn, ...] = ()
    paths: tuple[Path, ...] = ()
    changes: tuple[Change, ...] = ()
    supposed: tuple[Text, ...] = ()

    def of(self, entry: str) -> tuple[Path, ...]:
        """Return the paths of an entry: those that are left before those cut, certain before possible, short before long."""
        return tuple(sorted((path for path in self.paths if path.entry == entry), key=path_order))

    def told(self, change: str) -> Text | None:
        """Return what a change is in words."""
        return next((one.told for one in self.changes if one.change == change), None)

    @property
    def first(self) -> tuple[Change, ...]:
        """The cheapest set of changes that cuts all ways, in its order."""
        return tuple(sorted((one for one in self.changes if one.rank), key=lambda one: one.rank))


def path_order(path: Path) -> tuple[bool, bool, int, str]:
    """Return the order paths of one entry are told in."""
    return path.cut, not path.certain, len(path.strides), path.asset
