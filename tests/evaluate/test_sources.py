from __future__ import annotations

import sqlglot
from sqlglot import expressions as exp

from omamori.evaluate.sources import conjuncts, outputs, own, scope_of, with_ctes


def select(sql: str) -> exp.Select:
    tree = sqlglot.parse_one(sql, read="duckdb")
    assert isinstance(tree, exp.Select)
    return tree


def test_names_stand_for_tables_queries_and_functions() -> None:
    tree = select("with c as (select asset from hosts) select 1 from c, accounts a, (select port from listeners) t, unnest([1]) as u(x)")
    scope = scope_of(tree, with_ctes(tree, {}), None)
    assert {name: source.table for name, source in scope.sources.items()} == {"c": None, "a": "accounts", "t": None, "u": None}
    assert scope.sources["c"].columns == ("asset",) and scope.sources["t"].columns == ("port",) and scope.sources["u"].columns == ("x",)


def test_a_column_without_name_of_its_table_is_found_here_or_around() -> None:
    tree = select("select h.asset from hosts h where exists (select 1 from shares where guest and hostname = 'x')")
    outer = scope_of(tree, {}, None)
    inner_tree = tree.find(exp.Exists).this  # type: ignore[union-attr]
    inner = scope_of(inner_tree, {}, outer)
    names = {column.name: inner.find(column) for column in inner_tree.find_all(exp.Column)}
    assert names["guest"] is not None and names["guest"][1].name == "shares"
    assert names["hostname"] is not None and names["hostname"][1].name == "h"


def test_conjuncts_lose_their_parentheses() -> None:
    where = select("select 1 from hosts where (a and (b)) and (c or d)").args["where"].this
    assert [part.sql() for part in conjuncts(where)] == ["a", "b", "c OR d"]


def test_walking_stops_at_subqueries_and_outputs_come_from_the_first_arm() -> None:
    tree = sqlglot.parse_one("select asset, (select max(port) from listeners) as p from hosts union select x, y from z", read="duckdb")
    assert outputs(tree) == ("asset", "p")
    assert not any(isinstance(node, exp.Max) for node in own(tree.this.expressions[1]))
