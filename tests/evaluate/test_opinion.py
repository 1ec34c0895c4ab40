from __future__ import annotations

import pytest

from omamori.evaluate.opinion import second_opinion


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("drop table hosts", "does not read it as one SELECT"),
        ("select 1; select 2", "expected one SELECT, found 2"),
        ("select asset from read_csv('x')", "the table function read_csv is not allowed"),
        ("select getenv('x') from hosts", "the function getenv is not allowed"),
        ("select asset from main.hosts", "without schema"),
        ("select asset from collected", "no table collected"),
        ("select asset from hosts where asset = $other", "the only parameter is $now"),
        ("select asset from hosts where exists (select random() from accounts)", "the function random is not allowed"),
        ("with x as (select current_setting('threads') as y) select y from x", "current_setting"),
        ("with recursive x as (select 1 as n union all select n + 1 from x) select n from x", "not allowed"),
    ],
)
def test_what_duckdb_itself_sees(sql: str, words: str) -> None:
    assert words in "\n".join(second_opinion(sql))


def test_a_plain_select_is_fine() -> None:
    sql = "with x as (select asset from hosts) select lower(asset) as a from x where $now > timestamp '2026-01-01' - interval 3 days"
    assert second_opinion(sql) == []
