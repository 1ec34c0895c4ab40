from __future__ import annotations

import pytest
import sqlglot

from omamori.evaluate.standing import standings


def stands(sql: str) -> dict[str, bool]:
    return {name: standing.positive for name, standing in standings(sqlglot.parse_one(sql, read="duckdb")).items()}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select asset from hosts", {"hosts": True}),
        ("select distinct asset from hosts", {"hosts": True}),
        ("select h.asset from hosts h join accounts a on a.asset = h.asset", {"hosts": True, "accounts": True}),
        ("select h.asset from hosts h, accounts a where a.asset = h.asset", {"hosts": True, "accounts": True}),
        ("select h.asset from hosts h left join accounts a on a.asset = h.asset", {"hosts": True, "accounts": False}),
        ("select h.asset from hosts h right join accounts a on a.asset = h.asset", {"hosts": False, "accounts": True}),
        ("select h.asset from hosts h full join accounts a on a.asset = h.asset", {"hosts": False, "accounts": False}),
        ("select h.asset from hosts h semi join accounts a on a.asset = h.asset", {"hosts": True, "accounts": True}),
        ("select h.asset from hosts h anti join accounts a on a.asset = h.asset", {"hosts": True, "accounts": False}),
        (
            "select h.asset from hosts h left join accounts a on a.asset = h.asset join shares s on s.asset = h.asset",
            {"hosts": True, "accounts": False, "shares": True},
        ),
        ("select asset from hosts union select asset from accounts", {"hosts": True, "accounts": True}),
        ("select asset from hosts except select asset from accounts", {"hosts": False, "accounts": False}),
        ("select asset from hosts intersect select asset from accounts", {"hosts": False, "accounts": False}),
        ("select h.asset from hosts h where exists (select 1 from accounts a where a.asset = h.asset)", {"hosts": True, "accounts": True}),
        ("select h.asset from hosts h where (exists (select 1 from accounts a))", {"hosts": True, "accounts": True}),
        ("select h.asset from hosts h where h.asset in (select a.asset from accounts a)", {"hosts": True, "accounts": True}),
        ("select h.asset from hosts h where not exists (select 1 from accounts a)", {"hosts": True, "accounts": False}),
        ("select h.asset from hosts h where h.asset not in (select a.asset from accounts a)", {"hosts": True, "accounts": False}),
        ("select h.asset from hosts h where exists (select 1 from accounts a) or h.role = 'x'", {"hosts": True, "accounts": False}),
        ("select h.asset from hosts h where (exists (select 1 from accounts a)) = false", {"hosts": True, "accounts": False}),
        ("select h.asset from hosts h where (select count(*) from accounts a) = 0", {"hosts": True, "accounts": False}),
        ("select h.asset, (select max(port) from listeners l) as x from hosts h", {"hosts": True, "listeners": False}),
        (
            "select h.asset from hosts h where exists (select 1 from accounts a where not exists (select 1 from shares s))",
            {"hosts": True, "accounts": True, "shares": False},
        ),
        (
            "select h.asset from hosts h where not exists (select 1 from accounts a where not exists (select 1 from shares s))",
            {"hosts": True, "accounts": False, "shares": False},
        ),
        ("select asset, count(*) as n from accounts group by asset", {"accounts": False}),
        ("select count(*) as n from accounts", {"accounts": False}),
        ("select asset from accounts limit 3", {"accounts": False}),
        ("select distinct on (asset) asset from accounts", {"accounts": False}),
        ("select asset, row_number() over (partition by asset) as n from accounts", {"accounts": False}),
        ("select asset from accounts qualify row_number() over (partition by asset) = 1", {"accounts": False}),
        ("(select asset from hosts) union all (select asset from accounts limit 1)", {"hosts": True, "accounts": False}),
        ("select asset from hosts union all select asset from accounts limit 1", {"hosts": False, "accounts": False}),
        ("select t.asset from (select asset from hosts) t", {"hosts": True}),
        ("select t.asset from (select asset, max(name) as n from accounts group by asset) t", {"accounts": False}),
        ("with c as (select asset from accounts) select asset from c", {"accounts": True}),
        (
            "with c as (select asset from accounts) select h.asset from hosts h left join c on c.asset = h.asset",
            {"hosts": True, "accounts": False},
        ),
        ("with c as (select asset from accounts group by asset) select asset from c", {"accounts": False}),
        (
            "with c as (select asset from accounts), d as (select asset from c) "
            "select h.asset from hosts h where not exists (select 1 from d where d.asset = h.asset)",
            {"hosts": True, "accounts": False},
        ),
        ("select a.asset from accounts a left join accounts b on b.asset = a.asset", {"accounts": False}),
        (
            "select h.asset from hosts h join accounts a on a.asset = h.asset and not exists (select 1 from shares s)",
            {"hosts": True, "accounts": True, "shares": False},
        ),
        ("select r.asset from firewall_rules r, unnest(string_split(r.sources, ',')) as t(x)", {"firewall_rules": True}),
    ],
)
def test_how_a_table_stands(sql: str, expected: dict[str, bool]) -> None:
    assert stands(sql) == expected


