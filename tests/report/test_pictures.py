from __future__ import annotations

import re
from xml.etree import ElementTree

from omamori.report.data import Report
from omamori.report.pictures import donut, matrix, topic_bars
from omamori.report.shape import Numbers


def test_pictures_are_well_formed_and_say_in_words_what_they_show(report: Report) -> None:
    for picture in (donut(report.numbers), topic_bars(report.topics), matrix(report)):
        root = ElementTree.fromstring(str(picture))  # noqa: S314 - our own picture
        assert root.find("title") is not None and root.attrib["role"] == "img"


def test_the_ring_is_shared_out_by_what_was_seen(report: Report) -> None:
    lengths = [float(length) for length in re.findall(r'dasharray="([\d.]+) ', donut(report.numbers))]
    whole, part, none = report.numbers.cells
    assert len(lengths) == 3
    assert abs(lengths[0] / sum(lengths) - whole / (whole + part + none)) < 0.01
    assert f"{100 * whole // (whole + part + none)}%" in donut(report.numbers)


def test_nothing_looked_at_is_no_hundred_percent() -> None:
    empty = donut(Numbers(0, 0, 0, 0, 0, 0, (0, 0, 0, 0), (0, 0, 0), 0))
    assert "%" not in re.sub(r"<title>.*?</title>", "", empty)


def test_what_was_not_seen_is_hatched_in_the_matrix(report: Report) -> None:
    picture = matrix(report)
    assert picture.count("url(#hatch)") >= 5 * 6  # five machines nobody looked at, six topics that judge machines
    assert ">CT操作卓<" in picture
