"""The sick hospital's Windows machines: plan, the registry it leads to, the parser, the checks. What is promised passes, nothing opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.hospitals.conftest import Judged
from tests.respond.harden.judge import never_opens
from tests.respond.harden.proof import LEDGER, MOMENT, Proof, applied, described

from omamori.model.look import Verdict
from omamori.pipeline.check import checks_for
from omamori.respond.harden.changes import WindowsRule
from omamori.respond.harden.firewall_ground import ground_of
from omamori.respond.harden.parts import Plan
from omamori.respond.harden.plan import make_plan
from omamori.respond.harden.registry import KINDS
from omamori.snapshot.database import Database

KINDS_HERE = tuple(kind for kind in KINDS if kind.name.startswith("windows-"))
NAMES = {"AD01": "認証サーバ", "FS01": "ファイルサーバ", "TS01": "遠隔操作サーバ", "KARTE-PC31": "電子カルテ端末31"}
WATCHED = ("AD01",)
TOPICS = ("firewall.", "services.", "sharing.", "accounts.", "system.powershell2", "protection.no_program_limit")


def planned(proof: Proof, tables: Path) -> Plan:
    with Database(tables, read_only=True) as database:
        facts = proof.facts(database, MOMENT)
        # Here the vendors' machines too: what would be done if they said yes.
        free = {name: replace(one, hands_off=False, vendor="") for name, one in facts.machines.items()}
        return make_plan(replace(facts, machines=free), "before", list(NAMES.values()), KINDS_HERE)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, tuple[Verdict, ...], tuple[Verdict, ...]]:
    """A plan after nine days of looks, the verdicts before it, and those of a look after it was made."""
    folder = tmp_path_factory.mktemp("harden")
    proof = Proof(folder / "site", tuple(one for one in checks_for(()) if one.id.startswith(TOPICS)))
    machines = {host: said for host, said in described("sick").items() if host in NAMES}
    watched = {host: said for host, said in machines.items() if host in WATCHED}
    for days in (9, 7, 4, 2):
        proof.look(watched, MOMENT - timedelta(days=days))
    proof.look(machines, MOMENT, sorted(LEDGER.glob("*.xlsx")))
    tables, before = proof.judge(MOMENT)
    plan = planned(proof, tables)
    changed = {
        host: applied(said, (change for one in plan.measures if one.machine.asset == NAMES[host] for change in one.changes))
        for host, said in machines.items()
    }
    later = MOMENT + timedelta(days=1)
    proof.look(changed, later)
    return plan, before, proof.judge(later)[1]


def test_every_promise_is_kept_and_nothing_new_is_found(judged: tuple[Plan, tuple[Verdict, ...], tuple[Verdict, ...]]) -> None:
    plan, before, after = judged
    failing = {(one.check_id, one.subject, one.finding_key) for one in after if one.verdict == "fail"}
    passed = {(one.check_id, one.subject) for one in after if one.verdict == "pass"}
    promised = {(one.check, one.subject, one.key) for measure in plan.measures for one in measure.promises}
    assert len(promised) > 30 and not promised & failing, promised & failing
    # Gone is not enough: where it was the only finding of the machine, the check passes, it does not become unknown.
    old = {(one.check_id, one.subject, one.finding_key) for one in before if one.verdict == "fail"}
    alone = {(check, subject) for check, subject, _ in promised} - {(check, subject) for check, subject, _ in failing}
    assert alone <= passed, alone - passed
    assert not failing - old, failing - old


def test_with_days_of_watching_remote_control_is_named_and_without_it_is_left(
    judged: tuple[Plan, tuple[Verdict, ...], tuple[Verdict, ...]],
) -> None:
    plan, _, _ = judged
    promised = {(one.check, one.subject) for measure in plan.measures for one in measure.promises}
    left = {(one.kind, one.machine.asset): one.why.en for one in plan.left}
    check = "firewall.windows_rdp_from_anywhere"
    assert (check, NAMES["AD01"]) in promised and (check, NAMES["FS01"]) not in promised
    assert "too few days" in left["windows-firewall-rules", NAMES["FS01"]]
    rule = next(
        change.rule or ""
        for measure in plan.measures
        if measure.machine.asset == NAMES["AD01"]
        for change in measure.changes
        if isinstance(change, WindowsRule) and "LPort=3389" in (change.rule or "")
    )
    # TS01 was seen to connect.
    assert "|RA4=10.1.0.41|" in rule and rule.count("RA") == 1


@pytest.mark.parametrize("hospital", ["sick", "healthy"])
def test_nothing_opens_on_any_machine_of_both_hospitals(hospital: str, request: pytest.FixtureRequest) -> None:
    seen: Judged = request.getfixturevalue(hospital)
    proof = Proof(seen.tables.parents[2], ())
    with Database(seen.tables, read_only=True) as database:
        facts = proof.facts(database, seen.moment)
        windows = [one for one in facts.machines.values() if one.system == "windows"]
        grounds = [ground_of(facts, one) for one in windows if facts.rows("firewall_profiles", one)]
    assert len(grounds) > 6
    changed = sum(never_opens(ground) for ground in grounds)
    assert hospital == "healthy" or changed > 20
