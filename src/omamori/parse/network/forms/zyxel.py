"""Zyxel switches and gateways, D-Link and APRESIA switches, whose tables have the hardware address between the others."""

from __future__ import annotations

import re
from typing import Any

from omamori.model.sightings import Lease
from omamori.parse.network.form import Form, entry, table
from omamori.parse.network.values import IPV4, MAC, mac

_I = re.IGNORECASE
_MAC_HEADING = re.compile(r"^\s*port\s+vlan ?id\s+mac address\s+type\b", _I)
_MAC_ROW = re.compile(rf"^\s*(?P<port>[\w/.-]{{1,20}})\s+(?P<vlan>\d{{1,4}})\s+(?P<mac>{MAC})\s+(?P<kind>\S+)\s*$")
_FDB_HEADING = re.compile(r"^\s*vid\s+vlan name\s+mac address\s+port\s+type\b", _I)
_FDB_ROW = re.compile(rf"^\s*(?P<vlan>\d{{1,4}})\s+\S.{{0,32}}?\s+(?P<mac>{MAC})\s+(?P<port>\S{{1,20}})\s+(?P<kind>[A-Za-z]+)\b.{{0,40}}$")
_STATIC_HEADING = re.compile(r"^\s*index\s+status\s+mac address\s+ip address\s*$", _I)
_STATIC_ROW = re.compile(rf"^\s*\d+\s+(?P<on>[01])\s+(?P<mac>{MAC})\s+(?P<ip>{IPV4})\s*$")
_REST = re.compile(r"(?:[- ]+$|port\s+vlan|vid\s+vlan|index\s|total\b|command successful|command: )", _I)


def _mac(text: str) -> tuple[Any, ...] | None:
    found = _MAC_ROW.match(text) or _FDB_ROW.match(text)
    return entry(found["mac"], found["port"], vlan=found["vlan"], kind=found["kind"]) if found else None


def _static(text: str) -> tuple[Any, ...] | None:
    found = _STATIC_ROW.match(text)
    return (Lease(address=found["ip"], mac=mac(found["mac"]), state="reserved"),) if found else None


FORMS = (
    Form(
        "zyxel mac address-table", "forwarding_entries", _MAC_HEADING, re.compile(r"sh\w* mac add\w*-t\w*(?: all)?"), table(_mac, _REST),
        source="Zyxel Ethernet Switch CLI reference guide",
    ),
    Form(
        "d-link fdb", "forwarding_entries", _FDB_HEADING, re.compile(r"sh\w* fdb(?: all)?"), table(_mac, _REST), source="D-Link CLI manual",
    ),
    Form("zyxel static dhcp", "leases", _STATIC_HEADING, None, table(_static, _REST), source="Zyxel CLI reference guide"),
)  # fmt: skip
"""Static reservations are a part of the leases only."""
