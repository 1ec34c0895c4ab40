"""Cisco IOS: entries that deny, before those of the list bound to an interface, both ways; a list of its own where there is none.

A list sees no connections, so answers of what is never blocked are left out of the denies too. Written from the IOS Security Command
Reference (ip access-list, ip access-group), "IP Access List Entry Sequence Numbering" and "Configuration Replace and Configuration
Rollback" (configure terminal revert timer, configure confirm; needs `archive`); not tried on a real device.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence

from omamori.analyze.reach.ranges import Ranges
from omamori.model.text import Text
from omamori.respond.bastion.parts import Facts
from omamori.respond.bastion.text_common import in_zone
from omamori.respond.isolate.boxes import ALL_PORTS, Box, boxes, kept_boxes
from omamori.respond.isolate.names import mark, plain
from omamori.respond.isolate.parts import Crossing, Cut, NeverBlocked, Written
from omamori.respond.isolate.write.bound import chain_at, held_at
from omamori.respond.isolate.write.common import networks, services, unwritable
from omamori.respond.isolate.write.places import interfaces_at

_NAMES = {"ah": "ahp"}
_BEGIN = "configure terminal"
_WHY = Text(
    "今のアクセスリストの前に足す場所が足りないか、読み取りが足りません。業者と一緒に「ip access-list resequence 名前 1000 10」で番号を空け、"
    "もう一度集めて作り直すか、ケーブルを抜いてください",
    "there is no room before the entries of the list bound now, or it was not read wholly: make room with whoever keeps the device "
    "(ip access-list resequence NAME 1000 10), collect again and prepare anew, or pull the cable",
)


def write(cut: Cut, never: Sequence[NeverBlocked], facts: Facts, seconds: int) -> Written:
    """Return the commands, their undo, and the ones that go back by themselves (in whole minutes) unless confirmed."""
    device = cut.device or ""
    bound: dict[str, list[Crossing]] = {}
    for crossing in cut.crossings:
        for name in interfaces_at(facts, device, crossing):
            bound.setdefault(name, []).append(crossing)
    if not bound or not all(map(plain, bound)) or any(in_zone(facts, device, name) for name in bound):
        return unwritable(cut, _WHY if all(map(plain, bound)) else None)
    lines, undo = [], []
    for number, (name, found) in enumerate(bound.items(), 1):
        for way in ("in", "out"):
            written = _list(facts, device, name, way, found, never, f"OMAMORI-{mark(cut)}-{number}-{way.upper()}")
            if written is None:
                return unwritable(cut, _WHY)
            lines += written[0]
            undo += written[1]
    minutes = min(max(1, -(-seconds // 60)), 120)
    return Written(
        cut,
        _file(_BEGIN, lines),
        _file(_BEGIN, undo),
        timed=_file(f"{_BEGIN} revert timer {minutes}", lines),
        confirm="configure confirm\n",
        tried=False,
    )


def _file(begin: str, lines: Sequence[str]) -> str:
    return "\n".join((begin, *lines, "end", ""))


def _list(
    facts: Facts, device: str, interface: str, way: str, crossings: Sequence[Crossing], never: Sequence[NeverBlocked], name: str
) -> tuple[list[str], list[str]] | None:  # fmt: skip
    numbers = held_at(facts, device, interface, way)
    if numbers is None:
        return None
    if not numbers:
        # Where nothing is filtered, saying first what passes opens nothing.
        head = f"ip access-list extended {name}"
        passing = [line for one in never for box in kept_boxes(one, answers=True) for line in _entries(box, "permit")]
        denied = _denies(crossings, ())
        lines = [head, *(f" {line}" for line in dict.fromkeys((*passing, *denied))), " permit ip any any"]
        bind = [f"interface {interface}", f" ip access-group {name} {way}"]
        return [*lines, *bind], [bind[0], f" no ip access-group {name} {way}", f"no {head}"]
    chain = chain_at(facts, device, interface, way)
    label = chain.label if chain is not None else None
    entries = _denies(crossings, never)
    if not label or not plain(label) or _standard(label) or min(map(int, numbers)) <= len(entries):
        return None
    head = f"ip access-list extended {label}"
    places = range(1, len(entries) + 1)
    return [head, *(f" {place} {entry}" for place, entry in zip(places, entries, strict=True))], [
        head,
        *(f" no {place}" for place in places),
    ]


def _denies(crossings: Sequence[Crossing], never: Sequence[NeverBlocked]) -> list[str]:
    found = (line for crossing in crossings for box in boxes(crossing, never, answers=True) for line in _entries(box, "deny"))
    return list(dict.fromkeys(found))


def _standard(label: str) -> bool:
    """Standard lists take no destinations (1-99, 1300-1999)."""
    return label.isdecimal() and (int(label) < 100 or 1300 <= int(label) < 2000)


def _entries(box: Box, decision: str) -> Iterator[str]:
    for protocol, ports, senders in services(box):
        word = _NAMES.get(protocol or "ip", protocol or "ip")
        for source in _sides(box.sources):
            for target in _sides(box.destinations):
                for sport in _ports(senders):
                    for port in _ports(ports):
                        yield f"{decision} {word} {source}{sport} {target}{port}"


def _sides(ranges: Ranges) -> list[str]:
    found = []
    for network in networks(ranges):
        host = network.prefixlen == 32
        found.append(
            f"host {network.network_address}" if host else f"{network.network_address} {ipaddress.IPv4Address(int(network.hostmask))}"
        )
    return found or ["any"]


def _ports(ranges: Ranges) -> list[str]:
    if ranges == ALL_PORTS:
        return [""]
    return [f" eq {low}" if low == high else f" range {low} {high}" for low, high in ranges]
