"""End dates a pack took from a feed, as facts that stand beside those that ship inside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import duckdb

from omamori.knowledge.facts import CONFIDENCE, SupportFact
from omamori.knowledge.store import Facts
from omamori.model.facts import EndDate

_QUERY = """
select e.product, e.cycle, e.edition, coalesce(e.label, e.product || ' ' || e.cycle), e.released, e.ends, e.extended_ends,
       coalesce(e.as_of, f.as_of) as stated, coalesce(e.url, e.feed), e.confidence
from facts.end_dates e left join facts.feeds f on f.feed = e.feed
where coalesce(e.as_of, f.as_of) is not null and (e.ends is not null or e.ended = false)
order by e.product, e.cycle, e.edition, stated
"""


def support_facts(connection: duckdb.DuckDBPyConnection) -> tuple[SupportFact, ...]:
    """Return the end dates of a pack whose facts are attached to the connection (`Facts.attached`).

    What ended without a day is left out: nothing could be said about when. A fact whose day of statement nobody knows is left out too.
    """
    return tuple(
        SupportFact(
            product=product,
            cycle=cycle,
            edition=edition,
            label=label,
            released=released,
            ends=ends,
            extended_ends=extended,
            as_of=stated,
            source=source.removeprefix("https://"),
            confidence=confidence if confidence in CONFIDENCE else "low",
        )
        for product, cycle, edition, label, released, ends, extended, stated, source, confidence in connection.execute(_QUERY).fetchall()
    )


def feed_support(facts: Facts) -> tuple[SupportFact, ...]:
    """Return the end dates among a pack's facts; empty, without opening anything, where it holds none. duckdb.Error when the file is harmed."""
    if facts.path is None and not any(isinstance(row, EndDate) for row in facts.rows):
        return ()
    with duckdb.connect() as connection, facts.attached(connection):
        return support_facts(connection)


def newest_support(shipped: Iterable[SupportFact], fed: Iterable[SupportFact]) -> tuple[SupportFact, ...]:
    """Return one fact per product, cycle and edition: the newer one, a shipped one where both are of the same day.

    An extended date (ESU, ELTS) that the newer one does not know stays, as long as the last day of support is the same.
    """
    found = {(fact.product, fact.cycle, fact.edition): fact for fact in shipped}
    for fact in fed:
        place = (fact.product, fact.cycle, fact.edition)
        known = found.get(place)
        if known is None:
            found[place] = fact
        elif fact.as_of > known.as_of:
            same = fact.extended_ends is None and fact.ends == known.ends
            found[place] = replace(fact, extended_ends=known.extended_ends) if same else fact
    return tuple(found.values())
