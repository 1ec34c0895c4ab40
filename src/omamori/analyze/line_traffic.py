"""Fills `line_traffic`: what came and went by each outside line, day by day, from the flows its device logged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from omamori.analyze.addresses import Network, networks_of
from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.model.sightings import Flow
from omamori.model.traffic import LineTraffic
from omamori.snapshot.database import Database

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)=(\d{1,12})/(\d{1,18})")
_FLOW = ("source_address", "destination_address", "times")
_STOPPED = ("drop", "reject")


@dataclass(frozen=True, slots=True)
class _Way:
    """A line as its device shows it: its packets come in or go out by an interface of the device, or have one of its addresses."""

    name: str
    device: str | None
    interface: str | None
    sources: tuple[Network, ...]

    def carries(self, flow: Flow) -> bool:
        """Return whether a flow came or went by it."""
        if self.device == flow.asset and self.interface and self.interface in (flow.interface_in, flow.interface_out):
            return True
        ends = (flow.source_address, flow.destination_address)
        return any(network.holds(address.partition("/")[0]) for network in self.sources for address in ends)


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield a row per line and day, and a look per line."""
    coverage = Coverage.read(database)
    ways = list(_ways(database))
    totals: dict[tuple[str, date | None], list[Any]] = defaultdict(lambda: [0, None, 0, ""])
    for flow in database.rows("flows") if ways else ():
        for way in ways:
            if way.carries(flow):
                for day, times, size in days_of(flow):
                    total = totals[(way.name, day)]
                    total[0] += times
                    total[1] = total[1] if size is None else (total[1] or 0) + size
                    total[2] += times if flow.action in _STOPPED else 0
                    total[3] = total[3] or flow.evidence
    for (line, day), (times, size, stopped, evidence) in sorted(totals.items(), key=lambda item: (item[0][0], item[0][1] or date.min)):
        yield LineTraffic(asset=line, line=line, day=day, times=times, bytes=size, stopped=stopped, source=ANALYZER.name, evidence=evidence)
    logged = {str(asset) for (asset,) in database.select("select distinct asset from collected where table_name = 'flows'")}
    for way in ways:
        device = way.device if way.device in logged else ""
        inputs = [Input(coverage.view("entries", way.name), ("line",)), Input(coverage.view("flows", device or ""), _FLOW)]
        yield derived_look(way.name, "line_traffic", ANALYZER.name, inputs)


def _ways(database: Database) -> Iterator[_Way]:
    """Every declared line that evidence shows, once. An interface that several lines share tells of none of them."""
    rows = [row for row in database.rows("entries") if row.line and row.entry == row.line]
    shared: dict[tuple[str | None, str | None], int] = defaultdict(int)
    for row in rows:
        shared[(row.device, row.interface)] += 1
    for row in rows:
        networks = (*networks_of(row.sources), *networks_of(row.opened_from))
        alone = shared[(row.device, row.interface)] == 1 and row.kind != "internet"
        interface = row.interface if alone or row.kind == "internet" else None
        yield _Way(row.entry, row.device, interface, tuple(one for one in networks if one.size < 1 << 31))


def days_of(flow: Flow) -> Iterator[tuple[date | None, int, int | None]]:
    """Yield (day, times, bytes) of a flow. What is of no told day stands on the day of its last line."""
    last = flow.last_seen or flow.first_seen
    rest, rest_bytes = flow.times, flow.bytes
    for found in _DAY.finditer(flow.by_day or ""):
        try:
            day = date.fromisoformat(found[1])
        except ValueError:
            continue
        times, size = int(found[2]), int(found[3])
        rest -= times
        rest_bytes = None if rest_bytes is None else rest_bytes - size
        yield day, times, size if flow.bytes is not None else None
    if rest > 0:
        yield (last.date() if last else None), rest, rest_bytes


ANALYZER = Analyzer(
    name="analyze.line_traffic",
    reads=("flows", "entries", "collected"),
    fills=("line_traffic",),
    run=run,
)
"""The analyzer of this module."""
