"""Logs of firewalls: every way of writing them, flows put together, bounded, and nobody's name stored."""

from __future__ import annotations

import dataclasses
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.look import Parsed
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.network.log.condense import MARK, condense, lines_of
from omamori.parse.network.log.firewall_log import KIND, PARSERS, condensed, recognise
from omamori.parse.registry import recognise as any_recognise

NOW = datetime(2026, 6, 1, 9)
KERNEL = "LEN=52 TOS=0x00 PREC=0x00 TTL=115 ID=15743 DF PROTO=TCP SPT=17805 DPT=445 WINDOW=8192 RES=0x00 SYN URGP=0"
LINES = {
    "netfilter": (
        f"May 31 03:37:09 fw1 kernel: [ 12.345678] iptables DROP_INPUT: IN=eth0 OUT= MAC=90:10 SRC=198.51.100.7 DST=10.1.0.5 {KERNEL}\n"
        f"May 31 03:40:21 fw1 kernel: iptables DROP_INPUT: IN=eth0 OUT= MAC=90:10 SRC=198.51.100.7 DST=10.1.0.5 {KERNEL.replace('17805', '64358')}\n"
        "May 31 04:00:00 fw1 kernel: [WAN_OUT-2000-A]IN=eth0 OUT=eth2 MAC=90:10 SRC=10.1.0.5 DST=10.2.0.6 LEN=84 PROTO=ICMP TYPE=8 CODE=0\n"
        "May 31 04:00:01 fw1 sshd[1]: Accepted password for himitsu from 10.0.0.1 port 22 ssh2\n",
        [
            {
                "first_seen": datetime(2026, 5, 31, 3, 37, 9), "last_seen": datetime(2026, 5, 31, 3, 40, 21), "protocol": "tcp",
                "source_address": "198.51.100.7", "destination_address": "10.1.0.5", "destination_port": 445, "action": "drop",
                "rule": "iptables DROP_INPUT", "interface_in": "eth0", "times": 2,
            },
            {
                "first_seen": datetime(2026, 5, 31, 4), "last_seen": datetime(2026, 5, 31, 4), "protocol": "icmp",
                "source_address": "10.1.0.5", "destination_address": "10.2.0.6", "action": "accept", "rule": "WAN_OUT-2000-A",
                "interface_in": "eth0", "interface_out": "eth2", "times": 1,
            },
        ],
        "name:fw1",
    ),
    "ulogd-logemu": (
        f"Dec 31 23:59:59 gate REJECT: IN=eth1 OUT=eth0 MAC= SRC=10.1.0.9 DST=203.0.113.9 {KERNEL}\n",
        [
            {
                "first_seen": datetime(2025, 12, 31, 23, 59, 59), "last_seen": datetime(2025, 12, 31, 23, 59, 59), "protocol": "tcp",
                "source_address": "10.1.0.9", "destination_address": "203.0.113.9", "destination_port": 445, "action": "reject",
                "rule": "REJECT", "interface_in": "eth1", "interface_out": "eth0", "times": 1,
            },
        ],
        "name:gate",
    ),
    "ulogd-json": (
        '{"timestamp": "2026-05-31T12:00:00.000001+0900", "dvc": "fw", "raw.pktlen": 60, "oob.prefix": "in-drop: ", "oob.in": "eth0", '
        '"oob.uid": "himitsu", "ip.protocol": 17, "src_ip": "10.1.0.7", "src_port": 50000, "dest_ip": "10.1.0.255", "dest_port": 137}\n',
        [
            {
                "first_seen": datetime(2026, 5, 31, 3), "last_seen": datetime(2026, 5, 31, 3), "protocol": "udp",
                "source_address": "10.1.0.7", "destination_address": "10.1.0.255", "destination_port": 137, "action": "drop",
                "rule": "in-drop", "interface_in": "eth0", "times": 1,
            },
        ],
        None,
    ),
    "pfirewall": (
        "#Version: 1.5\r\n#Software: Microsoft Windows Firewall\r\n#Time Format: Local\r\n"
        "#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path\r\n\r\n"
        "2026-05-31 09:00:00 DROP TCP 10.1.0.8 10.1.0.9 51000 445 52 S 123 0 8192 - - - RECEIVE\r\n"
        "2026-05-31 09:00:05 DROP TCP 10.1.0.8 10.1.0.9 51001 445 52 S 124 0 8192 - - - RECEIVE\r\n"
        "2026-05-31 09:00:06 ALLOW ICMP 10.1.0.8 10.1.0.9 - - 60 - - - - 8 0 - SEND\r\n",
        [
            {
                "first_seen": datetime(2026, 5, 31, 9), "last_seen": datetime(2026, 5, 31, 9, 0, 5), "protocol": "tcp",
                "source_address": "10.1.0.8", "destination_address": "10.1.0.9", "destination_port": 445, "action": "drop", "times": 2,
            },
            {
                "first_seen": datetime(2026, 5, 31, 9, 0, 6), "last_seen": datetime(2026, 5, 31, 9, 0, 6), "protocol": "icmp",
                "source_address": "10.1.0.8", "destination_address": "10.1.0.9", "action": "accept", "times": 1,
            },
        ],
        None,
    ),
    "fortigate": (
        '<189>date=2026-05-31 time=19:41:18 devname="FGT-1" devid="FG1" logid="0000000013" type="traffic" subtype="forward" tz="+0900" '
        'srcip=10.1.0.20 srcport=51753 srcintf="lan" dstip=203.0.113.5 dstport=443 dstintf="wan1" user="himitsu" url="/himitsu" proto=6 '
        'action="close" policyid=17 service="HTTPS" sentbyte=66 rcvdbyte=1000 hostname="himitsu.example"\n'
        '<189>date=2026-05-31 time=19:42:18 devname="FGT-1" type="traffic" tz="+0900" srcip=10.1.0.20 srcport=51754 srcintf="lan" '
        'dstip=203.0.113.5 dstport=443 dstintf="wan1" proto=6 action="close" policyid=17 sentbyte=34 rcvdbyte=0\n'
        '<189>date=2026-05-31 time=19:42:19 devname="FGT-1" type="event" user="himitsu" msg="login srcip=10.9.9.9"\n'
        '<189>date=2026-05-31 time=19:43:18 devname="FGT-1" type="traffic" tz="+0900" srcip=10.1.0.21 srcport=5 srcintf="lan" '
        'dstip=10.2.0.5 dstport=23 dstintf="dmz" proto=6 action="deny" policyid=0 sentbyte=0 rcvdbyte=0\n',
        [
            {
                "first_seen": datetime(2026, 5, 31, 10, 41, 18), "last_seen": datetime(2026, 5, 31, 10, 42, 18), "protocol": "tcp",
                "source_address": "10.1.0.20", "destination_address": "203.0.113.5", "destination_port": 443, "action": "accept",
                "rule": "policy 17", "interface_in": "lan", "interface_out": "wan1", "times": 2, "bytes": 1100,
            },
            {
                "first_seen": datetime(2026, 5, 31, 10, 43, 18), "last_seen": datetime(2026, 5, 31, 10, 43, 18), "protocol": "tcp",
                "source_address": "10.1.0.21", "destination_address": "10.2.0.5", "destination_port": 23, "action": "drop",
                "rule": "policy 0", "interface_in": "lan", "interface_out": "dmz", "times": 1, "bytes": 0,
            },
        ],
        "name:FGT-1",
    ),
    "yamaha": (
        "2026/05/31 10:59:24: [INSPECT] PP[01][out][101] TCP 192.168.100.2:51000 > 203.0.113.5:80 (2026/05/31 10:59:20)\n"
        "2026/05/31 11:00:00: PP[01] Rejected at IN(2000) filter: TCP 198.51.100.9:44444 > 203.0.113.1:23\n"
        "2026/05/31 11:00:01: LAN2 Rejected at IN(1030) filter: UDP 2001:db8::1.53 > 2001:db8::2.546\n"
        "2026/05/31 11:00:02: [DHCPD] LAN1(port1) Allocates 192.168.100.2: 00:00:5e:00:53:01\n",
        [
            {
                "first_seen": datetime(2026, 5, 31, 10, 59, 20), "last_seen": datetime(2026, 5, 31, 10, 59, 20), "protocol": "tcp",
                "source_address": "192.168.100.2", "destination_address": "203.0.113.5", "destination_port": 80, "action": "accept",
                "rule": "101", "interface_out": "PP[01]", "times": 1,
            },
            {
                "first_seen": datetime(2026, 5, 31, 11), "last_seen": datetime(2026, 5, 31, 11), "protocol": "tcp",
                "source_address": "198.51.100.9", "destination_address": "203.0.113.1", "destination_port": 23, "action": "drop",
                "rule": "2000", "interface_in": "PP[01]", "times": 1,
            },
            {
                "first_seen": datetime(2026, 5, 31, 11, 0, 1), "last_seen": datetime(2026, 5, 31, 11, 0, 1), "protocol": "udp",
                "source_address": "2001:db8::1", "destination_address": "2001:db8::2", "destination_port": 546, "action": "drop",
                "rule": "1030", "interface_in": "LAN2", "times": 1,
            },
        ],
        None,
    ),
    "asa": (
        'May 31 2026 09:36:50 asa1 : %ASA-4-106023: Deny tcp src dmz:10.1.2.30/63016 dst outside:198.51.100.8/53 by access-group "acl_dmz" [0x0, 0x0]\n'
        "May 31 2026 09:36:51 asa1 : %ASA-6-106100: access-list acl_in permitted udp inside/10.1.2.3(1065) ->"
        " outside/198.51.100.57(53) hit-cnt 144 300-second interval [0x0, 0x0]\n"
        "May 31 2026 09:36:52 asa1 : %ASA-6-302013: Built outbound TCP connection 8 for outside:198.51.100.43/443"
        " (198.51.100.43/443) to inside:10.1.3.42/4952 (203.0.113.1/12834)(HP\\himitsu)\n"
        "May 31 2026 09:36:53 asa1 : %ASA-6-302014: Teardown TCP connection 8 for outside:198.51.100.43/443 to"
        " inside:10.1.3.42/4952 duration 0:00:01 bytes 140 (himitsu)\n"
        "May 31 2026 09:36:54 asa1 : %ASA-6-302013: Built inbound TCP connection 9 for outside:198.51.100.9/40000"
        " (198.51.100.9/40000)(LOCAL\\himitsu) to inside:10.1.3.5/3389 (10.1.3.5/3389) (himitsu)\n"
        "May 31 2026 09:36:55 asa1 : %ASA-6-106015: Deny TCP (no connection) from 198.51.100.2/1234 to 10.1.1.34/5679 flags RST  on interface outside\n"
        "May 31 2026 09:36:56 asa1 : %ASA-5-304001: himitsu@10.1.0.1(LOCAL\\himitsu) Accessed URL 198.51.100.2:http://himitsu.example/\n",
        [
            {
                "first_seen": datetime(2026, 5, 31, 9, 36, 50), "last_seen": datetime(2026, 5, 31, 9, 36, 50), "protocol": "tcp",
                "source_address": "10.1.2.30", "destination_address": "198.51.100.8", "destination_port": 53, "action": "drop",
                "rule": "acl_dmz", "interface_in": "dmz", "interface_out": "outside", "times": 1,
            },
            {
                "first_seen": datetime(2026, 5, 31, 9, 36, 51), "last_seen": datetime(2026, 5, 31, 9, 36, 51), "protocol": "udp",
                "source_address": "10.1.2.3", "destination_address": "198.51.100.57", "destination_port": 53, "action": "accept",
                "rule": "acl_in", "interface_in": "inside", "interface_out": "outside", "times": 144,
            },
            {
                "first_seen": datetime(2026, 5, 31, 9, 36, 52), "last_seen": datetime(2026, 5, 31, 9, 36, 52), "protocol": "tcp",
                "source_address": "10.1.3.42", "destination_address": "198.51.100.43", "destination_port": 443, "action": "accept",
                "interface_in": "inside", "interface_out": "outside", "times": 1,
            },
            {
                "first_seen": datetime(2026, 5, 31, 9, 36, 54), "last_seen": datetime(2026, 5, 31, 9, 36, 54), "protocol": "tcp",
                "source_address": "198.51.100.9", "destination_address": "10.1.3.5", "destination_port": 3389, "action": "accept",
                "interface_in": "outside", "interface_out": "inside", "times": 1,
            },
            {
                "first_seen": datetime(2026, 5, 31, 9, 36, 55), "last_seen": datetime(2026, 5, 31, 9, 36, 55), "protocol": "tcp",
                "source_address": "198.51.100.2", "destination_address": "10.1.1.34", "destination_port": 5679, "action": "drop",
                "interface_in": "outside", "times": 1,
            },
        ],
        "name:asa1",
    ),
    "mikrotik": (
        "may/31/2026 01:01:58 firewall,info drop-in input: in:ether1 out:(unknown 0), src-mac 00:00:5e:00:53:07, proto UDP, 10.1.101.1:520->10.1.101.255:520, len 452\n"
        "may/31/2026 01:02:00 firewall,info forward: in:bridge out:ether1, connection-state:new src-mac"
        " 00:00:5e:00:53:08, proto TCP (SYN), 10.1.88.2:50123->203.0.113.78:443, NAT (10.1.88.2:50123->203.0.113.1:50123)->203.0.113.78:443, len 60\n"
        "may/31/2026 01:02:01 system,info,account user himitsu logged in from 10.1.101.212 via telnet\n",
        [
            {
                "first_seen": datetime(2026, 5, 31, 1, 1, 58), "last_seen": datetime(2026, 5, 31, 1, 1, 58), "protocol": "udp",
                "source_address": "10.1.101.1", "destination_address": "10.1.101.255", "destination_port": 520, "action": "drop",
                "rule": "drop-in", "interface_in": "ether1", "times": 1,
            },
            {
                "first_seen": datetime(2026, 5, 31, 1, 2), "last_seen": datetime(2026, 5, 31, 1, 2), "protocol": "tcp",
                "source_address": "10.1.88.2", "destination_address": "203.0.113.78", "destination_port": 443, "rule": "forward",
                "interface_in": "bridge", "interface_out": "ether1", "times": 1,
            },
        ],
        None,
    ),
}  # fmt: skip


