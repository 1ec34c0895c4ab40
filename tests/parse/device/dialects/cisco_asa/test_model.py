"""Which order of translation and lists a version has; addresses with short zeros."""

from __future__ import annotations

import pytest

from omamori.parse.device.dialects.cisco_asa.model import Asa, AsaPort, address


@pytest.mark.parametrize(
    ("version", "real"), [("8.2(5)", False), ("7.0(8)", False), ("8.3(1)", True), ("9.16(3)19", True), ("10.1", True), ("", True)]
)
def test_since_83_lists_see_real_addresses(version: str, real: bool) -> None:
    assert Asa(flags={"version": version}).real_first() is real


def test_names() -> None:
    asa = Asa(
        ports={"Gi0/0": AsaPort("Gi0/0", 1, nameif="outside", address="203.0.113.1"), "t": AsaPort("t", 2, nameif="outside", crypto=True)}
    )
    assert (asa.names("outside"), asa.names("any"), asa.names(None), asa.names("dmz")) == ("Gi0/0,t", None, None, "dmz")
    assert (asa.bound("outside"), asa.own("outside"), asa.own("dmz")) == ("Gi0/0", "203.0.113.1", None)
    zeros = ".".join("0000")
    assert address(("0", "0"), {}) == (zeros, zeros)
    assert address(("srv", "255.255.255.255"), {"srv": "10.0.0.9"}) == ("10.0.0.9", "255.255.255.255")
    assert address(("10.0.0.9",), {}) is None
