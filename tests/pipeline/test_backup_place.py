"""What the commands about backups share."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from omamori.backup.look.record import write_record
from omamori.parse.backup import look_record
from omamori.parse.backup.look_record import LookRecord, Place
from omamori.pipeline.backup_place import key_of, private_place, site_name, wipe
from omamori.pipeline.error import UserError
from omamori.snapshot.evidence import Item, Visit
from omamori.snapshot.site import Site


def test_only_what_backup_programs_read_is_passed_on(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("x")
    key = key_of(file, {"RESTIC_PASSWORD": "a", "AWS_ACCESS_KEY_ID": "b", "HOME": "/root", "MYSECRET": "c"})
    assert key.file == file and dict(key.environment) == {"RESTIC_PASSWORD": "a", "AWS_ACCESS_KEY_ID": "b"}


def test_a_password_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        key_of(tmp_path / "nothing", {})


def test_the_place_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    with private_place(tmp_path / "a", "look") as folder:
        (folder / "deep").mkdir()
        (folder / "deep" / "patient").write_bytes(b"data" * 1000)
        assert list(folder.iterdir()) == [folder / "deep"]
        if sys.platform != "win32":
            assert (folder.parent.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o700, 0o700)
    assert list((tmp_path / "a").iterdir()) == []


def test_what_a_killed_run_left_is_removed_and_a_running_one_is_left_alone(tmp_path: Path) -> None:
    left = tmp_path / "look-0123"
    (left / "work").mkdir(parents=True)
    (left / "work" / "patient").write_bytes(b"data")
    fresh = tmp_path / "look-4567"
    fresh.mkdir()
    os.utime(left, (1_700_000_000, 1_700_000_000))
    with private_place(tmp_path, "look") as running:
        assert not left.exists()
        assert fresh.exists(), "it may belong to a run that begins right now"
        os.utime(running.parent, (1_700_000_000, 1_700_000_000))
        script = "import sys; from pathlib import Path; from omamori.pipeline.backup_place import private_place\n"
        script += "with private_place(Path(sys.argv[1]), 'look') as folder: print(len(list(folder.parent.parent.iterdir())))"
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True, env=dict(os.environ)
        )
        assert done.stdout.strip() == "3" and running.exists()


def test_wiping_follows_no_link(tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept", tmp_path / "ours"
    kept.write_bytes(b"stay")
    folder.mkdir()
    (folder / "link").symlink_to(kept)
    (folder / "locked").mkdir()
    (folder / "locked" / "file").write_bytes(b"x")
    (folder / "locked").chmod(0o500)
    wipe(folder)
    assert kept.read_bytes() == b"stay" and not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="names and holes of other systems")
def test_wiping_writes_into_nothing_that_has_another_name_and_fills_no_holes(tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept", tmp_path / "ours"
    kept.write_bytes(b"stay")
    folder.mkdir()
    (folder / "second-name").hardlink_to(kept)
    with (folder / "holes").open("wb") as stream:
        stream.truncate(2**42)
    os.mkfifo(folder / "pipe")
    wipe(folder)
    assert kept.read_bytes() == b"stay" and not folder.exists()
    (tmp_path / "other").symlink_to(tmp_path)
    wipe(tmp_path / "other")
    assert kept.read_bytes() == b"stay" and list(tmp_path.iterdir()) == [kept]


@pytest.mark.skipif(sys.platform == "win32", reason="shorter paths")
def test_wiping_ends_however_deep_it_is(tmp_path: Path) -> None:
    folder = inner = tmp_path / "ours"
    for _ in range(1200):
        inner.mkdir()
        inner = inner / "a"
    inner.write_bytes(b"x")
    wipe(folder)
    assert not folder.exists()


def test_a_copy_of_a_repository_is_another_one_though_it_tells_the_same_identifier(tmp_path: Path) -> None:
    store = Site(tmp_path / "site").create().evidence
    day = datetime(2026, 11, 30, 10)

    def seen(name: str, target: str, medium: str | None = None) -> None:
        place = Place(kind="restic", id=name, target=target, medium=medium)
        data = write_record(LookRecord(made=day, version="1", machine="ehr", job="", place=place))
        store.add(Visit(how="file", host="", started=day, version="1"), [Item(kind=look_record.KIND, data=data, seen=day)], day)

    assert site_name(store, "abc", "/mnt/nas1") == "abc"
    seen("abc", "/mnt/nas1")
    assert site_name(store, "abc", "/mnt/nas1") == "abc"
    assert site_name(store, "abc", "/mnt/nas2") == "abc/2"
    seen("abc/2", "/mnt/nas2")
    assert (site_name(store, "abc", "/mnt/nas1"), site_name(store, "abc", "/mnt/nas2")) == ("abc", "abc/2")
    assert site_name(store, "ab", "/mnt/nas2") == "ab", "another identifier that begins alike"
    seen("def", "/mnt/rdx", "RDX-1")
    assert site_name(store, "def", "/mnt/rdx", "RDX-1") == "def"
    assert site_name(store, "def", "/mnt/rdx") == "def"
    assert site_name(store, "def", "/mnt/rdx", "RDX-2") == "def/2"
