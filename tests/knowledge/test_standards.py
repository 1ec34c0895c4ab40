from __future__ import annotations

import pytest

from omamori.knowledge.standards import StandardError, load_standard, read_standard, standard_names, unknown_names

GOOD = """
title: {ja: 題, en: title}
origin: {ja: 出典, en: origin}
note: {ja: 注, en: note}
sections:
  - title: {ja: 章, en: section}
    sentences:
      - {ja: 守る, en: protect, checks: [backup.stale], tables: [hosts], commands: [check]}
      - ja: 図を描く
        en: draw
        not_yet: {ja: 図, en: map}
      - ja: 止める
        en: stop
        deliberately_not: {ja: 診療が止まる, en: it stops care}
"""


def test_reads_sentences_and_what_serves_them() -> None:
    standard = read_standard("x", GOOD)
    first, second, third = standard.sentences()
    assert (first.checks, first.tables, first.commands, first.served) == (("backup.stale",), ("hosts",), ("check",), True)
    assert second.not_yet is not None
    assert second.not_yet.en == "map"
    assert not second.served
    assert third.deliberately_not is not None
    assert third.deliberately_not.ja == "診療が止まる"


def test_names_what_does_not_exist() -> None:
    problems = unknown_names(read_standard("x", GOOD), checks=[], tables=["hosts"], commands=["kit"])
    assert problems == ("x: 守る: no check 'backup.stale'", "x: 守る: no command 'check'")
    assert unknown_names(read_standard("x", GOOD), checks=["backup.stale"], tables=["hosts"], commands=["check"]) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("checks: [backup.stale], tables: [hosts], commands: [check]", "", "section 1, sentence 1: expected checks, tables"),
        ("checks: [backup.stale]", "checks: []", "section 1, sentence 1: expected a list that is not empty"),
        ("checks: [backup.stale]", "checks: [1]", "section 1, sentence 1: expected a list of names"),
        ("checks: [backup.stale]", "check: [backup.stale]", "unknown key check"),
        ("en: draw", "en: ''", "section 1, sentence 2: expected words under both"),
        ("deliberately_not: {ja: 診療が止まる, en: it stops care}", "{}: 1", "not YAML"),
        ("deliberately_not:", "tables: [hosts]\n        deliberately_not:", "cannot be served as well"),
        ("origin: {ja: 出典, en: origin}", "", "x: origin: expected keys en, ja"),
        (GOOD, "- 1", "x: expected keys"),
        (GOOD, "a: [", "not YAML"),
    ],
)
def test_says_where_the_form_is_wrong(old: str, new: str, told: str) -> None:
    with pytest.raises(StandardError, match=".*".join(told.split("|"))):
        read_standard("x", GOOD.replace(old, new))


def test_built_in_standards_are_listed_and_read() -> None:
    assert "seminar" in standard_names()
    for name in standard_names():
        assert load_standard(name).sections
    with pytest.raises(StandardError, match=r"no standard 'nobody'.*seminar"):
        load_standard("nobody")
