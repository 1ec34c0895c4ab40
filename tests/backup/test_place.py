"""Where a folder lies and who can delete in it, on this machine's real file system."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import pytest

from omamori.backup.place import deleters, mounted, where, without_credentials


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("rest:https://user:secret@nas:8000/emr", "rest:https://nas:8000/emr"),
        ("ssh://backup@nas/repo", "ssh://nas/repo"),
        ("sftp:backup@nas:/repo", "sftp:backup@nas:/repo"),
        ("/srv/a@b/repo", "/srv/a@b/repo"),
        ("s3:https://s3.example/bucket", "s3:https://s3.example/bucket"),
    ],
)
def test_what_stands_before_the_host_of_a_url_is_left_out(written: str, shown: str) -> None:
    assert without_credentials(written) == shown


def test_owner_group_and_everyone_are_told_by_the_modes(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert deleters(tmp_path) == tuple(sorted({"root", getpass.getuser()}))
    tmp_path.chmod(0o777)
    assert "everyone" in deleters(tmp_path)
    assert any(name.startswith("group ") for name in deleters(tmp_path))
    tmp_path.chmod(0o1777)
    assert "everyone" not in deleters(tmp_path)
    assert deleters(tmp_path / "none") == ("root",)


def test_the_deepest_mount_is_the_one_a_folder_lies_in(tmp_path: Path) -> None:
    kind, _, device = mounted(Path("/proc/self"))
    assert kind == "proc"
    assert mounted(tmp_path)[2] == f"{os.major(tmp_path.stat().st_dev)}:{os.minor(tmp_path.stat().st_dev)}"
    assert device != mounted(tmp_path)[2]
    assert where(tmp_path)[0] in ("same-host", "removable", "network-mount")
