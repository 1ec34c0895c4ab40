from __future__ import annotations

from datetime import date

import pytest

from omamori.knowledge.edition import FAMILIES
from omamori.knowledge.editions import edition_names
from omamori.knowledge.isolation import IsolationError, isolations, read_isolations
from omamori.model.backup_posture import HOW_KNOWN

ONE = """
as_of: 2025-08-31
methods:
  - id: tape
    name: {ja: 磁気テープ, en: magnetic tape}
    cost: high
    media: [tape]
    how: {ja: 出す, en: take it out}
    owned: {ja: 装置, en: a drive}
    weak: [{ja: 遅い, en: slow}]
    seen_by: [medium-out]
    shown: {ja: 記録, en: the log}
    fee: [{edition: fee/r6, counted: "yes", words: {ja: 当たる, en: it counts}}]
    checks: [backup.nothing_left]
"""


def test_a_way_is_read_with_its_day() -> None:
    found = read_isolations(ONE)
    assert found.as_of == date(2025, 8, 31)
    (tape,) = found.methods
    assert (tape.name.en, tape.cost, tape.weak[0].ja, tape.seen_by) == ("magnetic tape", "high", "遅い", ("medium-out",))
    assert found.of_medium("tape") == found.seen_as("medium-out") == (tape,)
    assert found.of_medium(None) == found.of_medium("cloud") == found.seen_as("not-reached") == ()
    count = tape.counted_by("fee/r6")
    assert count is not None and (count.counted, count.words.en) == ("yes", "it counts")
    assert tape.counted_by("fee/r8") is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("cost: high", "cost: much", "line 4: cost: one of none, low, medium, high"),
        ("media: [tape]", "media: [clay]", "line 4: media: a list of"),
        ("media: [tape]", "media: tape", "line 4: media: a list of"),
        ("seen_by: [medium-out]", "seen_by: [declared]", "line 4: seen_by: a list of"),
        ('counted: "yes"', "counted: yes", "counted: one of"),
        ("weak: [{ja: 遅い, en: slow}]", "weak: []", "weak: a list that is not empty"),
        ("weak: [{ja: 遅い, en: slow}]", "weak: [{ja: 遅い}]", "words under both ja and en"),
        ("how: {ja: 出す, en: take it out}", "how: {ja: 出す, en: ''}", "words under both ja and en"),
        ("    cost: high\n", "", "exactly the keys"),
        ("as_of: 2025-08-31", "as_of: summer", "isolation:"),
        ("as_of: 2025-08-31\n", "", "line 2: exactly the keys as_of, methods"),
        (ONE, "a: [", "isolation:"),
        (ONE, "- 1", "exactly the keys"),
    ],
)
def test_what_is_not_in_the_form_is_told_with_its_line(old: str, new: str, told: str) -> None:
    with pytest.raises(IsolationError, match=told):
        read_isolations(ONE.replace(old, new))


def test_an_id_stands_once() -> None:
    with pytest.raises(IsolationError, match="twice"):
        read_isolations(ONE + ONE[ONE.index("  - id") :])


def test_the_ways_that_come_with_the_product() -> None:
    ways = isolations().methods
    assert len(ways) == 9
    assert {way.id for way in ways} >= {"tape", "disks-in-turn", "nas-while-copying", "fetching-server", "append-only-server", "write-once"}
    assert any(way.cost == "none" for way in ways)
    tape = next(way for way in ways if way.id == "tape")
    # What the seminar doubts about tape stands among its weaknesses.
    assert len(tape.weak) >= 4
    # Each way evidence can show belongs to a method, and what only the ledger says to none.
    shown = {code for way in ways for code in way.seen_by}
    assert shown == {value.code for value in HOW_KNOWN} - {"declared", "nothing"}


def test_every_edition_of_the_fee_says_something_of_every_way() -> None:
    assert "fee" in FAMILIES
    for name in edition_names("fee"):
        assert all(way.counted_by(name) is not None for way in isolations().methods), name
    assert {count.edition for way in isolations().methods for count in way.fee} == set(edition_names("fee"))
