"""Fills `vulnerabilities`: published flaws that concern what was seen on an asset, or declared of a line's device; and
`knowledge_covers`: what the pack covers of each, without which no flaw found means nothing.

Who says what concerns a machine lies in `flaws`, one module per kind of product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.flaws import applications, components
from omamori.analyze.flaws.covering import Covering, Gap, covering
from omamori.analyze.flaws.covers import of_host, parts_of
from omamori.analyze.flaws.firmware import of_device, of_firmware, of_line
from omamori.analyze.flaws.firmware_facts import FirmwareFacts
from omamori.analyze.flaws.knowing import Knowing, knowing, windows_gap
from omamori.analyze.flaws.packages import newest_packages, of_packages
from omamori.analyze.flaws.row import SOURCE
from omamori.analyze.flaws.tracked import Tracked, tracked
from omamori.analyze.flaws.tracked import rows as tracked_rows
from omamori.analyze.flaws.windows import ByTable, by_table, of_windows, patches_of
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.lines import LineEnds, firmware_of
from omamori.knowledge.names import tracker_releases
from omamori.model.host import Host
from omamori.snapshot.database import Database

_SOFTWARE = ("name", "version", "source_package", "manager")
_OF_PARTS = frozenset({"cpe", "ecosystem"})
"""Kinds of records that speak of programs and their parts, not of a distribution's packages."""
_PROGRAM = ("name", "version", "publisher")


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the flaws of every asset and line, how completely they could be judged, and what the pack covers."""
    hosts = {row.asset: row for row in database.rows("hosts")}
    with moment.pack.facts.attached(database.connection):
        releases = {name for host in hosts.values() for name in tracker_releases(host)}
        pack = covering(database, held=moment.pack.facts.held, now=moment.now, releases=releases)
        with tracked(database, hosts.values(), moment.pack, pack.whole_release) as trackers:
            if trackers.releases:
                yield tracked_rows()
            spoken = _spoken(database)
            if "cpe" in spoken:
                yield from applications.find(database, moment.pack)
            if spoken & _OF_PARTS:
                yield from components.find(database, moment.pack)
            coverage = Coverage.read(database)
            with by_table(database, coverage, moment.pack, moment.now.date()) as table:
                if table.rows is not None:
                    yield table.rows
            windows = _windows(hosts.values(), pack, table, moment)
            known = knowing(database, pack, windows=windows, linux=trackers.releases)
            facts = FirmwareFacts(database) if "cpe" in spoken else None
            yield from _by_machine(database, moment, _Held(coverage, trackers, table, known, facts, spoken), hosts)
            yield from _by_line(database, moment, coverage, known, facts)


def _spoken(database: Database) -> frozenset[str]:
    """Kinds of names by which the pack's records speak of products."""
    return frozenset(str(kind) for (kind,) in database.select("select distinct kind from facts.affected"))


def _windows(hosts: Iterable[Host], pack: Covering, table: ByTable, moment: Moment) -> dict[str, Gap | None]:
    """What the table of updates lacks for each Windows machine."""
    return {
        host.asset: windows_gap(pack, host, covered=table.covered, undated=table.undated, newest=table.newest, now=moment.now)
        for host in hosts
        if host.platform == "windows"
    }


@dataclass(frozen=True)
class _Held:
    """What the judgement of each machine rests on."""

    coverage: Coverage
    trackers: Tracked
    table: ByTable
    known: Knowing
    facts: FirmwareFacts | None
    spoken: frozenset[str]


def _by_machine(database: Database, moment: Moment, held: _Held, hosts: Mapping[str, Host]) -> Iterator[Any]:
    coverage, trackers, known, facts = held.coverage, held.trackers, held.known, held.facts
    declared = {row.asset: row for row in database.rows("ledger_assets") if row.os}
    software = newest_packages(database, moment.pack)
    patches = patches_of(database)
    parts = parts_of(database, known.pack)
    firmware = firmware_of(database, moment.pack)
    for asset in database.rows("assets"):
        name, host = asset.asset, hosts.get(asset.asset)
        told = firmware.get(name)
        if host is None and told is not None:
            view = coverage.view("device_facts", name)
            inputs = [Input(view, ("system", "version")), *known.catalogue]
            yield from of_firmware(name, "asset", told, inputs, moment.pack, known.pack, facts)
            continue
        views = {table: coverage.view(table, name) for table in ("hosts", "software", "patches")}
        inputs = [Input(views["hosts"], ("platform", "os_id", "os_version", "os_build")), *known.catalogue]
        windows = host is not None and host.platform == "windows"
        used = (*_SOFTWARE, "source_version") if name in trackers.releases else _SOFTWARE
        # The flaws of Windows are judged by its build and its updates; its programs only with facts about programs.
        if windows:
            inputs.append(Input(views["patches"], ("patch_id",)))
        if held.spoken & _OF_PARTS and host is not None:
            inputs.append(Input(coverage.view("components", name), ("name", "version")))
        if not windows or "cpe" in held.spoken:
            inputs.append(Input(views["software"], _PROGRAM if windows else used))
        if host is not None and windows:
            told_of = held.table.told.get(name, ())
            yield from of_windows(host, patches.get(name, {}), views["patches"].knows("patch_id"), moment.pack, told_of)
        elif host is not None:
            yield from of_packages(host, software.get(name, {}), moment.pack, trackers)
        elif name in declared:
            yield from of_device(name, declared[name].os, declared[name].evidence, moment.pack, facts)
        yield derived_look(name, "vulnerabilities", SOURCE, inputs, undecided=known.undecided(host), why=known.why(host))
        if host is not None:
            yield from of_host(host, known, parts)
        yield derived_look(name, "knowledge_covers", SOURCE, [Input(views["hosts"], ("platform",))])


def _by_line(database: Database, moment: Moment, coverage: Coverage, known: Knowing, facts: FirmwareFacts | None) -> Iterator[Any]:
    ends = LineEnds.read(database, coverage, moment.pack)
    for line in database.rows("remote_lines"):
        shown, rests = ends.of(line.line)
        if shown is not None:
            view = coverage.view("remote_lines", line.line)
            inputs = [Input(view, ("line", "kind")), *rests, *known.catalogue]
            yield from of_firmware(line.line, "line", shown, inputs, moment.pack, known.pack, facts)
        else:
            yield from of_line(line, moment.pack, coverage, (*rests, *known.catalogue), known.pack, facts)


ANALYZER = Analyzer(
    name=SOURCE,
    reads=("assets", "hosts", "ledger_assets", "software", "patches", "remote_lines", "device_facts", "entries", "components", "collected"),
    fills=("vulnerabilities", "knowledge_covers"),
    run=run,
)
"""The analyzer of this module."""
