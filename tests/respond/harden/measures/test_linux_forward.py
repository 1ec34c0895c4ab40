"""The list between the zones: only for ports whose users are known, and not where the router changes senders."""

from __future__ import annotations

from tests.respond.harden.linux_small import designed, facts, listens
from tests.respond.harden.small_traffic import looked, machine, row

from omamori.respond.harden.measures.linux_forward import KIND
from omamori.respond.harden.parts import Left, Measure

ROUTER = [
    *machine("router", "10.1.2.1", "network", "linux", forwards=True),
    row("interfaces", asset="router", name="eth1", address="10.1.1.1", prefix=24),
    *(looked("router", table) for table in ("listeners", "connections")),
]


def made(rows):
    with facts([*ROUTER, listens(1433), *rows]) as read:
        return [list(KIND.propose(read, read.machines[name])) for name in ("router", "ehr")]


def test_ports_with_known_users_are_narrowed_on_the_way_and_the_rest_passes() -> None:
    (one,), other = made(designed(1433))
    assert isinstance(one, Measure) and other == []
    text = one.changes[0].text
    assert "policy accept" in text and "ip saddr { 10.1.1.0/24 } ip daddr 10.1.2.5 tcp dport 1433 accept" in text
    assert text.index("1433 accept") < text.index("ip daddr 10.1.2.5 tcp dport 1433 counter drop")
    assert "ehr: 1433/tcp" in one.stops.en and not one.promises


def test_where_nobody_is_known_nothing_is_made() -> None:
    ((one,), _) = made([])
    assert isinstance(one, Left)


def test_a_machine_that_sees_the_router_as_its_peer_is_left_out() -> None:
    ((one,), _) = made(designed(1433, "10.1.2.1"))
    assert isinstance(one, Left)
