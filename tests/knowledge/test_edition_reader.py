from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from omamori.knowledge.edition import EditionError, Need
from omamori.knowledge.edition_reader import read_edition

GOOD = """\
family: checklist
edition: r7
role: hospital
title: {ja: 題, en: title}
source: {ja: 出典, en: source}
note: {ja: 注, en: note}
output: draft
valid_from: 2025-04-01
valid_until: 2026-03-31
parts:
  - number: "1"
    title: {ja: 章, en: part}
    items:
      - id: 1-1
        mark: ①
        ja: 置いている。
        en: It is there.
        target: site
        answered_by: hospital
        confidence: high
        checks: [backup.no_job]
        questions: [plan-exists]
        needs: [site.officer, contacts]
        paper: contacts
        without_vendor: true
      - id: 1-2
        mark: ②
        ja: 見ている。
        en: It is watched.
        target: server
        answered_by: vendor
        confidence: low
        source: {ja: 別, en: other}
        note: {ja: 注二, en: second note}
        undecided: {ja: 機器から見えない, en: not seen from machines}
"""


def test_reads_items_and_what_decides_them() -> None:
    edition = read_edition("checklist/r7-hospital", GOOD)
    first, second = edition.items()
    assert (edition.family, edition.edition, edition.role, edition.output) == ("checklist", "r7", "hospital", "draft")
    assert (edition.valid_from, edition.valid_until) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (first.id, first.mark, first.text.ja, first.target, first.answered_by) == ("1-1", "①", "置いている。", "site", "hospital")
    assert first.needs == (Need("site", "officer"), Need("contacts"))
    assert (first.checks, first.questions, first.paper, first.without_vendor) == (("backup.no_job",), ("plan-exists",), "contacts", True)
    assert (first.source.en, second.source.en) == ("source", "other")
    assert second.undecided is not None
    assert second.undecided.en == "not seen from machines"
    assert (second.checks, second.without_vendor, second.paper) == ((), False, "")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (GOOD, "- 1", "x: expected the keys family"),
        (GOOD, "", "x: expected the keys family"),
        (GOOD, "a: [", "x: line 1: not YAML"),
        ("role: hospital", "rôle: hospital", "x, line 1: unknown key rôle; expected family, edition"),
        ("role: hospital\n", "", "x, line 1: role missing"),
        ("role: hospital", "role: nurse", "x, line 1: role: expected one of hospital, vendor"),
        ("role: hospital", "role: [hospital]", "x, line 1: role: expected one of hospital, vendor"),
        ("edition: r7", "edition: 6.0", "x, line 1: edition: expected words; put a number in quotes"),
        ("output: draft", "output: passed", "x, line 1: output: expected one of draft, material"),
        ("valid_from: 2025-04-01", 'valid_from: "2025-04-01"', "valid_from: expected a day such as"),
        ("valid_from: 2025-04-01", "valid_from: 2025-04-01 10:00:00", "valid_from: expected a day such as"),
        ("valid_from: 2025-04-01", "valid_from: 2025-13-01", "x: not YAML: month must be"),
        ("valid_until: 2026-03-31", "valid_until: 2025-03-31", "valid_until: 2025-03-31 lies before"),
        ('number: "1"', "number: 1", "x, line 11: part 1: number: expected words; put a number in quotes"),
        ("title: {ja: 章, en: part}", "title: {ja: 章}", "x, line 12: part 1: title: en missing"),
        ("title: {ja: 章, en: part}", "title: {ja: 章, en: ' '}", "x, line 12: part 1: title: en: expected words"),
        ("id: 1-2", "id: 1-1", "x, line 1: the item 1-1 stands twice"),
        ("id: 1-2", "id: 1 2", "x, line 26: part 1: item 2: id: expected letters"),
        ("mark: ②", "mark: 2", "x, line 26: part 1: item 2: mark: expected words; put a number"),
        ("target: server", "target: servers", "part 1: item 2: target: expected one of site, server"),
        ("checks: [backup.no_job]", "check: [backup.no_job]", "x, line 14: part 1: item 1: unknown key check; expected id"),
        ("checks: [backup.no_job]", "checks: []", "item 1: checks: expected a list that is not empty"),
        ("checks: [backup.no_job]", "checks: backup.no_job", "item 1: checks: expected a list"),
        ("checks: [backup.no_job]", "checks: [1]", "checks: expected a list of names"),
        ("checks: [backup.no_job]", "checks: [a, a]", "checks: a name stands twice"),
        ("needs: [site.officer, contacts]", "needs: [site officer]", "needs: 'site officer': expected a table"),
        ("without_vendor: true", "without_vendor: maybe", "without_vendor: expected true or false"),
        ("paper: contacts", "paper: 連絡体制図", "paper: expected one word"),
        ("paper: contacts", "partly: true", "item 1: partly: expected checks, and a note"),
        (
            "note: {ja: 注二, en: second note}",
            "note: {ja: 注二, en: second note}\n        partly: true",
            "item 2: partly: expected checks, and",
        ),
        ("note: {ja: 注二, en: second note}", "partly: 1", "item 2: partly: expected true or false"),
        ("        undecided: {ja: 機器から見えない, en: not seen from machines}\n", "", "expected either checks"),
        ("undecided:", "checks: [a]\n        undecided:", "expected either checks"),
        ("mark: ②", "mark: ②\n        mark: ③", "x: line 28: the key mark stands twice"),
        ("role: hospital", "role: &a hospital\nx: *a", "line 4: a reference"),
        ("edition: r7", "edition: !!python/object/apply:os.system [id]", "line 2: not YAML"),
        ("edition: r7", "? [a]\n: b", "a key has to be a word"),
        ("edition: r7", "1: r7", "line 2: a key has to be a word"),
    ],
)
def test_says_where_the_form_is_wrong(old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(EditionError, match=told):
        read_edition("x", GOOD.replace(old, new))


def test_deep_and_huge_files_are_told_not_suffered() -> None:
    for text in ("[" * 100_000, "- " * 100_000, "{a: " * 50_000, GOOD + "#" * 600_000, GOOD.replace("r7", "\x00"), "x: " + "9" * 10_000):
        with pytest.raises(EditionError, match=r"^x: (line|larger|not YAML)"):
            read_edition("x", text)


@given(st.text(max_size=300))
def test_any_text_is_read_or_told(text: str) -> None:
    with pytest.raises(EditionError, match=r"^x\b"):
        read_edition("x", text)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.datetimes() | st.text(max_size=8) | st.binary(max_size=4)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8
)


@given(st.data())
def test_a_value_of_any_type_anywhere_is_read_or_told(data: st.DataObject) -> None:
    """One value of the file becomes anything at all; nothing but EditionError may come of it."""
    tree = yaml.safe_load(GOOD)
    spot = data.draw(st.sampled_from([tree, tree["title"], tree["parts"][0], *tree["parts"][0]["items"]]))
    spot[data.draw(st.sampled_from(sorted(spot)))] = data.draw(VALUES)
    text = yaml.safe_dump(tree, allow_unicode=True)
    try:
        edition = read_edition("x", text)
    except EditionError as error:
        assert str(error).startswith("x")
    else:
        assert len(list(edition.items())) == 2
