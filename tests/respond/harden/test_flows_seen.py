"""Sightings: networks of logs, days, what is no machine's address."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.respond.harden.small import MOMENT, row

from omamori.respond.harden.flows_seen import own_looks, seen_flows
from omamori.snapshot.database import Database

EHR = "10.1.2.5"


def seen(*rows: Any) -> list[Any]:
    with Database() as database:
        database.insert(rows)
        return list(seen_flows(database, "ehr", [EHR], MOMENT - timedelta(days=30)))


def flow(source: str, target: str, **more: Any) -> Any:
    more = {"last_seen": MOMENT, "evidence": "log:1", **more}
    return row("flows", asset="fw", protocol="tcp", source_address=source, destination_address=target, destination_port=443, **more)


def test_addresses_a_log_put_together_hold_the_machine_and_days_are_counted() -> None:
    first = datetime(2026, 5, 20, 8)
    found = seen(
        flow("10.1.1.0/24", "10.1.2.0/24", first_seen=first, by_day="2026-05-20=3/10 2026-05-25=1/0 nonsense"),
        flow("10.1.1.9", "10.1.3.0/24"),
        flow(EHR, "10.1.1.9", last_seen=MOMENT - timedelta(days=40)),
    )
    (one,) = found
    assert (one.inbound, one.peer, one.outside) == (True, "10.1.1.0/24", True)
    assert one.on == {date(2026, 5, 20), date(2026, 5, 25), date(2026, 6, 1)}


def test_the_machine_itself_and_addresses_of_nobody_are_no_peers() -> None:
    def own(peer: str | None) -> Any:
        return row(
            "connections", asset="ehr", seen=MOMENT, direction="in", protocol="tcp", local_address=EHR, local_port=1, peer_address=peer
        )

    assert not seen(own("0.0.0.0"), own("224.0.0.251"), own("::1"), own(EHR), own(None), own("no address"))  # noqa: S104 - read, not bound
    assert [one.peer for one in seen(own("fe80::1%5"))] == ["fe80::1"]


def test_a_look_that_was_not_whole_is_none() -> None:
    with Database() as database:
        database.insert(
            row("collected", asset="ehr", table_name="connections", seen=MOMENT - timedelta(days=ago), complete=whole)
            for ago, whole in ((1, True), (2, False), (31, True))
        )
        assert own_looks(database, "ehr", MOMENT - timedelta(days=30)) == (MOMENT - timedelta(days=1),)
