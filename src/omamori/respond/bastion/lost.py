"""Which flows pass by the old ways and would not pass any more: seen ones and designed ones. Never a silent loss."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from omamori.analyze.addresses import networks_of
from omamori.analyze.reach.ask import ask
from omamori.analyze.reach.parts import Network
from omamori.analyze.reach.ranges import Ranges, address_number, addresses, holds, joined
from omamori.respond.bastion.parts import Facts, Lost, Side
from omamori.respond.bastion.predict import CLIENT_PORT, start_of
from omamori.snapshot.database import Database


@dataclass(frozen=True, slots=True)
class _Flow:
    source: str
    asset: str
    address: str
    protocol: str
    port: int
    seen: bool
    purpose: str | None
    evidence: str


def lost_flows(database: Database, facts: Facts, sides: Sequence[Side], after: Network) -> tuple[Lost, ...]:
    """Return the flows that come in by a side now and not with the edits made; whom to ask is filled: vendor, keeper, hospital contact."""
    whom = _Whom.read(database)
    found: dict[tuple[str, str, str, str, int], Lost] = {}
    flows = [*_seen(database, facts), *_designed(facts, sides)]
    for side in sides:
        own, coming = _own(facts, side), _coming(side)
        asked: set[tuple[str, ...]] = set()
        for flow in flows:
            number = address_number(flow.source)
            if number is None or not holds(coming, number) or flow.address in own:
                continue
            # By a side anybody may send by, one sender speaks for all: there may be as many as the Internet has.
            place = ("" if coming is None else flow.source, flow.address, flow.protocol, str(flow.port), str(flow.seen))
            if place in asked:
                continue
            asked.add(place)
            key = (side.name, flow.source, flow.address, flow.protocol, flow.port)
            if key in found or not _ends(facts.network, after, side, flow):
                continue
            found[key] = Lost(
                side.name, flow.source, flow.asset, flow.address, flow.protocol, flow.port, flow.seen, whom.asked(side, flow.asset),
                flow.purpose, flow.evidence,
            )  # fmt: skip
    return tuple(found[key] for key in sorted(found))


def _ends(now: Network, after: Network, side: Side, flow: _Flow) -> bool:
    question = (start_of(side), flow.protocol, flow.source, flow.address, flow.port, CLIENT_PORT)
    before = ask(now, *question).reach
    return before != "none" and ask(after, *question).reach != before


def _own(facts: Facts, side: Side) -> set[str]:
    device = facts.network.device.get(side.device)
    return {str(ipaddress.IPv4Address(nic.address)) for nic in device.nics if nic.address is not None} if device else set()


def _coming(side: Side) -> Ranges | None:
    """Return the addresses that come in by a side; None for any."""
    spans: list[tuple[int, int]] = []
    for one in side.entries:
        if one.sources is None:
            return None
        spans += addresses(one.sources)[0] or ()
    return joined(spans)


def _seen(database: Database, facts: Facts) -> Iterator[_Flow]:
    """The flows of logs, and the connections machines showed from both ends."""
    owner = {held: asset for asset, several in sorted(facts.addresses.items(), reverse=True) for held in several}
    query = (
        "select source_address, destination_address, protocol, destination_port, min(evidence) from flows "
        "where coalesce(action, '') not in ('deny', 'drop', 'reject', 'blocked') and destination_port is not null group by all order by all"
    )
    for source, target, protocol, port, evidence in database.select(query):
        if protocol in ("tcp", "udp") and address_number(target) is not None:
            yield _Flow(str(source), owner.get(target, str(target)), str(target), protocol, int(port), True, None, str(evidence or ""))
    query = (
        "select asset, local_address, local_port, peer_address, protocol, min(evidence) from connections "
        "where direction = 'in' and local_port is not null and peer_address is not null group by all order by all"
    )
    for asset, local, port, peer, protocol, evidence in database.select(query):
        if protocol in ("tcp", "udp") and address_number(local) is not None:
            yield _Flow(str(peer), str(asset), str(local), protocol, int(port), True, None, str(evidence or ""))


def _designed(facts: Facts, sides: Sequence[Side]) -> Iterator[_Flow]:
    """Designed flows whose peer is somebody that comes in by a side: an address of its own, its vendor, or its line."""
    for row in facts.designed:
        if row.direction == "out" or row.port is None:
            continue
        for source in dict.fromkeys(_sources(row.peer, sides)):
            for address in facts.addresses.get(row.asset, ()):
                if address_number(address) is not None:
                    yield _Flow(source, row.asset, address, row.protocol or "tcp", int(row.port), False, row.purpose, row.evidence)


def _sources(peer: str, sides: Iterable[Side]) -> Iterator[str]:
    wanted = networks_of(peer)
    for side in sides:
        for one in side.entries:
            for first, last in addresses(one.sources)[0] or ():
                if peer and peer in (one.vendor, one.line, one.entry):
                    yield str(ipaddress.IPv4Address(min(first + 2, last)))
                for network in wanted:
                    if network.first.version == 4 and int(network.first) <= last and first <= int(network.last):
                        yield str(ipaddress.IPv4Address(max(first, int(network.first))))


@dataclass(frozen=True, slots=True)
class _Whom:
    keepers: Mapping[str, str]
    contacts: tuple[str, ...]

    @classmethod
    def read(cls, database: Database) -> _Whom:
        keepers = {str(a): str(v) for a, v in database.select("select asset, vendor from assets where vendor is not null order by all")}
        query = "select name from contacts where name is not null and duty in ('it', 'security', 'incident', 'system') order by all"
        return cls(keepers, tuple(str(name) for (name,) in database.select(query)))

    def asked(self, side: Side, asset: str) -> tuple[str, ...]:
        names = [side.entry.vendor, *(one.vendor for one in side.entries), self.keepers.get(asset), *self.contacts]
        return tuple(dict.fromkeys(name for name in names if name))
