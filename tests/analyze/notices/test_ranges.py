"""Versions in the ranges of a notice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.notices.ranges import affected, inside
from omamori.model.notices import PublishedNotice


def notice(since=None, before=None, status=None, **more):
    return PublishedNotice(notice="n", product="p", since=since, before=before, status=status, **more)


@pytest.mark.parametrize(
    ("rows", "version", "expected"),
    [
        ([notice("7.2.0", "7.2.7")], "7.2.4", "yes"),
        ([notice("7.2.0", "7.2.7")], "7.2.7", "no"),
        ([notice("7.2.0", "7.2.7", before_in=True)], "7.2.7", "yes"),
        ([notice("7.2.0", "7.2.7", since_out=True)], "7.2.0", "no"),
        ([notice(None, "7.2.7")], "1.0", "yes"),
        ([notice("7.2.0", None)], "9.0", "yes"),
        ([notice("7.2.0", "7.2.7"), notice("7.4.0", "7.4.3")], "7.4.2", "yes"),
        ([notice("7.2.0", "7.2.7")], None, "version"),
        ([notice("7.2.0", "7.2.7")], "build", "version"),
        ([notice("seven", "7.2.7")], "7.2.4", "version"),
        ([notice()], "7.2.4", "range"),
        ([notice(status="no_fix")], "7.2.4", "range"),
        ([notice("7.2.0", "7.2.7"), notice()], "9.0", "range"),
        ([notice(status="undetermined")], "7.2.4", "status"),
        ([notice("7.2.7", "7.2.7", "not_affected", before_in=True)], "7.2.7", "no"),
        ([notice(None, "8"), notice("7.2.7", "7.2.7", "not_affected", before_in=True)], "7.2.7", "both"),
        ([], "1", "no"),
    ],
)
def test_what_a_notice_says_of_a_version(rows, version, expected):
    said, deciding = affected(rows, version)
    assert said == expected
    assert set(deciding) <= set(rows) and bool(deciding) == (expected != "no" or any(row.status == "not_affected" for row in rows))


def test_only_the_range_that_holds_a_version_is_told():
    rows = [notice("7.2.0", "7.2.7"), notice("7.4.0", "7.4.3")]
    assert affected(rows, "7.4.2") == ("yes", (rows[1],))


def test_what_the_scheme_cannot_read_is_read_as_dotted_numbers():
    assert inside(notice("1.0", "2.0", scheme="of another planet"), "1.5") is True
    assert inside(notice("6.0", "6.0.18", scheme="fortios"), "6.0.4") is True


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.sampled_from(["dotted", "dpkg", "rpm", "fortios", "no such"]))
def test_any_text_is_a_version_or_none(since, before, version, scheme):
    assert inside(notice(since, before, scheme=scheme), version) in (True, False, None)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_a_version_is_in_the_range_or_on_one_side_of_it(low, high, version):
    row = notice(f"1.{low}", f"1.{high}")
    assert inside(row, f"1.{version}") is (low <= version < high)


def test_network_devices_have_forms_of_their_own():
    assert inside(notice("14.01.00", "14.01.40", scheme="dotted"), "Rev.14.01.38", "yamaha-rtx") is True
    assert inside(notice("14.01.00", "14.01.40", scheme="dotted"), "Rev.14.01.42", "yamaha-rtx") is False
    assert inside(notice("7.2.0", "7.2.7", scheme="fortios"), "v7.2.4 build1396", "fortios") is True
    assert inside(notice("7.2.0", "7.2.7", scheme="fortios"), None, "fortios") is None
    assert inside(notice("6.0", "6.0.18"), "6.0.4", "fortios") is True
    assert inside(notice("15.1(1)T", "15.2(4)M8"), "15.2(4)M7", "cisco-ios") is None, "another train"
