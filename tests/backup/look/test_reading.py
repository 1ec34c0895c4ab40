"""Reading the parts of a real folder: a round, a stop, a part that cannot be read."""

from __future__ import annotations

import os
import threading
from datetime import date
from pathlib import Path

import pytest

from omamori.backup.interface import Key, Repository
from omamori.backup.look.reading import read_round
from omamori.backup.registry import open_place
from omamori.parse.backup.look_record import Reading

DAY = date(2026, 5, 1)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    for day in ("2026-05-01", "2026-05-02"):
        for number in range(300):
            path = tmp_path / "nas" / day / f"record{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(os.urandom(2000))
    (tmp_path / "shop").mkdir()
    return open_place(str(tmp_path / "nas"), Key(), tmp_path / "shop")


def test_a_round(repository: Repository) -> None:
    reading, heard = Reading(), list[tuple[int, int]]()
    for run in range(1, 5):
        done = read_round(repository, reading, 0.25, (), DAY, lambda at, total: heard.append((at, total)), threading.Event())
        reading = done.reading
        assert done.ended is None and done.possible and 0 < done.bytes <= reading.bytes_total / 3  # type: ignore[operator]
        assert reading.bytes_read is not None and reading.bytes_read >= min(0.25 * run, 1) * 1_200_000 - 1
    assert reading.whole_since is not None and reading.bytes_read == reading.bytes_total == 1_200_000
    assert heard[-1][0] == heard[-1][1]


def test_a_small_one_is_read_as_a_whole_when_nothing_is_asked(repository: Repository) -> None:
    done = read_round(repository, Reading(), None, (), DAY, lambda at, total: None, threading.Event())
    assert done.reading.whole_since is not None and done.bytes == 1_200_000


def test_a_stop_keeps_what_was_read_with_its_true_share(repository: Repository) -> None:
    stop = threading.Event()

    def progress(at: int, total: int) -> None:
        if at * 2 > total:
            stop.set()

    done = read_round(repository, Reading(), 1.0, (), DAY, progress, stop)
    assert done.ended is not None and done.ended.code == "stopped"
    assert done.reading.bytes_read == done.bytes and 0.5 < done.bytes / 1_200_000 < 0.6 and done.reading.whole_since is None
    rest = read_round(repository, done.reading, 1.0, (), DAY, lambda at, total: None, threading.Event())
    assert rest.reading.whole_since is not None


def test_a_place_that_goes_away_half_way_ends_it(repository: Repository, tmp_path: Path) -> None:
    def progress(at: int, total: int) -> None:
        if at * 2 > total and (tmp_path / "nas").exists():
            (tmp_path / "nas").rename(tmp_path / "away")

    done = read_round(repository, Reading(), 1.0, (), DAY, progress, threading.Event())
    assert done.ended is not None and done.ended.code == "gone" and 0 < done.bytes < 1_200_000
    assert done.reading.whole_since is None
