"""Fills `components` beside what bills of materials declare: parts that show in what is installed and what runs on a machine.

A bill about a product counts for every machine on which that product is installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.flaws.application_names import Program, by_table
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.parts_in_commands import parts_in
from omamori.model.patching import Component
from omamori.model.tables import TABLES
from omamori.snapshot.database import Database, Selected

SOURCE = "analyze.components"
_PARTS = frozenset(
    {"java", "openjdk", "php", "openssl", "nodejs", "python", "dotnet", "dotnet-core", "asp-net-core", "log4j"}
    | {"mysql", "mariadb", "postgresql", "sql-server", "oracle-database", "firebird", "mongodb", "redis", "filemaker"}
    | {"cache", "intersystems-iris", "tomcat", "apache-httpd", "nginx"}
)
"""Programs of the table of names that others are built on."""
_PLACES = (("processes", "process", "name", "command"), ("services", "service", "name", "command"), ("tasks", "task", "name", "command"))
_LEAST_NAME = 4


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the parts seen on every machine, what bills say of its programs, and how completely it was looked at."""
    yield _declared()
    coverage = Coverage.read(database)
    yield from _installed(database, moment)
    yield from _running(database)
    for asset in database.rows("assets"):
        views = {table: coverage.view(table, asset.asset) for table in ("software", "processes", "services", "tasks")}
        inputs = [Input(views["software"], ("name", "version"))]
        # Windows tells the command lines of processes to administrators' tools only; its services and tasks have theirs.
        inputs.append(Input(views["processes"], ("name",) if asset.platform == "windows" else ("name", "command")))
        inputs += [Input(views[table], ("name", "command")) for table in ("services", "tasks")]
        yield derived_look(asset.asset, "components", SOURCE, inputs)


def _installed(database: Database, moment: Moment) -> Iterator[Component]:
    known: dict[Program, tuple[str, str | None] | None] = {}
    query = "select distinct asset, name, version, publisher, evidence from software order by all"
    for asset, name, version, publisher, evidence in database.select(query):
        program = Program(name, version, publisher)
        if program not in known:
            found = [one for one in by_table(program, moment.pack.applications) if one.product in _PARTS and one.confidence != "low"]
            known[program] = (found[0].product, found[0].version) if found else None
        part = known[program]
        if part is not None:
            # Without a CPE: its flaws are those of the installed program.
            yield Component(
                asset=asset,
                name=part[0],
                version=part[1],
                product=name,
                supplier=publisher,
                seen_in="software",
                source=SOURCE,
                evidence=evidence,
            )


def _running(database: Database) -> Iterator[Component]:
    seen: set[tuple[Any, ...]] = set()
    for table, word, name, command in _PLACES:
        rows = database.select(f"select distinct asset, {name}, {command}, evidence from {table} order by all")  # noqa: S608 - names of ours
        for asset, called, text, evidence in rows:
            for part in parts_in(text):
                key = (asset, part)
                if key in seen:
                    continue
                seen.add(key)
                yield Component(
                    asset=asset,
                    name=part.name,
                    version=part.version,
                    purl=part.purl,
                    cpe=f"cpe:2.3:a:{part.cpe}" if part.cpe else None,
                    seen_in=f"{word} {called}",
                    source=SOURCE,
                    evidence=evidence,
                )


def _declared() -> Selected:
    """The parts of products' bills, for every machine on which the product is installed."""
    given = {"asset": "s.asset", "source": f"'{SOURCE}'"}
    columns = ", ".join(f"{given.get(one.name, 'c.' + one.name)} as {one.name}" for one in TABLES["components"].columns)
    return Selected(
        "components",
        f"select distinct {columns} from components c join software s on length(s.name) >= {_LEAST_NAME} "  # noqa: S608 - names of ours
        "and (lower(c.product) = lower(s.name) or starts_with(lower(c.product), lower(s.name) || ' ')) where c.asset = '*'",
    )


_OF_NOBODY = """
select seen_in, any_value(product) as product, count(*) as parts, min(evidence) as evidence
from components c where asset = '*' and not exists (select 1 from components d where d.asset <> '*' and d.declared and d.seen_in = c.seen_in)
group by seen_in order by seen_in"""


def bills_of_nobody(database: Database) -> list[tuple[str, str | None, int, str]]:
    """Return the bills of materials that count for no machine, once this analyzer ran: where seen, product, parts, evidence of the first."""
    return [(str(seen_in), product, int(count), str(line)) for seen_in, product, count, line in database.select(_OF_NOBODY)]


ANALYZER = Analyzer(
    name=SOURCE,
    reads=("assets", "software", "processes", "services", "tasks", "collected"),
    fills=("components",),
    run=run,
)
"""The analyzer of this module."""
