"""What zones and entries reach, as rows of a snapshot."""

from __future__ import annotations

from omamori.analyze.reachability import ANALYZER, by_zone
from omamori.model.declared import ZoneNetwork
from omamori.model.derived import Asset
from omamori.model.device import DeviceChain, DeviceFact, DeviceInterface, DeviceRoute, DeviceRule
from omamori.model.look import EVERYWHERE, Collected
from omamori.model.ways_in import Entry, Reachable

TABLES = ("device_facts", "device_interfaces", "device_routes", "device_chains", "device_rules", "device_vpns")


def nic(name: str, address: str) -> DeviceInterface:
    return DeviceInterface(asset="fw", name=name, address=address, prefix=24)


def zone(name: str, network: str, first: int) -> ZoneNetwork:
    return ZoneNetwork(zone=name, network=network, network_first=first, network_last=first + 255, evidence="ledger")


def rule(position: int, decision: str, **more: object) -> DeviceRule:
    return DeviceRule(asset="fw", chain="policy", position=position, rule=f"r{position}", decision=decision, evidence="cafe:7", **more)


OFFICE, EHR, WAN = 0x0A010000, 0x0A020000, 0xCB007100
ROWS = [
    *(Asset(asset=name) for name in ("fw", "ehr", "pacs")),
    zone("office", "10.1.0.0/24", OFFICE),
    zone("ehr", "10.2.0.0/24", EHR),
    DeviceFact(asset="fw", system="fortios", forwards=True, stateful=True),
    nic("lan", "10.1.0.1"),
    nic("ehr", "10.2.0.1"),
    nic("wan", "203.0.113.1"),
    DeviceChain(asset="fw", chain="policy", hook="forward", policy="drop", first_packet=True),
    rule(0, "accept", sources="10.1.0.0/24", destinations="10.2.0.5", protocol="tcp", destination_ports="443"),
    rule(1, "accept", sources="10.1.0.7", destinations="10.2.0.5", protocol="tcp", destination_ports="443"),
    rule(2, "accept", interface_in="wan", destinations="10.2.0.6", protocol="tcp", destination_ports="104"),
]
LOOKED = {"fw": TABLES, EVERYWHERE: ("zone_networks",)}


def test_a_zone_reaches_its_own_network_and_what_a_rule_lets_it(run):
    found = [row for row in run(ANALYZER, ROWS, LOOKED) if isinstance(row, Reachable) and row.origin == "office" and row.protocol == "tcp"]
    over = [row for row in found if row.zone == "ehr" and row.address_first == EHR + 5]
    (row,) = over
    assert (row.address_last, row.port_first, row.port_last, row.reach, row.through) == (EHR + 5, 443, 443, "open", "fw")
    assert (row.rules, row.evidence, row.sources) == ("fw policy: r0", "cafe:7", None)
    inside = [row for row in found if row.zone == "office" and row.through is None]
    assert {(row.port_first, row.reach) for row in inside} == {(None, "open")}
    assert not [row for row in found if row.address_first is not None and row.address_first <= EHR + 6 <= (row.address_last or 0)]


def test_the_look_over_all_origins_is_complete_only_where_nothing_was_left_open(run):
    (look,) = [row for row in run(ANALYZER, ROWS, LOOKED) if isinstance(row, Collected)]
    assert (look.asset, look.complete) == (EVERYWHERE, True)
    torn = [*ROWS, rule(3, "unknown", destinations="10.2.0.9")]
    rows = run(ANALYZER, torn, LOOKED)
    (look,) = [row for row in rows if isinstance(row, Collected)]
    assert (look.complete, look.reason) == (False, "not_understood")
    doubted = {(row.address_first, row.address_last, row.doubt) for row in rows if isinstance(row, Reachable) and row.reach == "unknown"}
    assert doubted == {(EHR + 9, EHR + 9, "not_understood: fw policy: r3")}


def test_a_device_whose_rules_were_not_looked_at_wholly_makes_all_behind_it_unknown(run):
    looked = {"fw": tuple(table for table in TABLES if table != "device_rules"), EVERYWHERE: ("zone_networks",)}
    rows = [row for row in run(ANALYZER, ROWS, looked) if isinstance(row, Reachable) and row.origin == "office" and row.protocol == "tcp"]
    at = [row for row in rows if row.zone == "ehr" and row.address_first <= EHR + 77 <= row.address_last]
    assert {(row.reach, row.doubt, row.port_first) for row in at} == {("unknown", "not_collected: fw", None)}


def test_a_zone_nobody_read_a_device_of_cannot_be_told(run):
    rows = run(ANALYZER, [*ROWS, zone("lab", "10.9.0.0/24", 0x0A090000)], LOOKED)
    (row,) = [row for row in rows if isinstance(row, Reachable) and row.origin == "lab"]
    assert (row.reach, row.doubt, row.address_first, row.address_last) == ("unknown", "not_collected: lab", 0, 2**32 - 1)
    (look,) = [row for row in rows if isinstance(row, Collected)]
    assert not look.complete


def test_an_entry_begins_at_its_interface(run):
    entry = Entry(entry="pacs line", device="fw", interface="wan", sources="203.0.113.9")
    rows = [row for row in run(ANALYZER, [*ROWS, entry], LOOKED) if isinstance(row, Reachable) and row.origin == "pacs line"]
    reached = {(row.zone, row.address_first, row.port_first, row.reach) for row in rows if row.protocol == "tcp" and row.zone == "ehr"}
    assert reached == {("ehr", EHR + 1, None, "open"), ("ehr", EHR + 6, 104, "open")}


def test_translated_addresses_name_where_they_are_published(run):
    vip = [
        DeviceChain(asset="fw", chain="vip", hook="prerouting", priority=-100, policy="accept", first_packet=True),
        DeviceRule(
            asset="fw", chain="vip", rule="vip1", decision="dnat", protocol="tcp", destinations="203.0.113.1", destination_ports="8104",
            to_addresses="10.2.0.6", to_ports="104",
        ),
    ]  # fmt: skip
    entry = Entry(entry="internet", device="fw", interface="wan", sources="198.51.100.0/24")
    rows = [row for row in run(ANALYZER, [*ROWS, *vip, entry], LOOKED) if isinstance(row, Reachable) and row.published_as]
    (row,) = rows
    assert (row.address_first, row.port_first, row.published_as) == (EHR + 6, 104, "203.0.113.1 tcp/8104")
    assert (row.rules, row.reach) == ("fw vip: vip1; fw policy: r2", "unknown" if row.doubt else "one-way")


def test_addresses_are_split_by_zone_and_the_smaller_counts():
    zones = ((0, 99, "all"), (10, 19, "inner"))
    assert list(by_zone(5, 120, zones)) == [(5, 9, "all"), (10, 19, "inner"), (20, 99, "all"), (100, 120, None)]
    assert list(by_zone(200, 210, zones)) == [(200, 210, None)]


def test_routes_lead_on_to_what_was_not_read(run):
    rows = [*ROWS, DeviceRoute(asset="fw", destination="0.0.0.0/0", gateway="203.0.113.254"), rule(4, "accept", interface_out="wan")]
    far = [row for row in run(ANALYZER, rows, LOOKED) if isinstance(row, Reachable) and row.origin == "office" and row.zone is None]
    assert {row.doubt for row in far if row.reach == "unknown"} == {"not_collected: fw > ?"}
