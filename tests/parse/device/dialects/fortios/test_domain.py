"""Domains of a configuration with and without virtual domains."""

from __future__ import annotations

from omamori.parse.device.dialects.fortios.domain import domains
from omamori.parse.device.dialects.fortios.tree import read_tree
from omamori.parse.windows.lines import Line


def test_domains() -> None:
    text = "config system interface\nedit a\nset ip 10.0.0.1/24\nset vdom root\nnext\nedit b\nset vdom lab\nnext\nend\nconfig system zone\nedit z\nset interface a\nnext\nend"
    (one,) = domains(read_tree([Line(1, line) for line in text.split("\n")]), ())
    assert list(one.interfaces) == ["a", "b"] and one.zones == {"a": "z"} and one.bound is None and one.vrf is None and one.suffix == ""
    assert one.networks("a") == ((0x0A000000, 0x0A0000FF),) and one.address("a") == ((0x0A000001, 0x0A000001),) and one.networks("b") == ()
    two = domains(
        read_tree(
            [Line(1, line) for line in ("config vdom\nedit root\nnext\nedit lab\nnext\nend\nconfig global\n" + text + "\nend").split("\n")]
        ),
        (),
    )
    assert [(one.name, list(one.interfaces), one.vrf) for one in two] == [("root", ["a"], None), ("lab", ["b"], "lab")]
