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

_SHARED = (
    "00:00:00:00:00:00",
    "00:00:5e:00:01:",  # VRRP (RFC 9568) and CARP
    "00:00:5e:00:02:",  # VRRP for IPv6
    "00:00:0c:07:ac:",  # HSRP (Cisco)
    "00:00:0c:9f:f",  # HSRP version 2
    "00:05:73:a0:0",  # HSRP for IPv6
    "00:07:b4:00:",  # GLBP (Cisco)
    "00:09:0f:09:",  # FortiGate clusters (Fortinet, "Cluster virtual MAC addresses")
    "e0:23:ff:fc:",
    "e0:23:ff:fd:",
    "e0:23:ff:fe:",
)
"""Hardware addresses that stand for a pair of routers: whichever is on duty answers by them."""


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


def is_made_up(identifier: str) -> bool:
    """Return True for a hardware address a program chose (a virtual machine's, a telephone's): mostly one machine's, never for certain."""
    kind, _, value = identifier.partition(":")
    first = _first_byte(value) if kind == "mac" else None
    return first is not None and first & 3 == 2


def points_nowhere(identifier: str) -> bool:
    """Return True for a hardware address that is no machine's: a group's, nobody's, or one that several routers answer by in turn."""
    return identifier.startswith("mac:") and not is_strong(identifier) and not is_made_up(identifier)


def universal(mac: str) -> bool:
    """Return True for an address a maker gave: not made up by software, no group, no shared router address."""
    first = _first_byte(mac)
    return first is not None and not first & 3 and not mac.startswith(_SHARED)


def _first_byte(mac: str) -> int | None:
    parts = mac.split(":")
    if len(parts) != 6 or not all(len(part) == 2 for part in parts):
        return None
    try:
        return int(parts[0], 16)
    except ValueError:
        return None
