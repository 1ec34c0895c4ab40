from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from omamori.backup.proof.journal import FOLDER, Journal, Sofar, choice_key
from omamori.backup.proof.record import Database

NOW, LATER = datetime(2026, 6, 1), datetime(2026, 6, 2)


def test_what_was_done_is_read_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "repo", choice_key("a", 1))
    assert journal.read(LATER) == Sofar(LATER)
    done = Sofar(NOW, 2, 10, 9, 1, 0, 0, 1000, 1.5, 1.0, 5000, "failed", Database("postgresql", "15", True, None, None, True, "restored"))
    journal.write(done)
    assert journal.read(LATER) == done
    journal.done()
    assert journal.read(LATER) == Sofar(LATER)


def test_another_choice_is_another_journal(tmp_path: Path) -> None:
    first, second = Journal(tmp_path, "repo", choice_key("a")), Journal(tmp_path, "repo", choice_key("b"))
    elsewhere = Journal(tmp_path, "other", choice_key("a"))
    first.write(Sofar(NOW, 1))
    assert second.read(LATER) == Sofar(LATER)
    assert elsewhere.read(LATER) == Sofar(LATER)


def test_what_nobody_went_on_with_is_forgotten_after_a_month(tmp_path: Path) -> None:
    journal, elsewhere = Journal(tmp_path, "repo", choice_key("a")), Journal(tmp_path, "other", choice_key("a"))
    for one in (journal, elsewhere):
        one.write(Sofar(NOW, 1))
    journal.forget_old()
    assert journal.read(LATER).batches == 1
    for path in (tmp_path / FOLDER).iterdir():
        os.utime(path, (0, 0))
    journal.forget_old()
    assert journal.read(LATER) == Sofar(LATER)
    assert elsewhere.read(LATER).batches == 1


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"format": 1}', b"\xff", b'{"format":1,"began":"2026-06-01T00:00:00","batches":-1}']
)
def test_a_harmed_journal_begins_anew(tmp_path: Path, content: bytes) -> None:
    journal = Journal(tmp_path, "repo", choice_key("a"))
    journal.write(Sofar(NOW, 1))
    next((tmp_path / FOLDER).glob("*.json")).write_bytes(content)
    assert journal.read(LATER) == Sofar(LATER)


def test_what_a_killed_run_was_writing_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "repo", choice_key("a"))
    journal.write(Sofar(NOW, 1))
    old, new = (tmp_path / FOLDER / f".tmp-{number}-aa" for number in (1, 2))
    old.write_text("x")
    new.write_text("x")
    os.utime(old, (0, 0))
    journal.forget_old()
    assert not old.exists() and new.exists() and journal.read(LATER).batches == 1
