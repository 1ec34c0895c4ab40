"""Alternatives of one side, flags, and ports that move."""

from __future__ import annotations

from omamori.parse.device.dialects.pfsense.names import Found
from omamori.parse.device.dialects.pfsense.sides import alternatives, is_on, moved, ssh_on, ssh_port
from omamori.parse.device.extent import ANY
from omamori.parse.device.markup import read_markup


def test_alternatives() -> None:
    one = ((0x0A000001, 0x0A000001),)
    assert alternatives(Found(one), False) == [("10.0.0.1", None)]
    assert alternatives(Found(one, ("x",)), False) == [("10.0.0.1", None), (None, "x")]
    assert alternatives(Found(one), True) == [("!10.0.0.1", None)]
    assert alternatives(Found(one, ("x",)), True) == [("!10.0.0.1", "not x")]
    assert alternatives(Found(ANY), True) == []
    assert alternatives(Found(ANY), False, six=True) == [(None, None)]


def test_flags() -> None:
    root = read_markup("<p><a/><b>0</b><system><ssh><enable>enabled</enable><port>2222</port></ssh></system></p>").root
    assert is_on(root, "a") and not is_on(root, "b") and not is_on(root, "c")
    assert ssh_on(root) and ssh_port(root) == "2222"


def test_moved() -> None:
    assert moved("5000-5009", "6000") == "6000-6009" and moved("80", "8080") == "8080" and moved("80", None) is None
