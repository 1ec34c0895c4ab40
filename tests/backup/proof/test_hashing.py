from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

from omamori.backup.proof.hashing import files_below, hash_tree


def test_every_file_gets_the_hash_sha256sum_gives(tmp_path: Path) -> None:
    wanted = {}
    for number in range(300):
        path = tmp_path / f"d{number % 7}" / f"{number}"
        path.parent.mkdir(exist_ok=True)
        data = os.urandom(number * 37 % 5000)
        path.write_bytes(data)
        wanted[path.relative_to(tmp_path).as_posix()] = (len(data), hashlib.sha256(data).digest())
    (tmp_path / "large").write_bytes(os.urandom(9 * 1024 * 1024))
    wanted["large"] = (9 * 1024 * 1024, hashlib.sha256((tmp_path / "large").read_bytes()).digest())
    heard: list[int] = []
    found = list(hash_tree(tmp_path, heard=heard.append))
    assert {one.path: (one.size, one.sha256) for one in found} == wanted
    assert sum(heard) == sum(size for size, _ in wanted.values())
    assert [one.path for one in found] == [path for path, _ in files_below(tmp_path)]


def test_links_and_special_files_are_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("secret")
    root = tmp_path / "root"
    root.mkdir()
    (root / "folder").symlink_to(outside)
    (root / "file").symlink_to(outside / "secret")
    (root / "round").symlink_to(root)
    os.mkfifo(root / "pipe")
    (root / "plain").write_text("x")
    assert [one.path for one in hash_tree(root)] == ["plain"]


def test_a_restored_copy_is_made_readable_and_a_source_never(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "file").write_text("x")
    (folder / "file").chmod(0)
    folder.chmod(0)
    if os.geteuid() != 0:  # root reads everything
        assert [one.sha256 for one in hash_tree(tmp_path)] == [None]
    assert folder.stat().st_mode & 0o777 == 0
    assert [one.sha256 for one in hash_tree(tmp_path, restored=True)] == [hashlib.sha256(b"x").digest()]


def test_a_stop_ends_it_early(tmp_path: Path) -> None:
    for number in range(2000):
        (tmp_path / f"{number}").write_text("x")
    stop = threading.Event()
    count = 0
    for _ in hash_tree(tmp_path, stop=stop):
        count += 1
        stop.set()
    assert count < 2000
