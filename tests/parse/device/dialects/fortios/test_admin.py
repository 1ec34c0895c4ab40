"""Accounts, logs and states of secrets where the sample does not show them."""

from __future__ import annotations

from tests.parse.device.dialects.fortios_sample import SAMPLE, rows


def test_administrators() -> None:
    text = SAMPLE + (
        "config system admin\n    edit second\n        set accprofile prof\n    next\n    edit ldap\n        set remote-auth enable\n    next\n"
        "    edit safe\n        set two-factor fortitoken\n        set password ENC SH2abcdefghijklmnop=\n    next\nend\n"
        "config system api-user\n    edit robot\n        set api-key ENC SH2abcdefghijklmnop=\n        config trusthost\n            edit 1\n"
        "                set ipv4-trusthost 10.10.0.8 255.255.255.255\n            next\n        end\n    next\nend\n"
    )
    told = {row.name: (row.secret, row.two_factor, row.allowed_from) for row in rows(text)["DeviceAccount"]}
    assert told["second"] == ("empty", False, None)
    assert told["ldap"] == (None, None, None)
    assert told["safe"] == ("hashed", True, None)
    assert told["robot"] == (None, False, "10.10.0.8")


def test_users_of_a_directory_have_no_password_here() -> None:
    text = SAMPLE + "config user local\n    edit d\n        set type ldap\n        set ldap-server x\n    next\nend\n"
    assert [(row.secret, row.two_factor) for row in rows(text)["DeviceAccount"] if row.name == "d"] == [(None, None)]


def test_logs() -> None:
    text = SAMPLE + "config log fortianalyzer setting\n    set status disable\n    set server 10.10.0.6\nend\n"
    text += "config log memory setting\n    set status enable\nend\nconfig log disk setting\n    set status enable\nend\n"
    told = {(row.target, row.kind, row.enabled, row.level) for row in rows(text)["DeviceLog"]}
    assert {("10.10.0.6", "syslog", False, None), ("memory", "memory", True, "information"), ("disk", "disk", True, None)} <= told
