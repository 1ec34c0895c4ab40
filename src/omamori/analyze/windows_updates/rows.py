"""Puts what the machines lack into temporary tables, so that scores are looked up and rows are spread to machines inside the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import duckdb

from omamori.analyze.flaws.details import flaw_details
from omamori.analyze.flaws.row import SOURCE as FLAWS_SOURCE
from omamori.analyze.windows_updates.machines import Judged
from omamori.analyze.windows_updates.verdict import Lack
from omamori.analyze.windows_updates.words import DOUBTS, doubt_text
from omamori.model.tables import TABLES
from omamori.snapshot.database import Selected

_LACKS = (
    ("number", "bigint"),
    ("closes", "bigint"),
    ("patch_id", "varchar"),
    ("product", "varchar"),
    ("component", "varchar"),
    ("kind", "varchar"),
    ("title", "varchar"),
    ("posted", "date"),
    ("behind_since", "date"),
    ("earliest", "date"),
    ("lacking", "bigint"),
    ("chain", "varchar"),
    ("basis", "varchar"),
    ("undecided", "boolean"),
    ("doubt", "varchar"),
    ("doubt_ja", "varchar"),
    ("fact", "varchar"),
)
_PART = 30_000


@contextmanager
def tables_of(connection: duckdb.DuckDBPyConnection, judged: Iterable[Judged]) -> Iterator[None]:
    """Hold, while this is open, the temporary tables windows_lacks, windows_lack_flaws, windows_alike and flaw_details.

    Lacks are numbered: windows_lacks (one row per group of alike machines and update), windows_alike (asset, number, version, evidence),
    windows_lack_flaws (closes, flaw, unsure): many machines lack the same, so that sets of flaws have numbers of their own. The pack's facts have
    to be attached.
    """
    with ExitStack() as stack:
        for name in ("windows_lacks", "windows_lack_flaws", "windows_alike"):
            stack.callback(connection.execute, f"drop table if exists temp.{name}")
        connection.execute(f"create or replace temp table windows_lacks ({', '.join(f'{name} {kind}' for name, kind in _LACKS)})")
        connection.execute("create or replace temp table windows_lack_flaws (closes bigint, flaw varchar, unsure boolean)")
        connection.execute("create or replace temp table windows_alike (asset varchar, number bigint, version varchar, evidence varchar)")
        _fill(connection, judged)
        stack.enter_context(flaw_details(connection, "select flaw from temp.windows_lack_flaws"))
        yield


def _fill(connection: duckdb.DuckDBPyConnection, judged: Iterable[Judged]) -> None:
    lacks: list[tuple[Any, ...]] = []
    flaws: tuple[list[int], list[str], list[bool]] = ([], [], [])
    machines: list[tuple[Any, ...]] = []
    sets: dict[tuple[frozenset[str], frozenset[str]], int] = {}
    number, last, product = 0, 0, ""
    for group in judged:
        if group.product != product:
            # Products come one after the other: what the last one closed is needed no more.
            sets, product = {}, group.product
        first = number
        for lack in group.lacks:
            closed = (lack.flaws, lack.unsure)
            if closed not in sets:
                sets[closed] = last = last + 1
                told = sorted(lack.flaws)
                flaws[0].extend([last] * len(told))
                flaws[1].extend(told)
                flaws[2].extend([flaw in lack.unsure for flaw in told])
            lacks.append(_row(number, sets[closed], group, lack))
            number += 1
        machines += [
            (one.host.asset, place, one.host.os_build, one.host.evidence) for one in group.machines for place in range(first, number)
        ]
        if len(flaws[0]) + len(machines) + len(lacks) > _PART:
            _write(connection, lacks, flaws, machines)
            lacks, flaws, machines = [], ([], [], []), []
    _write(connection, lacks, flaws, machines)


def _write(
    connection: duckdb.DuckDBPyConnection,
    lacks: list[tuple[Any, ...]],
    flaws: tuple[list[int], list[str], list[bool]],
    machines: list[tuple[Any, ...]],
) -> None:
    if lacks:
        picked = ", ".join(f"unnest(${place}::{kind}[])" for place, (_, kind) in enumerate(_LACKS, 1))
        connection.execute(f"insert into windows_lacks select {picked}", [list(column) for column in zip(*lacks, strict=True)])
    if flaws[0]:
        connection.execute(
            "insert into windows_lack_flaws select unnest($1::bigint[]), unnest($2::varchar[]), unnest($3::boolean[])", list(flaws)
        )
    if machines:
        picked = "unnest($1::varchar[]), unnest($2::bigint[]), unnest($3::varchar[]), unnest($4::varchar[])"
        connection.execute(f"insert into windows_alike select {picked}", [list(column) for column in zip(*machines, strict=True)])


def _row(number: int, closes: int, group: Judged, lack: Lack) -> tuple[Any, ...]:
    doubt = doubt_text(lack.doubts)
    update = lack.update
    return (
        number,
        closes,
        f"KB{update.number}" if update.number else "",
        group.product,
        lack.component,
        lack.kind,
        update.title,
        update.posted,
        lack.behind_since,
        lack.earliest,
        len(lack.lacking),
        lack.chain,
        lack.basis,
        doubt is not None,
        doubt.en if doubt else None,
        doubt.ja if doubt else None,
        lack.fact,
    )


def missing_rows(source: str) -> Selected:
    """Return the SELECT of `missing_patches`, while the tables are held."""
    given = {
        "asset": "a.asset",
        "source": f"'{source}'",
        "evidence": "a.evidence",
        "flaws": "coalesce(f.flaws, 0)",
        "exploited": "coalesce(f.exploited, 0)",
        "ransomware": "coalesce(f.ransomware, 0)",
        "cvss": "f.cvss",
        "likelihood": "f.likelihood",
    }
    columns = ", ".join(f"{given.get(one.name, 'l.' + one.name)} as {one.name}" for one in TABLES["missing_patches"].columns)
    return Selected(
        "missing_patches",
        f"select {columns} from temp.windows_alike a join temp.windows_lacks l using (number) left join ("  # noqa: S608 - text of ours
        "select closes, count(*) as flaws, count(*) filter (d.exploited) as exploited, count(*) filter (d.ransomware) as ransomware, "
        "max(d.cvss) as cvss, max(d.likelihood) as likelihood from temp.windows_lack_flaws w left join temp.flaw_details d using (flaw) "
        "where not coalesce(d.withdrawn, false) group by closes) f using (closes)",
    )


def flaw_rows() -> Selected:
    """Return the SELECT of `vulnerabilities`, while the tables are held: one row for each machine and flaw."""
    given = {
        "asset": "a.asset",
        "subject_kind": "'asset'",
        "flaw": "w.flaw",
        "product": "l.product",
        "version": "a.version",
        "fixed": "l.patch_id",
        "kind": "'os'",
        "name": "d.name",
        "exploited": "d.exploited",
        "ransomware": "d.ransomware",
        "title": "d.title",
        "title_ja": "d.title_ja",
        "cvss": "d.cvss",
        "likelihood": "d.likelihood",
        "published": "d.published",
        "state": "'affected'",
        "repair": "'update:' || l.patch_id",
        "matched": "l.product || ': ' || l.chain",
        "confidence": "case when l.undecided or w.unsure then 'medium' else 'high' end",
        "source": f"'{FLAWS_SOURCE}'",
        "evidence": "a.evidence",
    }
    for name in ("product", "fact"):
        given[name] = f"l.{name}"
    given["undecided"] = "l.undecided or w.unsure"
    # Sentences of ours, without a quotation mark.
    given["doubt"] = f"coalesce(l.doubt, case when w.unsure then '{DOUBTS['preview'].en}' end)"
    given["doubt_ja"] = f"coalesce(l.doubt_ja, case when w.unsure then '{DOUBTS['preview'].ja}' end)"
    columns = ", ".join(f"{given.get(one.name, f'null::{one.type}')} as {one.name}" for one in TABLES["vulnerabilities"].columns)
    # The one row of each is picked among numbers, not among texts: unpatched machines have thousands of them.
    return Selected(
        "vulnerabilities",
        "with chosen as (select a.rowid as machine, l.rowid as lack, w.rowid as closed "  # noqa: S608 - text of ours
        "from temp.windows_alike a join temp.windows_lacks l using (number) join temp.windows_lack_flaws w using (closes) "
        "qualify row_number() over (partition by a.asset, w.flaw order by l.undecided or w.unsure, l.posted desc, l.patch_id) = 1) "
        f"select {columns} from chosen c join temp.windows_alike a on a.rowid = c.machine "
        "join temp.windows_lacks l on l.rowid = c.lack join temp.windows_lack_flaws w on w.rowid = c.closed "
        "left join temp.flaw_details d on d.flaw = w.flaw where not coalesce(d.withdrawn, false)",
        lean=True,
    )
