from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from omamori.evaluate.check import Check
from omamori.evaluate.guard import guard
from omamori.evaluate.load import built_in_folder, load_check
from omamori.evaluate.mutants import mutants, survivors

MakeCheck = Callable[..., Check]


def names(check: Check) -> set[str]:
    return {mutant.name for mutant in mutants(guard(check))}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select asset from hosts where role = 'x'", {"drop role = 'x'", "role = 'x' -> neq"}),
        (
            "select asset from accounts where uid < '5' and enabled",
            {"drop uid < '5'", "drop enabled", "uid < '5' -> lte", "negate enabled"},
        ),
        (
            "select asset from listeners where port > 22 or loopback",
            {"drop port > 22", "drop loopback", "port > 22 -> gte", "port > 22: 22 -> 23"},
        ),
        (
            "select asset from hosts where booted < $now - interval 7 days",
            {"interval '7' days: 7 -> 8", "booted < $now - interval '7' days -> lte"},
        ),
        ("select asset, count(*) as n from listeners group by asset having count(*) > 2", {"drop count(*) > 2", "count(*) > 2: 2 -> 3"}),
        (
            "select asset, count(*) as n from listeners group by asset having count(*) filter (where port = 1 and loopback) > 2",
            {"drop port = 1", "drop loopback", "port = 1 -> neq"},
        ),
        (
            "select h.asset from hosts h left join accounts a on a.asset = h.asset and a.enabled where a.name is null",
            {"left join accounts as a -> inner", "drop a.enabled", "drop a.asset = h.asset", "negate a.name is null"},
        ),
        ("select h.asset from hosts h join accounts a on a.asset = h.asset", {"join accounts as a -> left"}),
        ("select h.asset from hosts h where role in ('a', 'b') and role like 'a%'", {"negate role in ('a', 'b')", "negate role like 'a%'"}),
        (
            "select asset, case when process is null then 'to_confirm' end as unknown from listeners",
            {"negate process is null"},
        ),
    ],
)
def test_every_kind_of_change_is_tried(make_check: MakeCheck, sql: str, expected: set[str]) -> None:
    assert expected <= names(make_check(sql))


def test_an_exists_is_negated_and_its_conditions_dropped(make_check: MakeCheck) -> None:
    positive = names(
        make_check("select h.asset from hosts h where exists (select 1 from accounts a where a.asset = h.asset and a.enabled)")
    )
    assert {"drop a.enabled", "drop a.asset = h.asset"} <= positive
    assert any(name.startswith("negate exists") for name in positive)
    negative = names(make_check("select h.asset from hosts h where not exists (select 1 from accounts a where a.asset = h.asset)"))
    assert any(name.startswith("not dropped: not exists") for name in negative)


def test_the_scope_is_widened(make_check: MakeCheck) -> None:
    check = make_check("select asset from listeners", scope="select asset from hosts where platform = 'linux' and role = 'server'")
    assert {"scope: drop platform = 'linux'", "scope: drop role = 'server'"} <= names(check)


def test_words_of_a_message_are_not_mutated(make_check: MakeCheck) -> None:
    assert names(make_check("select asset, case when port = 1 then 'a' end as word, round(port, 2) as r from listeners")) == set()


def test_names_are_unique(make_check: MakeCheck) -> None:
    listed = [
        mutant.name
        for mutant in mutants(guard(make_check("select asset from hosts where role = 'x' union select asset from hosts where role = 'x'")))
    ]
    assert len(listed) == len(set(listed))
    assert "drop role = 'x' (2)" in listed


@pytest.fixture(scope="module")
def telnet() -> Check:
    return load_check(built_in_folder() / "services" / "telnet_server.sql")


def test_a_condition_no_example_needs_survives(telnet: Check) -> None:
    needless = dataclasses.replace(telnet, sql=f"{telnet.sql} and protocol <> 'sctp'")
    assert survivors(telnet) == []
    assert "drop protocol <> 'sctp'" in survivors(needless)


def test_equivalent_names_a_reason_and_must_be_true(telnet: Check) -> None:
    needless = dataclasses.replace(telnet, sql=f"{telnet.sql} and protocol <> 'sctp'")
    named = dict.fromkeys(survivors(needless), "tcp is asked for anyway")
    assert survivors(dataclasses.replace(needless, equivalent=named)) == []
    assert survivors(dataclasses.replace(telnet, equivalent={"drop the moon": "why"})) == ["equivalent: no mutant is named 'drop the moon'"]
    noticed = survivors(dataclasses.replace(telnet, equivalent={"drop protocol = 'tcp'": "why"}))
    assert noticed == ["equivalent: an example notices \"drop protocol = 'tcp'\"; take it away"]
