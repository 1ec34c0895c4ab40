"""Real outputs of network devices (ntc-templates) against the fields others read from them: addresses, ports, VLANs of every file."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from omamori.model.network import Interface, Neighbour
from omamori.model.sightings import ForwardingEntry, Lease
from omamori.parse.interface import Context
from omamori.parse.network.console import KIND, PARSERS
from omamori.parse.network.values import is_group, mac

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "netconfig" / "ntc-templates"
NOW = datetime(2026, 6, 1, 9)
MAC_TABLES = (
    "allied_telesis_awplus/show_mac_address-table", "cisco_ios/show_mac-address-table", "hp_procurve/show_mac-address",
    "juniper_junos/show_ethernet-switching_table", "paloalto_panos/show_mac_all",
)  # fmt: skip
ARP_TABLES = (
    "allied_telesis_awplus/show_arp", "aruba_os/show_arp", "checkpoint_gaia/show_arp_dynamic_all", "cisco_asa/show_arp",
    "cisco_ios/show_arp", "cisco_ios/show_ip_arp", "cisco_ios/show_ip_source_binding", "cisco_ios/show_ip_dhcp_snooping_binding", "fortinet/get_system_arp",
    "hp_procurve/show_arp", "juniper_junos/show_arp_no-resolve", "mikrotik_routeros/ip_arp_print",
    "mikrotik_routeros/ip_arp_print_terse_without-paging", "mikrotik_routeros/ip_arp_print_without-paging",
    "paloalto_panos/show_arp_all", "watchguard_firebox/show_arp",
)  # fmt: skip
LEASES = (
    "cisco_ios/show_ip_dhcp_binding", "fortinet/execute_dhcp_lease-list", "mikrotik_routeros/ip_dhcp-server_lease_print",
    "mikrotik_routeros/ip_dhcp-server_lease_print_terse_without-paging", "mikrotik_routeros/ip_dhcp-server_lease_print_without-paging",
    "zyxel_os/cfg_static_dhcp_get",
)  # fmt: skip
PLATFORMS = (*MAC_TABLES, *ARP_TABLES, *LEASES)


def said(entry: dict[str, Any], *names: str) -> str:
    """The first of these fields that says something."""
    values = (entry.get(name) for name in names)
    return next((str(value[0] if isinstance(value, list) else value) for value in values if value not in (None, "", [])), "")


def hardware(entry: dict[str, Any]) -> str | None:
    text = said(
        entry, "active_mac_address", "mac_address", "destination_address", "hardware_address", "hardware_addr", "mac", "src_mac_address"
    )
    return mac(text.removeprefix("01") if text.startswith("01") and len(text) == 17 and text[4] == "." else text)


def address(entry: dict[str, Any]) -> str:
    return said(entry, "active_address", "ip_address", "address", "ip")


def port(entry: dict[str, Any]) -> str:
    return said(entry, "destination_port", "port", "interface", "logical_interface")


def expected(folder: str, entries: list[dict[str, Any]]) -> set[tuple[str | None, ...]]:
    found: set[tuple[str | None, ...]] = set()
    for entry in entries:
        known = hardware(entry)
        if folder in MAC_TABLES:
            # All zeros is no address, and a group address belongs to no machine.
            if known and not is_group(known):
                number = said(entry, "vlan_id", "vlan")
                found.add((known, port(entry), number if number.isdecimal() else None))
        elif folder in ARP_TABLES:
            if not (known and is_group(known)):
                found.add((address(entry), known, said(entry, "interface", "port") or None))
        elif address(entry):
            found.add((address(entry), known, said(entry, "hostname", "host_name") or None))
    return found


def read(folder: str, rows: tuple[Any, ...]) -> set[tuple[str | None, ...]]:
    found: set[tuple[str | None, ...]] = set()
    for row in rows:
        if isinstance(row, ForwardingEntry):
            found.add((row.mac, row.port, None if row.vlan is None else str(row.vlan)))
        elif isinstance(row, Neighbour):
            found.add((row.address, row.mac, row.interface))
        elif isinstance(row, Interface):
            found.add((row.address, row.mac, row.name or None))
        elif isinstance(row, Lease):
            found.add((row.address, row.mac, row.hostname))
    return found


def captures(folder: str) -> list[Path]:
    found = sorted((DATA / folder).glob("*.raw"))
    if not found:
        pytest.skip(f"real captures are not here: {DATA / folder}")
    return found


@pytest.mark.parametrize("folder", PLATFORMS)
def test_every_field_of_every_file(folder: str) -> None:
    for raw in captures(folder):
        parsed = PARSERS[0].parse(raw.read_bytes(), Context(KIND, NOW, NOW, file_name="sw1.txt"))
        assert parsed.problems == (), raw.name
        wanted = raw.with_suffix(".yml")
        if not wanted.exists():
            assert parsed.rows, raw.name
            continue
        entries = yaml.safe_load(wanted.read_text(encoding="utf-8"))["parsed_sample"]
        assert read(folder, parsed.rows) == expected(folder, entries), raw.name
        assert expected(folder, entries) or folder.endswith("lease_print_without-paging"), raw.name


def test_as_many_files_as_there_were_when_this_was_written() -> None:
    if not DATA.exists():
        pytest.skip(f"real captures are not here: {DATA}")
    assert sum(len(captures(folder)) for folder in PLATFORMS) == 46
