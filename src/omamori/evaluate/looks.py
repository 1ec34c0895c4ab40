"""What was looked at, and how completely: the `collected` table as the engine asks it.

An asset's own looks at a table speak for it; only where it has none does the site-wide look (`*`). All of
its looks must be complete: one that was cut short may have hidden something. Looks are never
made up: no look is a hole.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from omamori.evaluate.standing import Standing
from omamori.model.look import EVERYWHERE
from omamori.model.tables import TABLES

# The most useful reason first: what a reader can do something about before what nobody did yet.
USEFUL = (
    "needs_administrator",
    "vendor_machine",
    "managed_elsewhere",
    "not_understood",
    "too_old",
    "not_in_pack",
    "pack_too_old",
    "vendor_silent",
    "to_confirm",
    "declared_not_seen",
    "not_collected",
)


@dataclass(frozen=True, slots=True)
class Hole:
    """Why a table cannot be relied on for a subject.

    `seen`/`of` count machines where a whole site was asked; `columns` could not be read.
    """

    table: str
    reason: str
    evidence: str = ""
    seen: int | None = None
    of: int | None = None
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Look:
    complete: bool
    missing: frozenset[str]
    reason: str | None
    evidence: str


class Looks:
    """The looks of one snapshot. Built once, asked by every check."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read `collected` and which assets are only declared."""
        self._looks: dict[str, dict[str, list[_Look]]] = defaultdict(lambda: defaultdict(list))
        self._ever_missing: dict[str, set[str]] = defaultdict(set)
        rows = connection.execute("select asset, table_name, complete, missing, reason, evidence from collected order by all").fetchall()
        for asset, table, complete, missing, reason, evidence in rows:
            columns = frozenset(part.strip() for part in (missing or "").split(",") if part.strip())
            self._looks[table][asset].append(_Look(bool(complete), columns, reason, evidence or ""))
            self._ever_missing[table] |= columns
        listed = connection.execute("select asset, declared and not observed from assets order by asset").fetchall()
        self.assets: tuple[str, ...] = tuple(dict.fromkeys(asset for asset, _ in listed if asset))
        self._only_declared = {asset for asset, only in listed if only}
        self._cache: dict[tuple[str, frozenset[str]], Mapping[str, Hole]] = {}

    def hole(self, asset: str, table: str, columns: frozenset[str]) -> Hole | None:
        """Return why `table` is not completely known for `asset` as far as `columns` decide; None when it is."""
        looks = self._covering(asset, table)
        if not looks:
            return Hole(table, "declared_not_seen" if asset in self._only_declared else "not_collected")
        holes = [
            Hole(table, look.reason or "not_collected", look.evidence, columns=look.missing & columns)
            for look in looks
            if not look.complete or look.missing & columns
        ]
        worst = most_useful(holes)
        return worst and dataclasses.replace(worst, columns=frozenset(column for hole in holes for column in hole.columns))

    def holes(self, table: str, columns: frozenset[str]) -> Mapping[str, Hole]:
        """Return the assets of the site for which `table` is not completely known."""
        # Where nothing is missing the columns make no difference: one answer serves all checks.
        key = (table, columns & self._ever_missing[table])
        if key not in self._cache:
            found = ((asset, self.hole(asset, table, key[1])) for asset in self.assets)
            self._cache[key] = {asset: hole for asset, hole in found if hole is not None}
        return self._cache[key]

    def site_hole(self, table: str, columns: frozenset[str]) -> Hole | None:
        """Return why a table of the whole site is not completely known: its site-wide look, and any look of one asset beside it."""
        beside = sorted(asset for asset in self._looks.get(table, ()) if asset != EVERYWHERE)
        holes = (self.hole(asset, table, columns) for asset in (EVERYWHERE, *beside))
        return most_useful(hole for hole in holes if hole is not None)

    def everywhere(self, table: str, columns: frozenset[str], required: Iterable[str]) -> Hole | None:
        """Return a hole when any of the `required` assets was not completely looked at, and on how many it was."""
        holes = self.holes(table, columns)
        wanted = list(required)
        lacking = [holes[asset] for asset in wanted if asset in holes]
        if not wanted:
            return self.hole(EVERYWHERE, table, columns)
        worst = most_useful(lacking)
        if worst is None:
            return None
        columns = frozenset(column for hole in lacking for column in hole.columns)
        return Hole(table, worst.reason, worst.evidence, len(wanted) - len(lacking), len(wanted), columns)

    def evidence(self, subject: str, tables: Iterable[str]) -> str:
        """Return the evidence of the first look at any of the tables: what shows that something is absent."""
        for table in tables:
            for look in self._covering(subject, table) or self._covering(EVERYWHERE, table):
                if look.evidence:
                    return look.evidence
        return ""

    def _covering(self, asset: str, table: str) -> list[_Look]:
        by_asset = self._looks.get(table)
        if by_asset is None:
            return []
        return by_asset.get(asset) or by_asset.get(EVERYWHERE) or []


def most_useful(holes: Iterable[Hole]) -> Hole | None:
    """Return the hole whose reason helps the reader most; None when there is none."""
    listed = list(holes)
    if not listed:
        return None
    return min(listed, key=lambda hole: (usefulness(hole.reason), hole.table))


def usefulness(reason: str) -> int:
    """Return the place of a reason among all: 0 helps a reader most."""
    return USEFUL.index(reason) if reason in USEFUL else len(USEFUL)


def site_wide(table: str) -> bool:
    """Return whether one look at the whole site speaks for a table: no `asset` column, or filled from the ledger."""
    described = TABLES[table]
    return not described.per_asset or described.group == "declared"


def negative_columns(standing: Standing) -> frozenset[str] | None:
    """Return the columns whose absence may make a row of this table false; None when its absence as a whole may."""
    return standing.null_decides if standing.positive else None
