"""The chains of published incidents are found in the sick hospital, from what was really collected there.

Entries, reach and steps are those of the snapshot: the configurations of its devices, its machines and its ledger, nothing filled in.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.hospitals.conftest import Judged

from omamori.model.ways_in import AttackPath, AttackStep
from omamori.snapshot.database import Database

CHAINS = yaml.safe_load((Path(__file__).parent / "sick" / "chains.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(sick: Judged) -> dict[tuple[str, str], tuple[AttackPath, list[AttackStep]]]:
    with Database(sick.tables, read_only=True) as database:
        steps: dict[str, list[AttackStep]] = defaultdict(list)
        for step in database.rows("attack_steps"):
            steps[step.path].append(step)
        return {
            (path.entry, path.asset): (path, sorted(steps[path.path], key=lambda step: step.position))
            for path in database.rows("attack_paths")
        }


@pytest.mark.parametrize("chain", CHAINS)
def test_a_published_chain_is_found_step_by_step(found: Any, chain: str) -> None:
    wanted = CHAINS[chain]
    for asset, kinds in wanted["ends"].items():
        path, steps = found[wanted["entry"], asset]
        assert [step.kind for step in steps] == kinds
        assert path.certain and all(step.certain and step.evidence for step in steps)
        assert "over" not in wanted or wanted["over"] in {step.asset for step in steps}


def test_a_flaw_of_the_device_is_a_step_of_its_own(sick: Judged) -> None:
    """Where a line's device has a flaw known to be exploited, the way over its rules is shown and the flaw is a finding beside it."""
    with Database(sick.tables, read_only=True) as database:
        reached = database.select(
            "select count(*) from reached_services where origin = '電子カルテ保守VPN' and asset = '認証サーバ' and port = 445 and reach = 'open' "
            "and starts_with(rules, 'カルテ側VPNルーター policy: 1')"
        )[0][0]
    assert reached == 1
    assert any(one.check_id == "vulnerabilities.line_ransomware" and one.subject == "電子カルテ保守VPN" for one in sick.verdicts)


def test_the_cheapest_changes_are_ranked(sick: Judged) -> None:
    with Database(sick.tables, read_only=True) as database:
        ranked = sorted(one.rank for one in database.rows("path_changes") if one.rank)
    assert ranked and ranked == list(range(1, 1 + len(ranked)))


def test_nothing_outside_reaches_a_jewel_of_the_healthy_hospital(healthy: Judged) -> None:
    with Database(healthy.tables, read_only=True) as database:
        assert list(database.rows("crown_jewels")) and list(database.rows("entries"))
        assert list(database.rows("attack_paths")) == []
        reached = database.select("select asset, port, reach from reached_services where origin = '保守VPN' order by all")
    assert reached == [("踏み台サーバ", 22, "open")]
