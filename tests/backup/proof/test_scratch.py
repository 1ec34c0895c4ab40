from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from omamori.backup.interface import BackupError
from omamori.backup.proof import scratch
from omamori.backup.proof.place_seen import Seen
from omamori.backup.proof.scratch import approval_of, clear_leftovers, has_leftovers, judge, only_one, prepare, room_in
from omamori.parse.backup.scratch import Approved

NOW = datetime(2026, 6, 1)
DISK = Seen("ext4", False, False, False, False)


def test_a_new_folder_is_private_and_an_empty_one_becomes_so(tmp_path: Path) -> None:
    assert prepare(tmp_path / "a" / "new").stat().st_mode & 0o777 == 0o700
    there = tmp_path / "there"
    there.mkdir(mode=0o755)
    (tmp_path / "link").symlink_to(there)
    assert prepare(tmp_path / "link") == there.resolve()
    assert there.stat().st_mode & 0o777 == 0o700


def test_what_others_put_there_stays_and_refuses(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "somebody's").write_text("kept")
    with pytest.raises(BackupError):
        prepare(tmp_path / "x")
    (tmp_path / "y").mkdir()
    (tmp_path / "y" / f"omamori-proof-{'a' * 32}").symlink_to(tmp_path / "x")
    with pytest.raises(BackupError):
        prepare(tmp_path / "y")
    assert (tmp_path / "x" / "somebody's").read_text() == "kept"


def test_a_place_others_can_exchange_is_refused(tmp_path: Path) -> None:
    open_one = tmp_path / "open"
    open_one.mkdir()
    open_one.chmod(0o777)
    with pytest.raises(BackupError):
        prepare(open_one / "scratch")


@pytest.mark.parametrize(
    ("seen", "protection", "good"),
    [
        (DISK, "on-server", True), (DISK, "encrypted", False), (DISK, "memory", False),
        (replace(DISK, encrypted=True), "encrypted", True), (replace(DISK, encrypted=None), "encrypted", True),
        (replace(DISK, memory=True), "memory", True), (replace(DISK, removable=True), "on-server", False),
        (replace(DISK, removable=True, encrypted=True), "encrypted", False), (replace(DISK, network=True), "on-server", False),
    ],
)  # fmt: skip
def test_what_is_seen_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seen: Seen, protection: str, good: bool) -> None:
    monkeypatch.setattr(scratch, "look_at", lambda folder: seen)
    if good:
        assert judge(tmp_path, protection) == seen
    else:
        with pytest.raises(BackupError):
            judge(tmp_path, protection)


def test_it_overlaps_with_nothing_that_counts(tmp_path: Path) -> None:
    for name in ("repo/inside", "apart"):
        (tmp_path / name).mkdir(parents=True)
    with pytest.raises(BackupError):
        judge(tmp_path / "repo" / "inside", "on-server", inside_none_of=(tmp_path / "repo",))
    with pytest.raises(BackupError):
        judge(tmp_path, "on-server", inside_none_of=(tmp_path / "repo",))
    judge(tmp_path / "apart", "on-server", inside_none_of=(tmp_path / "repo", tmp_path / "not-there"))


def test_only_the_newest_approval_of_exactly_this_folder_counts() -> None:
    old = Approved(NOW - timedelta(days=9), "/s", "memory", "tmpfs", "A", None)
    ended = replace(old, made=NOW - timedelta(days=1), until=NOW - timedelta(hours=1))
    other = replace(old, folder="/s/deeper")
    assert approval_of(Path("/s"), [other, old], NOW) == old
    for approvals in ([], [other], [old, ended]):
        with pytest.raises(BackupError, match="omamori backup scratch /s --protection"):
            approval_of(Path("/s"), approvals, NOW)


def test_a_room_is_wiped_whatever_happens(tmp_path: Path) -> None:
    place = prepare(tmp_path / "s")
    with pytest.raises(ZeroDivisionError), room_in(place) as room:
        assert room.folder.stat().st_mode & 0o777 == 0o700
        (room.restored / "patient").write_text("x")
        (room.restored / "etc").symlink_to("/etc")
        assert room.empty()
        assert list(room.restored.iterdir()) == []
        (room.restored / "patient").write_text("x")
        raise ZeroDivisionError
    assert list(place.iterdir()) == []
    assert os.path.lexists("/etc/passwd")


def test_leftovers_of_killed_runs_are_found_and_wiped(tmp_path: Path) -> None:
    place = prepare(tmp_path / "s")
    killed = room_in(place)
    room = killed.__enter__()
    (room.restored / "patient").write_text("x")
    halfway = place / f"omamori-proof-{'b' * 32}.new"
    halfway.mkdir()
    (place / f"omamori-proof-{'c' * 32}").mkdir()
    assert prepare(place) == place
    assert clear_leftovers(place) == 3
    assert list(place.iterdir()) == []
    assert clear_leftovers(tmp_path / "not-there") == 0


def test_a_wipe_that_was_killed_can_be_ended(tmp_path: Path) -> None:
    place = prepare(tmp_path / "s")
    killed = room_in(place)
    room = killed.__enter__()
    order: list[str] = []
    real = scratch.wipe
    try:
        scratch.wipe = lambda path: order.append(path.name) or real(path)  # type: ignore[assignment, func-returns-value]
        clear_leftovers(place)
    finally:
        scratch.wipe = real
    assert order[-1] == room.folder.name
    assert ".omamori-proof" not in order


def test_only_one_at_a_time(tmp_path: Path) -> None:
    place = prepare(tmp_path / "s")
    with only_one(place), pytest.raises(BackupError), only_one(place):
        pass
    with only_one(place):
        pass


def test_leftovers_are_seen_without_writing_anything(tmp_path: Path) -> None:
    assert not has_leftovers(tmp_path / "nowhere") and not has_leftovers(tmp_path)
    (tmp_path / f"omamori-proof-{'a' * 32}").symlink_to(tmp_path)
    assert not has_leftovers(tmp_path)
    left = tmp_path / f"omamori-proof-{'b' * 32}"
    left.mkdir()
    (left / ".omamori-proof").write_text("{}")
    assert has_leftovers(tmp_path) and len(list(tmp_path.iterdir())) == 2
