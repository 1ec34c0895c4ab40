from __future__ import annotations

from datetime import date

from omamori.model.declared import Action, RiskException
from omamori.model.patching import Compensation
from omamori.report.people import read_people
from omamori.snapshot.database import Database


def test_an_acceptance_without_a_key_speaks_for_the_whole_subject() -> None:
    with Database() as database:
        database.insert(
            [
                RiskException(check_id="a.b", subject="pc1", owner="whole"),
                RiskException(check_id="a.b", subject="pc1", finding_key="x", owner="one"),
            ]
        )
        people = read_people(database)
    for key, owner in (("x", "one"), ("y", "whole")):
        acceptance = people.acceptance(("a.b", "pc1", key))
        assert acceptance is not None and acceptance.owner == owner
    assert people.acceptance(("a.b", "pc2", "x")) is None


def test_a_line_nobody_filled_in_is_no_plan_and_what_was_typed_is_harmless() -> None:
    with Database() as database:
        database.insert([Action(check_id="a.b", subject="pc1"), Action(check_id="a.b", subject="pc2", owner="\x1b[2Jname")])
        people = read_people(database)
    assert people.plan(("a.b", "pc1", "")) is None
    plan = people.plan(("a.b", "pc2", ""))
    assert plan is not None and plan.owner == "␛[2Jname"


def test_an_acceptance_shows_the_vendors_letter_and_whether_its_control_is_so() -> None:
    with Database() as database:
        database.insert(
            [
                RiskException(check_id="a.b", subject="pc1", letter="回答26-1", letter_on=date(2026, 3, 1)),
                Compensation(
                    asset="pc1", check_id="a.b", control="port_closed", detail="tcp/445", state="contradicted", shown_by="listens"
                ),
                RiskException(check_id="a.b", subject="pc2"),
            ]
        )
        people = read_people(database)
    one, other = (people.acceptance(("a.b", name, "")) for name in ("pc1", "pc2"))
    assert one is not None and one.letter == "回答26-1 2026-03-01"
    assert one.control is not None and (one.control.state, one.control.detail, one.control.shown.en) == (
        "contradicted",
        "tcp/445",
        "listens",
    )
    assert other is not None and (other.letter, other.control) == ("", None)
