"""Fills `backup_posture` and `backup_chains`: what each copy is worth on the day, and what is left of a machine (decision 0049)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from omamori.analyze.backups.apart import Judgement, judge
from omamori.analyze.backups.chains import chain_of, needs_copies
from omamori.analyze.backups.copies import copies_of
from omamori.analyze.backups.facts import READS, Facts
from omamori.analyze.backups.looks import chain_look, posture_look
from omamori.analyze.backups.network import over_network, reach_of
from omamori.analyze.backups.rows import row_of
from omamori.analyze.interface import Analyzer, Moment
from omamori.snapshot.database import Database

NAME = "analyze.backup_posture"


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield one row per copy, one chain per machine with a copy or in need of one, and two looks per asset."""
    facts = Facts.of_backups(database, moment.now)
    needing = needs_copies(database)
    assets = [str(asset) for (asset,) in database.select("select asset from assets order by asset")]
    copies = {asset: copies_of(facts, asset) for asset in assets}
    keepers = {one.kept_on for listed in copies.values() for one in listed if one.kept_on is not None}
    network = over_network(database, keepers)
    facts = facts.with_machines(database, keepers | {asset for asset, listed in copies.items() if listed})
    for asset in assets:
        judged: list[Judgement] = []
        rows = []
        for copy in copies[asset]:
            one = judge(facts, copy, reach_of(facts, asset, copy.kept_on, network))
            judged.append(one)
            rows.append(row_of(facts, one, NAME))
        yield from rows
        look = posture_look(facts, asset, judged, rows, NAME)
        yield look
        # That there is no copy at all is said only where one would have been seen.
        chain = chain_of(asset, judged, rows, NAME) if rows or (asset in needing and look.complete) else None
        if chain is not None:
            yield chain
        yield chain_look(facts, asset, look, chain, judged, NAME)


ANALYZER = Analyzer(name=NAME, reads=READS, fills=("backup_posture", "backup_chains"), run=run)
"""The analyzer of this module."""
