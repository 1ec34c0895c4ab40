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
from omamori.respond.isolate.boxes import Box, boxes, kept_boxes
from omamori.respond.isolate.parts import Crossing, Cut, NeverBlocked, Written
from omamori.respond.isolate.write.bound import chain_at, held_at, rules_of
from omamori.respond.isolate.write.common import networks, port_words, services, unwritable
from omamori.respond.isolate.write.places import interfaces_at

_FIRST = 950_001
_SPREAD = 1000
"""Each cut has so many numbers of its own: a filter that is written again is another one wherever it is bound."""
_MOST = 250
"""A list takes about 300 filters (command reference)."""


def write(cut: Cut, never: Sequence[NeverBlocked], facts: Facts, slot: int = 0) -> Written:
    """Return the commands and their undo; none where the list that is bound now cannot be put back as it was."""
    device = cut.device or ""
    places = [(crossing, name) for crossing in cut.crossings for name in interfaces_at(facts, device, crossing)]
    lists = {(name, way): held_at(facts, device, name, way) for _, name in places for way in ("in", "out")}
    known = None not in lists.values() and not _dynamic(facts, device, [name for _, name in places])
    if not places or not known or not all(VIRTUAL.fullmatch(name) or PORT.fullmatch(name) for _, name in places):
        return unwritable(cut, _WHY)
    first = max((*(one for one in numbers_of(facts, device) if one >= _FIRST), _FIRST - 1)) + 1
    numbered = _Numbered(first + _SPREAD * slot)
    bound: list[str] = []
    undo: list[str] = []
    for name in dict.fromkeys(name for _, name in places):
        crossings = [crossing for crossing, at in places if at == name]
        enter, word, leave = place_of(name)
        bound += enter
        undo += enter
        for way in ("in", "out"):
            old = lists[(name, way)]
            held = [*(numbered.add(text) for text in _texts(crossings, never, filtered=bool(old))), *(old or ())]
            bound.append(f"ip {word} secure filter {way} {' '.join(map(str, held))}")
            undo.append(f"ip {word} secure filter {way} {' '.join(old)}" if old else f"no ip {word} secure filter {way}")
        bound += leave
        undo += leave
    if len(numbered.texts) > _MOST:
        return unwritable(cut, _WHY)
    lines = [f"ip filter {number} {text}" for text, number in numbered.texts.items()]
    undo += [f"no ip filter {number}" for number in numbered.texts.values()]
    return Written(cut, "\n".join((*lines, *bound, "")), "\n".join((*undo, "")), tried=False)


class _Numbered:
    """Numbers filters from the first that is free; the same filter is made once."""

    def __init__(self, first: int) -> None:
        """`first` is a number no filter has."""
        self.first = first
        self.texts: dict[str, int] = {}

    def add(self, text: str) -> int:
        """Return the number of a filter."""
        return self.texts.setdefault(text, self.first + len(self.texts))


def _texts(crossings: Sequence[Crossing], never: Sequence[NeverBlocked], *, filtered: bool) -> list[str]:
    """Return the filters of a list. Where nothing is filtered now, saying first what passes opens nothing; a packet no filter matches is dropped."""
    denied = [
        text for one in crossings for box in boxes(one, never if filtered else (), answers=True) for text in _filters(box, "reject-log")
    ]
    if filtered:
        return list(dict.fromkeys(denied))
    passing = [text for one in never for box in kept_boxes(one, answers=True) for text in _filters(box, "pass")]
    return list(dict.fromkeys((*passing, *denied, "pass * *")))


_WHY = Text(
    "いまのフィルタの並び(動的フィルタを含む)をそのまま戻せると言い切れないため、文を書けません。ケーブルを抜くか、業者と書いてください",
    "it is not certain that the list of filters bound now, dynamic ones included, could be put back as it is: pull the cable, or write it with "
    "whoever keeps the device",
)


def _filters(box: Box, decision: str) -> list[str]:
    sides = [",".join(map(_word, networks(ranges))) or "*" for ranges in (box.sources, box.destinations)]
    found = []
    for protocol, ports, senders in services(box):
        pairs = [f" {one} {two}" for one in _tens(port_words(senders)) for two in _tens(port_words(ports))]
        for told in pairs if protocol in ("tcp", "udp") else ("",):
            found.append(f"{decision} {sides[0]} {sides[1]} {_NAMES.get(protocol or '*', protocol or '*')}{told}")
    return found


def _tens(words: Sequence[str]) -> list[str]:
    """A filter takes at most ten ports or ranges of them (command reference)."""
    return [",".join(words[at : at + 10]) for at in range(0, len(words), 10)] or ["*"]


_NAMES = {"ipip": "4"}


def _dynamic(facts: Facts, device: str, interfaces: Sequence[str]) -> bool:
    """Whether a list has dynamic filters: the tables do not tell how they were bound, so binding anew could lose them."""
    chains = [chain_at(facts, device, name, way) for name in interfaces for way in ("in", "out")]
    states = {state for chain in chains if chain for rule in rules_of(facts, chain) for state in (rule.states or "").split(",")}
    return bool(states & {"new", "established", "related"})


def _word(network: object) -> str:
    return str(network).removesuffix("/32")
