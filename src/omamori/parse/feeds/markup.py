"""Reads the XML that publishers serve, record by record, as a stream: a damaged record never loses the others.

Document types and entities are refused: no feed needs them, and they can read files or fill the memory of who expands them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from omamori.model.text import Text
from omamori.parse.feeds.interface import FeedError

MAX_DEPTH = 64
MAX_NODES = 400_000
"""Elements of one record."""
MAX_CHARS = 16_000_000
"""Characters of one record, attributes included."""
MAX_RESTARTS = 2_000
"""Damaged places of one file that are gone behind."""

_CHUNK = 1 << 16
_OPEN = b"<feed>"
_LONGEST_TAG = 200
_LONGEST_SILENCE = 4 << 20
"""Bytes without an element's begin, end or text: a tag or comment longer than any publisher's."""
_CUT_OFF = frozenset({"no element found", "unclosed token", "partial character", "unclosed CDATA section"})


@dataclass(slots=True)
class Node:
    """An element: name and attributes without namespace prefixes, its own text, what is inside, and its line."""

    name: str
    attributes: dict[str, str]
    line: int
    pieces: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly inside, without white space around it."""
        return "".join(self.pieces).strip()

    def child(self, *path: str) -> Node | None:
        """Return the first element at a path of names below; None when there is none."""
        found: Node | None = self
        for name in path:
            found = next((one for one in found.children if one.name == name), None) if found is not None else None
        return found

    def all(self, *path: str) -> list[Node]:
        """Return every element at a path of names below."""
        found = [self]
        for name in path:
            found = [one for node in found for one in node.children if one.name == name]
        return found

    def said(self, *path: str) -> str:
        """Return the text of the first element at a path; empty when there is none."""
        found = self.child(*path)
        return found.text if found is not None else ""


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where the file is not well-formed; the record it lies in is lost."""

    line: int
    said: str


class _TooBig(Exception):
    """A record beyond every publisher's."""


def records(stream: BinaryIO, wanted: frozenset[str]) -> Iterator[Node | Damage]:
    """Yield every outermost element whose name is in `wanted`, in the file's order, and where the file is damaged.

    Raises FeedError for a document type, entities, nesting beyond 64 or an encoding that cannot be read. Memory: one record and one chunk.
    """
    again = re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?(?:" + b"|".join(sorted(name.encode() for name in wanted)) + rb")(?=[\s>/])")
    part = _Part(wanted, 0, inside=False)
    data, last, restarts = stream.read(_CHUNK), False, 0
    while True:
        last = not data
        failed = part.feed(data, last=last)
        yield from part.take()
        if failed is None:
            if last:
                return
            data = stream.read(_CHUNK)
            continue
        if not part.ended:
            yield Damage(part.line, part.said)
        restarts += 1
        rest, line = _skip(stream, data[failed:], again, part.line, 0 if part.between else 1)
        if not rest:
            return
        if restarts > MAX_RESTARTS:
            yield Damage(line, "too many damaged places")
            return
        part, data = _Part(wanted, line - 1, inside=True, encoding=part.encoding), rest


def _skip(stream: BinaryIO, data: bytes, again: re.Pattern[bytes], line: int, start: int) -> tuple[bytes, int]:
    """Return what begins with the next record, and its line; empty when none follows."""
    while True:
        found = again.search(data, start)
        if found is not None:
            return data[found.start() :], line + data.count(b"\n", 0, found.start())
        more = stream.read(_CHUNK)
        if not more:
            return b"", line
        kept = data[-_LONGEST_TAG:]
        line += data.count(b"\n", 0, len(data) - len(kept))
        data, start = kept + more, 0


class _Part:
    """One uninterrupted piece of a file."""

    def __init__(self, wanted: frozenset[str], before: int, *, inside: bool, encoding: str | None = None) -> None:
        self.said, self.line, self.encoding = "", before + 1, encoding
        self.ended = self.between = False
        self._wanted = wanted
        self._before = before
        self._stack: list[Node] = []
        self._depth = self._nodes = self._chars = self._told = self._silent = 0
        self._fed = 0
        self._ready: deque[Node] = deque()
        self._parser = parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
        parser.XmlDeclHandler = self._declared
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        self._inside = inside
        if inside:
            parser.Parse(_OPEN, False)
            self._fed = len(_OPEN)

    def take(self) -> Iterator[Node]:
        """Yield the records that are whole."""
        while self._ready:
            yield self._ready.popleft()

    def feed(self, data: bytes, *, last: bool) -> int | None:
        """Parse; returns the offset in `data` where it cannot go on, None when it can."""
        told = self._told
        try:
            self._parser.Parse(data, last)
            # An unfinished tag is read anew with every chunk: one without end would take time without end.
            self._silent = 0 if self._told != told else self._silent + len(data)
            if self._silent > _LONGEST_SILENCE:
                raise _TooBig
        except expat.ExpatError as error:
            self.said = expat.ErrorString(error.code) or "not well-formed"
            at, line = self._parser.ErrorByteIndex, self._parser.ErrorLineNumber
        except _TooBig:
            self.said = "a record larger than any publisher's"
            at, line = max(self._parser.CurrentByteIndex, self._fed + len(data) if self._silent else 0), self._parser.CurrentLineNumber
        except (LookupError, UnicodeError, ValueError) as error:
            raise FeedError(
                Text(
                    f"文字コードを読めません（{error}）。UTF-8で保存されたものを使ってください",
                    f"unknown encoding ({error}): use the file as UTF-8",
                )
            ) from error
        else:
            self._fed += len(data)
            return None
        self.line = self._before + line
        # What follows a record in a piece begun anew closes elements that were opened before it.
        self.between = not self._inside and not self._stack
        self.ended = self._inside and self._depth == 1 and self.said in ("mismatched tag", *_CUT_OFF)
        return min(max(at - self._fed, 0), len(data))

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = encoding or self.encoding

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._told += 1
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FeedError(
                Text("要素の入れ子が深すぎます。公表元のファイルではありません", "elements nested too deep: this is not a publisher's file")
            )
        name = name.rpartition(":")[2]
        if not self._stack:
            if name not in self._wanted:
                return
            self._nodes = self._chars = 0
        self._nodes += 1
        node = Node(
            name, {key.rpartition(":")[2]: value for key, value in attributes.items()}, self._before + self._parser.CurrentLineNumber
        )
        self._chars += sum(map(len, attributes.values()))
        if self._nodes > MAX_NODES or self._chars > MAX_CHARS:
            raise _TooBig
        if self._stack:
            self._stack[-1].children.append(node)
        self._stack.append(node)

    def _end(self, _name: str) -> None:
        self._told += 1
        self._depth -= 1
        if self._stack:
            node = self._stack.pop()
            if not self._stack:
                self._ready.append(node)

    def _text(self, text: str) -> None:
        self._told += 1
        if self._stack:
            self._chars += len(text)
            if self._chars > MAX_CHARS:
                raise _TooBig
            self._stack[-1].pieces.append(text)


def _refuse(*_: object) -> None:
    raise FeedError(
        Text(
            "XMLの中に文書型か実体(ENTITY)の宣言があります。公表元は書かないもので、危険なため読みません。入手元を確かめてください",
            "it declares a document type or entities, which no publisher writes and which can do harm: not read; check where it comes from",
        )
    )
