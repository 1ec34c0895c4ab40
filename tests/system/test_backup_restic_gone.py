"""A repository of restic that is moved, unplugged or unmounted while it is read: told soon, though restic itself tries again for minutes."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from hospital_files import make
from omamori.backup.interface import BackupError, Key
from omamori.backup.restic_command import call

from .backup_repositories import Made, contents, fingerprint

pytestmark = pytest.mark.system


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Two generations."""
    made = Made("restic", tmp_path / "made").init()
    make(made.source, 20)
    made.write("big", os.urandom(3_000_000))
    made.backup()
    made.write("later", b"later")
    made.backup()
    return made


def test_a_repository_that_is_gone_while_it_is_restored_ends_the_restore(made: Made, tmp_path: Path) -> None:
    repository = made.open()
    first = repository.generations()[0]
    into = tmp_path / "into"
    away = made.folder / "away"

    def unplug(done: int, _total: int) -> None:
        if made.place.exists():
            made.place.rename(away)

    before = fingerprint(made.place)
    with pytest.raises(BackupError) as caught:
        repository.restore(first, None, into, bytes_per_second=20_000, progress=unplug)
    assert caught.value.code == "gone", caught.value
    assert str(made.place) in caught.value.text.en
    away.rename(made.place)
    assert fingerprint(made.place) == before
    repository.restore(first, None, tmp_path / "again")
    assert sum(entry.kind == "file" for entry in repository.entries(first)) == len(contents(tmp_path / "again"))


@pytest.mark.parametrize("words", [("check", "--read-data"), ("ls", "--json"), ("diff", "--json")])
def test_a_command_that_retries_when_the_repository_is_gone_is_ended(made: Made, tmp_path: Path, words: tuple[str, ...]) -> None:
    restic = call(str(made.place), Key(environment={"RESTIC_PASSWORD": made.password}), tmp_path / "work")
    first, *_, last = made.open().generations()
    asked = {"check": (), "ls": (first.id,), "diff": (first.id, last.id)}[words[0]]
    # The packs are away from the beginning, so that restic is caught at its retrying, however fast it is.
    for pack in made.place.glob("data/*/*"):
        pack.unlink()
    timer = threading.Timer(2.0, made.place.rename, [made.folder / "away"])
    timer.start()
    with pytest.raises(BackupError) as caught:
        with restic.stream(*words, *asked) as running:
            done = running.end()
            timer.join()
        restic.judge_opening(done)  # where restic gave up by itself, as it does since 0.17
    assert caught.value.code == "gone", caught.value
    with pytest.raises(BackupError) as caught:
        restic.run(*words, *asked)
    assert caught.value.code == "gone", caught.value
    (made.folder / "away").rename(made.place)
    halt = threading.Event()

    def unplug_and_halt(_line: str) -> None:
        if not halt.is_set():
            made.place.rename(made.folder / "away")
            halt.set()

    with pytest.raises(BackupError) as caught:
        restic.run("check", stop=halt, hear=unplug_and_halt)
    assert caught.value.code == "gone", caught.value
