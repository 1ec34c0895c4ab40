"""On a plain folder of copies; restic and borg are in tests/system/test_backup_prove.py."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from omamori.backup.interface import Key
from omamori.backup.proof.batches import Choice
from omamori.backup.proof.journal import Sofar
from omamori.backup.proof.manifest import Made, manifest_lines
from omamori.backup.proof.run import Came, Heard, Job, prove_job
from omamori.backup.proof.scratch import Room, prepare, room_in
from omamori.backup.registry import open_place

NOW = datetime(2026, 6, 1)


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """A mirror of 60 files in 6 folders."""
    folder = tmp_path / "copies"
    for number in range(60):
        path = folder / f"d{number % 6}" / f"{number}.dat"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(1000 + number))
    return folder


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(prepare(tmp_path / "scratch")) as made:
        yield made


def job_of(copies: Path, workshop: Path, **more: object) -> Job:
    own = workshop / secrets.token_hex(4)
    own.mkdir()
    repository = open_place(str(copies), Key(), own, "folder")
    fixed: dict[str, object] = {"repository": repository, "generation": repository.generations()[-1], "choice": Choice(), "space": 10**9}
    return Job(**(fixed | more))  # type: ignore[arg-type]


def test_all_is_restored_compared_and_wiped(copies: Path, room: Room, tmp_path: Path) -> None:
    manifest = tmp_path / "list"
    manifest.write_bytes(b"".join(manifest_lines(copies, Made())))
    before = {path: path.stat().st_mtime_ns for path in copies.rglob("*")}
    came = Came(Sofar(NOW))
    prove_job(job_of(copies, room.workshop, manifest=manifest), room, came, Heard(), threading.Event())
    assert came.because is None
    assert (came.done.files, came.done.same, came.done.differ, came.done.lacking, came.absent) == (60, 60, 0, 0, 0)
    assert list(room.restored.iterdir()) == []
    assert {path: path.stat().st_mtime_ns for path in copies.rglob("*")} == before


def test_small_space_makes_many_batches_and_a_journal_goes_on(copies: Path, room: Room, tmp_path: Path) -> None:
    manifest = tmp_path / "list"
    manifest.write_bytes(b"".join(manifest_lines(copies, Made())))
    job = job_of(copies, room.workshop, manifest=manifest, space=11_000)
    stop, kept, most = threading.Event(), [], []

    def keep(done: Sofar) -> None:
        kept.append((done.batches, done.files))
        if done.batches == 3:
            stop.set()

    def progress(done: int, total: int) -> None:
        most.append(sum(path.stat().st_size for path in room.restored.rglob("*") if path.is_file()))

    came = Came(Sofar(NOW))
    prove_job(job, room, came, Heard(kept=keep, progress=progress), stop)
    assert came.because == "stopped"
    assert kept[-1][0] == 3
    assert max(most) <= 11_000
    again = Came(came.done)
    prove_job(job, room, again, Heard(), threading.Event())
    assert again.because is None
    assert (again.done.files, again.done.same, again.done.lacking, again.absent) == (60, 60, 0, 0)


def test_what_differs_lacks_or_is_not_listed_is_counted(copies: Path, room: Room, tmp_path: Path) -> None:
    manifest = tmp_path / "list"
    manifest.write_bytes(b"".join(manifest_lines(copies, Made())))
    (copies / "d0" / "0.dat").write_bytes(b"encrypted")
    (copies / "d1" / "1.dat").unlink()
    (copies / "d2" / "later.dat").write_bytes(b"new")
    came = Came(Sofar(NOW))
    prove_job(job_of(copies, room.workshop, manifest=manifest), room, came, Heard(), threading.Event())
    assert (came.done.same, came.done.differ, came.absent, came.done.uncompared) == (58, 1, 1, 1)


def test_the_list_inside_the_backup_is_used(copies: Path, room: Room) -> None:
    inside = copies / "omamori-manifest.sha256"
    inside.write_bytes(b"".join(manifest_lines(copies, Made(), leave_out=inside)))
    for space in (10**9, 11_000):
        came = Came(Sofar(NOW))
        prove_job(job_of(copies, room.workshop, space=space), room, came, Heard(), threading.Event())
        assert came.inside
        assert (came.done.same, came.done.differ, came.done.uncompared, came.absent) == (60, 0, 0, 0)


def test_a_list_inside_the_backup_that_is_older_than_the_files_says_nothing_of_them(copies: Path, room: Room) -> None:
    inside = copies / "omamori-manifest.sha256"
    inside.write_bytes(b"".join(manifest_lines(copies, Made(), leave_out=inside)))
    moment = inside.stat().st_mtime - 86_400
    for path in copies.rglob("*.dat"):
        os.utime(path, (moment - 60, moment - 60))
    os.utime(inside, (moment, moment))
    rotten = copies / "d0" / "0.dat"
    rotten.write_bytes(b"rotten")
    os.utime(rotten, (moment + 1, moment + 1))
    (copies / "d1" / "1.dat").unlink()
    came = Came(Sofar(NOW))
    prove_job(job_of(copies, room.workshop), room, came, Heard(), threading.Event())
    assert (came.done.same, came.done.differ, came.done.uncompared, came.absent) == (58, 1, 0, 1)
    (copies / "d2" / "2.dat").write_bytes(b"written after the list")
    for space in (10**9, 11_000):
        came = Came(Sofar(NOW))
        prove_job(job_of(copies, room.workshop, space=space), room, came, Heard(), threading.Event())
        assert came.inside
        assert (came.done.same, came.done.differ, came.done.uncompared, came.done.lacking, came.absent) == (57, 1, 1, 0, 0)


def test_a_list_somebody_gave_is_never_too_old(copies: Path, room: Room, tmp_path: Path) -> None:
    manifest = tmp_path / "list"
    manifest.write_bytes(b"".join(manifest_lines(copies, Made())))
    os.utime(manifest, (0, 0))
    (copies / "d2" / "2.dat").write_bytes(b"different")
    (copies / "d1" / "1.dat").unlink()
    came = Came(Sofar(NOW))
    prove_job(job_of(copies, room.workshop, manifest=manifest), room, came, Heard(), threading.Event())
    assert (came.done.differ, came.done.uncompared, came.absent) == (1, 0, 1)


def test_a_repository_that_goes_away_ends_it_and_a_file_too_large_is_told(copies: Path, room: Room, tmp_path: Path) -> None:
    (copies / "d0" / "huge").write_bytes(bytes(50_000))

    def keep(done: Sofar) -> None:
        if done.batches == 2:
            copies.rename(tmp_path / "away")

    came = Came(Sofar(NOW))
    prove_job(job_of(copies, room.workshop, space=11_000), room, came, Heard(kept=keep), threading.Event())
    assert came.because == "gone"
    assert came.broken is not None
    (tmp_path / "away").rename(copies)
    came = Came(Sofar(NOW))
    prove_job(job_of(copies, room.workshop, space=11_000), room, came, Heard(), threading.Event())
    assert (came.because, came.too_large, came.done.files) == (None, 1, 60)


def test_too_little_room_is_seen_before_it_is_used(copies: Path, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("omamori.backup.proof.run.free_bytes", lambda folder: 48 * 1024 * 1024 + 100)
    came = Came(Sofar(NOW))
    prove_job(job_of(copies, room.workshop), room, came, Heard(), threading.Event())
    assert (came.because, came.done.files) == ("no-space", 0)
