"""Who talks to whom by zone: folded from logs and connections, held against the design and the rules."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address

import pytest

from omamori.analyze.zone_flows import ANALYZER
from omamori.model.declared import DesignedFlow, LedgerAsset, Zone
from omamori.model.derived import Asset
from omamori.model.look import Collected
from omamori.model.network import Connection
from omamori.model.sightings import Flow
from omamori.model.traffic import ZoneFlow
from omamori.model.ways_in import Reachable

LOOKS = {"fw": ("flows",), "ehr": ("connections",), "*": ("designed_flows", "ledger_assets", "zones", "reachability")}
BASE = [
    Asset(asset="ehr", zone="EHR"),
    Asset(asset="fw"),
    LedgerAsset(asset="ehr", address="10.1.0.11"),
    Zone(zone="EHR", networks="10.1.0.0/16"),
    Zone(zone="office", networks="10.2.0.0/16"),
    Zone(zone="net", kind="external", networks="203.0.113.0/24"),
    DesignedFlow(asset="ehr", peer="office", direction="in", port=443, protocol="tcp", needed="yes"),
]
MAY = datetime(2026, 5, 1)


def flow(source, destination, port, action="accept", times=1, **more):
    return Flow(
        asset="fw", protocol="tcp", source_address=source, destination_address=destination, destination_port=port, action=action,
        times=times, first_seen=MAY, last_seen=MAY, **more,
    )  # fmt: skip


def reach(first, last, ports=(None, None), sources=None, reach="open"):
    return Reachable(
        origin="office", zone="EHR", address_first=int(ip_address(first)), address_last=int(ip_address(last)), protocol="tcp",
        port_first=ports[0], port_last=ports[1], sources=sources, reach=reach,
    )  # fmt: skip


def found(run, rows, looks=LOOKS):
    done = run(ANALYZER, [*BASE, *rows], looks)
    return {(row.from_zone or row.from_kind, row.to_zone or row.to_kind, row.port): row for row in done if isinstance(row, ZoneFlow)}, done


def test_logs_and_connections_of_one_service_are_one_row(run) -> None:
    talk = Connection(
        asset="ehr", protocol="tcp", direction="in", local_address="10.1.0.11", local_port=443, peer_address="10.2.0.6", peer_port=50000,
        seen=datetime(2026, 5, 3), peer_scope="private",
    )  # fmt: skip
    rows, _ = found(run, [flow("10.2.0.5", "10.1.0.11", 443, times=4, bytes=900), flow("10.2.0.5", "10.1.0.11", 443, "drop", 2), talk])
    row = rows[("office", "EHR", 443)]
    assert (row.pairs, row.times, row.stopped, row.bytes, row.seen_in) == (2, 7, 2, 900, "connections,logs")
    assert (row.first_seen, row.last_seen, row.designed) == (MAY, datetime(2026, 5, 3), True)


def test_what_nobody_designed_is_told_with_its_pair_and_what_was_stopped_is_not(run) -> None:
    rows, _ = found(
        run,
        [
            flow("10.2.0.5", "10.1.0.11", 3389),
            flow("10.2.0.9", "10.1.0.11", 22, "drop"),
            flow("203.0.113.9", "10.1.0.12", 25),
            flow("10.9.0.1", "10.2.0.1", 80),
        ],
    )
    row = rows[("office", "EHR", 3389)]
    assert (row.designed, row.undesigned, row.example) == (False, 1, "10.2.0.5 > 10.1.0.11")
    stopped = rows[("office", "EHR", 22)]
    assert (stopped.designed, stopped.undesigned, stopped.stopped) == (None, 0, 1)
    assert rows[("outside", "EHR", 25)].designed is None, "nobody decided on that machine's connections"
    assert ("unknown", "office", 80) in rows


def test_packets_without_a_machine_are_left_out(run) -> None:
    rows, _ = found(run, [flow("10.2.0.5", "224.0.0.251", 5353), flow("10.2.0.5", "255.255.255.255", 67), flow("127.0.0.1", "10.1.0.1", 1)])
    assert rows == {}


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ([], False),
        ([reach("10.1.0.0", "10.1.255.255")], True),
        ([reach("10.1.0.11", "10.1.0.11", (3389, 3389))], True),
        ([reach("10.1.0.11", "10.1.0.11", (22, 3388))], False),
        ([reach("10.1.0.12", "10.1.0.20")], False),
        ([reach("10.1.0.0", "10.1.0.255", sources="10.2.0.4,10.2.0.5/32")], True),
        ([reach("10.1.0.0", "10.1.0.255", sources="10.2.0.6/32")], False),
        ([reach("10.1.0.0", "10.1.0.255", reach="unknown")], None),
        (
            [
                reach("10.1.0.0", "10.1.255.255", (80, 80)),
                reach("10.1.0.10", "10.1.0.10"),
                reach("10.1.0.11", "10.1.0.12", reach="one-way"),
            ],
            True,
        ),
    ],
)
def test_the_rules_are_asked(run, rules, allowed) -> None:
    rows, _ = found(run, [flow("10.2.0.5", "10.1.0.11", 3389), *rules])
    assert rows[("office", "EHR", 3389)].allowed is allowed


def test_rules_nobody_knows_whole_stop_nothing_for_certain(run) -> None:
    looks = {**LOOKS, "*": ("designed_flows", "ledger_assets", "zones")}
    rows, done = found(run, [flow("10.2.0.5", "10.1.0.11", 3389)], looks)
    assert rows[("office", "EHR", 3389)].allowed is None
    (look,) = [row for row in done if isinstance(row, Collected)]
    assert look.complete and "allowed" in look.missing


def test_without_any_log_nobody_knows(run) -> None:
    _, done = found(run, [], {"*": ("designed_flows", "ledger_assets", "zones", "reachability")})
    (look,) = [row for row in done if isinstance(row, Collected)]
    assert not look.complete and look.reason == "not_collected"
