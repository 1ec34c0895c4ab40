"""Rows of CSV feeds, whatever quotation mark is missing."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.feeds.csv_rows import LONGEST_ROW, Row, rows
from omamori.parse.feeds.json_records import Unread

BEGINNING = re.compile(rb"CVE-")


def read(body: bytes) -> list[Row | Unread]:
    return list(rows(io.BytesIO(body), BEGINNING))


def test_texts_with_commas_marks_and_line_breaks() -> None:
    found = read(b'\xef\xbb\xbfid,text\r\nCVE-1,"a, ""b""\r\nc"\r\n\r\nCVE-2, d \n')
    assert found == [Row("line 1", ["id", "text"]), Row("line 2", ["CVE-1", 'a, "b"\r\nc']), Row("line 5", ["CVE-2", "d"])]


@pytest.mark.parametrize(
    "broken", [b'CVE-2,"open', b'CVE-2,"a" b"', b"CVE-2,\xff", b'CVE-2,"' + b"x" * LONGEST_ROW + b'"'], ids=["open", "odd", "bytes", "long"]
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_broken_row_costs_only_itself(broken: bytes, place: int) -> None:
    good = [b"CVE-1,a", b"CVE-3,b"]
    found = read(b"\n".join([*good[:place], broken, *good[place:]]) + b"\n")
    assert [row.values for row in found if isinstance(row, Row)] == [["CVE-1", "a"], ["CVE-3", "b"]]
    assert [row.place for row in found if isinstance(row, Unread)] == [f"line {place + 1}"]


@given(st.binary(max_size=200))
def test_no_bytes_raise(body: bytes) -> None:
    assert all(isinstance(one, Row | Unread) for one in read(body))


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), min_size=1), min_size=2, max_size=4),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_is_read(table: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(["CVE-1", *row] for row in table)
    found = read(stream.getvalue().encode())
    assert [row.values for row in found if isinstance(row, Row)] == [["CVE-1", *(value.strip() for value in row)] for row in table]
