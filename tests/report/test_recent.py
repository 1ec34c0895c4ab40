"""What was added lately: by its day, and by what was not there before where both looks were whole."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from pathlib import Path

from omamori.model.host import Service, Software
from omamori.model.look import Collected
from omamori.model.text import Text
from omamori.report.facts import read_facts
from omamori.report.recent import Since, added_since, read_recent
from omamori.snapshot.database import Database

NOW, BEFORE = datetime(2026, 6, 1), datetime(2026, 3, 1)


def whole(asset: str, table: str, complete: bool = True) -> Collected:
    return Collected(asset=asset, table_name=table, source="x", complete=complete)


def earlier(path: Path) -> Path:
    with Database(path) as database:
        database.insert(
            [
                Software(asset="pc", name="Karte"),
                whole("pc", "software"),
                dataclasses.replace(whole("pc", "services"), missing="display_name"),
                whole("new", "accounts"),
            ]
        )
        database.insert([whole("half", "software", complete=False)])
    return path


def test_what_was_not_there_before_is_told_only_where_both_lists_were_whole(tmp_path: Path) -> None:
    with Database() as database:
        database.insert(Software(asset=asset, name=name) for asset in ("pc", "half", "new") for name in ("Karte", "anydesk"))
        database.insert([Service(asset="pc", name="anydesk"), Service(asset="new", name="spooler")])
        database.insert(whole(asset, table) for asset in ("pc", "half", "new") for table in ("software", "services"))
        since = added_since(database, earlier(tmp_path / "e.duckdb"))
        assert {(row.asset, row.table, row.name) for row in since.rows} == {("pc", "software", "anydesk"), ("pc", "services", "anydesk")}
        assert since.compared == {"pc": ("software", "services")}
        recent = read_recent(database, NOW, since, BEFORE)
        assert added_since(database, tmp_path / "gone.duckdb") == Since()
    assert [(row[0], row[1].en, row[2]) for row in recent.rows["pc"]] == [
        (Text("2026-03-01より後", "after 2026-03-01"), kind, "anydesk") for kind in ("service", "program")
    ]
    assert "(compared: program, service)" in recent.note("pc").en
    assert "2026-03-01" in recent.note("pc").ja and "2026-03-01" not in recent.note("half").ja


def test_the_day_of_installation_counts_and_programs_without_one_are_told() -> None:
    with Database() as database:
        database.insert(
            [
                Software(asset="pc", name="New", version="2", installed=date(2026, 5, 30)),
                Software(asset="pc", name="Newer", installed=date(2026, 5, 31)),
                Software(asset="pc", name="Old", installed=date(2020, 1, 1)),
                Software(asset="pc", name="Undated"),
                whole("pc", "software"),
            ]
        )
        recent = read_recent(database, NOW)
        looks = {("pc", "software"): whole("pc", "software")}
        (fact,) = [fact for fact in read_facts(database, looks, ["pc"], recent)["pc"] if fact.id == "recent"]
    assert [(row[0], row[2], row[3]) for row in fact.rows] == [("2026-05-31", "Newer", ""), ("2026-05-30", "New", "2")]
    assert (
        fact.complete
        and fact.note is not None
        and fact.note.en == ("Programs installed in the last 90 days. Programs without a recorded day: 1.")
    )


def test_a_machine_nobody_looked_at_has_no_answer() -> None:
    with Database() as database:
        (fact,) = [fact for fact in read_facts(database, {}, ["pc"], read_recent(database, NOW))["pc"] if fact.id == "recent"]
    assert (fact.complete, fact.reason, fact.note) == (False, "not_collected", None)
