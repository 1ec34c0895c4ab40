"""Flaws of packages by the word of the distribution's own tracker: the release, the source package and its version decide.

Versions are compared once per distinct package, as texts in the order of their scheme; SQL does the rest, so that a hospital of ten
thousand machines is matched without its packages passing through Python. A repair that the distribution brought back to an old version
counts, since its own repaired version is what a version is held against; a row that says "not affected" wins over all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from omamori.analyze.flaws.details import flaw_details
from omamori.analyze.flaws.row import SOURCE
from omamori.analyze.flaws.tracked_sql import DISTINCT, INSTALLED, OPEN, ROWS, TABLES
from omamori.analyze.support import comes_from_elsewhere
from omamori.knowledge.names import tracker_releases
from omamori.knowledge.pack import Pack
from omamori.knowledge.version import sort_key
from omamori.model.host import Host, Software
from omamori.snapshot.database import Database, Selected

_SCHEME = {"dpkg": "dpkg", "rpm": "rpm", "apk": "apk"}
_KERNEL = re.compile(r"^(linux-image-(unsigned-)?\d|kernel$|kernel-core$|kernel-rt(-core)?$|linux-(lts|virt)$)")
_KERNEL_SOURCE = re.compile(
    r"^(kernel|kernel-rt|linux(-(lts|virt|hwe|aws|azure|gcp|gke|ibm|kvm|lowlatency|oem|oracle|raspi|nvidia)[\w.-]*)?)$"
)
_SIGNED = re.compile(r"^linux-signed(?:-(?:amd64|arm64|i386))?(?:-(?=.))?")
_REBUILT = re.compile(r"\+b\d+$")
_COLUMNS = ("manager", "name", "source_package", "source_version", "version", "origin")


@dataclass(frozen=True)
class Tracked:
    """What the pack's trackers speak of. `releases`: machine → the release it is judged by; `told`: (release, package, flaw)."""

    releases: Mapping[str, str]
    told: frozenset[tuple[str, str, str]] = frozenset()

    def tells(self, asset: str, package: str, flaw: str) -> bool:
        """Return whether a tracker has a word on a flaw of a package for a machine's release; it decides then."""
        release = self.releases.get(asset)
        return release is not None and (release, package, flaw) in self.told


@dataclass(frozen=True, slots=True)
class Judged:
    """A distinct package as it is compared: the tracker's name of it, the version, its key; of a kernel only some are looked at."""

    product: str
    version: str
    sort_key: str | None
    kernel: bool = False
    guessed: bool = False


def judged(row: Software) -> Judged | None:
    """Return how a package of a distribution is compared; None when its tracker does not look after it, or the kernel it belongs to is
    judged by another package (headers, documentation)."""
    scheme = _SCHEME.get(row.manager or "")
    if scheme is None or comes_from_elsewhere(row) or not row.version:
        return None
    source = _SIGNED.sub("linux-", row.source_package or row.name).rstrip("-")
    if _KERNEL_SOURCE.match(source):
        # The version of a signed kernel's source is its own; that of the package is the kernel's.
        return Judged(source, row.version, sort_key(scheme, row.version), kernel=True) if _KERNEL.match(row.name) else None
    version = row.source_version or _REBUILT.sub("", row.version)
    return Judged(source, version, sort_key(scheme, version), guessed=row.source_version is None and row.source_package != row.name)