def context(name: str = "") -> Context:
    return Context(KIND, NOW, NOW, file_name=name)


def parse(data: bytes, name: str = "fw-x.log") -> Parsed:
    return PARSERS[0].parse(data, context(name))


def rows(parsed: Parsed) -> list[dict[str, Any]]:
    return [
        {
            name: value
            for name, value in dataclasses.asdict(row).items()
            if value not in (None, "") and name not in ("evidence", "own_clock", "by_day") and not name.endswith("_scope")
        }
        for row in parsed.rows
    ]


@pytest.mark.parametrize("name", LINES)
def test_every_way_of_writing(name: str) -> None:
    text, expected, identifier = LINES[name]
    parsed = parse(text.encode())
    assert rows(parsed) == expected
    assert parsed.identifiers == (identifier or "name:fw-x",)
    (look,) = parsed.looks
    assert look.complete and look.missing == (() if all("action" in row for row in expected) else ("action",))
    assert look.covers_since == min(row["first_seen"] for row in expected)
    assert look.covers_until == max(row["last_seen"] for row in expected)
    found = any_recognise(text.encode(), "x.log")
    assert found is not None and found.kind == KIND


@pytest.mark.parametrize("name", LINES)
def test_what_is_stored_says_the_same_and_names_nobody(name: str) -> None:
    data = LINES[name][0].encode()
    stored = condensed([data[:7], data[7:100], data[100:]], context()).data
    assert stored.startswith(MARK.encode())
    assert b"himitsu" not in stored
    assert parse(stored) == parse(data)
    assert recognise(stored, "x")
    lines = stored.decode().split("\n")
    for row in parse(stored).rows:
        assert row.source_address in lines[int(row.evidence) - 1]


