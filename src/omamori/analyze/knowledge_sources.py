"""Fills `knowledge_sources`: the sources of the pack this snapshot is judged with, and how old each is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from omamori.analyze.coverage import derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.model.look import EVERYWHERE
from omamori.model.patching import KnowledgeSource
from omamori.snapshot.database import Database


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield a row for every source of the pack; a pack that names none is no complete look."""
    with moment.pack.facts.attached(database.connection):
        found = database.select("select feed, title, title_ja, as_of, best_before, records, broken from facts.feeds order by feed")
    today = moment.now.date()
    for feed, title, title_ja, as_of, best_before, records, broken in found:
        yield KnowledgeSource(
            feed=feed,
            title=title or feed,
            title_ja=title_ja or feed,
            as_of=as_of,
            age_days=_age(as_of, today),
            best_before=best_before,
            records=records,
            broken=broken,
            source=ANALYZER.name,
        )
    yield derived_look(EVERYWHERE, "knowledge_sources", ANALYZER.name, [], undecided=not found)


def _age(as_of: date | None, today: date) -> int | None:
    # A snapshot of the past may be judged with what was published later.
    return None if as_of is None else max(0, (today - as_of).days)


ANALYZER = Analyzer(name="analyze.knowledge_sources", reads=(), fills=("knowledge_sources",), run=run)
"""The analyzer of this module."""
