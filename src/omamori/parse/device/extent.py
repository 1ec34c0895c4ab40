"""Sets of IPv4 addresses as sorted ranges of numbers: what the objects and groups of a firewall amount to, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, summarize_address_range

Range = tuple[int, int]
LAST = 2**32 - 1
ANY: tuple[Range, ...] = ((0, LAST),)
ZERO = "0.0.0.0"  # noqa: S104
"""What a configuration writes where there is no address."""
MAX_PIECES = 256
"""A mask with holes is written out into at most so many ranges."""


def number(text: str) -> int | None:
    """Return an IPv4 address as a number; None when it is none."""
    try:
        return int(IPv4Address(text))
    except ValueError:
        return None


def network(text: str, mask: str | None = None) -> Range | None:
    """Return the range of `10.0.0.0/8`, of one address, of `10.0.0.1-10.0.0.9` or of an address and its mask; None when it is none."""
    if "-" in text and mask is None:
        first, _, last = text.partition("-")
        low, high = number(first.strip()), number(last.strip())
        return (low, high) if low is not None and high is not None and low <= high else None
    try:
        known = IPv4Network(f"{text}/{mask}" if mask is not None else text, strict=False)
    except ValueError:
        return None
    if mask is not None and "." in mask and str(known.netmask) != mask:
        # `ipaddress` takes 0.0.0.255 for a host mask; as a network mask it has no meaning.
        return None
    return int(known.network_address), int(known.broadcast_address)


def prefix_of(mask: str) -> int | None:
    """Return the prefix length of a mask `255.255.255.0` or of a written length; None when it is neither."""
    if mask.isascii() and mask.isdigit() and len(mask) <= 2:
        return int(mask) if int(mask) <= 32 else None
    value = number(mask)
    if value is None:
        return None
    length = value.bit_count()
    return length if value == (LAST << (32 - length)) & LAST else None


def wildcard(address: str, mask: str) -> tuple[Range, ...] | None:
    """Return the ranges of an address whose bits count where the mask has ones; None when it is none or has too many pieces."""
    base, bits = number(address), number(mask)
    if base is None or bits is None:
        return None
    free = [place for place in range(32) if not bits >> place & 1]
    low = 0
    while low in free:
        low += 1
    holes = [place for place in free if place >= low]
    if 2 ** len(holes) > MAX_PIECES:
        return None
    found = [base & bits]
    for place in holes:
        found += [one | 1 << place for one in found]
    return merged((one, one + 2**low - 1) for one in found)


def merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Return ranges in order, with those that touch or overlap put together."""
    out: list[Range] = []
    for low, high in sorted(ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return tuple(out)


def without(ranges: Iterable[Range], taken: Iterable[Range]) -> tuple[Range, ...]:
    """Return `ranges` less `taken`."""
    out: list[Range] = []
    holes = merged(taken)
    at = 0
    for low, high in merged(ranges):
        while at < len(holes) and holes[at][1] < low:
            at += 1
        place, here = low, at
        while here < len(holes) and holes[here][0] <= high:
            if holes[here][0] > place:
                out.append((place, holes[here][0] - 1))
            place = holes[here][1] + 1
            here += 1
        if place <= high:
            out.append((place, high))
    return tuple(out)


def written(ranges: Iterable[Range]) -> str | None:
    """Return ranges as a rule writes them: CIDR where it is one network, else `first-last`; None for all addresses."""
    kept = merged(ranges)
    if kept == ANY:
        return None
    return ",".join(_one(low, high) for low, high in kept)


def _one(low: int, high: int) -> str:
    size = high - low + 1
    if size == 1:
        return _text(low)
    if not size & (size - 1) and not low % size:
        return f"{_text(low)}/{33 - size.bit_length()}"
    return f"{_text(low)}-{_text(high)}"


def _text(value: int) -> str:
    return f"{value >> 24}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}"


def networks(ranges: Iterable[Range]) -> list[tuple[str, Range]]:
    """Return ranges as networks in CIDR notation with their numbers: how a routing table has to write them."""
    found = [net for low, high in merged(ranges) for net in summarize_address_range(IPv4Address(low), IPv4Address(high))]
    return [(str(net), (int(net.network_address), int(net.broadcast_address))) for net in found]
