"""Make a PNG small: at most 256 colours, the most used ones, so that a picture of a page does not weigh the repository down.

Reads what Chromium writes (8 bits, RGB or RGBA, not interlaced); transparency is dropped. Standard library only.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def shrink(path: Path) -> None:
    """Write the picture anew with at most 256 colours. ValueError where its form is another."""
    width, height, depth, packed = _read(path.read_bytes())
    pixels = [
        tuple(line[place : place + 3])
        for line in _lines(zlib.decompress(packed), width, height, depth)
        for place in range(0, len(line), depth)
    ]
    colours = Counter(pixels)
    palette = [colour for colour, _ in colours.most_common(256)]
    nearest = {colour: place for place, colour in enumerate(palette)}
    for colour in colours:
        if colour not in nearest:
            nearest[colour] = min(
                range(len(palette)), key=lambda place: sum((a - b) ** 2 for a, b in zip(palette[place], colour, strict=True))
            )
    data = b"".join(b"\0" + bytes(nearest[colour] for colour in pixels[row * width : (row + 1) * width]) for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", bytes(value for colour in palette for value in colour)),
        (b"IDAT", zlib.compress(data, 9)),
        (b"IEND", b""),
    )
    path.write_bytes(_SIGNATURE + b"".join(_chunk(kind, content) for kind, content in parts))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _read(data: bytes) -> tuple[int, int, int, bytes]:
    if not data.startswith(_SIGNATURE):
        raise ValueError("no PNG")
    place, packed, shape = len(_SIGNATURE), b"", (0, 0, 0)
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", content)
            if bits != 8 or colour not in (2, 6) or interlaced:
                raise ValueError("a PNG of another form")
            shape = (width, height, 3 if colour == 2 else 4)
        packed += content if kind == b"IDAT" else b""
        place += 12 + length
    return *shape, packed


def _lines(data: bytes, width: int, height: int, depth: int) -> Iterator[bytes]:
    """Yield the lines with their filters undone (PNG specification, 9.2)."""
    length = width * depth
    before = bytearray(length)
    for row in range(height):
        start = row * (length + 1)
        kind, line = data[start], bytearray(data[start + 1 : start + 1 + length])
        for place in range(length):
            left = line[place - depth] if place >= depth else 0
            up, corner = before[place], before[place - depth] if place >= depth else 0
            if kind == 1:
                add = left
            elif kind == 2:
                add = up
            elif kind == 3:
                add = (left + up) // 2
            elif kind == 4:
                add = _paeth(left, up, corner)
            else:
                break
            line[place] = (line[place] + add) & 255
        before = line
        yield bytes(line)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    near, above, across = abs(guess - left), abs(guess - up), abs(guess - corner)
    return left if near <= above and near <= across else up if above <= across else corner
