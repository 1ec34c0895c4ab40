"""Fortinet FortiGate: `get system arp`, `diagnose ip arp list`, `execute dhcp lease-list`."""

from __future__ import annotations

import re
from typing import Any

from omamori.model.sightings import Lease
from omamori.parse.network.form import Form, by_line, neighbour, table
from omamori.parse.network.values import IPV4, MAC, mac, moment

_ARP_HEADING = re.compile(r"^address\s+age\(min\)\s+hardware addr\s+interface\s*$", re.IGNORECASE)
_ARP_ROW = re.compile(rf"^(?P<ip>{IPV4})\s+(?:\d+|-)\s+(?P<mac>{MAC})\s+(?P<port>\S+)\s*$")
_LIST = re.compile(rf"^index=\d+ ifname=(?P<port>\S+) (?P<ip>{IPV4}) ?(?P<mac>{MAC})? ?state=(?P<state>[0-9a-f]{{8}})\b")
_STATES = {
    0x01: "incomplete",
    0x02: "reachable",
    0x04: "stale",
    0x08: "delay",
    0x10: "probe",
    0x20: "failed",
    0x40: "noarp",
    0x80: "permanent",
}
"""Of the Linux kernel's neighbour table, as Fortinet's administration guide lists them."""
_LEASE_HEADING = re.compile(r"^\s*ip\s+mac-address\s+hostname\s+vci\s+(?:ssid\s+ap\s+)?(?:server-id\s+)?expiry\s*$", re.IGNORECASE)
_LEASE_ROW = re.compile(
    rf"^\s*(?P<ip>{IPV4})\s+(?P<mac>{MAC})(?P<middle>.{{0,200}}?)\s(?P<end>[A-Z][a-z]{{2}} [A-Z][a-z]{{2}} [ \d]\d \d\d:\d\d:\d\d \d{{4}})\s*$"
)


def _arp(text: str) -> tuple[Any, ...] | None:
    found = _ARP_ROW.match(text)
    return neighbour(found["ip"], found["mac"], found["port"]) if found else None


def _listed(text: str) -> tuple[Any, ...] | None:
    found = _LIST.match(text)
    return neighbour(found["ip"], found["mac"], found["port"], _STATES.get(int(found["state"], 16))) if found else None


def _lease(text: str) -> tuple[Any, ...] | None:
    found = _LEASE_ROW.match(text)
    if found is None:
        return None
    # Columns are separated by two blanks or more; a name may hold one.
    middle = found["middle"].lstrip(" ") if len(found["middle"]) - len(found["middle"].lstrip(" ")) <= _WIDEST else ""
    name = re.split(r"\s{2,}", middle)[0].strip() or None
    return (Lease(address=found["ip"], mac=mac(found["mac"]), hostname=name, ends=moment(found["end"]), state="active"),)


_WIDEST = 8
"""Blanks between the columns of hardware address and name; more mean that there is no name."""
_SOURCE = "FortiOS administration guide"
FORMS = (
    Form(
        "fortigate arp", "neighbours", _ARP_HEADING, re.compile(r"get sys\w* arp"), table(_arp, re.compile(r"address\s", re.IGNORECASE)),
        source=_SOURCE,
    ),
    Form("fortigate arp list", "neighbours", _LIST, re.compile(r"diag\w* ip arp list"), by_line(_listed), source=_SOURCE),
    Form(
        "fortigate dhcp lease-list", "leases", _LEASE_HEADING, re.compile(r"exe\w* dhcp lease-list"),
        table(_lease, re.compile(r"(?:ip\s+mac-address|[\w.-]{1,35}$)", re.IGNORECASE)), source=_SOURCE,
    ),
)  # fmt: skip
