"""The line of one column of a row that was put together from many lines."""

from __future__ import annotations

from omamori.model.evidence import by_column, of_columns


def test_a_column_read_elsewhere_has_its_own_line() -> None:
    written = by_column("7", {"a": "9", "b": "7", "c": ""})
    assert written == "7;a=9"
    assert of_columns(written, ["b", "a"]) == "9"
    assert of_columns(written, ["b"]) == "7"
    assert of_columns(f"abcdef:{written}", ["a"]) == "abcdef:9"


def test_what_follows_from_an_absence_has_no_line() -> None:
    assert of_columns("abcdef:7;a=0", ["a"]) == "abcdef"


def test_other_evidence_stays_as_it_is() -> None:
    for evidence in ("", "abcdef", "abcdef:12", "abcdef:機器!R8"):
        assert of_columns(evidence, ["a"]) == evidence
