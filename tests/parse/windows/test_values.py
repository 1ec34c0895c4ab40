"""Words, dates and addresses as Windows prints them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from omamori.parse.windows.values import address, day, mac, moment, number, scope, yes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024/01/15 7:05:09", datetime(2024, 1, 15, 7, 5, 9)),
        ("2024/01/15, 7:05:09", datetime(2024, 1, 15, 7, 5, 9)),
        ("2024年1月15日 7:05", datetime(2024, 1, 15, 7, 5)),
        ("2024-01-15T07:05:09Z", datetime(2024, 1, 15, 7, 5, 9)),
        ("20240115070509.123456+540", datetime(2024, 1, 15, 7, 5, 9)),
        ("1/15/2024, 7:05:09 PM", datetime(2024, 1, 15, 19, 5, 9)),
        ("4/5/2024 12:00:00 AM", datetime(2024, 4, 5)),
        ("15.01.2024, 07:05:09", datetime(2024, 1, 15, 7, 5, 9)),
        ("4/5/2024", None),
        ("5/5/2024", datetime(2024, 5, 5)),
        ("13/13/2024", None),
        ("2024/13/01", None),
        ("Never", None),
        (None, None),
    ],
)
def test_moments(text: str | None, expected: datetime | None) -> None:
    assert moment(text) == expected
    assert day(text) == (expected.date() if expected else None)


def test_words_for_yes_and_no() -> None:
    assert [yes(word) for word in ("はい", "いいえ", "Yes", "FALSE", "有効", "オフ", "maybe", None)] == [
        True,
        False,
        True,
        False,
        True,
        False,
        None,
        None,
    ]


def test_numbers() -> None:
    assert [number(word) for word in ("12", "1,024", "0x1f", "-1", "١", "", None)] == [12, 1024, 31, None, None, None, None]


def test_addresses() -> None:
    assert [address(word) for word in ("[fe80::1%12]", "10.0.0.1", "300.1.1.1", "")] == ["fe80::1", "10.0.0.1", None, None]
    assert [scope(word) for word in ("127.0.0.1", "169.254.1.1", "10.1.1.1", "8.8.8.8", "fe80::1", "224.0.0.251", "x")] == [
        "loopback",
        "link",
        "private",
        "public",
        "link",
        "link",
        "private",
    ]
    assert [mac(word) for word in ("00-15-5D-0A-0B-0C", "0015.5d0a.0b0c", "00-15", None)] == ["00:15:5d:0a:0b:0c"] * 2 + [None, None]
    assert day("2024/02/29") == date(2024, 2, 29)
