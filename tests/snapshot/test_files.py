"""Unfinished files of killed runs are cleared away; those of a run that is still writing are left alone."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from omamori.snapshot.files import TEMPORARY, patiently, private_folder, remove_leftovers, write_whole


def test_only_old_unfinished_files_are_removed(tmp_path: Path) -> None:
    for name in (f"{TEMPORARY}old", f"{TEMPORARY}young", "finished"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / f"{TEMPORARY}folder").mkdir()
    for name in (f"{TEMPORARY}old", "finished"):
        os.utime(tmp_path / name, (0, 0))
    assert remove_leftovers(tmp_path, older_than_seconds=3600) == 1
    assert {path.name for path in tmp_path.iterdir()} == {f"{TEMPORARY}young", f"{TEMPORARY}folder", "finished"}


def test_a_file_another_run_finishes_meanwhile_is_no_error(tmp_path: Path) -> None:
    workshop = tmp_path / "unfinished"
    workshop.mkdir()
    ended = threading.Event()

    def write() -> None:
        while not ended.is_set():
            write_whole(tmp_path / "done", b"whole", workshop=workshop)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        removed = sum(remove_leftovers(workshop, older_than_seconds=3600) for _ in range(2000))
    finally:
        ended.set()
        writer.join()
    assert removed == 0
    assert (tmp_path / "done").read_bytes() == b"whole"


def test_a_file_somebody_holds_for_a_moment_is_waited_for() -> None:
    held = iter((True, True, False))
    tries = []

    def move() -> None:
        tries.append(1)
        if next(held):
            raise PermissionError(13, "held by a scanner")

    patiently(move)
    assert len(tries) == 3
    with pytest.raises(PermissionError):
        patiently(lambda: (_ for _ in ()).throw(PermissionError(13, "held for ever")), seconds=0.1)


def test_a_folder_is_its_owners_and_a_drive_that_is_not_there_is_told(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "a" / "b")
    assert made.stat().st_mode & 0o777 == (tmp_path / "a").stat().st_mode & 0o777 == 0o700
    assert private_folder(made) == made


def test_no_folder_is_made_above_a_root() -> None:
    class Gone(type(Path())):  # type: ignore[misc]
        """A path on a drive that was pulled out."""

        def is_dir(self) -> bool:
            return False

    with pytest.raises(FileNotFoundError):
        private_folder(Gone("/") / "site")
