"""A small pfSense and OPNsense, written from their documentation: what their lines amount to, and hostile XML."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parse.device.dialects.fortios_sample import context, rows

from omamori.parse.device.config import parse, recognise, redact
from omamori.parse.redact import redact as keywords

SAMPLE = """\
<?xml version="1.0"?>
<pfsense>
	<version>22.9</version>
	<system>
		<hostname>fw</hostname>
		<domain>example.jp</domain>
		<group><name>admins</name><member>0</member></group>
		<user>
			<name>admin</name>
			<bcrypt-hash>$2y$10$abcdefghijklmnopqrstuv</bcrypt-hash>
			<uid>0</uid>
			<scope>system</scope>
		</user>
		<webgui><protocol>https</protocol><port>4443</port></webgui>
		<ssh><enable>enabled</enable></ssh>
	</system>
	<interfaces>
		<wan>
			<enable></enable>
			<if>em0</if>
			<descr><![CDATA[WAN]]></descr>
			<ipaddr>203.0.113.2</ipaddr>
			<subnet>29</subnet>
			<gateway>WANGW</gateway>
			<blockpriv>on</blockpriv>
		</wan>
		<lan>
			<enable></enable>
			<if>em1</if>
			<ipaddr>10.10.0.1</ipaddr>
			<subnet>24</subnet>
		</lan>
		<opt1>
			<enable></enable>
			<if>em1.20</if>
			<descr>EHR</descr>
			<ipaddr>10.20.0.1</ipaddr>
			<subnet>24</subnet>
		</opt1>
	</interfaces>
	<vlans><vlan><if>em1</if><tag>20</tag><vlanif>em1.20</vlanif></vlan></vlans>
	<gateways>
		<gateway_item><interface>wan</interface><gateway>203.0.113.1</gateway><name>WANGW</name></gateway_item>
		<gateway_item><interface>lan</interface><gateway>10.10.0.9</gateway><name>LAB</name></gateway_item>
		<defaultgw4>WANGW</defaultgw4>
	</gateways>
	<staticroutes><route><network>172.20.0.0/16</network><gateway>LAB</gateway></route></staticroutes>
	<aliases>
		<alias><name>servers</name><type>host</type><address>10.20.0.10 10.20.0.11</address></alias>
		<alias><name>maintenance</name><type>port</type><address>22 5900:5903</address></alias>
		<alias><name>feeds</name><type>urltable</type><address>https://lists.example.jp/x</address></alias>
	</aliases>
	<snmpd><enable></enable><rocommunity>public</rocommunity></snmpd>
	<syslog><enable></enable><remoteserver>10.10.0.5</remoteserver></syslog>
	<nat>
		<outbound><mode>automatic</mode></outbound>
		<rule>
			<source><any></any></source>
			<destination><network>wanip</network><port>8443</port></destination>
			<protocol>tcp</protocol>
			<target>10.20.0.30</target>
			<local-port>443</local-port>
			<interface>wan</interface>
			<descr>PACS</descr>
			<associated-rule-id>pass</associated-rule-id>
		</rule>
	</nat>
	<filter>
		<rule>
			<type>pass</type><interface>lan</interface><ipprotocol>inet</ipprotocol><descr>maintenance</descr>
			<protocol>tcp/udp</protocol>
			<source><network>lan</network></source>
			<destination><address>servers</address><port>maintenance</port></destination>
		</rule>
		<rule>
			<type>block</type><interface>lan,opt1</interface><ipprotocol>inet</ipprotocol><descr>late</descr><floating>yes</floating>
			<source><any></any></source><destination><any></any></destination>
		</rule>
		<rule>
			<type>block</type><interface>wan</interface><ipprotocol>inet</ipprotocol><descr>first</descr><floating>yes</floating><quick>yes</quick>
			<source><address>feeds</address></source><destination><any></any></destination><log></log>
		</rule>
		<rule>
			<type>pass</type><interface>opt1</interface><ipprotocol>inet</ipprotocol><descr>not lan</descr><disabled></disabled>
			<source><network>opt1</network></source><destination><network>lan</network><not></not></destination>
		</rule>
		<separator><lan></lan></separator>
	</filter>
	<openvpn>
		<openvpn-server>
			<mode>server_tls_user</mode><protocol>UDP4</protocol><interface>wan</interface><local_port>1194</local_port><vpnid>1</vpnid>
			<tunnel_network>10.8.0.0/24</tunnel_network><local_network>10.20.0.0/24</local_network>
			<tls>c2VjcmV0c2VjcmV0
