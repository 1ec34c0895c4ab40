from __future__ import annotations

from datetime import date, datetime

import pytest

from omamori.evaluate.check import CheckError
from omamori.evaluate.header import read_check

HEAD = """title: {ja: あ, en: A}
severity: high
subject: asset
key: [asset]
why: {ja: い, en: B}
message: {ja: "{asset}", en: "{asset}"}
fix: {cost: none, ja: う, en: C}
ask: {ja: え, en: D}
examples:
  now: 2026-01-31
  bad:
    update_policy: [{asset: a, lists_refreshed: 2026-01-30}]
    accounts: [{asset: a, password_changed: "2026-01-29 10:00:00"}]
    fails: [a]
  good:
    hosts: [{asset: a}]
"""


def text(head: str = HEAD, sql: str = "select asset from hosts\n") -> str:
    return f"/*---\n{head.rstrip()}\n---*/\n{sql}"


def problems(head: str, sql: str = "select asset from hosts\n") -> str:
    with pytest.raises(CheckError) as caught:
        read_check(text(head, sql), "a.b", "a/b.sql")
    return "\n".join(caught.value.problems)


def test_a_header_becomes_a_check_with_typed_rows() -> None:
    check = read_check(text(), "system.old", "system/old.sql")
    assert (check.id, check.topic, check.severity, check.subject, check.key) == ("system.old", "system", "high", "asset", ("asset",))
    assert check.sql == "select asset from hosts"
    assert check.sql_line == 19
    assert check.examples.now == datetime(2026, 1, 31)
    policy, account = check.examples.bad[0].rows
    assert policy.lists_refreshed == datetime(2026, 1, 30), "a date of YAML becomes a timestamp"
    assert account.password_changed == date(2026, 1, 29), "and a day where the column is a day"
    assert check.examples.bad[0].fails == ("a",)


def test_windows_line_ends_are_read() -> None:
    assert read_check(text().replace("\n", "\r\n"), "a.b", "f").sql == "select asset from hosts"


def test_all_problems_are_told_at_once_with_their_lines() -> None:
    told = problems(HEAD.replace("severity: high", "severity: awful").replace("why: {ja: い, en: B}", "wy: {ja: い, en: B}"))
    assert "a/b.sql:3: severity: expected one of critical, high, medium, low, not 'awful'" in told
    assert "a/b.sql:6: wy: unknown key" in told
    assert "why: missing" in told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{ja: あ, en: A}", "{ja: あ}", "title: en: expected words"),
        ("ask: {ja: え, en: D}\n", "", "ask: missing"),
        ("{asset: a, lists_refreshed: 2026-01-30}", "{asset: a, lists: 1}", "no column lists"),
        ("hosts: [{asset: a}]", "host: [{asset: a}]", "host: no such table"),
        ("hosts: [{asset: a}]", "collected: [{asset: a}]", "collected: no such table"),
        ("hosts: [{asset: a}]", "hosts: [{asset: a, os_version: 12}]", "expected varchar, not 12; write it in quotes"),
        ("hosts: [{asset: a}]", "hosts: [{asset: a, clock_synchronised: maybe}]", "expected boolean"),
        ("hosts: [{asset: a}]", "hosts: [{asset: a, booted: soon}]", "expected a date"),
        ("hosts: [{asset: a}]", "hosts: [{asset: a}]\n    missing: {hosts: [nothing]}", "hosts has no column nothing"),
        ("fails: [a]", "fails: [[a, b]]", "expected 1 values"),
        ("fails: [a]", "hosts: []", "fails: expected the list"),
        ('en: "{asset}"', 'en: "{asset.__class__}"', "a brace may only hold the name of a column"),
        ('en: "{asset}"', 'en: "{asset!r:>99999}"', "a brace may only hold the name of a column"),
        ("cost: none", "cost: cheap", "expected one of none, low, medium, high"),
        ("key: [asset]", "key: asset", "key: expected a list"),
        ("severity: high", "severity: high\nequivalent: {x: }", "equivalent: expected"),
        ("now: 2026-01-31", "now: yesterday", "now: expected a date"),
    ],
)
def test_what_is_not_as_expected_is_named(old: str, new: str, words: str) -> None:
    assert old in HEAD
    assert words in problems(HEAD.replace(old, new))


@pytest.mark.parametrize(
    "whole",
    [
        "",
        "select 1",
        "/*---\na: [\n---*/\nselect 1",
        "/*---\n- 1\n---*/\nselect 1",
        "/*---\na: !!python/object:os.system x\n---*/\nselect 1",
    ],
)
def test_a_file_that_is_no_check_is_one_line_with_its_place(whole: str) -> None:
    with pytest.raises(CheckError) as caught:
        read_check(whole, "a.b", "a/b.sql")
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith("a/b.sql:")
