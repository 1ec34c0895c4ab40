"""Tables of makers that have no form of their own: read by the columns their heading names, and only where nothing is in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from omamori.parse.network.form import Form, Part, by_line, entry, neighbour
from omamori.parse.network.values import IPV4, MAC
from omamori.parse.windows.lines import Line

_I = re.IGNORECASE
_MAC_WORD = r"(?:mac|hw|hardware|ethernet)[- ]?addr(?:ess)?|macアドレス"
_PORT_WORD = r"port-?list|ports?|interface|iface|ポート|インタ[ーフェ]{1,3}ース"


def _heading(needed: Sequence[str], foreign: str) -> re.Pattern[str]:
    """A line in which all of these words stand, in whatever order, and none of the foreign ones."""
    words = "".join(rf"(?=.*(?<![\w-])(?:{word})(?![\w-]))" for word in needed)
    return re.compile(rf"^{words}(?!.*(?<![\w-])(?:{foreign})(?![\w-]))[^=,|\"]{{16,160}}$", _I)


_ARP_HEADING = _heading(
    (r"ip(?:v4)?[- ]?addr(?:ess)?|internet address|ipアドレス", _MAC_WORD),
    r"host\w*|\w*lease\w*|expir\w*|client\w*|physical|server|status\s+mac|probe\S*|ifindex",
)
_MAC_HEADING = _heading(
    (_MAC_WORD, _PORT_WORD, r"vlan(?: ?id)?|vid"), r"ip|internet|ipアドレス|description|speed|state|duplex|method|session|serial"
)
_PORT = re.compile(rf"(?<![\w-])(?:{_PORT_WORD})(?![\w-])", _I)
_VLAN = re.compile(r"(?<![\w-])(?:vlan(?: ?id)?|vid)(?![\w-])", _I)
_KIND = re.compile(r"(?<![\w-])(?:type|status|kind|attribute)(?![\w-])", _I)
_WORD = re.compile(r"\S+")
_ONE_MAC = re.compile(rf"(?<![\w.:-]){MAC}(?![\w.:-])")
_ONE_IP = re.compile(rf"(?<![\w.:-]){IPV4}(?![\w.:-])")
_RULE = re.compile(r"[-=+ ]+|(?:total|count|number|合計|エントリ).{0,60}", _I)


def _nearest(text: str, heading: re.Match[str] | None, taken: Sequence[tuple[int, int]]) -> str | None:
    """The word that stands under a heading: the one that overlaps it, or begins where it begins."""
    if heading is None:
        return None
    words = [word for word in _WORD.finditer(text) if not any(first < word.end() and word.start() < last for first, last in taken)]
    under = [word for word in words if word.start() < heading.end() and heading.start() < word.end()]
    return under[0][0] if len(under) == 1 else None


def _mac_table(lines: Sequence[Line], seen: datetime) -> Part:
    heading = lines[0].text
    port, vlan, kind = _PORT.search(heading), _VLAN.search(heading), _KIND.search(heading)

    def take(text: str) -> tuple[Any, ...] | None:
        found = _ONE_MAC.findall(text)
        if len(found) != 1:
            return () if not found and (text == heading or _RULE.fullmatch(text.strip())) else None
        match = _ONE_MAC.search(text)
        where = _nearest(text, port, [match.span()] if match else [])
        if where is None:
            return None
        return entry(found[0], where, vlan=_nearest(text, vlan, []), kind=_nearest(text, kind, []) or "dynamic")

    return by_line(take)(lines, seen)


def _arp_table(lines: Sequence[Line], seen: datetime) -> Part:
    heading = lines[0].text
    port = _PORT.search(heading)

    def take(text: str) -> tuple[Any, ...] | None:
        addresses, found = list(_ONE_IP.finditer(text)), list(_ONE_MAC.finditer(text))
        if len(addresses) != 1 or len(found) > 1:
            return () if not addresses and (text == heading or _RULE.fullmatch(text.strip())) else None
        taken = [match.span() for match in (*addresses, *found)]
        if not found and "incomplete" not in text.lower():
            return None
        return neighbour(addresses[0][0], found[0][0] if found else None, _nearest(text, port, taken))

    return by_line(take)(lines, seen)


FORMS = (
    Form(
        "MAC address table by its heading", "forwarding_entries", _MAC_HEADING,
        re.compile(r"(?:sh\w*|display) (?:mac|fdb|mac[- ]add\w*(?:-t\w*)?)(?: all)?"), _mac_table, rank=1,
    ),
    Form(
        "ARP table by its heading", "neighbours", _ARP_HEADING, re.compile(r"(?:sh\w*|display) (?:ip )?arp(?: entry| all)?"), _arp_table, rank=1,
    ),
)  # fmt: skip
