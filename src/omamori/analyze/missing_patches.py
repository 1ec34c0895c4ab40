"""Fills `missing_patches`: the updates a Windows machine should have and has not, each with the chain that shows it.

How it is judged lies in `windows_updates`. Where the pack has no table of updates for a machine's Windows, or the table is older than
two of Microsoft's monthly days, nothing was completely looked at: that is never a pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.flaws.covering import NO_PACK, covering
from omamori.analyze.flaws.knowing import catalogue, windows_gap
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.windows_updates.machines import Machines
from omamori.analyze.windows_updates.rows import missing_rows, tables_of
from omamori.analyze.windows_updates.unjudged import unjudged_products
from omamori.knowledge.names import windows_build
from omamori.snapshot.database import Database

SOURCE = "analyze.missing_patches"
_HOST = ("platform", "os_id", "os_name", "os_build", "architecture")


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the missing updates of every Windows machine, and how completely they could be judged."""
    coverage = Coverage.read(database)
    hosts = {host.asset: host for host in database.rows("hosts")}
    with moment.pack.facts.attached(database.connection):
        machines = Machines.read(database, coverage, moment.pack, moment.now.date())
        covered, undated = machines.covered(), machines.undated()
        pack = covering(database, held=moment.pack.facts.held, now=moment.now, releases=())
        catalogued = catalogue(pack) if pack.held else ()
        if covered:
            with tables_of(database.connection, machines.judged(database)):
                yield missing_rows(SOURCE)
            yield from unjudged_products(database, SOURCE, covered)
    for asset in database.rows("assets"):
        host = hosts.get(asset.asset)
        view = coverage.view("hosts", asset.asset)
        if host is not None and host.platform != "windows":
            yield derived_look(asset.asset, "missing_patches", SOURCE, [Input(view, ("platform",))])
            continue
        inputs = [Input(view, _HOST), Input(coverage.view("patches", asset.asset), ("patch_id",)), *catalogued]
        # Where nobody knows what a machine is, only the pack can be known to lack.
        gap = NO_PACK if not pack.held else None
        if host is not None:
            gap = windows_gap(pack, host, covered=covered, undated=undated, newest=machines.numbers.newest, now=moment.now)
        untold = host is None or windows_build(host) is None
        why = gap.reason if gap is not None and not (untold and pack.held) else "to_confirm"
        yield derived_look(asset.asset, "missing_patches", SOURCE, inputs, undecided=gap is not None or untold, why=why)


ANALYZER = Analyzer(
    name=SOURCE,
    reads=("assets", "hosts", "patches", "software", "collected"),
    fills=("missing_patches",),
    run=run,
)
"""The analyzer of this module."""
