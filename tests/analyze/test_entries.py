"""Ways in: what the ledger declares and what evidence shows, put together where they are one."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from omamori.analyze.assets import ANALYZER as ASSETS
from omamori.analyze.entries import ANALYZER
from omamori.analyze.remote_access import ANALYZER as REMOTE
from omamori.model.declared import LedgerAsset, OtherEntry, RemoteLine, Zone
from omamori.model.device import DeviceAccount, DeviceFact, DeviceInterface, DeviceRoute, DeviceVpn
from omamori.model.host import Host, Process
from omamori.model.look import Collected
from omamori.model.network import Connection, Interface, Route
from omamori.model.sightings import Flow
from omamori.model.ways_in import Entry, Session
from omamori.model.windows import WindowsSetting

DEVICE = ("device_facts", "device_interfaces", "device_routes", "device_vpns", "device_accounts", "device_access", "device_logs")
LEDGER = ("remote_lines", "other_entries", "zones", "ledger_assets")
ZONES = [Zone(zone="EHR", kind="ehr", networks="10.1.0.0/16"), Zone(zone="DMZ", kind="dmz", networks="10.9.0.0/24")]
FIREWALL = [
    LedgerAsset(asset="fw", role="network", address="10.9.0.1"),
    DeviceFact(asset="fw", system="fortios", version="v7.2.8 build1639", firmware_built=date(2024, 3, 1), evidence="f:1"),
    DeviceInterface(asset="fw", name="wan1", kind="ethernet", role="wan", address="203.0.113.2", prefix=29, evidence="f:2"),
    DeviceInterface(asset="fw", name="dmz", kind="ethernet", address="10.9.0.1", prefix=24, evidence="f:3"),
    DeviceRoute(asset="fw", destination="0.0.0.0/0", gateway="203.0.113.1", interface="wan1"),
]
DOOR = DeviceVpn(asset="fw", name="ssl.root", kind="ssl-vpn", dial_in=True, enabled=True, listens_on="wan1", evidence="f:9")
PACS = RemoteLine(line="PACS", kind="ssl-vpn", vendor="V", device_address="10.9.0.1", lands_in="DMZ", evidence="l:5")


def entries(run, rows, looks=None, extra=()):
    found = run((ASSETS, REMOTE, ANALYZER), rows, looks or {"*": LEDGER, "fw": DEVICE}, extra)
    return {row.entry: row for row in found if isinstance(row, Entry)}, {row.asset: row for row in found if isinstance(row, Collected)}


def test_a_declared_door_that_the_device_shows_is_one_way_in(run):
    rows, looks = entries(run, [*ZONES, *FIREWALL, DOOR, PACS])
    line, wan = rows["PACS"], rows["fw wan1"]
    assert (line.asset, line.kind, line.device, line.method, line.declared, line.observed) == ("PACS", "line", "fw", "ssl-vpn", True, True)
    assert (line.zone, line.declared_zone, line.interface, line.opened_from, line.evidence) == ("DMZ", "DMZ", "wan1", None, "f:9")
    assert (line.firmware, line.firmware_built) == ("7.2.8", date(2024, 3, 1))
    assert (wan.kind, wan.line, wan.declared, wan.vendor) == ("internet", "PACS", True, "V"), "the interface only carries the declared line"
    assert set(rows) == {"PACS", "fw wan1"}
    assert (looks["PACS"].complete, looks["PACS"].missing) == (True, "")
    assert looks["fw"].complete


def test_a_second_tunnel_on_a_declared_device_is_nobodys(run):
    forgotten = DeviceVpn(
        asset="fw", name="lab", kind="ipsec", dial_in=False, enabled=True, peer="198.51.100.7", remote_networks="192.168.7.0/24"
    )
    rows, _ = entries(run, [*ZONES, *FIREWALL, DOOR, forgotten, PACS])
    assert (rows["fw lab"].asset, rows["fw lab"].declared, rows["fw lab"].line, rows["fw lab"].opened_from) == (
        "fw",
        False,
        None,
        "198.51.100.7",
    )
    assert rows["fw lab"].sources == "192.168.7.0/24"


def test_a_line_whose_device_was_read_without_showing_it_was_not_seen(run):
    rows, looks = entries(run, [*ZONES, *FIREWALL, PACS])
    assert rows["PACS"].observed is False
    assert (rows["PACS"].device, rows["PACS"].zone) == ("fw", "DMZ")
    assert looks["PACS"].complete


@pytest.mark.parametrize("looked", [(), DEVICE[:2]])
def test_a_line_whose_device_was_not_looked_at_is_open(run, looked):
    rows, looks = entries(run, [*ZONES, FIREWALL[0], PACS], {"*": LEDGER, "fw": looked})
    assert rows["PACS"].observed is None
    assert "observed" in looks["PACS"].missing.split(",")


def test_a_line_that_names_no_machine_is_open(run):
    rows, looks = entries(run, [*ZONES, RemoteLine(line="old", kind="isdn", device="TA")])
    assert rows["old"].observed is None
    assert "observed" in looks["old"].missing.split(",")


def test_without_a_ledger_nobody_can_say_undeclared(run):
    rows, looks = entries(run, [*FIREWALL[1:], DOOR], {"fw": DEVICE})
    assert rows["fw ssl.root"].declared is None
    assert "declared" in looks["fw"].missing.split(",")
    assert not looks["fw"].complete, "without zones nobody can tell which networks are elsewhere"


def test_it_lands_where_the_evidence_says(run):
    vpn = DeviceVpn(asset="fw", name="x", kind="ssl-vpn", dial_in=True, enabled=True, local_networks="10.1.0.0/24")
    rows, _ = entries(run, [*ZONES, *FIREWALL, vpn, PACS])
    assert (rows["PACS"].zone, rows["PACS"].declared_zone) == ("EHR", "DMZ")


@pytest.mark.parametrize(
    ("window", "seen", "always"),
    [
        (None, datetime(2026, 1, 27, 5), True),
        ("Tue 13:00-17:00", datetime(2026, 1, 27, 5), None),  # 14:00 in Japan
        ("Tue 13:00-17:00", datetime(2026, 1, 27, 13), True),
        ("anytime", datetime(2026, 1, 27, 5), True),
        ("when the CT is free", datetime(2026, 1, 27, 5), True),
        ("都度", datetime(2026, 1, 27, 5), True),
    ],
)
def test_open_when_looked_at_counts_outside_the_window_only(run, window, seen, always):
    line = RemoteLine(line="PACS", kind="ssl-vpn", device_address="10.9.0.1", always_open="no", service_window=window)
    looks = {"*": LEDGER, "fw": [name for name in DEVICE if name != "device_vpns"]}
    look = Collected(asset="fw", table_name="device_vpns", source="device.config", seen=seen, complete=True)
    rows, _ = entries(run, [*ZONES, *FIREWALL, DOOR, line], looks, [look])
    assert rows["PACS"].always_open is always


def test_a_door_that_is_shut_is_not_open(run):
    shut = DeviceVpn(asset="fw", name="ssl.root", kind="ssl-vpn", dial_in=True, enabled=False)
    rows, _ = entries(run, [*ZONES, *FIREWALL, shut, RemoteLine(line="PACS", kind="ssl-vpn", device_address="10.9.0.1", always_open="yes")])
    assert (rows["PACS"].observed, rows["PACS"].always_open) == (True, False)


def test_accounts_tell_the_second_factor_of_a_door(run):
    users = [DeviceAccount(asset="fw", name=name, kind="vpn-user", two_factor=factor) for name, factor in (("a", True), ("b", False))]
    rows, _ = entries(run, [*ZONES, *FIREWALL, DOOR, *users, PACS])
    assert rows["PACS"].two_factor is False
    rows, _ = entries(run, [*ZONES, *FIREWALL, DOOR, users[0], PACS])
    assert rows["PACS"].two_factor is True


def test_a_route_to_a_network_nobody_drew_leads_to_the_machine_behind(run):
    router = [
        DeviceInterface(asset="core", name="vlan1", kind="vlan", address="10.1.0.254", prefix=16),
        DeviceRoute(asset="core", destination="192.168.50.0/24", gateway="10.1.0.1", interface="vlan1", evidence="c:4"),
        DeviceRoute(asset="core", destination="192.168.51.0/24", gateway="10.1.0.1", interface="vlan1"),
        DeviceRoute(asset="core", destination="10.9.0.0/24", gateway="10.1.0.2", interface="vlan1"),
        DeviceRoute(asset="core", destination="192.168.9.0/24", interface="null0", discard=True),
        LedgerAsset(asset="vpn box", role="network", address="10.1.0.1"),
    ]
    rows, _ = entries(run, [*ZONES, *router], {"*": LEDGER, "core": DEVICE})
    (found,) = rows.values()
    assert (found.entry, found.device, found.method, found.zone) == ("vpn box → 192.168.50.0/24", "vpn box", "route", "EHR")
    assert (found.sources, found.declared, found.observed, found.evidence) == ("192.168.50.0/24,192.168.51.0/24", False, True, "c:4")
    declared = RemoteLine(line="EHR line", kind="ip-vpn", device_address="10.1.0.1", lands_in="EHR")
    rows, _ = entries(run, [*ZONES, *router, declared], {"*": LEDGER, "core": DEVICE})
    assert (rows["EHR line"].observed, rows["EHR line"].sources) == (True, "192.168.50.0/24,192.168.51.0/24")


def test_a_host_that_passes_packets_on_is_read_as_a_device(run):
    rows = [
        *ZONES,
        DeviceFact(asset="gw", system="linux", forwards=True),
        Interface(asset="gw", name="out", kind="ethernet", address="10.200.0.3", prefix=27, up=True, evidence="g:1"),
        Interface(asset="gw", name="in", kind="ethernet", address="10.1.1.2", prefix=27, up=True),
        DeviceVpn(
            asset="gw", name="wg0", kind="wireguard", dial_in=False, enabled=True, peer="10.200.0.11", last_active=datetime(2026, 1, 2)
        ),
        RemoteLine(line="L", kind="ipsec-vpn", device_address="10.1.1.2", lands_in="EHR", last_used=date(2025, 1, 1)),
        LedgerAsset(asset="gw", address="10.1.1.2", role="network"),
    ]
    found, looks = entries(run, rows, {"*": LEDGER, "gw": ("device_facts", "device_vpns", "interfaces", "routes", "hosts")})
    assert (found["L"].observed, found["L"].opened_from, found["L"].zone, found["L"].last_used) == (
        True,
        "10.200.0.11",
        "EHR",
        datetime(2026, 1, 2),
    )
    assert (found["gw out"].line, found["gw out"].sources) == ("L", "10.200.0.3/27")
    assert set(found) == {"L", "gw out"}
    assert looks["L"].complete and looks["gw"].complete


def test_hosts_show_programs_cards_ports_and_two_networks(run):
    rows = [
        *ZONES,
        *(Host(asset=name, platform="windows") for name in ("pc1", "pc2", "srv")),
        *(
            Interface(asset=name, name="lan", kind="ethernet", address=f"10.1.0.{place}", prefix=16, up=True)
            for place, name in enumerate(("pc1", "pc2", "srv"), 11)
        ),
        Interface(asset="pc1", name="wlan", kind="wireless", up=True),
        Interface(asset="pc2", name="wlan", kind="wireless", up=True),
        Interface(asset="pc2", name="off", kind="mobile", up=False),
        Interface(asset="pc1", name="lte", kind="mobile", up=True),
        Interface(asset="srv", name="lan2", kind="ethernet", address="192.168.77.2", prefix=24, up=True),
        WindowsSetting(asset="pc1", usb_storage=True),
        WindowsSetting(asset="pc2", usb_storage=True),
        WindowsSetting(asset="srv", usb_storage=False),
        Process(asset="srv", name="AnyDesk.exe"),
        RemoteLine(line="any", kind="remote-software", product="AnyDesk", device_address="10.1.0.13", vendor="V"),
    ]
    found, _ = entries(
        run, rows, {"*": LEDGER, **dict.fromkeys(("pc1", "pc2", "srv"), ("hosts", "interfaces", "processes", "remote_access"))}
    )
    assert {name: (row.kind, row.machine, row.zone) for name, row in found.items()} == {
        "any": ("remote-software", "srv", "EHR"),
        "EHR wireless": ("wireless", None, "EHR"),
        "EHR usb": ("usb", None, "EHR"),
        "pc1 lte": ("mobile", "pc1", "EHR"),
        "srv dual-homed": ("dual-homed", "srv", "EHR"),
    }
    assert (found["any"].observed, found["any"].method, found["any"].vendor) == (True, "anydesk", "V")
    assert found["EHR usb"].declared is False


def test_packets_show_ways_in_and_when_they_were_used(run):
    late, early = datetime(2026, 1, 30), datetime(2026, 1, 3)
    rows = [
        *ZONES,
        *FIREWALL,
        PACS,
        DeviceVpn(asset="fw", name="v", kind="ssl-vpn", dial_in=True, enabled=True, remote_networks="10.212.134.0/24"),
        Connection(asset="srv", seen=late, direction="in", peer_address="10.212.134.5", peer_scope="private"),
        Connection(asset="srv", seen=early, direction="in", peer_address="172.31.4.9", peer_scope="private", evidence="s:3"),
        Connection(asset="srv", seen=early, direction="in", peer_address="10.1.0.9", peer_scope="private"),
        Connection(asset="srv", seen=early, direction="out", peer_address="172.31.9.9", peer_scope="private"),
        Flow(asset="fw", last_seen=late, source_address="198.51.100.200", source_scope="public", action="accept", interface_in="wan1"),
        Flow(asset="fw", last_seen=late, source_address="198.51.100.200", source_scope="public", action="drop", interface_in="lte0"),
        Connection(asset="web", seen=early, direction="in", peer_address="198.51.100.9", peer_scope="public", evidence="w:1"),
        Session(asset="fw", account="v", began=datetime(2026, 1, 31)),
        Session(asset="fw", account="v", began=datetime(2026, 2, 2), accepted=False),
    ]
    found, _ = entries(run, rows)
    assert found["PACS"].last_used == datetime(2026, 1, 31)
    assert found["fw wan1"].last_used == late
    assert (found["network 172.31.4.0/24"].kind, found["network 172.31.4.0/24"].declared, found["network 172.31.4.0/24"].evidence) == (
        "line",
        False,
        "s:3",
    )
    assert (found["web Internet"].kind, found["web Internet"].machine) == ("internet", "web")
    assert set(found) == {"PACS", "fw wan1", "network 172.31.4.0/24", "web Internet"}


def test_other_entries_are_declared_and_met_where_evidence_shows_them(run):
    rows = [
        *ZONES,
        Interface(asset="pc", name="lan", kind="ethernet", address="10.1.0.11", prefix=16, up=True),
        WindowsSetting(asset="pc", usb_storage=True, evidence="p:1"),
        Route(asset="pc", destination="172.30.1.0/24", gateway="10.1.0.5", evidence="p:2"),
        OtherEntry(entry="USB", kind="usb", zone="EHR", guard="blocked", evidence="o:1"),
        OtherEntry(entry="lunch", kind="partner", vendor="K", zone="EHR", sources="172.30.1.0/24"),
        OtherEntry(entry="corridor", kind="wall-port", zone="EHR", guard="none", evidence="o:3"),
    ]
    found, looks = entries(run, rows, {"*": LEDGER, "pc": ("hosts", "interfaces", "routes", "remote_access")})
    assert {name: (row.declared, row.observed, row.evidence) for name, row in found.items()} == {
        "USB": (True, True, "p:1"),
        "lunch": (True, True, "p:2"),
        "corridor": (True, None, "o:3"),
    }
    assert (found["USB"].guard, found["lunch"].sources, found["lunch"].vendor) == ("blocked", "172.30.1.0/24", "K")
    assert looks["*"].complete


def test_the_order_of_equal_input_makes_no_difference(run):
    rows = [*ZONES, *FIREWALL, DOOR, PACS, DeviceVpn(asset="fw", name="lab", kind="ipsec", peer="198.51.100.7")]
    first, _ = entries(run, rows)
    second, _ = entries(run, rows[::-1])
    assert first == second
