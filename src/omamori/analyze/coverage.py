"""How completely an analyzer's inputs were looked at, and the look it may therefore claim.

Law 1 goes through here: a derived look is complete only when every look it rests on is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from omamori.model.look import EVERYWHERE, Collected
from omamori.model.tables import TABLES
from omamori.snapshot.database import Database


@dataclass(frozen=True, slots=True)
class View:
    """All looks at one table of one asset, taken together: as good as the worst of them."""

    complete: bool = False
    missing: frozenset[str] = frozenset()
    reason: str | None = "not_collected"
    needs: str | None = None
    seen: datetime | None = None
    received: datetime | None = None
    covers_since: datetime | None = None
    covers_until: datetime | None = None
    evidence: str = ""
    looked: bool = False

    def knows(self, *columns: str) -> bool:
        """Return whether the rows are all there and every one of `columns` could be read."""
        return self.complete and self.missing.isdisjoint(columns)


NEVER = View()
"""The view of what nobody looked at."""


class Coverage:
    """The `collected` rows of some tables, by table and asset."""

    def __init__(self, looks: Iterable[Collected]) -> None:
        """Group `looks`; those of the whole site count for every asset."""
        self._looks: dict[tuple[str, str], list[Collected]] = defaultdict(list)
        self._of_machine: dict[str, list[Collected]] = defaultdict(list)
        for look in looks:
            self._looks[(look.table_name, look.asset)].append(look)
            if not look.source.startswith(("ledger.", "analyze.", "report.", "backup.")):
                self._of_machine[look.asset].append(look)

    @classmethod
    def read(cls, database: Database) -> Coverage:
        """Read the looks of a snapshot."""
        return cls(database.looks())

    def view(self, table: str, asset: str) -> View:
        """Return how `table` was looked at for `asset` (or `EVERYWHERE`)."""
        looks = list(self._looks.get((table, asset), ()))
        if asset != EVERYWHERE:
            looks += self._looks.get((table, EVERYWHERE), ())
        return _together(looks)

    def assets(self) -> frozenset[str]:
        """Return every asset somebody looked at."""
        return frozenset(asset for _, asset in self._looks if asset != EVERYWHERE)

    def machine_looks(self, asset: str) -> list[Collected]:
        """Return the looks at the machine itself: not the ledger's, not an analyzer's, not at its copies, not a scan's from outside."""
        return [look for look in self._of_machine.get(asset, ()) if not _sighting(look)]

    def sightings(self, asset: str) -> list[Collected]:
        """Return the looks at the machine from outside, over the network."""
        return [look for look in self._of_machine.get(asset, ()) if _sighting(look)]


def _sighting(look: Collected) -> bool:
    return look.table_name in TABLES and TABLES[look.table_name].keeps == "sightings"


def _together(looks: Sequence[Collected]) -> View:
    if not looks:
        return NEVER
    worst = min(looks, key=lambda look: (look.complete, not look.missing, look.asset, look.source))
    return View(
        complete=all(look.complete for look in looks),
        missing=frozenset(name for look in looks for name in look.missing.replace(" ", "").split(",") if name),
        reason=worst.reason or (None if worst.complete and not worst.missing else "not_collected"),
        needs=worst.needs,
        seen=_least(look.seen for look in looks),
        received=_least(look.received for look in looks),
        covers_since=_least(look.covers_since for look in looks),
        covers_until=_most(look.covers_until for look in looks),
        evidence=looks[0].evidence,
        looked=True,
    )


def _least(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _most(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a derived look.

    `uses` are the columns the analyzer reads. Empty `touches`: the input decides which rows there are,
    so that without it the derived look is incomplete. Otherwise it only decides the derived columns
    named in `touches`, and without it these are missing.
    """

    view: View
    uses: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()


def derived_look(
    asset: str, table: str, source: str, inputs: Sequence[Input], *, undecided: bool = False, why: str = "to_confirm"
) -> Collected:
    """Return the look an analyzer may claim for `table` of `asset`.

    `undecided`: the inputs were there, but they do not say enough; `why`: then the reason, where no person has to say it.
    """
    lacking = [item for item in inputs if not item.view.knows(*item.uses)]
    complete = all(item.touches for item in lacking) and not undecided
    missing = {name for item in lacking for name in item.touches}
    ranked = sorted(lacking, key=lambda item: bool(item.touches))
    told = [item.view.reason or "not_collected" for item in ranked if not item.touches]
    told += [why] if undecided else []
    told += [item.view.reason or "not_collected" for item in ranked if item.touches]
    reason = next(iter(told), None)
    return Collected(
        asset=asset,
        table_name=table,
        source=source,
        seen=_least(item.view.seen for item in inputs),
        received=_least(item.view.received for item in inputs),
        covers_since=_least(item.view.covers_since for item in inputs),
        covers_until=_most(item.view.covers_until for item in inputs),
        complete=complete,
        missing=",".join(sorted(missing)),
        reason=reason,
        needs=next((item.view.needs for item in ranked if item.view.needs), None),
        evidence=next((item.view.evidence for item in inputs if item.view.evidence), ""),
    )
