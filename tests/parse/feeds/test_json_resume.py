"""After damage the reading goes on at what looks like a record, not at a part of one."""

from __future__ import annotations

import io

import pytest

from omamori.parse.feeds.json_resume import Resume, member_name
from omamori.parse.feeds.json_window import BadValue, Window


def opened(text: str) -> Window:
    return Window(io.BytesIO(text.encode()), 1 << 20)


def test_the_next_record_has_the_names_of_the_one_before() -> None:
    window = opened('{"id": 1, "score": 2}, {"id": ?, "refs": [{"id": 7}, {"id": 8}]}, {"id": 3, "score": 4}]')
    resume = Resume(named=False)
    assert resume.read(window) == ("", {"id": 1, "score": 2})
    assert resume.what_follows(window, {"id": 1, "score": 2}) == ""
    with pytest.raises(BadValue):
        resume.read(window)
    assert window.text[window.at :].startswith('{"id": ?')
    assert resume.next(window) == ("", {"id": 3, "score": 4})
    assert resume.next(window) is None
    assert resume.lost


def test_a_member_of_a_member_is_no_member() -> None:
    package = '{"CVE-1": {"releases": {"sid": {"status": "open"}}}}'
    damaged = package.replace('"open"', "open")
    window = opened(f'"a":{package},"b":{damaged},"c":{package}}}')
    resume = Resume(named=True)
    name, value = resume.read(window)
    assert name == "a"
    assert resume.what_follows(window, value) == ""
    with pytest.raises(BadValue):
        resume.read(window)
    found = resume.next(window)
    assert found is not None
    assert found[0] == "c"


def test_a_first_record_that_is_broken_is_left_by_its_brackets() -> None:
    window = opened('{"id": x, "refs": [{"id": 7}]}, {"id": 3, "score": 4}]')
    resume = Resume(named=False)
    with pytest.raises(BadValue):
        resume.read(window)
    assert resume.next(window) == ("", {"id": 3, "score": 4})


def test_a_record_cut_by_a_bracket_too_many_is_noticed() -> None:
    window = opened('{"id": 1}, "score": 2}')
    resume = Resume(named=False)
    _, value = resume.read(window)
    assert "expected another record" in resume.what_follows(window, value)


def test_the_name_of_a_member_is_a_text() -> None:
    assert member_name(opened('"a" : 1')) == "a"
    with pytest.raises(BadValue, match="expected a name"):
        member_name(opened("1: 2"))
