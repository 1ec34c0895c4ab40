"""Every check, built-in and later ones alike: proven, mutated, worded in both languages."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

import pytest
import sqlglot
from sqlglot import expressions as exp

from omamori.evaluate.check import Check
from omamori.evaluate.examples import Bench, prove
from omamori.evaluate.guard import guard
from omamori.evaluate.load import built_in_folder, load_checks, topics
from omamori.evaluate.mutants import survivors
from omamori.evaluate.wording import FIELD

CHECKS = load_checks()
_NEVER_SAY = re.compile("安全です|無害|準拠|合格|算定可")


def distinct_selects(checks: Iterable[Check]) -> int:
    """Count checks; those whose SELECTs are equal after removing literals count once."""
    forms = set()
    for check in checks:
        tree = sqlglot.parse_one(check.sql, read="duckdb")
        for literal in list(tree.find_all(exp.Literal)):
            literal.replace(exp.Literal.string("x"))
        forms.add(tree.sql("duckdb", comments=False))
    return len(forms)


@pytest.fixture(scope="module")
def bench() -> Iterable[Bench]:
    with Bench() as opened:
        yield opened


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_the_check_proves_itself(check: Check, bench: Bench) -> None:
    assert prove(check, bench) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_an_example_notices_every_mutant(check: Check, bench: Bench) -> None:
    assert survivors(check, bench) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_the_words_are_there_in_both_languages(check: Check) -> None:
    texts = [check.title, check.why, check.fix.text, *([check.ask] if check.ask else [])]
    for text in texts:
        assert text.ja.strip() and text.en.strip()
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", text.ja), f"not Japanese: {text.ja}"
        assert not re.search(r"[ぁ-んァ-ヶ一-龠]", text.en), f"not English: {text.en}"
        assert not _NEVER_SAY.search(text.ja), text.ja
    for language, words in (("ja", check.message.ja), ("en", check.message.en)):
        bare = FIELD.sub("", words)
        japanese = re.search(r"[ぁ-んァ-ヶ一-龠]", bare)
        # A message may be nothing but columns that hold the words themselves, in each language its own.
        assert (japanese is not None) is (language == "ja") or f"_{language}}}" in words, words
    assert check.subject != "asset" or check.ask is not None


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_findings_are_worded_in_both_languages(check: Check, bench: Bench) -> None:
    checked = guard(check)
    said = []
    for case in check.examples.bad:
        bench.load(case, checked.tables)
        said += [verdict for verdict in bench.judge(checked, check.examples.now) if verdict.finding_key]
    for verdict in said:
        assert verdict.message_ja.strip() and verdict.message_en.strip()
        assert not re.search(r"[{}]|\bNone\b", verdict.message_ja + verdict.message_en)
    assert said


def test_every_topic_has_a_name_and_every_folder_is_a_topic() -> None:
    assert {check.topic for check in CHECKS} <= set(topics())
    assert {path.parent.name for path in built_in_folder().glob("*/*.sql")} == {check.topic for check in CHECKS}


def test_selects_that_differ_only_in_literals_count_once() -> None:
    telnet = next(check for check in CHECKS if check.id == "services.telnet_server")
    other = dataclasses.replace(telnet, sql=telnet.sql.replace("23", "21"))
    third = dataclasses.replace(telnet, sql=telnet.sql.replace("port = 23", "port > 23"))
    assert distinct_selects([telnet, other]) == 1
    assert distinct_selects([telnet, other, third]) == 2
    assert distinct_selects(CHECKS) <= len(CHECKS)


@pytest.mark.parametrize(
    "check", [check for check in CHECKS if "inbound" in check.sql and "exposures" in check.sql], ids=lambda check: check.id
)
def test_a_port_nobody_can_judge_is_unknown_and_never_passes(check: Check) -> None:
    assert re.search(r"doubt\b.* as unknown", check.sql), "select exposures.doubt as unknown, and let inbound = 'unknown' through"


def test_windows_is_judged_by_many_checks_that_differ() -> None:
    """Fifty was the aim of the first version that read Windows; equal SELECTs count once."""
    assert distinct_selects(check for check in CHECKS if check.scope and "'windows'" in check.scope) >= 139
