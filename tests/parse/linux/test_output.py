"""What the Linux parsers share."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.parse.addresses import scope
from omamori.parse.linux.output import address, is_public, moment, number
from omamori.parse.linux.units import argv, unit_time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("127.0.0.53", "loopback"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("169.254.1.1", "link"),
        ("fe80::1%eth0", "link"),
        ("224.0.0.251", "link"),
        ("255.255.255.255", "link"),
        ("10.255.0.1", "private"),
        ("172.31.255.255", "private"),
        ("172.32.0.0", "public"),
        ("192.168.0.1", "private"),
        ("100.64.0.1", "private"),
        ("fd00::1", "private"),
        ("0.0.0.0", "private"),  # noqa: S104
        ("203.0.113.9", "public"),
        ("[2001:db8::1]", "public"),
        ("::ffff:203.0.113.9", "public"),
        ("ehr01", None),
        ("", None),
    ],
)
def test_where_an_address_is(text: str, expected: str | None) -> None:
    assert scope(text) == expected
    assert is_public(text) == (None if expected is None else expected == "public")


def test_addresses_are_written_one_way() -> None:
    assert [address(text) for text in ("[FE80::1]", "::ffff:10.1.0.11", "10.1.0.11%lo", "x")] == ["fe80::1", "10.1.0.11", "10.1.0.11", None]


def test_numbers_and_moments_outside_the_tables_are_no_value() -> None:
    assert [number(text) for text in ("12", "٣", "-1", "9" * 19, "9" * 18, "", None)] == [12, None, None, None, 10**18 - 1, None, None]
    assert [moment(seconds) for seconds in (0, 1_768_467_600, 10**15, None)] == [None, datetime(2026, 1, 15, 9), None, None]


def test_properties_of_units() -> None:
    started = "{ path=/usr/sbin/sshd ; argv[]=/usr/sbin/sshd -D $OPTS ; ignore_errors=no ; start_time=[n/a] ; pid=0 }"
    assert argv(started) == "/usr/sbin/sshd -D $OPTS"
    assert argv("") is None
    assert unit_time("Thu 2026-01-15 06:12:33 UTC") == datetime(2026, 1, 15, 6, 12, 33)
    # A local time without a zone we know would be a guess.
    assert [unit_time(text) for text in ("n/a", "", "Thu 2026-01-15 06:12:33 JST", "Thu 2026-13-15 06:12:33 UTC")] == [None] * 4
