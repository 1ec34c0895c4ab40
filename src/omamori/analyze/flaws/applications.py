"""Flaws of installed programs, by the CPE names that publishers of flaws use for them.

Distinct names are identified once for all machines; the matching and the spreading to machines stay inside the database. A
distribution's packages are not judged here: its own tracker knows better (see `tracked`); those from elsewhere are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from omamori.analyze.flaws.application_names import Known, Program, Spelled, identify
from omamori.analyze.flaws.details import flaw_details
from omamori.analyze.flaws.matching import Seen, matched, stage_columns
from omamori.analyze.flaws.row import SOURCE
from omamori.analyze.support import comes_from_elsewhere
from omamori.knowledge.pack import Pack
from omamori.model.host import FRAMEWORK, Software
from omamori.model.tables import TABLES
from omamori.snapshot.database import Database, Selected

_PROGRAMS = f"""
create or replace temp table programs as
select *, dense_rank() over (order by called, version, publisher, platform, architecture) as number from (
    select s.asset, s.evidence, h.platform, case when e.name is not null then 'package:' || s.name else s.name end as called,
        s.version, s.publisher, s.architecture
    from software s join hosts h on h.asset = s.asset
    left join temp.elsewhere e
    on h.platform <> 'windows' and e.name = s.name and e.version = coalesce(s.version, '') and e.origin = coalesce(s.origin, '')
    where s.name not in ('', '{FRAMEWORK}') and (h.platform = 'windows' or e.name is not null or coalesce(s.manager, '') not in ('dpkg', 'rpm', 'apk', 'pip'))
)
"""  # noqa: S608 - a word of ours
_PACKAGES = """
select distinct s.name, coalesce(s.version, ''), coalesce(s.origin, '') from software s join hosts h on h.asset = s.asset
where h.platform <> 'windows' and s.manager in ('dpkg', 'rpm', 'apk') order by all
"""


def find(database: Database, pack: Pack) -> Iterator[Selected]:
    """Yield the SELECT of every program's flaws, while what it reads is open; the pack's facts have to be attached."""
    connection = database.connection
    with ExitStack() as stack:
        for table in ("programs", "elsewhere"):
            stack.callback(connection.execute, f"drop table if exists temp.{table}")
        _elsewhere(database)
        connection.execute(_PROGRAMS)
        stack.enter_context(matched(connection, _identified(database, pack)))
        stack.enter_context(flaw_details(connection, "select flaw from temp.matches"))
        yield Selected("vulnerabilities", spread("application", "temp.programs", "'application:' || m.product"), lean=True)


def _elsewhere(database: Database) -> None:
    """Packages that come from their makers' own repositories: no distribution repairs them, so the makers' numbers count."""
    found = [
        (name, version, origin)
        for name, version, origin in database.select(_PACKAGES)
        if comes_from_elsewhere(Software(name=name, version=version, origin=origin or None))
    ]
    columns = (("name", "varchar"), ("version", "varchar"), ("origin", "varchar"))
    stage_columns(database.connection, "elsewhere", columns, [list(one) for one in zip(*found, strict=True)] if found else [[], [], []])


def _identified(database: Database, pack: Pack) -> list[Seen]:
    products = database.select("select distinct vendor, product from facts.affected where kind = 'cpe' and coalesce(part, 'a') = 'a'")
    spelled = Spelled((str(vendor), str(product)) for vendor, product in products)
    query = "select distinct number, called, version, publisher, platform, coalesce(architecture, '') from temp.programs order by all"
    found: list[Seen] = []
    known: dict[Program, tuple[Known, ...]] = {}
    for number, name, version, publisher, platform, bits in database.select(query):
        program = Program(name, version, publisher)
        if program not in known:
            known[program] = identify(program, pack.applications, spelled)
        found += [_seen(one, number, platform, bits) for one in known[program]]
    return found


def _seen(known: Known, number: int, platform: str, bits: str) -> Seen:
    return Seen(
        number=number,
        kind="cpe",
        vendor=known.vendor,
        product=known.cpe,
        called=known.product,
        version=known.version or "",
        why=known.why,
        confidence=known.confidence,
        platform=platform,
        editions=" ".join((*known.editions, bits)).strip(),
        doubt=known.doubt,
        base=known.base,
    )


def spread(kind: str, things: str, repair: str) -> str:
    """Return the SELECT that gives every machine of `things` (asset, number, evidence) the matches of its numbers, one row per flaw and product.

    In: `kind` as in `Vulnerability.kind`; `things` and `repair` are SQL of ours.
    """
    given: dict[str, Any] = {
        "asset": "t.asset",
        "subject_kind": "'asset'",
        "kind": f"'{kind}'",
        "name": "d.name",
        "exploited": "d.exploited",
        "ransomware": "d.ransomware",
        "title": "d.title",
        "title_ja": "d.title_ja",
        "cvss": "d.cvss",
        "likelihood": "d.likelihood",
        "published": "d.published",
        "repair": repair,
        "source": f"'{SOURCE}'",
        "evidence": "t.evidence",
    }
    columns = ", ".join(f"{given.get(column.name, 'm.' + column.name)} as {column.name}" for column in TABLES["vulnerabilities"].columns)
    # The one row of each is picked among numbers, not among texts: a hospital has hundreds of thousands of them.
    return (
        f"with chosen as (select t.asset, t.evidence, m.rowid as place from {things} t join temp.matches m on m.number = t.number "  # noqa: S608 - text of ours
        "qualify row_number() over (partition by t.asset, m.flaw, m.product order by m.undecided, m.version, t.evidence) = 1) "
        f"select {columns} from chosen t join temp.matches m on m.rowid = t.place "
        "left join temp.flaw_details d on d.flaw = m.flaw where not coalesce(d.withdrawn, false)"
    )
