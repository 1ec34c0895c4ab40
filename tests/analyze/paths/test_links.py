"""Steps without an open port: entrances, second networks, copies, domains."""

from __future__ import annotations

import pytest

from omamori.analyze.paths import links
from omamori.analyze.paths.parts import Link, Proposal
from omamori.model.access import GroupMember
from omamori.model.declared import DeclaredBackup, LedgerAddress, ZoneNetwork
from omamori.model.derived import Asset
from omamori.model.device import DeviceFact, DeviceInterface
from omamori.model.host import Host
from omamori.model.network import Interface
from omamori.model.patching import Vulnerability
from omamori.model.ways_in import Entry, Reachable

ZONES = [
    ZoneNetwork(zone="A", network="10.1.0.0/16", network_first=0x0A010000, network_last=0x0A01FFFF),
    ZoneNetwork(zone="B", network="10.2.0.0/16", network_first=0x0A020000, network_last=0x0A02FFFF),
]


def card(asset, name, network, *, up=True, kind="ethernet"):
    return Interface(
        asset=asset, name=name, kind=kind, up=up, network_first=network, network_last=network + 255, evidence=f"{asset}:{name}"
    )


def said(found):
    return {(one.start, one.end, one.kind, one.certain) for one in found if isinstance(one, Link)}


def test_zones_come_from_cards_addresses_and_the_ledger(parts_from):
    rows = [
        *ZONES,
        card("pc", "eth0", 0x0A010000),
        card("pc", "eth1", 0x0A020000),
        card("off", "eth0", 0x0A010000),
        card("off", "eth1", 0x0A020000, up=False),
        card("vm", "br0", 0x0A020000, kind="bridge"),
        Asset(asset="vm", zone="A"),
        LedgerAddress(asset="relay", address="10.1.0.9", address_first=0x0A010009),
        LedgerAddress(asset="relay", address="10.2.0.9", address_first=0x0A020009),
        DeviceInterface(asset="fw", name="port1", network_first=0x0A010000, network_last=0x0A0100FF),
        DeviceInterface(asset="fw", name="port2", network_first=0x0A020000, network_last=0x0A0200FF, enabled=False),
    ]
    found = dict(parts_from(lambda database: links.zones_of(database).items(), rows))
    assert found == {"pc": ("A", "B"), "off": ("A",), "vm": ("A",), "relay": ("A", "B"), "fw": ("A",)}


def test_a_pc_in_two_networks_can_be_unplugged_and_a_router_cannot(parts_from):
    # A PC with Linux has its filter in the tables of devices too; that does not make it one.
    host = DeviceFact(asset="pc", system="linux", forwards=False)
    rows = [Asset(asset="pc", role="client"), Asset(asset="fw", role="network"), host, card("pc", "eth0", 0x0A010000)]
    found = parts_from(links.in_several_networks, rows, {"pc": ("A", "B"), "fw": ("A", "B"), "one": ("A",)})
    assert {(start, kind) for start, _, kind, _ in said(found)} == {("user:pc", "dual-homed"), ("user:fw", "through-device")}
    assert [one.change for one in found if isinstance(one, Proposal)] == ["dual-homed:pc"]


@pytest.mark.parametrize(
    ("entry", "rows", "wanted"),
    [
        (Entry(entry="e", kind="line", zone="A", observed=True), [], {("entry:e", "zone:A", "lands", False)}),
        (Entry(entry="e", kind="line", zone="A", observed=True), [Reachable(origin="e", origin_kind="entry")], set()),
        (Entry(entry="e", kind="wall-port", zone="A", observed=True), [], {("entry:e", "zone:A", "lands", True)}),
        (Entry(entry="e", kind="wall-port", zone="A", declared=True), [], {("entry:e", "zone:A", "lands", False)}),
        (Entry(entry="e", kind="remote-software", machine="pc", observed=True), [], {("entry:e", "user:pc", "lands-on", True)}),
    ],
    ids=["line without its rules", "line with its rules", "socket seen", "socket declared", "program"],
)
def test_where_an_entry_lands(parts_from, entry, rows, wanted):
    assert said(parts_from(links.entrances, rows, [entry], {})) == wanted


def test_a_flaw_of_the_lines_device_opens_every_network_of_the_device(parts_from):
    entry = Entry(entry="e", kind="line", line="vpn", device="fw", zone="A", vendor="V", observed=True)
    rows = [
        Vulnerability(asset="vpn", subject_kind="line", flaw="CVE-2018-13379", exploited=True),
        Vulnerability(asset="fw", flaw="CVE-2022-42475", exploited=True, undecided=True),
        Reachable(origin="e", origin_kind="entry"),
    ]
    found = parts_from(links.entrances, rows, [entry], {"fw": ("A", "B")})
    assert {(one.end, one.detail, one.certain) for one in found if isinstance(one, Link)} == {
        ("zone:A", "CVE-2018-13379", True),
        ("zone:B", "CVE-2018-13379", True),
        ("zone:A", "CVE-2022-42475", False),
        ("zone:B", "CVE-2022-42475", False),
    }
    assert {one.change: one.vendor for one in found if isinstance(one, Proposal)}["update:vpn"] == "V"


def test_copies_with_the_same_administrator(parts_from):
    def copy(job, **more):
        return DeclaredBackup(asset="ehr", job=job, target="BK1", **{"same_credentials": "yes", "offline": "no", **more})

    rows = [
        Asset(asset="bk", hostname="bk1"),
        copy("night"),
        copy("own", same_credentials="no"),
        copy("shelf", offline="yes"),
        copy("ask", same_credentials=None),
    ]
    found = parts_from(links.same_credentials, rows)
    assert {(one.detail, one.certain) for one in found if isinstance(one, Link)} == {("night", True), ("ask", False)}


def test_a_domain_and_machines_on_which_everybody_is_administrator(parts_from):
    rows = [
        Host(asset="dc", domain="h", domain_role="controller"),
        Host(asset="pc", domain="H", domain_role="member"),
        Host(asset="alone", domain="h", domain_role="standalone"),
        GroupMember(asset="pc", group_id="S-1-5-32-544", member="H\\Domain Users", evidence="pc:3"),
        GroupMember(asset="dc", group_id="S-1-5-32-544", member="H\\Domain Admins"),
    ]
    assert said(parts_from(links.domain, rows)) == {
        ("administrator:dc", "administrator:pc", "domain-administrator", True),
        ("user:pc", "administrator:pc", "local-rights", True),
    }
