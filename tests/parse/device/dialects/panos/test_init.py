"""PAN-OS: the configurations of Batfish and the outputs of ntc-templates are all taken in, and facts in them are right, read off the files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parse.device.dialects.fortios_sample import context

from omamori.model.device import (
    DeviceAccess,
    DeviceAccount,
    DeviceFact,
    DeviceInterface,
    DeviceLog,
    DeviceRoute,
    DeviceRule,
    DeviceSecret,
    DeviceUnread,
    DeviceVpn,
)
from omamori.parse.device.config import parse, recognise, redact
from omamori.parse.device.dialects.panos import DIALECT
from omamori.parse.redact import redact as keywords

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig"
BATFISH = DATA / "batfish/vendor-testconfigs/palo_alto/testconfigs"
there = pytest.mark.skipif(not BATFISH.is_dir(), reason=f"{BATFISH} is not there: unpack the real data")
FILES = sorted(BATFISH.glob("*")) if BATFISH.is_dir() else []


def of(data: bytes | str, kind: type) -> list:
    raw = data.encode() if isinstance(data, str) else data
    return [row for row in parse(redact(raw).data, context()).rows if isinstance(row, kind)]


def real(name: str, kind: type) -> list:
    return of((BATFISH / name).read_bytes(), kind)


@there
def test_there_are_160() -> None:
    assert len(FILES) == 160


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_configuration_is_taken_in(path: Path) -> None:
    data = path.read_bytes()
    assert recognise(data, path.name)
    parsed = parse(redact(data).data, context())
    fact = parsed.rows[0]
    assert fact.system == "panos"
    assert fact.lines_unread == len([row for row in parsed.rows if isinstance(row, DeviceUnread)])
    assert "hostname" not in data.decode() or fact.hostname or b"template" in data or b"readonly" in data


@there
def test_order_and_zones_of_security_rules() -> None:
    told = [(row.rule, row.enabled, row.decision, row.interface_out, row.destination_ports) for row in real("security-rules", DeviceRule)]
    assert told[:4] == [
        ("disabled rule", False, "drop", None, None), ("BLOCK_TCP_1234", True, "drop", "z3", "1234"), ("PERMIT_TCP_1234", True, "accept", "z2,z4", "1234"),
        ("33rd_RULE", True, "drop", None, None),
    ]  # fmt: skip
    assert [row[0] for row in told[4:]] == ["intrazone-default"] * 4 + ["interzone-default"]


@there
def test_types_of_rules() -> None:
    told = [(row.rule, row.interface_in, row.interface_out) for row in real("rulebase-rule-type", DeviceRule)]
    assert told[:5] == [
        ("INTER", "z1", "z2"),
        ("INTRA", "z1", "z1"),
        ("BADINTRA", "z1", "z1"),
        ("UNIVERSAL", "z1", "z2"),
        ("DEFAULT", "z1", "z2"),
    ]


@there
def test_moves() -> None:
    told = [row.rule for row in real("move-rulebase-security", DeviceRule) if row.chain == "security vsys1"]
    assert [name for name in told if name.startswith("RULE")] == ["RULE3", "RULE4", "RULE1", "RULE5", "RULE2"]


@there
def test_translated_destinations() -> None:
    found = real("destination-nat", DeviceRule)
    inward = [
        (row.rule, row.decision, row.sources, row.to_addresses, row.to_ports, row.interface_in)
        for row in found
        if row.chain == "destination NAT"
    ]
    assert inward == [
        ("DEST_NAT_NAME1", "dnat", "1.2.1.2", "1.1.1.99", None, "OUTSIDE"), ("DEST_NAT_NEVER_REACHED", "dnat", "1.2.1.2", "11.11.11.11", None, "OUTSIDE"),
        ("DEST_NAT_NAME2", "dnat", "1.2.1.22", "1.1.1.99", "1234", "OUTSIDE"),
    ]  # fmt: skip
    security = {(row.states, row.destinations, row.destination_ports) for row in found if row.rule == "PERMIT_ALL"}
    assert security == {("!dnat", None, None), ("dnat", "1.1.1.99", None), ("dnat", "11.11.11.11", None), ("dnat", "1.1.1.99", "1234")}


@there
def test_applications_are_doubts() -> None:
    assert all(
        row.unread is None
        for row in real("any-application", DeviceRule)
        if row.chain.startswith("security") and "default" not in row.rule and row.services_named == "any,any"
    )
    doubtful = [row for row in real("app-id", DeviceRule) if row.unread and "application" in row.unread]
    assert doubtful


@there
def test_routes_and_interfaces() -> None:
    told = [(row.destination, row.gateway, row.distance, row.condition, row.discard) for row in real("static-route", DeviceRoute)]
    assert told[0] == ("0.0.0.0/0", "1.1.1.1", 123, None, False)
    assert ("6.0.0.0/8", None, 10, None, True) in told and ("10.0.0.0/8", None, 10, "nexthop next-vr", False) in told
    units = {row.name: (row.address, row.vlan, row.parent) for row in real("interface-units", DeviceInterface)}
    assert units["ethernet1/1.2"] == ("1.1.2.1", 2, "ethernet1/1")
    (management,) = [row for row in real("mgmt-iface", DeviceInterface) if row.name == "management"]
    assert (management.address, management.prefix, management.vrf) == ("12.25.51.103", 25, "management")


@there
def test_panorama_and_external_zones_are_told_as_unread() -> None:
    assert any(row.concerns == "device_rules" for row in real("device-group", DeviceUnread))
    assert any(row.concerns == "device_rules" for row in real("zone-external", DeviceUnread))


@there
@pytest.mark.parametrize(
    "name", ["show_system_info", "show_interface_all", "show_interface_logical", "show_interface_hardware", "show_routing_route"]
)
def test_outputs_that_tell_facts_are_read_whole(name: str) -> None:
    for path in sorted((DATA / "ntc-templates/paloalto_panos" / name).glob("*.raw")):
        data = path.read_bytes()
        assert recognise(data, path.name)
        assert [row.text for row in of(data, DeviceUnread)] == [], path.name


@there
def test_facts_in_outputs() -> None:
    folder = DATA / "ntc-templates/paloalto_panos"
    (fact,) = of((folder / "show_system_info/paloalto_panos_show_system_info.raw").read_bytes(), DeviceFact)
    assert (fact.hostname, fact.model, fact.version) == ("pa1", "PA-VM", "7.0.1")
    told = {
        (row.name, row.zone, row.address, row.vlan)
        for row in of((folder / "show_interface_all/paloalto_panos_show_interface_all.raw").read_bytes(), DeviceInterface)
    }
    assert ("ethernet1/13", "ZONE_INET", "10.10.10.1", None) in told and ("ethernet1/13.388", "ZONE_SDWAN", "192.0.2.65", 388) in {
        (name, zone, address, vlan) for name, zone, address, vlan in told
    }


XML = """\
<config version="10.1.0" urldb="paloaltonetworks">
  <mgt-config>
    <users>
      <entry name="admin">
        <phash>$5$Hidden1Hidden1$Hidden1</phash>
        <permissions><role-based><superuser>yes</superuser></role-based></permissions>
      </entry>
    </users>
  </mgt-config>
  <devices>
    <entry name="localhost.localdomain">
      <deviceconfig><system><hostname>pa</hostname><ip-address>10.10.0.2</ip-address><netmask>255.255.255.0</netmask>
        <permitted-ip><entry name="10.10.0.0/24"/></permitted-ip>
        <service><disable-telnet>yes</disable-telnet></service></system></deviceconfig>
      <network>
        <profiles><interface-management-profile><entry name="m"><https>yes</https><ping>yes</ping></entry></interface-management-profile></profiles>
        <interface><ethernet>
          <entry name="ethernet1/1"><layer3><ip><entry name="203.0.113.2/29"/></ip><interface-management-profile>m</interface-management-profile></layer3></entry>
          <entry name="ethernet1/2"><layer3><ip><entry name="10.20.0.1/24"/></ip></layer3></entry>
        </ethernet></interface>
        <ike><gateway><entry name="g"><authentication><pre-shared-key><key>-AQ==Hidden2Hidden2</key></pre-shared-key></authentication>
          <peer-address><ip>198.51.100.7</ip></peer-address><local-address><interface>ethernet1/1</interface></local-address></entry></gateway></ike>
        <tunnel><ipsec><entry name="lab"><auto-key><ike-gateway><entry name="g"/></ike-gateway></auto-key><tunnel-interface>tunnel.1</tunnel-interface></entry></ipsec></tunnel>
      </network>
      <vsys><entry name="vsys1">
        <zone><entry name="out"><network><layer3><member>ethernet1/1</member></layer3></network></entry>
          <entry name="ehr"><network><layer3><member>ethernet1/2</member></layer3></network></entry></zone>
        <log-settings><syslog><entry name="s"><server><entry name="one"><server>10.10.0.5</server></entry></server></entry></syslog></log-settings>
        <rulebase>
          <security><rules><entry name="pacs"><from><member>out</member></from><to><member>ehr</member></to><source><member>any</member></source>
            <destination><member>203.0.113.3</member></destination><service><member>service-https</member></service><application><member>any</member></application>
            <action>allow</action></entry></rules></security>
          <nat><rules><entry name="in"><from><member>out</member></from><to><member>out</member></to><source><member>any</member></source>
            <destination><member>203.0.113.3</member></destination><service>any</service>
            <destination-translation><translated-address>10.20.0.30</translated-address></destination-translation></entry>
            <entry name="away"><from><member>ehr</member></from><to><member>out</member></to><source><member>any</member></source><destination><member>any</member></destination>
            <service>any</service><source-translation><dynamic-ip-and-port><interface-address><interface>ethernet1/1</interface></interface-address></dynamic-ip-and-port></source-translation></entry>
          </rules></nat>
        </rulebase>
      </entry></vsys>
    </entry>
  </devices>
