from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from omamori.evaluate.check import Check
from omamori.evaluate.examples import Bench
from omamori.evaluate.guard import guard
from omamori.evaluate.judge import judge
from omamori.evaluate.load import load_checks
from omamori.model.access import Account
from omamori.model.derived import Asset
from omamori.model.host import Host
from omamori.model.look import Collected
from omamori.snapshot.database import Database


def _law1() -> ModuleType:
    """The law stands beside this file; tests have no packages, so it is loaded by its path."""
    spec = importlib.util.spec_from_file_location("law1", Path(__file__).with_name("law1.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["law1"] = module
    spec.loader.exec_module(module)
    return module


law1 = _law1()
CHECKS = load_checks()


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench() as opened:
        yield opened


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_law_1_over_the_examples_of_every_check(check: Check, bench: Bench) -> None:
    checked = guard(check)
    for case in check.examples.cases:
        bench.load(case, checked.tables)
        assert law1.violations([checked], bench.database.connection, check.examples.now) == []


def test_law_1_over_a_file_with_several_machines(tmp_path: Path) -> None:
    path = tmp_path / "tables.duckdb"
    now = datetime(2026, 1, 31)
    with Database(path) as database:
        for name in ("ehr", "pacs"):
            database.insert([Asset(asset=name, observed=True), Host(asset=name, platform="linux", evidence="h:1")])
            database.insert(Account(asset=name, name=user, password_state="empty", evidence="a:1") for user in ("one", "two"))
            database.insert(Collected(asset=name, table_name=table, complete=True) for table in ("hosts", "accounts", "firewall_profiles"))
    checks = [check for check in CHECKS if check.id in ("accounts.empty_password", "firewall.none_active")]
    verdicts = judge(path, checks, now)
    assert [verdict.verdict for verdict in verdicts] == ["fail"] * 6
    assert law1.law1_violations(path, checks, now) == []
    with Database(path, read_only=True) as database:
        assert len(list(database.rows("accounts"))) == 4, "the snapshot itself is not touched"


def test_the_law_notices_an_engine_that_breaks_it(tmp_path: Path) -> None:
    """A look that stays complete although its rows are gone is the breach the law is for."""
    before = {("c", "a"): {"a | x": "fail"}}
    removal = law1.Removal("accounts", ("a",), None)
    assert law1._compare(before, {("c", "a"): {"": "pass"}}, {"c"}, removal) != []
    assert law1._compare(before, {}, {"c"}, removal) != []
    assert law1._compare(before, {("c", "a"): {"a | y": "fail"}}, {"c"}, removal) != []
    assert law1._compare(before, {("c", "a"): {"": "unknown"}}, {"c"}, removal) == []
    assert law1._compare(before, {("c", "a"): {"a | x": "fail", "": "unknown"}}, {"c"}, removal) == []
