"""For one check and one subject: is it in scope, and are the tables completely known?

Whose looks count (docs/decisions/0010-whose-looks-count.md). Asset: its own, else the site's. Site, zone, line, vendor: for a table without `asset` column
or from the ledger, the site-wide look; for a table joined by equality on the subject, the subject's own
look, else the site's; for any other table every asset the check requires: all of `assets`, or those its scope selects when the
scope's first column is `asset`. An asset whose scope cannot be decided is required.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from omamori.evaluate.guard import Guarded
from omamori.evaluate.looks import Hole, Looks, most_useful, negative_columns, site_wide
from omamori.evaluate.sources import outputs
from omamori.evaluate.standing import Standing


@dataclass(frozen=True, slots=True)
class State:
    """What is known for one subject.

    `out`: surely out of scope. `scope_hole`: scope cannot be decided. `hole`: some table is not complete;
    `row_hole`: one of those that could take a row away is not. `tables` the check reads, negative ones first.
    """

    out: bool = False
    scope_hole: Hole | None = None
    hole: Hole | None = None
    row_hole: Hole | None = None
    tables: tuple[str, ...] = ()


class Coverage:
    """The looks one check rests on. `picked`: what its scope SELECT returned, None when it has no scope."""

    def __init__(self, looks: Looks, checked: Guarded, picked: set[Any] | None) -> None:
        """Work out the standing of every table of SELECT and scope."""
        self.looks, self.checked, self.picked = looks, checked, picked
        self.query = checked.standing
        self.scope = checked.scope_standing
        self.tables = tuple(sorted(self.query, key=lambda name: (self.query[name].positive, name)))
        subject = checked.check.subject
        self.by_asset = subject == "asset"
        of_assets = checked.scope is not None and outputs(checked.scope)[0] == "asset"
        self.narrows_subject = checked.scope is not None and (self.by_asset or not of_assets)
        self.required = looks.assets
        if checked.scope is not None and not self.by_asset and of_assets:
            self.required = tuple(asset for asset in looks.assets if self._required(asset))
        self._everywhere: dict[tuple[str, frozenset[str]], Hole | None] = {}

    @staticmethod
    def unlisted(hole: Hole) -> State:
        """Return the state of the site when the list of its zones, lines or vendors was not completely seen."""
        return State(scope_hole=hole)

    def state(self, subject: str) -> State:
        """Return what is known for a subject."""
        if self.narrows_subject:
            inside = self.picked is not None and subject in self.picked
            hole = self._first(subject, self.scope, negative_only=inside)
            if hole is not None:
                return State(scope_hole=hole, tables=self.tables)
            if not inside:
                return State(out=True)
        hole = self._first(subject, self.query, negative_only=False)
        row_hole = self._first(subject, self.query, negative_only=True) if hole is not None else None
        return State(hole=hole, row_hole=row_hole, tables=self.tables)

    def _required(self, asset: str) -> bool:
        if self.picked is not None and asset in self.picked:
            return True
        return any(self.looks.hole(asset, standing.table, standing.deciding) is not None for standing in self.scope.values())

    def _first(self, subject: str, stands: Mapping[str, Standing], *, negative_only: bool) -> Hole | None:
        holes = []
        for standing in stands.values():
            hole = self._hole(subject, standing, negative_only)
            if hole is not None:
                holes.append(hole)
        return most_useful(holes)

    def _hole(self, subject: str, standing: Standing, negative_only: bool) -> Hole | None:
        if not negative_only:
            return self._look(subject, standing.table, standing.deciding)
        columns = negative_columns(standing)
        if columns is None:
            return self._look(subject, standing.table, standing.deciding)
        if not columns:
            return None
        # A positive table whose look is incomplete still shows the rows it shows; only a column that was
        # not read and whose NULL makes a row is a reason to doubt them.
        doubt = self._look(subject, standing.table, columns)
        return doubt if doubt is not None and doubt.columns & columns else None

    def _look(self, subject: str, table: str, columns: frozenset[str]) -> Hole | None:
        if self.by_asset:
            return self.looks.holes(table, columns).get(subject)
        if site_wide(table):
            return self.looks.site_hole(table, columns)
        if self.checked.check.subject != "site" and table not in self.checked.untied:
            return self.looks.hole(subject, table, columns)
        key = (table, columns)
        if key not in self._everywhere:
            self._everywhere[key] = self.looks.everywhere(table, columns, self.required)
        return self._everywhere[key]
