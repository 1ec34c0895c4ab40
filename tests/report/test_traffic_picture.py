"""The pictures of traffic: well-formed, marked by shape, and every name escaped."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from omamori.model.text import Text
from omamori.report.traffic import DAYS, LineDays, Talk, TalkEnd, Traffic
from omamori.report.traffic_picture import bytes_text, lines_picture, matrix_picture, short_number

ENDS = (TalkEnd("zone", "<b>EHR", Text("<b>EHR", "<b>EHR")), TalkEnd("outside", "", Text("院外", "outside")))


def nodes(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314 - our own picture


def texts(picture: str, kind: str) -> list[str]:
    return [node.text or "" for node in nodes(picture).iter("text") if node.get("class") == kind]


def test_cells_are_marked_by_shape() -> None:
    talks = (
        Talk(0, 0, 1200, 0, ("443/tcp",), "designed", against=False),
        Talk(0, 1, 3, 0, ("22/tcp",), "undesigned", against=False),
        Talk(1, 0, 7, 7, ("25/tcp",), "stopped", against=False),
    )
    picture = str(matrix_picture(Traffic(ENDS, talks)))
    assert "<b>" not in picture
    assert texts(picture, "count")[:3] == ["1.2k", "3", "7"]
    # Five in the legend, of which the first is a number.
    assert sorted(texts(picture, "mark")) == sorted(["▲", "×", "▲", "?", "×", "!"])
    frames = [node for node in nodes(picture).iter("rect") if node.get("class") == "frame"]
    assert len(frames) == 3, "the cell, and two of the legend"


def test_bars_of_a_line() -> None:
    days = (0,) * (DAYS - 2) + (4, 1)
    picture = str(lines_picture((LineDays("pacs & co", days, 5, 2500, 0),), date(2026, 5, 31)))
    bars = [node for node in nodes(picture).iter("rect") if node.get("class") == "day"]
    heights = [float(node.get("height", "0")) for node in bars]
    assert heights == [28.0, 14.0]
    assert texts(picture, "count") == ["5 / 2.5 kB"] and texts(picture, "date") == ["05-01", "05-31"]


def test_nothing_seen_is_no_picture() -> None:
    assert matrix_picture(Traffic()) == "" and lines_picture((), None) == ""


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0"), (999, "999"), (1000, "1.0k"), (12_345, "12k"), (9_900_000, "9.9M"), (5 * 10**9, "5.0G")]
)
def test_short_numbers(value: int, said: str) -> None:
    assert short_number(value) == said


def test_bytes() -> None:
    assert [bytes_text(value) for value in (5, 1500, 2 * 10**6)] == ["5 B", "1.5 kB", "2.0 MB"]
