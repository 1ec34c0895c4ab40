"""`netsh wlan show interfaces`: the wireless cards of the machine, and whether they are connected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Interface
from omamori.parse.interface import Context
from omamori.parse.windows.adapters import identifiers_of
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.values import mac

_HEADING = re.compile(
    r"There (?:is|are) \d{1,3} interfaces? on the system:\s*$|システムに ?\d{1,3} ?(?:個の)? ?インターフェイスがあります\s?:\s*$"
)
_FIELD = re.compile(r"\s{2,8}(\S[^:]{0,40}?)\s*:\s?(.{0,400})$")
_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\s*$")
_NOT_TOLD = ("address", "prefix", "network_first", "network_last", "dhcp")


def read(piece: Piece, context: Context) -> Parsed:
    """Return a row per wireless card; other cards and all addresses are not told."""
    rows = []
    missing = list(_NOT_TOLD)
    for fields in _cards(piece.lines):
        # Name, description and GUID come first, the card's own hardware address and its state behind them.
        place = next((index for index, (_, _, value) in enumerate(fields) if _GUID.match(value)), None)
        if place is None or place < 2:
            continue
        line, _, name = fields[place - 2]
        after = [(label, value) for _, label, value in fields[place + 1 :]]
        hardware = next((found for _, value in after[:3] if (found := mac(value))), None)
        # Only a connected card knows the network it is in.
        up = any(label == "BSSID" or label.endswith(" BSSID") for label, _ in after) or _state(after)
        missing += [column for column, value in (("mac", hardware), ("up", up)) if value is None]
        rows.append(Interface(name=name[:200], kind="wireless", mac=hardware, up=up, evidence=str(line)))
    first = piece.lines[0].number if piece.lines else 0
    problems = () if rows else (Problem(first, "wireless cards with name, description and GUID", "無線カードの名前、説明、GUID"),)
    look = Look("interfaces", complete=False, missing=tuple(dict.fromkeys(missing)), reason="not_collected" if rows else "not_understood")
    return Parsed(rows=tuple(rows), looks=(look,), problems=problems, identifiers=identifiers_of(rows))


def _state(fields: Sequence[tuple[str, str]]) -> bool | None:
    """False where the state says that it is not connected, None where nobody can tell."""
    said = next((value for label, value in fields if label in ("State", "状態")), "").lower()
    return False if said in ("disconnected", "not ready", "切断されました", "切断") else None


def _cards(lines: Sequence[Line]) -> Iterator[list[tuple[int, str, str]]]:
    fields: list[tuple[int, str, str]] = []
    for line in lines:
        found = _FIELD.match(line.text)
        if found:
            fields.append((line.number, found[1], found[2].strip()))
        elif not line.text.strip():
            yield fields
            fields = []
    yield fields


FORMS = (
    Form(
        name="wlan_interfaces",
        command="netsh wlan show interfaces",
        tables=("interfaces",),
        read=read,
        heading=_HEADING,
        source="Microsoft Learn, Windows Commands: netsh wlan",
    ),
)
