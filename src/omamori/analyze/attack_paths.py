"""Fills `attack_paths`, `attack_steps`, `path_changes`: how far an intruder gets from each entry, and what cuts the ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.paths.reads import READS
from omamori.model.ways_in import AttackPath, AttackStep, Change
from omamori.snapshot.database import Database

_FILLS = ("attack_paths", "attack_steps", "path_changes")
_OF_MACHINES = ("hosts", "accounts", "services", "tasks", "vulnerabilities", "reached_services", "interfaces")
"""What has to be seen of every machine before anybody can say that no way leads over it."""
_OF_DEVICES = ("device_facts", "device_accounts", "device_secrets", "device_access", "reached_services")
"""What has to be seen of a network device whose configuration was read: it has no programs, and its flaws are those of the lines it ends."""


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield one path per entry and crown jewel that is reached, its steps, the changes, and the looks."""
    asked = database.select("select (select count(*) from entries), (select count(*) from crown_jewels)")[0]
    if all(asked):
        yield from _paths(database, moment.now)
    yield from _looks(database)


def _paths(database: Database, now: datetime) -> Iterator[Any]:
    # numpy takes a tenth of a second to load: only where there is something to ask.
    from omamori.analyze.paths.answer import answer
    from omamori.analyze.paths.gather import gather

    found = answer(gather(database, now.date()))
    for path in found.paths:
        evidence = next((step.evidence for step in path.steps if step.evidence), "")
        yield AttackPath(
            path=path.name,
            entry=path.entry,
            asset=path.asset,
            jewel=path.jewel,
            steps=len(path.steps),
            certain=path.certain,
            changes="; ".join(path.changes) or None,
            source=ANALYZER.name,
            evidence=evidence,
        )
        for position, step in enumerate(path.steps, 1):
            yield AttackStep(
                path=path.name,
                position=position,
                start=step.start,
                asset=step.asset,
                kind=step.kind,
                service=step.service or None,
                told_ja=step.told.ja,
                told_en=step.told.en,
                certain=step.certain,
                change=step.change,
                source=ANALYZER.name,
                evidence=step.evidence,
            )
    for one in found.changes:
        yield Change(
            change=one.proposal.change,
            told_ja=one.proposal.ja,
            told_en=one.proposal.en,
            cost=one.proposal.cost,
            who=one.proposal.vendor,
            cuts=one.cuts,
            rank=one.rank,
            source=ANALYZER.name,
            evidence=one.proposal.evidence,
        )


def _looks(database: Database) -> Iterator[Any]:
    """That no way leads to a machine can be said only when the entries and every machine on the way were looked at."""
    coverage = Coverage.read(database)
    assets = [str(asset) for (asset,) in database.select("select asset from assets order by asset")]
    inputs = [Input(coverage.view("entries", "*")), Input(coverage.view("remote_lines", "*"))]
    devices = {str(asset) for (asset,) in database.select("select asset from assets where configured")}
    for name in dict.fromkeys((*_OF_MACHINES, *_OF_DEVICES)):
        views = [coverage.view(name, asset) for asset in assets if name in (_OF_DEVICES if asset in devices else _OF_MACHINES)]
        lacking = next((view for view in views if not view.complete), None)
        if views:
            inputs.append(Input(lacking or views[0]))
    for asset in assets:
        jewel = Input(coverage.view("crown_jewels", asset))
        for table in _FILLS:
            yield derived_look(asset, table, ANALYZER.name, [*inputs, jewel])


ANALYZER = Analyzer(name="analyze.attack_paths", reads=(*READS, "remote_lines", "collected"), fills=_FILLS, run=run)
"""The analyzer of this module."""
