"""Reads the files of a borg 1.x repository: segments, the index, the hints. Pure; every byte may come from an attacker.

Source: borg documentation, "Data structures and file formats" (segments, index, hints). All numbers are little endian.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import IO, Any

MAGIC = b"BORG_SEG"
PUT, DELETE, COMMIT = 0, 1, 2
MANIFEST = bytes(32)
LARGEST = 20 * 1024 * 1024 + 41
"""Bytes of the largest entry: 20 MiB of data with its header; older versions wrote none that was larger but for manifests."""
_HEADER = struct.Struct("<IIB")
_PUT_HEADER = struct.Struct("<IIB32s")
_INDEX_HEADER = struct.Struct("<8siibb")
_BUCKET = struct.Struct("<32sII")
_UNUSED = 0xFFFFFFFE
"""This and the number above it in the place of a segment mark a deleted and an empty bucket."""
_COMMITTED = _HEADER.pack(zlib.crc32(struct.pack("<IB", 9, COMMIT)), 9, COMMIT)
_CHUNK = 1024 * 1024
_DEEPEST = 32
_MOST_SEGMENTS = 4_000_000
"""Segments of half a gigabyte each."""


class DamagedError(ValueError):
    """The bytes are not what borg writes; `detail` is one of `Damage.detail`, `offset` where reading on became impossible."""

    def __init__(self, detail: str, offset: int) -> None:
        """Keep what is wrong and where."""
        super().__init__(f"{detail} at {offset}")
        self.detail, self.offset = detail, offset


@dataclass(frozen=True, slots=True)
class Object:
    """An entry of a segment: its tag, its key (None for a commit), where it begins, its size with the header."""

    tag: int
    key: bytes | None
    offset: int
    size: int


def read_segment(file: IO[bytes]) -> Iterator[Object]:
    """Yield the entries of a segment after comparing each with its checksum (CRC-32). DamagedError at the first one that is wrong.

    The file is read from its beginning to its last byte, once and in pieces.
    """
    if (magic := file.read(len(MAGIC))) != MAGIC:
        raise DamagedError("cut-short" if len(magic) < len(MAGIC) and MAGIC.startswith(magic) else "altered", 0)
    offset = len(MAGIC)
    while header := file.read(_HEADER.size):
        found = _object(file, header, offset)
        yield found
        offset += found.size


def object_at(file: IO[bytes], offset: int, key: bytes) -> bool:
    """Whether an undamaged entry that puts this key begins at an offset."""
    file.seek(offset)
    try:
        found = _object(file, file.read(_HEADER.size), offset)
    except DamagedError:
        return False
    return found.tag == PUT and found.key == key


def headers(file: IO[bytes]) -> Iterator[Object]:
    """Yield the entries of a segment without reading their data or comparing anything; ends where it makes no sense any more."""
    if file.read(len(MAGIC)) != MAGIC:
        return
    offset = len(MAGIC)
    while len(header := file.read(_PUT_HEADER.size)) >= _HEADER.size:
        _, size, tag = _HEADER.unpack_from(header)
        if not _HEADER.size <= size <= LARGEST or tag > COMMIT or (tag != COMMIT and size < _PUT_HEADER.size):
            return
        yield Object(tag, header[_HEADER.size :] if tag != COMMIT else None, offset, size)
        offset += size
        file.seek(offset)


def is_committed(tail: bytes) -> bool:
    """Whether a segment with these last bytes ends with a commit: what was written until there counts."""
    return tail.endswith(_COMMITTED)


def read_index(file: IO[bytes], segments: Collection[int]) -> Iterator[tuple[int, int, bytes]]:
    """Yield (segment, offset, key) of every entry of `index.N` that lies in one of the segments. DamagedError when it is no index."""
    head = file.read(_INDEX_HEADER.size)
    if len(head) != _INDEX_HEADER.size:
        raise DamagedError("cut-short", 0)
    magic, _, buckets, key_size, value_size = _INDEX_HEADER.unpack(head)
    if magic != b"BORG_IDX" or key_size != 32 or value_size != 8 or buckets < 0:
        raise DamagedError("altered", 0)
    wanted = frozenset(segments)
    left = buckets * _BUCKET.size
    while left:
        block = file.read(min(left, _BUCKET.size * 32768))
        if not block or len(block) % _BUCKET.size:
            raise DamagedError("cut-short", buckets * _BUCKET.size - left)
        left -= len(block)
        for key, segment, offset in _BUCKET.iter_unpack(block):
            if segment in wanted and segment < _UNUSED:
                yield segment, offset, key


def read_hints(data: bytes) -> dict[int, int] | None:
    """Return how many entries in use each segment has, from `hints.N`; None when they cannot be read."""
    try:
        read, _ = _unpack(data, 0, 0)
    except (DamagedError, ValueError, IndexError, struct.error, TypeError):
        return None
    segments = read.get(b"segments") if isinstance(read, dict) else None
    if not isinstance(segments, dict):
        return None
    return {number: used for number, used in segments.items() if isinstance(number, int) and isinstance(used, int) and number >= 0}


def _object(file: IO[bytes], header: bytes, offset: int) -> Object:
    if len(header) < _HEADER.size:
        raise DamagedError("cut-short", offset)
    checksum, size, tag = _HEADER.unpack(header)
    if not _HEADER.size <= size <= LARGEST or tag > COMMIT:
        raise DamagedError("altered", offset)
    left = size - _HEADER.size
    if (tag == COMMIT) != (left == 0) or (tag == DELETE and left != 32) or (tag == PUT and left < 32):
        raise DamagedError("altered", offset)
    running = zlib.crc32(header[4:])
    key = None
    if tag != COMMIT:
        key = file.read(32)
        running = zlib.crc32(key, running)
        left -= len(key)
    while left:
        piece = file.read(min(left, _CHUNK))
        if not piece:
            raise DamagedError("cut-short", offset)
        running = zlib.crc32(piece, running)
        left -= len(piece)
    if running != checksum:
        raise DamagedError("altered", offset)
    return Object(tag, key, offset, size)


def _unpack(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    """Read one value of msgpack (its specification, as far as hints use it) and return it with the place after it."""
    if depth > _DEEPEST:
        raise DamagedError("altered", at)
    first = data[at]
    at += 1
    if first <= 0x7F or first >= 0xE0:
        return (first if first <= 0x7F else first - 256), at
    if first <= 0x8F:
        return _unpack_map(data, at, first & 0x0F, depth)
    if first <= 0x9F:
        return _unpack_list(data, at, first & 0x0F, depth)
    if first <= 0xBF:
        return _take(data, at, first & 0x1F)
    simple = {0xC0: None, 0xC2: False, 0xC3: True}
    if first in simple:
        return simple[first], at
    numbers = {0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q", 0xD0: ">b", 0xD1: ">h", 0xD2: ">i", 0xD3: ">q", 0xCA: ">f", 0xCB: ">d"}
    if first in numbers:
        kind = struct.Struct(numbers[first])
        return kind.unpack_from(data, at)[0], at + kind.size
    lengths = {0xC4: ">B", 0xC5: ">H", 0xC6: ">I", 0xD9: ">B", 0xDA: ">H", 0xDB: ">I", 0xDC: ">H", 0xDD: ">I", 0xDE: ">H", 0xDF: ">I"}
    if first not in lengths:
        raise DamagedError("altered", at)
    kind = struct.Struct(lengths[first])
    (length,) = kind.unpack_from(data, at)
    at += kind.size
    if first in (0xDE, 0xDF):
        return _unpack_map(data, at, length, depth)
    if first in (0xDC, 0xDD):
        return _unpack_list(data, at, length, depth)
    return _take(data, at, length)


def _unpack_map(data: bytes, at: int, count: int, depth: int) -> tuple[dict[Any, Any], int]:
    """Keep only what is asked for, the numbers of the segments: a hostile file could hold anything else by the million."""
    found: dict[Any, Any] = {}
    for _ in range(count):
        key, at = _unpack(data, at, depth + 1)
        value, at = _unpack(data, at, depth + 1)
        if key == b"segments" if depth == 0 else isinstance(key, int) and isinstance(value, int):
            found[key] = value
            if len(found) > _MOST_SEGMENTS:
                raise DamagedError("altered", at)
    return found, at


def _unpack_list(data: bytes, at: int, count: int, depth: int) -> tuple[list[Any], int]:
    for _ in range(count):
        _, at = _unpack(data, at, depth + 1)
    return [], at


def _take(data: bytes, at: int, length: int) -> tuple[bytes, int]:
    if at + length > len(data):
        raise DamagedError("cut-short", at)
    return data[at : at + length], at + length
