from __future__ import annotations

import pytest
import sqlglot

from omamori.evaluate.ties import ties


@pytest.mark.parametrize(
    "sql",
    [
        "select a.asset from hosts a join accounts b on b.asset = a.asset",
        "select a.asset from hosts a join accounts b using (asset)",
        "select a.asset from hosts a, accounts b where a.asset = b.asset",
        "select a.asset from hosts a left join accounts b on b.asset = a.asset and b.enabled",
        "select c.asset from hosts a join accounts b on b.asset = a.asset join shares c on c.asset = b.asset",
        "select a.asset from hosts a where exists (select 1 from accounts b where b.asset = a.asset and b.enabled)",
        "select a.asset from hosts a where not exists (select 1 from accounts b join shares s on s.asset = b.asset where b.asset = a.asset)",
        "select a.asset from hosts a where a.asset not in (select b.asset from accounts b)",
        "select a.asset from hosts a where exists (select 1 from accounts b where b.asset = a.asset "
        "and exists (select 1 from shares s where s.asset = b.asset))",
        "with x as (select asset, count(*) as n from accounts group by asset) select a.asset from hosts a join x on x.asset = a.asset",
        "with x as (select asset from accounts union all select asset from shares) select asset from x",
        "select t.who from (select b.asset as who from accounts b) t join hosts h on h.asset = t.who",
        "select asset from hosts union select asset from accounts",
        "select coalesce(a.asset, b.asset) as asset from shares a full join accounts b on a.asset = b.asset",
        "select h.asset from hosts h join zones z on true",
        "select h.asset from hosts h where exists (select 1 from answers q where q.answer = 'no')",
        "select a.asset from hosts a where (select count(*) from accounts b where b.asset = a.asset) > 3",
        "select a.asset from hosts a where exists (select 1 from accounts b where b.asset = a.asset "
        "union all select 1 from shares s where s.asset = a.asset)",
    ],
)
def test_what_is_joined_on_the_subject_is_tied(sql: str) -> None:
    found = ties(sqlglot.parse_one(sql, read="duckdb"))
    assert (found.untied, found.problems) == (set(), [])


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("select a.asset from hosts a, accounts b", "accounts"),
        ("select a.asset from hosts a join accounts b on b.name = a.hostname", "accounts"),
        ("select a.asset from hosts a join accounts b on b.asset <> a.asset", "accounts"),
        ("select a.asset from hosts a join accounts b on b.asset = a.asset or b.enabled", "accounts"),
        ("select a.asset from hosts a join accounts b on lower(b.asset) = lower(a.asset)", "accounts"),
        ("select a.asset from hosts a where exists (select 1 from accounts b where b.enabled)", "accounts"),
        ("select a.asset from hosts a where not exists (select 1 from accounts b, shares s where b.asset = a.asset)", "shares"),
        ("select a.asset from hosts a where a.hostname in (select b.name from accounts b)", "accounts"),
        ("select a.asset from hosts a where a.hostname in (select b.asset from accounts b)", "accounts"),
        ("select a.asset from hosts a where (select count(*) from accounts b) > 3", "accounts"),
        ("with x as (select count(*) as n from accounts) select a.asset from hosts a join x on x.n > 1", "accounts"),
        ("with x as (select asset from accounts) select a.asset from hosts a join x on true", "accounts"),
        ("select a.asset from hosts a union select 'x' from accounts", "accounts"),
        ("select 'x' as asset from hosts a join accounts b on b.asset = 'y'", "accounts"),
        (
            "select a.asset from hosts a where exists (select 1 from accounts b where b.asset = a.asset "
            "union all select 1 from shares s where s.enabled)",
            "shares",
        ),
    ],
)
def test_what_looks_across_machines_is_found(sql: str, table: str) -> None:
    assert table in ties(sqlglot.parse_one(sql, read="duckdb")).untied


@pytest.mark.parametrize(
    "sql",
    [
        "select asset from listeners limit 3",
        "select asset from listeners offset 1",
        "select asset from listeners qualify row_number() over (order by port) = 1",
        "select distinct on (port) asset from listeners",
        "select asset from hosts union all select asset from accounts limit 1",
        "select t.asset from (select asset from listeners limit 3) t",
    ],
)
def test_picking_rows_across_machines_is_told(sql: str) -> None:
    assert ties(sqlglot.parse_one(sql, read="duckdb")).problems


def test_a_line_is_tied_to_its_flaws_by_name() -> None:
    tied = "select l.line from remote_lines l join vulnerabilities v on v.asset = l.line"
    untied = "select l.line from remote_lines l join vulnerabilities v on v.product = l.product"
    assert ties(sqlglot.parse_one(tied, read="duckdb")).untied == set()
    assert ties(sqlglot.parse_one(untied, read="duckdb")).untied == {"vulnerabilities"}
