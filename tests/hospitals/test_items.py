"""Every item of every edition over both hospitals, and what happens to it when evidence changes or goes.

`OMAMORI_UPDATE=1 pytest tests/hospitals/test_items.py` writes items.yaml anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.evaluate.connection import Limits
from omamori.evaluate.guard import guard
from omamori.evaluate.item_facts import Declared, Facts
from omamori.evaluate.items import decide
from omamori.evaluate.judge import judge_open
from omamori.knowledge.editions import Edition, Item, edition_names, load_edition
from omamori.model.standard import ItemAnswer, ItemDecision
from omamori.model.tables import TABLES
from omamori.pipeline.items import day_of, other_sheet, read_facts
from omamori.snapshot.database import Database

HERE = Path(__file__).parent
EDITIONS = tuple(load_edition(name) for name in edition_names())
HOSPITALS = ("healthy", "sick")
Decided = dict[tuple[str, str], ItemDecision]
"""(edition, item) → decision."""


def facts_of(judged: Any) -> Facts:
    with Database(judged.tables, read_only=True) as database:
        return read_facts(database, EDITIONS, judged.checks, day_of(judged.moment, UTC), verdicts=judged.verdicts)


def decided(facts: Facts) -> Decided:
    found = ((edition, decide(edition, facts, beside=other_sheet(edition))) for edition in EDITIONS)
    return {(edition.name, one.item): one for edition, decisions in found for one in decisions}


def told(one: ItemDecision) -> dict[str, Any]:
    """Say a decision in a few readable lines."""
    said: dict[str, Any] = {"decision": one.decision}
    if one.draft:
        said["draft"] = one.draft
    for says in ("no", "unknown", "yes"):
        lines = [_line(proof) for proof in one.proofs if proof.says == says]
        if lines:
            said[f"says {says}"] = lines
    if one.missing:
        said["missing"] = [text.ja for text in one.missing]
    if one.problems:
        said["problems"] = [text.ja for text in one.problems]
    return said


def _line(proof: Any) -> str:
    counted = f" {len(proof.subjects)}/{proof.of}" if proof.kind == "check" and proof.says != "yes" else f" {proof.of}" if proof.of else ""
    return f"{proof.kind} {proof.name}{counted}"


@pytest.mark.parametrize("hospital", HOSPITALS)
def test_every_item_is_decided_as_expected(hospital: str, request: pytest.FixtureRequest) -> None:
    found: dict[str, dict[str, Any]] = {edition.name: {} for edition in EDITIONS}
    for (standard, item), one in decided(facts_of(request.getfixturevalue(hospital))).items():
        found[standard][item] = told(one)
    path = HERE / hospital / "items.yaml"
    if os.environ.get("OMAMORI_UPDATE"):
        path.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=150), encoding="utf-8")
    expected = yaml.safe_load(path.read_text(encoding="utf-8"))
    changed = {
        (standard, item): (said, expected.get(standard, {}).get(item))
        for standard, items in found.items()
        for item, said in items.items()
        if said != expected.get(standard, {}).get(item)
    }
    assert changed == {}, f"if that is meant: OMAMORI_UPDATE=1 pytest {Path(__file__).name}"
    assert {(standard, item) for standard, items in expected.items() for item in items} == {
        (edition.name, item.id) for edition in EDITIONS for item in edition.items()
    }


def yes_to_everything(facts: Facts) -> Facts:
    """A named person of the hospital, and of every vendor, answered はい to every item."""
    answers = [
        ItemAnswer(standard=edition.name, item=item.id, vendor=vendor, answer="yes", answered_on=facts.today, answered_by="山田")
        for edition in EDITIONS
        for vendor in (facts.vendors if edition.role == "vendor" else ("",))
        for item in edition.items()
    ]
    return replace(facts, answers=tuple(answers))


def test_who_answers_yes_to_everything_over_sick_evidence_gets_every_contradiction_named(sick) -> None:  # type: ignore[no-untyped-def]
    facts = facts_of(sick)
    against = {place: one for place, one in decided(facts).items() if any(proof.says == "no" for proof in one.proofs)}
    answered = decided(yes_to_everything(facts))
    differing = {place for place, one in answered.items() if one.decision == "differs"}
    assert differing == set(against)
    assert {item for standard, item in differing if standard == "checklist/r7-hospital"} >= {
        "1-1",
        "2-4",
        "2-6",
        "2-7",
        "2-11",
        "3-2",
        "3-3",
    }
    for place in differing:
        named = {proof.name for proof in answered[place].proofs if proof.says == "no"}
        assert named >= {proof.name for proof in against[place].proofs if proof.says == "no"}, place
    assert not {one.decision for one in answered.values()} & {"against", "open"}


def test_who_answers_yes_in_the_healthy_hospital_differs_nowhere(healthy) -> None:  # type: ignore[no-untyped-def]
    answered = decided(yes_to_everything(facts_of(healthy)))
    assert [place for place, one in answered.items() if one.decision in ("differs", "against")] == []


@dataclass(frozen=True)
class Row:
    """One piece of evidence an item can depend on: a check's verdict, an answer to a question, a table of the ledger, a sheet's answer."""

    kind: str
    name: str
    number: int = 0


def rows_of(facts: Facts) -> list[Row]:
    verdicts = [Row("verdict", name, number) for name, one in facts.checks.items() for number in range(len(one.verdicts))]
    others = [Row("question", name) for name in facts.questions] + [Row("need", name) for name in facts.declared]
    return verdicts + others + [Row("answer", answer.item, number) for number, answer in enumerate(facts.answers)]


def depends(edition: Edition, item: Item, row: Row, facts: Facts) -> bool:
    if row.kind == "verdict":
        return row.name in item.checks
    if row.kind == "question":
        return row.name in item.questions
    if row.kind == "need":
        # Whether all vendors are known decides whether anything can be said of all their sheets.
        of_vendors = item.without_vendor or edition.role == "vendor"
        return row.name in {need.table for need in item.needs} or (of_vendors and row.name == "vendors")
    answer, beside = facts.answers[row.number], other_sheet(edition)
    if answer.standard == edition.name:
        return answer.item == item.id
    if beside is None or answer.standard != beside.name:
        return False
    asked = next(one for one in beside.items() if one.id == answer.item)
    same_words = "".join(asked.text.ja.split()) == "".join(item.text.ja.split()) and asked.target == item.target
    return same_words or item.same_as == asked.id or asked.same_as == item.id


def changed(facts: Facts, row: Row, to: str) -> Facts:
    """Return the facts with one row saying something else; `gone` as law 1 means it: nobody can tell it any more."""
    if row.kind == "verdict":
        one = facts.checks[row.name]
        verdict = "unknown" if to == "gone" else {"yes": "pass", "no": "fail"}[to]
        old = one.verdicts[row.number]
        new = replace(old, verdict=verdict, reason="not_collected" if to == "gone" else None)
        verdicts = (*one.verdicts[: row.number], new, *one.verdicts[row.number + 1 :])
        return replace(facts, checks={**facts.checks, row.name: replace(one, verdicts=verdicts)})
    if row.kind == "question":
        answer = None if to == "gone" else to
        return replace(facts, questions={**facts.questions, row.name: replace(facts.questions[row.name], answer=answer)})
    if row.kind == "need":
        old_table = facts.declared[row.name]
        states = {
            "gone": replace(old_table, complete=False),
            "no": Declared(complete=True),
            "yes": replace(old_table, rows=1, complete=True, filled=dict.fromkeys(old_table.filled, 1)),
        }
        return replace(facts, declared={**facts.declared, row.name: states[to]})
    answers = list(facts.answers)
    if to == "gone":
        del answers[row.number]
    else:
        answers[row.number] = replace(answers[row.number], answer=to)
    return replace(facts, answers=tuple(answers))


@dataclass(frozen=True, repr=False)
class Known:
    """A hospital's facts, their decisions and their rows; too many to be printed."""

    facts: Facts
    before: Decided
    rows: list[Row]


