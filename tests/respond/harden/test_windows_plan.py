"""A plan's own files, applied to invented Windows machines: what it promised is gone in a new look, and nothing else got worse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from hardened_windows import hardened, needed
from hospitals_windows import kit_result, machine_of
from hospitals_windows_hive import registry_of
from hospitals_windows_machine import WindowsMachine
from omamori.model.look import Verdict
from omamori.pipeline.check import checks_for
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.respond.harden.changes import ServiceStart
from omamori.respond.harden.facts import read_facts
from omamori.respond.harden.measures.windows_settings import KINDS, rows
from omamori.respond.harden.parts import Machine, Measure, Plan
from omamori.respond.harden.plan import make_plan
from omamori.respond.harden.write.registry import WRITERS
from omamori.snapshot.database import Database
from omamori.snapshot.site import Site

MOMENT = datetime(2026, 6, 1, 9)
SICK, KEPT = ("TS01", "AD01", "KARTE-PC32"), "KARTE-PC2"


@dataclass(frozen=True)
class Done:
    """The plan of the sick machines, and the verdicts before and after."""

    plan: Plan
    before: tuple[Verdict, ...]
    after: tuple[Verdict, ...]


def judged(folder: Path, kits: dict[str, bytes]) -> tuple[Path, tuple[Verdict, ...]]:
    folder.mkdir()
    for name, data in kits.items():
        (folder / f"omamori-windows-{name}.kit").write_bytes(data)
    outcomes = take_in(folder / "site", sorted(folder.glob("*.kit")), Silent(), received=MOMENT)
    assert [one.status for one in outcomes] == ["stored"] * len(kits)
    taken = take_snapshot(Site(folder / "site"), checks_for(()), MOMENT, Silent())
    return taken.snapshot.tables, taken.verdicts


def everything(machine: WindowsMachine) -> dict[str, bytes]:
    """The files of a plan with every setting there is that apply.cmd would not leave as it is, for a machine that is looked after."""
    asset = Machine(machine.host, "windows", "client", "", "", "", "", False, False, False)
    registry = registry_of(machine)
    measures = [
        Measure(row.name, asset, row.what, row.why, row.stops, row.menu, tuple(one for one in row.changes if needed(one, registry)))
        for row in rows()
        if row.only in ("", "client") and not any(isinstance(one, ServiceStart) for one in row.changes)
    ]
    assert 5 < sum(len(one.changes) for one in measures) < 40
    return {file.name.partition("/")[2]: file.content for file in WRITERS["windows"](asset, measures)}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    folder = tmp_path_factory.mktemp("harden")
    sick = {host.lower(): machine_of("sick", host, MOMENT) for host in SICK}
    kept = machine_of("healthy", KEPT, MOMENT)
    tables, before = judged(folder / "before", {name: kit_result(one) for name, one in (sick | {"kept": kept}).items()})
    with Database(tables) as database:
        # The settings: rules, shares and members rest on what was seen of traffic and have a proof of their own (tests/hospitals/test_harden.py).
        facts = read_facts(database, MOMENT)
        known = {name: replace(one, declared=True) for name, one in facts.machines.items()}
        plan = make_plan(replace(facts, machines=known), "x", ["all"], KINDS)
    kits = {"kept": hardened(kept, everything(kept))}
    for machine in plan.machines:
        if machine.asset in sick:
            files = WRITERS["windows"](machine, [one for one in plan.measures if one.machine == machine])
            kits[machine.asset] = hardened(sick[machine.asset], {file.name.partition("/")[2]: file.content for file in files})
    assert set(kits) == {*sick, "kept"}
    return Done(plan, before, judged(folder / "after", kits)[1])


def test_every_finding_it_promised_is_gone(done: Done) -> None:
    promised = {(one.check, one.subject, one.key) for measure in done.plan.measures if measure.changes for one in measure.promises}
    assert len(promised) > 80
    verdicts = {(one.check_id, one.subject, one.finding_key): one.verdict for one in done.after}
    assert [place for place in promised if verdicts.get(place) == "fail"] == []
    # Gone means judged again and passed, not out of sight.
    passed = {(one.check_id, one.subject) for one in done.after if one.verdict == "pass"}
    assert [place for place in promised if place[:2] not in passed] == []


def test_no_other_verdict_gets_worse(done: Done) -> None:
    order = {"pass": 0, "accepted": 1, "unknown": 2, "fail": 3}
    before = {(one.check_id, one.subject, one.finding_key): order[one.verdict] for one in done.before}
    worst: dict[tuple[str, str], int] = {}
    for one in done.before:
        place = (one.check_id, one.subject)
        worst[place] = max(worst.get(place, 0), order[one.verdict])
    worse = [
        (one.check_id, one.subject, one.finding_key, one.verdict)
        for one in done.after
        if order[one.verdict] > before.get((one.check_id, one.subject, one.finding_key), worst.get((one.check_id, one.subject), 0))
    ]
    assert worse == []


def test_what_needs_no_change_is_not_in_the_plan(done: Done) -> None:
    (kept,) = (machine for machine in done.plan.machines if machine.asset.lower() == KEPT.lower())
    failing = {one.check_id for one in done.before if one.subject == kept.asset and one.verdict == "fail"}
    fixes = {row.name: set(row.fixes) for row in rows()}
    measures = [one for one in done.plan.measures if one.machine == kept and one.kind in fixes]
    assert all(fixes[one.kind] & failing for one in measures) and len(measures) < 5