@pytest.mark.parametrize(("name", "device"), [("ulogd-emu.log", "gate1"), ("ulogd-json.log", "fw-x")])
def test_what_ulogd_really_wrote(name: str, device: str) -> None:
    """Of three packets to a Linux firewall; the first was sent again."""
    data = (Path(__file__).parent / "log_data" / name).read_bytes()
    parsed = parse(data)
    flows = [(row.protocol, row.destination_port, row.action, row.rule, row.times, row.interface_in) for row in parsed.rows]
    assert flows == [
        ("tcp", 445, "drop", "FW-DROP", 2, "pva"),
        ("tcp", 80, "accept", "FW-ACCEPT", 1, "pva"),
        ("udp", 137, "drop", "FW-DROP", 1, "pva"),
    ]
    assert {(row.source_address, row.destination_address) for row in parsed.rows} == {("10.99.1.2", "10.99.1.1")}
    assert parsed.looks[0].covers_until == min(
        datetime(2025, 11, 29, 19, 12, 50) if "emu" in name else datetime(2026, 11, 29, 19, 12, 50), NOW
    )
    assert parsed.identifiers == (f"name:{device}",)
    assert parsed.problems == ()


def test_where_both_ends_are() -> None:
    flows = {row.source_address: (row.source_scope, row.destination_scope) for row in parse(LINES["asa"][0].encode()).rows}
    assert flows["198.51.100.9"] == ("public", "private")
    assert flows["10.1.3.42"] == ("private", "public")
    together = parse(condense([scan(100, 1)], NOW, most=60).encode()).rows
    assert {(row.source_address, row.source_scope) for row in together} == {("198.51.0.0/24", "public")}


