from __future__ import annotations

from omamori.model.derived import Exposure
from omamori.model.host import Software
from omamori.model.look import Collected
from omamori.model.text import Text
from omamori.report.data import Report
from omamori.report.facts import QUESTIONS, read_facts
from omamori.snapshot.database import Database


def test_every_machine_has_an_answer_to_every_question(report: Report) -> None:
    for machine in report.machines:
        asked = [
            question.id
            for question in QUESTIONS
            if not (machine.platform == "linux" and question.table == "server_roles")
            and (machine.platform == "windows" or question.table != "consents")
        ]
        assert [fact.id for fact in machine.facts] == asked


def test_a_long_list_is_cut_and_the_whole_count_is_told() -> None:
    with Database() as database:
        database.insert(Software(asset="pc1", name=f"package{number:04d}") for number in range(1500))
        answer = {fact.id: fact for fact in read_facts(database, {}, ["pc1"])["pc1"]}["installed"]
    assert (answer.total, len(answer.rows)) == (1500, 1000)


def test_a_machine_nobody_looked_at_has_no_answer_but_a_reason(report: Report) -> None:
    (unseen,) = [machine for machine in report.machines if machine.name == "CT操作卓"]
    assert {(fact.total, fact.complete, fact.reason) for fact in unseen.facts} == {(0, False, "not_collected")}


def test_what_is_open_to_all_comes_first_in_words() -> None:
    with Database() as database:
        database.insert(Exposure(asset="pc1", protocol="tcp", port=port, inbound=state) for port, state in ((1, "blocked"), (9, "open")))
        looks = {("pc1", "exposures"): Collected(asset="pc1", table_name="exposures", complete=True)}
        answer = {fact.id: fact for fact in read_facts(database, looks, ["pc1"])["pc1"]}["open"]
    assert [row[0] for row in answer.rows] == ["9", "1"]
    assert answer.rows[0][3] == Text("だれでも届く", "open to all")
    assert answer.complete
