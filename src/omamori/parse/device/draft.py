"""What a dialect writes while it reads: rows, lines not understood, and the ways addresses and secrets are written down.

Shared by the dialects of makers whose configurations are one command a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from omamori.model.device import DeviceRoute, DeviceSecret, DeviceUnread
from omamori.parse.windows.lines import Line

_TEXT = 200
_MARK = re.compile(r"\[secret: [a-z-]+, (empty|default|set)\]")
WORD = re.compile(r"\"[^\"]{0,400}\"|\[secret: [a-z-]+, [a-z]+\]|\S+")
"""A word of a command line: quoted, a secret's mark, or plain."""
PROTOCOLS = {"1": "icmp", "6": "tcp", "17": "udp", "47": "gre", "50": "esp", "51": "ah"}
"""Protocol numbers (IANA) that the tables write as names."""
MASKED = "*"
"""How a device shows a password it does not want to show."""


@dataclass(slots=True)
class Draft:
    """Rows and unread lines of one device, in the order they were read; `told` counts the lines that say something."""

    rows: list[Any] = field(default_factory=list)
    missed: list[DeviceUnread] = field(default_factory=list)
    told: int = 0

    def add(self, *rows: Any) -> None:
        """Keep rows."""
        self.rows.extend(rows)

    def unread(self, line: Line, concerns: str, section: str | None = None) -> None:
        """Keep a line that was not understood, with the table that depends on it."""
        self.missed.append(
            DeviceUnread(line=line.number, text=line.text.strip()[:_TEXT], section=section, concerns=concerns, evidence=str(line.number))
        )

    def secret(self, line: Line, place: str, kind: str, state: str) -> None:
        """Keep the place and state of a secret."""
        self.rows.append(DeviceSecret(place=place, kind=kind, state=state, evidence=str(line.number)))


def words(text: str) -> list[str]:
    """Return the words of a line; quotes are taken off, a secret's mark is one word."""
    if '"' not in text and "[secret" not in text:
        return text.split()
    return [word[1:-1] if len(word) > 1 and word[0] == word[-1] == '"' else word for word in WORD.findall(text)]


def secret_state(value: str, otherwise: str = "plain") -> str:
    """Return the state of a secret as shown: its mark tells empty and default, everything else is `otherwise`."""
    mark = _MARK.fullmatch(value.strip())
    if not value.strip() or (mark and mark[1] == "empty"):
        return "empty"
    return "default" if mark and mark[1] == "default" else otherwise


def prefix_of(mask: str) -> int | None:
    """Return the prefix length of a mask: `24`, `255.255.255.0` or `0xffffff00`; None where its bits do not follow each other."""
    if mask.isascii() and mask.isdigit():
        return int(mask) if len(mask) < 4 and int(mask) <= 128 else None
    try:
        bits = int(mask, 16) if mask.lower().startswith("0x") else int(ip_address(mask))
    except ValueError:
        return None
    ones = bin(bits).count("1")
    return ones if 0 <= bits < 1 << 32 and bits == ((1 << 32) - 1) ^ ((1 << (32 - ones)) - 1) else None


def network_of(text: str) -> IPv4Network | IPv6Network | None:
    """Return the network an address with or without mask lies in; `default` is everything; None when it is none."""
    if text == "default":
        return ip_network("0.0.0.0/0")
    address, _, mask = text.partition("/")
    try:
        alone = ip_address(address)
        prefix = prefix_of(mask) if mask else alone.max_prefixlen
        return None if prefix is None else ip_network((alone, prefix), strict=False)
    except ValueError:
        return None


def bounds(network: IPv4Network | IPv6Network | None) -> tuple[int | None, int | None]:
    """Return the first and last address of an IPv4 network as numbers; NULL for IPv6, which is not followed."""
    if not isinstance(network, IPv4Network):
        return None, None
    return int(network.network_address), int(network.broadcast_address)


def shown(network: IPv4Network | IPv6Network) -> str:
    """Return a network as the tables write it: one address without prefix."""
    return str(network.network_address) if network.prefixlen == network.max_prefixlen else str(network)


def route(
    network: IPv4Network | IPv6Network, line: Line, *, gateway: str | None = None, interface: str | None = None, distance: int | None = None,
    origin: str = "static", discard: bool = False, condition: str | None = None,
) -> DeviceRoute:  # fmt: skip
    """Return a row for a route to `network`."""
    first, last = bounds(network)
    return DeviceRoute(
        destination=str(network), destination_first=first, destination_last=last, gateway=gateway, interface=interface, distance=distance,
        origin=origin, discard=discard, condition=condition, evidence=str(line.number),
    )  # fmt: skip


def number(text: str | None, least: int = 0, most: int = 1 << 31) -> int | None:
    """Return a decimal number within bounds; None when it is none."""
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > 10:
        return None
    return int(text) if least <= int(text) <= most else None


def joined(values: list[str]) -> str | None:
    """Return a list as a column holds it, each value once; NULL for an empty one."""
    return ",".join(dict.fromkeys(values)) or None