def test_the_line_that_began_a_flow_is_kept_beside_it() -> None:
    stored = condensed([LINES["netfilter"][0].encode()], context()).data.decode()
    assert "\t1\tMay 31 03:37:09 fw1 kernel: [ 12.345678] iptables DROP_INPUT: IN=eth0" in stored


def test_several_devices_in_one_file_of_a_syslog_server() -> None:
    text = LINES["asa"][0] + LINES["netfilter"][0] + LINES["fortigate"][0]
    parsed = parse(text.encode())
    assert dict(parsed.claims) == {
        "asa1": ("name:asa1",), "fw1": ("name:fw1",), "FGT-1": ("name:FGT-1",),
    }  # fmt: skip
    assert {row.asset for row in parsed.rows} == {"asa1", "fw1", "FGT-1"}
    assert {look.asset for look in parsed.looks} == {"asa1", "fw1", "FGT-1"}


def test_the_name_of_the_file_tells_where_no_line_does() -> None:
    assert parse(LINES["pfirewall"][0].encode(), "KARTE-PC21-pfirewall.log").identifiers == ("name:KARTE-PC21",)
    unnamed = parse(LINES["pfirewall"][0].encode(), "pfirewall.log")
    assert unnamed.identifiers == ()
    assert unnamed.looks[0].complete
    assert ["SW2_arp.txt" in problem.expected for problem in unnamed.problems] == [True]