@pytest.fixture(scope="module", params=HOSPITALS)
def known(request: pytest.FixtureRequest) -> Known:
    """The facts of a hospital whose sheets are all filled in, so that answers matter too."""
    facts = yes_to_everything(facts_of(request.getfixturevalue(request.param)))
    return Known(facts, decided(facts), rows_of(facts))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_row_changes_only_items_that_depend_on_it(known: Known, data: st.DataObject) -> None:
    facts, before, rows = known.facts, known.before, known.rows
    kind = data.draw(st.sampled_from(sorted({row.kind for row in rows})))
    row = data.draw(st.sampled_from([row for row in rows if row.kind == kind]))
    to = data.draw(st.sampled_from(["yes", "no", "gone"]))
    after = decided(changed(facts, row, to))
    for edition in EDITIONS:
        for item in edition.items():
            if not depends(edition, item, row, facts):
                assert after[edition.name, item.id] == before[edition.name, item.id], (row, to, item.id)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_evidence_that_goes_never_makes_an_item_agree(known: Known, data: st.DataObject) -> None:
    facts, before, rows = known.facts, known.before, known.rows
    for row in data.draw(st.lists(st.sampled_from(rows), min_size=1, max_size=6, unique=True)):
        # Answers are named by their place: of several, only the first can be taken out.
        facts = facts if row.kind == "answer" and len(facts.answers) < len(known.facts.answers) else changed(facts, row, "gone")
    named = data.draw(st.lists(st.sampled_from(sorted(facts.roles)), max_size=2))
    facts = replace(facts, roles={**facts.roles, **dict.fromkeys(named)})
    if data.draw(st.booleans()):
        facts = replace(facts, contract=None, declared={**facts.declared, "vendors": Declared()})
    if data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(facts.checks)))
        facts = replace(facts, checks={**facts.checks, name: replace(facts.checks[name], ran=False, verdicts=())})
    better = [place for place, one in decided(facts).items() if one.decision == "agrees" and before[place].decision != "agrees"]
    assert better == []


