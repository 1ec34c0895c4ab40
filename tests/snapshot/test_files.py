"""Unfinished files of killed runs are cleared away; those of a run that is still writing are left alone."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from omamori.snapshot.files import TEMPORARY, remove_leftovers, write_whole


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
