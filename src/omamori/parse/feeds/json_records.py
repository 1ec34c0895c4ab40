"""Streaming reader of feed records: huge JSON documents, one record after another, whatever is broken between them.

    for found in records(stream, ("CVE_Items",)):
        match found:
            case Record(place, value, name):  # place "CVE_Items[12]"; value: dict, list, str, int, float, bool, None
            case Aside(name, value):          # a plain value beside the list: "timestamp", "2024-01-31T…"
            case Unread():                    # one record that could not be read, or the file's damage
                yield found.broken("nvd", file)

`records(stream, path)`: the elements of the array, or the members of the object, at that path of names; `()` is the document itself.
For members `name` is the member's name (Debian's tracker: the package). `lines(stream)`: JSON lines, places `line 3`.
`document(stream)`: one small document. Nothing raises for what the bytes hold; errors of the stream itself (OSError, a damaged gzip)
pass through to whoever opened it.

Bounds: a record has at most `limit` characters (16 Mi), and memory is about that much; nesting deeper than the interpreter's recursion
limit is refused. A record with a name that stands twice, NaN or Infinity, or text that is not Unicode is not believed: it is told and left
out. After a broken record the reading goes on at the next place that begins like a record, decodes, and has the names of a record.
"""

from __future__ import annotations

import io
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from omamori.model.facts import Broken
from omamori.parse.feeds.json_resume import LONGEST_OPENING, Resume, member_name
from omamori.parse.feeds.json_window import CHUNK, BadValue, Window

LIMIT = 16 << 20
"""Most characters of one record."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record, where it stands, and its name where it is a member of an object."""

    place: str
    value: Any
    name: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """A plain value beside the records: the file's own date, number of entries, version."""

    name: str
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A record, or a part of the file, that could not be read, and what was expected there."""

    place: str
    reason: str

    def broken(self, feed: str, file: str) -> Broken:
        """Return it as a row of the pack."""
        return Broken(feed=feed, file=file, place=self.place, reason=self.reason)


Found = Record | Aside | Unread


def records(stream: BinaryIO, path: tuple[str, ...], limit: int = LIMIT) -> Iterator[Found]:
    """Yield the records at `path` of one document, what stands beside them, and what could not be read; nothing raises."""
    window = Window(stream, limit)
    if not window.peek():
        yield Unread("beginning", "the file is empty")
        return
    reached = yield from _walk(window, path, "")
    if reached is None:
        yield Unread(_joined("", path) or "beginning", f"expected a list or an object at {'.'.join(path) or 'the beginning'}")
    elif not reached.resume.lost and window.peek():
        yield Unread("end", window.said("expected the end of the file", window.at))
        yield from _elements(window, reached)


@dataclass(slots=True)
class _List:
    """The list being read: where it stands in the file, how many records were seen."""

    place: str
    resume: Resume
    count: int = 0


def lines(stream: BinaryIO, limit: int = LIMIT) -> Iterator[Record | Unread]:
    """Yield the records of JSON lines; empty lines are passed over; nothing raises."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        place = f"line {number}"
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(CHUNK)
            yield Unread(place, f"longer than {limit:,} bytes")
            continue
        if line.strip():
            yield _alone(Window(io.BytesIO(line), limit), place)


def document(stream: BinaryIO, limit: int = LIMIT) -> Record | Unread:
    """Return a whole small document as one record with the place `document`; nothing raises."""
    return _alone(Window(stream, limit), "document")


def _alone(window: Window, place: str) -> Record | Unread:
    try:
        value = window.value()
    except BadValue as bad:
        return Unread(place, bad.reason)
    return Unread(place, window.said("expected nothing more", window.at)) if window.peek() else Record(place, value)


def _joined(place: str, names: tuple[str, ...]) -> str:
    return ".".join((*([place] if place else []), *names))


def _walk(window: Window, path: tuple[str, ...], place: str) -> Generator[Found, None, _List | None]:
    """Go down to the path, and past its end. The generator's value: the list, None when there is none."""
    opened = window.peek()
    if not path:
        return (yield from _opened(window, place)) if opened in ("[", "{") else None
    if opened != "{":
        return None
    window.at += 1
    reached: _List | None = None
    while (mark := window.peek()) != "}":
        if mark == ",":
            window.at += 1
            continue
        name = ""
        try:
            name = member_name(window)
            if name == path[0] and (below := (yield from _walk(window, path[1:], _joined(place, (name,))))):
                reached = below
            elif window.peek() in ("[", "{"):
                window.value()
            else:
                yield Aside(_joined(place, (name,)), window.value())
        except BadValue as bad:
            yield Unread(_joined(place, (name,)) or "beginning", bad.reason)
            return (yield from _elements(window, reached)) if reached else (yield from _search(window, path, place))
        if reached and reached.resume.lost:
            return reached
    window.at += 1
    return reached


def _search(window: Window, path: tuple[str, ...], place: str) -> Generator[Found, None, _List]:
    """Look for the records by the name of their list alone, where what stands before it is broken."""
    name = re.compile(f'"{re.escape(path[-1])}"[ \\t\\n\\r]{{0,50}}:[ \\t\\n\\r]{{0,50}}(?=[\\[{{])')
    while (found := name.search(window.text, window.at)) is None:
        window.at = max(window.at, len(window.text) - LONGEST_OPENING)
        if not window.more():
            return _List(place, Resume(named=False, lost=True))
    window.at = found.end()
    return (yield from _opened(window, _joined(place, path), lost=True))


def _opened(window: Window, place: str, lost: bool = False) -> Generator[Found, None, _List]:
    """Yield the elements of the array, or the members of the object, that begins here."""
    named = window.text[window.at] == "{"
    window.at += 1
    return (yield from _elements(window, _List(place, Resume(named, lost))))


def _elements(window: Window, found: _List) -> Generator[Found, None, _List]:
    """Yield the elements from here on; after damage also those behind the end of the list, as long as they look like the others."""
    for one in found.resume.each(window):
        if isinstance(one, str):
            yield Unread(f"{found.place} member {found.count + 1}".strip() if found.resume.named else f"{found.place}[{found.count}]", one)
        else:
            name, value = one
            yield Record(_joined(found.place, (name,)) if found.resume.named else f"{found.place}[{found.count}]", value, name)
        found.count += 1
    return found
