from __future__ import annotations

import subprocess
import threading
from pathlib import Path

import pytest

from omamori.pipeline.backup_manifest import make_manifest
from omamori.pipeline.error import UserError
from omamori.pipeline.observer import Silent


def test_a_list_inside_the_folder_names_neither_itself_nor_its_unfinished_form(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a").write_text("a")
    out = tmp_path / "omamori-manifest.sha256"
    for _ in range(2):
        made = make_manifest(tmp_path, out, Silent(), stop=threading.Event())
        assert (made.files, made.bytes, made.unreadable) == (1, 1, 0)
        assert out.read_bytes().count(b"\n") == 1
    assert out.stat().st_mode & 0o777 == 0o600
    assert subprocess.run(["sha256sum", "-c", "--status", out.name], cwd=tmp_path).returncode == 0


def test_a_stop_leaves_the_list_that_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "list").write_text("old")
    stop = threading.Event()
    stop.set()
    with pytest.raises(UserError):
        make_manifest(tmp_path, tmp_path / "list", Silent(), stop=stop)
    assert (tmp_path / "list").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "list"]


@pytest.mark.parametrize(("folder", "out"), [("a", "list"), ("missing", "list"), (".", "sub")])
def test_what_cannot_be_is_told(tmp_path: Path, folder: str, out: str) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "sub").mkdir()
    with pytest.raises(UserError):
        make_manifest(tmp_path / folder, tmp_path / out, Silent(), stop=threading.Event())
