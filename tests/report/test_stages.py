from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.text import Text
from omamori.report.stages import read_stages, stages
from omamori.report.words import SEVERITIES


def test_the_stages_that_ship_go_from_the_person_to_the_director_and_only_later() -> None:
    ladder = stages().stages
    assert [stage.id for stage in ladder] == ["person", "officer", "director"]
    for before, after in pairwise(ladder):
        for severity, days in after.days.items():
            assert days > before.days[severity]
    for stage in ladder:
        assert set(stage.days) <= set(SEVERITIES)
        for words in (stage.words, stage.ask):
            assert "{age}" in words.ja and "{age}" in words.en


@pytest.mark.parametrize(
    ("days", "ja", "en"),
    [
        (0, "0日", "0 day"),
        (1, "1日", "1 day"),
        (59, "59日", "59 days"),
        (92, "3か月", "3 months"),
        (305, "10か月", "10 months"),
        (800, "2年", "2 years"),
    ],
)
def test_an_age_in_words(days: int, ja: str, en: str) -> None:
    assert stages().age(days) == Text(ja, en)


def test_the_words_name_whom_to_bring_it_to() -> None:
    reached = stages().reached("critical", 92)
    assert reached is not None
    assert stages().advice(reached, 92).ja == "3か月たちました。院長に相談する時期です"
    assert stages().reached("critical", 13) is None
    assert stages().reached("low", 9_999) == stages().stages[1]


def test_an_acceptance_is_looked_at_again_before_it_ends_and_when_it_is_old() -> None:
    assert stages().acceptance(10, 61) is None
    assert "あと2か月" in (stages().acceptance(10, 60) or Text("", "")).ja
    assert "12か月" in (stages().acceptance(365, 200) or Text("", "")).ja
    assert "あと0日" in (stages().acceptance(400, -3) or Text("", "")).ja


@given(st.sampled_from(SEVERITIES), st.integers(0, 5_000), st.integers(0, 5_000))
def test_older_never_goes_back_a_stage(severity: str, days: int, more: int) -> None:
    ladder = [None, *stages().stages]
    assert ladder.index(stages().reached(severity, days + more)) >= ladder.index(stages().reached(severity, days))


def test_a_file_that_lacks_something_is_refused() -> None:
    with pytest.raises(KeyError):
        read_stages("stages: []")