@pytest.mark.parametrize(
    ("sql", "table", "columns"),
    [
        ("select asset, hostname from hosts where role = 'x'", "hosts", {"role"}),
        ("select h.asset from hosts h join accounts a on a.asset = h.asset and a.enabled", "accounts", {"asset", "enabled"}),
        ("select h.asset from hosts h join accounts a using (asset)", "accounts", {"asset"}),
        ("select asset, count(*) as n from accounts group by asset having max(uid) > '1'", "accounts", {"asset", "uid"}),
        ("select asset, count(*) filter (where enabled) as n from accounts group by all", "accounts", {"enabled"}),
        ("with c as (select asset, name as who, shell from accounts) select asset from c where who = 'x'", "accounts", {"name"}),
        (
            "with c as (select asset, max(uid) filter (where enabled) as top from accounts group by asset) select asset from c where top > '1'",
            "accounts",
            {"asset", "uid", "enabled"},
        ),
        ("select t.asset from (select asset, lower(name) as n from accounts) t where t.n = 'x'", "accounts", {"name"}),
        ("select asset, lower(name) as n from accounts where n = 'x'", "accounts", {"name"}),
        (
            "select asset from (select asset, name as n from accounts union all select asset, member from group_members) t where n = 'x'",
            "group_members",
            {"member"},
        ),
        (
            "select r.asset from firewall_rules r, unnest(string_split(r.sources, ',')) as t(x) where t.x = '1'",
            "firewall_rules",
            {"sources"},
        ),
        (
            "select h.asset from hosts h where h.hostname in (select a.name from accounts a where a.enabled)",
            "accounts",
            {"name", "enabled"},
        ),
        (
            "select h.asset from hosts h where exists (select 1 from accounts a where a.asset = h.asset and a.name = h.hostname)",
            "hosts",
            {"asset", "hostname"},
        ),
        ("select asset from accounts qualify row_number() over (partition by asset order by uid) = 1", "accounts", {"asset", "uid"}),
        ("select asset from accounts order by uid limit 1", "accounts", {"uid"}),
        ("select asset from accounts order by uid", "accounts", set()),
    ],
)
def test_which_columns_decide(sql: str, table: str, columns: set[str]) -> None:
    assert standings(sqlglot.parse_one(sql, read="duckdb"))[table].deciding == columns


@pytest.mark.parametrize(
    ("condition", "doubted"),
    [
        ("name = 'x'", False),
        ("not (name = 'x')", False),
        ("name is not null", False),
        ("enabled is true", False),
        ("name is null", True),
        ("coalesce(name, '') = ''", True),
        ("enabled is not true", True),
        ("not (enabled is true)", True),
        ("name is distinct from 'x'", True),
        ("case when name = 'x' then false else true end", True),
    ],
)
def test_where_a_null_makes_a_row_it_is_known(condition: str, doubted: bool) -> None:
    standing = standings(sqlglot.parse_one("select asset from accounts where " + condition, read="duckdb"))["accounts"]
    assert bool(standing.null_decides) is doubted
    assert standing.null_decides <= standing.deciding
