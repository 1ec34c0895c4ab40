"""Moments as people read them. Tables and the report keep UTC without a zone; writers show the reader's zone."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


def plain_utc(moment: datetime) -> datetime:
    """Return a moment in UTC without a zone, as the tables keep it; one without a zone is UTC already."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def iso(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC, to the second: `2026-06-01T09:00:00Z`."""
    return plain_utc(moment).isoformat(timespec="seconds") + "Z"


def shown(moment: datetime | None, zone: tzinfo = UTC) -> str:
    """Return a moment for people in `zone`, `2026-06-01 18:00`; with `UTC` behind it where that is the zone."""
    if moment is None:
        return ""
    there = plain_utc(moment).replace(tzinfo=UTC).astimezone(zone)
    return there.strftime("%Y-%m-%d %H:%M") + (" UTC" if there.tzname() == "UTC" else "")


def offset_minutes(moment: datetime, zone: tzinfo = UTC) -> int:
    """Return how many minutes `zone` is ahead of UTC at a moment."""
    ahead = plain_utc(moment).replace(tzinfo=UTC).astimezone(zone).utcoffset()
    return int(ahead.total_seconds() // 60) if ahead else 0
