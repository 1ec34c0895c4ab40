"""`.reg` files: every kind of value, texts of several lines, files that broke off, and files that are no export."""

from __future__ import annotations

import time

import pytest

from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.registry.export import read_export

KEY = "[HKEY_LOCAL_MACHINE\\SOFTWARE\\A]"


def read(text: str, *, cut: bool = False):
    return read_export(Piece("reg_export", tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1)), cut=cut))


@pytest.mark.parametrize(
    ("written", "data"),
    [
        ('"a\\\\b \\"c\\""', 'a\\b "c"'),
        ("dword:0000000f", 15),
        ("hex:01,02", b"\1\2"),
        ("hex(2):61,00,25,00,00,00", "a%"),
        ("hex(7):61,00,00,00,62,00,00,00,00,00", ("a", "b")),
        ("hex(b):01,00,00,00,00,00,00,00", 1),
        ("hex(4):02,00,00,00", 2),
        ("hex(5):00,00,00,02", 2),
        ("hex(0):", b""),
        ("hex(7):61,00,00,00,\\\n  62,00,00,00,00,00", ("a", "b")),
        ('"one\ntwo \\"x\\"\n\nend"', 'one\ntwo "x"\n\nend'),
        ('"[secret: password, set]"', "[secret: password, set]"),
        ("[secret: password, set]", "[secret: password, set]"),
    ],
)
def test_every_kind_of_value(written: str, data: object) -> None:
    shown = read(f'Windows Registry Editor Version 5.00\n\n{KEY}\n"x"={written}\n"after"=dword:00000001\n')
    assert [(value.name, value.data) for value in shown.blocks[0].values] == [("x", data), ("after", 1)]
    assert shown.problems == [] and shown.blocks[0].whole


def test_old_files_hold_bytes_of_the_code_page() -> None:
    shown = read(f'REGEDIT4\n\n{KEY}\n@="d"\n"x"=hex(7):b1,00,62,00,00\n')
    assert [value.data for value in shown.blocks[0].values] == ["d", ("\uff71", "b")]


@pytest.mark.parametrize("line", ['"x"=dword:', '"x"=hex:0', '"x"="open', "what", '"x"=hex(2):61', '"x"=hex(b):01', '"x"='])
def test_what_is_not_understood_leaves_its_key_open(line: str) -> None:
    shown = read(f'Windows Registry Editor Version 5.00\n\n{KEY}\n{line}\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\A\\B]\n"y"=dword:00000001\n')
    assert [block.whole for block in shown.blocks] == [False, True]
    assert len(shown.problems) == 1 and shown.roots == []


def test_without_the_empty_line_at_its_end_the_last_key_is_open() -> None:
    text = f'Windows Registry Editor Version 5.00\n\n{KEY}\n"x"=dword:00000001\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\A\\B]\n"y"=dword:00000001'
    assert [block.whole for block in read(text).blocks] == [True, False]
    assert read(text).roots == [] and len(read(text).problems) == 1
    assert read(text + "\n").roots == ["hklm\\software\\a"]


def test_of_a_cut_export_the_last_value_does_not_count_and_nothing_is_whole() -> None:
    shown = read(f'Windows Registry Editor Version 5.00\n\n{KEY}\n"x"=dword:00000001\n"y"=hex:00', cut=True)
    assert [value.name for value in shown.blocks[0].values] == ["x"]
    assert not shown.blocks[0].whole and shown.roots == []


@pytest.mark.parametrize(
    "line",
    [
        "[HKEY_LOCAL_MACHINE\\SOFTWARE\\A\\B]",
        "\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\B]",
        "; comment",
        "[-HKEY_LOCAL_MACHINE\\SOFTWARE\\A]",
        '"x"=-',
    ],
)
def test_a_script_tells_nothing(line: str) -> None:
    shown = read(f'Windows Registry Editor Version 5.00\n\n{KEY}\n"SMB1"=dword:00000000\n{line}\n')
    assert shown.blocks == [] and shown.roots == [] and len(shown.problems) == 1


def test_long_exports_are_read_in_one_pass() -> None:
    lines = ["Windows Registry Editor Version 5.00", "", "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services]", ""]
    for number in range(4000):
        lines += [
            f"[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\s{number}]",
            '"Start"=dword:00000002',
            '"Type"=hex:' + "00," * 20 + "\\",
            "  00",
            "",
        ]
    started = time.monotonic()
    assert len(read("\n".join(lines)).blocks) == 4001
    assert time.monotonic() - started < 5
