"""Services: ports by protocol, predefined ones, and what cannot be told."""

from __future__ import annotations

import pytest

from omamori.parse.device.dialects.fortios.services import PREDEFINED, Services
from omamori.parse.device.dialects.fortios.tree import Block, read_tree
from omamori.parse.device.objects import Part
from omamori.parse.windows.lines import Line


def services(text: str) -> Services:
    root: Block = read_tree([Line(number, line) for number, line in enumerate(text.split("\n"), 1)]).root
    return Services(root)


@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ("set tcp-portrange 11", (Part("tcp", None, "11"),)),
        ("set tcp-portrange 12:11", (Part("tcp", "11", "12"),)),
        ("set tcp-portrange 80 443\nset udp-portrange 53", (Part("tcp", None, "80,443"), Part("udp", None, "53"))),
        ("set tcp-portrange 1-65535", (Part("tcp"),)),
        ("set protocol IP", (Part(),)),
        ("set protocol IP\nset protocol-number 47", (Part("gre"),)),
        ("set protocol ICMP\nset icmptype 8", (Part("icmp", None, "8"),)),
        ("set protocol ICMP", (Part("icmp"),)),
    ],
)
def test_custom(settings: str, parts: tuple[Part, ...]) -> None:
    found = services(f"config firewall service custom\nedit s\n{settings}\nnext\nend").of(["s"])
    assert found.parts == parts and found.doubts == ()


@pytest.mark.parametrize(
    "settings",
    [
        "set tcp-portrange 70000",
        "set tcp-portrange 5-1",
        "set protocol ICMP\nset icmptype 3\nset icmpcode 4",
        "set tcp-portrange 80\nset fqdn a.example",
        "set comment x",
    ],
)
def test_what_cannot_be_told_is_a_doubt(settings: str) -> None:
    assert services(f"config firewall service custom\nedit s\n{settings}\nnext\nend").of(["s"]).doubts


def test_groups_predefined_and_unknown() -> None:
    book = services("config firewall service group\nedit g\nset member HTTPS DNS g nobody\nnext\nend")
    found = book.of(["g"])
    assert found.parts == (Part("tcp", None, "443,53"), Part("udp", None, "53"))
    assert found.doubts == ("service nobody",)
    assert PREDEFINED["RDP"].parts == (Part("tcp", None, "3389"),) and PREDEFINED["PING"].parts == (Part("icmp", None, "8"),)
