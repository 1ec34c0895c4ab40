"""Flaws of a distribution's packages.

A distribution repairs flaws without changing the maker's version number. So the distribution's own repaired
version decides; where the pack has none, an old version number alone makes a flaw *undecided*, never certain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from omamori.analyze.flaws.row import flaw_row
from omamori.analyze.flaws.tracked import Tracked
from omamori.analyze.support import comes_from_elsewhere
from omamori.knowledge.names import release_of
from omamori.knowledge.pack import Match, Pack
from omamori.knowledge.version import key
from omamori.model.host import Host, Software
from omamori.model.patching import Vulnerability
from omamori.snapshot.database import Database

_SCHEME = {"dpkg": "dpkg", "rpm": "rpm", "apk": "apk"}
_KERNEL = re.compile(r"^(linux-image-(unsigned-)?\d|kernel$|kernel-core$)")
_KERNEL_SOURCES = re.compile(r"^(linux|linux-signed|linux-signed-(amd64|arm64|i386))$")


def newest_packages(database: Database, pack: Pack) -> Mapping[str, Mapping[str, Software]]:
    """Return asset → product → the newest installed package of it: of kernels the older ones stay installed."""
    products = sorted({flaw.product for flaw in pack.flaws})
    query = (
        "select asset, name, version, manager, source_package, publisher, origin, evidence from software "
        "where name in (select unnest($products)) or source_package in (select unnest($products)) "
        "or source_package like 'linux-signed%' order by all"
    )
    found: dict[str, dict[str, Software]] = defaultdict(dict)
    names = ("asset", "name", "version", "manager", "source_package", "publisher", "origin", "evidence")
    for values in database.select(query, {"products": products}):
        row = Software(**dict(zip(names, values, strict=True)))
        product = _product(row, products)
        if product is None:
            continue
        before = found[row.asset].get(product)
        if before is None or _later(row, before):
            found[row.asset][product] = row
    return found


def _product(row: Software, products: list[str]) -> str | None:
    source = row.source_package or row.name
    if _KERNEL_SOURCES.match(source) or source == "kernel":
        return ("kernel" if source == "kernel" else "linux") if _KERNEL.match(row.name) else None
    return source if source in products else row.name if row.name in products else None


def _later(row: Software, before: Software) -> bool:
    scheme = _SCHEME.get(row.manager or "", "dotted")
    new, old = key(scheme, row.version), key(scheme, before.version)
    return old is None or (new is not None and new > old)


def of_packages(host: Host, packages: Mapping[str, Software], pack: Pack, tracked: Tracked) -> Iterator[Vulnerability]:
    """Yield the flaws of a machine's packages by the few repairs that ship inside, and by the makers' versions.

    Where a tracker of the pack has a word on the same flaw and package, that decides and nothing is yielded here. A package that comes
    from elsewhere (its maker's own repository) is not judged by the distribution's repairs.
    """
    release = release_of(host)
    for product, row in packages.items():
        own = bool(release) and not comes_from_elsewhere(row)
        told = {flaw.flaw for flaw in pack.flaws if own and tracked.tells(host.asset, product, flaw.flaw)}
        by_release = {flaw.flaw for flaw in pack.flaws_about(product, release)} | told if own else set()
        for match in pack.flaws_of(product, row.version, release) if own else ():
            if match.flaw.flaw not in told:
                yield flaw_row(host.asset, "asset", match, row.version, row.evidence)
        upstream = re.sub(r"^\d+:", "", row.version or "").partition("-")[0].split("+")[0]
        for match in pack.flaws_of(product, upstream):
            if match.flaw.flaw not in by_release:
                certain = row.manager not in _SCHEME and not match.undecided
                yield flaw_row(host.asset, "asset", Match(match.flaw, undecided=not certain), row.version, row.evidence)
