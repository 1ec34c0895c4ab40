"""Restore proofs of real repositories: restic, borg, PostgreSQL. Whatever happens, nothing outside the scratch place is touched."""

from __future__ import annotations

import hashlib
import json
import os
import random
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.system
KILLS = min(200, int(os.environ.get("OMAMORI_TORTURE", "6")))
PASSWORD = "made up for this test"
FILES = 400


@dataclass
class Place:
    """A source, a repository of it, a site and an approved scratch place."""

    folder: Path
    product: str
    scratch: Path

    @property
    def source(self) -> Path:
        return self.folder / "source"

    @property
    def repository(self) -> Path:
        return self.folder / "repository"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        borg = {"BORG_PASSPHRASE": PASSWORD, "BORG_BASE_DIR": str(self.folder / "borg")}
        return {**kept, **borg, "HOME": str(self.folder), "LANG": "C.UTF-8", "OMAMORI_LANG": "en", "RESTIC_PASSWORD": PASSWORD}

    def run(self, *words: str, code: int | None = 0, timeout: float = 300, cwd: Path | None = None) -> str:
        """Run a program to its end; returns what it printed."""
        done = subprocess.run(
            words, env=self.environment, cwd=cwd or self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout
        )
        assert code is None or done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def omamori(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "omamori", "backup", *words, "--site", str(self.site)]

    def prove(self, *words: str, code: int | None = 0) -> dict[str, Any]:
        """Run `omamori backup prove --json`; returns what it said."""
        done = subprocess.run(
            self.proving(*words), env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600
        )
        assert code is None or done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return {"stderr": done.stderr} | (json.loads(done.stdout) if done.stdout else {})

    def proving(self, *words: str) -> list[str]:
        return self.omamori("prove", str(self.repository), "--scratch", str(self.scratch), "--json", *words)

    def back_up(self) -> None:
        if self.product == "restic":
            if not self.repository.exists():
                self.run("restic", "init", "-q", "-r", str(self.repository))
            self.run("restic", "-q", "-r", str(self.repository), "backup", str(self.source))
        else:
            if not self.repository.exists():
                self.run("borg", "init", "-e", "repokey", str(self.repository))
            self.run("borg", "create", f"{self.repository}::{secrets.token_hex(4)}", str(self.source))

    def make_manifest(self) -> Path:
        out = self.source / "omamori-manifest.sha256"
        self.run(sys.executable, "-m", "omamori", "backup", "manifest", str(self.source))
        return out

    def records(self) -> list[Mapping[str, Any]]:
        sys.path.insert(0, str(Path(__file__).parents[2] / "src"))
        from omamori.pipeline.backup_place import stored_of_kind
        from omamori.snapshot.site import Site

        return [json.loads(data) for data in stored_of_kind(Site(self.site).evidence, "backup.proof")]

    def outside(self) -> str:
        """A hash over everything that must stay as it is: source, repository, and what the site held before of its own."""
        return tree_hash(self.source, self.repository)

    def scratch_is_clean(self) -> bool:
        return [path.name for path in self.scratch.iterdir()] in ([], [".omamori-in-use"])


def tree_hash(*folders: Path) -> str:
    """Names, kinds, modes, targets of links, contents, and moments of change of all below."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*"), key=os.fsencode):
            told = path.lstat()
            digest.update(os.fsencode(path) + f"{told.st_mode} {told.st_size if not path.is_dir() else 0} {told.st_mtime_ns}".encode())
            if stat.S_ISLNK(told.st_mode):
                digest.update(os.fsencode(path.readlink()))
            elif stat.S_ISREG(told.st_mode):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def fill(source: Path, files: int = FILES, size: int = 40_000) -> None:
    dice = random.Random(files)
    for number in range(files):
        path = source / f"ward{number % 9}" / f"{number:05}.dat"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dice.randbytes(dice.randrange(size)))
    for number in range(4):
        (source / f"large{number}.img").write_bytes(dice.randbytes(3 * 1024 * 1024))


@pytest.fixture
def scratch() -> Iterator[Path]:
    """Not below pytest's own folder: an account without rights has to get there."""
    folder = Path("/var/tmp") / f"omamori-test-{secrets.token_hex(6)}"
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["restic", "borg"])
def place(request: pytest.FixtureRequest, tmp_path: Path, scratch: Path) -> Place:
    return made(tmp_path, request.param, scratch)


