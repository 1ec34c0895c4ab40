from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from omamori.backup.interface import BackupError
from omamori.backup.plain_files import Copy, asked_for, copy_failed, moment, open_plain, walk


def test_links_are_told_and_never_followed(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_bytes(b"12345")
    (tmp_path / "out").symlink_to("/etc")
    (tmp_path / "a" / "round").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    found = {one.path: one.kind for one in walk(tmp_path)}
    assert found == {"a": "dir", "a/b": "dir", "a/b/file": "file", "a/round": "other", "out": "other", "pipe": "other"}
    assert [one.entry.size for one in walk(tmp_path, folders=False) if one.kind == "file"] == [5]


def test_a_pipe_or_a_link_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/etc/passwd")
    for name in ("pipe", "link"):
        with pytest.raises(OSError):
            open_plain(tmp_path / name)


def test_a_place_that_went_away(tmp_path: Path) -> None:
    with pytest.raises(BackupError) as told:
        list(walk(tmp_path / "nowhere"))
    assert told.value.code == "gone" and told.value.text.ja and told.value.text.en


def test_hard_links_have_a_token_and_single_files_none(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"x")
    (tmp_path / "two").hardlink_to(tmp_path / "one")
    (tmp_path / "alone").write_bytes(b"x")
    tokens = {one.path: one.entry.token for one in walk(tmp_path)}
    assert tokens["one"] == tokens["two"] is not None and tokens["alone"] is None


def test_deeper_than_a_path_can_be_long_is_told(tmp_path: Path) -> None:
    here = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(40):
            Path("d" * 200).mkdir()
            os.chdir("d" * 200)
    finally:
        os.chdir(here)
    told: list[int | None] = []
    found = list(walk(tmp_path, lambda path, error: told.append(error.errno)))
    assert told == [errno.ENAMETOOLONG] and 10 < len(found) < 40


def test_a_copy_stops_when_asked_and_leaves_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "file").write_bytes(b"x" * 3_000_000)
    (one,) = walk(tmp_path / "from")
    stop = threading.Event()
    seen: list[int] = []

    def progress(done: int, total: int) -> None:
        seen.append(done)
        stop.set()

    with pytest.raises(BackupError) as told:
        Copy(tmp_path / "into", progress=progress, stop=stop).take(tmp_path / "from" / "file", one)
    assert told.value.code == "stopped" and len(seen) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["from", "into"]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"new")
    (tmp_path / "into").mkdir()
    (tmp_path / "into" / "file").write_bytes(b"old")
    (one,) = (found for found in walk(tmp_path) if found.path == "file")
    with pytest.raises(BackupError):
        Copy(tmp_path / "into").take(tmp_path / "file", one)
    assert (tmp_path / "into" / "file").read_bytes() == b"old"


def test_a_full_disk_has_its_own_words() -> None:
    assert copy_failed(OSError(errno.ENOSPC, "full")).code == "no-space"
    assert copy_failed(OSError(errno.ESTALE, "stale")).code == "gone"
    assert copy_failed(OSError(errno.EIO, "io")).code == "failed"


def test_paths_asked_for() -> None:
    wanted = asked_for(["/a/b", "/c"])
    assert [path for path in ("a", "a/b", "a/b/x", "a/bc", "c", "d") if wanted(path)] == ["a/b", "a/b/x", "c"]
    assert asked_for(None)("anything") and asked_for(["/"])("anything")
    for path in ("a/b", "/a/../../etc", "../x"):
        with pytest.raises(BackupError):
            asked_for([path])


def test_moments_no_file_has() -> None:
    assert moment(1_790_000_000) is not None
    assert [moment(seconds) for seconds in (-1e18, 1e18, 0.0, float("nan"))] == [None] * 4
