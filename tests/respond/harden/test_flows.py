"""What an allow-list has to hold: seen from both ends, by logs, declared; what cannot be told is a doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.respond.harden.small_traffic import MOMENT, facts_of, looked, machine, row, zones

from omamori.respond.harden.flows import Allowed, allowed, declared_networks
from omamori.respond.harden.parts import Observed

EHR, PC, OTHER = "10.1.2.5", "10.1.1.10", "10.1.1.11"


def of(rows: Iterable[Any], asset: str = "ehr", days: int = 30) -> Allowed:
    base = [*machine("ehr", EHR, "server", zone="servers"), *machine("pc", PC, dhcp=True), *machine("pc2", OTHER), *zones()]
    with facts_of([*base, *rows], days) as facts:
        return allowed(facts, facts.machines[asset])


def connection(asset: str, local: tuple[str, int], peer: tuple[str, int], direction: str | None, ago: float = 1) -> Any:
    return row(
        "connections", asset=asset, seen=MOMENT - timedelta(days=ago), protocol="tcp", direction=direction, local_address=local[0],
        local_port=local[1], peer_address=peer[0], peer_port=peer[1], peer_scope="private", evidence=f"{asset}:{int(ago)}",
    )  # fmt: skip


def inbound(found: Allowed) -> set[tuple[str, int | None]]:
    return {(one.peer, one.port) for one in found.inbound}


def test_both_ends_and_a_log_tell_one_flow_and_a_dropped_packet_none() -> None:
    found = of(
        [
            connection("ehr", (EHR, 445), (OTHER, 50123), "in", ago=3),
            connection("pc2", (OTHER, 50999), (EHR, 445), "out", ago=2),
            row("flows", asset="fw", protocol="tcp", source_address=OTHER, destination_address=EHR, destination_port=445,
                first_seen=MOMENT - timedelta(days=9), last_seen=MOMENT - timedelta(days=7), action="accept", evidence="log:1"),
            row("flows", asset="fw", protocol="tcp", source_address=OTHER, destination_address=EHR, destination_port=3389,
                last_seen=MOMENT - timedelta(days=1), action="drop"),
            row("followed_connections", asset="router", seen=MOMENT, protocol="tcp", source_address=EHR, destination_address="10.1.2.9",
                destination_port=1433, evidence="ct:1"),
        ]
    )  # fmt: skip
    (one,) = found.inbound
    assert (one.peer, one.port, one.asset, one.days, one.declared) == (OTHER, 445, "pc2", 4, False)
    assert one.first == MOMENT - timedelta(days=9) and one.last == MOMENT - timedelta(days=2) and one.evidence == ("ehr:3", "log:1")
    assert [str(network.first) for network in one.networks] == [OTHER] and not one.moving
    assert [(out.peer, out.port) for out in found.outbound] == [("10.1.2.9", 1433)]


def test_what_lies_further_back_than_the_days_asked_is_no_use() -> None:
    assert inbound(of([connection("ehr", (EHR, 445), (OTHER, 5), "in", ago=29)])) == {(OTHER, 445)}
    assert inbound(of([connection("ehr", (EHR, 445), (OTHER, 5), "in", ago=31)])) == set()


def test_a_peer_whose_address_changes_may_be_anywhere_in_its_zone() -> None:
    (one,) = of([connection("ehr", (EHR, 445), (PC, 50123), "in")]).inbound
    assert one.moving and {str(network.last) for network in one.networks} == {PC, "10.1.1.255"}


def test_where_nobody_knows_who_began_a_port_that_listens_is_the_service() -> None:
    listens = row("listeners", asset="ehr", protocol="tcp", port=445)
    found = of([listens, connection("ehr", (EHR, 445), (OTHER, 50123), None), connection("ehr", (EHR, 50001), ("10.1.2.9", 88), None)])
    assert inbound(found) == {(OTHER, 445)} and [(one.peer, one.port) for one in found.outbound] == [("10.1.2.9", 88)]


def test_designed_flows_count_from_both_sides_and_what_is_not_needed_is_told_apart() -> None:
    def designed(asset: str, peer: str, port: int, direction: str = "in", needed: str = "yes") -> Any:
        return row("designed_flows", asset=asset, peer=peer, direction=direction, port=port, protocol="tcp", needed=needed, evidence="l:1")

    found = of(
        [
            designed("ehr", "wards", 443),
            designed("pc2", "ehr", 8080, "out"),
            designed("ehr", "10.1.9.0/24", 22, needed="unknown"),
            designed("ehr", "pc2", 3389, needed="no"),
            connection("ehr", (EHR, 3389), (OTHER, 50123), "in"),
            designed("ehr", "the old server", 21),
        ]
    )
    assert inbound(found) == {("wards", 443), ("pc2", 8080), ("the old server", 21)}
    assert [(one.peer, one.port) for one in found.unwanted] == [(OTHER, 3389)]
    lost = next(one for one in found.inbound if one.port == 21)
    assert not lost.networks and any("the old server" in doubt.en for doubt in found.doubts)
    assert [one.peer for one in found.to("tcp", 443)] == ["wards"] and not found.to("udp", 443)


def test_days_with_a_look_count_and_five_within_an_afternoon_do_not_suffice() -> None:
    watched = of([looked("ehr", "connections", days_ago=ago) for ago in (0, 1, 3, 5, 9)])
    assert watched.enough and watched.observed.days == 5 and watched.observed.looks == 5
    assert not of([looked("ehr", "connections", days_ago=ago / 10) for ago in range(5)]).enough
    partly = of([looked("ehr", "connections", days_ago=ago, complete=False) for ago in (0, 1, 3, 5, 9)])
    assert not partly.enough and any("never looked at" in doubt.en for doubt in partly.doubts)


def test_logs_of_others_alone_never_say_that_nobody_uses_a_port() -> None:
    told = Observed("ehr", MOMENT - timedelta(days=9), MOMENT, days=9, looks=0)
    assert not Allowed((), (), told).enough and Allowed((), (), replace(told, looks=1)).enough


def test_networks_of_the_hospital_leave_those_outside_out() -> None:
    with facts_of(zones()) as facts:
        assert [str(network.first) for network in declared_networks(facts)] == ["10.1.2.0", "10.1.1.0"]
