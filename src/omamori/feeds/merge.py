"""Puts what was read together into the facts of a pack: the newer word of a feed wins, and rows lie in the order they are looked up.

In: the CSV files of `reading`. Empty text in a column that may be NULL is NULL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import duckdb

from omamori.feeds.reading import FileRead
from omamori.knowledge.store import add_facts, create_tables
from omamori.model.facts import Broken, Feed
from omamori.model.schema import Table
from omamori.model.tables_pack import PACK_TABLES

STORAGE = "v1.4.0"
"""The form of the file: every DuckDB the program runs with reads it."""
MEMORY = "600MB"
_LONGEST_LINE = 64 * 1024**2
_FILLED_HERE = ("feeds", "broken")


@dataclass(frozen=True, slots=True)
class _Rule:
    """How a table is put together. Of rows with the same `key` those of the newest file stand; `order`: how they are looked up."""

    key: str
    order: str


_RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        "advisories": _Rule("feed, advisory", "advisory, feed"),
        "advisory_flaws": _Rule("feed, advisory", "flaw, feed, advisory"),
        "affected": _Rule("feed, coalesce(nullif(advisory, ''), flaw), release, kind", "kind, product, vendor, release, flaw, feed, place"),
        "exploited": _Rule("feed, flaw", "flaw, feed"),
        "likelihood": _Rule("feed, flaw", "flaw, feed"),
        "windows_fixes": _Rule("feed, flaw, update, product, component", "product, flaw, update, component, place"),
        "windows_replaced": _Rule("feed, update, replaces, product", "update, product, replaces"),
        "end_dates": _Rule("feed, product", "product, cycle, edition, feed"),
    }
)
_BY_ADVISORY = ("affected", "advisory_flaws")
_DAYS: Mapping[str, str] = MappingProxyType(
    {
        "advisories": "greatest(published, modified)",
        "exploited": "added",
        "likelihood": "as_of",
        "windows_fixes": "posted",
        "end_dates": "as_of",
    }
)


def merge(laid: Path, target: Path, files: Sequence[FileRead], *, scratch: Path) -> None:
    """Write the facts file `target` from the CSV files in `laid`; `feeds` and `broken` stay empty. duckdb.Error, OSError of the disk."""
    with duckdb.connect() as connection:
        run = connection.execute
        run(f"set memory_limit = '{MEMORY}'")
        run("set threads = 2")
        run(f"set temp_directory = {_quoted(scratch)}")
        run(f"attach {_quoted(scratch / 'stage.duckdb')} as stage")
        run(f"attach {_quoted(target)} as facts (storage_version '{STORAGE}')")
        create_tables(connection, "facts")
        run("create table stage.files (file integer, as_of date)")
        known = [[one.number for one in files], [one.as_of for one in files]]
        run("insert into stage.files select unnest($1::integer[]), unnest($2::date[])", known)
        for name, table in PACK_TABLES.items():
            if name not in _FILLED_HERE:
                _take_over(connection, table, laid)
        _rank_advisories(connection)
        for name, rule in _RULES.items():
            _lay_down(connection, PACK_TABLES[name], rule)
            run(f"drop table stage.{name}")
        run("checkpoint facts")
        run("detach facts")


def _take_over(connection: duckdb.DuckDBPyConnection, table: Table, laid: Path) -> None:
    kinds = {"file": "integer"} | {column.name: column.type for column in table.columns}
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    connection.execute(f"create table stage.{table.name} ({columns})")
    paths = sorted(laid.glob(f"*-{table.name}.csv"))
    if not paths:
        return
    # Empty is NULL, except where a column has no NULL.
    picked = ", ".join(c.name if c.nullable or c.type != "varchar" else f"coalesce({c.name}, '') as {c.name}" for c in table.columns)
    connection.execute(
        f"insert into stage.{table.name} select file, {picked} from read_csv($paths, header = false, auto_detect = false,"  # noqa: S608 - names of the model
        f" delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n', parallel = false, nullstr = '',"
        f" max_line_size = {_LONGEST_LINE}, columns = {kinds})",
        {"paths": [str(path) for path in paths]},
    )


def _rank_advisories(connection: duckdb.DuckDBPyConnection) -> None:
    """Note the day each file's record of an advisory was last changed, and which advisories were taken back in the end."""
    run = connection.execute
    run("create table stage.dated as select feed, advisory, file, max(modified) as modified from stage.advisories group by all")
    run(
        "create table stage.gone as select feed, advisory, arg_max(withdrawn, (coalesce(modified, date '0001-01-01'), file)) as gone,"
        " arg_max(file, (coalesce(modified, date '0001-01-01'), file)) as file from stage.advisories group by feed, advisory having bool_or(withdrawn)"
    )


