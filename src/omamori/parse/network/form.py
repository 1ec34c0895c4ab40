"""What a form is: how one output of a network device is recognised and read.

A form is one module in `forms/` with a `FORMS` tuple. It is found by walking the folder: nothing else has to
be edited. Every line may come from a compromised machine or be cut off anywhere.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from ipaddress import ip_address
from types import MappingProxyType
from typing import Any

from omamori.model.network import Neighbour
from omamori.model.sightings import ForwardingEntry
from omamori.parse.network.values import is_group, mac
from omamori.parse.windows.lines import Line

UNREAD = "[?]"
"""Stands for a line inside an output that was not understood: such a line may hold anything, so it is not stored."""
_LOST = 5
"""So many lines after each other that are not understood are no part of the table any more."""
_STATIC = re.compile(r"stat|perm|secure|config|^s$", re.IGNORECASE)
_SELF = re.compile(r"^(?:cpu|router|switch|self|vl(?:an)?\d+|local|sup-eth.*|drop|internal|system|host|unknown)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """What was read of one output: rows, the places of lines nobody understood, and how many lines belong to it."""

    rows: tuple[Any, ...]
    unread: frozenset[int]
    used: int


@dataclass(frozen=True, slots=True)
class Form:
    """One form of output.

    `heading` matches the line that begins it and of no other output. `whole` matches the typed commands that list the table as a
    whole, in lower case, abbreviated or not; where a prompt shows another one (one port, a filter), it is not the whole table. None:
    it never is. `source` is where the form is described; of two that match, that of the lower `rank` reads. `read` gets the lines
    from the heading to the next prompt or heading, and the moment of the look.
    """

    name: str
    table: str
    heading: re.Pattern[str]
    whole: re.Pattern[str] | None
    read: Callable[[Sequence[Line], datetime], Part]
    source: str = ""
    rank: int = 0


@cache
def forms() -> Mapping[str, Form]:
    """Return every form by name."""
    import omamori.parse.network.forms as folder

    found: dict[str, Form] = {}
    for module in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
        for form in getattr(importlib.import_module(module.name), "FORMS", ()):
            if form.name in found:
                raise ValueError(f"two forms named {form.name}")
            found[form.name] = form
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: item[1].rank)))


Taker = Callable[[str], tuple[Any, ...] | None]


def by_line(taker: Callable[[datetime], Taker] | Taker, *, fresh: bool = False) -> Callable[[Sequence[Line], datetime], Part]:
    """Return a reader that asks `taker` line by line: rows, nothing for a line without any, None where it is not understood.

    `fresh`: `taker` is made anew for each output, of the moment of the look, because it remembers lines. An empty line and then
    something not understood end the output; without the empty line it is a part nobody understood.
    """

    def read(lines: Sequence[Line], seen: datetime) -> Part:
        take: Taker = taker(seen) if fresh else taker  # type: ignore[arg-type, assignment]
        rows: list[Any] = []
        unread: list[int] = []
        used, blank, lost = 0, False, 0
        for place, line in enumerate(lines):
            text = line.text.strip()
            if not text:
                blank = True
                continue
            taken = None if text == UNREAD else take(line.text)
            if taken is None and place == 0:
                taken = ()  # the heading
            if taken is None:
                if (blank and text != UNREAD) or lost == _LOST:
                    break
                lost += 1
                unread.append(place)
            else:
                lost = 0
                rows += [replace(row, evidence=row.evidence or str(line.number)) for row in taken]
            used, blank = place + 1, False
        return Part(tuple(rows), frozenset(unread), used)

    return read


def table(row: Callable[[str], tuple[Any, ...] | None], rest: re.Pattern[str]) -> Callable[[Sequence[Line], datetime], Part]:
    """Return a reader of a table: `row` reads a line of it, `rest` matches (from its start) headings, rules, legends and totals."""

    def take(text: str) -> tuple[Any, ...] | None:
        found = row(text)
        return () if found is None and rest.match(text.strip()) else found

    return by_line(take)


def entry(address: str, port: str, *, vlan: str | None = None, kind: str = "dynamic") -> tuple[ForwardingEntry, ...]:
    """Return the row of a MAC address table; none for a group address, which no machine has."""
    found = mac(address)
    if found is None or is_group(found):
        return ()
    number = int(vlan) if vlan and vlan.isdecimal() and 0 < int(vlan) < 4096 else None
    own = _SELF.match(port) is not None
    said = "self" if own else "static" if _STATIC.search(kind) else "dynamic"
    return (ForwardingEntry(mac=found, vlan=number, port=port[:64], kind=said),)


def neighbour(address: str, hardware: str | None, interface: str | None, state: str | None = None) -> tuple[Neighbour, ...] | None:
    """Return the row of an ARP table; None when `address` is none, no row for group addresses. Without hardware address it did not answer."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    found = mac(hardware)
    if parsed.is_multicast or parsed.is_loopback or str(parsed) == "255.255.255.255" or (found and is_group(found)):
        return ()
    shown = (interface or "").strip()[:64] or None
    return (Neighbour(address=str(parsed), mac=found, interface=shown, state=(state or "").lower() or (None if found else "incomplete")),)
