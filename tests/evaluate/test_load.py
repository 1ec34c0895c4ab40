from __future__ import annotations

import os
from pathlib import Path

import pytest

from omamori.evaluate.check import CheckError
from omamori.evaluate.load import built_in_folder, load_check, load_checks, topics

TELNET = (built_in_folder() / "services" / "telnet_server.sql").read_text(encoding="utf-8")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_hospital_adds_a_folder_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "ours/telnet.sql", TELNET)
    ids = [check.id for check in load_checks([tmp_path])]
    assert "ours.telnet" in ids and "services.telnet_server" in ids
    assert ids == sorted(ids)


def test_a_check_that_would_harm_is_refused_when_it_is_loaded(tmp_path: Path) -> None:
    write(tmp_path, "ours/bad.sql", TELNET.replace("from listeners", "from read_csv('/etc/passwd')"))
    with pytest.raises(CheckError, match="read_csv"):
        load_checks([tmp_path])


def test_the_problems_of_all_files_are_told_together(tmp_path: Path) -> None:
    write(tmp_path, "ours/one.sql", TELNET.replace("severity: high", "severity: x"))
    write(tmp_path, "ours/two.sql", "select 1")
    write(tmp_path, "services/telnet_server.sql", TELNET)
    (tmp_path / "ours" / "three.sql").write_bytes(b"\xff\xfe")
    with pytest.raises(CheckError) as caught:
        load_checks([tmp_path, tmp_path / "nowhere"])
    told = "\n".join(caught.value.problems)
    for words in ("one.sql:5: severity", "two.sql:1: expected a header", "is there already", "three.sql:1: not UTF-8", "no such folder"):
        assert words in told


def test_names_of_files_are_plain(tmp_path: Path) -> None:
    path = write(tmp_path, "ours/Two Words.sql", TELNET)
    with pytest.raises(CheckError, match="a-z"):
        load_check(path)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "ours/huge.sql", TELNET + "-" * 300_000)
    with pytest.raises(CheckError, match="larger than"):
        load_check(path)


def test_topics_have_names_in_both_languages() -> None:
    listed = topics()
    assert len(listed) == 22
    assert listed["backup"].ja == "バックアップ" and listed["backup"].en == "Backup"


def test_a_check_that_is_a_device_or_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "endless.sql").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "ours" / "pipe.sql")
    for name in ("endless", "pipe"):
        with pytest.raises(CheckError, match="not an ordinary file"):
            load_check(tmp_path / "ours" / f"{name}.sql")
