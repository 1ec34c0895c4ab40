"""Alternatives of a rule: what is known and what is not, and ports that stand in two lists."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.device.extent import ANY
from omamori.parse.device.objects import Extent, Part, Service, Side, both, joined, product, sides

ONE = ((0x0A000001, 0x0A000001),)


def test_sides() -> None:
    assert sides(Extent(ONE), negate=False) == [Side("10.0.0.1")]
    assert sides(Extent(ONE, ((None, "x"),)), negate=False) == [Side("10.0.0.1"), Side(None, "x")]
    assert sides(Extent((), ((ONE, "x"),)), negate=False) == [Side("10.0.0.1", "x")]
    assert sides(Extent(ONE), negate=True) == [Side("!10.0.0.1")]
    assert sides(Extent(ANY), negate=True) == []
    assert sides(Extent((), ((None, "x"),)), negate=True) == [Side(None, "not x")]


def test_product_carries_every_doubt() -> None:
    service = Service((Part("tcp", None, "80"), Part("udp", None, "53")), ("odd",))
    told = [
        (part.protocol, part.ports, doubt)
        for part, _, _, doubt in product([Side("10.0.0.1")], [Side(None, "x", "dnat", "tcp", "80-90")], service, ["y"])
    ]
    assert told == [("tcp", "80", "y; x"), ("tcp", "80-90", "y; x; odd")]


def test_joined() -> None:
    assert joined([Part("tcp", None, "80"), Part("tcp", None, "443"), Part("udp")]) == (Part("tcp", None, "80,443"), Part("udp"))
    assert joined([Part("tcp", None, "80"), Part()]) == (Part(),)


PORTS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 40)).map(lambda pair: (pair[0], pair[0] + pair[1])), min_size=1, max_size=5)


def text(ranges: list[tuple[int, int]]) -> str:
    return ",".join(f"{low}-{high}" for low, high in ranges)


@given(PORTS, PORTS, st.integers(0, 340))
def test_ports_in_both(one: list[tuple[int, int]], other: list[tuple[int, int]], port: int) -> None:
    def holds(ranges: list[tuple[int, int]]) -> bool:
        return any(low <= port <= high for low, high in ranges)

    found = both(text(one), text(other)) or ""
    pairs = [tuple(map(int, (part.split("-") * 2)[:2])) for part in found.split(",") if part]
    assert holds([(low, high) for low, high in pairs]) == (holds(one) and holds(other))
    assert both(None, "7") == "7" and both("7", None) == "7" and both(None, None) is None
