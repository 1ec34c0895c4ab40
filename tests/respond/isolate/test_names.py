"""Names of cuts: typed without quotes, told apart on a device whatever they are written in, and never a command."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.respond.isolate.names import file_word, mark, plain, table_name, typed
from omamori.respond.isolate.parts import Cut, StageNumber


def a_cut(name: str) -> Cut:
    return Cut(StageNumber.LINES, name, name, None, "", ())


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_whatever_a_line_is_called_its_names_are_harmless(name: str) -> None:
    cut = a_cut(typed(2, name))
    assert re.fullmatch(r"[\w.-]+", cut.name) and "/" not in file_word(cut) and ".." not in file_word(cut).strip(".")[:1]
    assert re.fullmatch(r"omamori_block_[A-Za-z0-9_]+", table_name(cut)) and len(table_name(cut)) < 64


def test_two_names_of_other_letters_are_told_apart() -> None:
    assert mark(a_cut("3-検査-画像")) != mark(a_cut("3-画像-検査")) and mark(a_cut("2-a")) == mark(a_cut("2-a"))
    assert typed(3, "電子カルテ LAN", "DMZ") == "3-電子カルテ-LAN-DMZ"


def test_only_plain_names_of_interfaces_go_into_commands() -> None:
    assert all(plain(name) for name in ("eth0", "GigabitEthernet0/0", "ssl.root", "vlan-9"))
    assert not any(plain(name) for name in ("", 'a" ; drop', "a\nb", "$(x)", "a`b", "-x", "x" * 70))
