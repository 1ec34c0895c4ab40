"""Central NAT, match-vip by version, zones, identity, internet services, local-in: where the meaning of a policy is not in its words alone."""

from __future__ import annotations

import pytest
from tests.parse.device.dialects.fortios_sample import SAMPLE, rows

DENY = """\
config firewall policy
    edit 90
        set srcintf "wan1"
        set dstintf "any"
        set srcaddr "all"
        set dstaddr "all"
        set schedule "always"
        set service "ALL"
    next
    move 90 before 7
end
"""


def policy(text: str, number: str, chain: str = "policy") -> list:
    return [row for row in rows(text)["DeviceRule"] if row.chain == chain and (row.rule or "").split(" ")[0] == number]


def change(number: int, setting: str) -> str:
    return f"config firewall policy\n    edit {number}\n        {setting}\n    next\nend\n"


def test_a_policy_that_denies_does_not_stop_translated_packets_before_7_2_4() -> None:
    assert [(row.decision, row.states) for row in policy(SAMPLE + DENY, "90")] == [("drop", "!dnat")]


def test_from_7_2_4_it_does() -> None:
    newer = SAMPLE.replace("-6.4.5-FW-build1828", "-7.2.4-FW-build1396")
    assert [(row.decision, row.states) for row in policy(newer + DENY, "90")] == [("drop", None)]


def test_where_the_version_is_not_known_it_is_a_doubt() -> None:
    unknown = SAMPLE.replace("#config-version=FGT60F-6.4.5-FW-build1828-210217", "#config-version=Fxx")
    told = [(row.decision, row.states, row.unread) for row in policy(unknown + DENY, "90")]
    assert told == [("drop", "!dnat", None), ("drop", "dnat", "match-vip by default")]


def test_match_vip_as_it_is_set() -> None:
    assert {row.states for row in policy(SAMPLE + change(5, "set match-vip enable"), "5")} == {None}
    assert {row.states for row in policy(SAMPLE + DENY + change(90, "set match-vip disable"), "90")} == {"!dnat"}


def test_with_central_nat_policies_name_the_real_address_and_have_no_states() -> None:
    text = SAMPLE.replace(
        "config system snmp sysinfo", "config system settings\n    set central-nat enable\nend\nconfig system snmp sysinfo"
    )
    text += (
        "config firewall central-snat-map\n    edit 1\n        set srcintf internal\n        set dstintf wan1\n        set orig-addr lan\n"
        "        set dst-addr all\n    next\n    edit 2\n        set srcintf internal\n        set dstintf wan1\n        set orig-addr all\n"
        "        set dst-addr all\n        set nat disable\n    next\nend\n"
    )
    found = rows(text)["DeviceRule"]
    assert {row.states for row in found if row.chain == "policy"} == {None}
    assert [row.rule for row in found if row.chain == "vip"] == ["pacs-web", "unused"]
    assert [(row.decision, row.sources) for row in found if row.chain == "central-snat"] == [
        ("masquerade", "10.10.0.0/24"),
        ("accept", None),
    ]
    assert not any(row.chain == "snat" for row in found)


def test_groups_are_a_doubt_unless_they_came_in_by_a_tunnel() -> None:
    assert all(row.unread == "groups staff" for row in policy(SAMPLE + change(5, "set groups staff"), "5"))
    assert not any("groups" in (row.unread or "") for row in policy(SAMPLE, "7"))


def test_an_internet_service_is_a_doubt() -> None:
    text = SAMPLE + change(5, "set internet-service enable") + change(5, "set internet-service-name Google-DNS")
    assert all("internet-service" in (row.unread or "") and row.destinations is None for row in policy(text, "5"))


@pytest.mark.parametrize("setting", ["set service-negate enable", "set ztna-status enable", "set vlan-filter 1-5", "set some-new-thing x"])
def test_conditions_that_are_not_followed_make_a_policy_doubtful(setting: str) -> None:
    assert all(row.unread for row in policy(SAMPLE + change(5, setting), "5"))


