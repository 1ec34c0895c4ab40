from __future__ import annotations

import sys
from pathlib import Path

import pytest

from omamori.backup import plain_place as module
from omamori.backup.plain_place import plain_place

LINES = (
    "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
    "30 20 0:50 / /mnt/nas\\040one rw - cifs //nas.example/backup rw\n"
    "31 20 0:51 / /mnt/nfs rw - nfs4 backup@10.1.0.9:/export/copies rw\n"
)


def test_the_system_shows_a_folder_of_its_own(tmp_path: Path) -> None:
    told = plain_place(tmp_path)
    assert told.target_kind in ("same-host", "removable") and told.kept_on is None
    assert told.target == str(tmp_path.resolve()) and len(told.id) == 16
    assert plain_place(tmp_path) == told
    link = tmp_path.parent / f"{tmp_path.name}-link"
    link.symlink_to(tmp_path)
    assert plain_place(link).id == told.id  # one place by whatever name


@pytest.mark.skipif(sys.platform == "win32", reason="needs root")
def test_who_may_delete_follows_the_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert "everyone" not in plain_place(tmp_path).deleters and "root" in plain_place(tmp_path).deleters
    tmp_path.chmod(0o777)
    assert "everyone" in plain_place(tmp_path).deleters
    tmp_path.chmod(0o1777)  # each may delete only what is his own
    assert "everyone" not in plain_place(tmp_path).deleters


def test_a_mounted_share_is_told_with_its_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mounts").write_text(LINES, encoding="utf-8")
    monkeypatch.setattr(module, "_MOUNTS", tmp_path / "mounts")
    assert module._mounted(Path("/mnt/nas one/emr")) == ("//nas.example/backup", "cifs", "0:50", "/emr")
    assert module._mounted(Path("/mnt/nfs")) == ("backup@10.1.0.9:/export/copies", "nfs4", "0:51", "")
    assert module._mounted(Path("/mnt/nfs2"))[1] == "ext4"


@pytest.mark.parametrize(
    ("source", "host"),
    [("//nas/b", "nas"), ("u@nas:/b", "nas"), ("10.1.0.9:/b", "10.1.0.9"), ("[fd00::1]:/b", "fd00::1"), ("/dev/sda1", None), ("", None)],
)
def test_the_server_of_a_mount(source: str, host: str | None) -> None:
    assert module._host(source) == host


def test_a_windows_share_by_its_path() -> None:
    assert module._unc("\\\\nas\\backup\\emr") == "nas"
    assert module._unc("\\\\?\\D:\\copies") is None and module._unc("/srv") is None
