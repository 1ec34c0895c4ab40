"""IPv6 objects: any is any, all else a doubt with its words."""

from __future__ import annotations

from omamori.parse.device.dialects.fortios.address6 import extent6
from omamori.parse.device.dialects.fortios.tree import Block, Setting
from omamori.parse.device.extent import ANY


def test_extent6() -> None:
    table = Block("firewall address6", entries={"one": Block("one", settings={"ip6": Setting(["2001:db8::1/128"], 3, "")})})
    home = Block("", blocks={"firewall address6": table})
    assert extent6(home, ["all"]).ranges == ANY
    found = extent6(home, ["one"])
    assert found.ranges == () and found.doubts == ((None, "address6 one 2001:db8::1/128"),)
