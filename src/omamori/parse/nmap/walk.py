"""Walks through a scan file with expat and goes on behind a damaged place, so that one bad host never loses the others.

Entities and document types with contents of their own are refused: nmap's files carry a bare `<!DOCTYPE nmaprun>` and no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol
from xml.parsers import expat

from omamori.model.text import Text
from omamori.parse.interface import EvidenceError

MAX_RESTARTS = 2_000
"""Damaged places and documents of one file that are gone behind."""

_MAX_DEPTH = 64
_INSIDE = b"<nmaprun>"
_NEXT = re.compile(rb"<\?xml\s|<nmaprun[\s>]|<host[\s>]|<runstats[\s>]")
_CUT_OFF = frozenset({"no element found", "unclosed token", "partial character", "unclosed CDATA section"})


class Listener(Protocol):
    """What is told of a file, in its order. Lines count from 1; `where` tells the present one."""

    where: Callable[[], int]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text inside an `elem`."""

    def broken(self, line: int, said: str, *, cut_off: bool) -> None:
        """The file is damaged here; what was open stays unfinished. What follows belongs to the same run unless a new one begins."""


class _Refused(Exception):
    """Something no scanner writes."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


def walk(data: bytes, listener: Listener) -> None:
    """Tell `listener` the elements of a scan file: one document, or several one after the other.

    In: UTF-8 (or what the XML declaration says). Raises EvidenceError where the file declares entities or its own document type.
    """
    view = memoryview(data)
    at = max(data.find(b"<"), 0)
    line = 1 + data.count(b"\n", 0, at)
    inside = False
    for _ in range(MAX_RESTARTS):
        one = _Part(listener, line, inside=inside)
        try:
            failed = one.feed(view[at:])
        except _Refused as error:
            raise EvidenceError(error.said) from error
        if failed is None:
            return
        until = at + max(failed, 0)
        # A piece that lacks its end is not begun anew at the same place.
        found = _NEXT.search(data, max(until + (one.said in _CUT_OFF), at + 1))
        if one.depth or not one.closed:
            listener.broken(one.line, one.said, cut_off=found is None and one.said in _CUT_OFF)
        if found is None:
            return
        line += data.count(b"\n", at, found.start())
        at = found.start()
        inside = found[0].startswith((b"<host", b"<runstats"))
    listener.broken(line, "too many damaged places", cut_off=False)


class _Part:
    """One uninterrupted piece of a file."""

    def __init__(self, listener: Listener, line: int, *, inside: bool) -> None:
        self.depth = 0
        self.closed = False
        self.said = ""
        self.line = line
        self._first = line - 1
        self._inside = inside
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = _entity
        if inside:
            parser.Parse(_INSIDE, False)
            self.depth = 1
        parser.StartElementHandler, parser.EndElementHandler = self._handlers(listener)
        listener.where = lambda: self._first + parser.CurrentLineNumber

    def feed(self, data: memoryview) -> int | None:
        """Parse; returns the offset in `data` where it cannot go on, None when it came to the end."""
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            self.said = expat.ErrorString(error.code) or "not well-formed"
        except (LookupError, UnicodeError, ValueError) as error:
            self.said = f"unknown encoding ({error})"
        else:
            return None
        self.line = self._first + self._parser.ErrorLineNumber
        return self._parser.ErrorByteIndex - (len(_INSIDE) if self._inside else 0)

    def _handlers(self, listener: Listener) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
        """Return what expat calls: as little as can be, for a large file has millions of elements."""
        parser, tell_start, tell_end, text = self._parser, listener.start, listener.end, listener.text

        def start(name: str, attributes: dict[str, str]) -> None:
            self.depth += 1
            if self.depth > _MAX_DEPTH:
                raise _Refused(
                    Text("要素の入れ子が深すぎます。nmapの出力ではありません", "elements nested too deep: this is not an output of nmap")
                )
            if name == "elem":  # nothing else holds text that is wanted, and a call for every line end costs
                parser.CharacterDataHandler = text
            tell_start(name, attributes)

        def end(name: str) -> None:
            self.depth -= 1
            self.closed = self.depth == 0
            if name == "elem":
                parser.CharacterDataHandler = None
            tell_end(name)

        return start, end

    def _doctype(self, name: str, _system: str | None, _public: str | None, has_contents: int) -> None:
        if has_contents or name != "nmaprun":
            raise _Refused(
                Text(
                    "XMLの中に独自の文書型の宣言があります。nmapは書かないもので、危険なため読みません。元のファイルを確かめてください",
                    "it declares a document type of its own, which nmap never writes and which can do harm: not read; check where it comes from",
                )
            )


def _entity(*_: object) -> None:
    raise _Refused(
        Text(
            "XMLの中に実体(ENTITY)の宣言があります。nmapは書かないもので、危険なため読みません。元のファイルを確かめてください",
            "it declares entities, which nmap never writes and which can do harm: not read; check where it comes from",
        )
    )
