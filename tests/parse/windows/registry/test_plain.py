"""A plain export read in one pass shows what is read line by line; what is not plain is left alone."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from omamori.parse.windows.form import Piece
from omamori.parse.windows.lines import Line, Lines
from omamori.parse.windows.registry.export import read_export
from omamori.parse.windows.registry.plain import Values, read_plain
from omamori.parse.windows.registry.tree import Shown

HEAD = "Windows Registry Editor Version 5.00"
ROOT = r"HKEY_LOCAL_MACHINE\SOFTWARE\X"
LINE = st.sampled_from(
    (
        "",
        f"[{ROOT}]",
        f"[{ROOT}\\病院\\Sub]",
        r"[HKEY_LOCAL_MACHINE\SOFTWARE\Y]",
        f"[-{ROOT}\\Gone]",
        '"Text"="C:\\\\Program Files\\\\a \\"b\\""',
        '@="the default"',
        '"Number"=dword:0000000a',
        '"Bytes"=hex:01,02,ff',
        '"Long"=hex(2):25,00,53,00,\\',
        "  00,00,41,00",
        "  00,00,4",
        '"List"=hex(7):41,00,00,00,42,00,00,00,00,00',
        '"Odd"=hex(2):41,00,00',
        '"Wide"=hex(b):01,00,00,00,00,00,00,00',
        '"Short"=hex(4):01,00',
        '"Big"=hex(5):00,00,00,01',
        '"Gone"=-',
        '"Open"="first',
        'second"',
        '"P"="[secret: password, set]"',
        "  [secret: password, set]",
        "[secret: hash, set]",
        "; a comment",
        " ",
    )
)


def slow(texts: list[str]) -> Shown:
    return read_export(Piece("reg_export", tuple(Line(number, text) for number, text in enumerate(texts, 5))))


@given(st.lists(LINE, max_size=25))
@example([f"[{ROOT}]", '"Long"=hex(2):25,00,53,00,\\', "  00,00,41,00", "", f"[{ROOT}\\A]", '@="x"', ""])
@example(["", f"[{ROOT}]", "[secret: hash, set]", "  [secret: password, set]", ""])
def test_one_pass_shows_what_every_line_shows(body: list[str]) -> None:
    texts = [HEAD, *body]
    quick = read_plain("\n".join(texts), 5)
    if quick is not None:
        assert quick == slow(texts)
    assert read_export(Piece("reg_export", Lines("\n".join(texts), 5))) == slow(texts)


def test_a_plain_export_is_read_in_one_pass() -> None:
    texts = [HEAD, "", f"[{ROOT}]", '"A"=dword:00000001', '"B"=hex(1):41,00,\\', "  42,00", '"C"=hex:0', ""]
    assert read_plain("\n".join(texts), 1) is None  # half a byte
    texts[-2] = '"C"=hex:00'
    shown = read_plain("\n".join(texts), 1)
    assert shown is not None
    assert [(value.name, value.data, value.line) for value in shown.blocks[0].values] == [("A", 1, 4), ("B", "AB", 5), ("C", b"\0", 7)]
    assert shown.blocks[0].values[0].name == "A"
    assert len(shown.blocks[0].values) == 3
    assert isinstance(shown.blocks[0].values, Values)
    assert shown.blocks[0].whole
    assert read_plain("\n".join(texts[:-1]), 1) is None  # it broke off
