"""Finds the next good record after a broken one in a huge JSON document.

Nobody can parse past damage, so it is done by likeness: records of one file begin with the same characters (`{"cveID"`, with the file's own
line breaks and indentation), have the same names inside, and are followed by a comma or the end of their list.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Set
from typing import Any

from omamori.parse.feeds.json_window import BadValue, Window

LONGEST_OPENING = 1000
"""Characters kept at the end of the window, so that an opening which is cut there is found."""
_OBJECT_OPENING = re.compile(r'\{[ \t\n\r]{0,100}"[^"\\]{0,200}"')
_MEMBER_OPENING = re.compile(r'"(?:[^"\\]|\\.){0,300}"([ \t\n\r]{0,50}:[ \t\n\r]{0,50}[\[{]?[ \t\n\r]{0,100})')
_BLANK_BEFORE = re.compile(r"[,{]([ \t\n\r]{0,100})\Z")
_MOST_OPENINGS = 8
_MOST_COMPARED = 8
_MOST_SHAPES = 8
_MOST_TRIED = 64 << 20
"""Characters that may be read in vain; when there were more, and more than `_TRIED_EACH` for every one of the file, windows are given up."""
_TRIED_EACH = 4

Named = tuple[str, Any]
"""The member's name (empty in an array) and the value."""

_Shape = tuple[frozenset[str], frozenset[str]]


def member_name(window: Window) -> str:
    """Read the name of a member and its colon; BadValue when there is none."""
    window.peek()
    started = window.at
    name = window.value()
    if not isinstance(name, str):
        raise BadValue(window.said("expected a name in quotation marks", window.at), max(window.at, started))
    window.pass_over(":")
    return name


