"""What the reader of iptables-save writes for single rules, in the words of device_rules."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from omamori.model.device import DeviceChain, DeviceRule, DeviceUnread
from omamori.parse.linux.filter_iptables import read_save, tables_of
from omamori.parse.linux.filter_rows import device_rows
from omamori.parse.linux.filter_rule import Filter

_COLUMNS = (
    "protocol", "sources", "destinations", "source_ports", "destination_ports", "interface_in", "interface_out", "states", "unread",
    "target", "to_addresses", "to_ports", "one_to_one", "logs",
)  # fmt: skip


def rows(text: str, tool: str = "iptables", family: str = "ipv4") -> tuple[Any, ...]:
    found = Filter()
    read_save(list(enumerate(text.split("\n"), 1)), tool, family, found)
    return device_rows(found)


def rules(*lines: str, table: str = "filter", chain: str = "FORWARD") -> list[dict[str, Any]]:
    """The decision and every column that says something, of rules in one chain."""
    text = "\n".join((f"*{table}", f":{chain} ACCEPT [0:0]", ":OTHER - [0:0]", *(f"-A {chain} {line}" for line in lines), "COMMIT"))
    found = [row for row in rows(text) if isinstance(row, DeviceRule)]
    return [
        {"decision": row.decision, **{name: value for name, value in asdict(row).items() if name in _COLUMNS and value}} for row in found
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-j ACCEPT", [{}]),
        ("! -s 10.0.0.1/32 ! -i eth0 -p tcp -m tcp --dport 22 -j ACCEPT", [{"sources": "!10.0.0.1", "interface_in": "!eth0", "protocol": "tcp", "destination_ports": "22"}]),
        ("-s ! 10.0.0.1 -j ACCEPT", [{"sources": "!10.0.0.1"}]),
        ("-d 10.0.0.0/255.255.0.0 -o ppp+ -j ACCEPT", [{"destinations": "10.0.0.0/16", "interface_out": "ppp*"}]),
        ("-p udp -m multiport --dports 53,100:200 -j ACCEPT", [{"protocol": "udp", "destination_ports": "53,100-200"}]),
        ("-p tcp -m multiport ! --sports 1,2:5 -j ACCEPT", [{"protocol": "tcp", "source_ports": "!1-5"}]),
        ("-p tcp -m multiport --ports 5,6 -j ACCEPT", [{"protocol": "tcp", "destination_ports": "5-6"}, {"protocol": "tcp", "source_ports": "5-6", "destination_ports": "!5-6"}]),
        ("-m iprange --src-range 10.0.0.5-10.0.0.9 -s 10.0.0.0/29 -j ACCEPT", [{"sources": "10.0.0.5-10.0.0.7"}]),
        ("-m state --state RELATED,ESTABLISHED -j ACCEPT", [{"states": "related,established"}]),
        ("-m conntrack ! --ctstate INVALID -j ACCEPT", [{"states": "!invalid"}]),
        ("-m conntrack --ctstate DNAT -j ACCEPT", [{"states": "dnat"}]),
        ("-m conntrack --ctstate NEW,SNAT -j ACCEPT", [{"states": "new"}, {"states": "!new", "unread": "--ctstate NEW,SNAT"}]),
        ("-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j ACCEPT", [{"protocol": "tcp", "states": "!ack"}]),
        ("-p icmp -m icmp --icmp-type 8 -j ACCEPT", [{"protocol": "icmp", "destination_ports": "8"}]),
        ("-p icmp -m icmp --icmp-type 3/4 -j ACCEPT", [{"protocol": "icmp", "destination_ports": "3", "unread": "--icmp-type 3/4"}]),
        ("-p 50 -j ACCEPT", [{"protocol": "esp"}]),
        ("-m comment --comment \"to the printer, -j DROP\" -p tcp -j ACCEPT", [{"protocol": "tcp"}]),
        ("-m set --match-set office src,dst -j ACCEPT", [{"unread": "--match-set office src,dst"}]),
        ("-m limit --limit 3/sec --limit-burst 9 -j ACCEPT", [{"unread": "--limit 3/sec; --limit-burst 9"}]),
        ("-m string --string \"-j\" --algo bm -j ACCEPT", [{"unread": "--string -j; --algo bm"}]),
        ("-m nobodyknows -j ACCEPT", [{"unread": "-m nobodyknows"}]),
        ("-m addrtype --dst-type MULTICAST -j ACCEPT", [{"destinations": "224.0.0.0/4"}]),
    ],
)  # fmt: skip
def test_conditions(line: str, expected: list[dict[str, Any]]) -> None:
    assert rules(line) == [{"decision": "accept", **one} for one in expected]


@pytest.mark.parametrize(
    ("table", "chain", "line", "expected"),
    [
        ("filter", "INPUT", "-j REJECT --reject-with icmp-port-unreachable", {"decision": "reject"}),
        ("filter", "INPUT", "-j OTHER", {"decision": "jump", "target": "iptables filter OTHER"}),
        ("filter", "INPUT", "-g OTHER", {"decision": "goto", "target": "iptables filter OTHER"}),
        ("filter", "INPUT", "-j NOBODY", {"decision": "unknown"}),
        ("filter", "INPUT", "-j NFQUEUE --queue-num 1", {"decision": "unknown"}),
        ("filter", "INPUT", '-j LOG --log-prefix "a b\\"c"', {"decision": "continue", "logs": True}),
        ("filter", "INPUT", "-p tcp", {"decision": "continue", "protocol": "tcp"}),
        ("filter", "INPUT", '-m comment --comment "open', {"decision": "unknown", "unread": "(not read)"}),
        ("raw", "PREROUTING", "-j CT --notrack", {"decision": "notrack"}),
        ("raw", "PREROUTING", "-j CT --zone 1", {"decision": "unknown"}),
        ("nat", "PREROUTING", "-j DNAT --to-destination 10.0.0.1-10.0.0.4:80-90", {"decision": "dnat", "to_addresses": "10.0.0.1-10.0.0.4", "to_ports": "80-90"}),
        ("nat", "PREROUTING", "-j DNAT --to-destination :8080", {"decision": "dnat", "to_ports": "8080"}),
        ("nat", "PREROUTING", "-j DNAT --to-destination 10.0.0.1:80-90/1000", {"decision": "unknown"}),
        ("nat", "PREROUTING", "-j REDIRECT --to-ports 53", {"decision": "redirect", "to_ports": "53"}),
        ("nat", "POSTROUTING", "-o eth1 -j MASQUERADE --random", {"decision": "masquerade", "interface_out": "eth1"}),
        ("nat", "POSTROUTING", "-j SNAT --to-source 203.0.113.7", {"decision": "snat", "to_addresses": "203.0.113.7"}),
        ("nat", "POSTROUTING", "-s 10.1.0.0/24 -j NETMAP --to 10.2.0.0/24", {"decision": "snat", "sources": "10.1.0.0/24", "to_addresses": "10.2.0.0/24", "one_to_one": True}),
    ],
)  # fmt: skip
def test_targets(table: str, chain: str, line: str, expected: dict[str, Any]) -> None:
    assert rules(line, table=table, chain=chain) == [expected]


def test_hooks_and_priorities_are_those_of_the_kernel() -> None:
    text = "*nat\n:PREROUTING ACCEPT\n:INPUT ACCEPT\n:OUTPUT ACCEPT\n:POSTROUTING ACCEPT\nCOMMIT\n*raw\n:OUTPUT DROP\nCOMMIT\n*mangle\n:FORWARD ACCEPT\nCOMMIT"
    found = [(row.chain, row.hook, row.priority, row.policy, row.first_packet) for row in rows(text) if isinstance(row, DeviceChain)]
    assert found == [
        ("iptables nat PREROUTING", "prerouting", -100, "accept", True),
        ("iptables nat INPUT", "input", 100, "accept", True),
        ("iptables nat OUTPUT", "output", -100, "accept", True),
        ("iptables nat POSTROUTING", "postrouting", 100, "accept", True),
        ("iptables raw OUTPUT", "output", -300, "drop", False),
        ("iptables mangle FORWARD", "forward", -150, "accept", False),
    ]
    assert tables_of(enumerate(text.split("\n"))) == {"nat", "raw", "mangle"}


def test_what_is_no_rule_is_told_with_its_line() -> None:
    found = rows("*filter\n:INPUT DROP [0:0]\nsomething else\n[1:2] -X INPUT\n-A FORWARD -j DROP\nCOMMIT")
    assert [(row.line, row.text, row.concerns) for row in found if isinstance(row, DeviceUnread)] == [
        (3, "something else", "device_rules"),
        (4, "[1:2] -X INPUT", "device_rules"),
        (5, "the policy of FORWARD", "device_chains"),
    ]
    assert [row.hook for row in found if isinstance(row, DeviceChain)] == ["input", "forward"]


def test_ipv6_is_kept_as_ipv6() -> None:
    text = "*nat\n:PREROUTING ACCEPT\n-A PREROUTING -d 2001:db8::1/128 -p tcp -m tcp --dport 80 -j DNAT --to-destination [2001:db8::2]:8080\nCOMMIT"
    (rule,) = [row for row in rows(text, "ip6tables", "ipv6") if isinstance(row, DeviceRule)]
    assert (rule.family, rule.destinations, rule.to_addresses, rule.to_ports) == ("ipv6", "2001:db8::1", "2001:db8::2", "8080")
