"""The bytes of a scan file as UTF-8 text: unpacked where they came as gzip, turned where PowerShell wrote UTF-16."""

from __future__ import annotations

import codecs
import zlib

from omamori.model.text import Text
from omamori.parse.interface import EvidenceError

MAX_PLAIN_BYTES = 256 * 1024 * 1024
"""A packed file that grows beyond this is not read."""

_GZIP = b"\x1f\x8b"
_MORE = 1024 * 1024
_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def plain(data: bytes) -> bytes:
    """Return a whole scan file as UTF-8. A gzip that was cut off or damaged gives what could be unpacked.

    Raises EvidenceError where it unpacks to more than `MAX_PLAIN_BYTES`.
    """
    return _as_utf8(_unpacked(data, MAX_PLAIN_BYTES) if data.startswith(_GZIP) else data)


def plain_head(head: bytes, limit: int = 16 * 1024) -> bytes:
    """Return the beginning of a scan file as UTF-8. In: the first bytes of the file."""
    return _as_utf8(_unpacked(head, limit, whole=False) if head.startswith(_GZIP) else head[:limit])


def _unpacked(data: bytes, limit: int, *, whole: bool = True) -> bytes:
    parts: list[bytes] = []
    size = 0
    rest = data
    while rest.startswith(_GZIP) and size <= limit:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            while not unpacker.eof and size <= limit:
                part = unpacker.decompress(rest, min(_MORE, limit + 1 - size))
                parts.append(part)
                size += len(part)
                rest = unpacker.unconsumed_tail
                if not part and not rest:
                    break
            rest = unpacker.unused_data
        except zlib.error:
            break
        if not unpacker.eof:
            break
    if whole and size > limit:
        megabytes = limit // 1024**2
        raise EvidenceError(
            Text(
                f"gzipを開くと {megabytes} MB を超えます。開いてから、調べた範囲ごとに分けて取り込んでください",
                f"the gzip unpacks to over {megabytes} MB: unpack it and import it in parts",
            )
        )
    return b"".join(parts)[:limit]


def _as_utf8(data: bytes) -> bytes:
    for mark, codec in _UTF16:
        if data.startswith(mark):
            return data[2:].decode(codec, "replace").encode()
    return data.removeprefix(codecs.BOM_UTF8)
