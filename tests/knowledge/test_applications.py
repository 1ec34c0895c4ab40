"""The table of programs' names: every row is readable, and a wrong one is named."""

from __future__ import annotations

import pytest

from omamori.knowledge.applications import cpe_names, read_application_names
from omamori.knowledge.facts import PackError
from omamori.knowledge.pack import starter_pack

ROW = {
    "product": "x",
    "label": "X",
    "cpe": "a:x",
    "name": "x",
    "publisher": "",
    "version": "column",
    "editions": "",
    "doubt": "",
    "source": "s",
}


def test_every_row_says_where_it_comes_from_and_names_what_hospitals_have():
    rows = starter_pack().applications
    assert all(row.source and row.cpe for row in rows)
    names = {row.product for row in rows}
    for product in (
        "7-zip",
        "acrobat-reader",
        "java",
        "firefox",
        "chrome",
        "office",
        "teamviewer",
        "postgresql",
        "cache",
        "orthanc",
        "log4j",
    ):
        assert product in names
    unsaid = {row.product for row in rows if row.publisher is None and not row.name.pattern.startswith("package:")}
    assert unsaid == {"dcm4chee"}, "a name without a publisher is never sure"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cpe": "ax"}, "vendor:product"),
        ({"cpe": "a:b:c"}, "vendor:product"),
        ({"name": "("}, "name"),
        ({"publisher": "["}, "publisher"),
        ({"version": "somewhere"}, "version"),
        ({"doubt": "odd"}, "doubt"),
        ({"source": ""}, "source is empty"),
    ],
    ids=str,
)
def test_a_wrong_row_is_named(change, said):
    with pytest.raises(PackError, match=f"line 7: .*{said}"):
        read_application_names("names.csv", [(7, {**ROW, **change})])


def test_several_cpe_names():
    assert cpe_names("f", 1, "a:b|c:d++") == (("a", "b"), ("c", "d++"))


@pytest.mark.parametrize("letter", ["a", "1", ".", " ", "(", "-", "1.", "x64 ", "java 8 update "], ids=repr)
def test_no_name_makes_an_expression_run_away(letter):
    """One that backtracks without end would never come to the end of this test."""
    rows = starter_pack().applications
    tried = [row.name.fullmatch(text[:200]) for row in rows for text in (letter * 200, row.label + letter * 200)]
    assert len(tried) == 2 * len(rows)
