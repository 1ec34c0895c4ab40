"""Text somebody saved from a Windows console → the outputs in it, each recognised by its content.

One file may hold one command's output, several after each other, or a copy of the console window with its
prompts and typed commands, even with long lines broken at the window's edge.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from omamori.parse.windows.columns import width
from omamori.parse.windows.decode import decode
from omamori.parse.windows.form import Form, Piece, forms
from omamori.parse.windows.lines import Line, Lines
from omamori.parse.windows.records import Records, heading_names, may_begin, read_records

_PROMPT = re.compile(r"(?:\[[\w.-]{1,64}\]: ?)?(?:(?:PS )?(?:[A-Za-z]:\\[^<>|?*\"]{0,200}|\\\\[^<>|?*\"]{1,200})|PS(?! ))>\s?(.*)")
"""Of cmd and PowerShell, also on another machine (`[PC21]: PS C:\\>`) and in the transcript of a script (`PS>`)."""
_MAX_LINES = 400_000
_EDGES = (80, 100, 120, 132)
_CONFIRM_LINES = 60
_JSON_TRIED = 20
"""Openings of JSON that turned out to be none: each costs a look at the whole rest, so that many are enough."""
_LIST_LINES = 40
_TITLE_LINES = 3
"""A heading in an unknown language above a recognised body is no foreign text."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Text that nobody recognised: where it begins, how many lines, and the command typed there (empty: not known)."""

    line: int
    count: int
    command: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """What one file holds. `encoding` is how it was read; `whole` False where bytes of it could not be."""

    pieces: tuple[Piece, ...]
    strangers: tuple[Stranger, ...]
    encoding: str
    whole: bool


def read_session(data: bytes) -> Session:
    """Split a file into the outputs of the commands that were run; never fails."""
    decoded = decode(data)
    plain = decoded.plain.replace("\0", "")
    alone = _alone(plain) if decoded.whole else None
    if alone is not None:
        return Session((alone,), (), decoded.encoding, whole=True)
    texts = plain.split("\n")
    long = len(texts) > _MAX_LINES
    del texts[_MAX_LINES:]
    lines = [Line(number, text) for number, text in enumerate(_unpadded(texts), 1)]
    ends = not texts[-1] or _PROMPT.match(texts[-1]) is not None
    # What stands behind the last line end is no line.
    pieces, strangers = _split(lines if texts[-1] else lines[:-1])
    if pieces and not (ends and decoded.whole and not long):
        last = pieces[-1]
        # A byte that could not be read may have hidden anything, anywhere.
        pieces = [Piece(one.form, one.lines, one.command, cut=one is last or not decoded.whole) for one in pieces]
    return Session(tuple(pieces), tuple(strangers), decoded.encoding, decoded.whole)


def _alone(text: str) -> Piece | None:
    """Return a file that is one output by its form's own word, or None where its lines have to be looked at."""
    if not text.endswith("\n") or " \n" in text or text.count("\n") >= _MAX_LINES:
        return None
    first = text.partition("\n")[0]
    form = next((form for form in forms().values() if form.read_alone and form.heading and form.heading.match(first)), None)
    if form is None or form.read_alone is None or not form.read_alone(text):
        return None
    body = text.rstrip("\n")
    blank = form.blank_end and len(text) - len(body) > 1
    return Piece(form.name, Lines(f"{body}\n" if blank else body, 1))


def _unpadded(texts: Sequence[str]) -> Sequence[str]:
    """Take off the blanks with which a copy of a console window fills every line; of a few lines they may be a part of a broken line."""
    ends = sum(text.endswith(" ") for text in texts)
    if not ends:
        return texts
    filled = [text for text in texts if text.strip()]
    padded = sum(text.endswith(" ") for text in filled)
    return [text.rstrip(" ") for text in texts] if padded * 2 > len(filled) else texts


def full_lines(lines: Sequence[Line]) -> tuple[frozenset[int], tuple[int, ...]]:
    """Places of lines that a console window may have broken at its edge: surely, and perhaps.

    A line may also be just as long as the window is wide. Where the next line begins with a blank, nobody can
    tell without knowing what is printed.
    """
    widths = [width(line.text) for line in lines]
    edge = max(widths, default=0)
    if edge not in _EDGES:
        return frozenset(), ()
    full = [place for place, cells in enumerate(widths[:-1]) if cells == edge]
    sure = frozenset(place for place in full if lines[place + 1].text[:1].strip())
    return sure, tuple(place for place in full if place not in sure)


