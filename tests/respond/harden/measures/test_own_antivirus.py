"""Features of the antivirus that are there and not at work."""

from __future__ import annotations

from tests.respond.harden.small import behaviour_off, facts, pc, product

from omamori.respond.harden.measures.own_antivirus import KIND
from omamori.respond.harden.parts import Left, Measure


def test_a_feature_that_is_off_is_a_thing_to_do_in_its_console() -> None:
    with facts([*pc("a"), product("a", behaviour=False, real_time=True, tamper_protected=True), behaviour_off("a")]) as known:
        (one,) = KIND.propose(known, known.machines["a"])
    assert isinstance(one, Measure) and not one.changes and one.evidence == ("a:7",)
    assert (
        one.what.en == "ExampleAV: switch on behaviour monitoring" and "console" in one.menu.hand.en and "virtual patch" in one.notes[0].en
    )
    assert [promise.key for promise in one.promises] == ["a | ExampleAV"] and one.promises[0].check in KIND.fixes


def test_another_products_finding_is_not_taken_for_it() -> None:
    rows = [*pc("a"), product("a", behaviour=True, real_time=True, tamper_protected=True), behaviour_off("a", product="Other")]
    with facts(rows) as known:
        assert list(KIND.propose(known, known.machines["a"])) == []


def test_what_the_machine_does_not_show_is_said_and_not_guessed() -> None:
    with facts([*pc("a"), product("a", behaviour=True)]) as known:
        (one,) = KIND.propose(known, known.machines["a"])
    assert isinstance(one, Left) and "console" in one.why.en
