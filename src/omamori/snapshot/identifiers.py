"""Identifiers of machines as evidence names them, `kind:value`: made alike, and which of them are strong. Pure."""

from __future__ import annotations

from collections.abc import Iterable

STRONG = ("machine-id", "uuid", "mac")
_NAME_CHARS = 64
_NO_NAME = frozenset({"localhost", "unknown", "(none)", "none"})
"""Names of machines that were never named: they join nothing."""
_NO_UUID = frozenset(
    {"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "03000200-0400-0500-0006-000700080009"}
)


def clean_name(text: str) -> str:
    """Return a name that can be shown: one line, no control characters, not endless."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:_NAME_CHARS]


def cleaned(identifiers: Iterable[str]) -> tuple[str, ...]:
    """Return the identifiers that can tell machines apart, written alike and sorted; what a maker or a system left unset is dropped."""
    found = []
    for identifier in identifiers:
        kind, _, value = identifier.partition(":")
        value = clean_name(value).lower()
        if kind == "name":
            value = value.split(".")[0] if not value.replace(".", "").isdigit() else value
        if kind == "name" and value in _NO_NAME:
            continue
        if kind == "uuid" and (value in _NO_UUID or len(set(value)) < 4):
            continue
        if kind == "mac":
            value = value.replace("-", ":")
        if value and kind in (*STRONG, "name", "ip"):
            found.append(f"{kind}:{value}")
    return tuple(sorted(set(found)))


def is_strong(identifier: str) -> bool:
    """Return True for what belongs to one machine: machine-id, hardware uuid, a hardware address its maker gave."""
    kind, _, value = identifier.partition(":")
    return kind in ("machine-id", "uuid") or (kind == "mac" and universal(value))


def universal(mac: str) -> bool:
    """Return True for an address a maker gave: not made up by software, no group, no shared router address."""
    parts = mac.split(":")
    if len(parts) != 6 or not all(len(part) == 2 for part in parts):
        return False
    try:
        first = int(parts[0], 16)
    except ValueError:
        return False
    return not first & 3 and not mac.startswith(("00:00:5e:00:01:", "00:00:5e:00:02:", "00:00:00:00:00:00"))
