"""The words of a filter: addresses, ports, protocols, flags."""

from __future__ import annotations

import pytest

from omamori.parse.device.dialects.yamaha.packets import Match, addresses, application, matches, ports


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("*", (None, None)),
        ("10.0.0.0/8,192.168.1.1", ("10.0.0.0/8,192.168.1.1", None)),
        ("192.168.1.0/255.255.255.0", ("192.168.1.0/24", None)),
        ("192.168.1.0/0xffffff00", ("192.168.1.0/24", None)),
        ("192.168.1.*", ("192.168.1.0/24", None)),
        ("10.1.0.3-10.1.0.9", ("10.1.0.3-10.1.0.9", None)),
        ("-10.1.0.9", ("0.0.0.0-10.1.0.9", None)),
        ("10.1.0.9-", ("10.1.0.9-255.255.255.255", None)),
        ("10.1.*.*-10.2.*.*", ("10.1.0.0-10.2.255.255", None)),
        ("10.*.1.1", (None, "10.*.1.1")),
        ("10.0.0.0/255.0.255.0", (None, "10.0.0.0/255.0.255.0")),
        ("10.0.0.1,*.example.jp", (None, "*.example.jp")),
        ("@m365", (None, "@m365")),
        ("2001:db8::/32", ("2001:db8::/32", None)),
    ],
)
def test_addresses(text: str, wanted: tuple[str | None, str | None]) -> None:
    assert addresses(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("*", (None, None)),
        ("www,21,nntp", ("80,21,119", None)),
        ("netbios_ns-netbios_ssn", ("137-139", None)),
        ("ms-ds", ("445", None)),
        ("1024-", ("1024-65535", None)),
        ("-1023", ("0-1023", None)),
        ("ftp", ("20,21", None)),
        ("70000", (None, "70000")),
        ("9-5", (None, "9-5")),
        ("80,unheard", (None, "unheard")),
    ],
)
def test_ports(text: str, wanted: tuple[str | None, str | None]) -> None:
    assert ports(text) == wanted


def test_flags_are_told_by_the_first_packet_and_its_answer() -> None:
    assert matches("established", "*", "*") == [Match("tcp", states="ack")]
    assert matches("tcpsyn", "*", "*") == [Match("tcp")]
    assert [one.decides for one in matches("tcpfin", "*", "www")] == [False]
    # SYN without ACK and RST: only the first packet; the other way round: only the answers.
    assert matches("tcpflag=0x0002/0x0017", "*", "*") == [Match("tcp", states="new")]
    assert matches("tcpflag!=0x0002/0x0017", "*", "*") == [Match("tcp", states="ack")]


def test_ports_limit_tcp_and_udp_only() -> None:
    every = matches("*", "*", "53")
    assert every[0] == Match("tcp,udp", destination_ports="53")
    assert every[1].protocol is not None and "icmp" in every[1].protocol and every[1].destination_ports is None
    assert matches("udp,esp", "500", "*") == [Match("udp", source_ports="500"), Match("esp")]


def test_icmp_fields_are_type_and_code() -> None:
    assert matches("icmp", "8", "*") == [Match("icmp", destination_ports="8")]
    assert matches("icmp", "5", "1")[0].unread == "code 1"
    assert matches("icmp-error", "*", "*") == [Match("icmp", destination_ports="3,4,5,11,12,31,32")]


def test_protocols_by_number_and_unknown_ones() -> None:
    assert matches("6,50", "*", "22") == [Match("tcp", destination_ports="22"), Match("esp")]
    assert matches("quux", "*", "*")[0].unread == "quux"


def test_applications() -> None:
    assert application("domain") == [("udp", "53"), ("tcp", "53")]
    assert application("https") == [("tcp", "443")]
    assert application("quux") == []
