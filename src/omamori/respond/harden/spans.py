"""Sets of addresses as ranges: what two have in common, and how they are written shortest. Pure; IPv4 and IPv6."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence

from omamori.analyze.addresses import IpAddress, Network

_WIDTH = {4: 32, 6: 128}


def joined(networks: Iterable[Network]) -> tuple[Network, ...]:
    """Return the same addresses as ranges that do not touch each other, in order."""
    found: list[Network] = []
    for one in sorted(networks, key=lambda each: (each.first.version, int(each.first), int(each.last))):
        last = found[-1] if found else None
        if last is not None and last.first.version == one.first.version and int(one.first) <= int(last.last) + 1:
            if int(one.last) > int(last.last):
                found[-1] = Network(last.first, one.last)
        else:
            found.append(one)
    return tuple(found)


def common(some: Sequence[Network], others: Sequence[Network]) -> tuple[Network, ...]:
    """Return the addresses that are in both."""
    return joined(
        Network(max(one.first, other.first, key=int), min(one.last, other.last, key=int))
        for one in some
        for other in others
        if one.first.version == other.first.version and int(one.first) <= int(other.last) and int(other.first) <= int(one.last)
    )


def inside(some: Sequence[Network], others: Sequence[Network]) -> bool:
    """Return whether every address of `some` is one of `others`."""
    return common(some, others) == joined(some)


def network(text: str) -> Network:
    """Return a network, address or range `first-last`. Raises ValueError for what is none."""
    first, dash, last = text.partition("-")
    if not dash:
        parsed = ipaddress.ip_network(text.strip(), strict=False)
        return Network(parsed.network_address, parsed.broadcast_address)
    low, high = ipaddress.ip_address(first.strip()), ipaddress.ip_address(last.strip())
    if low.version != high.version or int(high) < int(low):
        raise ValueError(text)
    return Network(low, high)


def written(one: Network) -> str:
    """Return a range as people write it: an address, a network `10.1.0.0/16`, else `first-last`."""
    if one.first == one.last:
        return str(one.first)
    prefix = prefix_of(one)
    return f"{one.first}/{prefix}" if prefix is not None else f"{one.first}-{one.last}"


def prefix_of(one: Network) -> int | None:
    """Return the length of the prefix where a range is a network, else None."""
    size = one.size
    if size & (size - 1) or int(one.first) % size:
        return None
    return _WIDTH[one.first.version] - size.bit_length() + 1


def everything(version: int) -> Network:
    """Return all addresses of IPv4 or IPv6."""
    first: IpAddress = ipaddress.IPv4Address(0) if version == 4 else ipaddress.IPv6Address(0)
    last: IpAddress = ipaddress.IPv4Address(2**32 - 1) if version == 4 else ipaddress.IPv6Address(2**128 - 1)
    return Network(first, last)
