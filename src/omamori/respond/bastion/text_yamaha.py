"""Yamaha RTX: static filters of its own at what comes in by an interface. Written from the command reference for the RT series (`ip filter`,
`ip INTERFACE secure filter`); not tried on a real device.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from omamori.model.device import DeviceRule
from omamori.respond.bastion.parts import Edit, Facts
from omamori.respond.bastion.text_common import Gate, bound_list, gates, networks, numbers_of, own_addresses

_FIRST = 900_001
VIRTUAL = re.compile(r"(pp|tunnel)(\d+)|pp anonymous")
PORT = re.compile(r"(lan|bridge|vlan|wan)\d[\d./]*")


def write(edits: Sequence[Edit], facts: Facts) -> tuple[str, str] | None:
    """Return the commands and their undo; None where an interface has a name no command of the reference takes."""
    device = edits[0].device
    found = gates(edits)
    if not found or not all(VIRTUAL.fullmatch(gate.interface) or PORT.fullmatch(gate.interface) for gate in found):
        return None
    number = max((*(one for one in numbers_of(facts, device) if one >= _FIRST), _FIRST - 1)) + 1
    lines: list[str] = []
    undo: list[str] = []
    made: list[int] = []
    for gate in found:
        mine = []
        for text in _filters(gate, own_addresses(facts, device, gate.interface)):
            lines.append(f"ip filter {number} {text}")
            mine.append(number)
            number += 1
        made += mine
        enter, word, leave = place_of(gate.interface)
        lines += [*enter, f"ip {word} secure filter in {' '.join(map(str, mine))}", *leave]
        _, rules = bound_list(facts, device, gate.interface)
        old = list(dict.fromkeys(rule.rule for rule in rules if rule.rule and rule.rule.isdecimal()))
        before = f"ip {word} secure filter in {' '.join(old)}" if old else f"no ip {word} secure filter in"
        undo += [*enter, before, *leave]
    undo += [f"no ip filter {one}" for one in made]
    return "\n".join((*lines, "")), "\n".join((*undo, ""))


def place_of(interface: str) -> tuple[list[str], str, list[str]]:
    """Return how an interface is chosen, what a filter command calls it, and how it is left."""
    found = VIRTUAL.fullmatch(interface)
    if found is None:
        return [], interface, []
    if interface == "pp anonymous":
        return ["pp select anonymous"], "pp", ["pp select none"]
    return [f"{found[1]} select {found[2]}"], found[1], [f"{found[1]} select none"]


def _filters(gate: Gate, own: Sequence[str]) -> Iterator[str]:
    # Static filters see no connections: answers are told by the flags of TCP, and answers over UDP do not pass.
    yield "pass * * established"
    yield "pass * * icmp-error"
    for rule in gate.admitted:
        yield _filter(rule, ",".join(own) or "*")
    for rule in gate.passing:
        yield _filter(rule, _side(rule.destinations))
    yield "reject-log * *"


def _filter(rule: DeviceRule, target: str) -> str:
    protocol = rule.protocol or "*"
    ports = f" * {rule.destination_ports}" if rule.destination_ports and protocol in ("tcp", "udp") else ""
    return f"pass {_side(rule.sources)} {target} {protocol}{ports}"


def _side(text: str | None) -> str:
    return ",".join(str(one.network_address) if one.prefixlen == 32 else str(one) for one in networks(text)) or "*"
