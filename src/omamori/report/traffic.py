"""Who talks to whom, and how much came by each outside line, as the report tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.report.labels import LABELS
from omamori.snapshot.database import Database

MOST_ENDS = 12
DAYS = 31
_LISTED = 12
End = tuple[str, str]
"""Kind of an end, and its zone where it is one."""


@dataclass(frozen=True, slots=True)
class TalkEnd:
    """A row and a column of the matrix."""

    kind: str
    zone: str
    label: Text


@dataclass(frozen=True, slots=True)
class Talk:
    """What goes from one end to another. `state`: designed, undesigned, open (no design says it) or stopped (nothing passed)."""

    start: int
    end: int
    times: int
    stopped: int
    services: tuple[str, ...]
    state: str
    against: bool


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One service between two ends, told in words: one that no design foresees, or that the rules should have stopped."""

    start: Text
    end: Text
    service: str
    pairs: int
    example: str
    last_seen: datetime | None
    logs: bool
    undesigned: bool
    against: bool


@dataclass(frozen=True, slots=True)
class LineDays:
    """An outside line: what came and went on each of the days (the oldest first), in log lines; `total_bytes` None where no log counts."""

    line: str
    days: tuple[int, ...]
    total: int
    total_bytes: int | None
    stopped: int


@dataclass(frozen=True, slots=True)
class Traffic:
    """The picture of traffic. `more_ends`: ends that have no room in the matrix; `last_day`: the day the bars of the lines end on."""

    ends: tuple[TalkEnd, ...] = ()
    talks: tuple[Talk, ...] = ()
    told: tuple[TalkLine, ...] = ()
    more_ends: int = 0
    more_told: int = 0
    lines: tuple[LineDays, ...] = ()
    last_day: date | None = None


def read_traffic(database: Database) -> Traffic:
    """Return the traffic of a snapshot; one of an earlier version has none."""
    if not database.has("zone_flows"):
        return Traffic()
    rows = list(database.rows("zone_flows"))
    weight: dict[End, int] = defaultdict(int)
    for row in rows:
        for one in _ends(row):
            weight[one] += row.times
    # The busiest have room; zones first, then what is no zone.
    kept = sorted(sorted(weight, key=lambda one: (-weight[one], one))[:MOST_ENDS], key=lambda one: (one[0] != "zone", one))
    places = {one: number for number, one in enumerate(kept)}
    told = sorted(
        (row for row in rows if _worth(row)), key=lambda row: (row.allowed is not False, -row.times, str(_ends(row)), row.port or 0)
    )
    lines, last_day = _lines(database)
    return Traffic(
        tuple(TalkEnd(kind, clean(zone, 60), _label(kind, zone)) for kind, zone in kept),
        _talks(rows, places),
        tuple(_told(row) for row in told[:_LISTED]),
        len(weight) - len(kept),
        max(0, len(told) - _LISTED),
        lines,
        last_day,
    )


def _ends(row: Any) -> tuple[End, End]:
    return (row.from_kind, row.from_zone or ""), (row.to_kind, row.to_zone or "")


def _label(kind: str, zone: str) -> Text:
    return Text(clean(zone, 60), clean(zone, 60)) if kind == "zone" else LABELS[f"talks_{kind}"]


def _worth(row: Any) -> bool:
    start, end = _ends(row)
    return (row.designed is False and start != end) or row.allowed is False


def _service(row: Any) -> str:
    return "/".join(str(part) for part in (row.port, clean(row.protocol or "", 16)) if part not in (None, ""))


def _talks(rows: Sequence[Any], places: dict[End, int]) -> tuple[Talk, ...]:
    grouped: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in rows:
        start, end = _ends(row)
        if start in places and end in places:
            grouped[(places[start], places[end])].append(row)
    return tuple(
        Talk(
            start,
            end,
            sum(row.times for row in found),
            sum(row.stopped for row in found),
            tuple(dict.fromkeys(_service(row) for row in sorted(found, key=lambda row: (-row.times, row.port or 0))))[:5],
            _state(found),
            any(row.allowed is False for row in found),
        )
        for (start, end), found in sorted(grouped.items())
    )


def _state(rows: Sequence[Any]) -> str:
    passed = [row for row in rows if row.times > row.stopped]
    if not passed:
        return "stopped"
    if any(row.designed is False for row in passed):
        return "undesigned"
    return "designed" if all(row.designed for row in passed) else "open"


def _told(row: Any) -> TalkLine:
    start, end = _ends(row)
    return TalkLine(
        _label(*start),
        _label(*end),
        _service(row),
        row.undesigned or row.pairs,
        clean(row.example or "", 120),
        row.last_seen,
        "logs" in row.seen_in,
        row.designed is False,
        row.allowed is False,
    )


def _lines(database: Database) -> tuple[tuple[LineDays, ...], date | None]:
    found: dict[str, dict[date, Any]] = defaultdict(dict)
    for row in database.rows("line_traffic"):
        if row.day is not None:
            found[row.line][row.day] = row
    last = max((day for days in found.values() for day in days), default=None)
    if last is None:
        return (), None
    shown = [last - timedelta(days=DAYS - 1 - number) for number in range(DAYS)]
    lines = []
    for line, days in sorted(found.items()):
        rows = [days[day] for day in shown if day in days]
        sizes = [row.bytes for row in rows if row.bytes is not None]
        counts = tuple(days[day].times if day in days else 0 for day in shown)
        lines.append(LineDays(clean(line, 60), counts, sum(counts), sum(sizes) if sizes else None, sum(row.stopped for row in rows)))
    return tuple(lines), last


def traffic_json(traffic: Traffic) -> dict[str, Any]:
    """Return the traffic as `report.json` has it."""

    def end(number: int) -> dict[str, Any]:
        one = traffic.ends[number]
        return {"kind": one.kind, "zone": one.zone or None}

    return {
        "between": [
            {
                "from": end(talk.start),
                "to": end(talk.end),
                "times": talk.times,
                "stopped": talk.stopped,
                "services": list(talk.services),
                "state": talk.state,
                "against_rules": talk.against,
            }
            for talk in traffic.talks
        ],
        "ends_left_out": traffic.more_ends,
        "last_day": traffic.last_day.isoformat() if traffic.last_day else None,
        "lines": [
            {"line": one.line, "days": list(one.days), "times": one.total, "bytes": one.total_bytes, "stopped": one.stopped}
            for one in traffic.lines
        ],
    }