class Resume:
    """What is known of the records of one list, or of the members of one object.

    `lost`: a place was damaged, so that a closing bracket need not be the list's own. `whole`: the list ended with its bracket.
    """

    def __init__(self, named: bool, lost: bool = False) -> None:
        """`named`: members of an object instead of elements of an array."""
        self.lost = lost
        self.whole = False
        self.named = named
        self._openings: dict[str, None] = {}
        self._pattern: re.Pattern[str] | None = None
        self._tried = 0
        self._names: Set[str] = frozenset()
        self._shapes: deque[_Shape] = deque(maxlen=_MOST_SHAPES)

    def each(self, window: Window) -> Iterator[Named | str]:
        """Yield every record from here to the end of the list; for one that is broken, what was expected there.

        Called again after the list had ended by a bracket too many, it goes on behind it with what looks like a record.
        """
        closing = "}" if self.named else "]"
        self.lost = self.lost or self.whole
        while mark := window.peek():
            found: Named | None = None
            if mark == closing and not self.lost:
                if _is_end(window):
                    self.whole = True
                    return
                yield window.said("expected the end of the list", window.at)
            elif mark != closing:
                try:
                    found = self.read(window)
                except BadValue as bad:
                    yield bad.reason
                    if bad.whole and self._beside(window, bad.stopped, closing):
                        continue
            found = found or self.next(window)
            while found and (problem := self.what_follows(window, found[1])):
                yield problem
                found = self.next(window)
            if found is None:
                return
            yield found
        yield window.said("the file ends too early", window.at)

    def _beside(self, window: Window, end: int, closing: str) -> bool:
        """Go past a record that is JSON but refused; False, and nothing done, when what it says it ends at is no end of a record."""
        window.held, window.at = window.at, end
        mark = window.peek()
        good = mark in (",", closing)
        window.at, window.held = window.at + (mark == ",") if good else window.held, None
        return good

    def read(self, window: Window) -> Named:
        """Read the record that begins here; BadValue when it is broken, and the window then stands at its beginning."""
        self._learn_opening(window)
        window.held = window.at
        try:
            found = self._one(window)
            if found[1].__class__ is not dict or found[1].keys() != self._names:
                self._see(window, found[1])
            return found
        except BadValue:
            window.at = window.held
            raise
        finally:
            window.held = None

    def _see(self, window: Window, value: Any) -> None:
        """Look twice at a value that is not like the one before: it may be damage that has swallowed records; BadValue when it is."""
        if self._shapes and not self._is_record(value):
            closing = "}" if self.named else "]"
            if not (self.named or isinstance(value, dict)) or window.peek() not in (",", closing):
                raise BadValue(window.said("expected a record like the others", window.held or 0), window.held or 0)

    def _one(self, window: Window) -> Named:
        return (member_name(window) if self.named else "", window.value())

    def _learn_opening(self, window: Window) -> None:
        if len(self._openings) >= _MOST_OPENINGS:
            return
        found = (_MEMBER_OPENING if self.named else _OBJECT_OPENING).match(window.text, window.at)
        if found is None:
            return
        opening = re.escape(found[1] if self.named else found[0])
        if self.named:
            before = _BLANK_BEFORE.search(window.text[max(0, window.at - 100) : window.at])
            opening = (f"(?<=[,{{]{re.escape(before[1])})" if before else "") + r'"(?:[^"\\]|\\.){0,300}"' + opening
        if opening not in self._openings:
            self._openings[opening] = None
            self._pattern = re.compile("|".join(self._openings))

    def what_follows(self, window: Window, value: Any) -> str:
        """Go past the comma; returns what is wrong when no record and no end follows: then this one was cut by a bracket too many."""
        mark = window.peek()
        if mark == ",":
            window.at += 1
            # A name where a record should begin: the record before ended by a bracket too many, and this is still a part of it.
            good = self.named or not isinstance(value, dict) or window.peek() != '"'
        else:
            good = mark in ("]", "}", "")
        if not good:
            self.lost = True
            return window.said("expected another record or the end of the list", window.at)
        self._remember(value)
        return ""

    def next(self, window: Window) -> Named | None:
        """Go to the next good record and return it; None when there is no more. A record may begin right here."""
        self.lost = True
        pattern = self._pattern or (_MEMBER_OPENING if self.named else _OBJECT_OPENING)
        if not self._shapes:
            self._remember(self._largest(window, pattern))
        while _to(pattern, window):
            window.let_go()
            window.held = window.at
            found, length = self._try(window)
            started, window.held = window.held, None
            if found is not None and self._is_record(found[1]):
                return found
            self._tried += length
            hopeless = self._tried > _MOST_TRIED + _TRIED_EACH * (window.before + started)
            window.at = max(started + 1, len(window.text) - LONGEST_OPENING) if hopeless else started + 1
        return None

    def _largest(self, window: Window, pattern: re.Pattern[str]) -> Any:
        """Return the largest of the next few values that begin like a record: a part of a record is smaller than a record."""
        window.held = window.at
        largest, most = None, 0
        for _ in range(_MOST_COMPARED):
            if not _to(pattern, window):
                break
            found, length = self._try(window)
            if found is None:
                window.at += 1
            elif length > most:
                largest, most = found[1], length
        window.at, window.held = window.held or 0, None
        return largest

    def _try(self, window: Window) -> tuple[Named | None, int]:
        """Read what begins here, and what follows it: the value and its length, the window behind it; else None, the window as it was."""
        before = window.at - (window.held or 0)
        try:
            found = self._one(window)
            length = window.at - (window.held or 0) - before
            if window.peek() in (",", "]", "}", ""):
                return found, length
        except BadValue as bad:
            length = max(0, bad.stopped - (window.held or 0) - before)
        window.at = before + (window.held or 0)
        return None, length

    def _remember(self, value: Any) -> None:
        if isinstance(value, dict) and value.keys() == self._names:
            return
        shape = _shape(value)
        self._names = value.keys() if shape else self._names
        if shape is not None and shape not in self._shapes:
            self._shapes.append(shape)

    def _is_record(self, value: Any) -> bool:
        """Whether a value looks like one of the records before it: more than half of its names, or of those of its first member."""
        shape = _shape(value)
        return not self._shapes or (shape is not None and any(_share(shape, model) for model in self._shapes))


def _shape(value: Any) -> _Shape | None:
    """Return the names inside an object and those inside its first member; None for an empty one and for other values."""
    if not isinstance(value, dict) or not value:
        return None
    inner = next(iter(value.values()))
    return frozenset(value), frozenset(inner) if isinstance(inner, dict) else frozenset()


def _share(shape: _Shape, model: _Shape) -> bool:
    return any(2 * len(mine & other) > len(other) for mine, other in zip(shape, model, strict=True))


def _to(pattern: re.Pattern[str], window: Window) -> bool:
    """Go to the next place that begins like a record; False when there is none."""
    while (found := pattern.search(window.text, window.at)) is None:
        window.at = max(window.at, len(window.text) - LONGEST_OPENING)
        if not window.more():
            return False
    window.at = found.start()
    return True


def _is_end(window: Window) -> bool:
    """Go past the closing bracket; False when something follows it that no document may have there, such as another record."""
    window.at += 1
    if window.peek() == ",":
        window.at += 1
        return window.peek() in ('"', "}")
    return window.peek() in ("}", "")
