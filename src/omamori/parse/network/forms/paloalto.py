"""Palo Alto PAN-OS and Check Point Gaia: ARP and MAC tables."""

from __future__ import annotations

import re
from typing import Any

from omamori.parse.network.form import Form, entry, neighbour, table
from omamori.parse.network.values import IPV4, MAC

_I = re.IGNORECASE
_ARP_HEADING = re.compile(r"^\s*interface\s+ip address\s+hw address\s+port\s+status\s+ttl", _I)
_ARP_ROW = re.compile(rf"^\s*(?P<port>\S+)\s+(?P<ip>{IPV4})\s+(?P<mac>{MAC}|\(incomplete\))\s+\S+\s+(?P<state>[a-z])\s+\d+\s*$", _I)
_MAC_HEADING = re.compile(r"^\s*vlan\s+hw address\s+interface\s+status\s+ttl", _I)
_MAC_ROW = re.compile(rf"^\s*\S.{{0,40}}?\s+(?P<mac>{MAC})\s+(?P<port>\S+)\s+(?P<state>[a-z])\s+\d+\s*$", _I)
_REST = re.compile(r"(?:-+$|maximum of|default timeout|total |status:|interface\s|vlan\s)", _I)
_GAIA_HEADING = re.compile(r"^ip address\s{3,}mac address\s*$", _I)
_GAIA_ROW = re.compile(rf"^(?P<ip>{IPV4})\s+(?P<mac>{MAC}|incomplete)\s*$", _I)
_STATES = {"s": "static", "c": "complete", "e": "expiring", "i": "incomplete"}


def _arp(text: str) -> tuple[Any, ...] | None:
    found = _ARP_ROW.match(text)
    return (
        neighbour(found["ip"], found["mac"], found["port"], _STATES.get(found["state"].lower()) if MAC and ":" in found["mac"] else None)
        if found
        else None
    )


def _mac(text: str) -> tuple[Any, ...] | None:
    found = _MAC_ROW.match(text)
    return entry(found["mac"], found["port"], kind=_STATES.get(found["state"].lower(), "")) if found else None


def _gaia(text: str) -> tuple[Any, ...] | None:
    found = _GAIA_ROW.match(text)
    return neighbour(found["ip"], found["mac"], None) if found else None


FORMS = (
    Form("pan-os arp", "neighbours", _ARP_HEADING, re.compile(r"show arp all"), table(_arp, _REST), source="PAN-OS CLI reference"),
    Form("pan-os mac", "forwarding_entries", _MAC_HEADING, re.compile(r"show mac all"), table(_mac, _REST), source="PAN-OS CLI reference"),
    Form(
        "gaia arp", "neighbours", _GAIA_HEADING, re.compile(r"show arp dynamic all"), table(_gaia, re.compile(r"ip address\s", _I)),
        source="Check Point Gaia administration guide",
    ),
)  # fmt: skip
