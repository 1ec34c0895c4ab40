"""Packets on their way: what a translation changes, and their answers."""

from __future__ import annotations

from omamori.analyze.reach.cubes import DST, SRC, Space
from omamori.analyze.reach.flow import Flow, answered, answers, came_back

SPACE = Space((10, 11, 20, 21), (80, 81), (), ())


def flow():
    address = SPACE.address
    cube = (address.mask(((10, 10),)), address.mask(((20, 20),)), SPACE.service(((6, 6),), ((80, 80),)), SPACE.port.all)
    return Flow(cube)


def test_a_translation_keeps_how_packets_began():
    moved = flow().put(DST, SPACE.address.at(0))
    assert moved.began() == flow().cube
    assert moved.narrowed(SRC, SPACE.address.at(20)) is None


def test_answers_have_changed_places_and_lead_back_to_their_first_packets():
    (answer,), silent = answers(SPACE, flow())
    assert silent == [] and came_back(answer)
    assert (answer.cube[SRC], answer.cube[DST]) == (flow().cube[DST], flow().cube[SRC])
    assert answered(SPACE, answer) == flow().cube
    (answer,), _ = answers(SPACE, flow().put(DST, SPACE.address.at(0)))
    assert not came_back(answer)
    assert answered(SPACE, answer) == flow().cube


def test_messages_of_icmp_that_ask_for_nothing_have_no_answer():
    cube = (*flow().cube[:2], SPACE.service(((1, 1),), ((3, 3), (8, 8))), SPACE.port.all)
    found, silent = answers(SPACE, Flow(cube))
    assert [SPACE.told(one.cube[2]) for one in found] == [((1, ((0, 0),)),)]
    assert all(kind not in SPACE.told(one.cube[2])[0][1] for one in silent for kind in ((8, 8),))
    assert len(silent) >= 1
