"""The whole way on a plain folder of copies; restic and borg are in tests/system/test_backup_prove.py."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from omamori.backup.interface import BackupError, Key
from omamori.model.clean import clean
from omamori.model.declared import LedgerAsset, RecoveryNeed
from omamori.model.text import LANGUAGES
from omamori.parse.backup.proof import KIND
from omamori.pipeline.backup_manifest import make_manifest
from omamori.pipeline.backup_place import stored_of_kind
from omamori.pipeline.backup_prove import ProveRequest, prove
from omamori.pipeline.backup_prove_shown import proof_words, sections, whole_picture, write_page
from omamori.pipeline.backup_scratch import approve_scratch
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.snapshot.database import Database
from omamori.snapshot.site import Site

NAMES = ("山田太郎", "patient-4711")


@pytest.fixture
def request_(tmp_path: Path) -> ProveRequest:
    """A mirror with names of patients, its list, and an approved scratch place."""
    copies = tmp_path / "copies"
    for number in range(40):
        path = copies / f"d{number % 4}" / f"{NAMES[number % 2]}-{number}.dat"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(500))
    manifest = tmp_path / "list.sha256"
    make_manifest(copies, manifest, Silent(), stop=threading.Event())
    approve_scratch(tmp_path / "site", tmp_path / "scratch", "on-server", "福井", None)
    return ProveRequest(
        site=tmp_path / "site", place=str(copies), scratch=tmp_path / "scratch", key=Key(), machine="電子カルテDB", job="毎晩", sample=None,
        manifest=manifest, said_by="花子",
    )  # fmt: skip


def records(site: Path) -> list[Mapping[str, Any]]:
    """Newest first."""
    return [json.loads(data) for data in stored_of_kind(Site(site).evidence, KIND)]


def test_a_whole_proof_is_recorded_without_a_name_of_a_file(request_: ProveRequest) -> None:
    proved = prove(request_, Silent(), stop=threading.Event())
    assert proved.proof.result == "whole"
    (said,) = records(request_.site)
    assert (said["result"], said["files"], said["files_same"], said["share"], said["scratch"]["wiped"]) == ("whole", 40, 40, 1.0, True)
    assert (said["of"], said["said_by"]) == ({"machine": "電子カルテDB", "job": "毎晩"}, "花子")
    for name in NAMES:
        assert name not in json.dumps(said, ensure_ascii=False)
    assert [path.name for path in request_.scratch.iterdir()] == [".omamori-in-use"]
    assert not list((request_.site / "unfinished-proofs").glob("*"))


def test_samples_go_round_until_everything_was_proven(request_: ProveRequest) -> None:
    shares, files = [], 0
    while not shares or shares[-1] != 1.0:
        proof = prove(replace(request_, sample=0.25), Silent(), stop=threading.Event()).proof
        shares.append(proof.share)
        files += proof.files
    assert files == 40
    assert len(shares) <= 4
    assert shares == sorted(shares)  # type: ignore[type-var]
    again = prove(replace(request_, sample=0.25), Silent(), stop=threading.Event()).proof
    assert again.begun_at == 0.0
    assert records(request_.site)[0]["round"]["began"] >= records(request_.site)[-1]["round"]["began"]


def test_no_sample_is_empty_and_an_empty_backup_proves_nothing(request_: ProveRequest) -> None:
    files, done_to = [], 0.0
    while done_to < 1.0:
        proof = prove(replace(request_, sample=0.001), Silent(), stop=threading.Event()).proof
        files.append(proof.files)
        done_to = proof.done_to
    assert all(files)
    assert sum(files) == 40
    again = prove(replace(request_, sample=0.001), Silent(), stop=threading.Event()).proof
    assert (again.files > 0, again.begun_at) == (True, 0.0)
    empty = request_.site.parent / "empty" / "inner"
    empty.mkdir(parents=True)
    nothing = prove(replace(request_, place=str(empty.parent), kind="folder", manifest=None), Silent(), stop=threading.Event()).proof
    assert (nothing.result, nothing.because) == ("failed", "empty")


def test_a_stop_is_recorded_and_the_next_run_goes_on(request_: ProveRequest) -> None:
    stop = threading.Event()

    class Stopping(Silent):
        def progress(self, done: int, total: int) -> None:
            if self.batch >= 2:
                stop.set()

        batch = 0

        def step(self, text: Any) -> None:
            self.batch += text.en.startswith("Restoring")

    small = replace(request_, space=6000)
    broken = prove(small, Stopping(), stop=stop)
    assert (broken.proof.result, broken.proof.because) == ("incomplete", "stopped")
    assert broken.broken is not None
    assert 0 < broken.proof.files < 40
    journals = list((request_.site / "unfinished-proofs").glob("*"))
    assert len(journals) == 1
    assert not any(name in journals[0].read_text() for name in NAMES)
    whole = prove(small, Silent(), stop=threading.Event()).proof
    assert (whole.result, whole.files, whole.files_same) == ("whole", 40, 40)
    assert not list((request_.site / "unfinished-proofs").glob("*"))


def test_without_a_list_nothing_is_said_about_the_contents(request_: ProveRequest) -> None:
    proved = prove(replace(request_, manifest=None), Silent(), stop=threading.Event())
    assert (proved.proof.compared_with, proved.proof.files_same) == ("nothing", None)
    assert any("not known" in text.en for text in proved.told)


def test_no_place_no_approval_no_restore(request_: ProveRequest, tmp_path: Path) -> None:
    for scratch in (tmp_path / "other", tmp_path / "site" / "inner"):
        with pytest.raises(BackupError):
            prove(replace(request_, scratch=scratch), Silent(), stop=threading.Event())
    with pytest.raises(BackupError):
        approve_scratch(request_.site, request_.site / "inner", "on-server", "A", None)
    (Path(request_.place) / "inner").mkdir()
    shutil.rmtree(request_.scratch)
    assert prove(request_, Silent(), stop=threading.Event()).proof.result == "whole"  # in memory, it is gone after a restart
    approve_scratch(request_.site, Path(request_.place) / "inner", "on-server", "A", None)
    with pytest.raises(BackupError, match="overlaps"):
        prove(replace(request_, scratch=Path(request_.place) / "inner"), Silent(), stop=threading.Event())
    assert len(records(request_.site)) == 1


def test_a_proof_of_200_days_ago_still_counts(request_: ProveRequest) -> None:
    prove(request_, Silent(), stop=threading.Event())
    site = Site(request_.site)
    later = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=200)
    taken = take_snapshot(site, [], later, Silent())
    with Database(taken.snapshot.tables, read_only=True) as database:
        (row,) = database.rows("restore_proofs")
        looks = [look for look in database.rows("collected") if look.table_name == "restore_proofs" and look.asset == row.asset]
    assert (row.result, row.job) == ("whole", "毎晩")
    assert looks[0].complete


def test_it_is_shown_in_both_languages_and_printed_once_each(request_: ProveRequest, tmp_path: Path) -> None:
    proved = prove(request_, Silent(), stop=threading.Event())
    assert whole_picture(request_.site, proved.proof) is None
    parts = sections(proved.proof, None, proved.told, UTC)
    for language in LANGUAGES:
        words = [text.say(language) for part in parts for _, text in part.rows]
        assert all(words)
        assert words == [clean(word) for word in words]
    first = write_page(tmp_path / "out", proved.proof, parts, "ja", UTC)
    second = write_page(tmp_path / "out", proved.proof, parts, "en", UTC)
    assert first != second
    assert "すべて一致" in first.read_text(encoding="utf-8")
    assert "everything matched" in second.read_text(encoding="utf-8")
    assert proof_words(proved.proof, None, proved.told)["result"] == "whole"


def test_the_time_on_the_day_rests_on_the_ledger_of_the_newest_judgement(request_: ProveRequest) -> None:
    proof = replace(prove(request_, Silent(), stop=threading.Event()).proof, machine="", generation_host="EHR-DB", whole_seconds=7200.0)
    taken = take_snapshot(Site(request_.site), [], datetime.now(UTC).replace(tzinfo=None), Silent())
    with Database(taken.snapshot.tables) as database:
        database.insert(
            [
                LedgerAsset(asset="電子カルテDB", hostname="ehr-db", recovery_order=2, recovery_hours=8),
                LedgerAsset(asset="認証サーバ", recovery_order=1),
                RecoveryNeed(need="鍵", hours=3, apart="yes"),
            ]
        )
    told = whole_picture(request_.site, proof)
    assert told is not None
    assert (told.machine, told.seconds, told.wanted_hours) == ("電子カルテDB", 5 * 3600.0, 8)
    assert any("認証サーバ" in text.ja for text in told.leaves_out)
    shown = " ".join(text.en for part in sections(proof, told, (), UTC) for _, text in part.rows)
    assert "at least 5.0 hours (wanted: 8 hours)" in shown
    assert proof_words(proof, told, ())["projection"]["seconds"] == 5 * 3600.0
