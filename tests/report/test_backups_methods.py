"""Ways to cut a copy off: what the hospital already keeps copies on stands first, and what only the ledger says holds nothing."""

from __future__ import annotations

from tests.report.backup_rows import NOW, ROWS

from omamori.model.backup_posture import BackupPosture
from omamori.model.declared_recovery import MediumLog
from omamori.report.backups import read_backups
from omamori.report.backups_methods import methods_json, read_methods
from omamori.report.html import render_html
from omamori.snapshot.database import Database


def told(*rows, logged=()):
    with Database() as database:
        database.insert(logged)
        return {one.way.id: one for one in read_methods(database, rows)}


def test_what_the_hospital_has_the_medium_for_stands_first() -> None:
    found = told(BackupPosture(asset="a", medium="tape"))
    assert next(iter(found)) == "tape" and found["tape"].here and not found["cloud"].here
    assert told(logged=[MediumLog(medium="x", kind="rdx")])["disks-in-turn"].here
    assert not any(one.here for one in told().values())


def test_only_what_was_seen_counts_as_held() -> None:
    seen = BackupPosture(asset="a", medium="disk", offline=True, offline_by="medium-out")
    declared = BackupPosture(asset="b", medium="disk", offline_declared="yes", offline_by="declared")
    found = told(seen, declared)
    assert (found["disks-in-turn"].held, found["cloud"].held, found["tape"].held) == (1, 0, 0)


def test_the_page_names_each_with_its_weakness(hospital) -> None:
    hospital.database.insert(ROWS)
    page = render_html(hospital.report(), "en")
    section = page[page.index('<ul class="methods">') : page.index('<section id="visits"')]
    with Database() as database:
        database.insert(ROWS)
        methods = read_backups(database, NOW).methods
    assert len(methods) == section.count('<ul class="weak">') > 5
    assert all(one["name"]["en"] in section for one in methods_json(methods))
