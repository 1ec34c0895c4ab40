"""Doors: which are open, for whom, with what second factor; and where that cannot be told."""

from __future__ import annotations

import pytest
from tests.parse.device.dialects.fortios_sample import SAMPLE, rows


def door(text: str, name: str = "ssl-vpn"):
    return next(row for row in rows(text)["DeviceVpn"] if row.name == name)


def ssl(setting: str) -> str:
    return SAMPLE + f"config vpn ssl settings\n    {setting}\nend\n"


def test_a_door_that_is_shut() -> None:
    assert door(ssl("set status disable")).enabled is False
    assert door(ssl("unset source-interface")).enabled is False


def test_who_may_open_it() -> None:
    assert door(ssl("set source-address lan")).allowed_from == "10.10.0.0/24"
    assert (
        door(ssl("set source-address lan") + "config vpn ssl settings\n    set source-address-negate enable\nend\n").allowed_from
        == "!10.10.0.0/24"
    )
    assert door(ssl("set source-address updates")).allowed_from is None, "a name is no limit that can be told"


@pytest.mark.parametrize(("version", "port"), [("6.4.5", 443), ("5.6.2", 10443)])
def test_the_port_where_none_is_set(version: str, port: int) -> None:
    text = SAMPLE.replace("    set port 10443\n", "").replace("-6.4.5-", f"-{version}-")
    assert door(text).port == port


def test_second_factor() -> None:
    both = SAMPLE.replace('    edit "tech1"\n', '    edit "tech1"\n        set two-factor email\n')
    assert door(both).two_factor is True
    ldap = both.replace('set member "tech1" "tech2"', 'set member "tech1" "directory"')
    assert door(ldap).two_factor is None, "the server decides"
    assert door(ldap.replace("        set two-factor email\n", "")).two_factor is False


def test_ipsec_for_persons_from_anywhere() -> None:
    text = SAMPLE.replace(
        "        set remote-gw 198.51.100.7\n",
        "        set type dynamic\n        set xauthtype auto\n        set authusrgrp vendors\n        set mode aggressive\n",
    )
    found = door(text, "to-lab")
    assert (found.dial_in, found.peer, found.authentication, found.two_factor) == (True, None, "key,password", False)
    assert found.encryption == "aes128-sha1,dh2,aggressive"
    signed = SAMPLE.replace("        set peertype any\n", "        set authmethod signature\n")
    assert door(signed, "to-lab").authentication == "certificate"


def test_split_tunnel() -> None:
    portal = "config vpn ssl web portal\n    edit full-access\n        set split-tunneling-routing-address {}\n    next\nend\n"
    assert door(SAMPLE + portal.format("ehr-servers")).local_networks == "10.20.0.10-10.20.0.19"
    assert door(SAMPLE + portal.format("updates")).local_networks is None


def test_other_tunnels() -> None:
    text = SAMPLE + "config system gre-tunnel\n    edit g\n        set interface wan1\n        set remote-gw 198.51.100.3\n    next\nend\n"
    text += "config vpn pptp\n    set status enable\n    set sip 10.9.0.1\n    set eip 10.9.0.9\n    set usrgrp vendors\nend\n"
    assert (door(text, "g").kind, door(text, "g").peer) == ("gre", "198.51.100.3")
    pptp = door(text, "pptp")
    assert (pptp.dial_in, pptp.remote_networks, pptp.two_factor) == (True, "10.9.0.1-10.9.0.9", False)
