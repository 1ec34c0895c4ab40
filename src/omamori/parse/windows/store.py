"""How recognised outputs lie in an evidence: text in UTF-8, each behind a line that says where it came from.

#@ FORM ENCODING whole|cut LINE FILE      command on the line below, behind `#@ typed `
…the output's lines, each beginning with `#@` escaped as `#@#@…`
#@ end
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from omamori.parse.windows.form import Line, Piece, TextLines, text_of

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
        if piece.lines:
            out.append(_escaped(text_of(piece.lines)))
        out.append(f"{_MARK}end")
    return ("\n".join(out) + "\n").encode("utf-8", "replace")


def _escaped(text: str) -> str:
    text = text.replace("\n#@", "\n#@#@") if "\n#@" in text else text
    return f"#@{text}" if text.startswith("#@") else text


def _plain(text: str) -> str:
    text = text.replace("\n#@#@", "\n#@") if "\n#@#@" in text else text
    return text[2:] if text.startswith("#@#@") else text


def read_pieces(data: bytes) -> Iterator[Piece]:
    """The inverse: yield the outputs with the line numbers they have in the evidence. A piece without end is cut."""
    text = data.decode("utf-8", "replace").removesuffix("\n")
    form, command, cut = "", "", False
    begin, line = 0, 1
    for start, end in _marks(text):
        words = text[start + len(_MARK) : end].split(" ")
        if words[0] == "typed":
            command = text[start + len(_MARK) + 6 : end]
        else:
            if form:
                yield Piece(form, _lines(text, begin, start, line), command, cut=cut or words[0] != "end")
            form = "" if words[0] == "end" else words[0]
            command, cut = "", words[2:3] != ["whole"]
        line += text.count("\n", begin, end) + 1
        begin = end + 1
    if form:
        yield Piece(form, _lines(text, begin, len(text) + 1, line), command, cut=True)


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line with a mark begins and ends."""
    start = 0 if text.startswith(_MARK) else text.find(f"\n{_MARK}") + 1
    while start or text.startswith(_MARK):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = text.find(f"\n{_MARK}", end) + 1
        if not start:
            return


def _lines(text: str, begin: int, stop: int, number: int) -> Sequence[Line]:
    """Return the lines from `begin` up to the line that begins at `stop`."""
    return TextLines(_plain(text[begin : stop - 1]), number) if stop > begin else ()
