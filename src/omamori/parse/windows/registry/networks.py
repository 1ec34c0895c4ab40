"""The registry → known_networks: what the machine was connected to, as Windows remembers it (NetworkList)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from omamori.model.windows import KnownNetwork
from omamori.parse.windows.registry.part import Part, look
from omamori.parse.windows.registry.tree import Tree, Value

_PROFILES = r"hklm\software\microsoft\windows nt\currentversion\networklist\profiles"
_KINDS: Mapping[int, str] = MappingProxyType({6: "wired", 23: "vpn", 71: "wireless", 243: "mobile"})
_CATEGORIES: Mapping[int, str] = MappingProxyType({0: "public", 1: "private", 2: "domain"})
_MOST = 1000


def read_networks(tree: Tree) -> Part:
    """Return the networks. What a wireless one asks for and whether it is joined by itself stands elsewhere."""
    if tree.exists(_PROFILES) is None:
        return Part()
    rows = []
    for key in tree.below(_PROFILES)[:_MOST]:
        name = tree.find(key, "ProfileName").value
        if name is None or not name.text:
            continue
        kind, category = _number(tree, key, "NameType"), _number(tree, key, "Category")
        rows.append(
            KnownNetwork(
                name=name.text[:255],
                kind=_KINDS.get(kind) if kind is not None else None,
                category=_CATEGORIES.get(category) if category is not None else None,
                first_connected=system_time(tree.find(key, "DateCreated").value),
                last_connected=system_time(tree.find(key, "DateLastConnected").value),
                evidence=str(tree.line(key)),
            )
        )
    unread = ["authentication", "automatic"] if rows else []
    unread += [name for name in ("first_connected", "last_connected") if any(getattr(row, name) is None for row in rows)]
    return Part(list(rows), [look("known_networks", whole=tree.lists(_PROFILES), unread=unread, refused=tree.refused)])


def _number(tree: Tree, key: str, name: str) -> int | None:
    found = tree.find(key, name).value
    return found.number if found is not None else None


def system_time(value: Value | None) -> datetime | None:
    """Return the moment of a SYSTEMTIME: eight numbers of two bytes (year, month, weekday, day, hour, minute, second, ms)."""
    if value is None:
        return None
    data = value.data
    if isinstance(data, str):
        # `reg query` prints bytes as digits.
        data = bytes.fromhex(data) if re.fullmatch(r"(?:[0-9A-Fa-f]{2}){16}", data.strip()) else b""
    if not isinstance(data, bytes) or len(data) != 16:
        return None
    year, month, _, day, hour, minute, second, _ = (int.from_bytes(data[at : at + 2], "little") for at in range(0, 16, 2))
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
