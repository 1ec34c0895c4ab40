"""Three ways to write one tree."""

from __future__ import annotations

from omamori.parse.device.dialects.panos.tree import Tree, home, read_tree
from omamori.parse.windows.lines import Line


def tree(text: str) -> Tree:
    return read_tree([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])


def paths(found: Tree) -> list[str]:
    return [" ".join(path) for path, _ in found.root.leaves()]


def test_three_forms_are_one_tree() -> None:
    lines = 'set config devices localhost.localdomain deviceconfig system hostname pa\nset zone "z 1" network layer3 [ e1 e2 ]'
    braces = (
        "config {\n devices {\n  localhost.localdomain {\n   deviceconfig { system { hostname pa; } }\n"
        '   vsys { vsys1 { zone { "z 1" { network { layer3 [ e1 e2]; } } } } }\n }}}'
    )
    markup = (
        "<config><devices><entry name='localhost.localdomain'><deviceconfig><system><hostname>pa</hostname></system></deviceconfig><vsys><entry name='vsys1'>"
        "<zone><entry name='z 1'><network><layer3><member>e1</member><member>e2</member></layer3></network></entry></zone></entry></vsys></entry></devices></config>"
    )
    expected = ["deviceconfig system hostname pa", "vsys vsys1 zone z 1 network layer3 e1", "vsys vsys1 zone z 1 network layer3 e2"]
    assert sorted(paths(tree(lines))) == sorted(paths(tree(markup))) == expected
    assert [path for path in sorted(paths(tree(braces))) if path] == expected and tree(braces).odd == []


def test_home() -> None:
    assert home(["config", "devices", "x", "network", "a"]) == ("network", "a")
    assert home(["rulebase", "a"]) == ("vsys", "vsys1", "rulebase", "a") and home(["shared", "address"]) == ("shared", "address")


def test_values_of_many_lines_and_odd_quotes() -> None:
    found = tree('set address a description "one\ntwo"\nset address b description "x " y"\nset address c ip-netmask 10.0.0.1')
    assert "vsys vsys1 address c ip-netmask 10.0.0.1" in paths(found) and found.odd == []


def test_delete_and_what_cannot_be_done() -> None:
    found = tree("set address a ip-netmask 10.0.0.1\ndelete address a\ndelete address a\nmove rulebase x y\nrename address b to c")
    assert paths(found) == ["vsys vsys1 address"] and [line.number for line in found.odd] == [3, 4, 5]


def test_braces_that_do_not_match_are_told() -> None:
    assert tree("deviceconfig {\n system {\n").odd and tree("}\nset a b").odd
