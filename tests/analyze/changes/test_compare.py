"""Changes told are changes there were: whatever the order, the timing, who slept, which ports were asked and where the scanner stood."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.analyze.changes.compare import compare_pictures
from omamori.analyze.changes.kinds import NetworkChanges
from omamori.model.declared import Zone
from omamori.snapshot.database import Database

from .world import GENTLE, START, Box, Look, picture, tables

PRODUCTS = (("nginx", "1.24"), ("nginx", "1.26"), ("Apache", "2.4"))
SLOW = settings(
    max_examples=500 if os.environ.get("OMAMORI_TORTURE") else 20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with Database() as opened:
        yield opened


ports = st.dictionaries(st.sampled_from([22, 80, 443, 445, 3389, 104]), st.sampled_from(PRODUCTS), max_size=4)


@st.composite
def networks(draw: st.DrawFn) -> tuple[Box, ...]:
    count = draw(st.integers(1, 5))
    return tuple(Box(number, f"10.1.{number % 2}.{number + 10}", draw(ports)) for number in range(1, count + 1))


@st.composite
def looks(draw: st.DrawFn, boxes: tuple[Box, ...], day: int) -> Look:
    """Any scan of a network on a day, as thorough or careless as scans are."""
    return Look(
        day=day,
        targets=draw(st.sampled_from(["10.1.0.0/24", "10.1.1.0/24"])),
        ports=draw(st.sampled_from([GENTLE, "22,80", "1-1024", "3389"])),
        asleep=draw(st.frozensets(st.sampled_from([box.number for box in boxes]), max_size=2)),
        inside=draw(st.booleans()),
        finished=draw(st.booleans()),
        probes=draw(st.booleans()),
        boxes=boxes,
    )


def told(changes: NetworkChanges) -> set[tuple[str, str, str]]:
    return {(one.kind, one.asset, one.item) for one in changes.changes}


@SLOW
@given(st.data())
def test_a_network_that_did_not_change_has_no_changes_but_who_answered(database: Database, data: st.DataObject) -> None:
    boxes = data.draw(networks())
    before = [data.draw(looks(boxes, day)) for day in range(1, data.draw(st.integers(2, 4)))]
    after = before + [data.draw(looks(boxes, day)) for day in range(10, data.draw(st.integers(11, 14)))]
    changes = compare_pictures(picture(database, tables(before)), picture(database, tables(after)))
    # Who never answered before may do it now; who answered and was asked again may sleep. Nothing else.
    assert {one.kind for one in changes.changes} <= {"new", "reappeared", "not_seen"}, changes.changes
    silent = {box.address for look in after if look.day >= 10 for box in boxes if box.number in look.asleep}
    assert {one.asset for one in changes.changes if one.kind == "not_seen"} <= silent
    never = {box.address for box in boxes} - {box.address for look in before for box in boxes if box.number not in look.asleep}
    assert {one.asset for one in changes.changes if one.kind == "new"} <= never | {
        box.address for look in before for box in boxes if box.number in look.asleep
    }


@SLOW
@given(st.data())
def test_all_awake_and_asked_alike_nothing_is_told_at_all(database: Database, data: st.DataObject) -> None:
    boxes = data.draw(networks())
    first = replace(data.draw(looks(boxes, 1)), asleep=frozenset())
    second = replace(first, day=10, probes=data.draw(st.booleans()))
    changes = compare_pictures(picture(database, tables([first])), picture(database, tables([first, second])))
    assert changes.changes == ()


@SLOW
@given(st.data(), st.integers(0, 1000))
def test_order_of_rows_and_the_same_file_again_make_no_difference(database: Database, data: st.DataObject, seed: int) -> None:
    boxes = data.draw(networks())
    other = tuple(replace(box, ports=data.draw(ports)) for box in boxes)
    before = tables([data.draw(looks(boxes, 1))])
    after = tables([data.draw(looks(boxes, 1)), data.draw(looks(other, 10))])
    first = compare_pictures(picture(database, before), picture(database, after))
    twice = [*after, *(row for row in after if type(row).__name__ == "Scan")]
    assert compare_pictures(picture(database, before, shuffle=seed), picture(database, twice, shuffle=seed + 1)) == first
    assert compare_pictures(picture(database, after), picture(database, twice)).changes == ()


@SLOW
@given(st.data())
def test_a_scan_of_an_earlier_day_that_came_in_late_is_no_news(database: Database, data: st.DataObject) -> None:
    boxes = data.draw(networks())
    older = tuple(replace(box, ports=data.draw(ports), address=box.address + "0") for box in boxes)
    known = [Look(day=10, targets=targets, boxes=boxes) for targets in ("10.1.0.0/24", "10.1.1.0/24")]
    late = [*known, data.draw(looks(older, 1))]
    changes = compare_pictures(picture(database, tables(known)), picture(database, tables(late)))
    assert changes.changes == ()
    assert [one.reason for one in changes.uncompared] == ["no_new_scan"]


@SLOW
@given(st.data())
def test_ports_told_are_those_that_changed_and_all_of_them_where_both_sides_asked(database: Database, data: st.DataObject) -> None:
    boxes = data.draw(networks())
    now = tuple(replace(box, ports=data.draw(ports)) for box in boxes)
    careful = [[Look(day=day, targets=f"10.1.{net}.0/24", boxes=there) for net in (0, 1)] for day, there in ((1, boxes), (10, now))]
    changes = compare_pictures(picture(database, tables(careful[0])), picture(database, tables([*careful[0], *careful[1]])))
    truth = set()
    for was, box in zip(boxes, now, strict=True):
        truth |= {("opened", box.address, f"{port}/tcp") for port in box.ports.keys() - was.ports.keys()}
        truth |= {("closed", box.address, f"{port}/tcp") for port in was.ports.keys() - box.ports.keys()}
        for port in was.ports.keys() & box.ports.keys():
            if was.ports[port] != box.ports[port]:
                truth.add(("service" if was.ports[port][0] != box.ports[port][0] else "version", box.address, f"{port}/tcp"))
    assert told(changes) == truth
    # However carelessly it was looked at the second time: nothing is told that is not so.
    careless = [*careful[0], data.draw(looks(now, 10)), data.draw(looks(now, 11))]
    some = compare_pictures(picture(database, tables(careful[0])), picture(database, tables(careless)))
    assert {one for one in told(some) if one[0] in ("opened", "closed", "service", "version")} <= truth


@SLOW
@given(st.data())
def test_an_address_that_got_a_name_by_new_evidence_is_told_as_that_alone(database: Database, data: st.DataObject) -> None:
    boxes = data.draw(networks())
    both = [Look(day=1, targets=f"10.1.{net}.0/24", boxes=boxes, inside=data.draw(st.booleans())) for net in (0, 1)]
    named = {box.number: f"ward-pc{box.number}" for box in boxes if data.draw(st.booleans())}
    changes = compare_pictures(picture(database, tables(both)), picture(database, tables(both, named)))
    assert {(one.kind, one.before, one.asset) for one in changes.changes} == {
        ("known_as", box.address, named[box.number]) for box in boxes if box.number in named
    }


BOXES = (Box(1, "10.1.0.11", {80: ("nginx", "1")}), Box(2, "10.1.0.12", {445: ("Samba", "4")}), Box(3, "10.1.0.13"))


def compared(database: Database, before: list[Look], after: list[Look]) -> NetworkChanges:
    return compare_pictures(picture(database, tables(before)), picture(database, tables([*before, *after])))


def test_a_device_nobody_had_is_new_and_one_in_a_network_nobody_asked_is_not(database: Database) -> None:
    more = (*BOXES, Box(9, "10.1.0.99"), Box(8, "10.1.1.8"))
    first = Look(day=1, boxes=BOXES)
    changes = compared(database, [first], [Look(day=9, boxes=more), Look(day=9, targets="10.1.1.0/24", boxes=more)])
    (new,) = changes.changes
    assert (new.kind, new.asset, new.since, new.declared, new.nameless) == ("new", "10.1.0.99", first.began, False, False)
    assert new.evidence_before and new.evidence_after
    assert [(one.reason, one.machines) for one in changes.uncompared] == [("first_look", ("10.1.1.8",))]


def test_who_does_not_answer_is_not_seen_since_and_then_answers_again(database: Database) -> None:
    first, second = Look(day=1, boxes=BOXES), Look(day=9, boxes=BOXES, asleep=frozenset({2}))
    (gone,) = compared(database, [first], [second]).changes
    assert (gone.kind, gone.asset, gone.since) == ("not_seen", "10.1.0.12", first.began + timedelta(minutes=1))
    assert compared(database, [first, second], [replace(second, day=20)]).changes == (), "told once"
    (back,) = compared(database, [first, second], [Look(day=20, boxes=BOXES)]).changes
    assert (back.kind, back.asset, back.since) == ("reappeared", "10.1.0.12", gone.since)


def test_a_network_in_which_nothing_answered_was_not_reached(database: Database) -> None:
    changes = compared(database, [Look(day=1, boxes=BOXES)], [Look(day=9, boxes=())])
    assert changes.changes == ()
    assert [(one.reason, len(one.machines)) for one in changes.uncompared] == [("not_asked", 3)]


def test_from_another_stand_ports_are_not_compared_and_that_is_told(database: Database) -> None:
    now = (replace(BOXES[0], ports={80: ("nginx", "1"), 3389: ("", "")}), replace(BOXES[1], ports={}), BOXES[2])
    changes = compared(database, [Look(day=1, boxes=BOXES)], [Look(day=9, boxes=now, inside=False)])
    assert changes.changes == ()
    assert ("other_stand", 3) in [(one.reason, len(one.machines)) for one in changes.uncompared]


def test_who_is_silent_towards_another_stand_is_not_missed(database: Database) -> None:
    elsewhere = Look(day=9, boxes=BOXES, asleep=frozenset({2}), inside=False)
    changes = compared(database, [Look(day=1, boxes=BOXES)], [elsewhere])
    assert changes.changes == ()
    assert [(one.reason, one.machines) for one in changes.uncompared] == [("other_stand", ("10.1.0.11", "10.1.0.12", "10.1.0.13"))]


def test_a_port_that_was_open_and_was_not_asked_again_is_told_as_that(database: Database) -> None:
    then = Look(day=9, boxes=(BOXES[0], replace(BOXES[1], ports={22: ("OpenSSH", "")}), BOXES[2]), ports="22,80")
    changes = compared(database, [Look(day=1, boxes=BOXES)], [then])
    assert told(changes) == {("opened", "10.1.0.12", "22/tcp")}, "445 was not asked: it is not closed"
    assert [(one.reason, one.machines) for one in changes.uncompared] == [("ports_not_asked", ("10.1.0.12",))]


def test_a_machine_that_moved_is_one_machine_and_its_ports_are_compared(database: Database) -> None:
    moved = (BOXES[0], Box(2, "10.1.1.44", {}), BOXES[2])
    zones = [Zone(zone="EHR", networks="10.1.0.0/24"), Zone(zone="Office", networks="10.1.1.0/24")]
    first = [Look(day=1, boxes=BOXES), Look(day=1, targets="10.1.1.0/24", boxes=(Box(7, "10.1.1.7"),))]
    then = [Look(day=9, boxes=moved), Look(day=9, targets="10.1.1.0/24", boxes=(*moved, Box(7, "10.1.1.7")))]
    changes = compare_pictures(picture(database, [*tables(first), *zones]), picture(database, [*tables([*first, *then]), *zones]))
    assert told(changes) == {("zone", "10.1.1.44", ""), ("closed", "10.1.1.44", "445/tcp")}
    (move,) = [one for one in changes.changes if one.kind == "zone"]
    assert (move.before, move.after) == ("10.1.0.12 (EHR)", "10.1.1.44 (Office)")


def test_another_machine_at_an_address_is_new_and_the_old_one_is_named(database: Database) -> None:
    now = (BOXES[0], Box(5, "10.1.0.12", {22: ("OpenSSH", "9")}), BOXES[2])
    changes = compared(database, [Look(day=1, boxes=BOXES)], [Look(day=9, boxes=now)])
    (new,) = [one for one in changes.changes if one.kind == "new"]
    assert (new.asset, new.before) == ("10.1.0.12", "10.1.0.12")
    assert not [one for one in changes.changes if one.kind in ("opened", "closed")]


def test_without_an_earlier_or_any_scan_that_is_said(database: Database) -> None:
    nothing, scanned = picture(database, []), picture(database, tables([Look(day=1, boxes=BOXES)]))
    assert [one.reason for one in compare_pictures(nothing, nothing).uncompared] == ["no_scan"]
    first = compare_pictures(nothing, scanned)
    assert ([one.reason for one in first.uncompared], first.changes) == (["no_earlier_scan"], ())
    assert (first.scanned_before, first.scanned_after) == (None, START + timedelta(days=1))
