from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from omamori.report.moments import iso, offset_minutes, plain_utc, shown

JAPAN = timezone(timedelta(hours=9))


def test_moments_are_kept_in_utc_and_shown_in_the_readers_zone() -> None:
    moment = datetime(2026, 6, 1, 18, 0, tzinfo=JAPAN)
    assert plain_utc(moment) == datetime(2026, 6, 1, 9, 0)
    assert iso(moment) == "2026-06-01T09:00:00Z"
    assert shown(plain_utc(moment), JAPAN) == "2026-06-01 18:00"
    assert shown(moment) == "2026-06-01 09:00 UTC"
    assert shown(None) == ""
    assert (offset_minutes(moment, JAPAN), offset_minutes(moment, UTC)) == (540, 0)
