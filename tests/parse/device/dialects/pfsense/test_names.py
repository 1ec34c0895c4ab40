"""Aliases within aliases, ports by name and range, interfaces by name."""

from __future__ import annotations

import pytest

from omamori.parse.device.dialects.pfsense.names import Names
from omamori.parse.device.extent import written
from omamori.parse.device.markup import read_markup

NAMES = Names(
    read_markup(
        "<pfsense><interfaces><lan><ipaddr>10.0.0.1</ipaddr><subnet>24</subnet></lan><wan><ipaddr>dhcp</ipaddr></wan></interfaces><aliases>"
        "<alias><name>a</name><type>host</type><address>10.0.0.5 b</address></alias>"
        "<alias><name>b</name><type>network</type><address>10.1.0.0/16 a www.example.jp</address></alias>"
        "<alias><name>p</name><type>port</type><address>80 8000:8010 https q</address></alias>"
        "<alias><name>q</name><type>port</type><address>22</address></alias></aliases></pfsense>"
    ).root
)


def test_an_alias_that_holds_itself_ends() -> None:
    found = NAMES.addresses("a")
    assert written(found.ranges) == "10.0.0.5,10.1.0.0/16" and "www.example.jp" in found.doubts


def test_ports() -> None:
    assert NAMES.ports("p") == ("80,8000-8010,443,22", ())
    assert NAMES.ports("") == (None, ()) and NAMES.ports("any") == (None, ())
    assert NAMES.ports("nonsense")[1] == ("port nonsense",)


@pytest.mark.parametrize(
    ("text", "ranges", "negate", "doubts"),
    [
        ("<s><any/></s>", None, False, ()),
        ("<s><network>lan</network><not/></s>", "10.0.0.0/24", True, ()),
        ("<s><network>lanip</network></s>", "10.0.0.1", False, ()),
        ("<s><network>wanip</network></s>", "", False, ("address of wan",)),
        ("<s><network>(self)</network></s>", "10.0.0.1", False, ("address of wan",)),
        ("<s><address>192.168.0.0/16</address></s>", "192.168.0.0/16", False, ()),
    ],
)
def test_sides(text: str, ranges: str | None, negate: bool, doubts: tuple[str, ...]) -> None:
    found, told = NAMES.where(read_markup(text).root)
    assert (written(found.ranges) if found.ranges else "", told, found.doubts) == (ranges, negate, doubts)
