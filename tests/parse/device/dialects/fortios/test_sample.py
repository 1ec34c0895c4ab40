"""A whole FortiGate: what each line of the sample amounts to, and that no secret of it is kept."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.parse.device.dialects.fortios_sample import SAMPLE, SECRETS, context, rows

from omamori.parse.device.config import parse, recognise, redact
from omamori.parse.redact import redact as keywords
from omamori.parse.windows.decode import decode

FOUND = rows(SAMPLE)


def rules(chain: str) -> list:
    return [row for row in FOUND["DeviceRule"] if row.chain == chain]


def test_the_header_names_model_and_firmware() -> None:
    (fact,) = FOUND["DeviceFact"]
    assert (fact.hostname, fact.system, fact.model, fact.version) == ("vpn-maint", "fortios", "FortiGate-60F", "6.4.5")
    assert fact.firmware_built == date(2021, 2, 17)
    assert fact.forwards is True and fact.stateful is True and fact.lines_unread == 0


def test_interfaces() -> None:
    told = {row.name: (row.kind, row.role, row.address, row.prefix, row.dynamic, row.vlan, row.parent) for row in FOUND["DeviceInterface"]}
    assert told["wan1"] == ("ethernet", "outside", "203.0.113.2", 29, False, None, None)
    assert told["ehr"] == ("vlan", None, "10.20.0.1", 24, False, 20, "internal")
    assert told["wan2"] == ("ppp", "outside", None, None, True, None, None)
    assert told["to-lab"][0] == "tunnel" and told["ssl.root"][0] == "tunnel"


def test_routes_with_their_distance() -> None:
    told = {
        (row.destination, row.gateway, row.interface, row.distance, row.origin, row.discard)
        for row in FOUND["DeviceRoute"]
        if row.origin != "vpn"
    }
    assert told == {
        ("0.0.0.0/0", "203.0.113.1", "wan1", 10, "static", False),
        ("0.0.0.0/0", None, "wan2", 5, "dhcp", False),
        ("172.20.0.0/16", None, "to-lab", 10, "static", False),
        ("172.20.0.0/16", None, None, 254, "static", True),
    }


def test_the_way_back_to_those_who_dial_in() -> None:
    told = {(row.destination, row.interface) for row in FOUND["DeviceRoute"] if row.origin == "vpn"}
    assert told == {("10.212.134.200/29", "ssl.root"), ("10.212.134.208/31", "ssl.root"), ("10.212.134.210/32", "ssl.root")}


def test_the_hooks_say_the_order_of_the_device() -> None:
    told = {row.chain: (row.hook, row.priority, row.policy) for row in FOUND["DeviceChain"]}
    assert told == {
        "vip": ("prerouting", -100, "accept"),
        "policy": ("forward", 0, "drop"),
        "snat": ("postrouting", 100, "accept"),
        "local services": ("input", 0, "drop"),
    }


def test_policies_stand_in_the_order_of_the_file_not_of_their_numbers() -> None:
    names = list(dict.fromkeys((row.rule or "").split()[0] for row in rules("policy")))
    assert names == ["7", "3", "4", "5"]
    assert [row.position for row in rules("policy")] == list(range(len(rules("policy"))))


def test_a_policy_for_vpn_users_lets_their_pool_to_the_servers_and_doubts_only_the_name() -> None:
    known = [row for row in rules("policy") if row.rule.startswith("7") and not row.unread]
    assert {(row.protocol, row.source_ports, row.destination_ports) for row in known} == {
        ("tcp", "1024-65535", "5900-5903"),
        ("tcp", None, "22"),
        ("udp", None, "161"),
    }
    assert {(row.sources, row.destinations, row.interface_in, row.interface_out) for row in known} == {
        ("10.212.134.200-10.212.134.210", "10.20.0.10-10.20.0.19", "ssl.root", "ehr")
    }
    doubtful = [row for row in rules("policy") if row.unread]
    assert {(row.destinations, row.unread) for row in doubtful} == {(None, "address updates: fqdn update.example.jp")}


def test_a_virtual_address_is_translated_first_and_its_policy_sees_the_real_one() -> None:
    (vip,) = rules("vip")
    assert (vip.decision, vip.destinations, vip.destination_ports, vip.protocol) == ("dnat", "203.0.113.3", "8443", "tcp")
    assert (vip.to_addresses, vip.to_ports, vip.interface_in) == ("10.20.0.30", "443", "wan1")
    (policy,) = [row for row in rules("policy") if row.rule.startswith("3")]
    assert (policy.destinations, policy.protocol, policy.destination_ports, policy.states) == ("10.20.0.30", "tcp", "443", "dnat")


def test_a_virtual_address_no_policy_names_translates_nothing() -> None:
    assert "unused" not in {row.rule for row in rules("vip")}


def test_other_policies_do_not_meet_translated_packets() -> None:
    assert {row.states for row in rules("policy") if not row.rule.startswith("3")} == {"!dnat"}


def test_a_policy_that_is_off_or_negated() -> None:
    (row,) = [row for row in rules("policy") if row.rule == "4"]
    assert row.enabled is False and row.decision == "drop" and row.sources == "!10.10.0.0/24" and row.interface_out == "wan1,wan2"


def test_only_policies_with_nat_change_the_source() -> None:
    assert {(row.rule, row.decision) for row in rules("snat")} == {
        ("7 SSL to EHR", "accept"), ("3 PACS from outside", "accept"), ("5", "masquerade"),
    }  # fmt: skip


def test_doors() -> None:
    ssl, lab = FOUND["DeviceVpn"]
    assert (ssl.kind, ssl.dial_in, ssl.enabled, ssl.listens_on, ssl.port, ssl.allowed_from) == ("ssl-vpn", True, True, "wan1", 10443, None)
    assert ssl.two_factor is False, "one of two users has no second factor"
    assert ssl.remote_networks == "10.212.134.200-10.212.134.210" and ssl.interface == "ssl.root"
    assert (lab.kind, lab.dial_in, lab.peer, lab.authentication) == ("ipsec", False, "198.51.100.7", "key")
    assert (lab.local_networks, lab.remote_networks) == ("10.20.0.0/24", "172.20.0.0/16")


def test_accounts_and_the_state_of_their_passwords() -> None:
    told = {row.name: (row.kind, row.secret, row.two_factor, row.allowed_from) for row in FOUND["DeviceAccount"]}
    assert told == {
        "admin": ("administrator", "default", False, None),
        "vendor": ("administrator", "hashed", False, "10.10.0.0/24"),
        "tech1": ("vpn-user", "reversible", False, None),
        "tech2": ("vpn-user", "plain", True, None),
    }


def test_administration_is_open_from_anywhere_as_soon_as_one_administrator_is() -> None:
    told = {(row.protocol, row.interface, row.port, row.allowed_from) for row in FOUND["DeviceAccess"]}
    assert told == {
        ("ping", "wan1", None, None), ("https", "wan1", 8443, None), ("ssh", "wan1", 22, None),
        ("https", "internal", 8443, None), ("ssh", "internal", 22, None),
    }  # fmt: skip


def test_with_trusted_hosts_for_all_it_is_not() -> None:
    limited = SAMPLE.replace('    edit "admin"\n', '    edit "admin"\n        set trusthost1 10.10.0.7 255.255.255.255\n')
    told = {row.allowed_from for row in rows(limited)["DeviceAccess"] if row.protocol != "ping"}
    assert told == {"10.10.0.0/24"}


def test_what_it_answers_itself() -> None:
    told = {(row.rule, row.protocol, row.destination_ports, row.interface_in) for row in rules("local services")}
    assert ("SSL-VPN", "tcp", "10443", "wan1") in told and ("IPsec", "udp", "500,4500", "wan1") in told
    assert ("allowaccess https", "tcp", "8443", "wan1") in told
    assert not any(rule == "login page" for rule, *_ in told), "groups of VPN users ask for no login page"


def test_logs() -> None:
    assert {(row.target, row.kind, row.enabled) for row in FOUND["DeviceLog"]} == {
        ("10.10.0.5", "syslog", True),
        ("10.10.0.9", "snmp", True),
    }


def test_the_state_of_each_secret() -> None:
    told = {row.place: row.state for row in FOUND["DeviceSecret"]}
    assert told["snmp community 1"] == "default"
    assert told["vpn ipsec phase1-interface to-lab psksecret"] == "reversible"
    assert told["user local tech2 passwd"] == "plain"
    assert told["system admin vendor password"] == "hashed"
    assert told["vpn certificate local Own private-key"] == "reversible"


def test_no_secret_stays_and_the_rows_are_the_same_as_without_redaction() -> None:
    stored = keywords(redact(SAMPLE.encode()).data).data.decode()
    assert [secret for secret in SECRETS if secret in stored] == []
    assert stored.count("\n") == SAMPLE.count("\n") and "MIIpublicpublicpublic" in stored
    assert redact(stored.encode()).data.decode() == stored
    raw = parse(SAMPLE.encode(), context()).rows
    assert raw == parse(stored.encode(), context()).rows


def test_a_text_that_was_never_closed_hides_no_secret() -> None:
    text = (
        'config user local\n    edit "a"\n        set comment "it\n        set passwd secretword1\n        set email "x"\n    next\nend\n'
    )
    assert b"secretword1" not in redact(text.encode()).data


def test_an_own_key_makes_the_ciphers_hard_to_undo() -> None:
    private = SAMPLE.replace("    set timezone 60\n", "    set private-data-encryption enable\n")
    told = {row.place: row.state for row in rows(private)["DeviceSecret"]}
    assert told["user local tech1 passwd"] == "hashed"


LINES = SAMPLE.split("\n")
PIECES = st.lists(
    st.one_of(
        st.sampled_from(LINES),
        st.sampled_from(["end", "next", "config firewall policy", 'set x "', "edit 0", "set member a b"]),
        st.text(max_size=40),
    ),
    max_size=60,
)


@given(PIECES)
def test_any_order_of_any_lines_is_read_to_its_end(lines: list[str]) -> None:
    data = "\n".join(["#config-version=FGT60F-6.4.5-FW-build1828-210217:", *lines, ""]).encode()
    assert recognise(data, "x")
    once = redact(data).data
    assert once.count(b"\n") == decode(data).plain.count("\n")
    parsed = parse(once, context())
    assert parsed.rows[0].system == "fortios"


@given(st.integers(0, len(LINES) - 1))
def test_a_line_that_is_not_understood_only_adds_doubt(place: int) -> None:
    """Put a line nobody knows anywhere: the rows that are certain stay, or the line is told."""
    odd = [*LINES[:place], "set some-new-setting of-the-maker", *LINES[place:]]
    found = rows("\n".join(odd))
    told = any("some-new-setting" in row.text for row in found.get("DeviceUnread", ()))
    inside = any("some-new-setting" in (row.unread or "") for row in found["DeviceRule"])
    section = next((line for line in reversed(LINES[:place]) if line.startswith(("config ", "end"))), "")
    assert told or inside or section in ("config vpn certificate local", "config log memory filter")
