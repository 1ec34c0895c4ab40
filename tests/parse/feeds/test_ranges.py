"""Versions in the words of publishers: plain ones are read, others are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.knowledge.version import compare, key
from omamori.parse.feeds.ranges import LONGEST, Range, branch, numbers, ranges, readable, single


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (">=7.4.0|<=7.4.3", Range("7.4.0", before="7.4.3", before_in=True)),
        ("vers:generic/>1.0|<2.0", Range("1.0", since_out=True, before="2.0")),
        ("<2.15.0", Range(before="2.15.0")),
        ("<= 1.2", Range(before="1.2", before_in=True)),
        ("7.0 all versions", Range("7.0", before="7.1")),
        (" 7.6 all versions", Range("7.6", before="7.7")),
        ("24 all versions", Range("24", before="25")),
        ("all versions", Range()),
        ("*", Range()),
        ("7.2.8 and above", Range("7.2.8")),
        ("5.2.5 and below", Range(before="5.2.5", before_in=True)),
        ("version 6.7.0 through 6.7.6", Range("6.7.0", before="6.7.6", before_in=True)),
        ("prior to version 1.2", Range(before="1.2")),
        ("15.1(2)SY", single("15.1(2)SY")),
        ("7.3.7 より前のバージョン", Range(before="7.3.7")),
        ("7.3.7 未満", Range(before="7.3.7")),
        ("2.13.0 から 2.15.0 より前のバージョン", Range("2.13.0", before="2.15.0")),
        ("1.0 以上 2.0 未満", Range("1.0", before="2.0")),
        ("Ver.1.0 から Ver.2.0 まで", Range("1.0", before="2.0", before_in=True)),
        ("Rev.11.01.31 およびそれ以前", Range(before="11.01.31", before_in=True)),
        ("1.2.3 以前のバージョン", Range(before="1.2.3", before_in=True)),
        ("1.2.3 以降", Range("1.2.3")),
        ("すべてのバージョン", Range()),
        ("６．０", single("6.0")),
        ("7.2 系", Range("7.2", before="7.3")),
        ("ファームウェア Ver1.2.1 およびそれ以前", Range(before="1.2.1", before_in=True)),
        ("8.5.x 系の 8.5.11 より前", Range("8.5", before="8.5.11")),
        ("8.5 系の 8.5.11 未満のバージョン", Range("8.5", before="8.5.11")),
        ("2.4.50 未満の 2.4.x", Range("2.4", before="2.4.50")),
    ],
)
def test_plain_words_are_read(said, expected):
    assert ranges(said) == (expected,)


def test_several_intervals_of_one_vers():
    assert ranges("vers:generic/>=1|<2|>=3|<4|7") == (Range("1", before="2"), Range("3", before="4"), single("7"))


@pytest.mark.parametrize(
    "said",
    ["", "core 2.0-beta9 から 2.12.1 より前のバージョン", "(複数の製品)", "1.0 (Windows 版のみ)", "4.3.3.445 for Windows", "FortiOS 7.5", ">=1|>=2", "1.0, 1.1", "x" * 400],
)  # fmt: skip
def test_what_is_not_plain_is_not_read(said):
    assert ranges(said) is None


@given(st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){1,3}", fullmatch=True))
def test_a_branch_holds_its_versions_and_ends(numbers):
    found = branch(numbers)
    assert compare("dotted", found.since, f"{numbers}.7") <= 0 < compare("dotted", found.before, f"{numbers}.7")


@given(st.text(max_size=60) | st.text("0123456789. ～から以前未満<>=|()verVRall ", max_size=LONGEST))
def test_any_text_is_read_or_not(said):
    for one in ranges(said) or ():
        assert all(not end or end[0].isdigit() for end in (one.since, one.before))


@given(st.text("0123456789.vVab-()ｖ", max_size=12))
def test_what_is_called_readable_is_what_the_pack_can_compare(version):
    for scheme in ("dotted", "fortios"):
        assert readable(scheme, version) == (key(scheme, version) is not None)
    assert numbers("7.4.10") > numbers("7.4.9")
