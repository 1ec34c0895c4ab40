"""Which connections and open ports of a vendor's machines are to be confirmed: those seen, and those it answered before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from omamori.model.declared import VendorAnswer
from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.snapshot.database import Database


@dataclass(frozen=True, slots=True)
class AskedFlow:
    """A connection or open port seen on a group of machines. `peer` is empty where only the open port was seen."""

    machines: tuple[str, ...]
    direction: str
    peer: str
    port: int | None
    protocol: str
    seen: Text
    before: VendorAnswer | None = None


class _Place(NamedTuple):
    direction: str
    peer: str
    port: int | None
    protocol: str

    @property
    def order(self) -> tuple[str, int, str, str]:
        return self.direction, self.port or 0, self.protocol, self.peer


@dataclass(slots=True)
class _Group:
    """Machines on which the same was seen and answered."""

    seen: Text
    before: VendorAnswer | None
    machines: set[str] = field(default_factory=set)


def asked_flows(database: Database, names: Sequence[str], answers: Sequence[VendorAnswer]) -> Iterator[AskedFlow]:
    """Yield what is to be confirmed on the machines `names`, equal ones as one.

    A peer that is not one of them stands with its address only. `answers` are the vendor's own, to be filled in.
    """
    mine = set(names)
    before = {(clean(row.asset), _place_of(row)): row for row in answers if row.question == "flow"}
    seen = _seen(database, mine, before)
    for (asset, place), row in before.items():
        if asset in mine and (asset, place) not in seen:  # what it answered and is not seen now, or what it added
            seen[asset, place] = Text(f"貴社のご回答({row.answered_on or '-'})", f"from your answer ({row.answered_on or '-'})")
    groups: dict[tuple[_Place, tuple[object, ...]], _Group] = {}
    for (asset, place), words in sorted(seen.items(), key=lambda item: (item[0][1].order, item[0][0])):
        said = before.get((asset, place))
        group = groups.setdefault((place, (said.answer, said.remark) if said else ()), _Group(words, said))
        group.machines.add(asset)
    for (place, _), group in groups.items():
        yield AskedFlow(tuple(sorted(group.machines)), *place, group.seen, group.before)


def _place_of(row: VendorAnswer) -> _Place:
    return _Place(row.direction or "in", row.peer or "", row.port, row.protocol or "")


def _seen(database: Database, mine: set[str], before: dict[tuple[str, _Place], VendorAnswer]) -> dict[tuple[str, _Place], Text]:
    found: dict[tuple[str, _Place], Text] = {}
    # An open port of which the peers are known, by a look or by the vendor's word, is asked about with them.
    served = {(asset, place.port, place.protocol) for asset, place in before if place.direction == "in" and place.peer}
    for row in database.rows("peers"):
        asset, other = clean(row.asset), clean(row.peer_asset or "")
        if asset not in mine or row.port is None:
            continue
        place = _Place(row.direction or "in", other if other in mine else clean(row.peer), row.port, row.protocol or "")
        if place.direction == "in":
            served.add((asset, place.port, place.protocol))
        times = row.times or 1
        name = clean(row.process or "?", 60)
        found.setdefault((asset, place), Text(f"{name} が通信({times}回)", f"{name} talks (seen {times}x)"))
    for row in database.rows("exposures"):
        asset, protocol = clean(row.asset), row.protocol or ""
        if asset in mine and row.port is not None and row.inbound != "blocked" and (asset, row.port, protocol) not in served:
            name = clean(row.process or "?", 60)
            found.setdefault((asset, _Place("in", "", row.port, protocol)), Text(f"{name} が待ち受け", f"{name} listens"))
    return found
