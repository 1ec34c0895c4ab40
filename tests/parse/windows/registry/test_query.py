"""`reg query` and `Get-ItemProperty`: what was asked for decides what an absence means."""

from __future__ import annotations

import pytest

from omamori.parse.windows.registry.tree import Tree

KEY = r"hklm\software\a"
TEXT = "\nHKEY_LOCAL_MACHINE\\SOFTWARE\\A\n    x    REG_DWORD    0x1\n    y    REG_SZ    text    more\n"
MISSED = (
    "ERROR: The system was unable to find the specified registry key or value.",
    "エラー: 指定されたレジストリ キーまたは値が見つかりませんでした。",
)


def test_values_of_every_type(query) -> None:
    shown = query(
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\A\n    (既定)    REG_SZ    d\n    m    REG_MULTI_SZ    a\\0b\n    q    REG_QWORD    0x10\n"
        "    b    REG_BINARY    0102FF\n    e    REG_EXPAND_SZ    %x%\n    empty    REG_SZ    \n    bare    REG_SZ\n\tt\tREG_DWORD\t0x2\n"
    )
    assert {value.name: value.data for value in shown.blocks[0].values} == {
        "": "d",
        "m": ("a", "b"),
        "q": 16,
        "b": b"\1\2\xff",
        "e": "%x%",
        "empty": "",
        "bare": "",
        "t": 2,
    }


@pytest.mark.parametrize(
    ("command", "known", "below"),
    [
        (r"reg query HKLM\SOFTWARE\A", True, None),
        (r'reg.exe query "HKLM\SOFTWARE\A" /s', True, False),
        (r"C:\Windows\System32\reg.exe query hklm\software\a", True, None),
        (r"reg query HKLM\SOFTWARE\A /v x", False, None),
        (r"reg query HKLM\SOFTWARE\A /s /f x", False, None),
        (r"reg query HKLM\SOFTWARE\A | findstr x", False, None),
        ("", False, None),
        ("type a.txt", False, None),
    ],
)
def test_an_absence_counts_only_where_everything_was_asked_for(query, command: str, known: bool, below: bool | None) -> None:
    tree = Tree([query(TEXT, command)])
    assert tree.find(KEY, "x").value.number == 1
    assert tree.find(KEY, "z").known is known
    assert tree.exists(KEY + r"\c\d") is below


def test_without_its_end_or_cut_no_absence_counts(query) -> None:
    command = r"reg query HKLM\SOFTWARE\A"
    assert not Tree([query(TEXT.rstrip("\n"), command)]).find(KEY, "z").known
    cut = Tree([query(TEXT.rstrip("\n"), command, cut=True)])
    assert not cut.find(KEY, "z").known and not cut.find(KEY, "y").known


@pytest.mark.parametrize("text", MISSED)
def test_not_found_is_an_answer_with_the_command(query, text: str) -> None:
    assert Tree([query(text, r"reg query HKLM\SOFTWARE\A")]).exists(KEY) is False
    one = Tree([query(text, r"reg query HKLM\SOFTWARE\A /v x")])
    assert one.exists(KEY) is None and one.find(KEY, "x").known and not one.find(KEY, "y").known
    found = query(text)
    assert found.absent == [] and found.lacking == [] and len(found.problems) == 1
    assert query(text, r"reg query HKLM\SOFTWARE\A /f x").absent == []
    assert query(text, r"reg query HKLM\SOFTWARE\A", cut=True).absent == []


def test_refused_is_no_answer(query) -> None:
    shown = query(TEXT.rstrip("\n") + "\nERROR: Access is denied.\n", r"reg query HKLM\SOFTWARE\A /s")
    assert shown.refused and not Tree([shown]).find(KEY, "z").known


def test_another_machine_is_not_this_one(query) -> None:
    shown = query(TEXT, r"reg query \\ward-pc3\HKLM\SOFTWARE\A")
    assert shown.blocks == [] and len(shown.problems) == 1


def test_the_32_bit_view_lies_elsewhere(query) -> None:
    tree = Tree([query(TEXT, r"reg query HKLM\SOFTWARE\A /reg:32")])
    assert tree.find(r"hklm\software\wow6432node\a", "x").value.number == 1
    assert not tree.find(KEY, "x").known


def test_a_text_of_several_lines_and_keys_without_values(query) -> None:
    shown = query(
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\A\\B\\C\n    t    REG_SZ    one\ntwo\n    x    REG_DWORD    0x1\n", r"reg query HKLM\SOFTWARE\A /s"
    )
    tree = Tree([shown])
    assert tree.find(KEY + r"\b\c", "t").value.data == "one\ntwo"
    assert tree.whole(KEY) and tree.whole(KEY + r"\b") and shown.problems == []
    bad = query("HKEY_LOCAL_MACHINE\\SOFTWARE\\A\n    t    REG_SZ    one\n    xREG_DWORD    0x1\n", r"reg query HKLM\SOFTWARE\A")
    assert len(bad.problems) == 1 and not Tree([bad]).find(KEY, "x").known


ITEM = "a    : 1\nlist : {x, y}\nPSPath : Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\SOFTW\n         ARE\\A\nPSProvider : p\n"


def test_properties_of_a_key(items) -> None:
    tree = Tree([items(ITEM, r"Get-ItemProperty HKLM:\SOFTWARE\A")])
    assert tree.find(KEY, "a").value.number == 1 and tree.find(KEY, "list").value.data == ("x", "y")
    assert tree.find(KEY, "z").known
    assert not Tree([items(ITEM)]).find(KEY, "z").known
    assert not Tree([items(ITEM, r"Get-ItemProperty HKLM:\SOFTWARE\A -Name a")]).find(KEY, "z").known
    assert not Tree([items(ITEM.replace("{x, y}", "{x, y...}"), r"gp HKLM:\SOFTWARE\A")]).find(KEY, "list").known
    assert not Tree([items(ITEM.replace("PSProvider : p\n", ""), r"gp HKLM:\SOFTWARE\A")]).find(KEY, "z").known


def test_every_child_of_a_key(items) -> None:
    assert Tree([items(ITEM, r"Get-ItemProperty HKLM:\SOFTWARE\*")]).lists(r"hklm\software")
    assert not Tree([items(ITEM)]).lists(r"hklm\software")