c2VjcmV0c2VjcmV1</tls>
		</openvpn-server>
	</openvpn>
	<ipsec>
		<phase1>
			<ikeid>1</ikeid><interface>wan</interface><remote-gateway>198.51.100.7</remote-gateway><descr>lab</descr>
			<authentication_method>pre_shared_key</authentication_method><pre-shared-key>psk-Word-1</pre-shared-key>
		</phase1>
		<phase2><ikeid>1</ikeid><remoteid><type>network</type><address>172.20.0.0</address><netbits>16</netbits></remoteid></phase2>
	</ipsec>
	<revision><time>1700000000</time></revision>
</pfsense>
"""
SECRETS = ("abcdefghijklmnopqrstuv", "psk-Word-1", "c2VjcmV0", ">public<")
FOUND = rows(SAMPLE)


def rules(chain: str, found: dict[str, list] = FOUND) -> list:
    return [row for row in found["DeviceRule"] if row.chain == chain]


def test_the_device() -> None:
    (fact,) = FOUND["DeviceFact"]
    assert (fact.system, fact.hostname, fact.configured) == ("pfsense", "fw.example.jp", datetime(2023, 11, 14, 22, 13, 20))
    assert fact.lines_unread == 0, FOUND["DeviceUnread"]


def test_interfaces_and_routes() -> None:
    told = {row.name: (row.kind, row.role, row.address, row.prefix, row.vlan, row.label) for row in FOUND["DeviceInterface"]}
    assert told["wan"] == ("ethernet", "outside", "203.0.113.2", 29, None, "WAN")
    assert told["opt1"] == ("vlan", None, "10.20.0.1", 24, 20, "EHR") and "openvpn" in told and "enc0" in told
    routes = {(row.destination, row.gateway, row.interface) for row in FOUND["DeviceRoute"]}
    assert routes == {("0.0.0.0/0", "203.0.113.1", "wan"), ("172.20.0.0/16", "10.10.0.9", "lan")}


def test_order_of_the_filter() -> None:
    names = list(dict.fromkeys(row.rule for row in rules("filter")))
    assert names == ["PACS", "blockpriv wan", "anti-lockout", "first", "maintenance", "not lan", "late"]
    chain = next(row for row in FOUND["DeviceChain"] if row.chain == "filter")
    assert (chain.hook, chain.priority, chain.policy) == ("prerouting", 0, "drop")


def test_rules_with_aliases() -> None:
    told = [row for row in rules("filter") if row.rule == "maintenance"]
    assert [(row.protocol, row.sources, row.destinations, row.destination_ports, row.interface_in) for row in told] == [
        ("tcp", "10.10.0.0/24", "10.20.0.10/31", "22,5900-5903", "lan"),
        ("udp", "10.10.0.0/24", "10.20.0.10/31", "22,5900-5903", "lan"),
    ]
    (first,) = [row for row in rules("filter") if row.rule == "first"]
    assert first.unread == "alias feeds (urltable)" and first.decision == "drop" and first.logs
    (off,) = [row for row in rules("filter") if row.rule == "not lan"]
    assert off.enabled is False and off.destinations == "!10.10.0.0/24"


def test_a_port_forward_is_translated_before_the_filter_sees_it() -> None:
    (forward,) = rules("port forward")
    assert (forward.decision, forward.destinations, forward.destination_ports) == ("dnat", "203.0.113.2", "8443")
    assert (forward.to_addresses, forward.to_ports, forward.interface_in) == ("10.20.0.30", "443", "wan")
    passed = rules("filter")[0]
    assert (passed.decision, passed.destinations, passed.destination_ports, passed.states) == ("accept", "10.20.0.30", "443", "dnat")


def test_automatic_outbound_nat() -> None:
    (one,) = rules("outbound NAT")
    assert (one.decision, one.interface_out, one.sources) == ("masquerade", "wan", "10.10.0.0/24,10.20.0.0/24")
    assert rules("outbound NAT", rows(SAMPLE.replace("automatic", "disabled"))) == []


def test_one_to_one() -> None:
    text = SAMPLE.replace(
        "<nat>",
        "<nat><onetoone><external>203.0.113.4</external><source><address>10.20.0.40</address></source><destination><any></any></destination>"
        "<interface>wan</interface><descr>pair</descr></onetoone>",
    )
    found = rows(text)
    inward = next(row for row in rules("port forward", found) if row.rule == "pair")
    assert (inward.decision, inward.destinations, inward.to_addresses) == ("dnat", "203.0.113.4", "10.20.0.40")
    outward = rules("outbound NAT", found)[0]
    assert (outward.decision, outward.sources, outward.to_addresses, outward.interface_out) == ("snat", "10.20.0.40", "203.0.113.4", "wan")


def test_doors_accounts_access_logs() -> None:
    told = {row.name: (row.kind, row.dial_in, row.port, row.authentication, row.remote_networks) for row in FOUND["DeviceVpn"]}
    assert told["openvpn-server 1"] == ("openvpn", True, 1194, "certificate,password", "10.8.0.0/24")
    assert told["lab"] == ("ipsec", False, None, "key", "172.20.0.0/16")
    (admin,) = FOUND["DeviceAccount"]
    assert (admin.name, admin.kind, admin.secret, admin.rights) == ("admin", "administrator", "hashed", "admins")
    assert {(row.protocol, row.port) for row in FOUND["DeviceAccess"]} == {("https", 4443), ("ssh", 22), ("snmp", 161)}
    assert {(row.target, row.kind) for row in FOUND["DeviceLog"]} == {("10.10.0.5", "syslog"), ("disk", "disk")}
    assert {row.place: row.state for row in FOUND["DeviceSecret"]}["snmp community"] == "default"


def test_no_secret_stays_and_the_document_is_still_whole() -> None:
    stored = keywords(redact(SAMPLE.encode()).data).data.decode()
    assert [secret for secret in SECRETS if secret in stored] == []
    assert stored.count("\n") == SAMPLE.count("\n")
    assert [row for row in parse(stored.encode(), context()).rows if type(row).__name__ != "DeviceSecret"] == [
        row for row in parse(SAMPLE.encode(), context()).rows if type(row).__name__ != "DeviceSecret"
    ]


def test_opnsense_has_its_aliases_elsewhere() -> None:
    text = SAMPLE.replace("pfsense>", "opnsense>").replace(
        "<revision>",
        "<OPNsense><Firewall><Alias><aliases><alias uuid='1'><enabled>1</enabled><name>servers</name><type>network</type><content>10.30.0.0/24\n10.31.0.0/24</content>"
        "</alias></aliases></Alias></Firewall></OPNsense><revision>",
    )
    found = rows(text)
    assert found["DeviceFact"][0].system == "opnsense"
    assert [row.destinations for row in rules("filter", found) if row.rule == "maintenance"] == ["10.30.0.0/24,10.31.0.0/24"] * 2


@pytest.mark.parametrize(
    ("more", "table"),
    [
        ("<OPNsense><Firewall><Filter><rules><rule><action>pass</action></rule></rules></Filter></Firewall></OPNsense>", "device_rules"),
        ("<brandnew><thing>x</thing></brandnew>", "device_rules"),
        ("<bridges><bridged><members>lan,opt1</members></bridged></bridges>", "device_routes"),
    ],
)
def test_what_is_not_read_is_told(more: str, table: str) -> None:
    told = rows(SAMPLE.replace("<revision>", more + "<revision>"))["DeviceUnread"]
    assert [row.concerns for row in told] == [table]


@pytest.mark.parametrize("more", ["<gateway>WANGW</gateway>", "<tagged>x</tagged>", "<newcondition>x</newcondition>"])
def test_conditions_that_are_not_followed_make_a_rule_doubtful(more: str) -> None:
    found = rows(SAMPLE.replace("<descr>maintenance</descr>", f"<descr>maintenance</descr>{more}"))
    assert all(row.unread for row in rules("filter", found) if row.rule == "maintenance")


def test_a_document_type_is_refused_and_what_came_before_is_kept() -> None:
    bomb = (
        '<?xml version="1.0"?>\n<pfsense>\n<system><hostname>fw</hostname></system>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<filter/></pfsense>\n'
    )
    assert [row.concerns for row in rows(bomb)["DeviceUnread"]] == ["device_rules"]
    assert not recognise(b'<?xml version="1.0"?><!DOCTYPE pfsense><pfsense></pfsense>', "x")


def test_a_file_that_ends_early_is_told() -> None:
    told = rows(SAMPLE[: SAMPLE.index("<openvpn>")])
    assert any(row.section == "XML" for row in told["DeviceUnread"]) and told["DeviceFact"][0].hostname == "fw.example.jp"


@given(st.lists(st.sampled_from([*SAMPLE.split("\n"), "<rule>", "</rule>", "<psk>", "&#0;", "<![CDATA["]), max_size=60))
def test_any_order_of_any_lines_is_read(lines: list[str]) -> None:
    data = "\n".join(["<?xml version='1.0'?>", "<pfsense>", *lines]).encode()
    once = redact(data).data
    assert once.count(b"\n") == data.count(b"\n")
    assert parse(once, context()).rows[0].system == "pfsense"
