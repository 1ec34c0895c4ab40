"""What nobody read is told with the table it concerns; a table of an unknown name too."""

from __future__ import annotations

import pytest
from tests.parse.device.dialects.fortios_sample import SAMPLE, rows

from omamori.parse.device.dialects.fortios.unread import concerns, harmless


@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("system interface", "device_interfaces"), ("router static", "device_routes"), ("firewall something-new", "device_rules"),
        ("vpn new-door", "device_vpns"), ("antivirus profile", "nothing"), ("system replacemsg admin login", "nothing"),
        ("log syslogd setting", "device_logs"), ("", "device_rules"), ("system new-feature", "device_rules"),
    ],
)  # fmt: skip
def test_concerns(path: str, table: str) -> None:
    assert concerns(path) == table
    assert harmless(path) == (table == "nothing")


def test_a_new_table_of_the_maker_makes_the_rules_incomplete() -> None:
    found = rows(SAMPLE + "config firewall magic-policy\n    edit 1\n        set action accept\n    next\nend\n")
    (line,) = found["DeviceUnread"]
    assert (line.concerns, line.section, line.text) == ("device_rules", "firewall magic-policy", "set action accept")


def test_profiles_and_looks_are_not_counted() -> None:
    assert "DeviceUnread" not in rows(SAMPLE + "config antivirus profile\n    edit 1\n        set x y\n    next\nend\n")
