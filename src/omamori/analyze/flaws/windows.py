"""Flaws of Windows, judged by its build and its updates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from omamori.analyze.flaws.row import flaw_row
from omamori.knowledge.names import os_of_host, windows_build
from omamori.knowledge.pack import Match, Pack
from omamori.model.host import Host
from omamori.model.patching import Vulnerability
from omamori.snapshot.database import Database


def patches_of(database: Database) -> Mapping[str, Mapping[str, str]]:
    """Return asset → number of an installed update (without KB) → its evidence."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for asset, patch, evidence in database.select("select asset, upper(patch_id), evidence from patches"):
        found[str(asset)][str(patch).removeprefix("KB")] = str(evidence or "")
    return found


def of_windows(host: Host, patches: Mapping[str, str], all_seen: bool, pack: Pack) -> Iterator[Vulnerability]:
    """A flaw of Windows is repaired by any one of its updates; a later update than the pack knows may hold it too."""
    named = os_of_host(host)
    build = windows_build(host)
    if named is None or build is None:
        return
    newest = max((int(number) for number in patches if number.isdigit() and len(number) < 10), default=0)
    for flaw in pack.flaws_about(named[0], build):
        if patches.keys().isdisjoint(flaw.patches):
            undecided = not flaw.sure or not all_seen or newest > max(int(number) for number in flaw.patches)
            yield flaw_row(host.asset, "asset", Match(flaw, undecided), host.os_build, host.evidence)
