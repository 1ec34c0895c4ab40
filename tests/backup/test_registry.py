"""Kinds are found by walking the folder, and a place tells which it is of."""

from __future__ import annotations

import pytest

from omamori.backup.interface import BackupError, Key
from omamori.backup.registry import kind_of, kinds, open_place


def test_every_kind_is_found_and_a_plain_folder_is_asked_last():
    names = [kind.name for kind in kinds()]
    assert set(names) == {"restic", "borg", "dumps", "folder"} and names[-1] == "folder"


@pytest.mark.parametrize(
    ("place", "name"), [("sftp:backup@nas:/x", "restic"), ("rest:http://10.1.8.9:8000/", "restic"), ("ssh://backup@nas/./x", "borg")]
)
def test_a_place_that_is_no_folder_is_known_by_its_beginning(place, name):
    assert kind_of(place).name == name


def test_a_folder_is_what_lies_in_it(tmp_path):
    (tmp_path / "2026-11-29").mkdir()
    (tmp_path / "2026-11-29" / "a.txt").write_text("a")
    assert kind_of(str(tmp_path)).name == "folder"
    assert open_place(str(tmp_path), Key(), tmp_path.parent).opened.kind == "folder"
    (tmp_path / "a.dump").write_bytes(b"PGDMP\x01\x0e\x00" + b"\x00" * 64)
    assert kind_of(str(tmp_path), "folder").name == "folder"


def test_what_nobody_knows_is_told_with_what_to_do(tmp_path):
    with pytest.raises(BackupError) as gone:
        kind_of(str(tmp_path / "nas"))
    assert gone.value.code == "unreachable" and "nas" in gone.value.text.en
    with pytest.raises(BackupError) as misspelt:
        kind_of(str(tmp_path), "restik")
    assert "restic" in misspelt.value.text.ja
