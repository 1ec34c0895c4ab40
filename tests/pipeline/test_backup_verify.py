"""What a stored look becomes in the judgement: rows of the machine of the ledger, the newest word of each repository."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from omamori.backup.look.record import write_record
from omamori.model.declared import LedgerAsset
from omamori.parse.backup.look_record import Compared, Harm, LookRecord, Place, Reading, Run
from omamori.pipeline.check import checks_for
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.report.ledger import ledger_bytes
from omamori.snapshot.database import Database
from omamori.snapshot.site import Site

NOW = datetime(2026, 5, 4, 3)
RUNS = tuple(Run(f"g{day}", datetime(2026, 5, day), "ehr01", compared=Compared("x", 10), complete=True) for day in (1, 2, 3))
RECORD = LookRecord(
    made=NOW, version="0.8", place=Place("restic", "restic:1", "/mnt/nas/r", "network-mount", "nas1"), opened=True, structure_ok=True,
    runs=RUNS, reading=Reading(9, 9, 90, 90, NOW), looked_into=True,
)  # fmt: skip


def judged(folder: Path, *records: LookRecord) -> dict[str, list[Any]]:
    machines = [
        LedgerAsset(asset="電子カルテDB", hostname="ehr01", role="server"),
        LedgerAsset(asset="画像サーバ", hostname="pacs", role="server"),
    ]
    (folder / "l.xlsx").write_bytes(ledger_bytes("ja", rows={"ledger_assets": machines}))
    for number, record in enumerate(records):
        (folder / f"look{number}.json").write_bytes(write_record(record))
    files = [folder / "l.xlsx", *(folder / f"look{number}.json" for number in range(len(records)))]
    for number, file in enumerate(files):
        (outcome,) = take_in(folder / "site", [file], Silent(), received=NOW + timedelta(hours=1, minutes=number))
        assert outcome.status == "stored", outcome
    taken = take_snapshot(Site(folder / "site"), checks_for(()), NOW + timedelta(days=1), Silent())
    with Database(taken.snapshot.tables, read_only=True) as database:
        names = ("backup_repositories", "backup_generations", "backup_damage", "collected", "assets")
        return {name: list(database.rows(name)) for name in names}


def test_the_rows_are_those_of_the_machine_whose_host_it_is(tmp_path: Path) -> None:
    found = judged(tmp_path, RECORD)
    assert {row.asset for row in found["backup_repositories"]} == {"電子カルテDB"}
    assert {(row.asset, row.generation) for row in found["backup_generations"]} == {("電子カルテDB", f"g{day}") for day in (1, 2, 3)}
    assert all(row.source == "backup.look" and row.evidence for row in found["backup_generations"])


def test_the_name_of_the_ledger_itself_is_that_machine(tmp_path: Path) -> None:
    found = judged(tmp_path, replace(RECORD, machine="画像サーバ"))
    assert {row.asset for row in found["backup_repositories"]} == {"画像サーバ"}
    assert {row.asset for row in found["assets"]} == {"電子カルテDB", "画像サーバ"}


def test_two_repositories_of_one_machine_stand_side_by_side_each_by_its_newest_look(tmp_path: Path) -> None:
    other = replace(RECORD, place=replace(RECORD.place, id="borg:2", kind="borg"))
    hurt = replace(
        RECORD,
        made=NOW + timedelta(hours=1),
        reading=replace(RECORD.reading, whole_since=None, parts_read=4),
        damage=(Harm("data/1", "altered"),),
    )
    found = judged(tmp_path, RECORD, other, hurt)
    assert sorted((row.repository, row.parts_read) for row in found["backup_repositories"]) == [("borg:2", 9), ("restic:1", 4)]
    assert [(row.repository, row.part) for row in found["backup_damage"]] == [("restic:1", "data/1")]
    complete = [row.complete for row in found["collected"] if row.table_name == "backup_damage"]
    assert sorted(complete) == [False, True]
