"""Sets of packets as cubes: sources × destinations × services × source ports, each a bit mask over elementary intervals.

A mask is an integer with a bit for every interval; all numbers in an interval are treated alike by every rule, route and address of the
network, so that nothing is lost. Intersection is AND, and what is left of a cube without another is at most four disjoint cubes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from omamori.analyze.reach.ranges import ICMP, LAST_ADDRESS, LAST_PORT, LAST_PROTOCOL, TCP, UDP, Ranges, holds

Cube = tuple[int, int, int, int]
"""Masks of source addresses, destination addresses, services (protocol and destination port or type) and source ports."""
SRC, DST, SVC, SPT = range(4)
OTHER = -1
"""Stands for all protocols that no rule names."""


def meet(one: Cube, other: Cube) -> Cube | None:
    """Return the packets in both cubes; None when there are none."""
    dst = one[1] & other[1]
    if not dst:
        return None
    src = one[0] & other[0]
    if not src:
        return None
    svc = one[2] & other[2]
    if not svc:
        return None
    spt = one[3] & other[3]
    return (src, dst, svc, spt) if spt else None


def without(cube: Cube, taken: Iterable[Cube]) -> list[Cube]:
    """Return what is left of a cube without others, as disjoint cubes."""
    left = [cube]
    for other in taken:
        if not (cube[1] & other[1] and cube[0] & other[0] and cube[2] & other[2] and cube[3] & other[3]):
            continue
        found: list[Cube] = []
        for one in left:
            common = meet(one, other)
            if common is None:
                found.append(one)
                continue
            src, dst, svc, spt = one
            if rest := src & ~common[0]:
                found.append((rest, dst, svc, spt))
            if rest := dst & ~common[1]:
                found.append((common[0], rest, svc, spt))
            if rest := svc & ~common[2]:
                found.append((common[0], common[1], rest, spt))
            if rest := spt & ~common[3]:
                found.append((common[0], common[1], common[2], rest))
        left = found
        if not left:
            break
    return left


def merged(cubes: Sequence[Cube]) -> list[Cube]:
    """Put cubes together that differ in one dimension only, until none do; the set stays the same."""
    found = list(dict.fromkeys(cubes))
    while True:
        before = len(found)
        for at in (SPT, SVC, DST, SRC):
            groups: dict[tuple[int, ...], int] = {}
            for cube in found:
                key = cube[:at] + cube[at + 1 :]
                groups[key] = groups.get(key, 0) | cube[at]
            found = [(*key[:at], mask, *key[at:]) for key, mask in groups.items()]  # type: ignore[misc]
        if len(found) == before:
            return found


class Axis:
    """The elementary intervals of one kind of numbers, and ranges as masks over them."""

    def __init__(self, cuts: Iterable[int], last: int) -> None:
        """Cut 0…`last` before every number in `cuts`."""
        self.starts = sorted({0, *(cut for cut in cuts if 0 < cut <= last)})
        self.last = last
        self.all = (1 << len(self.starts)) - 1
        self._known: dict[Ranges, int] = {}

    def at(self, number: int) -> int:
        """Return the mask of the interval a number lies in."""
        return 1 << (bisect_right(self.starts, number) - 1)

    def mask(self, ranges: Ranges | None) -> int:
        """Return the mask of ranges whose ends are cuts; None is all."""
        if ranges is None:
            return self.all
        known = self._known.get(ranges)
        if known is None:
            known = 0
            for first, last in ranges:
                low, high = bisect_right(self.starts, first) - 1, bisect_right(self.starts, last) - 1
                known |= ((1 << (high - low + 1)) - 1) << low
            self._known[ranges] = known
        return known

    def ranges(self, mask: int) -> Ranges:
        """Return the ranges a mask stands for."""
        found: list[tuple[int, int]] = []
        for low, high in runs(mask):
            end = self.starts[high + 1] - 1 if high + 1 < len(self.starts) else self.last
            found.append((self.starts[low], end))
        return tuple(found)


def runs(mask: int) -> list[tuple[int, int]]:
    """Return first and last position of every row of set bits."""
    found, at = [], 0
    while mask:
        zeros = (mask & -mask).bit_length() - 1
        mask >>= zeros
        ones = (~mask & (mask + 1)).bit_length() - 1
        found.append((at + zeros, at + zeros + ones - 1))
        mask >>= ones
        at += zeros + ones
    return found


def single_bits(mask: int) -> list[int]:
    """Return the set bits of a mask, each as a mask."""
    found = []
    while mask:
        bit = mask & -mask
        found.append(bit)
        mask ^= bit
    return found


class Space:
    """All axes of a network. Services lie in one mask: tcp ports, udp ports, icmp types, then every other protocol as one interval."""

    def __init__(self, addresses: Iterable[int], ports: Iterable[int], types: Iterable[int], protocols: Iterable[int]) -> None:
        """Cut the axes before every number given."""
        self.address = Axis(addresses, LAST_ADDRESS)
        self.port = Axis(ports, LAST_PORT)
        self.type = Axis({*types, 0, 1, 8, 9, 13, 14, 15, 16, 17, 18, 19}, LAST_PORT)
        self.protocol = Axis({*protocols, ICMP, ICMP + 1, TCP, TCP + 1, UDP, UDP + 1}, LAST_PROTOCOL)
        width = len(self.port.starts)
        self.tcp_at, self.udp_at, self.icmp_at = 0, width, 2 * width
        self.other_at = self.icmp_at + len(self.type.starts)
        self.tcp = self.port.all
        self.udp = self.port.all << self.udp_at
        self.icmp = self.type.all << self.icmp_at
        own = self.protocol.at(TCP) | self.protocol.at(UDP) | self.protocol.at(ICMP)
        self.other = (self.protocol.all & ~own) << self.other_at
        self.services = self.tcp | self.udp | self.icmp | self.other
        self.all: Cube = (self.address.all, self.address.all, self.services, self.port.all)

    def service(self, protocols: Ranges | None, ports: Ranges | None) -> int:
        """Return the mask of protocols with destination ports (of icmp types)."""
        found = 0
        if holds(protocols, TCP):
            found |= self.port.mask(ports)
        if holds(protocols, UDP):
            found |= self.port.mask(ports) << self.udp_at
        if holds(protocols, ICMP):
            found |= self.type.mask(ports) << self.icmp_at
        if ports is None:
            found |= (self.protocol.mask(protocols) << self.other_at) & self.other
        return found

    def split(self, services: int) -> list[tuple[int, int]]:
        """Split services by protocol: (number of the protocol, mask); protocols treated alike stand under the first of them."""
        found = [(TCP, services & self.tcp), (UDP, services & self.udp), (ICMP, services & self.icmp)]
        for bit in single_bits(services & self.other):
            found.append((self.protocol.ranges(bit >> self.other_at)[0][0], bit))
        return [(number, mask) for number, mask in found if mask]

    def ports_of(self, protocol: int, services: int) -> int:
        """Return the mask of ports of services of tcp or udp."""
        return services if protocol == TCP else services >> self.udp_at

    def with_ports(self, protocol: int, ports: int) -> int:
        """Return the services of tcp or udp with a mask of ports."""
        return ports if protocol == TCP else ports << self.udp_at

    def told(self, services: int) -> tuple[tuple[int, Ranges | None], ...]:
        """Return services as (protocol or `OTHER`, ranges of ports or types; None: any)."""
        found: list[tuple[int, Ranges | None]] = []
        for number, mask, whole, axis, shift in (
            (TCP, services & self.tcp, self.tcp, self.port, 0),
            (UDP, services & self.udp, self.udp, self.port, self.udp_at),
            (ICMP, services & self.icmp, self.icmp, self.type, self.icmp_at),
        ):
            if mask:
                found.append((number, None if mask == whole else axis.ranges(mask >> shift)))
        rest = {self._named(bit): None for bit in single_bits((services & self.other) >> self.other_at)}
        found += [(number, None) for number in sorted(rest)]
        return tuple(found)

    def _named(self, bit: int) -> int:
        """Return the number of a protocol that rules name; `OTHER` for those none does."""
        ((first, last),) = self.protocol.ranges(bit)
        return first if first == last != 0 else OTHER
