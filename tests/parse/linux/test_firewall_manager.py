from __future__ import annotations

from omamori.parse.linux.firewall_manager import managers
from omamori.parse.sections import read_sections, write_sections


def _said(*sections: tuple[str, bytes, int]) -> list[tuple[str, bool | None, str | None]]:
    found = managers(read_sections(write_sections(list(sections))))
    return [(row.product, row.enabled, row.inbound_default) for row in found]


def test_ufw_tells_its_default() -> None:
    text = b"Status: active\nLogging: on (low)\nDefault: deny (incoming), allow (outgoing), disabled (routed)\n"
    assert _said(("ufw", text, 0)) == [("ufw", True, "drop")]
    assert _said(("ufw", b"Status: inactive\n", 0)) == [("ufw", False, None)]


def test_without_rights_its_file_tells_what_is_meant() -> None:
    assert _said(("ufw", b"", 1), ("ufw-conf", b"==> /etc/ufw/ufw.conf\n# ENABLED=no\nENABLED=yes\n", 0)) == [("ufw", True, None)]


def test_firewalld_takes_the_target_of_the_active_zone() -> None:
    zones = b"block\n  target: %%REJECT%%\n\npublic (active)\n  target: ACCEPT\n"
    assert _said(("firewalld-state", b"running\n", 0), ("firewalld", zones, 0)) == [("firewalld", True, "accept")]
    assert _said(("firewalld-state", b"not running\n", 252)) == [("firewalld", False, None)]


def test_nothing_installed_is_no_row() -> None:
    assert _said(("ufw", b"", 127), ("firewalld-state", b"", 127)) == []
