"""`omamori backup verify` and `canary` on real repositories of restic and borg, through the command line."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hospital_files import a_day, content, encrypt, innocent, make
from omamori.gate.locked import held

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
            next_second()  # borg keeps whole seconds: two archives of one second have no order
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
        assert not list(left_behind()), "what was taken out lies about in memory"
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


def left_behind() -> Iterator[Path]:
    """Folders in memory that no running look holds."""
    for folder in Path("/dev/shm").glob("omamori-look-*"):
        with suppress(FileNotFoundError, BlockingIOError), held(folder / "in-use", wait=False):
            yield folder


def next_second() -> None:
    """Wait until the clock shows another second."""
    now = int(time.time())
    while int(time.time()) == now:
        time.sleep(0.02)


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


def test_two_things_in_one_repository_are_each_held_against_their_own(repo: Repo) -> None:
    other = repo.folder / "images"
    for number in range(60):
        path = other / f"image{number}.dcm"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content("dcm", random.Random(number)))
    for day in range(2):
        repo.backup()
        source = repo.source
        if repo.kind == "restic":
            repo.program("restic", "backup", "--host", "ehr-db", str(other))
        else:
            next_second()
            repo.program("borg", "create", f"{repo.place}::images-{day}", str(other))
        a_day(source, day)
    told = repo.verify()
    names = [one["id"] for one in told["generations"]]
    assert [one["compared"]["against"] for one in told["generations"]] == ["", "", names[0], names[1]] and told["signs"] == []


def damage(repo: Repo) -> str:
    """Alter four bytes in the middle of the largest file of data; return its name."""
    victim = max((path for path in (repo.place / "data").rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    data = bytearray(victim.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4] = bytes(byte ^ 0xFF for byte in data[middle : middle + 4])
    victim.chmod(0o600)
    victim.write_bytes(bytes(data))
    return victim.relative_to(repo.place).as_posix()


def test_damage_is_found_at_the_latest_after_a_round_and_located(repo: Repo) -> None:
    repo.backup()
    a_day(repo.source, 1)
    repo.backup()
    # Something only the last generation needs.
    (repo.source / "big.tar").write_bytes(os.urandom(3_000_000))
    repo.backup()
    part = damage(repo)
    shares = []
    for _ in range(4):
        told = repo.verify("--share", "30%")
        shares.append(told["reading"]["share"])
        if told["damage"]:
            break
    assert told["damage"], shares
    assert [one["part"] for one in told["damage"]] == [part]
    lost = told["damage"][0]["generations"]
    assert lost is not None and told["generations"][-1]["id"] in lost and told["generations"][0]["id"] not in lost, told["damage"]
    again = repo.verify("--share", "1%")
    assert [one["part"] for one in again["damage"]] == [part], "damage found once is looked at in each run"
    said = repo.program(*OMAMORI, "backup", "verify", str(repo.place), "--machine", "ehr-db", "--site", str(repo.folder / "site"))
    assert "damaged parts: 1" in said and "newest generation without damage" in said
    for _ in range(3):
        told = repo.verify("--share", "40%")
    assert told["reading"]["share"] == 1 and told["reading"]["whole_since"] is not None


def test_a_wrong_password_is_told_and_what_needs_none_is_read(repo: Repo) -> None:
    three(repo)
    good = repo.verify()
    told = repo.verify(code=3, RESTIC_PASSWORD="no", BORG_PASSPHRASE="no")
    assert told["opened"] == {"ok": False, "code": "wrong-password"} and told["now"]["stored"]
    assert told["repository"]["id"] == good["repository"]["id"], "it is the same repository"
    if repo.kind == "restic":
        assert told["now"]["parts_read"] == told["reading"]["parts"] > 0
    again = repo.verify()
    assert again["gone"] == [] and again["clean"] == good["clean"] and again["now"]["generations_compared"] == 0


def test_what_cannot_be_opened_is_kept_where_a_machine_is_named(tmp_path: Path) -> None:
    environment = {**os.environ, "OMAMORI_LANG": "en"}
    for words, stored in (((), False), (("--machine", "ehr-db"), True)):
        done = subprocess.run(
            [*OMAMORI, "backup", "verify", str(tmp_path / "nothing"), "--json", "--site", str(tmp_path / "site"), *words],
            env=environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        told = json.loads(done.stdout)
        assert (done.returncode, told["opened"]["code"], told["now"]["stored"]) == (3, "unreachable", stored)


def test_generations_that_are_gone_are_named(repo: Repo) -> None:
    three(repo)
    first = repo.verify()["generations"][0]["id"]
    if repo.kind == "restic":
        repo.program("restic", "forget", "--keep-last", "2", "--prune")
    else:
        repo.program("borg", "prune", "--keep-last", "2", str(repo.place))
    told = repo.verify()
    assert [one["id"] for one in told["gone"]] == [first] and len(told["generations"]) == 2
    assert told["now"]["generations_compared"] == 0 and told["signs"] == []


def test_a_lock_left_behind_is_told_and_left_where_it_is(repo: Repo) -> None:
    repo.backup()
    if repo.kind == "restic":
        holder = subprocess.Popen(
            ["restic", "backup", "--stdin", "--stdin-filename", "x"], env=repo.environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )  # fmt: skip
        for _ in range(300):
            # Until it has its name the lock is a file still being written.
            if any(len(lock.name) == 64 for lock in (repo.place / "locks").iterdir()):
                break
            time.sleep(0.1)
        holder.kill()
        holder.wait()
        if holder.stdin is not None:
            holder.stdin.close()
    else:
        (repo.place / "lock.exclusive").mkdir()
        (repo.place / "lock.exclusive" / "old-host@1.4711-0").touch()
    told = repo.verify()
    assert len(told["locks"]) == 1


def test_a_canary_that_comes_back_one_that_was_changed_and_one_that_is_missing(repo: Repo) -> None:
    repo.backup()
    words = ("backup", "canary", str(repo.source), "--machine", "ehr-db", "--job", "nightly", "--site", str(repo.folder / "site"))
    repo.program(*OMAMORI, *words)
    again = subprocess.run([*OMAMORI, *words], env=repo.environment, capture_output=True, text=True, timeout=60, check=False)
    assert again.returncode == 3 and "already" in again.stderr
    canary = next(repo.source.glob("omamori-kakunin-*.txt"))
    assert "消したり" in canary.read_text(encoding="utf-8-sig") and "do not delete" in canary.read_text(encoding="utf-8-sig")
    next_second()
    repo.backup()
    told = repo.verify()
    assert told["canary"] == {"set": True, "states": [{"generation": told["generations"][1]["id"], "state": "same"}]}
    whole = canary.read_bytes()
    canary.write_bytes(bytes(byte ^ 0xA5 for byte in whole))
    repo.backup()
    told = repo.verify()
    assert [one["state"] for one in told["canary"]["states"]] == ["same", "changed"] and ("canary-changed", True) in kinds(told)
    assert told["clean"]["generation"] == told["generations"][1]["id"]
    canary.unlink()
    repo.backup()
    told = repo.verify()
    assert [one["state"] for one in told["canary"]["states"]] == ["same", "changed", "missing"]


def opens(process: int, folder: Path) -> bool:
    """Whether a process has a file below a folder open right now."""
    found = []
    for one in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):
            found.append(str(one.readlink()))
    return any(link.startswith(str(folder)) for link in found)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_keeps_what_it_read(tmp_path: Path, number: int) -> None:
    repo = Repo("restic", tmp_path)
    repo.init()
    for count in range(8):
        (repo.source / f"{count}.bin").write_bytes(os.urandom(50_000_000))
    repo.backup()
    command = [
        *OMAMORI,
        "backup",
        "verify",
        str(repo.place),
        "--machine",
        "ehr-db",
        "--json",
        "--share",
        "all",
        "--site",
        str(tmp_path / "site"),
    ]
    running = subprocess.Popen(
        command, env=repo.environment | {"OMAMORI_LANG": "en"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    opened = repo.place / "data"
    # As soon as a pack is open it reads: then it is asked to stop.
    for _ in range(8000):
        if opens(running.pid, opened):
            break
        time.sleep(0.005)
    running.send_signal(number)
    out, _ = running.communicate(timeout=120)
    told = json.loads(out)
    assert running.returncode == 3 and told["now"]["stored"] and not told["now"]["finished"]
    assert 0 <= told["reading"]["share"] < 1 and told["reading"]["whole_since"] is None
    rest = repo.verify("--share", "all")
    assert rest["reading"]["share"] == 1
