"""Numbers, days and builds as Microsoft writes them, and words that are none."""

from __future__ import annotations

from datetime import date

import pytest

from omamori.parse.feeds.microsoft_words import MOST_REPLACED, build_of, day_of, flaw_name, replaced_numbers, update_number


@pytest.mark.parametrize(("text", "number"), [("5034441", "5034441"), ("KB 894391", "894391"), ("kb5034441 ", "5034441")])
def test_a_number_of_an_update(text: str, number: str) -> None:
    assert update_number(text) == number


@pytest.mark.parametrize("text", ["", None, "Release Notes", "CBL-Mariner Releases", "SP81X64", "1234", "50344411234", "5034441; 5034442"])
def test_no_number_of_an_update(text: str | None) -> None:
    assert update_number(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5034122;5033372", ("5034122", "5033372")),
        ("5017500, 5018858, 5018545", ("5017500", "5018858", "5018545")),
        ("MS17-005[4010250]", ("4010250",)),
        ("982133;982133", ("982133",)),
        ("2883200;SP81X86", ("2883200",)),
        ("10.0.19045.3930", ()),
        (None, ()),
    ],
)
def test_what_a_row_replaces(text: str | None, numbers: tuple[str, ...]) -> None:
    assert replaced_numbers(text) == numbers


def test_a_list_without_end_is_cut() -> None:
    assert len(replaced_numbers(";".join(str(number) for number in range(1_000_000, 1_000_400)))) == MOST_REPLACED


def test_builds_of_windows_and_of_other_products() -> None:
    assert build_of(" 10.0.17763.5329") == "10.0.17763.5329" and build_of("6.1.7601.26816") == "6.1.7601.26816"
    assert [build_of(text) for text in ("17.9.3", "118.0.2088.46", "4.8.04584.08", "10.0.17763", "", None)] == [None] * 6


def test_flaws_and_days() -> None:
    assert [flaw_name(text) for text in ("CVE-2024-21392", "adv990001", "MS17-010")] == ["CVE-2024-21392", "ADV990001", "MS17-010"]
    assert [flaw_name(text) for text in ("SP7X64SP1", "CVE-2023-38039 mariner - do not use this one", "", None)] == [None] * 4
    assert day_of("2024-03-12T07:00:00Z") == day_of("20240312") == date(2024, 3, 12)
    assert [day_of(text) for text in ("2024-13-01", "March", "", None)] == [None] * 4
