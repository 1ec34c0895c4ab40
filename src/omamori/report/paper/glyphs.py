"""Which characters a font file can show: its `cmap` table, read without a library.

Typst leaves a box where a font lacks a character and says nothing. So it is asked before, and what the font lacks is written as its number.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

_WANTED = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of the tables of Unicode characters, the widest first. Source: OpenType specification, `cmap`."""
_LAST = 0x10FFFF
_LARGEST = 8_000_000
"""Bytes; no font's table is larger, a harmed file may say so."""


def characters_of(path: Path, index: int = 0) -> frozenset[str]:
    """Return the characters the font at `path` has; `index` is its place in a collection (.ttc).

    Raises OSError when the file cannot be read, ValueError when it is no font this reads.
    """
    with path.open("rb") as file:
        try:
            return _characters(_cmap(file, index))
        except (struct.error, IndexError) as error:
            raise ValueError(f"{path.name}: {error}") from error


def _cmap(file: BinaryIO, index: int) -> bytes:
    start = 0
    if file.read(4) == b"ttcf":
        file.seek(12 + 4 * index)
        (start,) = struct.unpack(">I", file.read(4))
    file.seek(start + 4)
    (count,) = struct.unpack(">H", file.read(2))
    file.seek(start + 12)
    for _ in range(count):
        tag, _, offset, length = struct.unpack(">4sIII", file.read(16))
        if tag == b"cmap":
            file.seek(offset)
            return file.read(min(length, _LARGEST))
    raise ValueError("no table of characters")


def _characters(table: bytes) -> frozenset[str]:
    (count,) = struct.unpack_from(">H", table, 2)
    offsets: dict[tuple[int, int], int] = {}
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * number)
        offsets[(platform, encoding)] = offset
    for kind in _WANTED:
        if kind in offsets:
            start = offsets[kind]
            (form,) = struct.unpack_from(">H", table, start)
            if form == 12:
                return _segments(table, start)
            if form == 4:
                return _ranges(table, start)
    raise ValueError("no table of Unicode characters")


def _segments(table: bytes, start: int) -> frozenset[str]:
    """Format 12: groups of first character, last character, first glyph."""
    (count,) = struct.unpack_from(">I", table, start + 12)
    found: set[int] = set()
    for first, last, glyph in struct.iter_unpack(">III", table[start + 16 : start + 16 + 12 * count]):
        # Glyph 0 is the box for "not there".
        found.update(range(first + (glyph == 0), min(last, _LAST) + 1))
    return frozenset(chr(code) for code in found)


def _ranges(table: bytes, start: int) -> frozenset[str]:
    """Format 4: four parallel lists of last characters, first characters, differences and places of glyphs."""
    (twice,) = struct.unpack_from(">H", table, start + 6)
    count = twice // 2
    lasts = struct.unpack_from(f">{count}H", table, start + 14)
    firsts = struct.unpack_from(f">{count}H", table, start + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", table, start + 16 + 2 * twice)
    places = start + 16 + 3 * twice
    offsets = struct.unpack_from(f">{count}H", table, places)
    found = set()
    for number, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", table, places + 2 * number + offset + 2 * (code - first))
            if (glyph + delta) % 0x10000 if glyph or not offset else 0:
                found.add(chr(code))
    return frozenset(found)
