"""The 55 configurations of Batfish and the outputs of ntc-templates: all are read, and facts in them are right, read off the files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.parse.device.dialects.fortios_sample import context

from omamori.model.device import DeviceChain, DeviceFact, DeviceInterface, DeviceRoute, DeviceRule, DeviceUnread
from omamori.model.look import Parsed
from omamori.parse.device.config import parse, recognise, redact
from omamori.parse.device.dialects.fortios import DIALECT, model_name
from omamori.parse.device.dialects.fortios import recognise as is_fortios

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig"
BATFISH = DATA / "batfish/vendor-testconfigs/fortios/testconfigs"
pytestmark = pytest.mark.skipif(not BATFISH.is_dir(), reason=f"{BATFISH} is not there: unpack the real data")
FILES = sorted(BATFISH.glob("*")) if BATFISH.is_dir() else []
OUTPUTS = (
    "get_system_status", "get_system_interface", "get_system_interface_physical", "get_router_info_routing-table_all", "get_system_ha_status",
    "fnsysctl_ifconfig", "get_hardware_nic_nic-name",
)  # fmt: skip


def read(name: str) -> Parsed:
    return parse(redact((BATFISH / name).read_bytes()).data, context())


def of(name: str, kind: type) -> list:
    return [row for row in read(name).rows if isinstance(row, kind)]


def rules(name: str) -> list[DeviceRule]:
    return [row for row in of(name, DeviceRule) if row.chain == "policy"]


def test_there_are_55() -> None:
    assert len(FILES) == 55


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_taken_in_and_every_line_that_is_not_read_is_told(path: Path) -> None:
    data = path.read_bytes()
    assert recognise(data, path.name)
    parsed = parse(redact(data).data, context())
    fact = next(row for row in parsed.rows if isinstance(row, DeviceFact))
    assert fact.system == "fortios" and fact.hostname
    assert fact.lines_unread == len([row for row in parsed.rows if isinstance(row, DeviceUnread)])
    words = [line.strip() for line in data.decode().split("\n") if "UNDEFINED_" in line or "HopefullyDoesNotExist" in line]
    told = [row.text for row in parsed.rows if isinstance(row, DeviceUnread)] + [row.unread or "" for row in rules(path.name)]
    garbage = [line for line in words if line.startswith("set UNDEFINED_") or "Hopefully" in line]
    assert [line for line in garbage if not any(line in text for text in told)] == []


def test_order_states_and_ranges_of_policies() -> None:
    told = [
        (row.rule, row.enabled, row.decision, row.interface_in, row.interface_out, row.destination_ports)
        for row in rules("firewall_policy")
    ]
    assert told[0] == ("0", False, "drop", "port1", "port2", "11")
    assert told[1] == ("4294967294 longest allowed firewall policy nam", True, "drop", "port1", "port1,port2", "12")
    assert told[2][2:] == ("accept", "port1,port2", "port2,port1", "11") and told[3][5] == "12"
    assert told[4] == ("2", True, "accept", None, None, None)
    assert told[5][3:5] == ("zone1,port2,zone3,zone2", "zone1,zone3")
    appended = rules("firewall_policy")[2]
    assert (appended.sources, appended.source_ports) == ("10.0.1.0-10.0.2.255", None)
    assert rules("firewall_policy")[3].source_ports == "11"


def test_the_first_policy_denies_what_the_second_would_let_through() -> None:
    first, second = rules("firewall_vi_policy")
    assert (first.decision, first.sources, first.destinations, first.interface_out) == ("drop", None, "10.0.1.0/24", "zone1")
    assert (second.decision, second.destinations, second.interface_in) == ("accept", "10.0.0.0/16", None)


@pytest.mark.parametrize(
    ("name", "order"), [("policy_move", ["5", "1", "2", "4", "3"]), ("policy_delete", ["2", "1"]), ("policy_clone", ["1", "2", "3", "4"])]
)
def test_policies_that_were_moved_deleted_and_cloned(name: str, order: list[str]) -> None:
    assert [row.rule for row in rules(name)] == order


def test_a_clone_decides_as_its_original() -> None:
    assert [row.decision for row in rules("policy_clone")] == ["accept", "drop", "accept", "drop"]


def test_a_policy_that_could_not_be_understood_is_never_certain() -> None:
    doubtful = {row.rule: row for row in rules("firewall_policy_warn")}
    assert doubtful["2"].unread == "service not set"
    assert doubtful["3"].decision == "unknown" and "ipsec" in (doubtful["3"].unread or "")
    (row,) = rules("edit_recovery")
    assert "UNDEFINED_POLICY_PROP" in (row.unread or "")


def test_interfaces() -> None:
    found = of("iface", DeviceInterface)
    port1 = [(row.address, row.prefix) for row in found if row.name == "port1"]
    assert port1 == [("192.168.122.2", 24), ("10.0.1.1", 24), ("10.1.1.1", 24)]
    told = {row.name: row for row in found}
    assert told["port2"].vlan == 1236 and told["port2"].kind == "vlan" and told["port2"].parent == "port1"
    assert told["tunnel"].enabled is False and told["loopback123"].kind == "loopback" and told["wl"].kind == "wireless"
    longest = [row for row in found if row.name == "longest if name"]
    assert [(row.address, row.vrf) for row in longest] == [("169.254.1.1", "31")], "its second address is switched off"


def test_zones() -> None:
    told = {row.name: row.zone for row in of("zone", DeviceInterface)}
    last = "longest possible valid name for zon"
    assert told == {"port1": "zone1", "port2": "zone1", "port3": "zone2", "port4": last, "port5": last}


def test_routes() -> None:
    told = [(row.destination, row.gateway, row.distance, row.condition) for row in of("static_routes", DeviceRoute)]
    assert told == [("1.1.1.0/24", "2.2.2.2", 20, None), ("0.0.0.0/0", None, 10, None), ("2.2.2.0/24", None, 10, "sdwan")]


def test_a_part_of_a_configuration_says_nothing_of_the_rest() -> None:
    looks = {look.table: look for look in read("static_routes").looks}
    assert looks["device_routes"].complete
    assert not looks["device_rules"].complete and looks["device_rules"].reason == "not_collected"
    assert of("static_routes", DeviceChain) == []


def test_dynamic_routing_makes_the_routes_incomplete() -> None:
    looks = {look.table: look for look in read("bgp").looks}
    assert not looks["device_routes"].complete


@pytest.mark.parametrize(
    "path",
    [path for folder in OUTPUTS for path in sorted((DATA / "ntc-templates/fortinet" / folder).glob("*.raw"))],
    ids=lambda path: path.name,
)
def test_every_output_that_tells_a_fact_is_read_whole(path: Path) -> None:
    data = path.read_bytes()
    assert recognise(data, path.name)
    parsed = parse(data, context())
    assert [row.text for row in parsed.rows if isinstance(row, DeviceUnread)] == []
    assert not any(look.complete for look in parsed.looks if look.table == "device_rules")


def test_nothing_else_is_taken_for_a_fortigate() -> None:
    assert not is_fortios(["hostname r1", "interface Gi0/0", " ip address 10.0.0.1 255.255.255.0", "end"])
    assert not is_fortios(["set hostname x", "set interface eth0 state on"])
    assert is_fortios(["config system interface", '    edit "wan1"'])


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("FGT60E", "FortiGate-60E"),
        ("FWF61E", "FortiWiFi-61E"),
        ("FG100F", "FortiGate-100F"),
        ("FGVM64_KVM", "FortiGate-VM64"),
        ("XYZ", "XYZ"),
    ],
)
def test_models(code: str, name: str) -> None:
    assert model_name(code) == name


def test_documents_are_named_since_no_packet_was_sent() -> None:
    assert DIALECT.proven is False and len(DIALECT.documents) >= 3
