"""Base scores by the published equations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.feeds.cvss import NO_SCORE, Score, base_score, highest, scored, severity


@pytest.mark.parametrize(
    ("vector", "score"),
    [
        # As NVD publishes them: CVE-2021-44228, CVE-2020-1472, CVE-2014-0160, CVE-2017-0144, CVE-2021-20877.
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5),
        ("CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H/E:P/RL:U/RC:C", 6.7),
        ("CVSS:3.0/AV:N/AC:L/PR:H/UI:R/S:C/C:L/I:L/A:N", 4.8),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L/E:P/RL:X/RC:C", 5.3),
        ("CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N", 0.0),
    ],
)
def test_scores_are_those_published(vector, score):
    assert base_score(vector) == score


@pytest.mark.parametrize("vector", ["", "AV:N/AC:M/Au:S/C:N/I:P/A:N", "CVSS:3.1/AV:N", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
                                    "CVSS:3.1/AV:Q/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"])  # fmt: skip
def test_what_is_no_vector_of_version_3_has_none(vector):
    assert base_score(vector) is None


def test_words_by_the_table_of_first():
    assert [severity(one) for one in (0.0, 0.1, 3.9, 4.0, 6.9, 7.0, 8.9, 9.0)] == ["NONE", "LOW", "LOW", "MEDIUM", "MEDIUM", "HIGH", "HIGH", "CRITICAL"]  # fmt: skip


@given(st.text(max_size=80))
def test_any_text_has_a_score_or_none(text):
    found = base_score("CVSS:3.1/" + text)
    assert found is None or 0 <= found <= 10


def test_the_vectors_own_score_counts_before_the_one_beside_it() -> None:
    vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
    assert scored(vector, "9.1", "HIGH") == Score(9.8, vector, "CRITICAL")
    assert scored("CVSS:4.0/AV:N", 7.5, "HIGH") == Score(7.5, "CVSS:4.0/AV:N", "HIGH")
    assert scored("", None) == NO_SCORE == highest(())
    assert highest((NO_SCORE, Score(5.0, "a", None), Score(7.0, "b", None), Score(7.0, "c", None))).vector == "b"
