"""What is written into an evidence comes out again, and nothing printed can forge a marker."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.store import Origin, read_pieces, write_pieces

TEXT = st.text(st.characters(exclude_characters="\n\r", exclude_categories=("Cs",)), max_size=30) | st.sampled_from(
    ("#@ end", "#@ netstat x whole 1", "#@#@ end", "#@")
)
PIECES = st.lists(
    st.builds(
        lambda texts, cut: Piece("netstat", tuple(Line(n, t) for n, t in enumerate(texts, 1)), "", cut), st.lists(TEXT), st.booleans()
    )
)


@given(PIECES)
def test_pieces_come_out_as_they_went_in(pieces: list[Piece]) -> None:
    data = write_pieces([(piece, Origin("a b\n#@ end.txt", "cp932")) for piece in pieces])
    found = list(read_pieces(data))
    assert [(one.form, one.cut, [line.text for line in one.lines]) for one in found] == [
        (one.form, one.cut, [line.text for line in one.lines]) for one in pieces
    ]
    stored = data.decode().split("\n")
    for one in found:
        for line in one.lines:
            assert stored[line.number - 1] in (line.text, f"#@{line.text}")


@given(PIECES.filter(bool), st.data())
def test_an_evidence_that_breaks_off_is_cut(pieces: list[Piece], choices: st.DataObject) -> None:
    data = write_pieces([(piece, Origin("x", "utf-8")) for piece in pieces]).removesuffix(b"#@ end\n")
    assert list(read_pieces(data))[-1].cut


def test_the_command_is_kept() -> None:
    data = write_pieces([(Piece("netstat", (Line(7, "x"),), "netstat -ano"), Origin("n.txt", "utf-16-le"))])
    assert data == b"#@ netstat utf-16-le whole 7 n.txt\n#@ typed netstat -ano\nx\n#@ end\n"
    assert next(read_pieces(data)).command == "netstat -ano"
