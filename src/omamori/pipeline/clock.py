"""Moments: UTC without zone everywhere inside."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


def utc_now() -> datetime:
    """Return the present moment in UTC, to the second, without zone."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def exact_now() -> datetime:
    """Return the present moment in UTC, to the microsecond, without zone: for steps that follow each other within a second."""
    return datetime.now(UTC).replace(tzinfo=None)


def parse_moment(text: str) -> datetime:
    """Read `2026-06-01` or `2026-06-01T12:00:00[Z]`; ValueError when it is neither."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def local_zone() -> tzinfo:
    """Return the zone this machine's clock shows; moments are shown in it to people."""
    return datetime.now().astimezone().tzinfo or UTC