def joined(lines: Sequence[Line], places: Collection[int]) -> tuple[Line, ...]:
    """Join each line at one of `places` with the line behind it."""
    found: list[Line] = []
    for place, line in enumerate(lines):
        if place - 1 in places and found:
            found[-1] = Line(found[-1].number, found[-1].text + line.text)
        else:
            found.append(line)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where something begins: an output of a form (empty: nobody knows) whose first line is `first`."""

    index: int
    first: int
    form: str = ""
    command: str = ""
    prompt: bool = False


def _split(lines: Sequence[Line]) -> tuple[list[Piece], list[Stranger]]:
    starts = [_Start(0, 0), *_starts(lines), _Start(len(lines), len(lines), prompt=True)]
    pieces: list[Piece] = []
    strangers: list[Stranger] = []
    for start, after in pairwise(starts):
        part = _without_blank_end(lines[start.first : after.index], keep=bool(start.form) and forms()[start.form].blank_end)
        filled = [line for line in part if line.text.strip()]
        if start.form:
            pieces.append(Piece(start.form, tuple(part), start.command))
            continue
        if pieces and not start.prompt and part and part[0].text.strip() and lines[start.first - 1].text.strip():
            # A list ends with an empty line or a prompt: whatever else stands at once below it (an error, say) broke it off.
            pieces[-1] = replace(pieces[-1], cut=True)
        if filled and not (after.form and len(filled) <= _TITLE_LINES):
            strangers.append(Stranger(filled[0].number, len(filled), start.command))
    return pieces, strangers


def _without_blank_end(part: Sequence[Line], *, keep: bool) -> Sequence[Line]:
    """Take off the empty lines at the end; the first of them stays where the form ends with one."""
    end = len(part)
    while end and not part[end - 1].text.strip():
        end -= 1
    return part[: end + 1] if keep else part[:end]


def _starts(lines: Sequence[Line]) -> Iterator[_Start]:
    known = forms()
    by_line = [form for form in known.values() if form.heading or form.body]
    form, command, fresh, at = "", "", True, 0
    until: re.Pattern[str] | None = None
    lists = _Lists([form for form in known.values() if form.properties], lines)
    # Lists of services or sockets repeat their lines: what began nothing begins nothing the next time.
    dull: dict[bool, set[str]] = {True: set(), False: set()}
    while at < len(lines):
        text = lines[at].text
        prompt = _PROMPT.match(text)
        if prompt:
            form, command, fresh, until = "", prompt[1].strip()[:200], True, None
            yield _Start(at, at + 1, command=command, prompt=True)
        elif until is not None:
            until = None if until.match(text) else until
        elif text.strip():
            begun = None if text in dull[fresh] else _begun(by_line, lines, at, dull[fresh], fresh=fresh)
            if begun is not None and (begun.name != form or begun.each or _comes_again(begun, text)):
                form, fresh, until = begun.name, False, begun.until
                yield _Start(at, at, form, command)
            elif begun is None and fresh:
                listed, length = lists.at(at)
                # Lists of the open form's own text (a blank line inside it) do not begin a new output.
                if listed is not None and not (form and known[form].confirm is None and length < 2):
                    yield _Start(at, at, listed.name, command)
                    at += length
                    yield _Start(at, at)
                    form, fresh = "", True
                    continue
            fresh = False
        else:
            fresh = True
        at += 1


def _begun(by_line: Sequence[Form], lines: Sequence[Line], at: int, dull: set[str], *, fresh: bool) -> Form | None:
    """Return the form whose output begins at a line; one that no form's first line looks like joins the `dull` ones."""
    text = lines[at].text
    if _first_look(fresh=fresh).match(text) is None:
        dull.add(text)
        return None
    texts: list[str] = []
    for form in by_line:
        match = (form.heading is not None and form.heading.match(text)) or (fresh and form.body is not None and form.body.match(text))
        if match and form.confirm is None:
            return form
        if match and form.confirm is not None:
            texts = texts or [line.text for line in lines[at : at + _CONFIRM_LINES]]
            if form.confirm(texts):
                return form
    return None


@cache
def _first_look(*, fresh: bool) -> re.Pattern[str]:
    """What any form's first line matches: one look at a line instead of one for every form."""
    patterns = [pattern for form in forms().values() for pattern in (form.heading, form.body if fresh else None) if pattern is not None]
    # The patterns have no named groups and no flags but this one (a test looks).
    return re.compile("|".join(f"(?{'i' if pattern.flags & re.IGNORECASE else ''}:{pattern.pattern})" for pattern in patterns))


def _comes_again(form: Form, text: str) -> bool:
    """Whether a heading inside an output of the form begins another output of it (the next machine's, say), not a part of the same."""
    heading = form.heading or form.body
    return heading is not None and heading.match(text) is not None and (form.again is None or form.again.match(text) is None)


class _Lists:
    """The lists of objects among the lines of a file. What was read in vain is not read again from each of its lines."""

    def __init__(self, known: Sequence[Form], lines: Sequence[Line]) -> None:
        self._needed = [(len(names), form.name, form, names) for form in known for names in form.properties]
        self._lines = lines
        self._barren = 0
        self._json = _JSON_TRIED

    def at(self, place: int) -> tuple[Form | None, int]:
        """Return the form whose list of objects begins at a line, the most particular one, and its number of lines."""
        first, second = (self._lines[at].text if at < len(self._lines) else "" for at in (place, place + 1))
        if place < self._barren or not may_begin(first, second):
            return None, 0
        told = heading_names(first, second)
        json = first.lstrip()[:1] in ("[", "{")
        if (told is not None and not self._form(told)) or (json and not self._json):
            return None, 0
        records = self._records(place)
        best = self._form(records.names) if records else None
        if records is None or best is None:
            self._json -= json
            # Parts of a list of blocks have no names that the whole has not; a table's lines may be another's heading.
            self._barren = place + records.length if records and records.style in ("list", "wmic-list") else 0
            return None, 0
        return best, records.length

    def _records(self, place: int) -> Records | None:
        """Read the list that begins at a line: a part of the file first, so that many short lists are not copied with all behind them."""
        size = _LIST_LINES
        while True:
            records = read_records(self._lines[place : place + size])
            # A list that ends near the end of the part may go on behind it.
            if records is None or records.length + 3 < size or place + size >= len(self._lines):
                return records
            size *= 8

    def _form(self, names: Collection[str]) -> Form | None:
        fitting = [one for one in self._needed if one[3].issubset(names)] if names else []
        return max(fitting, key=lambda one: one[:2])[2] if fitting else None
