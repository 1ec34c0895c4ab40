"""Services within reach: network, host firewall and listeners together."""

from __future__ import annotations

from datetime import datetime

from omamori.analyze.interface import Moment
from omamori.analyze.reachability import ANALYZER
from omamori.analyze.reached_services import ANALYZER as SERVICES
from omamori.analyze.reached_services import WORTH_COPYING
from omamori.knowledge.pack import starter_pack
from omamori.model.declared import ZoneNetwork
from omamori.model.derived import Asset, Exposure
from omamori.model.device import DeviceChain, DeviceFact, DeviceInterface, DeviceRule
from omamori.model.host import KernelSetting
from omamori.model.look import EVERYWHERE
from omamori.model.network import Interface, Listener, Route
from omamori.model.sightings import NetworkPort
from omamori.model.ways_in import Entry, Reachable, ReachedService
from omamori.snapshot.database import Database

EHR = 0x0A020000
ROWS = [
    *(Asset(asset=name) for name in ("fw", "ehr", "pacs")),
    ZoneNetwork(zone="office", network="10.1.0.0/24", network_first=0x0A010000, network_last=0x0A0100FF),
    ZoneNetwork(zone="ehr", network="10.2.0.0/24", network_first=EHR, network_last=EHR + 255),
    DeviceFact(asset="fw", system="fortios", forwards=True, stateful=True),
    *(
        DeviceInterface(asset="fw", name=name, address=address, prefix=24)
        for name, address in (("lan", "10.1.0.1"), ("ehr", "10.2.0.1"), ("wan", "203.0.113.1"))
    ),
    DeviceChain(asset="fw", chain="policy", hook="forward", policy="drop", first_packet=True),
    DeviceRule(asset="fw", chain="policy", rule="r0", decision="accept", sources="10.1.0.0/24", destinations="10.2.0.5", protocol="tcp"),
    DeviceRule(asset="fw", chain="policy", position=1, decision="accept", interface_in="wan", destinations="10.2.0.6", protocol="tcp"),
]
LOOKED = {
    "fw": ("device_facts", "device_interfaces", "device_routes", "device_chains", "device_rules", "device_vpns"),
    EVERYWHERE: ("zone_networks",),
}
HOST = [
    Interface(asset="ehr", name="eth0", address="10.2.0.5", prefix=24),
    Route(asset="ehr", destination="0.0.0.0/0", gateway="10.2.0.1", interface="eth0"),
    KernelSetting(asset="ehr", name="net.ipv4.ip_forward", value="0"),
    Listener(asset="ehr", protocol="tcp", address="*", port=443, process="nginx"),
    Exposure(asset="ehr", protocol="tcp", port=443, process="nginx", inbound="open", evidence="beef"),
]
HOST_LOOKS = LOOKED | {"ehr": ("interfaces", "routes", "kernel_settings", "listeners", "exposures")}


def services(run, rows, looks=HOST_LOOKS):
    found = run((ANALYZER, SERVICES), [*ROWS, *HOST, *rows], looks)
    return {(row.origin, row.asset, row.port, row.reach): row for row in found if isinstance(row, ReachedService)}


def test_a_service_is_reached_through_network_and_host(run):
    found = services(run, [])
    assert set(found) == {("office", "ehr", 443, "open"), ("ehr", "ehr", 443, "open")}
    row = found[("office", "ehr", 443, "open")]
    assert (row.process, row.through, row.rules, row.evidence) == ("nginx", "fw", "fw policy: r0", "beef")


def test_the_hosts_own_chains_decide_exactly(run):
    looks = HOST_LOOKS | {"ehr": (*HOST_LOOKS["ehr"], "device_chains", "device_rules")}
    chain = DeviceChain(asset="ehr", chain="input", hook="input", policy="drop")
    let = {"asset": "ehr", "chain": "input", "decision": "accept", "protocol": "tcp"}
    assert set(services(run, [chain, DeviceRule(**let, sources="10.1.0.0/16")], looks)) == {("office", "ehr", 443, "open")}
    assert services(run, [chain, DeviceRule(**let, destination_ports="22")], looks) == {}
    unread = services(run, [chain, DeviceRule(**let, unread="a condition")], looks)
    assert {key[3] for key in unread} == {"unknown"}


def test_a_port_a_scan_saw_counts_where_nobody_asked_the_machine(run):
    port = NetworkPort(asset="pacs", address="10.2.0.6", protocol="tcp", port=104, state="open", evidence="scan")
    entry = Entry(entry="pacs line", device="fw", interface="wan", sources="203.0.113.9")
    found = services(run, [port, entry])
    assert found[("pacs line", "pacs", 104, "open")].evidence == "scan"
    assert ("office", "pacs", 104, "open") not in found


def test_origins_that_see_the_same_get_what_each_would_get_alone():
    """Many rows are made once and copied; a port that minds who asks is judged for each."""
    here = {"asset": "pc", "protocol": "tcp"}
    ports = range(1, WORTH_COPYING + 10)
    machine = [
        Asset(asset="pc"),
        Interface(asset="pc", name="eth0", address="10.2.0.9", prefix=24),
        *(Listener(**here, address="*", port=port) for port in ports),
        *(Exposure(**here, port=port, inbound="open" if port % 7 else "unknown", evidence="beef") for port in ports[1:]),
        Exposure(**here, port=1, inbound="restricted", allowed_from="10.3.0.0/16", evidence="beef"),
    ]
    entries = {"a": "10.3.0.1/32", "b": "10.4.0.1/32", "c": "10.3.0.2/32"}
    everywhere = {"address_first": 0, "address_last": 2**32 - 1, "protocol": "tcp", "origin_kind": "entry", "reach": "unknown"}

    def made(names: str) -> list[tuple]:
        with Database() as database:
            database.insert(machine)
            database.insert(Entry(entry=name, device="fw", interface="wan", sources=entries[name]) for name in names)
            database.insert(Reachable(origin=name, doubt=f"not_collected: {name}", **everywhere) for name in names)
            database.insert(SERVICES.run(database, Moment(datetime(2026, 11, 30), starter_pack())))
            return database.select("select * from reached_services order by all")

    together = made("abc")
    assert set(together) == {*made("a"), *made("b"), *made("c")}
    assert len(together) == sum(len(made(name)) for name in "abc") > 3 * WORTH_COPYING
    assert [row[0] for row in together if row[5] == 1] == ["a", "c"]
