"""Sightings of a machine's traffic in a snapshot: its own connections, those of its peers, logs, connections that routers followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from omamori.analyze.addresses import networks_of, parse_address
from omamori.snapshot.database import Database

_OWN = """
select c.direction, c.peer_address, c.protocol, c.local_port, c.peer_port, c.process, c.seen, c.evidence,
  exists (from listeners l where l.asset = c.asset and l.protocol = c.protocol and l.port = c.local_port)
from connections c
where c.asset = $asset and c.peer_scope is distinct from 'loopback' and c.peer_address is distinct from c.local_address
  and (c.seen is null or c.seen >= $since)
order by c.seen, c.evidence
"""
_THEIRS = """
select c.direction, c.local_address, c.protocol, c.local_port, c.peer_port, c.seen, c.evidence from connections c
where c.asset <> $asset and list_contains($own, c.peer_address) and c.direction in ('in', 'out') and (c.seen is null or c.seen >= $since)
order by c.seen, c.evidence
"""
_LOGGED = """
select source_address, destination_address, protocol, destination_port, first_seen, last_seen, by_day, evidence from (
  select source_address, destination_address, protocol, destination_port, first_seen, last_seen, by_day, evidence from flows
  where coalesce(action, '') not in ('drop', 'reject')
  union all
  select source_address, destination_address, protocol, destination_port, seen, seen, null, evidence from followed_connections
)
where (list_contains($own, destination_address) or list_contains($own, source_address)
  or contains(destination_address, '/') or contains(source_address, '/'))
  and (last_seen is null or last_seen >= $since)
order by all
"""
_LOOKS = """
select distinct coalesce(covers_since, seen) as moment from collected
where asset = $asset and table_name = 'connections' and complete and coalesce(covers_since, seen) >= $since order by moment
"""
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting: who talked to the machine (`inbound`), or whom it talked to. `outside`: a log or a router saw it, not one of both ends."""

    inbound: bool
    peer: str
    protocol: str
    port: int | None
    first: datetime | None
    last: datetime | None
    on: frozenset[date]
    process: str = ""
    outside: bool = False
    evidence: tuple[str, ...] = ()

    def joined(self, other: Seen) -> Seen:
        """Return both together; of the evidence the first and the newest line."""
        lines = (*self.evidence, *other.evidence)
        return replace(
            self,
            first=min((one for one in (self.first, other.first) if one), default=None),
            last=max((one for one in (self.last, other.last) if one), default=None),
            on=self.on | other.on,
            process=self.process or other.process,
            evidence=tuple(dict.fromkeys((lines[0], lines[-1]))) if lines else (),
        )


def own_looks(database: Database, asset: str, since: datetime) -> tuple[datetime, ...]:
    """Return the moments at which the connections of a machine were looked at whole."""
    return tuple(moment for (moment,) in database.select(_LOOKS, {"asset": asset, "since": since}))


def seen_flows(database: Database, asset: str, own: Sequence[str], since: datetime) -> Iterator[Seen]:
    """Yield the sightings of a machine's traffic since a moment; `own` are its addresses."""
    for direction, peer, protocol, local_port, peer_port, process, seen, evidence, offered in database.select(
        _OWN, {"asset": asset, "since": since}
    ):
        # Where nobody could tell who began it, a port the machine listens on is a service.
        inbound = offered if direction is None else direction == "in"
        yield from _one(bool(inbound), peer, protocol, local_port if inbound else peer_port, (seen, seen, None), evidence, process or "")
    if not own:
        return
    given: dict[str, Any] = {"asset": asset, "own": list(own), "since": since}
    for direction, peer, protocol, local_port, peer_port, seen, evidence in database.select(_THEIRS, given):
        inbound = direction == "out"
        yield from _one(inbound, peer, protocol, peer_port if inbound else local_port, (seen, seen, None), evidence)
    # A device's own clock may be of another zone: a day more does no harm, it only lets more stay.
    given = {"own": list(own), "since": since - timedelta(days=1)}
    for source, target, protocol, port, first, last, by_day, evidence in database.select(_LOGGED, given):
        for inbound, end, peer in ((True, target, source), (False, source, target)):
            if _among(end, own):
                yield from _one(inbound, peer, protocol, port, (first, last, by_day), evidence, outside=True)


def _among(text: str, own: Sequence[str]) -> bool:
    """Return whether an address, or a network where a log put many together, is one of the machine's."""
    return text in own or ("/" in text and any(network.holds(address) for network in networks_of(text) for address in own))


def _one(
    inbound: bool, peer: str | None, protocol: str, port: int | None, moments: tuple[datetime | None, datetime | None, str | None],
    evidence: str, process: str = "", *, outside: bool = False,
) -> Iterator[Seen]:  # fmt: skip
    address = parse_address(peer)
    if address is None and not networks_of(peer):
        return
    if address is not None and (address.is_loopback or address.is_unspecified or address.is_multicast):
        return
    first, last, by_day = moments
    yield Seen(
        inbound=inbound,
        peer=str(address) if address is not None else str(peer),
        protocol=protocol,
        port=port,
        first=first,
        last=last,
        on=_days(first, last, by_day),
        process=process,
        outside=outside,
        evidence=(evidence,) if evidence else (),
    )


def _days(first: datetime | None, last: datetime | None, by_day: str | None) -> frozenset[date]:
    found = {moment.date() for moment in (first, last) if moment is not None}
    for word in (by_day or "").split()[:_MOST_DAYS]:
        try:
            found.add(date.fromisoformat(word.partition("=")[0]))
        except ValueError:
            continue
    return frozenset(found)
