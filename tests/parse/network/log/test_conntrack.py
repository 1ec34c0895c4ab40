"""Connections a router follows: translated ones, those without ports, and lines that are none."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.parse.network.log.conntrack import FORMS
from omamori.parse.network.log.packet import Packet
from omamori.parse.registry import recognise

NOW = datetime(2026, 6, 1, 9)
READ = FORMS[0].read
LISTED = "tcp      6 431999 ESTABLISHED src=10.2.0.5 dst=10.1.0.11 sport=50000 dport=443 src=10.1.0.11 dst=10.2.0.5 sport=443 dport=50000 [ASSURED] mark=0 use=1"
COUNTED = (
    "ipv4     2 tcp      6 300 ESTABLISHED src=10.2.0.5 dst=203.0.113.5 sport=50000 dport=443 packets=9 bytes=900 src=203.0.113.5 dst=198.51.100.7"
    " sport=443 dport=50000 packets=7 bytes=7000 [ASSURED] mark=0 zone=0 use=2"
)
PUBLISHED = "ipv4 2 tcp 6 5 SYN_SENT src=198.51.100.9 dst=203.0.113.1 sport=4000 dport=8443 [UNREPLIED] src=10.9.0.21 dst=198.51.100.9 sport=443 dport=4000 mark=0 use=1"
ICMP = "icmp 1 29 src=10.2.0.5 dst=10.1.0.11 type=8 code=0 id=5 src=10.1.0.11 dst=10.2.0.5 type=0 code=0 id=5 mark=0 use=1"
SIX = "ipv6     10 udp      17 29 src=2001:db8:0::5 dst=2001:db8::1 sport=4000 dport=53 src=2001:db8::1 dst=2001:db8::5 sport=53 dport=4000 use=1"


@pytest.mark.parametrize(
    ("line", "source", "destination", "protocol", "port", "size"),
    [
        (LISTED, "10.2.0.5", "10.1.0.11", "tcp", 443, None),
        (COUNTED, "10.2.0.5", "203.0.113.5", "tcp", 443, 7900),
        (PUBLISHED, "198.51.100.9", "10.9.0.21", "tcp", 443, None),
        (ICMP, "10.2.0.5", "10.1.0.11", "icmp", None, None),
        (SIX, "2001:db8::5", "2001:db8::1", "udp", 53, None),
    ],
)
def test_lines(line: str, source: str, destination: str, protocol: str, port: int | None, size: int | None) -> None:
    assert READ(line, NOW) == Packet(NOW, source, destination, protocol, port, "accept", size=size)


@pytest.mark.parametrize(
    "line", ["", "conntrack v1.4.7 (conntrack-tools): 3 flow entries have been shown.", "fw src=10.0.0.1 dst=10.0.0.2", "tcp 6 x src=1"]
)
def test_what_is_none(line: str) -> None:
    assert READ(line, NOW) is None


def test_a_list_saved_by_hand_is_known() -> None:
    found = recognise(f"{LISTED}\n{ICMP}\n".encode(), "rt1.txt")
    assert found is not None and found.kind == "network.firewall_log"
