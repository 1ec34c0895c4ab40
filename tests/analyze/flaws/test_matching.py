"""The join itself: the same as comparing each version by itself, and whose word counts."""

from __future__ import annotations

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analyze.flaws.published import affected, exact

from omamori.analyze.flaws.doubts import WORDS
from omamori.analyze.flaws.matching import Seen, matched, rank_of
from omamori.knowledge.store import Facts
from omamori.knowledge.version import key

VERSIONS = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))


def match(seen, facts):
    with duckdb.connect(":memory:") as connection, Facts(rows=tuple(facts)).attached(connection), matched(connection, seen):
        rows = connection.execute("select number, flaw, undecided, doubt, confidence from temp.matches order by all").fetchall()
    with duckdb.connect(":memory:") as connection:
        assert connection.execute("select count(*) from duckdb_tables() where temporary").fetchall() == [(0,)]
    return rows


def zeros(version):
    """A version without the zeros at its end: they make no other version of a program."""
    parts = version.split(".")
    while len(parts) > 1 and parts[-1] == "0":
        parts.pop()
    return key("dotted", ".".join(parts))


@settings(max_examples=25, deadline=None)
@given(st.lists(VERSIONS, min_size=1, max_size=4, unique=True), VERSIONS, VERSIONS, st.booleans(), st.booleans())
def test_sql_says_what_comparing_each_version_says(versions, since, before, out, within):
    seen = [Seen(number, "cpe", "a", "b", "b", version, "why") for number, version in enumerate(versions)]
    row = affected("CVE-1", "a:b", before, since=since, since_out=out, before_in=within)
    expected = []
    for number, version in enumerate(versions):
        here, low, high = zeros(version), zeros(since), zeros(before)
        if (here > low if out else here >= low) and (here <= high if within else here < high):
            expected.append((number, "CVE-1", False, None, "high"))
    assert match(seen, [row]) == expected


def test_a_doubt_never_leaves_a_match_certain():
    for code in WORDS:
        (row,) = match([Seen(1, "cpe", "a", "b", "b", "1.0", "why", doubt=code)], [affected("CVE-1", "a:b", "2")])
        assert row == (1, "CVE-1", True, WORDS[code].en, "low")
        (row,) = match([Seen(1, "cpe", "a", "b", "b", "1.0", "why", remark=code)], [affected("CVE-1", "a:b", "2")])
        assert row == (1, "CVE-1", False, WORDS[code].en, "high")


def test_whose_word_counts():
    assert [rank_of(feed) for feed in ("fortinet", "nvd", "jvn", "osv")] == [1, 2, 3, 3]
    seen = [Seen(1, "cpe", "a", "b", "b", "1.5", "why")]
    jvn, nvd = affected("CVE-1", "a:b", feed="jvn"), affected("CVE-1", "a:b", "1.2")
    assert match(seen, [jvn, nvd]) == []
    assert match(seen, [jvn])[0][2] is True


def test_a_condition_open_in_one_record_and_met_in_another_is_met():
    seen = [Seen(1, "cpe", "a", "b", "b", "1.5", "why", platform="windows")]
    rows = [affected("CVE-1", "a:b", "2", needs="a:x:y"), affected("CVE-1", "a:b", "2", needs="o:microsoft:windows")]
    assert match(seen, rows) == [(1, "CVE-1", False, None, "high")]


def test_a_named_version_of_another_kind_is_another_version():
    named = affected("CVE-1", "a:b", "preview", since="preview", before_in=True)
    assert match([Seen(1, "cpe", "a", "b", "b", "1.5", "why")], [named]) == []


def test_an_exact_version_nobody_can_order_is_still_the_same_text() -> None:
    odd = [exact("CVE-2020-9", "some:thing", "x-2")]
    same, other = Seen(1, "cpe", "some", "thing", "thing", "X-2", "why"), Seen(2, "cpe", "some", "thing", "thing", "x-3", "why")
    assert [number for number, *_ in match([same, other], odd)] == [1]


def test_the_year_in_a_name_and_a_build_are_not_compared():
    seen = [Seen(number, "cpe", "a", "b", "b", version, "why") for number, version in enumerate(("2016", "16.0.4266", "2016 sp1", "15.0"))]
    build = affected("CVE-1", "a:b", "16.0.5000", since="16.0")
    assert [row[:3] for row in match(seen, [build])] == [(0, "CVE-1", True), (1, "CVE-1", False), (2, "CVE-1", True)]
    year = exact("CVE-2", "a:b", "2016")
    assert [(row[0], row[2], row[3] == WORDS["year"].en) for row in match(seen, [year])] == [
        (0, False, False), (1, True, True), (3, True, True)
    ]  # fmt: skip
    ring = affected("CVE-3", "a:b", "2016.2")
    assert [row[0] for row in match([Seen(1, "cpe", "a", "b", "b", "2016.1", "why")], [ring])] == [1], "a year that begins a version is one"
