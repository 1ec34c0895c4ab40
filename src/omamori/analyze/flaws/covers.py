"""The rows of `knowledge_covers`: of every machine and line what the pack covers and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from omamori.analyze.flaws.components import CPE_OF, ECOSYSTEMS
from omamori.analyze.flaws.covering import NO_PACK, Covering, Gap
from omamori.analyze.flaws.knowing import Knowing
from omamori.analyze.flaws.row import SOURCE
from omamori.model.host import Host
from omamori.model.patching import KnowledgeCover
from omamori.snapshot.database import Database

_PARTS = """
select asset, coalesce(kind, ''), bool_or(not named), bool_or(named) from (
    select asset, nullif(lower(regexp_extract(purl, '^pkg:([A-Za-z0-9.+-]{1,40})/', 1)), '') as kind,
        purl is null or list_contains($named, lower(replace(regexp_extract(purl, '^pkg:([^@?#]{1,400})', 1), '/', ':'))) as named
    from components where asset <> '*' and (purl is not null or cpe is not null or seen_in <> 'software')
) group by asset, kind order by all
"""


def cover(asset: str, kind: str, name: str, gap: Gap | None, *, subject_kind: str = "asset", evidence: str = "") -> KnowledgeCover:
    """Return a row: `gap` None where it is covered."""
    return KnowledgeCover(
        asset=asset,
        subject_kind=subject_kind,
        kind=kind,
        name=name,
        covered=gap is None,
        why=gap.reason if gap else None,
        lacks=gap.said.en if gap else None,
        lacks_ja=gap.said.ja if gap else None,
        source=SOURCE,
        evidence=evidence,
    )


def of_host(host: Host, known: Knowing, parts: Mapping[str, Gap | None]) -> Iterator[KnowledgeCover]:
    """Yield the rows of a machine that was looked at: its system, its programs, the parts inside them."""
    system = "windows" if host.platform == "windows" else "packages"
    name = known.linux.get(host.asset) or host.os_name or host.platform
    yield cover(host.asset, system, name, known.gap(host), evidence=host.evidence)
    yield cover(host.asset, "programs", "nvd, jvn", known.pack.programs, evidence=host.evidence)
    # Whoever lists no parts may have parts all the same: without a pack nobody could look them up.
    lacking = parts.get(host.asset) if known.pack.held else NO_PACK
    yield cover(host.asset, "components", "nvd, jvn, osv", lacking, evidence=host.evidence)


def parts_of(database: Database, pack: Covering) -> Mapping[str, Gap | None]:
    """Return asset → what the pack lacks about its parts, by how they are called: package URLs, else names and CPE names."""
    by_asset: dict[str, tuple[set[str], bool]] = {}
    known = sorted(name.lower() for name in CPE_OF)
    for asset, kind, other, named in database.select(_PARTS, {"named": known}):
        wanted, by_name = by_asset.get(asset, (set(), False))
        # What NVD calls by a CPE name of its own needs no records of its ecosystem.
        if kind and other:
            wanted.add(_spoken(kind, pack))
        by_asset[asset] = (wanted, by_name or named)
    return {asset: pack.parts(sorted(wanted), by_name=by_name) for asset, (wanted, by_name) in by_asset.items()}


def _spoken(kind: str, pack: Covering) -> str:
    """Return how the pack calls the ecosystem of a package URL's type; the first of its names where it holds none."""
    names = ECOSYSTEMS.get(kind, (kind,))
    return max(names, key=lambda name: pack.ecosystems.get(name, 0))
