"""A window that moves over the text of a huge JSON document: at most one record and a chunk of it are held at a time.

Source of the grammar: RFC 8259. Three liberties: control characters inside strings are taken as they are, a byte order mark (UTF-8 or
UTF-16, as Windows tools write) is skipped, and bytes that are not UTF-8 spoil only the record they stand in.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable
from typing import Any, BinaryIO, NoReturn

CHUNK = 1 << 20
_BLANK = re.compile(r"[ \t\n\r]*")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEAR_END = 16
"""Characters before the end of the window in which a word or number may be cut (`-Infinity`, `\\u1234`)."""


class BadValue(Exception):
    """A value cannot be read: what was expected, and the place in the window up to which it was read.

    `whole`: it is JSON, and only what it says is refused, so that it ends at `stopped`.
    """

    def __init__(self, reason: str, stopped: int, whole: bool = False) -> None:
        """Keep the reason and the place."""
        self.reason = reason
        self.stopped = stopped
        self.whole = whole
        super().__init__(reason)


class _Refused(ValueError):
    """A value that JSON does not know, or that says two things."""


def _constant(word: str) -> NoReturn:
    raise _Refused(f"expected a number, found {word}")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for number, name in enumerate(names) if name in names[:number])
        raise _Refused(f"the name {twice[:80]!a} stands twice in one object")
    return found


_DECODER = json.JSONDecoder(strict=False, parse_constant=_constant, object_pairs_hook=_object)
"""Holds nothing between two values."""
_LENIENT = json.JSONDecoder(strict=False, parse_constant=len, parse_int=len, parse_float=len)
"""Only finds where a value ends."""
_MUCH = 64 << 10
_DEEP = 16 << 10
"""Characters that reading something nested too deeply counts for."""


class Window:
    """The text around the place being read; `at` is that place in `text`. `limit`: most characters one value may have.

    `held`: a place to come back to; nothing from there on is let go of (None: nothing before `at` is kept). `before`: characters let go of.
    """

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        """Open the window at the beginning of `stream`; OSError and the errors of a compressed stream pass through."""
        self.text = ""
        self.at = 0
        self.before = 0
        self.ended = False
        self.held: int | None = None
        self._stream = stream
        self._limit = limit
        self._unclean = False
        beginning = stream.read(CHUNK)
        codec = "utf-16" if beginning[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        self._decode: Callable[[bytes, bool], str] = codecs.getincrementaldecoder(codec)(
            "surrogateescape" if codec == "utf-8-sig" else "replace"
        ).decode
        self._take(beginning)

    def more(self) -> bool:
        """Read a chunk more and let go of what lies before `at`; False when there is no more or a value has grown over the limit."""
        if self.ended or len(self.text) - (self.at if self.held is None else self.held) > self._limit:
            return False
        self._take(self._stream.read(max(CHUNK, len(self.text) - self.at)))
        return True

    def let_go(self) -> None:
        """Let go of what lies before `at`, when it is much: making an error takes as long as that is, and after damage there are many."""
        if self.held is None and self.at > _MUCH:
            self.before += self.at
            self.text = self.text[self.at :]
            self.at = 0

    def _take(self, chunk: bytes) -> None:
        self.ended = not chunk
        text = self._decode(chunk, self.ended)
        keep = self.at if self.held is None else self.held
        self.before += keep
        self.text = self.text[keep:] + text
        self.at -= keep
        self.held = None if self.held is None else 0
        self._unclean = _SURROGATE_ESCAPE.search(self.text) is not None or (
            not self.text.isascii() and _SURROGATE.search(self.text) is not None
        )

    def peek(self) -> str:
        """Go to the next character that is not blank and return it; empty at the end of the file."""
        while True:
            found = _BLANK.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def pass_over(self, mark: str) -> None:
        """Go past one punctuation mark; BadValue when something else stands there."""
        found = self.peek()
        if found != mark:
            raise BadValue(self.said(f"expected {mark!a}" if found else "the file ends too early", self.at), self.at)
        self.at += 1

    def value(self) -> Any:
        """Read the value that begins at the next character and go past it; BadValue when it cannot be read (`at` stays)."""
        self.peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                cut = self._is_cut(error)
                if cut and self.more():
                    continue
                raise self._bad(error.msg, error.pos, cut) from error
            except RecursionError:
                raise BadValue(self.said("nested too deeply", self.at), min(len(self.text), self.at + _DEEP)) from None
            except ValueError as error:
                ended = self._end_of_refused()
                if ended is None and self.more():
                    continue
                stopped = ended or len(self.text)
                raise BadValue(self.said(str(error)[:200], self.at), stopped, whole=stopped < len(self.text)) from error
            if end >= len(self.text) and self.more():
                continue
            if self._unclean and not _is_unicode(found):
                raise BadValue(self.said("expected text in Unicode (UTF-8)", self.at), end, whole=True)
            self.at = end
            return found

    def _end_of_refused(self) -> int | None:
        """Where a value ends that says what is refused; the end of the window when it is broken besides, None when it is cut there."""
        try:
            end = _LENIENT.raw_decode(self.text, self.at)[1]
        except json.JSONDecodeError as error:
            return None if self._is_cut(error) else len(self.text)
        except RecursionError:
            return len(self.text)
        return end if end < len(self.text) or self.ended else None

    def _is_cut(self, error: json.JSONDecodeError) -> bool:
        return error.pos >= len(self.text) - _NEAR_END or error.msg.startswith("Unterminated string")

    def _bad(self, message: str, position: int, cut: bool) -> BadValue:
        if cut and not self.ended:
            return BadValue(self.said(f"longer than {self._limit:,} characters, or a text without an end", self.at), len(self.text))
        if cut:
            return BadValue(self.said("the file ends too early", position), len(self.text))
        return BadValue(self.said(f"not JSON: {message}", position), position)

    def said(self, what: str, position: int) -> str:
        """Return what is wrong, with the place in the file in characters."""
        return f"{what} (character {self.before + position:,} of the file)"


def _is_unicode(value: Any) -> bool:
    """Whether every text inside can be written as UTF-8."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            if not one.isascii() and _SURROGATE.search(one):
                return False
        elif isinstance(one, dict):
            left.extend(one)
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)
    return True