@contextmanager
def tracked(database: Database, hosts: Iterable[Host], pack: Pack, whole: Callable[[str], bool] = lambda _: True) -> Iterator[Tracked]:
    """Prepare the matching and tell what is judged by a tracker. `facts` are attached by the caller while this is open.

    `whole`: whether the pack holds more of a release than an excerpt; of the releases a machine may be judged by such a one is preferred.
    """
    held = {release for (release,) in database.select("select distinct release from facts.affected where kind = 'package'")}
    releases = {}
    for host in hosts:
        spoken = [name for name in tracker_releases(host) if name in held]
        release = next((name for name in spoken if whole(name)), next(iter(spoken), None))
        if host.platform == "linux" and release is not None:
            releases[host.asset] = (release, host.os_build or "")
    if not releases:
        yield Tracked({})
        return
    run = database.connection.execute
    try:
        for name, columns in TABLES.items():
            run(f"create or replace temp table {name} ({columns})")
        _fill(
            database,
            "tracked_hosts",
            [[*releases], [release for release, _ in releases.values()], [built for _, built in releases.values()]],
        )
        _judge_packages(database)
        for statement in (INSTALLED, DISTINCT, OPEN):
            run(statement)
        with flaw_details(database.connection, "select flaw from tracked_open"):
            _known_to_the_starter(database, pack)
            yield Tracked({asset: release for asset, (release, _) in releases.items()}, _told(database, pack))
    finally:
        for name in TABLES:
            run(f"drop table if exists {name}")


def rows() -> Selected:
    """Return the rows of `vulnerabilities`; to be taken while `tracked` is open."""
    return Selected("vulnerabilities", ROWS, {"source": SOURCE})


def _judge_packages(database: Database) -> None:
    """Fill `tracked_packages`: every distinct package of which a tracker speaks, compared once."""
    known = {
        (product, binary)
        for product, binary in database.select(
            "select distinct product, coalesce(target = 'binary', false) from facts.affected where kind = 'package'"
            " and release in (select release from tracked_hosts)"
        )
    }
    by_binary = any(binary for _, binary in known)
    columns: list[list[object]] = [[] for _ in range(len(_COLUMNS) + 7)]
    for values in database.select(
        f"select distinct {', '.join(_COLUMNS)} from software semi join tracked_hosts using (asset) where list_contains($managers, manager)",  # noqa: S608 - our own column names
        {"managers": list(_SCHEME)},
    ):
        row = Software(**dict(zip(_COLUMNS, values, strict=True)))
        found = judged(row)
        if found is None:
            continue
        ways: list[tuple[str, str | None, str | None, bool]] = [(found.product, found.version, found.sort_key, False)]
        # The package `kernel` itself is empty: `kernel-core` is what starts.
        if by_binary and not (found.kernel and row.name == "kernel"):
            ways.append((row.name, row.version, sort_key(_SCHEME[row.manager or ""], row.version), True))
        for product, version, order, binary in ways:
            if (product, binary) in known:
                told = (*values, product, found.product, version, order, binary, found.kernel, found.guessed and not binary)
                for column, value in zip(columns, told, strict=True):
                    column.append(value)
    _fill(database, "tracked_packages", columns)


def _fill(database: Database, table: str, columns: list[list[object]] | list[list[str]]) -> None:
    kinds = [part.split()[1] for part in TABLES[table].split(", ")]
    picked = ", ".join(f"unnest(${number}::{kind}[])" for number, kind in enumerate(kinds, 1))
    database.connection.execute(f"insert into {table} select {picked}", columns)


def _known_to_the_starter(database: Database, pack: Pack) -> None:
    """A pack without a catalogue of exploited flaws still has what ships inside."""
    flaws = {flaw.flaw: flaw for flaw in pack.flaws if flaw.exploited}
    if not flaws:
        return
    database.connection.execute(
        "update flaw_details set exploited = true, ransomware = coalesce(flaw_details.ransomware, inside.ransomware),"
        " name = coalesce(flaw_details.name, inside.name)"
        " from (select unnest($1::varchar[]) as flaw, unnest($2::varchar[]) as name, unnest($3::boolean[]) as ransomware) as inside"
        " where inside.flaw = flaw_details.flaw",
        [[*flaws], [flaw.name or None for flaw in flaws.values()], [flaw.ransomware for flaw in flaws.values()]],
    )


def _told(database: Database, pack: Pack) -> frozenset[tuple[str, str, str]]:
    query = (
        "select distinct release, product, flaw from facts.affected where kind = 'package' and list_contains($flaws, flaw)"
        " and release in (select release from tracked_hosts)"
    )
    return frozenset(database.select(query, {"flaws": sorted({flaw.flaw for flaw in pack.flaws})}))
