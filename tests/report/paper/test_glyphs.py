"""The characters of a font file: true to the font, and no harmed file breaks it."""

from __future__ import annotations

import struct
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.report.paper.glyphs import characters_of

NOTO = Path(str(find_spec("noto_cjk_sans_jp_regular").origin)).parent / "NotoSansCJKjp-Regular.otf"  # type: ignore[union-attr]


def font_with(cmap: bytes, collection: bool = False) -> bytes:
    """A font of nothing but its table of characters."""
    start = 16 if collection else 0
    body = struct.pack(">4sHHHH", b"OTTO", 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, start + 28, len(cmap)) + cmap
    return struct.pack(">4sIII", b"ttcf", 0x10000, 1, 16) + body if collection else body


def table(form: bytes, kind: tuple[int, int]) -> bytes:
    return struct.pack(">HHHHI", 0, 1, *kind, 12) + form


FOUR = (
    struct.pack(">HHHHHHH", 4, 0, 0, 6, 0, 0, 0)
    + struct.pack(">3H", 0x43, 0x3042, 0xFFFF)
    + b"\0\0"
    + struct.pack(">3H", 0x41, 0x3042, 0xFFFF)
)
FOUR += struct.pack(">3H", 0x10000 - 0x41, 1, 1) + struct.pack(">3H", 0, 0, 0)
TWELVE = struct.pack(">HHIIIIII", 12, 0, 0, 0, 1, 0x1F600, 0x1F602, 0)


def test_noto_has_japanese_and_no_arabic() -> None:
    characters = characters_of(NOTO)
    assert set("あ漢カ診療①―〇髙﨑Az0é") <= characters
    assert not set("مש😀हि") & characters


@pytest.mark.parametrize("collection", [False, True])
def test_both_forms_and_collections(tmp_path: Path, collection: bool) -> None:
    (tmp_path / "four.otf").write_bytes(font_with(table(FOUR, (3, 1)), collection))
    # U+0041 leads to glyph 0: the box for what is not there.
    assert characters_of(tmp_path / "four.otf") == set("BCあ")
    (tmp_path / "twelve.otf").write_bytes(font_with(table(TWELVE, (3, 10)), collection))
    assert characters_of(tmp_path / "twelve.otf") == {"\U0001f601", "\U0001f602"}


def test_no_font_is_told(tmp_path: Path) -> None:
    for content in (b"", b"hello", b"ttcf", font_with(table(FOUR, (1, 0)))):
        (tmp_path / "x.otf").write_bytes(content)
        with pytest.raises(ValueError):
            characters_of(tmp_path / "x.otf")


@given(st.integers(0, 300), st.binary(min_size=1, max_size=8), st.integers(0, 3))
def test_a_harmed_font_is_an_error_or_read(tmp_path_factory: pytest.TempPathFactory, place: int, junk: bytes, index: int) -> None:
    data = bytearray(font_with(table(FOUR, (3, 1)), index > 1))
    data[place : place + len(junk)] = junk
    path = tmp_path_factory.mktemp("font") / "x.otf"
    path.write_bytes(bytes(data))
    try:
        assert all(len(one) == 1 for one in characters_of(path, index))
    except (ValueError, OSError) as error:
        assert str(error)
