"""Parts to one graph: rights, networks, passwords in hand."""

from __future__ import annotations

import random

from omamori.analyze.paths.answer import answer
from omamori.analyze.paths.assemble import FREE, assemble
from omamori.analyze.paths.parts import Credential, Holder, Link, Opening, Parts, Reach, Weakness, entry_node, zone_node


def small():
    """In zone A machine a keeps a password that opens c; the way to c's network leads over b, which another flaw opens."""
    parts = Parts(entries=("in",), jewels={"c": "ehr"}, zones={"a": ("A",), "b": ("A", "B"), "c": ("B",)})
    parts.links = [Link(entry_node("in"), zone_node("A"), "lands", True, "fw:1", ("entry:in",))]
    parts.reach = [
        Reach("zone:A", "a", "tcp", 445, "445/tcp", True, ()),
        Reach("zone:A", "b", "tcp", 3389, "3389/tcp", True, ("fw x: 1",)),
        Reach("zone:B", "c", "tcp", 445, "445/tcp", True, ()),
    ]
    parts.weaknesses = [
        Weakness("a", "exploited-flaw", "administrator", frozenset({445}), True, "a:1", ("update:a",), "F"),
        Weakness("b", "exploited-flaw", "user", frozenset({3389}), True, "b:1", ("update:b",), "F"),
        Weakness("c", "exploited-flaw", "user", frozenset({22}), True, "c:1", (), "F"),
    ]
    one = Credential("k", "k", "administrator-here-too", ("account:k",))
    one.holders = [Holder("a", "administrator", "stored-credentials", True, "a:2", ("service:a",))]
    one.openings = [Opening("c", "administrator", frozenset({445}), True, "c:2")]
    parts.credentials = [one]
    return parts


def test_a_password_found_here_is_used_there_on_the_way_over_another_machine():
    (path,) = answer(small()).paths
    assert [(step.kind, step.asset) for step in path.steps] == [
        ("lands", "A"),
        ("exploited-flaw", "a"),
        ("stored-credentials", "a"),
        ("exploited-flaw", "b"),
        ("administrator-here-too", "c"),
    ]
    for change in ("entry:in", "update:a", "service:a", "update:b", "rule:fw x: 1", "account:k"):
        assert answer(small(), [change]).paths == (), change


def test_a_port_that_is_not_reached_opens_nothing():
    parts = small()
    parts.reach = [one for one in parts.reach if one.asset != "c"]
    assert answer(parts).paths == ()


def test_ordinary_rights_do_not_take_out_what_an_administrator_can():
    parts = small()
    parts.weaknesses[0] = Weakness("a", "exploited-flaw", "user", frozenset({445}), True, "a:1", ("update:a",), "F")
    assert answer(parts).paths == ()


def test_the_same_parts_in_any_order_make_the_same_graph():
    dice = random.Random(5)
    first = assemble(small())
    for _ in range(5):
        parts = small()
        for some in (parts.reach, parts.weaknesses, parts.links):
            dice.shuffle(some)
        again = assemble(parts)
        assert again.infos == first.infos and again.graph.names == first.graph.names
        assert again.graph.target.tolist() == first.graph.target.tolist() and again.graph.step.tolist() == first.graph.step.tolist()


def test_a_reach_that_cannot_be_told_makes_the_step_uncertain_and_free_steps_are_never_told():
    parts = small()
    parts.reach[2] = Reach("zone:B", "c", "tcp", 445, "445/tcp", False, ())
    (path,) = answer(parts).paths
    assert not path.certain and not path.steps[-1].certain and all(step.kind != FREE for step in path.steps)
