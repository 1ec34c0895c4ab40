from __future__ import annotations

from typing import Any

from omamori.evaluate.coverage import Coverage
from omamori.evaluate.guard import guard
from omamori.evaluate.looks import Looks
from omamori.model.derived import Asset
from omamori.model.look import Collected
from omamori.snapshot.database import Database


def coverage(make_check: Any, sql: str, seen: dict[str, tuple[str, ...]], picked: set[Any] | None = None, **changes: Any) -> Coverage:
    with Database(None) as database:
        database.insert(Asset(asset=name, observed=True) for name in ("a", "b"))
        database.insert(Collected(asset=name, table_name=table, complete=True) for table, names in seen.items() for name in names)
        return Coverage(Looks(database.connection), guard(make_check(sql, **changes)), picked)


def test_an_asset_answers_for_itself(make_check: Any) -> None:
    state = coverage(make_check, "select asset from listeners", {"listeners": ("a",)})
    assert state.state("a").hole is None
    hole = state.state("b").hole
    assert hole is not None and hole.table == "listeners"
    assert state.state("b").row_hole is None, "a positive table takes no row away"


def test_negative_tables_come_first_since_they_show_an_absence(make_check: Any) -> None:
    sql = "select h.asset from hosts h where not exists (select 1 from shares s where s.asset = h.asset)"
    state = coverage(make_check, sql, {"hosts": ("a",)}).state("a")
    assert state.tables == ("shares", "hosts")
    assert state.row_hole is not None and state.row_hole.table == "shares"


def test_surely_out_of_scope_is_told_from_undecided(make_check: Any) -> None:
    scoped = coverage(make_check, "select asset from listeners", {"hosts": ("a",)}, set(), scope="select asset from hosts where role = 'x'")
    assert scoped.state("a").out
    assert not scoped.state("b").out and scoped.state("b").scope_hole is not None


def test_a_machine_whose_scope_is_undecided_is_required(make_check: Any) -> None:
    values = {"subject": "site", "key": ("detail",), "scope": "select asset from hosts where role = 'x'"}
    assert coverage(make_check, "select detail from ways_out", {"hosts": ("a",)}, set(), **values).required == ("b",)
    assert coverage(make_check, "select detail from ways_out", {"hosts": ("a", "b")}, {"a"}, **values).required == ("a",)
