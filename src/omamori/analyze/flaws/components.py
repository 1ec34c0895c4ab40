"""Flaws of parts: by package URL in the records of ecosystems, by CPE in those of NVD and makers.

What a bill of materials declares and nobody saw carries that as a doubt beside the match; a package URL with its version is exact, so
the match itself is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from urllib.parse import unquote

from omamori.analyze.flaws.application_names import Program, by_table
from omamori.analyze.flaws.applications import spread
from omamori.analyze.flaws.details import flaw_details
from omamori.analyze.flaws.matching import Seen, matched
from omamori.knowledge.pack import Pack
from omamori.parse.feeds.cpe import ANY, NONE, CpeError, read_cpe
from omamori.snapshot.database import Database, Selected

_PURL = re.compile(r"pkg:([a-z0-9.+-]{1,40})/([^@?#]{1,400})(?:@([^?#]{1,200}))?", re.IGNORECASE)
ECOSYSTEMS = {
    "maven": ("maven",),
    "pypi": ("pypi", "pip"),
    "npm": ("npm",),
    "nuget": ("nuget",),
    "composer": ("packagist", "composer"),
    "gem": ("rubygems", "gem"),
    "golang": ("go", "golang"),
    "cargo": ("crates.io", "cargo", "rust"),
}
"""Type of a package URL → what feeds call the ecosystem."""
CPE_OF = {
    "maven:org.apache.logging.log4j:log4j-core": "apache:log4j",
    "maven:log4j:log4j": "apache:log4j",
    "maven:com.fasterxml.jackson.core:jackson-databind": "fasterxml:jackson-databind",
    "maven:org.apache.struts:struts2-core": "apache:struts",
    "maven:com.thoughtworks.xstream:xstream": "xstream:xstream",
}
"""Packages of which NVD speaks under one CPE name."""
_PARTS = """
create or replace temp table parts as
select asset, evidence, dense_rank() over (order by name, version, purl, cpe, supplier, seen_in, declared) as number,
    name, version, purl, cpe, supplier, seen_in, declared
-- The flaws of what is installed are those of the program.
from components where asset <> '*' and (purl is not null or cpe is not null or seen_in <> 'software')
"""


def find(database: Database, pack: Pack) -> Iterator[Selected]:
    """Yield the SELECT of every part's flaws, while what it reads is open; the pack's facts have to be attached."""
    connection = database.connection
    with ExitStack() as stack:
        stack.callback(connection.execute, "drop table if exists temp.parts")
        connection.execute(_PARTS)
        stack.enter_context(matched(connection, _seen(database, pack)))
        stack.enter_context(flaw_details(connection, "select flaw from temp.matches"))
        yield Selected("vulnerabilities", spread("component", "temp.parts", "'component:' || m.product"), lean=True)


def _seen(database: Database, pack: Pack) -> list[Seen]:
    vendors = database.select("select distinct vendor from facts.affected where kind = 'ecosystem'")
    held: dict[str, list[str]] = {}
    for (vendor,) in vendors:
        held.setdefault(str(vendor).lower(), []).append(str(vendor))
    found: list[Seen] = []
    for number, name, version, purl, cpe, supplier, seen_in, declared in database.select(
        "select distinct number, name, coalesce(version, ''), purl, cpe, supplier, seen_in, declared from temp.parts order by all"
    ):
        remark = "declared" if declared else ""
        told = f"{name} {version or '?'} in {seen_in}"
        found += _of_purl(number, name, version, purl or "", told, remark, held)
        by_cpe = list(_of_cpe(number, name, version, cpe or "", told, remark))
        found += by_cpe
        if not purl and not by_cpe:
            found += _of_name(number, Program(name, version, supplier), told, remark, pack)
    return found


def _of_name(number: int, part: Program, told: str, remark: str, pack: Pack) -> Iterator[Seen]:
    """A part without an identifier anybody can look up, by the table of names of programs."""
    for known in by_table(part, pack.applications):
        why = f"{told}: {known.why}"
        yield Seen(
            number, "cpe", known.vendor, known.cpe, part.name, known.version or "", why, known.confidence, doubt=known.doubt, remark=remark
        )


def _of_purl(number: int, name: str, version: str, purl: str, told: str, remark: str, held: Mapping[str, list[str]]) -> Iterator[Seen]:
    read = _PURL.match(purl)
    if read is None:
        return
    kind, path, said = read[1].lower(), unquote(read[2]), unquote(read[3] or "") or version
    spoken = [vendor for word in ECOSYSTEMS.get(kind, (kind,)) for vendor in held.get(word, ())]
    for vendor in spoken:
        for product in _products(kind, path):
            yield Seen(number, "ecosystem", vendor, product, name, said, f"{told} ({read[0]})", remark=remark)
    known = CPE_OF.get(f"{kind}:{path.replace('/', ':')}")
    if known is not None:
        vendor, _, product = known.partition(":")
        yield Seen(number, "cpe", vendor, product, name, said, f"{told} ({read[0]})", remark=remark)


def _products(kind: str, path: str) -> list[str]:
    """How feeds write a package: Maven's group and artifact with a colon, Python's in lower case with hyphens."""
    if kind == "maven":
        return list(dict.fromkeys((path.replace("/", ":"), path)))
    if kind == "pypi":
        return [re.sub(r"[-_.]+", "-", path).lower()]
    return list(dict.fromkeys((path, path.lower())))


def _of_cpe(number: int, name: str, version: str, text: str, told: str, remark: str) -> Iterator[Seen]:
    short = text.removeprefix("cpe:2.3:a:").split(":")
    if len(short) == 2:
        yield Seen(number, "cpe", short[0], short[1], name, version, told, "medium", remark=remark)
        return
    try:
        cpe = read_cpe(text)
    except CpeError:
        return
    said = version if cpe.version in (ANY, NONE) else cpe.version if cpe.update in (ANY, NONE) else f"{cpe.version} {cpe.update}"
    yield Seen(number, "cpe", cpe.vendor, cpe.product, name, said, told, "medium", remark=remark)
