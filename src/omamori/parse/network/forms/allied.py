"""Allied Telesis AlliedWare Plus, and YAMAHA switches, whose tables have the same columns."""

from __future__ import annotations

import re
from typing import Any

from omamori.model.sightings import Lease
from omamori.parse.network.form import Form, entry, neighbour, table
from omamori.parse.network.values import IPV4, MAC, mac, moment

_I = re.IGNORECASE
_MAC_HEADING = re.compile(r"^\s*vlan\s+port\s+mac\s+(?:fwd|sec|state|type)\b", _I)
_MAC_ROW = re.compile(rf"^\s*(?P<vlan>\d{{1,4}})\s+(?P<port>[\w/.-]{{1,40}})\s+(?P<mac>{MAC})\s+(?P<rest>\w[\w ]{{0,60}})$")
_MAC_REST = re.compile(r"(?:-[- ]*$|vlan\s+port|total\b)", _I)
_ARP_HEADING = re.compile(r"^\s*ip address\s+(?:mac|ll) address\s+(?:age\s+)?interface\s+port\b", _I)
_ARP_ROW = re.compile(rf"^\s*(?P<ip>{IPV4})\s+(?P<mac>{MAC}|-|incomplete)\s+(?P<interface>\S+)\s+(?P<port>\S+)\s+(?P<kind>[a-z]+)\s*$", _I)
_LEASE_HEADING = re.compile(r"^\s*ip address\s+client ?-?id\s+type\s+expiry", _I)
_LEASE_ROW = re.compile(rf"^\s*(?P<ip>{IPV4})\s+(?P<mac>{MAC})\s+(?P<kind>[a-z]+)\s+(?P<end>\S.*)$", _I)


def _mac(text: str) -> tuple[Any, ...] | None:
    found = _MAC_ROW.match(text)
    return entry(found["mac"], found["port"], vlan=found["vlan"], kind=found["rest"]) if found else None


def _arp(text: str) -> tuple[Any, ...] | None:
    found = _ARP_ROW.match(text)
    return neighbour(found["ip"], found["mac"], found["interface"], found["kind"]) if found else None


def _lease(text: str) -> tuple[Any, ...] | None:
    found = _LEASE_ROW.match(text)
    if found is None:
        return None
    state = "reserved" if found["kind"].lower() == "static" else "active"
    return (Lease(address=found["ip"], mac=mac(found["mac"]), ends=moment(found["end"]), state=state),)


_SOURCE = "Allied Telesis AlliedWare Plus command reference"
FORMS = (
    Form("awplus mac address-table", "forwarding_entries", _MAC_HEADING, re.compile(r"sh\w* mac[- ]add\w*(?:-t\w*)?"), table(_mac, _MAC_REST), source=_SOURCE),
    Form(
        "awplus arp", "neighbours", _ARP_HEADING, re.compile(r"sh\w* arp"), table(_arp, re.compile(r"(?:-[- ]*$|ip address\s|total)", _I)),
        source=_SOURCE,
    ),
    Form(
        "awplus dhcp binding", "leases", _LEASE_HEADING, re.compile(r"sh\w* ip dhcp bind\w*"),
        table(_lease, re.compile(r"(?:-[- ]*$|ip address\s|pool\s|network\s|dhcp client|\[)", _I)), source=_SOURCE,
    ),
)  # fmt: skip
