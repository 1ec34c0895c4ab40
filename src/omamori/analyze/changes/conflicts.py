"""Two machines at one address: read from what machines say of themselves, and from neighbour tables of one hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import combinations

from omamori.analyze.addresses import Network, parse_address
from omamori.analyze.changes.picture import Conflict
from omamori.analyze.changes.signs import Owners
from omamori.analyze.neighbours import INSIDE, NOT_THERE, plain_mac
from omamori.snapshot.database import Database
from omamori.snapshot.identifiers import universal

_OWN = timedelta(days=1)
_TOLD = timedelta(hours=1)
_MANY = 8
"""An address with more holders is no conflict of two machines but a network that exists several times."""

Held = tuple[str, datetime, str]
"""Who holds an address (asset or hardware address), when that was seen, and the evidence."""


def read_conflicts(
    database: Database, zones: Sequence[tuple[Network, str]], owners: Owners, seen: Callable[[str, str], datetime | None]
) -> tuple[Conflict, ...]:
    """Return the addresses inside a declared zone that two machines used at the same time.

    Only there: outside of it the same private network may exist at two places. An address that a lease handed on is seen
    with the one and then with the other machine, never close together.
    """
    if not zones:
        return ()
    own: dict[str, list[Held]] = defaultdict(list)
    query = "select distinct asset, name, address, evidence from interfaces where address is not null and up is not false order by all"
    for asset, name, address, evidence in database.select(query):
        moment = seen("interfaces", str(asset))
        if moment is not None and not INSIDE.match(str(name)):
            _hold(own, str(address), (str(asset), moment, str(evidence)), zones)
    told: dict[str, list[Held]] = defaultdict(list)
    query = (
        "select asset, address, lower(mac), min(evidence) from neighbours where mac is not null "  # noqa: S608 - our own words
        f"and coalesce(state, '') not in {NOT_THERE!r} group by all order by all"
    )
    for asset, address, mac, evidence in database.select(query):
        moment = seen("neighbours", str(asset))
        if moment is not None and universal(str(mac)):
            _hold(told, str(address), (owners.macs.get(plain_mac(mac)) or str(mac), moment, str(evidence)), zones)
    found = [*_together(own, _OWN), *_together(told, _TOLD)]
    return tuple(
        {(one.address, one.names): one for one in reversed(found)}[key] for key in sorted({(one.address, one.names) for one in found})
    )


def _hold(held: dict[str, list[Held]], text: str, who: Held, zones: Sequence[tuple[Network, str]]) -> None:
    address = parse_address(text)
    if address is not None and not address.is_loopback and any(network.holds(str(address)) for network, _ in zones):
        held[str(address)].append(who)


def _together(held: dict[str, list[Held]], near: timedelta) -> list[Conflict]:
    found = []
    for address, holders in held.items():
        if len({name for name, _, _ in holders}) > _MANY:
            continue
        for one, other in combinations(sorted(holders), 2):
            if one[0] != other[0] and abs(one[1] - other[1]) <= near:
                found.append(Conflict(address, (one[0], other[0]), (one[2], other[2])))
    return found
