"""Linux: the ARP and NDP tables (`linux.neighbours`), from ip or /proc/net/arp."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Neighbour
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import address, files
from omamori.parse.sections import Section, read_sections

_MAC = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}\Z")
_NOBODY = "00:00:00:00:00:00"

Found = Iterator[Neighbour | Problem]


def parse(data: bytes, context: Context) -> Parsed:
    """Return the neighbours. An empty table is an answer: the machine met nobody lately."""
    sections = read_sections(data)
    shown = sections.get("neigh")
    if shown is not None and shown.exit_code == 0:
        found, look = list(_ip(shown)), Look("neighbours")
    elif "arp" in sections and sections["arp"].exit_code == 0:
        # /proc/net/arp knows IPv4 only.
        found, look = list(_arp(sections["arp"])), Look("neighbours", complete=False, reason="not_collected")
    else:
        return Parsed(looks=(Look("neighbours", complete=False, reason="not_collected"),))
    problems = tuple(item for item in found if isinstance(item, Problem))
    if problems:
        look = Look("neighbours", complete=False, reason="not_understood")
    return Parsed(rows=tuple(item for item in found if isinstance(item, Neighbour)), looks=(look,), problems=problems)


def _ip(section: Section) -> Found:
    for line, text in section.numbered():
        words = text.split()
        if not words:
            continue
        known = address(words[0])
        if known is None or len(words) < 3:
            yield Problem(line, "a line of `ip neigh`: address, dev, interface, lladdr, hardware address, state")
            continue
        said = dict(itertools.pairwise(words))
        mac = said.get("lladdr", "").lower()
        state = words[-1].lower() if words[-1].isupper() else None
        yield Neighbour(address=known, mac=mac if _MAC.match(mac) else None, interface=said.get("dev"), state=state, evidence=str(line))


def _arp(section: Section) -> Found:
    for file in files(section):
        for line, text in file.lines:
            words = text.split()
            if not words or words[0] == "IP":
                continue
            known = address(words[0])
            if known is None or len(words) < 6:
                yield Problem(line, "a line of /proc/net/arp: address, type, flags, hardware address, mask, interface")
                continue
            mac = words[3].lower()
            met = _MAC.match(mac) and mac != _NOBODY
            state = "reachable" if words[2] == "0x2" else "permanent" if words[2] == "0x6" else "failed"
            yield Neighbour(address=known, mac=mac if met else None, interface=words[5], state=state, evidence=str(line))


PARSERS = (Parser(kind="linux.neighbours", tables=("neighbours",), parse=parse),)
