"""How recognised outputs lie in an evidence: text in UTF-8, each behind a line that says where it came from.

#@ FORM ENCODING whole|cut LINE FILE      command on the line below, behind `#@ typed `
…the output's lines, each beginning with `#@` escaped as `#@#@…`
#@ end
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from omamori.parse.windows.form import Line, Piece

_MARK = "#@ "
KIND = "windows.commands"
"""Evidence kind of what Windows commands of one machine printed at one time."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a piece came from: the file and how it was read."""

    file_name: str
    encoding: str


def write_pieces(pieces: Sequence[tuple[Piece, Origin]]) -> bytes:
    """Put outputs of one machine into one evidence. Line numbers of the pieces are those of their file."""
    out: list[str] = []
    for piece, origin in pieces:
        first = piece.lines[0].number if piece.lines else 0
        name = " ".join("".join(letter if letter.isprintable() else "?" for letter in origin.file_name).split())[:200]
        out.append(f"{_MARK}{piece.form} {origin.encoding} {'cut' if piece.cut else 'whole'} {first} {name}".rstrip())
        if piece.command:
            out.append(f"{_MARK}typed {piece.command}")
        out += ["#@" + line.text if line.text.startswith("#@") else line.text for line in piece.lines]
        out.append(f"{_MARK}end")
    return ("\n".join(out) + "\n").encode("utf-8", "replace")


def read_pieces(data: bytes) -> Iterator[Piece]:
    """The inverse: yield the outputs with the line numbers they have in the evidence. A piece without end is cut."""
    form, command, cut = "", "", False
    lines: list[Line] = []
    for number, text in enumerate(data.decode("utf-8", "replace").removesuffix("\n").split("\n"), 1):
        if not text.startswith(_MARK):
            if form:
                lines.append(Line(number, text[2:] if text.startswith("#@#@") else text))
            continue
        words = text[len(_MARK) :].split(" ")
        if words[0] == "typed":
            command = text[len(_MARK) + 6 :]
            continue
        if form:
            yield Piece(form, tuple(lines), command, cut=cut or words[0] != "end")
        form = "" if words[0] == "end" else words[0]
        command, cut, lines = "", words[2:3] != ["whole"], []
    if form:
        yield Piece(form, tuple(lines), command, cut=True)
