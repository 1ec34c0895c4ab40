"""Shared folders from the registry, with who may open them."""

from __future__ import annotations

import struct

from omamori.parse.windows.registry.shares import read_shares
from omamori.parse.windows.registry.tree import Block, Shown, Tree, Value

KEY = r"hklm\system\currentcontrolset\services\lanmanserver\shares"
EVERYONE = b"\1\1\0\0\0\0\0\1\0\0\0\0"


def acl(*aces: tuple[int, int]) -> bytes:
    body = b"".join(struct.pack("<BBHI", kind, 0, 20, mask) + EVERYONE for kind, mask in aces)
    return struct.pack("<BBHIIII", 1, 0, 0x8004, 0, 0, 0, 20) + struct.pack("<BBHHH", 2, 0, 8 + len(body), len(aces), 0) + body


def shown(values: list[Value], security: list[Value], *, whole: bool = True) -> Tree:
    return Tree([Shown(blocks=[Block(KEY, 3, tuple(values), whole), Block(KEY + r"\security", 9, tuple(security), whole)])])


def test_folders_not_printers() -> None:
    values = [Value("a", ("CSCFlags=0", "Path=C:\\a", "Remark=", "Type=0"), 4), Value("LBP", ("Path=LBP", "Type=1"), 5)]
    found = read_shares(shown(values, [Value("A", acl((0, 0x1200A9)), 10)]))
    assert [(row.name, row.path, row.writable) for row in found.rows if hasattr(row, "path")] == [("a", "C:\\a", False)]
    assert [(row.principal, row.access) for row in found.rows if hasattr(row, "principal")] == [("Everyone", "read")]
    assert all(look.complete for look in found.looks) and found.looks[0].missing == ("guest",)


def test_a_printed_folder_that_begins_with_0() -> None:
    found = read_shares(shown([Value("a", ("Path=D:", "scan", "Type=0"), 4)], [Value("a", acl(), 10)]))
    assert found.rows[0].path == "D:\\0scan"


def test_without_rights_nobody_knows_who_may_open_it() -> None:
    values = [Value("a", ("Path=C:\\a", "Type=0"), 4)]
    for security in ([], [Value("a", b"\1\2", 10)], [Value("a", "text", 10)]):
        found = read_shares(shown(values, security))
        assert found.rows[0].writable is None and "writable" in found.looks[0].missing and not found.looks[1].complete


def test_what_is_denied_is_taken_away() -> None:
    found = read_shares(shown([Value("a", ("Path=C:\\a", "Type=0"), 4)], [Value("a", acl((1, 0x1F01FF), (0, 0x1F01FF)), 10)]))
    assert [row for row in found.rows if hasattr(row, "principal")] == []


def test_a_list_that_is_not_whole() -> None:
    assert not read_shares(shown([Value("a", "text", 4)], [])).looks[0].complete
    assert not read_shares(shown([], [], whole=False)).looks[0].complete
    assert read_shares(shown([], [])).looks[0].complete
    assert read_shares(Tree([])).looks == []


def test_settings_of_the_server(tree) -> None:
    found = read_shares(
        tree('SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters\n"SMB1"=dword:00000000\n"Other"=dword:00000001')
    )
    assert [(row.name, row.value) for row in found.rows] == [("SMB1", "0")]
