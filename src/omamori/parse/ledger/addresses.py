"""Addresses and networks as people type them → one form, separated by single spaces."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from omamori.model.text import Text

_BETWEEN = re.compile(r"[\s,;、，；]+")
_DYNAMIC = frozenset(["dhcp", "自動", "自動取得", "動的", "なし", "無し", "無", "未設定", "none", "不明", "unknown"])
_RANGE = re.compile(r"([0-9a-fA-F:.]+)\s*[-~〜～]\s*([0-9a-fA-F:.]+)")
_LAST_OCTET = re.compile(r"(\d{1,3}\.\d{1,3}\.\d{1,3}\.)(\d{1,3})\s*[-~〜～]\s*(\d{1,3})(?![\d.])")
MAX_ADDRESSES = 256


class AddressError(ValueError):
    """A word that is no address: `expected` says what should stand there."""

    def __init__(self, expected: Text) -> None:
        """In: what should stand in the cell, in both languages."""
        super().__init__(expected.en)
        self.expected = expected


def addresses(text: str) -> str | None:
    """Return IP addresses in their short form; None when the cell says DHCP or none. Raises AddressError."""
    found = []
    for word in _words(text):
        try:
            found.append(str(ipaddress.ip_interface(word).ip))
        except ValueError as error:
            raise _not(word, Text("IPアドレス (例 10.1.0.11)", "an IP address such as 10.1.0.11")) from error
    return " ".join(dict.fromkeys(found)) or None


def macs(text: str) -> str | None:
    """Return hardware addresses as `00:00:5e:00:53:01`. Raises AddressError."""
    found = []
    for word in _words(text):
        digits = re.sub(r"[-:.]", "", word).lower()
        if not re.fullmatch(r"[0-9a-f]{12}", digits):
            raise _not(word, Text("MACアドレス (例 00:00:5e:00:53:01)", "a hardware address such as 00:00:5e:00:53:01"))
        found.append(":".join(digits[place : place + 2] for place in range(0, 12, 2)))
    return " ".join(dict.fromkeys(found)) or None


def networks(text: str) -> str | None:
    """Return networks in CIDR notation; a range of addresses becomes the networks that make it up. Raises AddressError."""
    joined = _RANGE.sub(r"\1-\2", _LAST_OCTET.sub(r"\1\2-\1\3", text))
    found: list[str] = []
    for word in _words(joined):
        try:
            found.extend(str(network) for network in _networks(word))
        except (ValueError, TypeError) as error:
            raise _not(word, Text("IPアドレス範囲 (例 10.1.0.0/16)", "a network such as 10.1.0.0/16")) from error
    return " ".join(dict.fromkeys(found)) or None


def _networks(word: str) -> Iterator[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    first, dash, last = word.partition("-")
    if not dash:
        yield ipaddress.ip_network(word, strict=False)
        return
    begin, end = ipaddress.ip_address(first), ipaddress.ip_address(last)
    if isinstance(begin, ipaddress.IPv4Address) and isinstance(end, ipaddress.IPv4Address):
        yield from ipaddress.summarize_address_range(begin, end)
    else:
        raise ValueError("a range of IPv6 addresses")


def as_numbers(network: str) -> tuple[int | None, int | None]:
    """Return first and last IPv4 address of an address or network as numbers; None for IPv6."""
    read = ipaddress.ip_network(network, strict=False)
    if read.version != 4:
        return None, None
    return int(read.network_address), int(read.broadcast_address)


def _words(text: str) -> list[str]:
    words = [word for word in _BETWEEN.split(text) if word and word.casefold() not in _DYNAMIC]
    if len(words) > MAX_ADDRESSES:
        raise _not(f"{len(words)}", Text(f"{MAX_ADDRESSES}個までのアドレス", f"at most {MAX_ADDRESSES} addresses"))
    return words


def _not(word: str, expected: Text) -> AddressError:
    return AddressError(Text(f"「{word[:60]}」ではなく、{expected.ja}", f"{expected.en}, not {word[:60]!r}"))


ADDRESS_COLUMNS: Mapping[str, Callable[[str], str | None]] = MappingProxyType(
    {
        "address": addresses,
        "device_address": addresses,
        "mac": macs,
        "networks": networks,
        "opened_from": networks,
        "sources": networks,
    }
)
"""Columns of the model that hold addresses, and how they are read."""
