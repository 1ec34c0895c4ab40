"""Lines put together: ends, attempts told twice, and very many of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from omamori.parse.linux.login_lines import LoginLine
from omamori.parse.linux.login_sessions import MOST_REFUSED, sessions

DAY = datetime(2026, 5, 5)


def line(what, minute, *, account=None, peer="203.0.113.8", port=1, pid="1", zoned=True, times=1):
    return LoginLine(
        what, DAY + timedelta(minutes=minute), zoned, "gw", pid, account, peer, port, "password" if what != "ended" else None, times
    )


def made(*lines, away=None):
    return list(sessions(enumerate(lines, 1), away))


def test_an_end_is_joined_by_address_or_by_process_and_the_first_counts() -> None:
    one, two = made(
        line("accepted", 0, account="a", port=10, pid="5"),
        line("accepted", 1, account="b", port=11, pid="6"),
        line("ended", 5, port=10, pid="9"),
        line("ended", 6, peer="", port=None, pid="5"),
        line("ended", 8, peer="", port=None, pid="6"),
    )
    assert (one.ended, two.ended) == (DAY + timedelta(minutes=5), DAY + timedelta(minutes=8))


def test_an_end_of_nobody_and_a_session_without_end() -> None:
    (one,) = made(line("ended", 0, port=3), line("accepted", 1, account="a", port=4, pid="7"), line("ended", 2, port=5, pid="8"))
    assert one.ended is None and one.session == "7@2026-05-05 00:01:00"


def test_a_refused_attempt_is_counted_once() -> None:
    (one,) = made(line("gone", 0), line("failed", 1), line("failed", 2, times=3), line("gone", 3))
    assert (one.accepted, one.times, one.began, one.ended) == (False, 4, DAY, DAY + timedelta(minutes=2))
    (other,) = made(line("gone", 0), line("gone", 1))
    assert other.times == 1
    assert [row.times for row in made(line("gone", 0, port=1), line("gone", 1, port=2))] == [2]


def test_what_a_clock_showed_becomes_utc_where_its_zone_is_known() -> None:
    japan = timedelta(hours=9)
    (known,) = made(line("accepted", 600, account="a", zoned=False), away=japan)
    assert (known.began, known.own_clock) == (DAY + timedelta(hours=1), False)
    (unknown,) = made(line("accepted", 600, account="a", zoned=False))
    assert (unknown.began, unknown.own_clock) == (DAY + timedelta(hours=10), True)


def test_very_many_addresses_stay_bounded() -> None:
    many = (line("failed", 0, peer=f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", port=n) for n in range(MOST_REFUSED + 300))
    rows = made(*many)
    assert len(rows) == MOST_REFUSED + 1
    assert (rows[-1].peer_address, rows[-1].times) == (None, 300)
