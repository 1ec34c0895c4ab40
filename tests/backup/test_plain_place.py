from __future__ import annotations

from pathlib import Path

import pytest

from omamori.backup import plain_place as module
from omamori.backup.plain_place import below_mount, plain_place


def test_the_system_shows_a_folder_of_its_own(tmp_path: Path) -> None:
    told = plain_place(tmp_path)
    assert told.target_kind in ("same-host", "removable") and told.kept_on is None
    assert told.target == str(tmp_path.resolve()) and len(told.id) == 16
    link = tmp_path.parent / f"{tmp_path.name}-link"
    link.symlink_to(tmp_path)
    assert plain_place(link).id == told.id == plain_place(tmp_path).id  # one place by whatever name
    assert plain_place(tmp_path.parent).id != told.id


def test_who_may_delete_follows_the_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert "everyone" not in plain_place(tmp_path).deleters and "root" in plain_place(tmp_path).deleters
    tmp_path.chmod(0o777)
    assert "everyone" in plain_place(tmp_path).deleters


def test_a_share_is_named_as_the_server_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of mounts of another machine: there is no share here."""
    monkeypatch.setattr(module, "where", lambda folder: ("network-mount", "nas1"))
    monkeypatch.setattr(module, "mounted", lambda folder: ("cifs", "//nas1/backup", "0:50"))
    monkeypatch.setattr(module, "below_mount", lambda real: "/emr")
    told = plain_place(tmp_path)
    assert (told.target, told.target_kind, told.kept_on) == ("//nas1/backup/emr", "network-mount", "nas1")
    assert plain_place(tmp_path.parent).id == told.id


def test_the_path_below_a_mount(tmp_path: Path) -> None:
    assert below_mount(Path("/")) == "" and below_mount(Path("/proc")) == "" and below_mount(Path("/proc/sys/kernel")) == "/sys/kernel"


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        plain_place(tmp_path / "nowhere")
