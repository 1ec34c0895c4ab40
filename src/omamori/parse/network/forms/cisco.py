"""Cisco IOS, IOS XE, NX-OS and ASA: MAC address table, ARP table, DHCP bindings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from omamori.model.sightings import Lease
from omamori.parse.network.form import Form, Part, by_line, entry, neighbour, table
from omamori.parse.network.values import IP, MAC, mac, moment

_I = re.IGNORECASE
_MAC_HEADING = re.compile(
    r"^\s*(?:vlan\s+mac address\s+type\b.*\bports?\b.*|destination address\s+address type\s+vlan\s+destination port)\s*$", _I
)
_MAC_ROW = re.compile(
    rf"^\s*(?:[*+#~GORSDCL]\s*){{0,4}}(?P<vlan>\d{{1,4}}|all|n/a|-)\s+(?P<mac>{MAC})\s+(?P<kind>[a-z]+)\s+(?P<rest>\S.*?)\s*$", _I
)
_MAC_OLD = re.compile(rf"^\s*(?P<mac>{MAC})\s+(?P<kind>dynamic|static|self|secure)\s+(?P<vlan>\d{{1,4}})\s+(?P<rest>\S.*?)\s*$", _I)
_BEFORE_PORT = re.compile(
    r"^(?:(?:yes|no|n/a)\s+(?:\d+|-|n/a|~+)(?:\s+|$)|(?:\d+|-|~+)\s+[TFC]\s+[TFC]\s+|(?:ip|ipx|assigned|other)(?:,\w+){0,6}\s+)", _I
)
_MAC_REST = re.compile(
    r"(?:-+[-+ ]*$|vlan\s|\S{1,12}\s+[0-9a-f.]{14}\s+system\b|destination address|legend|\* - |age - |n/a - |[A-Z#] - |\([RTF]\) - |displaying entries|"
    r"(?:multicast|unicast) entries|mac address table|(?:non-)?static address table|(?:total|dynamic|secure|static|system).{0,60}(?:count|criterion|addresses)|"
    r"(?:[A-Z][a-z]{1,20}-?\w{0,8}[\d/.]+|switch|router|cpu|stby-switch)(?:,\S{1,40}){0,60},?$)",
    _I,
)
_ARP_HEADING = re.compile(r"^\s*protocol\s+address\s+age ?\(min\)\s+hardware addr", _I)
_ARP_ROW = re.compile(rf"^\s*internet\s+(?P<ip>{IP})\s+(?P<age>-|\d+)\s+(?P<mac>{MAC}|incomplete)\s+\S+(?:\s+(?P<port>\S+))?", _I)
_NX_HEADING = re.compile(r"^\s*address\s+age\s+mac address\s+interface\b", _I)
_NX_ROW = re.compile(rf"^\s*(?P<ip>{IP})\s+(?:[\d:.a-z]+|-)\s+(?P<mac>{MAC}|incomplete)\s+(?P<port>\S+)", _I)
_NX_REST = re.compile(
    r"(?:flags:|[*+#DAPSO(]\S? - |ip arp table|total number|address\s+age|-+$|.{0,20}(?:adjacencies|glean|throttled|via fabric))", _I
)
_ASA_ROW = re.compile(
    r"^\s*(?P<port>[A-Za-z][\w.-]{0,47}) (?P<ip>\d{1,3}(?:\.\d{1,3}){3}) (?P<mac>[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}) (?:\d{1,7}|-|alias)\s*$"
)
_BIND_HEADING = re.compile(r"^\s*ip address\s+(?:client-id/?|hardware address)\s+(?:lease expiration|.{0,20}expiration)", _I)
_BIND_ROW = re.compile(
    r"^\s*(?P<ip>\d{1,3}(?:\.\d{1,3}){3})\s+(?P<id>[0-9a-f]{2,4}(?:[.:-][0-9a-f]{2,4}){2,40})\s+(?P<end>infinite|[A-Z][a-z]{2} \d{1,2} \d{4} \d{1,2}:\d{2} ?[AP]M)\s+(?P<kind>\S+)",
    _I,
)
_BIND_REST = re.compile(r"(?:ip address\s|hardware address|user name|bindings from|(?:[0-9a-f]{2,4}\.?){1,8}$)", _I)
_SNOOP_HEADING = re.compile(r"^\s*macaddress\s+ipaddress\s+lease\(sec\)\s+type\s+vlan\s+interface", _I)
_SNOOP_ROW = re.compile(rf"^\s*(?P<mac>{MAC})\s+(?P<ip>{IP})\s+\S+\s+(?P<kind>\S+)\s+\d+\s+(?P<port>\S+)", _I)


def _mac_row(text: str) -> tuple[Any, ...] | None:
    found = _MAC_ROW.match(text) or _MAC_OLD.match(text)
    if found is None:
        return None
    port = _BEFORE_PORT.sub("", found["rest"]).replace("(R)", "").strip()
    return entry(found["mac"], port, vlan=found["vlan"], kind=found["kind"])


def _arp_row(text: str) -> tuple[Any, ...] | None:
    found = _ARP_ROW.match(text)
    if found is None:
        return None
    own = found["age"] == "-" and bool(found["port"])  # a static entry has no age either, and no interface
    return neighbour(found["ip"], found["mac"], found["port"], "own" if own and mac(found["mac"]) else None)


def _nx_row(text: str) -> tuple[Any, ...] | None:
    found = _NX_ROW.match(text)
    return neighbour(found["ip"], found["mac"], found["port"]) if found else None


def _asa_row(text: str) -> tuple[Any, ...] | None:
    found = _ASA_ROW.match(text)
    return neighbour(found["ip"], found["mac"], found["port"]) if found else None


def _binding(text: str) -> tuple[Any, ...] | None:
    found = _BIND_ROW.match(text)
    if found is None:
        return None
    digits = re.sub(r"[.:-]", "", found["id"])
    # A client identifier of an Ethernet card is 01 and its address (RFC 2132, 9.14).
    address = mac(digits[2:]) if len(digits) == 14 and digits.startswith("01") else mac(digits)
    kind = {"automatic": "active", "manual": "reserved"}.get(found["kind"].lower(), found["kind"].lower())
    return (Lease(address=found["ip"], mac=address, ends=moment(found["end"]), state=kind),)


def _snooped(text: str) -> tuple[Any, ...] | None:
    found = _SNOOP_ROW.match(text)
    return neighbour(found["ip"], found["mac"], found["port"], found["kind"]) if found else None


def _read_asa(lines: Sequence[Any], seen: datetime) -> Part:
    return by_line(_asa_row)(lines, seen)


_CISCO = "Cisco IOS command reference"
FORMS = (
    Form(
        "cisco mac address-table", "forwarding_entries", _MAC_HEADING, re.compile(r"sh\w* mac[- ]add\w*(?:-t\w*)?|sh\w* cam(?: dyn\w*)?"),
        table(_mac_row, _MAC_REST), source=_CISCO,
    ),
    Form(
        "cisco ip arp", "neighbours", _ARP_HEADING, re.compile(r"sh\w* (?:ip )?arp"),
        table(_arp_row, re.compile(r"protocol\s", _I)), source=_CISCO,
    ),
    Form("nx-os ip arp", "neighbours", _NX_HEADING, re.compile(r"sh\w* ip arp(?: vrf all)?"), table(_nx_row, _NX_REST), source=_CISCO),
    Form("asa arp", "neighbours", _ASA_ROW, re.compile(r"sh\w* arp"), _read_asa, source="Cisco ASA command reference"),
    Form(
        "cisco dhcp binding", "leases", _BIND_HEADING, re.compile(r"sh\w* ip dhcp bind\w*"), table(_binding, _BIND_REST), source=_CISCO,
    ),
    Form(
        "cisco dhcp snooping", "neighbours", _SNOOP_HEADING, None,
        table(_snooped, re.compile(r"(?:macaddress\s|[- ]+$|total number)", _I)), source=_CISCO,
    ),
)  # fmt: skip
"""The snooping table knows only what got its address by DHCP: it is never the whole ARP table."""
