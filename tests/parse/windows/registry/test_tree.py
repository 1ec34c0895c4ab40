"""Keys in one spelling, and the three answers: this value, none, not known."""

from __future__ import annotations

import pytest

from omamori.parse.windows.registry.tree import Tree, Value, key_path


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies", "hklm\\software\\policies"),
        ("HKLM\\Software\\Policies\\", "hklm\\software\\policies"),
        ("HKLM:\\SOFTWARE", "hklm\\software"),
        ("Microsoft.PowerShell.Core\\Registry::HKEY_CURRENT_USER\\Control Panel", "hkcu\\control panel"),
        ('"HKCU"', "hkcu"),
    ],
)
def test_a_key_has_one_spelling(written: str, path: str) -> None:
    assert key_path(written) == path


def test_numbers_as_text_are_numbers() -> None:
    assert [Value("x", data, 1).number for data in ("1", "0x1f", "-1", 7, "on", b"\1")] == [1, 31, 2**32 - 1, 7, None, None]
    assert Value("x", "Tokyo Standard Time\0garbage", 1).text == "Tokyo Standard Time"
    assert Value("x", ("a", "b"), 1).text == "a,b"


def test_absent_only_where_the_key_was_seen_whole(tree) -> None:
    one = tree('SOFTWARE\\A\n"x"=dword:00000001', "SOFTWARE\\A\\B")
    assert one.find(r"hklm\software\a", "X").value.number == 1
    assert one.find(r"hklm\software\a", "y").known
    assert one.find(r"hklm\software\a\c", "y").known and one.exists(r"hklm\software\a\c") is False
    assert not one.find(r"hklm\software\c", "y").known and one.exists(r"hklm\software\c") is None
    broken = tree('SOFTWARE\\A\n"x"=dword:00000001', cut=True)
    assert not broken.find(r"hklm\software\a", "y").known
    assert broken.exists(r"hklm\software\a\c") is None


def test_the_control_set_in_use_counts(export) -> None:
    plain = export(
        "SYSTEM", 'SYSTEM\\ControlSet001\\Control\\Lsa\n"x"=dword:00000001', 'SYSTEM\\ControlSet002\\Control\\Lsa\n"x"=dword:00000002'
    )
    key = r"hklm\system\currentcontrolset\control\lsa"
    assert Tree([plain]).find(key, "x").value.number == 1
    select = export('SYSTEM\\Select\n"Current"=dword:00000002')
    assert Tree([plain, select]).find(key, "x").value.number == 2


def test_outputs_that_contradict_each_other_tell_nothing(export, items) -> None:
    first, second = export('SOFTWARE\\A\n"x"=dword:00000001'), export('SOFTWARE\\A\n"x"=dword:00000002')
    assert not Tree([first, second]).find(r"hklm\software\a", "x").known
    said = items("x : 1\nPSPath : Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\A\nPSProvider : x")
    assert Tree([first, said]).find(r"hklm\software\a", "x").value.number == 1


def test_children_with_all_their_values(tree) -> None:
    one = tree("SOFTWARE\\A", 'SOFTWARE\\A\\Eins\n"x"=dword:00000001', "SOFTWARE\\A\\Zwei")
    assert one.below(r"hklm\software\a") == [r"hklm\software\a\eins", r"hklm\software\a\zwei"]
    assert one.name(r"hklm\software\a\eins") == "Eins"
    assert one.lists(r"hklm\software\a") and not one.lists("hklm\\software")
    assert one.exists("hklm\\software") is True