def _lay_down(connection: duckdb.DuckDBPyConnection, table: Table, rule: _Rule) -> None:
    run = connection.execute
    name, names = table.name, ", ".join(column.name for column in table.columns)
    expressions = _split(rule.key)
    keys = ", ".join(f"{expression} as k{number}" for number, expression in enumerate(expressions))
    same = " and ".join(f"t.{f'k{n}'} is not distinct from w.{f'k{n}'}" for n in range(len(expressions)))
    several = "count(*) > 1" if name == "advisories" else "min(file) <> max(file)"
    run(f"create or replace temp table contested as select {keys} from stage.{name} group by all having {several}")  # noqa: S608 - ours
    (count,) = run("select count(*) from contested").fetchone() or (0,)
    gone = (
        " where not exists (select 1 from stage.gone g where g.gone and g.feed = t.feed and g.advisory = t.advisory and g.file <> t.file)"
        if name in _BY_ADVISORY
        else ""
    )
    if not count:
        run(f"insert into facts.{name} ({names}) select {names} from stage.{name} t{gone} order by {rule.order}")  # noqa: S608 - ours
        return
    day = "d.modified" if name in _BY_ADVISORY else "t.modified" if name == "advisories" else "f.as_of"
    dated = " left join stage.dated d on d.feed = t.feed and d.advisory = t.advisory and d.file = t.file" if name in _BY_ADVISORY else ""
    rank = f"(coalesce({day}, date '0001-01-01'), coalesce(f.as_of, date '0001-01-01'), t.file)"
    rows = f"(select *, {keys} from stage.{name})"  # noqa: S608 - ours
    run(
        f"create or replace temp table rivals as select t.*, {rank} as place_in_time from {rows} t join contested w on {same}"  # noqa: S608 - ours
        f" join stage.files f on f.file = t.file{dated}"
    )
    kept = ", ".join(f"k{number}" for number in range(len(expressions)))
    if name == "advisories":
        merged = ", ".join(_newest(column.name, column.nullable) for column in table.columns)
        winners = f"select {merged} from rivals group by {kept}"  # noqa: S608 - ours
    else:
        winners = f"select {names} from rivals t qualify t.file = arg_max(t.file, t.place_in_time) over (partition by {kept})"  # noqa: S608 - ours
        winners = f"select {names} from ({winners.replace(f'select {names}', f'select t.file, {names}', 1)}) t{gone}"  # noqa: S608 - ours
    run(
        f"insert into facts.{name} ({names}) select {names} from (select {names} from {rows} t"  # noqa: S608 - ours
        f" {gone or 'where true'} and not exists (select 1 from contested w where {same}) union all {winners}) order by {rule.order}"
    )


def _newest(name: str, nullable: bool) -> str:
    """Of several records of one advisory the newest word; what it leaves out (a Japanese title) an older one may say."""
    wanted = f" filter ({name} is not null)" if nullable else ""
    return f"arg_max({name}, place_in_time){wanted} as {name}"


def _split(keys: str) -> list[str]:
    parts, depth, word = [], 0, ""
    for letter in keys:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            parts.append(word.strip())
            word = ""
        else:
            word += letter
    return [*parts, word.strip()]


def add_sources(target: Path, feeds: Sequence[Feed], broken: Sequence[Broken]) -> None:
    """Add the rows about the sources themselves to a facts file."""
    with duckdb.connect() as connection:
        connection.execute(f"attach {_quoted(target)} as facts")
        add_facts(connection, "facts", (*feeds, *broken))
        connection.execute("checkpoint facts")
        connection.execute("detach facts")


def held(target: Path, latest: date) -> Mapping[str, tuple[int, date | None]]:
    """Return what a facts file holds of each feed: records, and the newest day a fact names that is not after `latest`."""
    parts = [
        f"select '{name}' as name, feed, count(*) as many, max({_DAYS[name]}) filter ({_DAYS[name]} <= $latest) as day from facts.{name} group by feed"  # noqa: S608 - ours
        for name in _DAYS
    ]
    parts += [
        "select 'affected', feed, count(distinct flaw), null from facts.affected group by feed",
        "select 'windows_replaced', feed, count(*), null from facts.windows_replaced group by feed",
    ]
    with duckdb.connect() as connection:
        connection.execute(f"attach {_quoted(target)} as facts (read_only)")
        rows = connection.execute(" union all ".join(parts), {"latest": latest}).fetchall()
    found: dict[str, tuple[int, date | None]] = {}
    for _, feed, many, day in rows:
        before, newest = found.get(feed, (0, None))
        found[feed] = (max(before, many), max(filter(None, (newest, day)), default=None))
    return found


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def thin_years(target: Path, feed: str = "nvd") -> tuple[int, ...]:
    """Return the years between a feed's first and last of which it holds next to nothing: less than a tenth of the middle year.

    Years are those of the CVE numbers. A yearly file that was forgotten shows in no other way: what it tells is merely never found.
    """
    query = (
        "select try_cast(substr(advisory, 5, 4) as integer) as told, count(*) from facts.advisories "
        "where feed = $feed and starts_with(advisory, 'CVE-') group by told having told between 1999 and 2999"
    )
    with duckdb.connect() as connection:
        connection.execute(f"attach {_quoted(target)} as facts (read_only)")
        counted = dict(connection.execute(query, {"feed": feed}).fetchall())
    if not counted:
        return ()
    middle = sorted(counted.values())[len(counted) // 2]
    return tuple(year for year in range(min(counted), max(counted)) if 10 * counted.get(year, 0) < middle)
