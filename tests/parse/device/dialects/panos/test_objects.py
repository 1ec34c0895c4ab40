"""Objects of PAN-OS."""

from __future__ import annotations

from omamori.parse.device.dialects.panos.objects import Objects, single
from omamori.parse.device.dialects.panos.tree import read_tree
from omamori.parse.device.extent import written
from omamori.parse.device.objects import Part
from omamori.parse.windows.lines import Line

TEXT = """\
set address a ip-netmask 10.0.0.0/24
set address r ip-range 10.1.0.1-10.1.0.9
set address f fqdn www.example.jp
set shared address s ip-netmask 10.9.0.1
set address-group g static [ a r g2 ]
set address-group g2 static [ s f g ]
set address-group d dynamic filter x
set service one protocol tcp port 80,8000-8010
set service-group sg members [ one service-https sg ]
"""
ROOT = read_tree([Line(number, line) for number, line in enumerate(TEXT.split("\n"), 1)]).root
OBJECTS = Objects(ROOT.at("vsys", "vsys1"), ROOT.at("shared"))


def test_addresses() -> None:
    assert written(OBJECTS.addresses(["any"]).ranges) is None
    assert written(OBJECTS.addresses(["a", "10.7.0.0/16"]).ranges) == "10.0.0.0/24,10.7.0.0/16"
    group = OBJECTS.addresses(["g"])
    assert written(group.ranges) == "10.0.0.0/24,10.1.0.1-10.1.0.9,10.9.0.1"
    assert {text for _, text in group.doubts} == {"address f www.example.jp", "group g holds itself"}
    assert OBJECTS.addresses(["d"]).doubts and OBJECTS.addresses(["nobody"]).doubts


def test_services() -> None:
    found = OBJECTS.services(["sg"])
    assert found.parts == (Part("tcp", None, "80,8000-8010,443"),) and found.doubts == ("service sg",)
    assert OBJECTS.services(["service-http"]).parts == (Part("tcp", None, "80,8080"),)
    assert OBJECTS.services(["application-default"]).doubts and OBJECTS.services([]).doubts
    assert OBJECTS.services(["any"]).parts == (Part(),)


def test_single() -> None:
    assert single(((1, 1),)) and not single(((1, 2),)) and not single(())
