"""Real programs whose output is read while they run."""

from __future__ import annotations

import threading
from itertools import islice
from pathlib import Path

import pytest

from omamori.gate.error import GateError
from omamori.gate.stream import stream


def test_lines_come_as_they_are_written_and_the_end_is_told() -> None:
    with stream(("sh", "-c", "printf 'one\\ntwo\\n\\nlast'; echo trouble >&2; exit 3")) as running:
        assert list(running.lines()) == [b"one", b"two", b"", b"last"]
        done = running.end()
    assert (done.exit_code, done.stderr, done.stdout, done.timed_out, done.stopped) == (3, b"trouble\n", b"", False, False)


def test_output_of_any_length_passes_through_in_pieces() -> None:
    with stream(("sh", "-c", "head -c 30000000 /dev/zero")) as running:
        assert sum(len(chunk) for chunk in running.chunks()) == 30_000_000
        assert running.end().exit_code == 0


def test_a_line_that_fits_no_memory_is_refused() -> None:
    with stream(("sh", "-c", "head -c 3000000 /dev/zero")) as running, pytest.raises(GateError):
        list(running.lines(longest=1_000_000))


def test_a_slow_reader_slows_the_program_down_and_one_that_leaves_ends_it(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with stream(("sh", "-c", f"head -c 100000000 /dev/zero; touch {mark}")) as running:
        assert len(list(islice(running.chunks(), 3))) == 3
    assert not mark.exists()


def test_a_stop_and_the_end_of_the_time_kill_the_whole_group(tmp_path: Path) -> None:
    child = tmp_path / "pid"
    stop = threading.Event()
    with stream(("sh", "-c", f"echo begun; sleep 600 & echo $! >{child}; wait"), stop=stop) as running:
        lines = running.lines()
        assert next(lines) == b"begun"
        while not child.exists() or not child.read_text().strip():
            pass
        stop.set()
        assert list(lines) == []
        done = running.end()
    assert (done.exit_code, done.stopped, done.timed_out) == (None, True, False)
    state = Path(f"/proc/{child.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] in ("Z", "X")
    with stream(("sleep", "600"), timeout=0.5) as running:
        done = running.end()
    assert (done.exit_code, done.stopped, done.timed_out) == (None, False, True)


def test_a_grandchild_that_keeps_the_pipe_open_does_not_keep_us() -> None:
    with stream(("sh", "-c", "echo one; setsid sleep 600 & exit 0")) as running:
        assert list(running.lines()) == [b"one"]
        assert running.end().exit_code == 0


def test_only_the_environment_that_is_given_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMAMORI_SECRET", "do not pass on")
    with stream(("env",), environment={"GIVEN": "yes"}) as running:
        names = dict(line.partition(b"=")[::2] for line in running.lines())
    assert names[b"GIVEN"] == b"yes"
    assert b"OMAMORI_SECRET" not in names


def test_what_is_said_on_stderr_is_kept_up_to_a_limit() -> None:
    with stream(("sh", "-c", "head -c 300000 /dev/zero >&2"), max_errors=1000) as running:
        done = running.end()
    assert (len(done.stderr), done.truncated, done.exit_code) == (1000, True, 0)


def test_a_program_that_is_not_there_says_so() -> None:
    with pytest.raises(GateError), stream(("no-such-program-here",)):
        pass
