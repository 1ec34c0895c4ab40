"""The outputs in a copy of a console: each with the form that reads it, the device whose it is, and what was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from omamori.parse.network.form import Form, Part, forms
from omamori.parse.network.lines import Console, prompt
from omamori.parse.windows.lines import Line

_GROUP_NAME = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class Piece:
    """One output. `device` is the name the prompt shows (empty: none); `typed` the command, None where none was shown.

    `cut` is True when its end is not known to be there: the file ends in the middle of it, or a pager waited for a key.
    """

    form: Form
    device: str
    typed: str | None
    lines: Sequence[Line]
    part: Part
    cut: bool

    @property
    def whole(self) -> bool:
        """Whether it is the table as a whole, all of it understood."""
        asked = self.form.whole is not None and (self.typed is None or self.form.whole.fullmatch(self.typed) is not None)
        return asked and not self.cut and not self.part.unread and bool(self.part.rows)


@dataclass(frozen=True, slots=True)
class Session:
    """All outputs of a file, and the lines with a prompt: line → (name of the device, whether its command gave an output known here)."""

    pieces: tuple[Piece, ...]
    prompts: dict[int, str]


def read_session(console: Console, seen: datetime) -> Session:
    """Find the outputs in a file's lines."""
    lines = console.lines
    pieces: list[Piece] = []
    prompts: dict[int, str] = {}
    device, typed, at = "", None, 0
    while at < len(lines):
        text = lines[at].text
        if not text:
            at += 1
            continue
        if (told := prompt(text)) is not None:
            device, typed = told.name or device, told.command or None
            prompts[at] = device
            at += 1
            continue
        form = _begun(text)
        if form is None:
            at += 1
            continue
        end = _end(lines, at, form)
        part = form.read(lines[at:end], seen)
        if not part.rows and not part.unread and part.used <= 1:
            at += 1
            continue
        at_end = at + max(part.used, 1)
        pieces.append(Piece(form, device, typed, lines[at:at_end], part, _cut(console, at_end)))
        at = at_end
    if len({name for name in prompts.values() if name}) == 1:
        only = next(name for name in prompts.values() if name)
        pieces = [one if one.device else Piece(one.form, only, one.typed, one.lines, one.part, one.cut) for one in pieces]
    return Session(tuple(pieces), prompts)


def _end(lines: Sequence[Line], start: int, form: Form) -> int:
    """The place behind the last line that can belong to an output: the next prompt or the heading of another form."""
    for place in range(start + 1, len(lines)):
        text = lines[place].text
        if text and (
            prompt(text) is not None or (_any_heading().match(text) and (other := _begun(text)) is not None and other is not form)
        ):
            return place
    return len(lines)


def _cut(console: Console, end: int) -> bool:
    rest = [line for line in console.lines[end:] if line.text]
    return bool(not rest and (not console.whole or any(line.number in console.paged for line in console.lines[end:])))


def _begun(text: str) -> Form | None:
    if _any_heading().match(text) is None:
        return None
    return next((form for form in forms().values() if form.heading.match(text)), None)


@cache
def _any_heading() -> re.Pattern[str]:
    patterns = (_GROUP_NAME.sub("(?:", form.heading.pattern) for form in forms().values())
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
