"""`omamori backup verify` and `canary` on real repositories of restic and borg, through the command line."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .hospital_files import a_day, encrypt, innocent, make

pytestmark = pytest.mark.system
OMAMORI = [sys.executable, "-m", "omamori"]
PASSWORD = "a password of the test"


@dataclass
class Repo:
    """A repository with its source and the site that is told of it."""

    kind: str
    folder: Path

    @property
    def source(self) -> Path:
        return self.folder / "source"

    @property
    def place(self) -> Path:
        return self.folder / "repo"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "RESTIC_PASSWORD": PASSWORD,
            "RESTIC_REPOSITORY": str(self.place),
            "BORG_PASSPHRASE": PASSWORD,
            "BORG_BASE_DIR": str(self.folder / "borg"),
            "HOME": str(self.folder / "home"),
            "OMAMORI_LANG": "en",
        }

    def program(self, *words: str) -> str:
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode in (0, 1), (words, done.stderr)
        return done.stdout

    def init(self) -> None:
        self.source.mkdir(parents=True)
        (self.folder / "home").mkdir()
        if self.kind == "restic":
            self.program("restic", "init")
        else:
            self.program("borg", "init", "--encryption=repokey-blake2", str(self.place))

    def backup(self, name: str = "") -> None:
        if self.kind == "restic":
            self.program("restic", "backup", "--host", "ehr-db", str(self.source))
        else:
            number = len(list((self.folder / "home").glob("run*"))) + 1
            (self.folder / "home" / f"run{number}").touch()
            time.sleep(1.1)  # borg keeps whole seconds: two archives of one second have no order
            self.program("borg", "create", f"{self.place}::{name or f'nightly-{number}'}", str(self.source))

    def verify(self, *words: str, code: int = 0, site: str = "site", **environment: str) -> dict[str, Any]:
        command = [*OMAMORI, "backup", "verify", str(self.place), "--machine", "ehr-db", "--job", "nightly", "--json", *words]
        before = self.hashes()
        done = subprocess.run(
            [*command, "--site", str(self.folder / site)],
            env=self.environment | environment, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        assert self.hashes() == before, "the repository was changed"
        assert done.returncode == code, (done.returncode, done.stdout[-2000:], done.stderr[-2000:])
        assert not list((self.folder / site / "unfinished-looks").glob("*")), "what was taken out lies about"
        assert not list(Path("/dev/shm").glob("omamori-look-*"))
        told: dict[str, Any] = json.loads(done.stdout)
        text = json.dumps(told, ensure_ascii=False)
        assert "kanja" not in text and "dept1" not in text, "a name of a file"
        return told

    def hashes(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.place)): hashlib.sha256(path.read_bytes()).hexdigest() + str(path.stat().st_mtime_ns)
            for path in sorted(self.place.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(params=["restic", "borg"])
def repo(request: pytest.FixtureRequest, tmp_path: Path) -> Repo:
    one = Repo(request.param, tmp_path)
    one.init()
    make(one.source)
    return one


def three(repo: Repo) -> None:
    for day in range(3):
        a_day(repo.source, day)
        repo.backup()


def kinds(told: dict[str, Any]) -> set[tuple[str, bool]]:
    return {(one["kind"], one["certain"]) for one in told["signs"]}


def test_an_encrypted_source_is_told_and_the_last_clean_generation_named(repo: Repo) -> None:
    three(repo)
    told = repo.verify()
    assert told["opened"]["ok"] and told["structure"]["ok"] and told["damage"] == [] and told["signs"] == []
    assert told["reading"]["whole_since"] is not None and told["reading"]["share"] == 1
    assert told["now"]["generations_compared"] == 3 and told["clean"]["generation"] == told["generations"][-1]["id"]
    clean = told["generations"][-1]["id"]
    encrypt(repo.source)
    repo.backup()
    told = repo.verify()
    assert ("renamed", True) in kinds(told), told["signs"]
    assert told["now"]["generations_compared"] == 1, "what was compared is not compared again"
    assert {one["generation"] for one in told["signs"]} == {told["generations"][-1]["id"]}
    assert told["clean"]["generation"] == clean
    repo.backup()
    told = repo.verify()
    assert told["clean"]["generation"] == clean, "what was encrypted stays encrypted"


def test_all_in_one_run_finds_it_too_and_in_place(repo: Repo) -> None:
    three(repo)
    encrypt(repo.source, rename=False, note="")
    repo.backup()
    told = repo.verify()
    assert kinds(told) == {("looks-encrypted", True), ("mass-change", False)}, told["signs"]
    assert told["clean"]["generation"] == told["generations"][2]["id"]


def test_a_large_innocent_change_is_no_certain_trace(repo: Repo) -> None:
    three(repo)
    innocent(repo.source)
    repo.backup()
    shutil.rmtree(repo.source / "dept5")
    make(repo.source / "moved", 300, seed=9)
    repo.backup()
    told = repo.verify()
    assert not [one for one in told["signs"] if one["certain"]], told["signs"]
    assert told["clean"]["generation"] == told["generations"][-1]["id"], told["signs"]
