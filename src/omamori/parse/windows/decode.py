"""Bytes of Windows commands → text: UTF-8 and UTF-16 (with or without BOM), Japanese CP932, else the Western OEM page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uff65-\uff9f]+")
_SAMPLE = 4096
_PLAIN_HEAD = 16
_MIXED_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding it was read with, and whether every byte could be read."""

    text: str
    encoding: str
    whole: bool

    @property
    def lines(self) -> list[str]:
        """Lines without their ends; only line feeds and carriage returns end a line."""
        return self.plain.split("\n")

    @property
    def plain(self) -> str:
        """The text with a line feed at every line end."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in self.text else self.text


def decode(data: bytes) -> Decoded:
    """Read the bytes of a Windows command's output; never fails, wrong bytes become U+FFFD."""
    mixed = _mixed(data)
    if mixed is not None:
        return mixed
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _read(data[len(bom) :], encoding)
    start = _wide_tail(data)
    if start:
        tail = _read(data[start:], "utf-16-le")
        return Decoded(data[:start].decode("ascii") + tail.text, "utf-16-le", whole=tail.whole)
    wide = _wide(data)
    return _read(data, wide) if wide else _narrow(data)


def _narrow(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", whole=True)
    except UnicodeDecodeError:
        pass
    japanese = data.decode("cp932", "replace")
    if _looks_japanese(japanese):
        return Decoded(japanese, "cp932", whole="\ufffd" not in japanese)
    return Decoded(data.decode("cp850"), "cp850", whole=True)


def _read(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, whole="\ufffd" not in text)


def _mixed(data: bytes) -> Decoded | None:
    """Outputs of cmd and of PowerShell one behind the other in one file: lines without zeros that end in CR LF, between such of UTF-16.

    In UTF-16 a zero stands between CR and LF. None where a file is of one kind.
    """
    if len(data) > _MIXED_BYTES or b"\r\n" not in data or b"\0" not in data:
        return None
    parts: list[bytes] = []
    begun = at = 0
    for run in data.split(b"\0"):
        end = run.rfind(b"\r\n") + 2
        if end > 1 and (at == 0 or data[at - 2 : at] == b"\n\0"):
            parts += [data[begun:at], run[:end]]
            begun = at + end
        at += len(run) + 1
    parts.append(data[begun:])
    wide = [part.removeprefix(_BOMS[1][0]) for part in parts[::2]]
    read = [_part(part) for part in wide[:-1]] + [_part(wide[-1]) if b"\0" in wide[-1] else _narrow(wide[-1])]
    if len(parts) < 2 or any(part is None for part in read):
        return None
    found = [one for pair in zip_longest(read, map(_narrow, parts[1::2])) for one in pair if one is not None and one.text]
    return Decoded(
        "".join(one.text for one in found), "+".join(dict.fromkeys(one.encoding for one in found)), whole=all(one.whole for one in found)
    )


def _part(data: bytes) -> Decoded | None:
    """A part of a file read as UTF-16; None where it is none."""
    return _read(data, "utf-16-le") if not data or b"\r\0\n\0" in data or _wide(data) == "utf-16-le" else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of the ASCII in it is zero."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or sample.count(0) < len(sample) // 4:
        return None
    return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"


def _wide_tail(data: bytes) -> int | None:
    """Where UTF-16 begins behind a line of plain text: one program's message, then another program's output in one file."""
    start = data[:_SAMPLE].find(0) - 1
    plain = data[:start] if start >= _PLAIN_HEAD else b""
    return start if plain and plain.isascii() and plain.decode("ascii").isprintable() and _wide(data[start:]) == "utf-16-le" else None


def _looks_japanese(text: str) -> bool:
    """Western OEM bytes also form CP932 characters, but these are hardly ever kana or kanji."""
    foreign = "".join(_FOREIGN.findall(text))
    return bool(foreign) and (len(foreign) - len(_JAPANESE.sub("", foreign))) * 10 >= len(foreign) * 8
