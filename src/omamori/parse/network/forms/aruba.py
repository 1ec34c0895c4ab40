"""HPE and Aruba: ProCurve and AOS-S switches, AOS-CX, mobility controllers."""

from __future__ import annotations

import re
from typing import Any

from omamori.parse.network.form import Form, entry, neighbour, table
from omamori.parse.network.values import IPV4, MAC

_I = re.IGNORECASE
_MAC_HEADING = re.compile(r"^\s*mac address\s+(?:located on )?port(?:\s+vlans?)?\s*$", _I)
_MAC_ROW = re.compile(rf"^\s*(?P<mac>{MAC})\s+(?P<port>[\w/.-]{{1,40}})(?:\s+(?P<vlan>\d{{1,4}}))?\s*$")
_MAC_REST = re.compile(r"(?:-[- ]*$|mac address\s|status and counters)", _I)
_CX_HEADING = re.compile(r"^\s*mac address\s+vlan\s+type\s+port\s*$", _I)
_CX_ROW = re.compile(rf"^\s*(?P<mac>{MAC})\s+(?P<vlan>\d{{1,4}})\s+(?P<kind>\S+)\s+(?P<port>\S+)\s*$")
_CX_REST = re.compile(r"(?:-[- ]*$|mac address\s|mac age-time|number of mac)", _I)
_ARP_HEADING = re.compile(r"^\s*ip address\s+mac address\s+type\s+port\s*$", _I)
_ARP_ROW = re.compile(
    rf"^\s*(?P<ip>{IPV4})\s+(?P<mac>{MAC}|)\s*(?P<kind>dynamic|static|permanent|invalid\S*|local)(?:\s+(?P<port>\S+))?\s*$", _I
)
_ARP_REST = re.compile(r"(?:-[- ]*$|ip address\s|ip arp table)", _I)
_CONTROLLER = re.compile(r"^\s*protocol\s+ip address\s+hardware address\s+interface\b", _I)
_CONTROLLER_ROW = re.compile(rf"^\s*[*SA ]{{0,4}}internet\s+(?P<ip>{IPV4})\s+(?P<mac>{MAC})\s+(?P<port>\S+)", _I)
_CONTROLLER_REST = re.compile(r"(?:-[- ]*$|protocol\s|codes:|total arp|ipv4 arp)", _I)
_CX_ARP = re.compile(r"^\s*ipv4 address\s+mac\s+port\s+physical port\s+state", _I)
_CX_ARP_ROW = re.compile(rf"^\s*(?P<ip>{IPV4})\s+(?P<mac>{MAC})?\s*(?P<port>\S+)\s+(?P<physical>\S+)?\s+(?P<state>[a-z]+)\s*$", _I)


def _mac(text: str) -> tuple[Any, ...] | None:
    found = _MAC_ROW.match(text)
    return entry(found["mac"], found["port"], vlan=found["vlan"]) if found else None


def _cx_mac(text: str) -> tuple[Any, ...] | None:
    found = _CX_ROW.match(text)
    return entry(found["mac"], found["port"], vlan=found["vlan"], kind=found["kind"]) if found else None


def _arp(text: str) -> tuple[Any, ...] | None:
    found = _ARP_ROW.match(text)
    return neighbour(found["ip"], found["mac"], found["port"], found["kind"]) if found else None


def _controller(text: str) -> tuple[Any, ...] | None:
    found = _CONTROLLER_ROW.match(text)
    return neighbour(found["ip"], found["mac"], found["port"]) if found else None


def _cx_arp(text: str) -> tuple[Any, ...] | None:
    found = _CX_ARP_ROW.match(text)
    return neighbour(found["ip"], found["mac"], found["port"], found["state"]) if found else None


_SOURCE = "HPE Aruba Networking command reference"
FORMS = (
    Form("procurve mac-address", "forwarding_entries", _MAC_HEADING, re.compile(r"sh\w* mac-a\w*"), table(_mac, _MAC_REST), source=_SOURCE),
    Form("aos-cx mac-address", "forwarding_entries", _CX_HEADING, re.compile(r"sh\w* mac-a\w*"), table(_cx_mac, _CX_REST), source=_SOURCE),
    Form("procurve arp", "neighbours", _ARP_HEADING, re.compile(r"sh\w* arp"), table(_arp, _ARP_REST), source=_SOURCE),
    Form("aruba controller arp", "neighbours", _CONTROLLER, re.compile(r"sh\w* arp"), table(_controller, _CONTROLLER_REST), source=_SOURCE),
    Form(
        "aos-cx arp", "neighbours", _CX_ARP, re.compile(r"sh\w* arp(?: all-vrfs)?"),
        table(_cx_arp, re.compile(r"(?:-[- ]*$|ipv4 address|total number)", _I)), source=_SOURCE,
    ),
)  # fmt: skip
