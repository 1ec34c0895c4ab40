"""What a pack says of flaws themselves: titles, scores, whether they are used in attacks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

TITLE = 200
"""Letters of a summary that stand in for a title where the publisher gives none."""


@contextmanager
def flaw_details(connection: duckdb.DuckDBPyConnection, flaws: str) -> Iterator[None]:
    """Hold the details of some flaws in the temporary table `flaw_details` while this is open; the pack's facts have to be attached.

    In: `flaws` is a SELECT of ours with one column `flaw`. One row per flaw: flaw, name, title, title_ja, cvss, likelihood, published,
    exploited, ransomware, withdrawn. Exploited is false, not NULL, only where the pack holds a catalogue of exploited flaws at all.
    """
    try:
        connection.execute(f"create or replace temp table flaw_details as {_DETAILS.format(flaws=flaws, title=TITLE)}")
        yield
    finally:
        connection.execute("drop table if exists temp.flaw_details")


_DETAILS = """
with asked as (select distinct flaw from ({flaws})),
said as (
    select q.flaw, a.feed, a.title, a.title_ja, a.summary, a.cvss, a.published, a.withdrawn
    from asked q join facts.advisories a on a.advisory = q.flaw
    union all
    select q.flaw, a.feed, a.title, a.title_ja, null, null, null, false
    from asked q join facts.advisory_flaws f on f.flaw = q.flaw and f.advisory <> q.flaw
    join facts.advisories a on a.advisory = f.advisory and a.feed = f.feed
), told as (
    select flaw,
        coalesce(min(title) filter (title <> ''), min(left(summary, {title})) filter (summary <> '')) as title,
        min(title_ja) filter (title_ja <> '') as title_ja,
        coalesce(max(cvss) filter (feed = 'nvd'), max(cvss)) as cvss,
        min(published) as published,
        coalesce(bool_or(withdrawn) filter (feed = 'nvd'), false) as withdrawn
    from said group by flaw
), attacked as (
    select flaw, min(name) as name, bool_or(ransomware) as ransomware from facts.exploited group by flaw
), odds as (
    select flaw, arg_max(probability, as_of) as likelihood from facts.likelihood semi join asked using (flaw) group by flaw
)
select q.flaw, t.title, t.title_ja, t.cvss, t.published, coalesce(t.withdrawn, false) as withdrawn, o.likelihood, k.name,
    case when k.flaw is not null then true when exists (select 1 from facts.exploited) then false end as exploited,
    case when k.flaw is not null then k.ransomware when exists (select 1 from facts.exploited) then false end as ransomware
from asked q left join told t using (flaw) left join odds o using (flaw) left join attacked k on k.flaw = q.flaw
"""
