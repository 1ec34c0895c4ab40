"""Boxes drop exactly what a crossing names but what is never blocked: for any packet, whatever the shapes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.respond.isolate.boxes import Box, boxes
from omamori.respond.isolate.parts import Crossing, NeverBlocked

ranges = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: ((min(pair), max(pair)),))
sides = st.one_of(st.none(), ranges)
held = st.builds(
    NeverBlocked, st.just("n"), ranges, ranges, st.sampled_from([None, "tcp", "udp"]), st.sampled_from([None, 1, 2]), st.just("")
)
packets = st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["tcp", "udp", "other"]), st.integers(0, 3), st.integers(0, 3))


def within(number: int, spans: tuple[tuple[int, int], ...] | None) -> bool:
    return spans is None or any(first <= number <= last for first, last in spans)


def dropped(found: list[Box], packet: tuple[int, int, str, int, int]) -> bool:
    source, target, protocol, port, sender = packet
    return any(
        within(source, box.sources)
        and within(target, box.destinations)
        and box.protocol in ("any", protocol)
        and within(port, box.destination_ports)
        and within(sender, box.source_ports)
        for box in found
    )


def kept(one: NeverBlocked, packet: tuple[int, int, str, int, int], *, answers: bool) -> bool:
    source, target, protocol, port, sender = packet
    named = one.protocol == protocol if one.protocol else one.port is None or protocol in ("tcp", "udp")
    way = within(source, one.sources) and within(target, one.destinations) and one.port in (None, port)
    back = answers and within(target, one.sources) and within(source, one.destinations) and one.port in (None, sender)
    return named and (way or back)


@settings(max_examples=150, deadline=None)
@given(sides, sides, st.lists(held, max_size=3), st.booleans(), packets)
def test_boxes_are_the_crossing_without_what_is_never_blocked(one, other, never, answers, packet) -> None:  # type: ignore[no-untyped-def]
    crossing = Crossing(one, other)
    source, target = packet[:2]
    meant = (within(source, one) and within(target, other)) or (within(source, other) and within(target, one))
    expected = meant and not any(kept(held, packet, answers=answers) for held in never)
    assert dropped(boxes(crossing, never, answers=answers), packet) == expected


def test_what_all_protocols_share_is_said_once() -> None:
    assert [box.protocol for box in boxes(Crossing(((1, 2),), ((5, 6),)), (), answers=True)] == ["any", "any"]
