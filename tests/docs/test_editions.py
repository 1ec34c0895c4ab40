"""The editions that come with the product name only what exists, and every grave check has its place."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from omamori.evaluate.load import load_checks
from omamori.knowledge.edition import FAMILIES
from omamori.knowledge.editions import edition_for, edition_names, load_edition, unknown_names
from omamori.knowledge.outside_checklist import misplaced, outside_checklist
from omamori.knowledge.questions import built_in_questions
from omamori.model.tables import TABLES

VERDICTS = re.compile(r"安全です|準拠してい|合格|算定でき(る|ます)|\b(compliant|passed|is safe)\b")
EXPECTED = {
    "bcp/2024": 25,
    "checklist/r6-hospital": 19,
    "checklist/r6-vendor": 14,
    "checklist/r7-hospital": 18,
    "checklist/r7-vendor": 13,
    "disclosure/mds-5.0": 21,
    "fee/r6": 5,
    "fee/r8": 6,
    "guideline/6.0": 27,
}


def test_every_edition_is_there_whole() -> None:
    """A line lost from a file is noticed: the items are counted."""
    assert {name: sum(1 for _ in load_edition(name).items()) for name in edition_names()} == EXPECTED


@pytest.mark.parametrize("name", edition_names())
def test_every_name_exists(name: str) -> None:
    """What is named in the file is there; form, languages and ids are held by the reader itself."""
    edition = load_edition(name)
    columns = {table: [column.name for column in spec.columns] for table, spec in TABLES.items()}
    problems = unknown_names(edition, checks={check.id for check in load_checks()}, questions=built_in_questions().by_id(), tables=columns)
    assert problems == ()
    assert name == f"{edition.family}/{edition.edition}" or name == f"{edition.family}/{edition.edition}-{edition.role}"
    assert edition.output == ("material" if edition.family == "fee" else "draft")


@pytest.mark.parametrize("name", edition_names())
def test_our_own_words_give_no_verdict(name: str) -> None:
    edition = load_edition(name)
    ours = [edition.note, edition.source, *(text for item in edition.items() for text in (item.note, item.undecided) if text is not None)]
    assert [word for text in ours for words in (text.ja, text.en) for word in VERDICTS.findall(words)] == []


@pytest.mark.parametrize("name", edition_names())
def test_words_that_were_not_read_say_so(name: str) -> None:
    """An item whose words nobody read in an official text says so: with a note of its own, or in that of the edition."""
    edition = load_edition(name)
    unsure = [item.id for item in edition.items() if item.confidence == "low" and item.note is None and item.undecided is None]
    admits = re.search(r"確かめて|入っていません|見つかっていない", edition.note.ja + edition.source.ja)
    assert not unsure or admits


def test_every_family_has_an_edition_for_every_day_since_its_first() -> None:
    for family in FAMILIES:
        roles = {load_edition(name).role for name in edition_names(family)}
        assert roles
        for role in roles:
            for year in range(2024, 2030):
                for day in (date(year, 3, 31), date(year, 4, 1), date(year, 5, 31), date(year, 6, 1)):
                    choice = edition_for(family, role, day)
                    assert (choice.said is None) == choice.edition.holds_on(day)


@pytest.mark.parametrize(
    ("family", "day", "name", "held"),
    [
        ("checklist", date(2024, 3, 31), "checklist/r6-hospital", False),
        ("checklist", date(2024, 4, 1), "checklist/r6-hospital", True),
        ("checklist", date(2025, 3, 31), "checklist/r6-hospital", True),
        ("checklist", date(2025, 4, 1), "checklist/r7-hospital", True),
        ("checklist", date(2026, 3, 31), "checklist/r7-hospital", True),
        ("checklist", date(2026, 4, 1), "checklist/r7-hospital", False),
        ("fee", date(2024, 5, 31), "fee/r6", False),
        ("fee", date(2026, 5, 31), "fee/r6", True),
        ("fee", date(2026, 6, 1), "fee/r8", True),
        ("bcp", date(2031, 1, 1), "bcp/2024", True),
        ("disclosure", date(1999, 1, 1), "disclosure/mds-5.0", True),
    ],
)
def test_the_edition_of_a_day(family: str, day: date, name: str, held: bool) -> None:
    role = "vendor" if family == "disclosure" else "hospital"
    choice = edition_for(family, role, day)
    assert (choice.edition.name, choice.said is None) == (name, held)


def test_two_editions_of_one_family_and_role_never_hold_the_same_day() -> None:
    for family in FAMILIES:
        editions = [load_edition(name) for name in edition_names(family)]
        days = [
            day + timedelta(step) for edition in editions for day in (edition.valid_from, edition.valid_until) if day for step in (-1, 0, 1)
        ]
        for day in days:
            holding = Counter(edition.role for edition in editions if edition.holds_on(day))
            assert all(count == 1 for count in holding.values()), (family, day)


def test_every_grave_check_belongs_to_an_item_or_says_why_not() -> None:
    """Both ways: none is forgotten, and no reason stays behind when its check moves, goes or is no longer grave."""
    outside = outside_checklist()
    checks = load_checks()
    newest = edition_for("checklist", "hospital", date.max).edition
    assert outside.edition == newest.name
    grave = [check.id for check in checks if check.severity in ("high", "critical")]
    assert misplaced(newest, outside, grave, [check.id for check in checks]) == ()