@pytest.mark.parametrize("hospital", HOSPITALS)
def test_looks_that_go_from_the_tables_never_make_an_item_agree(hospital: str, request: pytest.FixtureRequest) -> None:
    """The whole way: a table's looks become incomplete and its rows go, the checks that read it judge again, the items are decided anew."""
    judged = request.getfixturevalue(hospital)
    named = {name for edition in EDITIONS for item in edition.items() for name in item.checks}
    guarded = [guard(check) for check in judged.checks if check.id in named]
    today = day_of(judged.moment, UTC)
    with Database() as database:
        _copy(database, judged.tables)
        before = decided(read_facts(database, EDITIONS, judged.checks, today, verdicts=judged.verdicts))
        for table in _tables_to_try(guarded):
            reading = [checked for checked in guarded if table in checked.tables]
            again = {checked.check.id for checked in reading}
            kept = [verdict for verdict in judged.verdicts if verdict.check_id not in again]
            with _without(database.connection, table):
                fresh = judge_open(database.connection, reading, judged.moment, Limits())
                after = decided(read_facts(database, EDITIONS, judged.checks, today, verdicts=[*kept, *fresh]))
            better = [place for place, one in after.items() if one.decision == "agrees" and before[place].decision != "agrees"]
            assert better == [], table


def _tables_to_try(guarded: list[Any]) -> list[str]:
    """Everything people declared, and the tables most checks rest on."""
    counts: Mapping[str, int] = {name: sum(name in checked.tables for checked in guarded) for name in TABLES}
    heavy = sorted(counts, key=lambda name: (-counts[name], name))[:6]
    declared = [name for name, table in TABLES.items() if table.group == "declared"]
    return list(dict.fromkeys([*declared, "assets", "questions", *heavy]))


def _copy(database: Database, tables: Path) -> None:
    quoted = str(tables).replace("'", "''")
    database.connection.execute(f"attach '{quoted}' as snapshot (read_only)")
    for name in TABLES:
        database.connection.execute(f"insert into {name} select * from snapshot.{name}")
    database.connection.execute("detach snapshot")


class _without:
    """Inside, a table has no rows and only incomplete looks; machines stay listed by their names."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: str) -> None:
        self.connection, self.table = connection, table

    def __enter__(self) -> None:
        self.connection.execute("begin")
        if self.table == "assets":
            self.connection.execute("update assets set role = null, vendor = null, platform = null, hands_off = false, important = false")
        else:
            self.connection.execute(f"delete from {self.table}")
        self.connection.execute(
            "update collected set complete = false, reason = 'not_collected' where table_name = $table", {"table": self.table}
        )

    def __exit__(self, *error: object) -> None:
        self.connection.execute("rollback")


def test_both_hospitals_are_decided_for_the_same_day(healthy, sick) -> None:  # type: ignore[no-untyped-def]
    assert facts_of(healthy).today == facts_of(sick).today == date(2026, 6, 1)