def test_a_line_that_should_be_a_packet_and_is_none_makes_it_incomplete() -> None:
    text = LINES["asa"][0] + "May 31 2026 09:36:55 asa1 : %ASA-4-106023: Deny tcp src dmz:OCSP_Server/63016 dst outside:1.2.3.4/53 by\n"
    parsed = parse(text.encode())
    assert (parsed.looks[0].complete, parsed.looks[0].reason) == (False, "not_understood")
    assert len(parsed.problems) == 1
    assert len(parsed.rows) == 5


def test_a_clock_that_is_ahead_does_not_cover_the_future() -> None:
    text = LINES["pfirewall"][0].replace("2026-05-31", "2031-05-31")
    assert parse(text.encode()).looks[0].covers_until == NOW


def scan(sources: int, ports: int) -> bytes:
    line = "2026-05-31 09:00:00 DROP TCP 198.51.{}.{} 10.1.0.9 51000 {} 52 S 123 0 8192 - - - RECEIVE\n"
    return "".join(line.format(one // 250, one % 250 + 1, port) for one in range(sources) for port in range(1, ports + 1)).encode()


@pytest.mark.parametrize(
    ("sources", "ports", "level", "missing"),
    [
        (10, 5, 0, ()),
        (100, 1, 1, ("source_address",)),
        (2, 100, 2, ("source_address", "destination_port")),
    ],
)
def test_more_flows_than_are_kept_are_put_together_and_it_is_told(sources: int, ports: int, level: int, missing: tuple[str, ...]) -> None:
    stored = condense([scan(sources, ports)], NOW, most=60).encode()
    parsed = parse(stored)
    assert f" level={level} " in stored.decode()
    assert len(parsed.rows) <= 60
    assert sum(row.times for row in parsed.rows) == sources * ports
    assert parsed.looks[0].missing == missing
    assert bool(parsed.problems) is bool(level)


def test_inside_ends_stay_apart_as_long_as_they_can() -> None:
    line = "2026-05-31 09:00:00 ALLOW TCP 10.1.{}.9 10.2.{}.{} 51000 443 52 S 123 0 8192 - - - RECEIVE\n"
    text = "".join(line.format(0, one % 50, one // 50 + 1) for one in range(100)).encode()
    stored = condense([text], NOW, most=60).encode()
    assert b" level=4 " in stored
    assert {row.source_address for row in parse(stored).rows} == {"10.1.0.9"}
    assert {row.destination_scope for row in parse(stored).rows} == {"private"}


def test_what_is_too_much_even_then_is_counted() -> None:
    line = "2026-05-31 09:00:00 ALLOW TCP 10.{}.0.9 10.2.0.1 51000 443 52 S 123 0 8192 - - - RECEIVE\n"
    stored = condense(["".join(line.format(one) for one in range(100)).encode()], NOW, most=60).encode()
    assert b" level=5 left_out=40" in stored
    parsed = parse(stored)
    assert len(parsed.rows) == 60
    assert not parsed.looks[0].complete
    assert any("40 lines were left out" in problem.expected for problem in parsed.problems)


def test_the_same_log_brought_again_is_the_same() -> None:
    data = LINES["asa"][0].encode()
    assert condense([data], NOW) == condense([data], datetime(2026, 9, 1))


def test_lines_come_in_pieces_of_any_size_and_endless_ones_are_cut() -> None:
    data = LINES["netfilter"][0].encode() + b"x" * 100_000 + b"\n" + LINES["asa"][0].encode()
    whole = condense([data], NOW)
    dice = random.Random(1)
    pieces, at = [], 0
    while at < len(data):
        size = dice.randint(1, 5_000)
        pieces.append(data[at : at + size])
        at += size
    assert condense(pieces, NOW) == whole
    assert all(len(line) <= 8192 for line in lines_of([data]))


@given(st.sampled_from(sorted(LINES)), st.data())
def test_damaged(name: str, chance: st.DataObject) -> None:
    data = bytearray(LINES[name][0].encode())
    for _ in range(chance.draw(st.integers(1, 8))):
        data[chance.draw(st.integers(0, len(data) - 1))] = chance.draw(st.integers(0, 255))
    recognise(bytes(data), "x")
    stored = condensed([bytes(data)], context()).data
    try:
        parsed = parse(stored)
    except EvidenceError:
        return
    assert all(row.times >= 1 and row.source_address for row in parsed.rows)
    again = bytearray(stored)
    for _ in range(chance.draw(st.integers(1, 8))):
        again[chance.draw(st.integers(0, len(again) - 1))] = chance.draw(st.integers(0, 255))
    try:
        parse(bytes(again))
    except EvidenceError:
        return


def test_a_log_without_packets_is_no_firewall_log() -> None:
    for data in (b"", b"May 31 03:37:09 host sshd[1]: hello\n" * 50, b"hello\n"):
        assert not recognise(data, "messages")
    with pytest.raises(EvidenceError, match="no line of traffic"):
        parse(b"May 31 03:37:09 host sshd[1]: hello\n")


def test_two_packets_in_a_long_log_of_other_things_are_too_few() -> None:
    line = LINES["netfilter"][0].split("\n")[0] + "\n"
    other = "May 31 03:37:09 host sshd[1]: hello\n" * 200
    assert not recognise((line * 2 + other).encode(), "messages")
    assert recognise((line * 20 + other).encode(), "messages")