def test_profiles_do_not() -> None:
    assert not any(row.unread for row in policy(SAMPLE + change(5, "set webfilter-profile strict"), "5"))


def test_a_schedule_is_kept_and_none_never_counts() -> None:
    assert {row.schedule for row in policy(SAMPLE + change(5, "set schedule nights"), "5")} == {"nights"}
    assert {row.enabled for row in policy(SAMPLE + change(5, "set schedule none"), "5")} == {False}


def test_a_pool_of_addresses() -> None:
    text = SAMPLE + "config firewall ippool\n    edit p\n        set startip 203.0.113.5\n        set endip 203.0.113.6\n    next\nend\n"
    text += change(5, "set ippool enable") + change(5, "set poolname p")
    assert {(row.decision, row.to_addresses) for row in policy(text, "5", "snat")} == {("snat", "203.0.113.5-203.0.113.6")}
    missing = SAMPLE + change(5, "set ippool enable") + change(5, "set poolname q")
    assert {row.decision for row in policy(missing, "5", "snat")} == {"unknown"}


def test_inside_a_zone_packets_pass_only_where_it_is_allowed() -> None:
    zone = "config system zone\n    edit inner\n        set interface internal ehr\n        set intrazone {}\n    next\nend\n"
    (rule,) = policy(SAMPLE + zone.format("allow"), "intrazone")
    assert (rule.decision, rule.interface_in, rule.interface_out, rule.position) == ("accept", "inner", "inner", 0)
    assert policy(SAMPLE + zone.format("deny"), "intrazone") == []
    deny = DENY.replace('"wan1"', '"any"')
    assert policy(SAMPLE + zone.format("allow") + deny, "intrazone")[0].decision == "unknown"


def test_local_in_policies_come_before_what_is_open() -> None:
    text = SAMPLE + (
        "config firewall local-in-policy\n    edit 1\n        set intf wan1\n        set srcaddr lan\n        set srcaddr-negate enable\n"
        "        set dstaddr all\n        set service HTTPS\n        set schedule always\n    next\nend\n"
    )
    (rule,) = policy(text, "1", "local-in-policy")
    assert (rule.decision, rule.sources, rule.destination_ports, rule.interface_in) == ("drop", "!10.10.0.0/24", "443", "wan1")
    chain = next(row for row in rows(text)["DeviceChain"] if row.chain == "local-in-policy")
    assert (chain.hook, chain.priority, chain.policy) == ("input", -10, "accept")


def test_ipv6_policies_are_kept_with_their_family() -> None:
    found = policy(SAMPLE + change(5, "set srcaddr6 all") + change(5, "set dstaddr6 all"), "5")
    assert {row.family for row in found} == {"ipv4", "ipv6"}


FULL = """\
        set status enable
        set nat64 disable
        set nat46 disable
        set ztna-status disable
        set internet-service disable
        set internet-service-src disable
        unset reputation-minimum
        set rtp-nat disable
        set send-deny-packet disable
        set firewall-session-dirty check-all
        set schedule-timeout disable
        set policy-expiry disable
        set tos-mask 0x00
        set anti-replay enable
        set inspection-mode flow
        set profile-protocol-options "default"
        set ssl-ssh-profile "no-inspection"
        set logtraffic utm
        set auto-asic-offload enable
        set np-acceleration enable
        set permit-any-host disable
        set session-ttl 0
        set vlan-cos-fwd 255
        set match-vip disable
        set match-vip-only disable
        set diffserv-copy disable
        set tcp-mss-sender 0
        set comments ''
        set auth-cert ''
        set vlan-filter ''
        set srcaddr-negate disable
        set dstaddr-negate disable
        set service-negate disable
        set captive-portal-exempt disable
        set dsri disable
        set sgt-check disable
"""


def test_the_defaults_that_a_full_configuration_lists_are_no_doubts() -> None:
    found = policy(SAMPLE + "config firewall policy\n    edit 5\n" + FULL + "    next\nend\n", "5")
    assert found and not any(row.unread for row in found)
