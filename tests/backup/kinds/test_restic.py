"""How a restic repository is recognised and what a place says. The rest is done by restic itself in tests/system/test_backup_restic.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from omamori.backup.kinds import restic
from omamori.backup.registry import kind_of


def test_a_folder_with_what_every_repository_has_is_recognised(tmp_path: Path) -> None:
    for name in ("data", "index", "keys"):
        (tmp_path / name).mkdir()
    (tmp_path / "config").write_bytes(b"x")
    assert not restic.KIND.recognise(tmp_path)
    (tmp_path / "snapshots").mkdir()
    assert restic.KIND.recognise(tmp_path)
    assert kind_of(str(tmp_path)).name == "restic"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("sftp:backup@nas:/srv/emr", ("remote-host", "nas")),
        ("sftp://backup@nas:2222//srv/emr", ("remote-host", "nas")),
        ("rest:https://user:secret@192.0.2.7:8000/emr", ("remote-host", "192.0.2.7")),
        ("rest:http://[2001:db8::7]:8000/", ("remote-host", "2001:db8::7")),
        ("s3:s3.example.jp/bucket", ("object-storage", None)),
        ("rclone:any:path", ("unknown", None)),
    ],
)
def test_a_far_place_tells_where_it_is_kept(place: str, told: tuple[str, str | None]) -> None:
    assert restic._far(place) == told
    assert kind_of(place).name == "restic"
