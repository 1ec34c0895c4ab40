"""Products that were seen, matched with the published ranges of versions: one join inside the database.

A published record counts for a product that was seen when its range holds the version, and when what it demands besides fits. What
cannot be told stays, with the reason. Of several publishers the maker's own word counts before NVD's, NVD's before others'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any

import duckdb

from omamori.analyze.flaws.doubts import WORDS
from omamori.analyze.flaws.fitting import fits_needs, fits_target
from omamori.knowledge.version import SCHEMES, sort_key

_COLLECTIONS = {"nvd": 2, "jvn": 3, "osv": 3, "github": 3}
"""Feeds that speak of other people's products; every other feed is the maker's own (1)."""
_END = "chr(31) || chr(31)"
_DOTTED_ZEROS = "'(00130010' || chr(31) || ')+0011' || " + _END + " || '$'"
"""`.0` at the end of a dotted version's sort key: 22.0.0 and 22.0 are the same version of a program."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A product with its version as it was seen, under the name publishers use for it.

    `number`: which thing it is; one thing may be seen under several names. `kind`, `vendor`, `product` as in `Affected`; `called`: the
    name it is worked on by. `editions`: words between blanks, as in `fits_target`. `doubt`: a code of `WORDS` that leaves it open, `remark`
    one that is told and leaves it as sure; `base`: see `Known`.
    """

    number: int
    kind: str
    vendor: str
    product: str
    called: str
    version: str
    why: str
    confidence: str = "high"
    platform: str = ""
    editions: str = ""
    doubt: str = ""
    base: str = ""
    remark: str = ""


def rank_of(feed: str) -> int:
    """Return whose word a feed is: 1 the maker's own, 2 NVD's, 3 another collection's. The lowest counts."""
    return _COLLECTIONS.get(feed, 1)


@contextmanager
def matched(connection: duckdb.DuckDBPyConnection, seen: Sequence[Seen]) -> Iterator[None]:
    """Hold the matches in the temporary table `matches` while this is open; the pack's facts have to be attached.

    One row per thing and flaw: number, flaw, product, version, fixed, fixed_key, state, matched, confidence, undecided, doubt, doubt_ja, fact.
    """
    try:
        stage(connection, "seen", Seen, seen)
        _stage_keys(connection, seen)
        connection.execute(_NEAR)
        _stage_fits(connection)
        stage_words(connection)
        connection.execute(_MATCHES)
        yield
    finally:
        for name in ("matches", "doubt_words", "fits", "near", "seen_keys", "seen"):
            connection.execute(f"drop table if exists temp.{name}")


def stage(connection: duckdb.DuckDBPyConnection, name: str, kind: type[Any], rows: Sequence[Any]) -> None:
    """Put dataclasses into a temporary table with a column for each field (whole numbers or texts)."""
    columns = [(one.name, "bigint" if one.type in (int, "int") else "varchar") for one in fields(kind)]
    stage_columns(connection, name, columns, [[getattr(row, column) for row in rows] for column, _ in columns])


def stage_columns(connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[tuple[str, str]], values: Sequence[Any]) -> None:
    """Put columns of values into a temporary table; `columns` are names and types."""
    shape = ", ".join(f"{column} {type_}" for column, type_ in columns)
    connection.execute(f"create or replace temp table {name} ({shape})")
    picked = ", ".join(f"unnest(${number}::{type_}[])" for number, (_, type_) in enumerate(columns, 1))
    connection.execute(f"insert into {name} select {picked}", list(values))


def stage_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the doubts' words into the temporary table `doubt_words`."""
    values = [list(WORDS), [word.en for word in WORDS.values()], [word.ja for word in WORDS.values()]]
    stage_columns(connection, "doubt_words", (("code", "varchar"), ("en", "varchar"), ("ja", "varchar")), values)


def _stage_keys(connection: duckdb.DuckDBPyConnection, seen: Iterable[Seen]) -> None:
    """The sort key of every version seen, in each of the orders its product's records are written in."""
    query = (
        "select distinct s.version, a.scheme from temp.seen s "
        "join (select distinct kind, vendor, product, scheme from facts.affected) a "
        "on a.kind = s.kind and a.vendor = s.vendor and a.product = s.product where s.version <> '' order by all"
    )
    pairs = [(str(version), str(scheme)) for version, scheme in connection.execute(query).fetchall() if scheme in SCHEMES]
    keyed = [(version, scheme, sort_key(scheme, version)) for version, scheme in pairs]
    columns = (("version", "varchar"), ("scheme", "varchar"), ("version_key", "varchar"))
    stage_columns(connection, "seen_keys", columns, [list(column) for column in zip(*keyed, strict=True)] if keyed else [[], [], []])


def _stage_fits(connection: duckdb.DuckDBPyConnection) -> None:
    """What the records demand besides, judged once for each different demand and machine."""
    asked = connection.execute("select distinct needs, target, platform, editions from temp.near order by all").fetchall()
    said = [
        (
            needs,
            target,
            platform,
            editions,
            _word(fits_needs(needs, platform)),
            _word(fits_target(target, platform, tuple(editions.split()))),
        )
        for needs, target, platform, editions in asked
    ]
    names = ("needs", "target", "platform", "editions", "needs_fit", "target_fit")
    values = [list(column) for column in zip(*said, strict=True)] if said else [[] for _ in names]
    stage_columns(connection, "fits", [(name, "varchar") for name in names], values)


