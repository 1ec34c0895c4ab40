"""The rule of unknown over random snapshots and every form of SELECT: law 1, and what "positive" promises."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from omamori.evaluate.check import Case, Check, Examples, Fix
from omamori.evaluate.connection import Limits, lock
from omamori.evaluate.guard import Guarded, guard
from omamori.evaluate.judge import judge_open
from omamori.model.access import Account
from omamori.model.declared import LedgerAsset
from omamori.model.derived import Asset
from omamori.model.host import Host
from omamori.model.look import Collected
from omamori.model.network import Listener
from omamori.model.text import Text
from omamori.snapshot.database import Database

NOW = datetime(2026, 1, 31)
TABLES = ("hosts", "accounts", "listeners", "ledger_assets", "assets")
ASSETS = ("a", "b", "c")
FORMS = (
    "select asset, asset as k from accounts where enabled",
    "select a.asset, l.port as k from accounts a join listeners l on l.asset = a.asset where l.port > 1",
    "select h.asset, l.port as k from hosts h left join listeners l on l.asset = h.asset and l.port > 1 where l.port is null",
    "select h.asset, 1 as k from hosts h where not exists (select 1 from accounts a where a.asset = h.asset and a.enabled)",
    "select h.asset, 1 as k from hosts h where exists (select 1 from accounts a where a.asset = h.asset and not exists "
    "(select 1 from listeners l where l.asset = a.asset))",
    "select h.asset, 1 as k from hosts h where h.asset in (select a.asset from accounts a where a.enabled) or h.role = 'server'",
    "select asset, count(*) as k from listeners group by asset having count(*) < 2",
    "select asset, name as k from accounts union select asset, role as k from ledger_assets",
    "select asset, 1 as k from hosts except select asset, 1 as k from accounts",
    "with c as (select asset, max(port) as top from listeners group by asset) select h.asset, c.top as k from hosts h left join c on c.asset = h.asset",
    "select h.asset, (select count(*) from accounts a where a.asset = h.asset) as k from hosts h",
    "select coalesce(a.asset, l.asset) as asset, l.port as k from accounts a full join listeners l on l.asset = a.asset",
    "select asset, port as k, case when process is null then 'to_confirm' end as unknown from listeners",
    "select asset, port as k from (select asset, port, row_number() over (partition by asset order by port) as n from listeners) t where n = 1",
)
SCOPES = (
    None,
    "select asset from hosts where role = 'server'",
    "select h.asset from hosts h where not exists (select 1 from ledger_assets l where l.asset = h.asset)",
    "select asset from assets where role = 'server'",
)
SITE_FORMS = (
    "select asset as k from accounts where enabled",
    "select h.asset as k from hosts h where not exists (select 1 from listeners l where l.asset = h.asset)",
    "select count(*) as k from ledger_assets having count(*) < 2",
)


def _law1() -> ModuleType:
    spec = importlib.util.spec_from_file_location("law1", Path(__file__).with_name("law1.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["law1"] = module
    spec.loader.exec_module(module)
    return module


law1 = _law1()


def _check(number: int, sql: str, scope: str | None, subject: Any) -> Guarded:
    text = Text("x", "x")
    key = ("asset", "k") if subject == "asset" else ("k",)
    case = Case("bad", 1)
    return guard(
        Check(f"t.c{number}", text, "low", subject, key, text, text, Fix("none", text), Examples(NOW, (case,), (case,)), sql, text, scope)
    )


CHECKS = tuple(_check(number, sql, scope, "asset") for number, (sql, scope) in enumerate((f, s) for f in FORMS for s in SCOPES))
SITE_CHECKS = tuple(_check(900 + number, sql, None, "site") for number, sql in enumerate(SITE_FORMS))

asset = st.sampled_from(ASSETS)
rows = st.lists(
    st.one_of(
        st.builds(Account, asset=asset, name=st.sampled_from(("x", "y")), enabled=st.sampled_from((True, False, None))),
        st.builds(Listener, asset=asset, port=st.sampled_from((1, 2, 3, None)), process=st.sampled_from(("p", None))),
        st.builds(Host, asset=asset, role=st.sampled_from(("server", "client", None))),
        st.builds(LedgerAsset, asset=asset, role=st.sampled_from(("server", None))),
    ),
    max_size=10,
)
looks = st.lists(
    st.builds(
        Collected,
        asset=st.sampled_from((*ASSETS, "*")),
        table_name=st.sampled_from(TABLES),
        complete=st.sampled_from((True, True, True, False)),
        missing=st.sampled_from(("", "", "", "enabled", "port,role")),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with Database(None) as opened:
        lock(opened.connection)
        yield opened


def _fill(database: Database, listed: list[Any], seen: list[Collected], whole: bool) -> None:
    for table in (*TABLES, "collected"):
        database.delete(table)
    database.insert(Asset(asset=name, observed=True, role="server" if name == "a" else None) for name in ASSETS)
    database.insert(listed)
    if whole:
        seen = [Collected(asset="*", table_name=table, complete=True) for table in TABLES] + seen
    database.insert(seen)


some = st.lists(st.sampled_from(CHECKS), min_size=8, max_size=8, unique_by=lambda checked: checked.check.id)
# Shrinking judges thousands of times and tells little more than the first example: it is left out.
_SETTINGS = settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@_SETTINGS
@given(listed=rows, seen=looks, whole=st.booleans(), chosen=some)
def test_law_1_over_every_form_of_select(
    database: Database, listed: list[Any], seen: list[Collected], whole: bool, chosen: list[Guarded]
) -> None:
    _fill(database, listed, seen, whole)
    assert law1.violations([*chosen, *SITE_CHECKS], database.connection, NOW, sample=2) == []


@_SETTINGS
@given(listed=rows, seen=looks, chosen=some)
def test_judging_all_machines_at_once_is_judging_each_alone(
    database: Database, listed: list[Any], seen: list[Collected], chosen: list[Guarded]
) -> None:
    """What the guard promises: no row of one machine changes the verdict of another."""
    _fill(database, listed, seen, True)
    together = judge_open(database.connection, chosen, NOW, Limits())
    for name in ASSETS:
        database.connection.execute("begin")
        for table in ("hosts", "accounts", "listeners", "ledger_assets"):
            database.connection.execute(f"delete from {table} where asset <> $1", [name])
        alone = [verdict for verdict in judge_open(database.connection, chosen, NOW, Limits()) if verdict.subject == name]
        database.connection.execute("rollback")
        assert alone == [verdict for verdict in together if verdict.subject == name]


@_SETTINGS
@given(listed=rows, chosen=st.sampled_from(CHECKS), place=st.integers(min_value=0, max_value=9))
def test_a_row_less_in_a_positive_table_is_never_a_row_more_in_the_result(
    database: Database, listed: list[Any], chosen: Guarded, place: int
) -> None:
    if not listed:
        return
    lost = listed[place % len(listed)]
    table = {Account: "accounts", Listener: "listeners", Host: "hosts", LedgerAsset: "ledger_assets"}[type(lost)]
    standing = chosen.standing.get(table)
    if standing is None or not standing.positive:
        return
    _fill(database, listed, [], True)
    before = {tuple(map(repr, row[:2])) for row in database.select(chosen.sql)}
    _fill(database, [row for row in listed if row is not lost], [], True)
    assert {tuple(map(repr, row[:2])) for row in database.select(chosen.sql)} <= before
