"""Juniper Junos: Ethernet switching table (with and without ELS) and ARP table."""

from __future__ import annotations

import re
from typing import Any

from omamori.parse.network.form import Form, entry, neighbour, table
from omamori.parse.network.values import IPV4, MAC

_I = re.IGNORECASE
_MAC_HEADING = re.compile(r"^\s*ethernet-? ?switching table ?: ", _I)
_MAC_ROW = re.compile(
    rf"^\s*(?P<vlan>[\w.-]{{1,64}})\s+(?P<mac>{MAC}|\*)\s+(?P<kind>[A-Z](?:,?[A-Z]){{0,5}}|learn|static|flood)\s+(?:(?:\d\S*|-)\s+)?(?P<port>[A-Za-z][\w/.:-]{{1,40}})(?:\s+\S+){{0,3}}\s*$",
    _I,
)
_MAC_REST = re.compile(r"(?:vlan\s|name\s+address|routing instance|mac flags|[SRDPLCON]{1,2} ?[-–] |se - |ethernet|\{)", _I)
_ARP_HEADING = re.compile(r"^\s*mac address\s+address\s+(?:name\s+)?interface\b", _I)
_ARP_ROW = re.compile(
    rf"^\s*(?P<mac>{MAC})\s+(?P<ip>{IPV4})\s+(?:(?P<name>\S+)\s+)?(?P<port>[a-z]+[-\d]?[\w/.-]*\.?\d*(?: \[[^\]]{{1,40}}\])?)\s+(?P<kind>none|permanent|published|remote|\S+)\s*$",
    _I,
)


_NUMBER_IN_NAME = re.compile(r"(?:v|vl|vlan|bd)?[-_]?(\d{1,4})", _I)


def _mac(text: str) -> tuple[Any, ...] | None:
    found = _MAC_ROW.match(text)
    if found is None:
        return None
    kind = "static" if found["kind"].lower() == "static" or ("S" in found["kind"] and found["kind"].isupper()) else "dynamic"
    # The table shows the name of a VLAN; many are named after their number.
    number = _NUMBER_IN_NAME.fullmatch(found["vlan"])
    return () if found["mac"] == "*" else entry(found["mac"], found["port"], vlan=number[1] if number else None, kind=kind)


def _arp(text: str) -> tuple[Any, ...] | None:
    found = _ARP_ROW.match(text)
    return neighbour(found["ip"], found["mac"], found["port"], None) if found else None


_SOURCE = "Juniper Networks CLI reference"
_NO_MORE = r"(?: \| no-more)?"
FORMS = (
    Form(
        "junos ethernet-switching table", "forwarding_entries", _MAC_HEADING, re.compile(rf"sh\w* ethernet-sw\w* table(?: brief)?{_NO_MORE}"),
        table(_mac, _MAC_REST), source=_SOURCE,
    ),
    Form(
        "junos arp", "neighbours", _ARP_HEADING, re.compile(rf"sh\w* arp(?: no-resolve)?{_NO_MORE}"),
        table(_arp, re.compile(r"(?:mac address\s|total entries|\{)", _I)), source=_SOURCE,
    ),
)  # fmt: skip
