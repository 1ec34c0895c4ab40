"""Yamaha RTX: static filters that reject, before those that are bound to an interface now, both ways.

Static filters see no connections, so answers of what is never blocked are left out of them too. Written from the command reference for the
RT series (`ip filter`, `ip INTERFACE secure filter`); not tried on a real device.
"""

from __future__ import annotations

from collections.abc import Sequence

from omamori.model.text import Text
from omamori.respond.bastion.parts import Facts
from omamori.respond.bastion.text_common import numbers_of
from omamori.respond.bastion.text_yamaha import PORT, VIRTUAL, place_of
from omamori.respond.isolate.boxes import Box, boxes
from omamori.respond.isolate.parts import Cut, NeverBlocked, Written
from omamori.respond.isolate.write.bound import chain_at, held_at, rules_of
from omamori.respond.isolate.write.common import networks, port_words, services, unwritable
from omamori.respond.isolate.write.places import interfaces_at

_FIRST = 950_001
_MOST = 250
"""A list takes about 300 filters (command reference)."""


def write(cut: Cut, never: Sequence[NeverBlocked], facts: Facts) -> Written:
    """Return the commands and their undo; none where the list that is bound now cannot be put back as it was."""
    device = cut.device or ""
    places = [(crossing, name) for crossing in cut.crossings for name in interfaces_at(facts, device, crossing)]
    lists = {(name, way): held_at(facts, device, name, way) for _, name in places for way in ("in", "out")}
    known = None not in lists.values() and not _dynamic(facts, device, [name for _, name in places])
    if not places or not known or not all(VIRTUAL.fullmatch(name) or PORT.fullmatch(name) for _, name in places):
        return unwritable(cut, _WHY)
    number = max((*(one for one in numbers_of(facts, device) if one >= _FIRST), _FIRST - 1)) + 1
    lines: list[str] = []
    made: list[int] = []
    bound: dict[str, list[int]] = {}
    for crossing, name in places:
        for box in boxes(crossing, never, answers=True):
            for text in _filters(box):
                lines.append(f"ip filter {number} {text}")
                made.append(number)
                bound.setdefault(name, []).append(number)
                number += 1
    if len(made) > _MOST:
        return unwritable(cut, _WHY)
    lines.append(f"ip filter {number} pass * *")
    undo: list[str] = []
    for name, mine in bound.items():
        enter, word, leave = place_of(name)
        lines += enter
        undo += enter
        for way in ("in", "out"):
            old = lists[(name, way)]
            held = " ".join(old) if old else str(number)
            lines.append(f"ip {word} secure filter {way} {' '.join(map(str, mine))} {held}")
            undo.append(f"ip {word} secure filter {way} {' '.join(old)}" if old else f"no ip {word} secure filter {way}")
        lines += leave
        undo += leave
    undo += [f"no ip filter {one}" for one in (*made, number)]
    return Written(cut, "\n".join((*lines, "")), "\n".join((*undo, "")), tried=False)


_WHY = Text(
    "いまのフィルタの並び(動的フィルタを含む)をそのまま戻せると言い切れないため、文を書けません。ケーブルを抜くか、業者と書いてください",
    "it is not certain that the list of filters bound now, dynamic ones included, could be put back as it is: pull the cable, or write it with "
    "whoever keeps the device",
)


def _filters(box: Box) -> list[str]:
    sides = [",".join(map(_word, networks(ranges))) or "*" for ranges in (box.sources, box.destinations)]
    found = []
    for protocol, ports, senders in services(box):
        told = f" {','.join(port_words(senders)) or '*'} {','.join(port_words(ports)) or '*'}" if protocol in ("tcp", "udp") else ""
        found.append(f"reject-log {sides[0]} {sides[1]} {_NAMES.get(protocol or '*', protocol or '*')}{told}")
    return found


_NAMES = {"ipip": "4"}


def _dynamic(facts: Facts, device: str, interfaces: Sequence[str]) -> bool:
    """Whether a list has dynamic filters: the tables do not tell how they were bound, so binding anew could lose them."""
    chains = [chain_at(facts, device, name, way) for name in interfaces for way in ("in", "out")]
    states = {state for chain in chains if chain for rule in rules_of(facts, chain) for state in (rule.states or "").split(",")}
    return bool(states & {"new", "established", "related"})


def _word(network: object) -> str:
    return str(network).removesuffix("/32")
