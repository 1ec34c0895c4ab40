"""Real programs through the gate."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from omamori.gate.error import GateError
from omamori.gate.process import run


def test_input_goes_in_and_both_outputs_and_the_exit_code_come_back() -> None:
    done = run(("sh", "-c", "cat; echo trouble >&2; exit 4"), input=b"hello")
    assert (done.exit_code, done.stdout, done.stderr, done.timed_out, done.truncated) == (4, b"hello", b"trouble\n", False, False)


def test_arguments_are_never_given_to_a_shell() -> None:
    assert run(("printf", "%s", "$HOME; ls `id`")).stdout == b"$HOME; ls `id`"


def test_the_whole_group_is_killed_when_the_time_is_over(tmp_path: Path) -> None:
    child = tmp_path / "pid"
    done = run(("sh", "-c", f"echo begun; sleep 600 & echo $! >{child}; wait"), timeout=1.0)
    assert (done.exit_code, done.timed_out, done.stdout) == (None, True, b"begun\n")
    state = Path(f"/proc/{child.read_text().strip()}/stat")
    # Killed: gone, or a zombie that its new parent has not collected yet.
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] in ("Z", "X")


def test_more_output_than_is_kept_is_read_away_and_told() -> None:
    done = run(("sh", "-c", "head -c 3000000 /dev/zero; echo end >&2"), max_output=1000)
    assert (len(done.stdout), done.truncated, done.exit_code, done.stderr) == (1000, True, 0, b"end\n")


def test_a_program_that_does_not_read_its_input_is_no_error() -> None:
    assert run(("true",), input=b"x" * 5_000_000).exit_code == 0


def test_lines_of_stderr_are_heard() -> None:
    heard: list[str] = []
    run(("sh", "-c", "echo one >&2; echo two >&2"), hear=heard.append)
    assert heard == ["one", "two"]


def test_only_a_small_environment_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMAMORI_SECRET", "do not pass on")
    names = {line.partition(b"=")[0] for line in run(("env",)).stdout.splitlines()}
    assert b"OMAMORI_SECRET" not in names
    assert b"PATH" in names or "PATH" not in os.environ


def test_what_is_given_is_added_to_the_environment() -> None:
    assert b"GIVEN=yes" in run(("env",), environment={"GIVEN": "yes"}).stdout.splitlines()


def test_a_program_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(GateError) as caught:
        run(("no-such-program-here",))
    assert "no-such-program-here" in caught.value.text.ja
    assert "installed" in caught.value.text.en


@pytest.mark.skipif(os.name == "nt", reason="a shell")
def test_a_stop_ends_the_program_and_keeps_what_it_printed() -> None:
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    done = run(["sh", "-c", "echo before; sleep 60"], stop=stop)
    assert (done.exit_code, done.stdout, done.stopped, done.timed_out) == (None, b"before\n", True, False)


@pytest.mark.skipif(os.name == "nt", reason="a shell")
def test_a_stop_nobody_asks_for_changes_nothing() -> None:
    heard: list[str] = []
    done = run(["sh", "-c", "echo a >&2; sleep 0.5; echo b >&2; exit 3"], stop=threading.Event(), hear=heard.append)
    assert (done.exit_code, heard, done.stopped) == (3, ["a", "b"], False)
    late = run(["sh", "-c", "sleep 60"], stop=threading.Event(), timeout=0.5)
    assert (late.timed_out, late.stopped) == (True, False)
