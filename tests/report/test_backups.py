"""The backups in the report's data, its JSON and on its page: what is lost with what, in words no ledger alone can soften."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from tests.report.backup_rows import EVIL, NOW, ROWS

from omamori.model.backup_posture import BackupChain, BackupPosture
from omamori.report.backups import Backups, backups_json, read_backups
from omamori.report.evidence_line import EvidenceLine
from omamori.report.html import render_html
from omamori.snapshot.database import Database

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"


def made(rows=ROWS, evidence: bool = True) -> Backups:
    with Database() as database:
        database.insert(rows)
        return read_backups(database, NOW, (lambda wanted: {name: EvidenceLine(name, "k", "o") for name in wanted}) if evidence else None)


def test_each_chain_ends_as_its_copies_do_and_the_worst_stands_first() -> None:
    backups = made()
    assert [(chain.asset, chain.end) for chain in backups.chains] == [
        ("検査サーバ", "nothing"),
        ("医事サーバ", "none"),
        ("PACS", "untold"),
        ("電子カルテサーバ1", "left"),
    ]
    ehr = backups.chains[3]
    assert [(copy.fate, copy.symbol) for copy in ehr.copies] == [("lost", "✕"), ("survives", "○")]
    assert (backups.ending("nothing", "none"), backups.proven) == (2, 1)
    assert ehr.copies[0].evidence == EvidenceLine("e:1", "k", "o") and made(evidence=False).chains[3].copies[0].evidence is None


def test_a_ledger_alone_is_told_as_declared_and_not_seen() -> None:
    (tape,) = made().chains[2].copies
    assert (tape.offline_words.en, tape.fate) == ("declared, not seen", "unknown")
    assert tape.why.en == "declared, not seen"
    assert tape.offline_told.ja.startswith("媒体を読み")
    # A test of a restore that only the ledger tells has no hours and no proof.
    assert not tape.restored_proven and tape.hours is None and tape.compared is None


def test_machines_care_depends_on_stand_first(hospital) -> None:
    hospital.database.insert(ROWS)
    assert [chain.asset for chain in hospital.report().backups.chains][-1] == "医事サーバ"


def test_without_rows_of_chains_the_copies_are_counted() -> None:
    rows = [BackupPosture(asset="a", job="x", fate="unknown"), BackupPosture(asset="a", job="y", fate="lost", other_device=False)]
    (chain,) = made(rows).chains
    assert (chain.surviving, chain.untold, chain.end) == (0, 1, "untold")
    assert made([BackupChain(asset="a", copies=0)]).chains[0].end == "none"


def test_names_lose_what_could_act() -> None:
    (copy,) = made().chains[0].copies
    assert "\x1b" not in copy.where + copy.name + made().chains[0].asset


def test_json_has_the_form_the_docs_promise() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    part = {**schema["properties"]["backups"], "$defs": schema["$defs"]}
    said = json.loads(json.dumps(backups_json(made())))
    jsonschema.Draft202012Validator(part, format_checker=jsonschema.FormatChecker()).validate(said)
    jsonschema.validate(backups_json(Backups()), part)
    assert said["machines"][3]["copies"][0]["evidence"] == "e:1"
    assert said["machines"][3]["copies"][0]["newest"] == "2026-06-01T01:00:00Z"


def test_the_page_shows_every_fate_with_a_sign_and_nothing_from_a_machine_becomes_markup(hospital) -> None:
    hospital.database.insert(ROWS)
    page = render_html(hospital.report(), "ja")
    section = page[page.index('<section id="backups"') : page.index('<section id="visits"')]
    for words in (
        "何も残らない",
        "残るかどうか判断できない",
        "戻す元が残る",
        "台帳には「はい」。見ていない",
        "5.25",
        "だれも消せない",
        "declared, not seen",
    ):
        assert words in section
    assert EVIL not in section and "<b>NAS" not in section and "&lt;b&gt;NAS" in section
    assert not re.search(r"\sstyle=|\son\w+=", section)


def test_a_report_without_backups_says_that_nothing_is_known(hospital) -> None:
    assert "Nothing is known of backups yet" in render_html(hospital.report(), "en")


def test_of_a_large_hospital_the_page_holds_what_it_can_and_says_how_much_more_there_is(hospital) -> None:
    before = len(render_html(hospital.report()))
    hospital.database.insert(
        [
            BackupPosture(asset=f"server {machine:03}", job=f"job {number}", fate="lost", other_device=False, declared=True)
            for machine in range(300)
            for number in range(3)
        ]
    )
    page = render_html(hospital.report(), "en")
    assert len(page) - before < 400_000
    assert "machines not shown here (all of them are in report.json and report.xlsx):</span> 260" in page


@pytest.mark.parametrize("fate", ["lost", "survives", "unknown"])
def test_every_copy_has_a_reason_whatever_is_known_of_it(fate: str) -> None:
    (chain,) = made([BackupPosture(asset="a", job="x", fate=fate)]).chains
    assert chain.copies[0].why.ja and chain.copies[0].why.en