</config>
"""


def test_a_configuration_as_xml() -> None:
    assert recognise(XML.encode(), "running-config.xml")
    (fact,) = of(XML, DeviceFact)
    assert (fact.system, fact.hostname, fact.lines_unread) == ("panos", "pa", 0), of(XML, DeviceUnread)
    told = {row.name: (row.zone, row.address) for row in of(XML, DeviceInterface)}
    assert told == {"ethernet1/1": ("out", "203.0.113.2"), "ethernet1/2": ("ehr", "10.20.0.1"), "management": (None, "10.10.0.2")}
    pacs = [(row.destinations, row.states, row.destination_ports) for row in of(XML, DeviceRule) if row.rule == "pacs"]
    assert pacs == [("203.0.113.3", "!dnat", "443"), ("10.20.0.30", "dnat", "443")]
    (inward,) = [row for row in of(XML, DeviceRule) if row.chain == "destination NAT" and row.rule == "in"]
    assert (inward.decision, inward.destinations, inward.to_addresses, inward.interface_in) == ("dnat", "203.0.113.3", "10.20.0.30", "out")
    assert [(row.rule, row.decision, row.interface_out) for row in of(XML, DeviceRule) if row.chain == "source NAT"] == [
        ("in", "accept", None),
        ("away", "masquerade", "out"),
    ]
    (lab,) = of(XML, DeviceVpn)
    assert (lab.kind, lab.peer, lab.authentication, lab.interface, lab.listens_on) == (
        "ipsec",
        "198.51.100.7",
        "key",
        "tunnel.1",
        "ethernet1/1",
    )
    (admin,) = of(XML, DeviceAccount)
    assert (admin.name, admin.secret, admin.rights) == ("admin", "hashed", "superuser")
    access = {(row.protocol, row.interface, row.enabled, row.allowed_from) for row in of(XML, DeviceAccess)}
    assert {
        ("https", "management", True, "10.10.0.0/24"),
        ("telnet", "management", False, "10.10.0.0/24"),
        ("https", "ethernet1/1", True, None),
    } <= access
    assert [row.target for row in of(XML, DeviceLog)] == ["10.10.0.5"]
    assert {row.state for row in of(XML, DeviceSecret)} == {"hashed", "reversible"}


def test_no_secret_stays() -> None:
    stored = keywords(redact(XML.encode()).data).data.decode()
    assert "Hidden" not in stored and stored.count("\n") == XML.count("\n")


def test_it_is_not_proven() -> None:
    assert DIALECT.proven is False and DIALECT.documents


@given(
    st.lists(
        st.sampled_from(
            [
                "set rulebase security rules a from", "set rulebase security rules a source [ b c", 'set address x description "y', "set address-group g static g", "rulebase {",
                "}", "a b;", "move rulebase security rules a top", "delete zone", "set vsys v rulebase nat rules n destination-translation translated-address q",
                "set service s protocol tcp port 1-2,x", "set zone z network layer3 e", "]", "\x00", "set network interface ethernet e layer3 ip a/b",
                "set network virtual-router v routing-table ip static-route r destination x",
            ]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_lines(lines: list[str]) -> None:
    data = "\n".join(["set deviceconfig system hostname x", *lines, ""]).encode()
    assert parse(redact(data).data, context()).rows[0].system == "panos"
