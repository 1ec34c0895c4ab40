"""MikroTik RouterOS 6 and 7: bridge hosts, ARP, DHCP leases, as tables and as `terse` lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from omamori.model.sightings import Lease
from omamori.parse.network.form import Form, by_line, entry, neighbour
from omamori.parse.network.values import IPV4, MAC, mac, span

_FLAGS = r"(?P<flags>(?:[A-Z] ?){0,6})"
_HOST_HEADING = re.compile(
    r"^\s*#?\s*MAC-ADDRESS\s+(?:VID\s+)?ON-INTERFACE\b|^\s*\d+\s+(?:[A-Z] ?){0,6}\s*mac-address=\S+ .{0,200}on-interface="
)
_HOST_ROW = re.compile(
    rf"^\s*\d+\s+{_FLAGS}\s*(?P<mac>{MAC})\s+(?:(?P<vlan>\d{{1,4}})\s+)?(?P<port>[A-Za-z][\w.()-]{{0,60}})(?:\s+\S+){{0,2}}\s*$"
)
_ARP_HEADING = re.compile(
    r"^\s*#?\s*ADDRESS\s+MAC-ADDRESS\s+INTERFACE\b|^\s*\d+\s+(?:[A-Z] ?){0,6}\s*(?:comment=.{0,80})?address=\S+ mac-address=\S+ interface=\S+ published="
)
_ARP_ROW = re.compile(
    rf"^\s*\d+\s+{_FLAGS}\s*(?P<ip>{IPV4})(?:\s+(?P<mac>{MAC}))?(?:\s+(?P<port>[A-Za-z][\w.()-]{{0,60}}))?(?:\s+(?P<state>[a-z]+))?\s*$"
)
_LEASE_HEADING = re.compile(
    r"^\s*#?\s*ADDRESS\s+MAC-ADDRESS\s+(?:HOST-NAME|CLIENT-ID|SERVER)\b|^\s*\d+\s+(?:[A-Z] ?){0,6}\s*(?:comment=.{0,80})?address=\S+ .{0,300}\bserver=\S+ .{0,300}status="
)
_LEASE_ROW = re.compile(
    rf"^\s*\d+\s+{_FLAGS}\s*(?P<ip>{IPV4})?(?:\s+(?P<mac>{MAC}))?(?P<middle>(?:\s+\S+){{0,6}}?)\s+(?P<state>bound|waiting|offered|conflict|testing|authorizing|busy)\b(?:\s+\S+)?\s*$"
)
_PAIR = re.compile(r"([a-z-]{2,40})=(\"[^\"]{0,200}\"|\S*)")
_TERSE = re.compile(rf"^\s*\d+\s+{_FLAGS}\s*(?=[a-z-]{{2,40}}=)")
_REST = re.compile(r"^\s*(?:Flags:|Columns:|#|MAC-ADDRESS|ADDRESS|;;;|[A-Z] - )")


def _pairs(text: str) -> dict[str, str] | None:
    if _TERSE.match(text) is None:
        return None
    return {name: value.strip('"') for name, value in _PAIR.findall(text)}


def _host(text: str) -> tuple[Any, ...] | None:
    if (pairs := _pairs(text)) is not None and "on-interface" in pairs:
        flags, address, port, vlan = _TERSE.match(text)["flags"], pairs.get("mac-address", ""), pairs["on-interface"], pairs.get("vid")  # type: ignore[index]
    elif found := _HOST_ROW.match(text):
        flags, address, port, vlan = found["flags"], found["mac"], found["port"], found["vlan"]
    else:
        return () if _REST.match(text) else None
    rows = entry(address, port, vlan=vlan, kind="dynamic" if "D" in flags or "L" in flags else "static")
    return tuple(_as_self(row) for row in rows) if "L" in flags else rows


def _as_self(row: Any) -> Any:
    """A local host is an address of the bridge itself."""
    return type(row)(mac=row.mac, vlan=row.vlan, port=row.port, kind="self")


def _arp(text: str) -> tuple[Any, ...] | None:
    if (pairs := _pairs(text)) is not None and "published" in pairs:
        return neighbour(pairs.get("address", ""), pairs.get("mac-address"), pairs.get("interface"))
    found = _ARP_ROW.match(text)
    if found is None:
        return () if _REST.match(text) else None
    return neighbour(found["ip"], found["mac"], found["port"], found["state"])


def _leases(seen: datetime) -> Callable[[str], tuple[Any, ...] | None]:
    def take(text: str) -> tuple[Any, ...] | None:
        if (pairs := _pairs(text)) is not None and "status" in pairs:
            left = span(pairs.get("expires-after"))
            hardware = mac(pairs.get("active-mac-address") or pairs.get("mac-address") or pairs.get("src-mac-address"))
            address = pairs.get("active-address") or pairs.get("address", "")
            return _lease(address, hardware, pairs.get("host-name"), pairs["status"], seen + left if left else None)
        found = _LEASE_ROW.match(text)
        if found is None:
            return () if _REST.match(text) else None
        words = found["middle"].split()
        return _lease(found["ip"] or "", mac(found["mac"]), words[0] if len(words) > 1 else None, found["state"], None)

    return take


def _lease(address: str, hardware: str | None, name: str | None, status: str, ends: datetime | None) -> tuple[Any, ...]:
    if not re.fullmatch(IPV4, address):
        return ()
    return (Lease(address=address, mac=hardware, hostname=name or None, ends=ends, state="active" if status == "bound" else status),)


_SOURCE = "MikroTik RouterOS documentation"
_PRINT = r"print(?: (?:terse|detail|without-paging|brief)){0,3}"
FORMS = (
    Form(
        "mikrotik bridge host", "forwarding_entries", _HOST_HEADING, re.compile(rf"(?:interface )?bridge host {_PRINT}"), by_line(_host),
        source=_SOURCE,
    ),
    Form("mikrotik arp", "neighbours", _ARP_HEADING, re.compile(rf"ip arp {_PRINT}"), by_line(_arp), source=_SOURCE),
    Form(
        "mikrotik lease", "leases", _LEASE_HEADING, re.compile(rf"ip dhcp-server lease {_PRINT}"), by_line(_leases, fresh=True),
        source=_SOURCE,
    ),
)  # fmt: skip
