"""`arp -a` in any language: the machines met lately on each interface (IPv4 only)."""

from __future__ import annotations

import re
from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Neighbour
from omamori.parse.interface import Context
from omamori.parse.windows.adapters import answering
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.values import address, mac

_INTERFACE = re.compile(r"\S.{0,40}?:\s?(\d{1,3}(?:\.\d{1,3}){3}) --- 0x[0-9a-fA-F]{1,8}\s*$")
_NONE = re.compile(r"No ARP Entries Found\.?\s*$")
_ROW = re.compile(r"\s+(\d{1,3}(?:\.\d{1,3}){3})\s+([0-9a-fA-F]{2}(?:-[0-9a-fA-F]{2}){0,7})?\s*(\S{0,40})\s*$")
_STATES = MappingProxyType(
    {"dynamic": "dynamic", "static": "static", "invalid": "invalid", "動的": "dynamic", "静的": "static", "無効": "invalid"}
)
_NOBODY = frozenset({"ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00"})


def read(piece: Piece, context: Context) -> Parsed:
    """Return the neighbours. The interface is told by its address; broadcasts and multicasts are no neighbours."""
    rows: list[Neighbour] = []
    problems: list[Problem] = []
    interface = None
    missing = {"interface"}
    for line in piece.lines:
        text = line.text[:200]
        heading = _INTERFACE.match(text)
        if heading:
            interface = address(heading[1])
            continue
        found = _ROW.match(text)
        plain = address(found[1]) if found else None
        if found is None or plain is None:
            if re.match(r"\s+\d{1,3}\.", text):
                problems.append(Problem(line.number, "an address, a hardware address and a type", "IPアドレス、物理アドレス、種類"))
            continue
        hardware = mac(found[2])
        if not answering(plain) or hardware == "ff:ff:ff:ff:ff:ff":
            continue
        state = _STATES.get(found[3].lower())
        if state is None:
            missing.add("state")
        met = hardware if hardware not in _NOBODY else None
        rows.append(Neighbour(address=plain, mac=met, interface=interface, state=state, evidence=str(line.number)))
    reason = "not_understood" if problems else "not_collected"
    # arp knows IPv4 only, so it never tells every neighbour.
    look = Look("neighbours", complete=False, missing=tuple(sorted(missing)), reason=reason, needs="Get-NetNeighbor")
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:50]))


FORMS = (
    Form(
        name="arp",
        command="arp -a",
        tables=("neighbours",),
        read=read,
        heading=re.compile(rf"(?:{_INTERFACE.pattern}|{_NONE.pattern})"),
        again=_INTERFACE,
        source="Microsoft Learn, Windows Commands: arp",
    ),
)
