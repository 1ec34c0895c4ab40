"""Read who was seen to connect to whom, folded to pairs, and which of it was designed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from omamori.map.hospital import OUTSIDE, Talk
from omamori.model.clean import clean
from omamori.snapshot.database import Database

_MOST_PORTS = 8


@dataclass(slots=True)
class _Fold:
    ports: set[str] = field(default_factory=set)
    designed: set[bool | None] = field(default_factory=set)
    evidence: str = ""


def read_talks(database: Database, zone_of: Mapping[str, str], owner: Mapping[str, str]) -> tuple[Talk, ...]:
    """Return the pairs. `zone_of` is machine → zone, `owner` address → machine.

    A pair counts as designed where every connection of it is, as undesigned where one is decided not to be.
    """
    folds: dict[tuple[str, str, str, str], _Fold] = {}
    query = (
        "select asset, direction, peer, peer_asset, peer_scope, protocol, port, designed, min(evidence) from peers "
        "where direction is not null group by all order by all"
    )
    for asset, direction, peer, peer_asset, scope, protocol, port, designed, evidence in database.select(query):
        own, other = clean(str(asset), 120), clean(str(peer_asset or peer or ""), 120)
        zone = OUTSIDE if scope == "public" else zone_of.get(other, "")
        ends = (own, other, zone_of.get(own, ""), zone) if direction == "out" else (other, own, zone, zone_of.get(own, ""))
        _add(folds, ends, f"{port}/{protocol}" if port is not None else str(protocol or ""), designed, str(evidence or ""))
    query = (
        "select source_address, destination_address, protocol, destination_port, min(evidence) from flows "
        "where coalesce(action, 'accept') = 'accept' group by all order by all"
    )
    for source, target, protocol, port, evidence in database.select(query):
        client, server = (clean(owner.get(str(end), str(end)), 120) for end in (source, target))
        ends = (client, server, zone_of.get(client, ""), zone_of.get(server, ""))
        _add(folds, ends, f"{port}/{protocol}" if port is not None else str(protocol or ""), None, str(evidence or ""))
    return tuple(
        Talk(*ends, ports=tuple(sorted(fold.ports)[:_MOST_PORTS]), designed=_whole(fold.designed), evidence=clean(fold.evidence, 120))
        for ends, fold in sorted(folds.items())
    )


def _add(
    folds: dict[tuple[str, str, str, str], _Fold], ends: tuple[str, str, str, str], port: str, designed: bool | None, evidence: str
) -> None:
    fold = folds.setdefault(ends, _Fold())
    fold.ports.add(port)
    fold.designed.add(designed)
    fold.evidence = min(fold.evidence or evidence, evidence)


def _whole(designed: set[bool | None]) -> bool | None:
    if False in designed:
        return False
    return None if None in designed else True
