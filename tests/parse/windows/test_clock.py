from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.windows.clock import read_clock

TOKYO = "0xfffffde4"


@pytest.mark.parametrize(
    ("date", "time", "short", "bias", "expected"),
    [
        ("2026/11/27", " 9:05:07.12", "yyyy/MM/dd", TOKYO, datetime(2026, 11, 27, 0, 5, 7)),
        ("2026/11/27 (金)", "23:59:59.99", "yyyy/MM/dd' ('ddd')'", TOKYO, datetime(2026, 11, 27, 14, 59, 59)),
        ("Fri 11/27/2026", "20:03:34.50", "M/d/yyyy", "0x1e0", datetime(2026, 11, 28, 4, 3, 34)),
        ("27.11.2026", "08:00:00,00", "dd.MM.yyyy", "0xffffffc4", datetime(2026, 11, 27, 7, 0, 0)),
        ("26/11/27", "8:00:00.00", "yy/MM/dd", "-540", datetime(2026, 11, 26, 23, 0, 0)),
        ("08/11/27", "8:00:00.00", "gg y/MM/dd", TOKYO, None),
        ("11/27/2026", "8:40 PM", "M/d/yyyy", TOKYO, None),
        ("27-Nov-26", "8:00:00.00", "dd-MMM-yy", TOKYO, None),
        ("2026/02/30", "8:00:00.00", "yyyy/MM/dd", TOKYO, None),
        ("2026/11/27", "8:00:00.00", "yyyy/MM/dd", "0x7fffffff", None),
    ],
)
def test_the_clock_of_cmd(date: str, time: str, short: str, bias: str, expected: datetime | None) -> None:
    text = f"OMAMORI-CLOCK 1\r\ndate={date}\r\ntime={time}\r\nshort={short}\r\nbias={bias}\r\n"
    assert read_clock(text.encode("cp932")) == expected


def test_powershell_tells_it_without_doubt() -> None:
    assert read_clock(b"date=x\r\ntime=y\r\nutc=2026-11-27T11:02:03Z\r\n") == datetime(2026, 11, 27, 11, 2, 3)


def test_an_eras_year_is_not_taken_for_another_one() -> None:
    """In the Japanese calendar 2026 is 08: two digits are the year of this century only where the picture says `yy`."""
    assert read_clock(b"date=08/11/27\r\ntime=8:00:00.00\r\nshort=yy/MM/dd\r\nbias=0x0\r\n") is None


@given(st.binary(max_size=300))
def test_anything_else_is_no_clock(data: bytes) -> None:
    found = read_clock(data)
    assert found is None or 1 <= found.year <= 9999