def _word(fits: bool | None) -> str:
    return "unsure" if fits is None else "yes" if fits else "no"


def _trimmed(key: str) -> str:
    return f"case when a.scheme = 'dotted' then regexp_replace({key}, {_DOTTED_ZEROS}, '0011' || {_END}) else {key} end"


_RANK = "case a.feed " + " ".join(f"when '{feed}' then {rank}" for feed, rank in _COLLECTIONS.items()) + " else 1 end"

_YEAR, _BUILD = "'(19|20)[0-9]{2}([^0-9.].*)?'", "'[0-9]{1,3}[.].*'"


def _mixed(end: str) -> str:
    """Whether of a version and an end of a range one is the year in a product's name (Office 2016) and the other a build (16.0.4266)."""
    both = f"regexp_full_match(version, {{}}) and regexp_full_match(coalesce({end}, ''), {{}})"
    return f"({both.format(_YEAR, _BUILD)} or {both.format(_BUILD, _YEAR)})"


_NEAR = f"""
create or replace temp table near as
with first as (
    -- A maker whose words nobody can compare (confidence low) leaves the word to the next.
    select a.kind, a.vendor, a.product, a.flaw,
        coalesce(min(case when a.confidence <> 'low' then {_RANK} end), min({_RANK})) as rank
    from facts.affected a semi join temp.seen s on a.kind = s.kind and a.vendor = s.vendor and a.product = s.product
    where a.release = '' group by all
), spoken as (
    select s.*, a.flaw, a.feed, a.place, a.scheme, a.since, a.since_out, a.before, a.before_in, a.fixed, a.status, a.needs, a.target,
        a.undecided_if, a.confidence as fact_confidence, f.rank,
        {_trimmed("a.since_key")} as low, {_trimmed("a.before_key")} as high, {_trimmed("k.version_key")} as here
    from temp.seen s
    join facts.affected a on a.kind = s.kind and a.vendor = s.vendor and a.product = s.product and a.release = ''
    join first f on f.kind = a.kind and f.vendor = a.vendor and f.product = a.product and f.flaw = a.flaw and f.rank = {_RANK}
    left join temp.seen_keys k on k.version = s.version and k.scheme = a.scheme
), placed as (
    select *, scheme = 'dotted' and ({_mixed("since")} or {_mixed("before")}) as mixed,
        case when mixed then null else (case when since = before and since <> '' and low is null then lower(since) = lower(version)
            when since = '' then true when since_out then here > low else here >= low end
        and case when before = '' then true when before_in then here <= high else here < high end) end as inside,
        base <> '' and since = before and before_in and starts_with(before, base) and here < high as earlier
    from spoken
)
select * from placed where inside is not false or earlier
"""  # noqa: S608 - text of ours

_RANGE = """case
    when since = '' and before = '' then ', all versions'
    when since = before then ' = ' || before
    when before = '' then (case when since_out then ' > ' else ' >= ' end) || since
    when since = '' then (case when before_in then ' <= ' else ' < ' end) || before
    else (case when since_out then ' > ' else ' >= ' end) || since || ' and' || (case when before_in then ' <= ' else ' < ' end) || before
end"""

_DOUBT = """case
    when n.doubt <> '' then n.doubt
    when n.version = '' then 'no_version'
    when n.mixed then 'year'
    when n.inside is null then 'unordered'
    when not n.inside then 'earlier'
    when n.since = '' and n.before = '' and n.kind = 'cpe' then 'every_version'
    when coalesce(n.undecided_if, '') <> '' and contains(n.version, n.undecided_if) then 'hot_fix'
    when f.needs_fit = 'unsure' then 'needs'
    when f.target_fit = 'unsure' then 'target'
    when n.status = 'undetermined' then 'undetermined'
    when n.fact_confidence <> 'high' then 'unconfirmed'
    else ''
end"""

_MATCHES = f"""
create or replace temp table matches as
with judged as (
    select n.*, {_DOUBT} as open
    from temp.near n join temp.fits f
    on f.needs is not distinct from n.needs and f.target is not distinct from n.target and f.platform = n.platform and f.editions = n.editions
    where f.needs_fit <> 'no' and f.target_fit <> 'no'
), denied as (
    select distinct number, flaw from judged where status = 'not_affected' and open = ''
), best as (
    select j.*, coalesce(fixed, case when before <> '' and not before_in then before end) as repaired
    from judged j anti join denied d on d.number = j.number and d.flaw = j.flaw
    where j.status <> 'not_affected'
    qualify row_number() over (partition by j.number, j.flaw order by open <> '', rank, fixed is null, j.vendor, j.product, j.since, j.before, open, place) = 1
)
select number, flaw, called as product, nullif(version, '') as version, repaired as fixed,
    case when repaired = before then high end as fixed_key,
    case when status = 'no_fix' then 'no_fix' else 'affected' end as state,
    why || ' → ' || vendor || ':' || product || ' ' || (case when version = '' then '?' else version end) || {_RANGE}
        || ' (' || feed || coalesce(' ' || place, '') || ')' as matched,
    case when open <> '' then 'low' else confidence end as confidence, open <> '' as undecided,
    w.en as doubt, w.ja as doubt_ja, feed || coalesce(' ' || place, '') as fact
from best left join temp.doubt_words w on w.code = coalesce(nullif(best.open, ''), best.remark)
"""  # noqa: S608 - text of ours
