"""From the tables to the hospital: what is read, and that the order of rows makes no difference."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_hospitals import HOSTILE, MOMENT

from omamori.map.hospital import OUTSIDE, Hospital
from omamori.map.picture import LAYERS, picture
from omamori.map.read import read_hospital
from omamori.model.declared import LedgerAsset, RemoteLine, Site, Zone, ZoneNetwork
from omamori.model.derived import Asset, Deviation, Peer, RemoteAccess
from omamori.model.look import Collected, Verdict
from omamori.model.network import Neighbour
from omamori.model.recognised import RecognisedMachine, RecognisedService
from omamori.model.sightings import Flow, NetworkHost
from omamori.snapshot.database import Database


def verdict(subject: str, severity: str, check: str = "a.b", said: str = "fail") -> Verdict:
    return Verdict(
        check_id=check,
        subject=subject,
        finding_key=subject,
        verdict=said,
        severity=severity,
        message_ja="見つかった",
        message_en="found",
        evidence="aa:1",
    )


def zone(name: str, kind: str, network: str, first: int, last: int) -> list[Any]:
    return [Zone(zone=name, kind=kind, networks=network), ZoneNetwork(zone=name, network=network, network_first=first, network_last=last)]


TEN = 10 << 24
ROWS: list[Any] = [
    Site(name="Test Hospital"),
    Collected(asset="*", table_name="zones", complete=True),
    *zone("LAN", "ehr", "10.1.0.0/16", TEN + (1 << 16), TEN + (1 << 16) + 65535),
    *zone("Monitors", "medical", "10.5.0.0/24", TEN + (5 << 16), TEN + (5 << 16) + 255),
    *zone("DMZ", "dmz", "10.9.0.0/24", TEN + (9 << 16), TEN + (9 << 16) + 255),
    Asset(asset="ehr1", role="server", zone="LAN", important=True, declared=True, observed=True),
    Asset(asset="pc1", role="client", zone="LAN", declared=True, observed=True),
    Asset(asset="ct1", role="medical", zone="LAN", medical=True, declared=True),
    Asset(asset="gw1", role="network", zone="LAN", declared=True),
    Asset(asset="vpnbox", role="network", zone="LAN", declared=True),
    Asset(asset="pi", zone="LAN", declared=False, observed=True),
    Asset(asset="web1", role="server", zone="DMZ", declared=True, observed=True),
    LedgerAsset(asset="ehr1", address="10.1.0.11", purpose="EHR"),
    LedgerAsset(asset="gw1", address="10.1.0.2 10.5.0.1"),
    LedgerAsset(asset="vpnbox", address="10.1.0.1"),
    RecognisedMachine(asset="ehr1", kind="hypervisor", kind_certainty="probable", maker="ACME"),
    RecognisedService(asset="ehr1", service="dicom", port=104),
    NetworkHost(asset="ct1", address="10.1.0.40"),
    Neighbour(asset="pc1", address="10.1.0.1", mac="00:00:5e:00:53:01", state="reachable"),
    Neighbour(asset="pc1", address="10.1.0.2", state="failed"),
    RemoteLine(line="VPN", kind="ssl-vpn", vendor="V", lands_in="LAN", device_address="10.1.0.1", last_used=date(2026, 5, 1)),
    RemoteLine(line="LTE", kind="lte", vendor="V", lands_in="LAN", device_address="10.1.0.250"),
    RemoteAccess(asset="pc1", product="anydesk", kind="remote-control", running=True, declared=False),
    RemoteAccess(asset="ehr1", product="vnc", kind="remote-control", running=True, declared=False),
    RemoteAccess(asset="web1", product="openvpn", kind="vpn", running=True, declared=True),
    RemoteAccess(asset="pi", product="openvpn", kind="vpn", running=False, declared=False),
    Peer(asset="pi", direction="out", peer="203.0.113.9", peer_scope="public", protocol="tcp", port=22),
    Peer(asset="web1", direction="in", peer="203.0.113.7", peer_scope="public", protocol="tcp", port=443),
    Peer(asset="pc1", direction="out", peer="10.1.0.11", peer_asset="ehr1", peer_scope="private", protocol="tcp", port=443, designed=True),
    Peer(
        asset="pc1", direction="out", peer="10.1.0.11", peer_asset="ehr1", peer_scope="private", protocol="tcp", port=3389, designed=False
    ),
    Flow(asset="gw1", source_address="10.1.0.11", destination_address="10.5.0.7", destination_port=2575, protocol="tcp", action="accept"),
    Flow(asset="gw1", source_address="10.1.0.11", destination_address="10.5.0.8", destination_port=445, protocol="tcp", action="drop"),
    Deviation(asset="pc1", kind="undeclared-neighbour", item="10.5.0.9", observed="00:00:5e:00:53:99", evidence="bb:7"),
    Deviation(asset="pc1", kind="undeclared-neighbour", item="192.168.1.1"),
    Deviation(asset="ehr1", kind="undeclared-listener", item="8042/tcp", evidence="cc:1"),
    verdict("ehr1", "high", "a.one"),
    verdict("ehr1", "critical", "a.two"),
    verdict("ehr1", "low", "a.three", "unknown"),
    verdict("ehr1", "low", "a.four", "pass"),
    verdict("VPN", "critical", "lines.x"),
]


def read(rows: list[Any]) -> Hospital:
    with Database() as database:
        database.insert(rows)
        return read_hospital(database, MOMENT)


@pytest.fixture(scope="module")
def hospital() -> Hospital:
    return read(ROWS)


def test_machines_have_their_kind_and_what_was_found(hospital: Hospital) -> None:
    ehr = next(one for one in hospital.machines if one.name == "ehr1")
    assert (ehr.kind, ehr.sure, ehr.maker, ehr.purpose, ehr.important) == ("hypervisor", False, "ACME", "EHR", True)
    assert (ehr.judged.counts, ehr.judged.unknown, ehr.judged.worst) == ((1, 1, 0, 0), 1, "critical")
    assert [found.check for found in ehr.judged.found] == ["a.two", "a.one"], "the gravest first"
    assert ehr.services == ("dicom",)
    assert [one.item for one in ehr.deviations] == ["8042/tcp"]
    kinds = {one.name: one.kind for one in hospital.machines}
    assert (kinds["pc1"], kinds["ct1"], kinds["gw1"], kinds["pi"]) == ("client", "modality", "network", "unknown")


def test_a_machine_only_the_ledger_knows_is_a_ghost_and_one_that_answered_is_not(hospital: Hospital) -> None:
    ghosts = {one.name for one in hospital.machines if one.ghost}
    assert ghosts == {"gw1"}, "a failed neighbour is nobody seen; a scan's answer and a neighbour are"
    assert hospital.observed == 4


def test_what_only_a_scan_saw_was_not_looked_at() -> None:
    looks = [
        Collected(asset="seen", table_name="network_ports", source="nmap.xml", complete=True),
        Collected(asset="both", table_name="network_ports", source="nmap.xml", complete=True),
        Collected(asset="both", table_name="hosts", source="linux.host", complete=True),
        *(Asset(asset=name, declared=True, observed=True) for name in ("seen", "both", "other")),
        NetworkHost(asset="seen", address="10.1.0.7"),
    ]
    found = {one.name: (one.observed, one.answered, one.ghost) for one in read(looks).machines}
    assert found == {"seen": (False, True, False), "both": (True, False, False), "other": (True, False, False)}


def test_lines_are_seen_where_something_answers_at_their_address(hospital: Hospital) -> None:
    lines = {line.name: line for line in hospital.lines}
    assert (lines["VPN"].seen, lines["VPN"].machine, lines["VPN"].judged.worst) == (True, "vpnbox", "critical")
    assert (lines["LTE"].seen, lines["LTE"].machine) == (False, "")


def test_doors_nobody_declared(hospital: Hospital) -> None:
    told = {(door.machine, door.kind, door.product) for door in hospital.doors}
    assert told == {("pc1", "remote", "AnyDesk"), ("pi", "out", "203.0.113.9")}, (
        "no port inside, no DMZ, nothing declared, nothing that rests"
    )


def test_strangers_stand_in_the_zone_of_their_address(hospital: Hospital) -> None:
    assert [(one.name, one.zone, one.stranger) for one in hospital.strangers] == [
        ("10.5.0.9", "Monitors", "pc1"),
        ("192.168.1.1", "", "pc1"),
    ]
    assert hospital.strangers[0].evidence == "bb:7"


def test_what_stands_between_zones(hospital: Hospital) -> None:
    assert [(one.machine, one.zones, one.network) for one in hospital.between] == [("gw1", ("LAN", "Monitors"), True)]


def test_connections_are_folded_to_pairs(hospital: Hospital) -> None:
    pairs = {(talk.client, talk.server): talk for talk in hospital.talks}
    assert pairs[("pc1", "ehr1")].ports == ("3389/tcp", "443/tcp")
    assert pairs[("pc1", "ehr1")].designed is False, "one that is not designed decides"
    assert pairs[("pi", "203.0.113.9")].server_zone == OUTSIDE
    assert ("ehr1", "10.5.0.7") in pairs and ("ehr1", "10.5.0.8") not in pairs, "what a firewall dropped is no connection"


def test_what_was_not_read_is_not_known() -> None:
    assert read([]) == Hospital(moment=MOMENT)
    assert read(ROWS).zones_known and not read(ROWS).lines_known


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32))
def test_the_order_of_rows_makes_no_difference(seed: int) -> None:
    rows = list(ROWS)
    random.Random(seed).shuffle(rows)
    shuffled = read(rows)
    assert shuffled == read(ROWS)
    assert picture(shuffled, "ja", "a3", layers=LAYERS) == picture(read(ROWS), "ja", "a3", layers=LAYERS)


def test_hostile_text_loses_its_control_characters() -> None:
    found = read([Asset(asset=HOSTILE, zone=HOSTILE), verdict(HOSTILE, "high"), RemoteLine(line=HOSTILE, vendor=HOSTILE)])
    assert found.machines[0].judged.worst == "high", "its findings stay its own"
    text = repr(found)
    assert "\\x1b" not in text and "\\u202e" not in text
