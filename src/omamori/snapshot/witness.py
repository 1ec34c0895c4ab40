"""What others say of an address: ARP and NDP tables and DHCP leases name the hardware address that had it, and when. Pure.

A witness joins what was seen; it never makes a machine by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from omamori.model.look import Identity
from omamori.model.network import Neighbour
from omamori.model.sightings import Lease
from omamori.snapshot.holding import Holder, Holding
from omamori.snapshot.identifiers import cleaned, points_nowhere

Met = tuple[str, str, str, str]
"""Address, hardware address, and of a lease its start and end (ISO 8601; empty: the moment of the look)."""

_NOT_THERE = frozenset({"failed", "incomplete", "noarp", "none", "invalid", "unreachable"})
_NEVER_HELD = frozenset({"declined", "abandoned", "offered", "reserved"})
_PROXY = 8
"""A hardware address that answers for more addresses than this on one day is a router's, or one that answers for others."""


def met_in(rows: Iterable[Any]) -> tuple[Met, ...]:
    """Return what the rows of one output witness."""
    return tuple(dict.fromkeys(met for row in rows for read in _READERS.get(type(row), ()) for met in read(row)))


def _neighbour(row: Neighbour) -> Iterator[Met]:
    if row.mac and row.address and (row.state or "") not in _NOT_THERE:
        yield row.address, row.mac, "", ""


def _lease(row: Lease) -> Iterator[Met]:
    if row.mac and row.address and row.starts is not None and row.state not in _NEVER_HELD:
        yield row.address, row.mac, row.starts.isoformat(), row.ends.isoformat() if row.ends else ""


_READERS: Mapping[type, tuple[Callable[[Any], Iterator[Met]], ...]] = MappingProxyType({Neighbour: (_neighbour,), Lease: (_lease,)})


@dataclass(slots=True)
class Witnesses:
    """What all evidence witnesses, by address. Thousands of machines see the same neighbours: one entry a day is kept of each."""

    _seen: dict[str, dict[tuple[str, str, str], tuple[datetime, datetime, str, str]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, met: Iterable[Met], *, seen: datetime, said_by: str, evidence: str) -> None:
        """Take in what one output witnesses; `seen` is the moment of the look."""
        for address, mac, starts, ends in met:
            identifiers = cleaned((f"ip:{address}", f"mac:{mac}"))
            if len(identifiers) != 2 or points_nowhere(identifiers[1]):
                continue
            first = datetime.fromisoformat(starts) if starts else seen
            last = min(datetime.fromisoformat(ends), seen) if ends else seen
            if first > last:
                continue
            key = identifiers[1], first.date().isoformat(), last.date().isoformat()
            told = first, last, said_by, evidence
            known = self._seen[identifiers[0][3:]]
            known[key] = min(known.get(key, told), told)

    def holdings(self, owner: Callable[[str], Holder | None]) -> Iterator[tuple[str, Holding]]:
        """Yield who had each address; `owner` returns the holder a hardware address stands for, None: it stands for nobody."""
        for address, told in self._seen.items():
            for (mac, _, _), (first, last, _, _) in told.items():
                holder = owner(mac)
                if holder is not None:
                    yield address, Holding(holder, first, last)

    def proxies(self) -> frozenset[str]:
        """Return the hardware addresses that were named for very many addresses on one day."""
        named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for address, told in self._seen.items():
            for mac, day, _ in told:
                named[mac, day].add(address)
        return frozenset(mac for (mac, _), addresses in named.items() if len(addresses) > _PROXY)

    def identity(self, asset: str, mac: str, addresses: Iterable[str]) -> Iterator[Identity]:
        """Yield the row that says who named `mac` as the hardware of an asset, first."""
        told = [entry for address in addresses for (named, _, _), entry in self._seen.get(address, {}).items() if named == mac]
        for first, _, said_by, evidence in sorted(told)[:1]:
            yield Identity(asset=asset, identifier=mac, since=first, said_by=said_by, evidence=evidence)
