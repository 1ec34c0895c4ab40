"""Whether the rules of the network devices let a packet that was seen from a zone to an address, as `reachability` has it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import NamedTuple

from omamori.analyze.addresses import networks_of, parse_address
from omamori.analyze.coverage import Coverage
from omamori.model.look import EVERYWHERE
from omamori.snapshot.database import Database


class _Reach(NamedTuple):
    last: int
    ports: tuple[int, int] | None
    sources: str | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """What each zone reaches, by zone and protocol: sorted by the first address, with the longest range for looking back.

    `known`: whether what has no row is surely not reached.
    """

    reached: Mapping[tuple[str, str], tuple[Sequence[int], Sequence[_Reach], int]]
    known: bool

    @classmethod
    def read(cls, database: Database, coverage: Coverage) -> Rules:
        """Read it from a snapshot."""
        query = (
            "select origin, protocol, address_first, address_last, port_first, port_last, sources, reach from reachability"
            " where origin_kind = 'zone' and address_first is not null and address_last is not null order by all"
        )
        grouped: dict[tuple[str, str], list[tuple[int, _Reach]]] = defaultdict(list)
        for origin, protocol, first, last, low, high, sources, reach in database.select(query):
            ports = None if low is None else (int(low), int(high if high is not None else low))
            grouped[(str(origin), str(protocol))].append((int(first), _Reach(int(last), ports, sources, reach != "unknown")))
        reached = {
            key: ([first for first, _ in rows], [one for _, one in rows], max(one.last - first for first, one in rows))
            for key, rows in grouped.items()
        }
        return cls(reached, coverage.view("reachability", EVERYWHERE).knows())

    def let_through(self, zone: str, source: str, destination: str, protocol: str | None, port: int | None) -> bool | None:
        """Return whether a packet gets there by the rules; None where they do not tell, or no rules of the zone are known."""
        target, name = parse_address(destination), protocol if protocol in ("tcp", "udp", "icmp") else None
        if not isinstance(target, IPv4Address) or name is None or "/" in source + destination or not self.known:
            return None
        number, doubt = int(target), False
        firsts, rows, widest = self.reached.get((zone, name), ((), (), 0))
        place = bisect_right(firsts, number) - 1
        while place >= 0 and firsts[place] >= number - widest:
            one = rows[place]
            fits = one.last >= number and (one.ports is None or (port is not None and one.ports[0] <= port <= one.ports[1]))
            if fits and (one.sources is None or any(network.holds(source) for network in networks_of(one.sources))):
                if one.certain:
                    return True
                doubt = True
            place -= 1
        return None if doubt else False
