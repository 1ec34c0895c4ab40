"""Lists of addresses, ports, protocols and names as the device tables write them, as ranges of numbers."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Ranges = tuple[tuple[int, int], ...]
"""Disjoint ranges in order, first and last included."""

LAST_ADDRESS = 2**32 - 1
LAST_PORT = 65535
LAST_PROTOCOL = 255
ICMP, TCP, UDP = 1, 6, 17
_NUMBERS = (
    ("icmp", 1), ("igmp", 2), ("ipip", 4), ("tcp", 6), ("egp", 8), ("udp", 17), ("dccp", 33), ("ipv6", 41), ("rsvp", 46), ("gre", 47),
    ("esp", 50), ("ah", 51), ("icmpv6", 58), ("ipv6-icmp", 58), ("eigrp", 88), ("ospf", 89), ("pim", 103), ("vrrp", 112), ("l2tp", 115),
    ("sctp", 132), ("udplite", 136),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Names of a list, `*` at the end for any ending; `others`: all but these."""

    names: tuple[str, ...]
    others: bool = False

    def match(self, *names: str | None) -> bool:
        """Return whether one of the names a thing goes by is meant."""
        found = any(fits(pattern, name) for pattern in self.names for name in names if name is not None)
        return found != self.others


def fits(pattern: str, name: str) -> bool:
    """Return whether a name is the pattern, or begins as it does where it ends in `*`."""
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def words(text: str | None) -> Words | None:
    """Read a list of names; None means any."""
    if text is None or not text.strip():
        return None
    others = text.strip().startswith("!")
    return Words(tuple(word for word in _split(text.strip().removeprefix("!")) if word), others)


def addresses(text: str | None) -> tuple[Ranges | None, bool]:
    """Read a list of IPv4 addresses: its ranges (None: any) and whether every word was understood; IPv6 members match no IPv4 packet."""
    return _ranges(text, LAST_ADDRESS, _address_range)


def ports(text: str | None) -> tuple[Ranges | None, bool]:
    """Read a list of ports or icmp types: its ranges (None: any) and whether every word was understood."""
    return _ranges(text, LAST_PORT, _number_range)


def protocols(text: str | None) -> tuple[Ranges | None, bool]:
    """Read a list of protocols, names or numbers: the ranges of their numbers (None: any) and whether every word was understood."""
    return _ranges(text, LAST_PROTOCOL, _protocol_range)


def protocol_number(name: str) -> int | None:
    """Return the number of a protocol; None for a name that is none."""
    known = dict(_NUMBERS).get(name.strip().lower())
    if known is not None:
        return known
    return int(name) if name.isascii() and name.isdigit() and int(name) <= LAST_PROTOCOL else None


def protocol_name(number: int) -> str:
    """Return tcp, udp, icmp or the number of another protocol, as the table `reachability` writes it."""
    return {ICMP: "icmp", TCP: "tcp", UDP: "udp"}.get(number, str(number))


def joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Put ranges in order and melt those that touch."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def inverted(ranges: Ranges, top: int) -> Ranges:
    """Return all numbers from 0 to `top` that are in none of the ranges."""
    found, at = [], 0
    for first, last in ranges:
        if first > at:
            found.append((at, first - 1))
        at = last + 1
    if at <= top:
        found.append((at, top))
    return tuple(found)


def holds(ranges: Ranges | None, number: int) -> bool:
    """Return whether a number lies in the ranges; None holds all."""
    return ranges is None or any(first <= number <= last for first, last in ranges)


def written(ranges: Ranges) -> str:
    """Write ranges of addresses for people: networks in CIDR notation where they are one, separated by commas."""
    return ",".join(_one_written(first, last) for first, last in ranges)


def _one_written(first: int, last: int) -> str:
    low, high = ipaddress.IPv4Address(first), ipaddress.IPv4Address(last)
    if first == last:
        return str(low)
    size = last - first + 1
    if size & (size - 1) == 0 and first % size == 0:
        return f"{low}/{33 - size.bit_length()}"
    return f"{low}-{high}"


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


def _ranges(text: str | None, top: int, read: Callable[[str], tuple[int, int] | bool]) -> tuple[Ranges | None, bool]:
    if text is None or not text.strip():
        return None, True
    others = text.strip().startswith("!")
    found: list[tuple[int, int]] = []
    for word in _split(text.strip().removeprefix("!")):
        one = read(word)
        if one is False:
            return None, False  # It may mean anything.
        if one is not True:
            found.append(one)
    ranges = joined(found)
    return (inverted(ranges, top) if others else ranges), True


def _address_range(word: str) -> tuple[int, int] | bool:
    """Return a range; True for an IPv6 one, which no IPv4 packet has; False for what is no address."""
    first, dash, last = word.partition("-")
    try:
        if dash:
            low, high = ipaddress.ip_address(first.strip()), ipaddress.ip_address(last.strip())
            if low.version != high.version or int(low) > int(high):
                return False
            return True if low.version == 6 else (int(low), int(high))
        network = ipaddress.ip_network(word, strict=False)
    except ValueError:
        return False
    return True if network.version == 6 else (int(network.network_address), int(network.broadcast_address))


def _number_range(word: str) -> tuple[int, int] | bool:
    read = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", word, re.ASCII)
    if read is None:
        return False
    first, last = int(read[1]), int(read[2] or read[1])
    return (first, last) if first <= last <= LAST_PORT else False


def _protocol_range(word: str) -> tuple[int, int] | bool:
    number = protocol_number(word)
    return (number, number) if number is not None else False


def address_number(text: str | None) -> int | None:
    """Return an IPv4 address as a number; None for anything else."""
    try:
        return int(ipaddress.IPv4Address((text or "").strip().split("/")[0]))
    except ValueError:
        return None


def network_numbers(text: str | None) -> tuple[int, int] | None:
    """Return first and last address of an IPv4 network in CIDR notation (`default` is all); None for anything else."""
    word = (text or "").strip()
    try:
        network = ipaddress.IPv4Network("0.0.0.0/0" if word == "default" else word, strict=False)
    except ValueError:
        return None
    return int(network.network_address), int(network.broadcast_address)
