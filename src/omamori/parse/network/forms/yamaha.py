"""YAMAHA routers (RTX, NVR, FWX): `show arp`, `show status dhcp`, `show status switching-hub macaddress`, in Japanese and English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from omamori.model.sightings import Lease
from omamori.parse.network.form import UNREAD, Form, Part, by_line, entry, neighbour, table
from omamori.parse.network.values import IPV4, MAC, mac, span
from omamori.parse.windows.lines import Line

_I = re.IGNORECASE
_ARP_HEADING = re.compile(r"^\s*(?:インタ[ーフェ]{1,3}ース|interface)\s+IP ?(?:アドレス|address)\s+MAC ?(?:アドレス|address)\s+TTL", _I)
_ARP_ROW = re.compile(rf"^\s*(?P<port>[A-Za-z]\S{{0,30}})\s+(?P<ip>{IPV4})\s+(?P<mac>{MAC}|\(?incomplete\)?)\s+(?P<ttl>\S+)", _I)
_ARP_REST = re.compile(r"(?:カウント数|エントリ数|count|number)", _I)
_HUB_HEADING = re.compile(r"^\s*port \d{1,2} ?: ?\d+\s*$", _I)
_HUB_MAC = re.compile(rf"^\s+(?P<mac>{MAC})\s*$")
_SCOPE = re.compile(r"^\s*(?:DHCPスコープ番号|DHCP scope number|scope number) ?: ?\d+", _I)
_LEASE = re.compile(
    rf"^\s*(?P<what>割り当て中アドレス|予約済みアドレス|leased address|reserved address)(?:\s*\([^)]{{0,40}}\))? ?: ?(?P<ip>{IPV4})\s*$", _I
)
_CLIENT = re.compile(
    r"(?:クライアントID|クライアントイーサネットアドレス|client id|client ethernet address)\s?: ?(?P<id>[0-9a-f(][0-9a-f():. -]{8,80}?)\s*$",
    _I,
)
_HOST = re.compile(r"^\s*(?:ホスト名|host ?name)\s?: ?(?P<name>\S.{0,62}?)\s*$", _I)
_LEFT = re.compile(r"^\s*(?:リース残時間|remaining lease(?: time)?)\s?: ?(?P<left>.{1,60})$", _I)
_OTHER = re.compile(r"^\s*[^:]{1,40}: ?\S")


def _arp(text: str) -> tuple[Any, ...] | None:
    found = _ARP_ROW.match(text)
    return (
        neighbour(found["ip"], found["mac"], found["port"], "permanent" if found["ttl"].lower().startswith("perm") else None)
        if found
        else None
    )


def _hub(_seen: datetime) -> Any:
    port = ""

    def take(text: str) -> tuple[Any, ...] | None:
        nonlocal port
        if _HUB_HEADING.match(text):
            port = text.split(":")[0].strip()
            return ()
        found = _HUB_MAC.match(text)
        return entry(found["mac"], port) if found and port else None

    return take


def _leases(lines: Sequence[Line], seen: datetime) -> Part:
    rows: list[Lease] = []
    unread: list[int] = []
    said: dict[str, Any] = {}
    used = 0

    def close() -> None:
        if said:
            rows.append(Lease(**said))
            said.clear()

    for place, line in enumerate(lines):
        text = line.text
        if not text.strip():
            continue
        used = place + 1
        if found := _LEASE.match(text):
            close()
            reserved = found["what"].lower().startswith(("予約", "reserved"))
            said.update(address=found["ip"], state="reserved" if reserved else "active", evidence=str(line.number))
        elif found := _CLIENT.search(text):
            digits = re.sub(r"[^0-9a-f]", "", found["id"].lower())
            said.update({"mac": mac(digits[2:] if len(digits) == 14 and digits.startswith("01") else digits)} if said else {})
        elif found := _HOST.match(text):
            said.update({"hostname": found["name"]} if said else {})
        elif found := _LEFT.match(text):
            left = span(found["left"])
            said.update({"ends": seen + left} if said and left else {})
        elif _OTHER.match(text) is None or text.strip() == UNREAD:
            if text.strip() != UNREAD and not lines[place - 1].text.strip():
                used = place
                break
            unread.append(place)
    close()
    return Part(tuple(rows), frozenset(unread), used)


_SOURCE = "ヤマハルーター コマンドリファレンス"
FORMS = (
    Form("yamaha arp", "neighbours", _ARP_HEADING, re.compile(r"show arp"), table(_arp, _ARP_REST), source=_SOURCE),
    Form(
        "yamaha switching-hub macaddress", "forwarding_entries", _HUB_HEADING, re.compile(r"show status switching-hub macaddress"),
        by_line(_hub, fresh=True), source=_SOURCE,
    ),
    Form("yamaha status dhcp", "leases", _SCOPE, re.compile(r"show status dhcp"), _leases, source=_SOURCE),
)  # fmt: skip
