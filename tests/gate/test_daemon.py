"""Real programs that stay: started, known again, ended with what they started."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from omamori.gate.daemon import alive, start, stop
from omamori.gate.error import GateError


def until(file: Path, text: str) -> str:
    end = time.monotonic() + 10
    while text not in file.read_text() and time.monotonic() < end:
        time.sleep(0.02)
    return file.read_text()


def test_it_has_a_session_a_log_and_only_the_environment_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_OURS", "x")
    log = tmp_path / "log"
    running = start(("sh", "-c", "env; echo trouble >&2; cat; echo end; exec sleep 600"), log=log, environment={"GIVEN": "1"})
    try:
        said = until(log, "end")
        assert "GIVEN=1\n" in said
        assert "trouble\n" in said
        assert "SECRET_OF_OURS" not in said
        assert os.getsid(running.pid) == running.pid
        assert log.stat().st_mode & 0o777 == 0o600
        assert alive(running)
    finally:
        stop(running)
    assert not alive(running)


def test_who_does_not_listen_is_forced_and_its_children_go_too(tmp_path: Path) -> None:
    log = tmp_path / "log"
    running = start(("sh", "-c", "trap '' TERM; sleep 600 & echo child $!; while :; do wait; done"), log=log)
    child = int(until(log, "child").split()[1])
    stop(running, grace=0.2)
    assert not alive(running)
    end = time.monotonic() + 5
    stat = Path(f"/proc/{child}/stat")
    while stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z" and time.monotonic() < end:
        time.sleep(0.02)
    assert not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


def test_another_program_with_its_number_is_not_it(tmp_path: Path) -> None:
    running = start(("sleep", "600"), log=tmp_path / "log")
    other = replace(running, born=running.born + 1)
    assert not alive(other)
    stop(other)
    assert alive(running)
    stop(running)


def test_one_that_ended_is_not_alive(tmp_path: Path) -> None:
    running = start(("true",), log=tmp_path / "log")
    end = time.monotonic() + 10
    while alive(running) and time.monotonic() < end:
        time.sleep(0.02)
    assert not alive(running)


def test_what_is_not_installed_is_told(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="no-such-program cannot be started"):
        start(("no-such-program",), log=tmp_path / "log")
