from __future__ import annotations

from datetime import datetime, timedelta
from xml.etree import ElementTree

from omamori.report.over_time import Trend, TrendPoint
from omamori.report.trend_picture import trend_picture

DAY0 = datetime(2026, 1, 10, 9)


def point(number: int, **more: object) -> TrendPoint:
    told: dict[str, object] = {"found": (number, 2, 3, 4), "hidden": 1, "unknown": 9, "machines": 5, "known": 8}
    return TrendPoint(DAY0 + timedelta(days=number), f"s{number}", readable=True, **{**told, **more})  # type: ignore[arg-type]


def test_the_picture_says_in_words_what_it_shows_and_needs_no_colour() -> None:
    picture = str(
        trend_picture(Trend((point(1), point(2, fewer=True), TrendPoint(DAY0, "gone", readable=False), point(3, other_version=True))))
    )
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own picture
    title, desc = root.find("title"), root.find("desc")
    assert title is not None and desc is not None and root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
    assert "見た機器5台" in str(desc.text) and "found 12" in str(desc.text)
    texts = [str(text.text) for text in root.iter("text")]
    assert "11▼" in texts and texts.count("?") == 3 and "5/8" in texts
    for pattern in ("t-high", "t-medium", "t-low", "hatch"):
        assert f"url(#{pattern})" in picture
    assert picture.count('class="version"') == 2  # one of them in the legend


def test_one_point_is_no_trend_and_many_fit_inside() -> None:
    assert trend_picture(Trend((point(1),))) == ""
    many = str(trend_picture(Trend(tuple(point(number) for number in range(120)))))
    root = ElementTree.fromstring(many)  # noqa: S314 - our own picture
    edges = [
        float(bar.attrib["x"]) + float(bar.attrib["width"]) for bar in root.iter("rect") if "x" in bar.attrib and "fill" not in bar.attrib
    ]
    assert max(edges) <= 760
    assert len([text for text in root.iter("text") if text.attrib.get("class") == "date"]) <= 14


def test_numbers_that_are_all_nothing_are_drawn() -> None:
    nothing = point(1, found=(0, 0, 0, 0), hidden=None, unknown=0, machines=0, known=0)
    ElementTree.fromstring(str(trend_picture(Trend((nothing, nothing)))))  # noqa: S314 - our own picture
