"""How far an intruder gets, in the report's data, JSON and page."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from omamori.model.ways_in import AttackPath, AttackStep, Change, Entry
from omamori.report.evidence_line import EvidenceLine
from omamori.report.html import render_html
from omamori.report.ways import read_ways, ways_json
from omamori.snapshot.database import Database

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"
ROWS = [
    Entry(entry="catering", kind="partner", vendor="Meals"),
    Entry(entry="wall", kind="wall-port"),
    AttackPath(
        path="catering > ehr", entry="catering", asset="ehr", jewel="ehr", steps=2, certain=True, changes="update:x; entry:catering"
    ),
    AttackPath(path="catering > bk", entry="catering", asset="bk", jewel="backup", steps=1, certain=False),
    AttackStep(path="catering > ehr", position=2, start="x", asset="ehr", kind="no-login", told_ja="二", told_en="two", evidence="e:2"),
    AttackStep(
        path="catering > ehr", position=1, start="catering", asset="x\x1b[2J", kind="no-login", told_ja="一", told_en="one", evidence="e:1"
    ),
    AttackStep(path="catering > bk", position=1, start="catering", asset="bk", kind="lands", told_ja="三", told_en="three", certain=False),
    Change(change="bastion", told_ja="一つに", told_en="one door", cost="high", who="hospital", cuts=2),
    Change(change="update:x", told_ja="更新<b>", told_en="update<b>", cost="low", who="V", cuts=1, rank=2),
    Change(change="entry:catering", told_ja="切る", told_en="unplug", cost="low", who="Meals", cuts=2, rank=1),
]


def line(reference):
    return EvidenceLine(reference, "k", "o")


@pytest.fixture
def ways():
    with Database() as database:
        database.insert(ROWS)
        return read_ways(database, lambda wanted: {name: line(name) for name in wanted})


def test_entries_paths_steps_and_changes_stand_in_their_order(ways):
    assert [entry.entry for entry in ways.entries] == ["catering", "wall"] and ways.entries[1].paths == ()
    assert [(path.asset, path.certain) for path in ways.entries[0].paths] == [("ehr", True), ("bk", False)]
    assert [step.told.en for step in ways.entries[0].paths[0].steps] == ["one", "two"]
    assert [step.evidence.reference for step in ways.entries[0].paths[0].steps if step.evidence] == ["e:1", "e:2"]
    assert [one.change for one in ways.changes] == ["entry:catering", "update:x", "bastion"]
    assert [one.change for one in ways.first] == ["entry:catering", "update:x"]
    assert "\x1b" not in ways.entries[0].paths[0].steps[0].asset


def test_json_has_the_form_the_docs_promise(ways):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    part = {**schema["properties"]["attack_paths"], "$defs": schema["$defs"]}
    jsonschema.validate(ways_json(ways), part)
    assert ways_json(ways)["entries"][0]["paths"][0]["steps"][0]["evidence"] == "e:1"


def test_the_page_tells_them_and_takes_nothing_from_a_machine_for_its_own(hospital):
    hospital.database.insert(ROWS)
    page = render_html(hospital.report(), "ja")
    assert "侵入者はどこまで進めるか" in page and "更新&lt;b&gt;" in page and "<b>更新" not in page
    assert page.index("切る") < page.index("更新&lt;b&gt;")


def test_a_report_without_ways_in_says_that_none_is_known(hospital):
    assert "No way in is known yet" in render_html(hospital.report(), "en")
