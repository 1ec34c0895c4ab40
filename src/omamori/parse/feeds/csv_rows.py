"""Streaming reader of CSV feeds (RFC 4180): a row with a quotation mark too few is told, and the reading goes on at the next row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from omamori.parse.feeds.json_records import Unread

LONGEST_ROW = 128 << 10
"""Most bytes of a row; the csv module takes no longer field either."""


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one row and where it begins."""

    place: str
    values: list[str]


def rows(stream: BinaryIO, beginning: re.Pattern[bytes]) -> Iterator[Row | Unread]:
    """Yield every row of a file in UTF-8; nothing raises.

    `beginning` matches how a row begins: where a row with an open quotation mark is followed by such a line, the mark was an error.
    """
    number = 0
    held, first = b"", 1
    while line := stream.readline(LONGEST_ROW + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if held and (beginning.match(line) or len(held) + len(line) > LONGEST_ROW):
            yield Unread(f"line {first}", "expected a quotation mark at the end of a text")
            held = b""
        first = first if held else number
        held += line
        if len(held) > LONGEST_ROW:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_ROW)
            yield Unread(f"line {first}", f"longer than {LONGEST_ROW:,} bytes")
            held = b""
        elif held.count(b'"') % 2 == 0:
            if held.strip():
                yield _row(held, first)
            held = b""
    if held:
        yield Unread(f"line {first}", "expected a quotation mark at the end of a text")


def _row(held: bytes, number: int) -> Row | Unread:
    try:
        found = list(csv.reader([held.decode("utf-8")], strict=True))
    except UnicodeDecodeError:
        return Unread(f"line {number}", "expected text in Unicode (UTF-8)")
    except csv.Error as error:
        return Unread(f"line {number}", f"not CSV: {error}")
    return Row(f"line {number}", [value.strip() for value in found[0]]) if len(found) == 1 else Unread(f"line {number}", "expected one row")