@pytest.fixture
def restic(tmp_path: Path, scratch: Path) -> Place:
    return made(tmp_path, "restic", scratch)


def made(folder: Path, product: str, scratch: Path, protection: str = "on-server") -> Place:
    found = Place(folder, product, scratch)
    found.source.mkdir()
    found.run(*found.omamori("scratch", str(scratch), "--protection", protection, "--approved-by", "tester"))
    return found


def test_a_whole_proof_changes_nothing_and_leaves_nothing(place: Place) -> None:
    fill(place.source)
    manifest = place.make_manifest()
    place.run("sha256sum", "-c", "--quiet", "--strict", str(manifest), cwd=place.source)
    place.back_up()
    before = place.outside()
    said = place.prove("--all", "--by", "tester")
    assert (said["result"], said["compared_with"], said["files_same"], said["files_lacking"]) == ("whole", "manifest-inside", FILES + 4, 0)
    assert said["whole_seconds"] >= said["restore_seconds"] - 0.1
    assert place.outside() == before
    assert place.scratch_is_clean()
    (record,) = place.records()
    assert record["scratch"]["wiped"] is True
    assert ".dat" not in json.dumps(record)


def test_samples_cover_all_of_it_in_a_round(place: Place) -> None:
    fill(place.source)
    place.make_manifest()
    place.back_up()
    proofs = []
    while not proofs or proofs[-1]["share"] != 1.0:
        proofs.append(place.prove("--sample", "30%"))
    # The list itself comes with one of them, and is part of no count of files that are the same.
    assert sum(one["files_same"] for one in proofs) == FILES + 4
    assert all(one["result"] == "whole" and one["files"] and one["files_differ"] == 0 for one in proofs)
    assert [one["share"] for one in proofs] == sorted(one["share"] for one in proofs)
    assert len(proofs) <= 4
    assert place.prove("--sample", "30%")["begun_at"] == 0.0


def test_what_was_altered_or_lost_before_the_backup_is_counted(place: Place) -> None:
    fill(place.source)
    place.make_manifest()
    (place.source / "ward1" / "00001.dat").write_bytes(b"encrypted")
    (place.source / "ward2" / "00002.dat").unlink()
    (place.source / "later.txt").write_text("made after the list")
    place.back_up()
    said = place.prove("--all", code=3)
    assert (said["result"], said["files_differ"], said["files_lacking"], said["uncompared"]) == ("differs", 1, 1, 1)
    counts, share = [0, 0, 0], 0.0
    while share != 1.0:
        part = place.prove("--sample", "30%", code=None)
        counts = [counts[0] + part["files_differ"], counts[1] + part["files_lacking"], counts[2] + part["files_same"]]
        share = part["share"]
    assert counts == [1, 1, FILES + 2]


def test_a_damaged_repository_is_not_called_whole(restic: Place) -> None:
    fill(restic.source)
    manifest = restic.make_manifest().rename(restic.folder / "list")
    restic.back_up()
    packs = sorted((restic.repository / "data").rglob("*"), key=lambda path: path.stat().st_size)
    pack = packs[-1]
    pack.chmod(0o600)
    data = bytearray(pack.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4] = b"XXXX"
    pack.write_bytes(data)
    before = restic.outside()
    for words in (("--manifest", str(manifest)), ()):
        said = restic.prove("--all", *words, code=3)
        assert said["result"] in ("differs", "failed", "incomplete"), said
        assert said["because"] == "failed"
    assert restic.outside() == before
    assert restic.scratch_is_clean()


