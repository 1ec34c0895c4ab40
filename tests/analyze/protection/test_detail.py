"""Ports and words a person wrote of a control."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.protection.detail import Ports, read_detail


@pytest.mark.parametrize(
    ("text", "ports", "words"),
    [
        ("tcp/3389", ["tcp/3389"], []),
        ("3389/TCP、445", ["tcp/3389", "tcp,udp/445"], []),
        ("ｔｃｐ／３３８９", ["tcp/3389"], []),
        ("udp 161; TCP:445", ["udp/161", "tcp/445"], []),
        ("49152-65535/tcp", ["tcp/49152-65535"], []),
        ("3389番ポート, ポート 23", ["tcp,udp/3389", "tcp,udp/23"], []),
        ("RDP、SMB", ["tcp/3389", "tcp/445"], []),
        ("検査LAN、tcp/104", ["tcp/104"], ["検査LAN"]),
        ("VLAN 20, 10.1.0.0/24", [], ["VLAN 20", "10.1.0.0/24"]),
        ("70000, 0, 9-3", [], ["70000", "0", "9-3"]),
        (None, [], []),
        (" 、,", [], []),
    ],
)
def test_what_is_a_port_and_what_is_a_word(text, ports, words):
    found = read_detail(text)
    assert ([str(one) for one in found.ports], list(found.words)) == (ports, words)


def test_a_range_holds_its_ends():
    ports = Ports("tcp", 10, 20)
    assert ports.holds("tcp", 10) and ports.holds("tcp", 20)
    assert not ports.holds("tcp", 21) and not ports.holds("udp", 15) and not ports.holds("tcp", None)
    assert Ports(None, 5, 5).holds("udp", 5)


@given(st.text(max_size=200))
def test_any_text_is_taken_apart(text):
    found = read_detail(text)
    assert all(0 < one.first <= one.last <= 65535 for one in found.ports)
    assert read_detail(", ".join(map(str, found.ports)).replace("tcp,udp/", "")).words == ()
