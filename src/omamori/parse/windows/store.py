"""How recognised outputs lie in an evidence: text in UTF-8, each behind a line that says where it came from.

#@ FORM ENCODING whole|cut LINE FILE      command on the line below, behind `#@ typed `
…the output's lines, each beginning with `#@` escaped as `#@#@…`
#@ end
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from omamori.parse.windows.form import Piece
from omamori.parse.windows.lines import Line, Lines, text_of

_MARK = "#@ "
_MARK_BYTES = _MARK.encode()
_MARKED = re.compile(r"^#@", re.MULTILINE)
_ESCAPED = re.compile(r"^#@#@", re.MULTILINE)
KIND = "windows.commands"
"""Evidence kind of what Windows commands of one machine printed at one time."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a piece came from: the file and how it was read."""

    file_name: str
    encoding: str


def write_pieces(pieces: Sequence[tuple[Piece, Origin]]) -> bytes:
    """Put outputs of one machine into one evidence. Line numbers of the pieces are those of their file."""
    # Each text by itself: most are plain ASCII, which one Japanese letter beside them would make slow.
    out: list[bytes] = []
    for piece, origin in pieces:
        first = piece.lines[0].number if piece.lines else 0
        name = " ".join("".join(letter if letter.isprintable() else "?" for letter in origin.file_name).split())[:200]
        head = f"{_MARK}{piece.form} {origin.encoding} {'cut' if piece.cut else 'whole'} {first} {name}".rstrip()
        texts = [head, f"{_MARK}typed {piece.command}"] if piece.command else [head]
        if piece.lines:
            text = text_of(piece.lines)
            texts.append(_MARKED.sub("#@#@", text) if "#@" in text else text)
        out += [one.encode("utf-8", "replace") for one in (*texts, f"{_MARK}end")]
    return b"\n".join([*out, b""])


def read_pieces(data: bytes) -> Iterator[Piece]:
    """The inverse: yield the outputs with the line numbers they have in the evidence. A piece without end is cut."""
    form, command, cut, begun = "", "", False, (0, 0)
    data = data.removesuffix(b"\n")
    for at, number, mark in marker_lines(data):
        words = mark.split(" ")
        end = _end_of_line(data, at) + 1
        if words[0] == "typed":
            if form and begun[0] < at:
                # What stands before it belongs to no command: nobody but a forger writes so.
                cut = True
            command, begun = mark[6:], (end, number + 1)
            continue
        if form:
            yield Piece(form, _lines(data, begun, at), command, cut=cut or words[0] != "end")
        form = "" if words[0] == "end" else words[0]
        command, cut, begun = "", words[2:3] != ["whole"], (end, number + 1)
    if form:
        yield Piece(form, _lines(data, begun, len(data) + 1), command, cut=True)


def marker_lines(data: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield the marker lines of an evidence: where each begins, its number from 1, and what it says."""
    at = 0 if data.startswith(_MARK_BYTES) else data.find(b"\n" + _MARK_BYTES) + 1
    number = counted = 0
    while at or data.startswith(_MARK_BYTES, at):
        end = _end_of_line(data, at)
        number += data.count(b"\n", counted, at)
        counted = at
        yield at, number + 1, data[at + len(_MARK_BYTES) : end].decode("utf-8", "replace")
        at = data.find(b"\n" + _MARK_BYTES, end) + 1
        if not at:
            return


def _end_of_line(data: bytes, at: int) -> int:
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end


def _lines(data: bytes, begun: tuple[int, int], end: int) -> Sequence[Line]:
    """Return the lines between two marks."""
    start, first = begun
    if start >= end:
        return ()
    # Each output by itself: most are plain ASCII, which is faster to read than what stands beside a Japanese letter.
    inner = data[start : end - 1].decode("utf-8", "replace")
    return Lines(_ESCAPED.sub("#@", inner) if "#@#@" in inner else inner, first)
