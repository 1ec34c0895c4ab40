"""Which ports are narrowed, and to whom: by what was seen and declared, and not at all where that cannot be told."""

from __future__ import annotations

from tests.respond.harden.linux_small import SERVER, designed, facts, found, listens, talks
from tests.respond.harden.small_traffic import looked

from omamori.model.text import Text
from omamori.respond.harden.measures.linux_gate import Gate, gate_of


def doors(rows):
    with facts(rows) as read:
        gate = gate_of(read, read.machines[SERVER])
    assert isinstance(gate, Gate)
    return {
        (one.protocol, one.port): (one.why, None if one.sources is None else [str(each.first) for each in one.sources])
        for one in gate.doors
    }


def test_declared_ports_are_narrowed_to_those_declared_and_seen() -> None:
    assert doors([listens(1433), listens(22), *designed(1433), talks(1433, "10.1.2.9")]) == {
        ("tcp", 22): ("", None),
        ("tcp", 1433): ("declared", ["10.1.1.0", "10.1.2.9"]),
    }


def test_what_the_ledger_does_not_list_is_closed_but_for_those_seen() -> None:
    unlisted = [found("differences.listener_undeclared", "3389", "tcp"), found("differences.listener_undeclared", "21", "tcp")]
    udp = [listens(51820, protocol="udp"), found("differences.listener_undeclared", "51820", "udp")]
    assert doors([listens(3389), listens(21), *unlisted, *udp, talks(21, "10.1.1.10")]) == {
        ("tcp", 21): ("unlisted", ["10.1.1.10"]),
        ("tcp", 3389): ("unlisted", []),
        ("udp", 51820): ("", None),
    }, "who uses a UDP port is not seen by a look at its own connections"


def test_a_week_of_looks_decides_what_nobody_declared() -> None:
    week = [looked(SERVER, "connections", days_ago=day) for day in (1, 2, 4, 6, 8)]
    assert doors([listens(443), talks(443, "10.1.1.10"), *week[:3]]) == {("tcp", 443): ("", None)}
    assert doors([listens(443), talks(443, "10.1.1.10"), *week]) == {("tcp", 443): ("seen", ["10.1.1.10"])}


def test_a_peer_without_a_known_address_keeps_its_port_open() -> None:
    assert doors([listens(1433), *designed(1433, "a place nobody knows")]) == {("tcp", 1433): ("", None)}


def test_ports_that_change_at_every_start_are_not_listed() -> None:
    with facts([listens(40321, "rpc.mountd"), listens(2049)]) as read:
        assert isinstance(gate_of(read, read.machines[SERVER]), Text)
