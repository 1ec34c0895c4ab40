from __future__ import annotations

from collections.abc import Callable

import pytest

from omamori.evaluate.check import Check, CheckError
from omamori.evaluate.guard import guard
from omamori.model.text import Text

MakeCheck = Callable[..., Check]


def refused(check: Check) -> str:
    with pytest.raises(CheckError) as caught:
        guard(check)
    assert all(problem.startswith("t/c.sql:") for problem in caught.value.problems)
    return "\n".join(caught.value.problems)


@pytest.mark.parametrize(
    "sql",
    [
        "delete from hosts",
        "insert into hosts select * from hosts",
        "update hosts set asset = 'x'",
        "create table x as select asset from hosts",
        "drop table hosts",
        "attach 'x.db'",
        "copy hosts to 'x.csv'",
        "copy (select asset from hosts) to '/tmp/x.csv'",
        "pragma database_list",
        "set threads = 1",
        "install httpfs",
        "load httpfs",
        "call duckdb_settings()",
        "export database 'x'",
        "vacuum",
        "explain select asset from hosts",
        "describe hosts",
        "select asset from hosts; select asset from hosts",
        "select asset from hosts; drop table hosts",
        "with gone as (delete from hosts returning asset) select asset from gone",
        "with new as (insert into hosts (asset) values ('x') returning asset) select asset from new",
        "select asset into x from hosts",
        "",
        "-- nothing",
        "selec asset from hosts",
        "(" * 2000 + "1" + ")" * 2000,
    ],
)
def test_only_one_select_is_taken(make_check: MakeCheck, sql: str) -> None:
    assert refused(make_check(sql))


@pytest.mark.parametrize(
    "source",
    [
        "'/etc/passwd'",
        "'/etc/passwd.csv'",
        '"/etc/passwd.csv"',
        "read_csv('/etc/passwd')",
        "read_csv_auto('/etc/passwd')",
        "read_text('/etc/passwd')",
        "read_blob('/etc/passwd')",
        "read_parquet('x')",
        "glob('/*')",
        "parquet_scan('x')",
        "duckdb_settings()",
        "duckdb_secrets()",
        "pragma_table_info('hosts')",
        "query('drop table hosts')",
        "query_table('hosts')",
        "sqlite_scan('a', 'b')",
        "information_schema.tables",
        "main.hosts",
        "snapshot.main.hosts",
        "pg_catalog.pg_tables",
        "sqlite_master",
        "duckdb_tables",
        "collected",
        "verdicts",
        "identity",
        "no_such_table",
        "hosts tablesample 10 percent",
        "(values ('x')) as v(asset)",
        "(pivot hosts on role using count(*))",
        "(summarize hosts)",
        "(show tables)",
        "(from hosts)",
    ],
)
def test_rows_come_only_from_tables_of_the_model(make_check: MakeCheck, source: str) -> None:
    assert refused(make_check("select asset from " + source))


@pytest.mark.parametrize(
    "expression",
    [
        "getenv('HOME')",
        "current_setting('threads')",
        "now()",
        "current_timestamp",
        "current_date",
        "today()",
        "random()",
        "uuid()",
        "gen_random_uuid()",
        "read_text('/etc/passwd')",
        "nextval('x')",
        "current_user",
        "current_schema()",
        "version()",
        "pg_sleep(1)",
        "error('x')",
        "write_log('x')",
        "getvariable('x')",
        "json_execute_serialized_sql('x')",
        "main.lower(hostname)",
        "columns('a.*')",
        "?",
        "$1",
        "$other",
        "hosts",
        "*",
        "hosts.*",
        "{'a': hostname}",
    ],
)
def test_functions_and_parameters_come_from_a_list(make_check: MakeCheck, expression: str) -> None:
    assert refused(make_check("select asset, " + expression + " as x from hosts"))


@pytest.mark.parametrize(
    "sql",
    [
        "select asset, lower(hostname) || ' ' || coalesce(role, 'x') as x from hosts where booted < $now - interval 30 days",
        "select asset, count(*) filter (where port > 1) as x from listeners group by asset having count(*) > 2",
        "select asset, strftime(booted, '%Y') as x from hosts where date_diff('day', booted, $now) > 3",
        "select r.asset, trim(s.value) as x from firewall_rules r, unnest(string_split(r.sources, ',')) as s(value)",
        "select asset, case when role = 'a' then 1 when role is null then 2 else 3 end as x from hosts",
        "select asset, arg_max(evidence, seen) as x, string_agg(distinct peer_address, ', ' order by peer_address) as y from connections group by asset",
        "select asset, try_cast(value as bigint) as x from kernel_settings where regexp_matches(name, '^a') and value ilike '%b%'",
        "select asset, x from (select asset, row_number() over (partition by asset order by port) as x from listeners) t where x = 1",
        "with a as (select asset from hosts), b as (select asset from a) select asset, 1 as x from b union all select asset, 2 as x from a",
        "select h.asset, 1 as x from hosts h where h.asset in (select s.asset from services s where s.name = 'a')",
        "select h.asset, (select max(s.port) from listeners s where s.asset = h.asset) as x from hosts h",
        "select h.asset, list_contains(string_split(h.role, ','), 'a') as x from hosts h where h.installed + interval 1 year < $now",
    ],
)
def test_what_a_check_needs_is_allowed(make_check: MakeCheck, sql: str) -> None:
    assert guard(make_check(sql)).columns[0] == "asset"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sql": "select hostname, asset from hosts"}, "the first column must be asset"),
        ({"sql": "select asset from hosts", "key": ("asset", "port")}, "key: no column port"),
        ({"sql": "select asset from hosts", "message": Text("{port}", "x")}, "message: no column port"),
        ({"sql": "select asset, asset from hosts"}, "a name of its own"),
        ({"sql": "select asset from hosts", "scope": "select role from hosts"}, "scope: the first column must be asset"),
        ({"sql": "select asset from hosts", "scope": "delete from hosts"}, "scope"),
        ({"sql": "select asset from hosts", "scope": "select asset from assets limit 1"}, "LIMIT"),
        ({"sql": "select zone from zones", "subject": "vendor"}, "the first column must be vendor"),
        ({"sql": "with hosts as (select asset from assets) select asset from hosts"}, "no table of the model"),
        ({"sql": "with recursive r as (select asset from hosts) select asset from r"}, "recursive"),
        ({"sql": "select asset from hosts natural join accounts"}, "join is not allowed"),
        ({"sql": "select h.asset from hosts h positional join accounts a"}, "not"),
        ({"sql": " ".join(["select asset from hosts where true", *["and true"] * 3000])}, "longer than"),
    ],
)
def test_shape_of_a_check(make_check: MakeCheck, changes: dict[str, object], words: str) -> None:
    assert words in refused(make_check(**changes))
