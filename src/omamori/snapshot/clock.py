"""Moments: UTC without zone everywhere; the machine's clock is believed only as far as it can be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

FAST_CLOCK = timedelta(hours=1)
"""A machine clock this much ahead of the receipt is told to the user."""


def plain(moment: datetime) -> datetime:
    """Return a moment in UTC without zone; one without zone is taken as UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def stamp(moment: datetime | None) -> str | None:
    """Write a moment as `2026-05-01T03:04:05Z`."""
    return None if moment is None else plain(moment).isoformat() + "Z"


def read_stamp(text: str | None) -> datetime | None:
    """Read what `stamp` wrote; ValueError when it is something else."""
    return None if text is None else plain(datetime.fromisoformat(text))


def believed(seen: datetime | None, received: datetime, built: date | None) -> tuple[datetime, str]:
    """Return the moment of a look and what is wrong with the machine's clock.

    In: the machine's clock, the receipt, and the day the kit was built. Out: the earlier of the two, and
    `` (nothing wrong), `before_build` (the clock is not believed, the receipt counts) or `ahead`.
    """
    if seen is None:
        return received, ""
    if built is not None and seen.date() < built - timedelta(days=1):
        return received, "before_build"
    return min(seen, received), "ahead" if seen - received > FAST_CLOCK else ""
