"""Fills `vulnerabilities`: published flaws that concern what was seen on an asset, or declared of a line's device.

Who says what concerns a machine lies in `flaws`, one module per kind of product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.flaws import applications, components
from omamori.analyze.flaws.firmware import of_device, of_firmware, of_line
from omamori.analyze.flaws.firmware_facts import FirmwareFacts
from omamori.analyze.flaws.knowing import knowing
from omamori.analyze.flaws.packages import newest_packages, of_packages
from omamori.analyze.flaws.row import SOURCE
from omamori.analyze.flaws.tracked import Tracked, tracked
from omamori.analyze.flaws.tracked import rows as tracked_rows
from omamori.analyze.flaws.windows import ByTable, by_table, of_windows, patches_of
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.lines import LineEnds
from omamori.snapshot.database import Database

_SOFTWARE = ("name", "version", "source_package", "manager")
_OF_PARTS = frozenset({"cpe", "ecosystem"})
"""Kinds of records that speak of programs and their parts, not of a distribution's packages."""
_PROGRAM = ("name", "version", "publisher")


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the flaws of every asset and line, and how completely they could be judged."""
    with moment.pack.facts.attached(database.connection), tracked(database, database.rows("hosts"), moment.pack) as trackers:
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
        yield from _by_machine(database, moment, coverage, trackers, table)


def _spoken(database: Database) -> set[str]:
    """Kinds of names by which the pack's records speak of products."""
    return {str(kind) for (kind,) in database.select("select distinct kind from facts.affected")}


def _by_machine(database: Database, moment: Moment, coverage: Coverage, trackers: Tracked, table: ByTable) -> Iterator[Any]:
    spoken = _spoken(database)
    known = knowing(
        database,
        held=moment.pack.facts.held,
        windows=table.covered,
        newest=table.newest,
        now=moment.now,
        linux=trackers.releases,
    )
    facts = FirmwareFacts(database) if "cpe" in spoken else None
    hosts = {row.asset: row for row in database.rows("hosts")}
    declared = {row.asset: row for row in database.rows("ledger_assets") if row.os}
    software = newest_packages(database, moment.pack)
    patches = patches_of(database)
    ends = LineEnds.read(database, coverage, moment.pack)
    for asset in database.rows("assets"):
        name, host = asset.asset, hosts.get(asset.asset)
        told = ends.firmware.get(name)
        if host is None and told is not None:
            view = coverage.view("device_facts", name)
            yield from of_firmware(name, "asset", told, [Input(view, ("system", "version")), *known.catalogue], moment.pack, facts)
            continue
        views = {table: coverage.view(table, name) for table in ("hosts", "software", "patches")}
        inputs = [Input(views["hosts"], ("platform", "os_id", "os_version", "os_build")), *known.catalogue]
        windows = host is not None and host.platform == "windows"
        used = (*_SOFTWARE, "source_version") if name in trackers.releases else _SOFTWARE
        # The flaws of Windows are judged by its build and its updates; its programs only with facts about programs.
        if windows:
            inputs.append(Input(views["patches"], ("patch_id",)))
        if spoken & _OF_PARTS and host is not None:
            inputs.append(Input(coverage.view("components", name), ("name", "version")))
        if not windows or "cpe" in spoken:
            inputs.append(Input(views["software"], _PROGRAM if windows else used))
        if host is not None and windows:
            yield from of_windows(host, patches.get(name, {}), views["patches"].knows("patch_id"), moment.pack, table.told.get(name, ()))
        elif host is not None:
            yield from of_packages(host, software.get(name, {}), moment.pack, trackers)
        elif name in declared:
            yield from of_device(name, declared[name].os, declared[name].evidence, moment.pack, facts)
        look = derived_look(name, "vulnerabilities", SOURCE, inputs, undecided=known.undecided(host))
        yield known.spoilt(host, look)
    for line in database.rows("remote_lines"):
        shown, rests = ends.of(line.line)
        if shown is not None:
            view = coverage.view("remote_lines", line.line)
            yield from of_firmware(line.line, "line", shown, [Input(view, ("line", "kind")), *rests, *known.catalogue], moment.pack, facts)
        else:
            yield from of_line(line, moment.pack, coverage, (*rests, *known.catalogue), facts)


ANALYZER = Analyzer(
    name=SOURCE,
    reads=("assets", "hosts", "ledger_assets", "software", "patches", "remote_lines", "device_facts", "entries", "components", "collected"),
    fills=("vulnerabilities",),
    run=run,
)
"""The analyzer of this module."""
