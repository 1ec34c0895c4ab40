"""The checks of a site one after the other, in numbers: counted by the database, so that fifty of them take no time.

Fewer findings are progress only where as much was looked at: every point says how much that was, and what changed in the checks
themselves.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from omamori.model.tables import TABLES
from omamori.model.text import Text
from omamori.report.over_time import Trend, TrendPoint
from omamori.report.words import SEVERITIES
from omamori.snapshot.database import UNREADABLE
from omamori.snapshot.glance import NO_SUCH_TABLE, Glance
from omamori.snapshot.manifest import Snapshot

_BY_SEVERITY = ", ".join(f"count(*) filter (verdict = 'fail' and severity = '{name}')" for name in SEVERITIES)
_COUNTS = f"""
select {_BY_SEVERITY}, count(*) filter (verdict = 'unknown'), count(*) filter (verdict = 'accepted'),
 (select {{hidden}}), (select count(*) filter (observed) from earlier.assets), (select count(*) from earlier.assets),
 (select count(*) from earlier.collected where complete and table_name in (select unnest($tables))), count(distinct check_id)
from earlier.verdicts
"""  # noqa: S608 - our own words
_HIDDEN = "count(*) from earlier.past_findings where now = 'unknown' and accepted_since is null"
_HOST_TABLES = tuple(table.name for table in TABLES.values() if table.group == "host")
_LESS = 0.95
"""Less than this share of the looks of the point before is told."""


def read_trend(held: Iterable[Snapshot], until: datetime) -> Trend:
    """Return the site's checks up to a moment, one a day: of several the last one made of the latest moment.

    `held` are its snapshots in order, finished ones only. One whose tables are gone or harmed is a point that says so.
    """
    days: dict[str, Snapshot] = {}
    for one in held:
        if one.manifest.moment <= until:
            days[f"{one.manifest.moment:%Y-%m-%d}"] = one
    points: list[TrendPoint] = []
    last: tuple[TrendPoint, Snapshot] | None = None
    with Glance() as glance:
        for one in days.values():
            point = _count(glance, one)
            if point.readable:
                point = _compared(point, one, last)
                last = (point, one)
            points.append(point)
    return Trend(tuple(points))


def _count(glance: Glance, snapshot: Snapshot) -> TrendPoint:
    if not snapshot.tables.is_file():
        return _unread(snapshot)
    try:
        critical, high, medium, low, unknown, accepted, hidden, machines, known, looks, checks = _counted(glance, snapshot.tables)
    except UNREADABLE:
        return _unread(snapshot)
    found = (critical, high, medium, low)
    return TrendPoint(snapshot.manifest.moment, snapshot.id, True, found, hidden, unknown, accepted, machines, known, looks, checks)


def _counted(glance: Glance, tables: Path) -> tuple[Any, ...]:
    parameters = {"tables": list(_HOST_TABLES)}
    try:
        return glance.select(tables, _COUNTS.format(hidden=_HIDDEN), parameters)[0]
    except NO_SUCH_TABLE:  # made by a version that did not keep past findings
        return glance.select(tables, _COUNTS.format(hidden="null"), parameters)[0]


def _unread(snapshot: Snapshot) -> TrendPoint:
    note = Text(
        f"表がないか壊れているため数えられません。omamori rebuild {snapshot.id} で作り直せます",
        f"cannot be counted: its tables are missing or harmed. omamori rebuild {snapshot.id} makes them anew",
    )
    return TrendPoint(snapshot.manifest.moment, snapshot.id, readable=False, notes=(note,))


def _compared(point: TrendPoint, snapshot: Snapshot, last: tuple[TrendPoint, Snapshot] | None) -> TrendPoint:
    """Return a point with what has to be known to compare it with the readable one before it."""
    if last is None:
        return point
    before, earlier = last
    other = any(snapshot.manifest.versions.get(part) != earlier.manifest.versions.get(part) for part in _JUDGES)
    fewer = point.machines < before.machines or point.looks < before.looks * _LESS
    return dataclasses.replace(point, other_version=other, fewer=fewer, notes=tuple(_notes(point, before, other)))


_JUDGES = ("parsers", "analyzers", "checks", "pack")


def _notes(point: TrendPoint, before: TrendPoint, other: bool) -> Iterable[Text]:
    was, now = before.machines, point.machines
    if now < was:
        yield Text(
            f"見た機器が{was}台から{now}台に減りました。数が減っても、直ったとは言えません",
            f"machines looked at went from {was} to {now}: smaller numbers do not mean that anything was mended",
        )
    elif now > was:
        yield Text(
            f"見た機器が{was}台から{now}台に増えました。数が増えたのは、広く見たためかもしれません",
            f"machines looked at went from {was} to {now}: larger numbers may come from looking further",
        )
    elif point.looks < before.looks * _LESS:
        yield Text(
            f"同じ台数でも、最後まで見えた情報が{before.looks}から{point.looks}に減りました。数が減っても、直ったとは言えません",
            f"as many machines, but what was seen whole went from {before.looks} to {point.looks}: smaller numbers do not mean that anything was mended",
        )
    if point.hidden:
        yield Text(
            f"前に見つかった{point.hidden}件は、この時点では見えませんでした(なくなったとは言えません)",
            f"{point.hidden} findings of earlier checks could not be seen: they may still be there",
        )
    if other:
        yield Text(
            "点検の版が変わりました。数の増減は、点検のしかたが変わったためかもしれません",
            "the checks are of another version: numbers may differ because of them",
        )
