"""The picture of generations: well-formed, every state a shape of its own, told in words too, every name escaped."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree

from tests.report.backup_rows import NOW, ROWS

from omamori.report.backups_picture import DAYS, LANES, lane_told, lane_words, legend, time_pictures
from omamori.report.backups_time import Lane, Mark, read_lanes
from omamori.snapshot.database import Database


def lanes():
    with Database() as database:
        database.insert(ROWS)
        return read_lanes(database, NOW)


def nodes(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314 - our own picture


def lane(*marks: Mark, **more) -> Lane:
    given = {"gaps": (), "signs": (), "clean": None, "proven": None, "older": 0} | more
    return Lane("a", "j", "nas", False, marks, **given)


def dots(picture: str, kind: str) -> int:
    return sum(node.get("d", "").count("h.1") for node in nodes(picture).iter("path") if node.get("class") == kind)


def test_every_generation_is_drawn_in_the_shape_of_its_state() -> None:
    (picture,) = map(str, time_pictures(lanes(), NOW))
    assert (dots(picture, "there"), dots(picture, "gone"), dots(picture, "unfinished")) == (17 + 3, 3, 1)
    kinds = [node.get("class") for node in nodes(picture).iter()]
    assert [kinds.count(kind) for kind in ("damaged", "trace", "clean", "proven", "gap")] == [2, 2, 1, 1, 1]
    assert "<b>" not in picture and "\x1b" not in picture
    root = nodes(picture)
    assert root.get("role") == "img" and root[0].tag == "title" and root[1].tag == "desc" and root[1].text


def test_the_row_is_told_in_words() -> None:
    night = lanes()[0]
    said = lane_words(night)
    assert "25 generations; was there, is gone: 3; damaged: 2; traces of an attacker: 2; not completed: 1; gaps: 1" in said.en
    assert "復元が証明された最新の世代 2026-05-25" in said.ja
    assert lane_told(night).en.endswith(". contents look encrypted")
    assert lane_told(lanes()[1]) == lane_words(lanes()[1])


def test_a_day_is_the_readers_and_shows_its_gravest_mark() -> None:
    night = [
        Mark(datetime(2026, 5, 30, 14, 30), "there"),
        Mark(datetime(2026, 5, 30, 16, 0), "damaged"),
        Mark(datetime(2026, 5, 30, 17, 0), "there"),
    ]
    (here,) = map(str, time_pictures((lane(*night),), NOW))
    assert dots(here, "there") == 0
    (japan,) = map(str, time_pictures((lane(*night),), NOW, timezone(timedelta(hours=9))))
    assert dots(japan, "there") == 1


def test_what_is_older_than_the_paper_is_counted() -> None:
    marks = [Mark(NOW - timedelta(days=number), "there") for number in range(DAYS + 7, -1, -1)]
    (picture,) = map(str, time_pictures((lane(*marks, older=3),), NOW))
    assert dots(picture, "there") == DAYS and "◀ 11 older ones" in picture


def test_many_rows_are_several_pictures_and_none_is_no_picture() -> None:
    assert time_pictures((), NOW) == ()
    many = tuple(lane(Mark(NOW, "there")) for _ in range(LANES * 2 + 1))
    assert len(time_pictures(many, NOW)) == 3


def test_every_sign_of_the_legend_is_a_picture_with_a_word() -> None:
    drawn = [str(one) for one, _ in legend()]
    assert len(set(drawn)) == len(drawn) == 8 and all(len(nodes(one)) for one in drawn) and all(text.ja and text.en for _, text in legend())
