"""The picture of what each update closes: well-formed, as long as the numbers, told in words, every name escaped."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.report.repair_rows import insert

from omamori.report.repairs import read_repairs
from omamori.report.repairs_picture import DOTS, ROWS, repairs_picture
from omamori.snapshot.database import Database


def drawn(large: int = 0):
    with Database() as database:
        insert(database, large=large)
        works = read_repairs(database).doable
    return works, ElementTree.fromstring(str(repairs_picture(works)))  # noqa: S314 - our own picture


def test_bars_are_as_long_as_their_numbers() -> None:
    works, root = drawn()
    groups = root.findall("g")
    assert len(groups) == len(works) == 5 and root.get("role") == "img" and root[0].tag == "title"
    bars = {(number, bar.get("class")): float(bar.get("width", 0)) for number, group in enumerate(groups) for bar in group.iter("rect")}
    place = [work.repair for work in works].index("update:KB5058379")
    assert abs(bars[place, "certain"] / bars[place, "exploited"] - 117 / 6) < 1
    assert (2, "unsure") in bars and (2, "certain") not in bars
    assert [group.find("path").get("d").count("h.1") for group in groups] == [work.machines for work in works]
    said = groups[place][0].text or ""
    assert "123 件、3 台、悪用を確認 2" in said and "123 findings on 3 machines, 2 exploited" in said


def test_many_updates_and_machines_stay_on_the_paper() -> None:
    works, root = drawn(large=60)
    groups = root.findall("g")
    assert len(works) > len(groups) == ROWS
    assert max(group.find("path").get("d").count("h.1") for group in groups) <= DOTS
    assert any((text.text or "").startswith("● = 2") for text in root.iter("text"))


def test_nothing_to_mend_is_no_picture() -> None:
    assert str(repairs_picture(())) == ""
