"""What forms of object lists share: no list, cut values, the machine's name."""

from __future__ import annotations

from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.forms.object_lists import cut_names_problem, identifiers, listed, value


def piece(text: str) -> Piece:
    return Piece("any", tuple(Line(number, line) for number, line in enumerate(text.splitlines(), 7)))


def test_no_list_is_told() -> None:
    found = listed(piece("hello\nworld"))
    assert (found.rows, [problem.line for problem in found.problems]) == ((), [7])
    assert listed(Piece("any", ())).problems


def test_a_list_that_ends_inside_an_object_is_told() -> None:
    whole = "Name : a\nState : b\n\nName : c\nState : d"
    assert listed(piece(whole)).problems == ()
    assert [problem.line for problem in listed(piece(whole.rsplit("\n", 1)[0])).problems] == [10]


def test_a_cut_value_is_none() -> None:
    (row,) = listed(piece("Name : a\nPath : C:\\Program Fi...\nUser : n\u2026")).rows
    assert (value(row, "Name"), value(row, "Path"), value(row, "User"), value(row, "Nothing")) == ("a", None, None, None)
    assert value(row, "Path", "Name") is None, "the cut one is the one that was printed"


def test_the_machine_is_named_only_where_all_agree() -> None:
    assert identifiers(listed(piece("Node,Name\nPACS-SV,a\nPACS-SV,b"))) == ("name:pacs-sv",)
    assert identifiers(listed(piece("SystemName : pacs.hospital.example\nName : a"))) == ("name:pacs",)
    for text in ("Node,Name\nA,a\nB,b", "MachineName : .\nName : a", "Node,Name\nno host,a", "Name : a"):
        assert identifiers(listed(piece(text))) == ()


def test_cut_names_are_counted() -> None:
    assert cut_names_problem([]) is None
    problem = cut_names_problem([4, 9])
    assert problem is not None
    assert problem.line == 4
    assert "2 were cut" in problem.expected
    assert "2件" in problem.expected_ja
