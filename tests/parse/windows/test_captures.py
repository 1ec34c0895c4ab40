"""Real captures of other people's machines (`captures/*.tsv` says which and what they hold): rows, values and encodings.

A line of a table: file, form, counts (`listeners=30 connections=12`), three values (`listeners[0].port=135`) and more if
wanted, all read off the capture by eye, not off our output. `-` as form: the file holds nothing, and must give nothing.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.model.look import Parsed
from omamori.model.tables import table_of
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.decode import decode
from omamori.parse.windows.session import read_session

HERE = Path(__file__).parent / "captures"
DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "windows"
NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
TABLE = [
    tuple(line.split("\t"))
    for path in sorted(HERE.glob("*.tsv"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
ENCODINGS = ("cp932", "utf-8", "utf-8-sig", "utf-16-le", "utf-16")


def capture(file: str) -> bytes:
    path = DATA / file
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    return path.read_bytes()


def read(data: bytes) -> dict[str, Parsed]:
    session = read_session(data)
    return {piece.form: read_piece(piece, CONTEXT) for piece in session.pieces}


def value(parsed: Parsed, word: str) -> str:
    """`table[3].column` → its value as text."""
    table, index, column = re.fullmatch(r"(\w+)\[(\d+)\]\.(\w+)", word).groups()
    rows = [row for row in parsed.rows if table_of(row).name == table]
    return str(getattr(rows[int(index)], column))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_rows_and_values(row: tuple[str, ...]) -> None:
    file, form, counts, *values = row
    found = read(capture(file))
    if form == "-":
        assert found == {}
        return
    assert list(found) == [form]
    for word in counts.split():
        table, _, count = word.partition("=")
        assert sum(table_of(one).name == table for one in found[form].rows) == int(count), table
    assert len(values) >= 3
    for word in values:
        place, _, expected = word.partition("=")
        assert value(found[form], place) == expected, place


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
@settings(max_examples=5, deadline=None)
@given(encoding=st.sampled_from(ENCODINGS))
def test_the_same_rows_in_every_encoding(row: tuple[str, ...], encoding: str) -> None:
    data = capture(row[0])
    text = decode(data).text
    try:
        again = text.encode(encoding)
    except UnicodeEncodeError:
        return  # The code page of Japanese Windows has no such letters (ä, è): no Japanese Windows could have written them.
    assert read(again) == read(data)


def test_every_capture_of_windows_is_in_the_table() -> None:
    if not DATA.exists():
        pytest.skip(f"real captures are not here: {DATA}")
    there = {path.relative_to(DATA).as_posix() for pattern in ("jc/*/*.out", "wesng-validation/*_*.txt") for path in DATA.glob(pattern)}
    assert there - {row[0] for row in TABLE} == set()
