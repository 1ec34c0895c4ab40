"""`omamori backup verify` and `canary` on a real folder of copies; restic and borg are in tests/system."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import typer

from hospital_files import content, encrypt, make
from omamori.cli.backup import app, share_of
from omamori.cli.backup_shown import canary_lines, verified_lines
from omamori.model.text import Text
from omamori.parse.backup.canary import Canary
from omamori.parse.backup.look_record import CanaryState, Gone, Harm, Lock, LookRecord, Place, Reading, Run, Sign
from omamori.pipeline.backup_verify import Verified

Omamori = Callable[..., "subprocess.CompletedProcess[str]"]


def test_the_group_stays_a_group() -> None:
    assert app.registered_callback is not None


@pytest.mark.parametrize(("said", "share"), [(None, None), ("all", 1.0), ("10%", 0.1), ("2.5", 0.025), ("100%", 1.0), ("５%", 0.05)])
def test_shares(said: str | None, share: float | None) -> None:
    assert share_of(said) == share


@pytest.mark.parametrize("said", ["0%", "101%", "-5", "much", ""])
def test_what_is_no_share_is_a_usage_error(said: str) -> None:
    with pytest.raises(typer.BadParameter):
        share_of(said)


def test_a_folder_of_copies_by_day_in_both_languages(omamori: Omamori, tmp_path: Path) -> None:
    make(tmp_path / "source", 60)
    for day in ("2026-05-01", "2026-05-02"):
        shutil.copytree(tmp_path / "source", tmp_path / "nas" / day)
    words = ("backup", "verify", "nas", "--machine", "電子カルテDB", "--job", "毎晩NASへ")
    done = omamori(*words, lang="ja")
    assert done.returncode == 0, done.stderr
    assert (
        "世代 2" in done.stdout and "攻撃の跡は見つかりませんでした" in done.stdout and "跡のない最も新しい世代: 2026-05-02" in done.stdout
    )
    assert "kanja" not in done.stdout + done.stderr
    encrypt(tmp_path / "source")
    shutil.copytree(tmp_path / "source", tmp_path / "nas" / "2026-05-03")
    done = omamori(*words)
    assert "many files got the same new ending" in done.stdout and "hardly anything else does this" in done.stdout
    assert (
        "newest generation without a trace: 2026-05-02" in done.stdout
        and "take this repository and the machine off the network" in done.stdout
    )
    told = json.loads(omamori(*words, "--json", "--share", "10%").stdout)
    assert told["clean"]["generation"] == "2026-05-02" and told["now"]["finished"] and "buckets" not in told["reading"]
    assert list((tmp_path / "omamori-site" / "unfinished-looks").iterdir()) == []
    assert content("pdf", random.Random(1)).startswith(b"%PDF")


def test_what_is_not_there_is_one_line_and_code_3(omamori: Omamori) -> None:
    done = omamori("backup", "verify", "nothing")
    assert done.returncode == 3 and "is it connected" in done.stdout and "not kept" in done.stdout
    done = omamori("backup", "verify", "nothing", "--machine", "ehr")
    assert done.returncode == 3 and "kept in" in done.stdout
    assert omamori("backup", "verify", "nothing", "--share", "none").returncode == 2
    assert omamori("backup", "canary", "nothing", "--machine", "ehr").returncode == 3
    assert omamori("backup", "verify", "nothing", "--password-file", "nothing").returncode == 3


NOW = datetime(2026, 5, 4)
RECORD = LookRecord(
    made=NOW, version="", machine="ehr", place=Place("restic", "1", "/mnt/r"), opened=True, structure_ok=False, said=("pack missing",),
    locks=(Lock(NOW, "root@ehr"),), runs=(Run("a1", NOW, complete=True), Run("b2", NOW, complete=True)), gone=(Gone("z", NOW),), reading=Reading(9, 3, 90, 30),
    damage=(Harm("data/1", "altered", ("b2",), 7), Harm("data/2", "odd words")), looked_into=True, canary_set=True,
    signs=(Sign("b2", NOW, "mass-loss", "9/9", 1.0), Sign("b2", NOW, "canary-changed", "1", None, True)), canary=(CanaryState("b2", "changed"),),
)  # fmt: skip


@pytest.mark.parametrize(
    "record",
    [
        RECORD, LookRecord(made=NOW, version=""), LookRecord(made=NOW, version="", opened=True, canary_set=True),
        LookRecord(made=NOW, version="", opened=True, canary_set=True, canary=(CanaryState("a", "missing"),)),
        LookRecord(made=NOW, version="", opened=True, runs=RECORD.runs, damage=(Harm("data/1", "missing", ("a1", "b2")),)),
    ],
)  # fmt: skip
def test_every_state_is_told_in_both_languages(record: LookRecord) -> None:
    for text in (Text("止めました", "stopped"), None):
        lines = list(verified_lines(Verified(record, stored=True, ended=text), Path("site")))
        assert lines and all(line.ja and line.en for _, line in lines)
    assert len(list(canary_lines(Canary(NOW, "ehr", "", "/x/y", "0" * 64, 9)))) == 2
