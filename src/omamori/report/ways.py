"""How far an intruder gets, as the report tells it: entry by entry the ways with their steps, and the changes that cut them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from omamori.model.text import Text
from omamori.model.ways_in import ENTRY_KINDS, JEWELS, AttackStep
from omamori.report.clean import clean
from omamori.report.evidence_line import EvidenceLine
from omamori.report.ways_register import Registered, Untold, read_untold, register_json, registered, untold_json
from omamori.snapshot.database import Database

ReadEvidence = Callable[[Collection[str]], Mapping[str, EvidenceLine]]
_KINDS = {value.code: value.label for value in ENTRY_KINDS}
_JEWELS = {value.code: value.label for value in JEWELS}


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step: the sentence, whether certain, and the line that shows it."""

    asset: str
    kind: str
    told: Text
    certain: bool
    change: str
    evidence: EvidenceLine | None


@dataclass(frozen=True, slots=True)
class ToldPath:
    """A way to a machine care depends on."""

    asset: str
    jewel: str
    jewel_label: Text
    certain: bool
    steps: tuple[ToldStep, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryWays:
    """The ways of one entry, the certain and short ones first."""

    entry: str
    kind: str
    kind_label: Text
    vendor: str
    paths: tuple[ToldPath, ...]
    register: Registered

    @property
    def certain(self) -> int:
        """How many machines care depends on are reached for certain."""
        return sum(path.certain for path in self.paths)

    @property
    def jewels(self) -> frozenset[str]:
        """The kinds of machines that are reached for certain."""
        return frozenset(path.jewel for path in self.paths if path.certain)


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change, how many ways it cuts by itself, and its place in the cheapest set that cuts all."""

    change: str
    told: Text
    cost: str
    who: str
    cuts: int
    rank: int | None


@dataclass(frozen=True, slots=True)
class Ways:
    """All entries with their ways, and the changes: first those of the cheapest set in their order."""

    entries: tuple[EntryWays, ...] = ()
    changes: tuple[ToldChange, ...] = ()
    untold: tuple[Untold, ...] = ()

    @property
    def undeclared(self) -> int:
        """How many entries evidence shows that no ledger names."""
        return sum(entry.register.state == "found" for entry in self.entries)

    @property
    def reaching(self) -> int:
        """From how many entries a machine care depends on is reached for certain."""
        return sum(entry.certain > 0 for entry in self.entries)

    def reaching_kind(self, *jewels: str) -> int:
        """From how many entries machines of these kinds are reached for certain."""
        return sum(bool(entry.jewels & set(jewels)) for entry in self.entries)

    @property
    def uncut(self) -> tuple[tuple[str, str], ...]:
        """The (entry, machine) that no known change cuts."""
        return tuple((entry.entry, path.asset) for entry in self.entries for path in entry.paths if not path.changes)

    def told(self, change: str) -> ToldChange | None:
        """Return a change by its identifier."""
        return next((one for one in self.changes if one.change == change), None)

    def cheapest(self, entry: EntryWays) -> tuple[ToldChange, ...]:
        """Return the changes that cut an entry's ways, each once, those of the cheapest set for all first."""
        wanted = {change for path in entry.paths for change in path.changes}
        return tuple(one for one in self.changes if one.change in wanted)

    @property
    def first(self) -> tuple[ToldChange, ...]:
        """The cheapest set of changes that cuts all ways that can be cut."""
        return tuple(one for one in self.changes if one.rank)


def read_ways(database: Database, read_evidence: ReadEvidence | None = None) -> Ways:
    """Return the ways of a snapshot; `read_evidence` None: without the lines. A file of an earlier version has none."""
    if not database.has("attack_paths"):
        return Ways()
    steps: dict[str, list[AttackStep]] = defaultdict(list)
    for row in database.rows("attack_steps"):
        steps[row.path].append(row)
    register = sorted(database.rows("entries"), key=lambda row: row.entry)
    wanted = {row.evidence for rows in (register, *steps.values()) for row in rows if row.evidence}
    lines = read_evidence(wanted) if read_evidence and wanted else {}
    paths: dict[str, list[ToldPath]] = defaultdict(list)
    for row in database.rows("attack_paths"):
        told = sorted(steps[row.path], key=lambda step: step.position)
        paths[row.entry].append(_path(row, [_step(step, lines) for step in told]))
    entries = tuple(
        EntryWays(
            clean(row.entry, 200),
            row.kind,
            _KINDS[row.kind],
            clean(row.vendor or "", 200),
            tuple(sorted(paths[row.entry], key=lambda path: (not path.certain, len(path.steps), path.asset))),
            registered(row, lines),
        )
        for row in register
    )
    changes = tuple(sorted((_change(row) for row in database.rows("path_changes")), key=_order))
    return Ways(entries, changes, read_untold(database))


def _path(row: Any, steps: list[ToldStep]) -> ToldPath:
    changes = tuple(clean(change, 200) for change in (row.changes or "").split("; ") if change)
    return ToldPath(clean(row.asset, 200), row.jewel, _JEWELS[row.jewel], row.certain, tuple(steps), changes)


def _step(row: AttackStep, lines: Mapping[str, EvidenceLine]) -> ToldStep:
    told = Text(clean(row.told_ja, 400), clean(row.told_en, 400))
    return ToldStep(clean(row.asset, 200), row.kind, told, row.certain, clean(row.change or "", 200), lines.get(row.evidence))


def _change(row: Any) -> ToldChange:
    told = Text(clean(row.told_ja, 400), clean(row.told_en, 400))
    return ToldChange(clean(row.change, 200), told, row.cost, clean(row.who or "", 200), row.cuts, row.rank)


def _order(one: ToldChange) -> tuple[bool, int, int, str]:
    return (one.rank is None, one.rank or 0, -one.cuts, one.change)


def ways_json(ways: Ways) -> dict[str, Any]:
    """Return the ways as `report.json` has them; a step names its evidence by its reference."""
    return {
        "entries": [
            {
                "entry": entry.entry,
                "kind": entry.kind,
                "vendor": entry.vendor or None,
                "register": register_json(entry.register),
                "paths": [
                    {
                        "asset": path.asset,
                        "jewel": path.jewel,
                        "certain": path.certain,
                        "changes": list(path.changes),
                        "steps": [_step_json(step) for step in path.steps],
                    }
                    for path in entry.paths
                ],
            }
            for entry in ways.entries
        ],
        "changes": [
            {
                "change": one.change,
                "text": {"ja": one.told.ja, "en": one.told.en},
                "cost": one.cost,
                "who": one.who or None,
                "cuts": one.cuts,
                "rank": one.rank,
            }
            for one in ways.changes
        ],
        "could_not_be_told": [untold_json(one) for one in ways.untold],
    }


def _step_json(step: ToldStep) -> dict[str, Any]:
    return {
        "asset": step.asset,
        "kind": step.kind,
        "text": {"ja": step.told.ja, "en": step.told.en},
        "certain": step.certain,
        "change": step.change or None,
        "evidence": step.evidence.reference if step.evidence else None,
    }
