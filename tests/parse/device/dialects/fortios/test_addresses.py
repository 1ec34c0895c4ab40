"""Objects and groups written out; what cannot be told is a doubt, never nothing."""

from __future__ import annotations

from omamori.parse.device.dialects.fortios.addresses import Addresses, vip
from omamori.parse.device.dialects.fortios.tree import Block, read_tree
from omamori.parse.device.extent import written
from omamori.parse.windows.lines import Line

TEXT = """\
config firewall address
edit net
set subnet 10.0.0.0 255.255.255.0
next
edit one
set subnet 10.0.0.7 255.255.255.255
next
edit name
set type fqdn
set fqdn www.example.jp
next
edit lan
set type interface-subnet
set interface port1
next
edit holes
set type wildcard
set wildcard 10.0.4.1 255.255.253.255
next
end
config firewall addrgrp
edit most
set member net
set exclude enable
set exclude-member one
next
edit some
set member most name
next
edit odd
set member net
set exclude enable
set exclude-member name
next
edit me
set member you
next
edit you
set member me net
next
end
"""


def home(text: str = TEXT) -> Block:
    return read_tree([Line(number, line) for number, line in enumerate(text.split("\n"), 1)]).root


def book() -> Addresses:
    return Addresses(home(), lambda name: ((10, 20),) if name == "port1" else ())


def test_single_objects() -> None:
    assert written(book().named("net").ranges) == "10.0.0.0/24"
    assert book().named("lan").ranges == ((10, 20),)
    assert written(book().named("holes").ranges) == "10.0.4.1,10.0.6.1"
    assert written(book().named("all").ranges) is None


def test_a_name_and_an_unknown_object_are_doubts_anywhere() -> None:
    for name in ("name", "nobody-defined-this"):
        extent = book().named(name)
        assert extent.ranges == () and extent.doubts[0][0] is None and written(extent.bound) is None


def test_groups_with_exclusions() -> None:
    assert written(book().named("most").ranges) == "10.0.0.0-10.0.0.6,10.0.0.8-10.0.0.255"
    some = book().named("some")
    assert written(some.ranges) == "10.0.0.0-10.0.0.6,10.0.0.8-10.0.0.255" and len(some.doubts) == 1
    odd = book().named("odd")
    assert odd.ranges == () and written(odd.bound) == "10.0.0.0/24", "somewhere in the group, nobody can say where"


def test_a_group_that_holds_itself_ends_as_a_doubt() -> None:
    assert any("holds itself" in text for _, text in book().named("me").doubts)


def test_a_diamond_of_groups_is_walked_once() -> None:
    lines = ["config firewall addrgrp"]
    for level in range(50):
        lines += [
            f"edit g{level}",
            f"set member g{level + 1} h{level + 1}",
            "next",
            f"edit h{level}",
            f"set member g{level + 1} h{level + 1}",
            "next",
        ]
    found = Addresses(home("\n".join([*lines, "end"])), lambda _: ()).named("g0")
    assert len(found.doubts) == 2


def test_virtual_addresses() -> None:
    table = home(
        "config firewall vip\nedit a\nset extip 203.0.113.1-203.0.113.4\nset mappedip 10.0.0.1-10.0.0.4\nset extintf wan1\nnext\n"
        "edit b\nset type server-load-balance\nset extip 203.0.113.9\nnext\nedit c\nset extip 0.0.0.0\nset mappedip 10.0.0.9\nset extintf port1\n"
        "set portforward enable\nset protocol udp\nset extport 5000-5009\nset mappedport 6000-6009\nset src-filter 198.51.100.0/24\nnext\nend"
    ).block("firewall vip")
    a, b, c = (vip(one, lambda _: ((7, 7),)) for one in table.entries.values())
    assert written(a.outside) == "203.0.113.1-203.0.113.4" and a.doubt is None and a.protocol is None and a.interface == "wan1"
    assert b.doubt is not None
    assert c.outside == ((7, 7),) and (c.protocol, c.outside_ports, c.inside_ports) == ("udp", "5000-5009", "6000-6009")
    assert written(c.sources) == "198.51.100.0/24"
