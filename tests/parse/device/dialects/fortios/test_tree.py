"""The grammar: quotes, changes of what stands before, blocks that were never closed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.device.dialects.fortios.tree import Tree, read_tree, words_of
from omamori.parse.windows.lines import Line


def tree(text: str) -> Tree:
    return read_tree([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])


def test_words() -> None:
    assert words_of('set a "b c"d \'e "f\' g\\ h "i\\"j"') == (["set", "a", "b cd", 'e "f', "g h", 'i"j'], "")
    assert words_of('set a "b') == (["set", "a", "b"], '"')


def test_a_value_of_many_lines() -> None:
    found = tree('config vpn certificate local\nedit "x"\nset key "one\ntwo\nend" next\nset other 1\nnext\nend')
    block = found.root.block("vpn certificate local").entries["x"]
    assert block.all("key") == ["one\ntwo\nend", "next"] and block.one("other") == "1" and found.odd == []


def test_a_quote_that_is_never_closed_costs_one_line() -> None:
    found = tree("config system global\nset alias 'x\nset hostname fw\nend")
    assert found.root.block("system global").one("hostname") == "fw"
    assert [line.number for line, _ in found.odd] == [2]


def test_changes() -> None:
    found = tree(
        "config firewall policy\nedit 1\nset a 1\nnext\nedit 2\nnext\nedit 3\nnext\nmove 3 before 1\ndelete 2\nclone 1 to 9\n"
        "rename 9 to 8\nedit 1\nappend a 2\nunset b\nnext\nmove 1 after 77\nend"
    )
    table = found.root.block("firewall policy")
    assert list(table.entries) == ["3", "1", "8"]
    assert table.entries["1"].all("a") == ["1", "2"] and table.entries["8"].all("a") == ["1"]
    assert [line.text for line, _ in found.odd] == ["move 1 after 77"]


def test_a_table_whose_end_is_missing_does_not_swallow_the_next() -> None:
    found = tree("config system global\nset hostname fw\nconfig system interface\nedit port1\nset ip 10.0.0.1/24\nnext\nend")
    assert found.root.block("system interface").entries["port1"].all("ip") == ["10.0.0.1/24"]
    assert len(found.odd) == 1


def test_each_edit_0_is_an_entry_of_its_own() -> None:
    assert len(tree("config router static\nedit 0\nset a 1\nnext\nedit 0\nset a 2\nnext\nend").root.block("router static").entries) == 2


def test_virtual_domains() -> None:
    found = tree(
        "config vdom\nedit root\nnext\nedit lab\nnext\nend\nconfig global\nconfig system global\nset hostname fw\nend\nend\n"
        "config vdom\nedit lab\nconfig firewall policy\nedit 1\nnext\nend\nend\n"
    )
    assert list(found.vdoms) == ["root", "lab"] and list(found.vdoms["lab"].blocks) == ["firewall policy"]
    assert found.root.block("system global").one("hostname") == "fw" and found.odd == []


@given(
    st.lists(
        st.sampled_from(
            ["config a b", "config system x", "edit 1", 'set k "', "set k v", "next", "end", "'", "config vdom", "config global"]
        )
    )
)
def test_nothing_is_lost(lines: list[str]) -> None:
    found = tree("\n".join(lines))
    assert found.said == len([line for line in lines if line])