def test_a_hostile_tree_leads_nowhere(restic: Place) -> None:
    fill(restic.source, 20)
    outside = restic.folder / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    source = restic.source
    (source / "etc").symlink_to("/etc")
    (source / "up").symlink_to("../../../../../../../etc/passwd")
    (source / "to-outside").symlink_to(outside)
    (source / "to-itself").symlink_to(source)
    os.mkfifo(source / "pipe")
    os.mknod(source / "null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
    (source / "new\nline \\ \r").write_text("x")
    (source / "setuid").write_text("x")
    (source / "setuid").chmod(0o6755)
    (source / "closed").mkdir()
    (source / "closed" / "inner").write_text("x")
    (source / "closed" / "inner").chmod(0)
    (source / "closed").chmod(0)
    with (source / "sparse").open("wb") as stream:
        stream.truncate(300 * 1024 * 1024)
    deep = source
    while len(str(deep)) < 1500:
        deep = deep / ("d" * 60)
    deep.mkdir(parents=True)
    (deep / "leaf").write_text("x")
    restic.make_manifest()
    restic.back_up()
    before, etc = tree_hash(source, restic.repository, outside), Path("/etc/passwd").read_bytes()
    said = restic.prove("--all")
    assert (said["result"], said["files_differ"], said["files_lacking"]) == ("whole", 0, 0)
    assert tree_hash(source, restic.repository, outside) == before
    assert Path("/etc/passwd").read_bytes() == etc
    assert restic.scratch_is_clean()


def test_killed_anywhere_it_goes_on_and_cleans_up(place: Place) -> None:
    fill(place.source)
    place.make_manifest()
    place.back_up()
    before = place.outside()
    words = ("--all", "--space", "6MiB")
    began = time.monotonic()
    whole = place.prove(*words)
    took = time.monotonic() - began
    dice = random.Random(KILLS)
    for _ in range(KILLS):
        child = subprocess.Popen(
            place.proving(*words), env=place.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(dice.uniform(0.1, took))
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert place.outside() == before
    said = place.prove(*words)
    assert (said["result"], said["files"], said["files_same"]) == ("whole", whole["files"], whole["files_same"])
    assert place.outside() == before
    assert place.scratch_is_clean()
    assert not list((place.site / "unfinished-proofs").glob("*.json"))
    mark = os.fsencode(f"{place.scratch}/omamori-proof-")
    left = [path for path in Path("/proc").glob("[0-9]*/cmdline") if mark in read(path)]
    assert left == []


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_a_request_to_end_is_recorded_and_the_next_run_goes_on(place: Place) -> None:
    fill(place.source)
    place.make_manifest()
    place.back_up()
    words = ("--all", "--space", "4MiB")
    child = subprocess.Popen(
        place.proving(*words), env=place.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    until = time.monotonic() + 60
    while not list((place.site / "unfinished-proofs").glob("*.json")) and time.monotonic() < until:
        time.sleep(0.02)
    child.send_signal(signal.SIGTERM)
    out, err = child.communicate(timeout=60)
    said = json.loads(out)
    assert child.returncode == 3
    assert (said["result"], said["because"]) == ("incomplete", "stopped")
    assert b"goes on" in err
    assert place.scratch_is_clean()
    assert place.records()[0]["result"] == "incomplete"
    whole = place.prove(*words)
    assert (whole["result"], whole["files_same"]) == ("whole", FILES + 4)


def test_a_repository_that_goes_away(place: Place) -> None:
    fill(place.source)
    place.make_manifest()
    place.back_up()
    child = subprocess.Popen(
        place.proving("--all", "--space", "4MiB"),
        env=place.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + 60
    while not list((place.site / "unfinished-proofs").glob("*.json")) and time.monotonic() < until:
        time.sleep(0.02)
    place.repository.rename(place.folder / "away")
    out, err = child.communicate(timeout=120)
    said = json.loads(out)
    assert (child.returncode, said["result"], said["because"]) == (3, "incomplete", "gone"), (said, err)
    assert err.strip()
    assert b"Traceback" not in err
    assert place.scratch_is_clean()
    (place.folder / "away").rename(place.repository)
    assert place.prove("--all", "--space", "4MiB")["result"] == "whole"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk in memory of 80 MB."""
    folder = Path("/var/tmp") / f"omamori-small-{secrets.token_hex(6)}"
    folder.mkdir(mode=0o700)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80m,mode=0700", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def test_a_full_disk_is_told_and_harms_nothing(tmp_path: Path, small_disk: Path) -> None:
    place = made(tmp_path, "restic", small_disk / "scratch", "memory")
    fill(place.source, 50)
    (place.source / "one.img").write_bytes(random.Random(1).randbytes(60 * 1024 * 1024))
    place.make_manifest()
    place.back_up()
    before = place.outside()
    said = place.prove("--all", "--space", "200MiB", code=3)
    assert (said["result"], said["because"]) == ("incomplete", "no-space") or said["because"] == "larger-than-space"
    assert place.outside() == before
    # Somebody else fills it meanwhile.
    place.prove("--all", "--space", "20MiB", code=3)
    child = subprocess.Popen(
        place.proving("--all", "--space", "20MiB", "--rate", "2MiB"), env=place.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    until = time.monotonic() + 60
    while not list(place.scratch.glob("omamori-proof-*/restored/*")) and time.monotonic() < until and child.poll() is None:
        time.sleep(0.02)
    filler = small_disk / "filler"
    with filler.open("wb") as stream:
        try:
            while True:
                stream.write(bytes(1024 * 1024))
                stream.flush()
        except OSError:
            pass
    out, err = child.communicate(timeout=120)
    said = json.loads(out)
    assert (child.returncode, said["result"], said["because"]) == (3, "incomplete", "no-space"), (said, err)
    assert b"room" in err
    assert b"Traceback" not in err
    filler.unlink()
    assert place.outside() == before
    assert place.scratch_is_clean()


def test_many_small_files(restic: Place) -> None:
    for number in range(50_000):
        path = restic.source / f"{number % 100}" / f"{number}"
        if number < 100:
            path.parent.mkdir()
        path.write_bytes(b"%d" % number)
    restic.make_manifest()
    restic.back_up()
    said = restic.prove("--all")
    assert (said["result"], said["files_same"]) == ("whole", 50_000)
    part = restic.prove("--sample", "5%")
    assert part["result"] == "whole"
    assert 0 < part["files"] < 25_000
    assert restic.scratch_is_clean()


def test_a_scratch_place_in_the_repository_or_the_source_is_refused(restic: Place) -> None:
    fill(restic.source, 5)
    restic.back_up()
    before = restic.outside()
    assert "repository" in restic.run(
        *restic.omamori("scratch", str(restic.repository / "data" / "x"), "--protection", "on-server", "--approved-by", "t"), code=3
    )
    assert restic.outside() == before
    inner = restic.source / "scratch"
    restic.run(*restic.omamori("scratch", str(inner), "--protection", "on-server", "--approved-by", "t"))
    done = restic.run(*restic.omamori("prove", str(restic.repository), "--scratch", str(inner)), code=3)
    assert "overlaps" in done
    inner.rmdir() if not list(inner.iterdir()) else shutil.rmtree(inner)


def test_a_wrong_password_is_one_line_and_no_record(restic: Place) -> None:
    fill(restic.source, 5)
    restic.back_up()
    wrong = restic.folder / "wrong"
    wrong.write_text("no")
    said = restic.prove("--all", "--password-file", str(wrong), code=3)
    assert "password" in said["stderr"]
    assert len(said["stderr"].strip().splitlines()) == 1
    assert restic.records() == []
    assert restic.scratch_is_clean()


DATABASE = """
create table patients (id int primary key, name text);
insert into patients select n, 'patient ' || n from generate_series(1, 500) n;
create view adults as select * from patients;
"""


@pytest.fixture
def dumps(tmp_path: Path) -> Iterator[Path]:
    """Dumps of a real database, in every form pg_dump has."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    home = Path("/var/tmp") / f"omamori-pg-{secrets.token_hex(6)}"
    home.mkdir()
    shutil.chown(home, "nobody")
    user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]

    def as_nobody(program: str, *words: str) -> None:
        subprocess.run([*user, str(programs / program), *words], check=True, capture_output=True, cwd=home)

    as_nobody("initdb", "-D", f"{home}/data", "-A", "trust", "-U", "vendor", "--no-sync")
    as_nobody("pg_ctl", "-D", f"{home}/data", "-w", "-o", f"-c listen_addresses='' -k {home}", "-l", f"{home}/log", "start")
    login = ("-h", str(home), "-U", "vendor", "-d", "postgres")
    try:
        as_nobody("psql", *login, "-c", "create role clerk")
        as_nobody("psql", *login, "-c", DATABASE)
        as_nobody("psql", *login, "-c", "grant select on patients to clerk")
        for form in ("custom", "plain", "directory", "tar"):
            as_nobody("pg_dump", *login, "-F", form, "-f", f"{home}/{form}.dump")
        subprocess.run(["gzip", "-k", f"{home}/plain.dump"], check=True)
        yield home
    finally:
        as_nobody("pg_ctl", "-D", f"{home}/data", "-m", "immediate", "stop")
        shutil.rmtree(home)


def test_a_database_starts_on_the_restored_copy(restic: Place, dumps: Path, tmp_path: Path) -> None:
    for name in ("custom.dump", "plain.dump", "tar.dump", "plain.dump.gz"):
        shutil.copy(dumps / name, restic.source)
    shutil.copytree(dumps / "directory.dump", restic.source / "directory.dump")
    hostile = restic.source / "hostile.sql"
    mark = Path("/var/tmp") / f"omamori-owned-{secrets.token_hex(6)}"
    hostile.write_text(f"--\n-- PostgreSQL database dump\n--\n\\! touch {mark}\n")
    # What a reader of SQL takes for text, and psql would not: each would have run as the server's owner, and emptied a file.
    precious = tmp_path / "precious"
    precious.write_text("here")
    precious.chmod(0o666)
    tricks = {
        "return": b"-- x\r%s\n",
        "stars": b"select 2 */* ' */ 3;\n%s\n-- '\n",
        "setting": b"set standard_conforming_strings=off;\nselect '\\'';\n%s\n",
        "going-on": b"select E'a'\r'b\\'';\n%s\n",
        "letters": b"set client_encoding='SJIS';\nselect E'\x95\x5c';\n%s\n",
        "numbers": b"select 1$$ ' $$;\n%s\n-- '\n",
    }
    command = f"\\connect - owner\ncopy (select 1) to program 'touch {mark}';\n\\o {precious}".encode()
    for name, text in tricks.items():
        (restic.source / f"{name}.sql").write_bytes(b"--\n-- PostgreSQL database dump\n--\n" + text % command)
    program = restic.source / "program.sql"
    program.write_text(f"--\n-- PostgreSQL database dump\n--\ncreate table t (x text);\ncopy t from program 'touch {mark}';\n")
    fill(restic.source, 5)
    restic.make_manifest()
    restic.back_up()
    before = restic.outside()
    query = ("--query", "select count(*), min(name) from adults", "--expect", "500|patient 1")
    for name in ("custom.dump", "plain.dump", "tar.dump", "plain.dump.gz", "directory.dump"):
        said = restic.prove("--sample", "1%", "--postgres", f"{restic.source}/{name}", *query)
        assert said["database"]["ok"] is True, (name, said)
        assert said["database"]["expected"] is True
        assert said["database"]["version"][:2].isdigit()
        assert "patient" not in json.dumps(restic.records()[0])
    other = restic.prove(
        "--sample", "1%", "--postgres", f"{restic.source}/custom.dump", "--query", "select count(*) from patients", "--expect", "7", code=3
    )
    assert (other["database"]["ok"], other["database"]["said"]) == (False, "other-answer")
    rows = restic.prove(
        "--sample", "1%", "--postgres", f"{restic.source}/custom.dump", "--query", "select id from patients", "--min-rows", "500"
    )
    assert rows["database"]["ok"] is True
    wrong = restic.prove("--sample", "1%", "--postgres", f"{restic.source}/custom.dump", "--query", "delete from patients", code=3)
    assert wrong["database"]["said"] == "query-failed"
    for name, ok, said_of in (("hostile.sql", None, "commands-in-dump"), ("program.sql", False, "not-restored")):
        said = restic.prove("--sample", "1%", "--postgres", f"{restic.source}/{name}", code=3)
        assert (said["database"]["ok"], said["database"]["said"]) == (ok, said_of)
        assert not mark.exists()
    for name in tricks:
        said = restic.prove("--sample", "1%", "--postgres", f"{restic.source}/{name}.sql", code=3)
        assert said["database"]["started"] and said["database"]["ok"] is not True, name
        assert not mark.exists(), name
        assert precious.read_text() == "here", name
    assert restic.outside() == before
    assert restic.scratch_is_clean()
    assert restic.scratch.stat().st_mode & 0o777 == 0o700
    mark_of_ours = os.fsencode(f"{restic.scratch}/omamori-proof-")
    assert not [path for path in Path("/proc").glob("[0-9]*/cmdline") if mark_of_ours in read(path)]
