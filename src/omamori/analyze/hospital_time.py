"""The clock on the hospital's wall: moments of a snapshot are UTC, service windows are written in the hospital's own time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from omamori.snapshot.database import Database

JAPAN = timezone(timedelta(hours=9), "JST")
"""Japan has one time, without summer time; taken where no machine names another."""
_JAPANESE = frozenset({"asia/tokyo", "japan", "jst", "jst-9", "tokyo standard time", "東京 (標準時)"})


def hospital_zone(database: Database) -> tzinfo:
    """Return the time zone most machines name; Japan's where none does or the name is not known."""
    query = "select timezone, count(*) as machines from hosts where timezone is not null group by timezone order by machines desc, timezone limit 1"
    name = next((str(name) for name, _ in database.select(query)), "")
    if not name or name.casefold() in _JAPANESE:
        return JAPAN
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return JAPAN


def on_the_wall(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment of a snapshot (UTC, without zone) as the clock in `zone` shows it, without zone."""
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
