"""A canary file: written once, kept as evidence, never over anything."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from omamori.parse.backup.canary import KIND, read_canary
from omamori.parse.redact import redact
from omamori.pipeline.backup_canary import CanaryRequest, set_canary
from omamori.pipeline.backup_place import stored_of_kind
from omamori.pipeline.error import UserError
from omamori.snapshot.site import Site


def test_it_is_written_kept_and_not_written_twice(tmp_path: Path) -> None:
    folder = tmp_path / "karte"
    folder.mkdir()
    request = CanaryRequest(tmp_path / "site", folder, "電子カルテDB", "毎晩NASへ")
    told = set_canary(request)
    (path,) = folder.iterdir()
    data = path.read_bytes()
    assert (told.path, told.sha256, told.size) == (str(path), hashlib.sha256(data).hexdigest(), len(data))
    text = data.decode("utf-8-sig")
    assert "消したり" in text and "do not delete" in text and redact(data).data == data
    (stored,) = stored_of_kind(Site(tmp_path / "site").evidence, KIND)
    assert read_canary(stored) == told and redact(stored).data == stored
    with pytest.raises(UserError):
        set_canary(request)
    assert list(folder.iterdir()) == [path] and path.read_bytes() == data
    path.unlink()
    assert set_canary(request).path != told.path, "a lost one is set anew"


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        set_canary(CanaryRequest(tmp_path / "site", tmp_path / "nothing", "ehr"))
