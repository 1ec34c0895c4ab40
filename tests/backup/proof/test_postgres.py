"""What needs no server; the server itself is in tests/system/test_backup_prove.py."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from omamori.backup.proof import postgres
from omamori.backup.proof.postgres import Question, looks_like_dump, try_dump


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b"PGDMP\x01\x0e", True), (b"--\n-- PostgreSQL database dump\n--", True), (b"--\n-- PostgreSQL database cluster dump", True),
        (b"-- MySQL dump 10.13", False), (b"", False), (b"\x1f\x8b\x08", False),
    ],
)  # fmt: skip
def test_a_dump_is_known_by_its_first_bytes(head: bytes, is_one: bool) -> None:
    assert looks_like_dump(head) is is_one


def test_without_the_programs_it_is_said_and_nothing_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "programs", lambda: None)
    told = try_dump(tmp_path / "dump", tmp_path / "db", Question("select 1"), stop=threading.Event(), space=1)
    assert (told.started, told.ok, told.said) == (False, None, "program-missing")
    assert told.query_sha256 is not None
    assert not (tmp_path / "db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_a_folder_with_a_pipe_or_a_link_is_no_dump(tmp_path: Path) -> None:
    dump = tmp_path / "dump"
    (dump / "inner").mkdir(parents=True)
    (dump / "toc.dat").write_bytes(b"PGDMP")
    assert postgres.only_files(dump)
    os.mkfifo(dump / "inner" / "1.dat")
    assert not postgres.only_files(dump)
    (dump / "inner" / "1.dat").unlink()
    (dump / "inner" / "1.dat").symlink_to("/dev/zero")
    assert not postgres.only_files(dump)


@pytest.mark.skipif(sys.platform == "win32" or postgres.programs() is None, reason="needs the programs of PostgreSQL")
def test_a_place_whose_name_a_shell_would_act_on_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "$(touch owned)" / "room"
    place.mkdir(parents=True)
    (place / "d.sql").write_bytes(b"--\n-- PostgreSQL database dump\n--\n")
    told = try_dump(place / "d.sql", place / "db", None, stop=threading.Event(), space=1000)
    assert (told.started, told.ok, told.said) == (False, None, "place-name")
    assert not (place / "db").exists()
