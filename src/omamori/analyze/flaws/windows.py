"""Flaws of Windows, judged by its build and its updates.

Where the pack has Microsoft's table of updates for a machine's Windows, the missing updates tell which flaws are open; a flaw the table
does not speak of is judged by the facts that ship inside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from omamori.analyze.coverage import Coverage
from omamori.analyze.flaws.row import flaw_row
from omamori.analyze.windows_updates.machines import Machines
from omamori.analyze.windows_updates.rows import flaw_rows, tables_of
from omamori.knowledge.names import os_of_host, windows_build
from omamori.knowledge.pack import Match, Pack
from omamori.model.host import Host
from omamori.model.patching import Vulnerability
from omamori.snapshot.database import Database, Selected


def patches_of(database: Database) -> Mapping[str, Mapping[str, str]]:
    """Return asset → number of an installed update (without KB) → its evidence."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for asset, patch, evidence in database.select("select asset, upper(patch_id), evidence from patches"):
        found[str(asset)][str(patch).removeprefix("KB")] = str(evidence or "")
    return found


@dataclass(frozen=True)
class ByTable:
    """What the table of updates says. `told`: asset → flaws of `pack.flaws` it speaks of; `covered`: the machines it has a name for;
    `undated`: those of them for which it names an update without a day."""

    rows: Selected | None = None
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)
    covered: frozenset[str] = frozenset()
    newest: date | None = None
    undated: frozenset[str] = frozenset()


@contextmanager
def by_table(database: Database, coverage: Coverage, pack: Pack, today: date) -> Iterator[ByTable]:
    """Hold what the table of updates says while this is open. The pack's facts have to be attached."""
    machines = Machines.read(database, coverage, pack, today) if pack.facts.held else None
    if machines is None or not machines.covered():
        yield ByTable()
        return
    told = machines.told_flaws(database, {flaw.flaw for flaw in pack.flaws})
    with tables_of(database.connection, machines.judged(database)):
        yield ByTable(flaw_rows(), told, machines.covered(), machines.numbers.newest, machines.undated())


def of_windows(host: Host, patches: Mapping[str, str], all_seen: bool, pack: Pack, told: Collection[str] = ()) -> Iterator[Vulnerability]:
    """A flaw of Windows is repaired by any one of its updates; a later update than the pack knows may hold it too.

    Flaws in `told` are judged by the table of updates.
    """
    named = os_of_host(host)
    build = windows_build(host)
    if named is None or build is None:
        return
    newest = max((int(number) for number in patches if number.isdigit() and len(number) < 10), default=0)
    for flaw in pack.flaws_about(named[0], build):
        if flaw.flaw not in told and patches.keys().isdisjoint(flaw.patches):
            undecided = not flaw.sure or not all_seen or newest > max(int(number) for number in flaw.patches)
            yield flaw_row(host.asset, "asset", Match(flaw, undecided), host.os_build, host.evidence)
