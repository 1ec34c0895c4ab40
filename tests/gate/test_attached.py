"""A program a person asked for, on our own input and output."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from omamori.gate.attached import run_attached
from omamori.gate.error import GateError


def test_the_exit_code_comes_back() -> None:
    assert run_attached(["sh", "-c", "exit 7"]) == 7
    assert run_attached(["sh", "-c", "kill -9 $$"]) == 137


def test_it_reads_and_writes_as_if_typed() -> None:
    code = "import sys; from omamori.gate.attached import run_attached; sys.exit(run_attached(['sh', '-c', 'read x; echo got $x; exit 3']))"
    done = subprocess.run([sys.executable, "-c", code], input=b"word\n", capture_output=True, timeout=60)
    assert (done.returncode, done.stdout) == (3, b"got word\n")


def test_ctrl_c_is_for_the_program() -> None:
    before = signal.getsignal(signal.SIGINT)
    assert run_attached(["sh", "-c", "trap 'exit 5' INT; kill -INT $$; sleep 9"]) == 5
    assert signal.getsignal(signal.SIGINT) is before


def test_what_is_not_installed_is_told() -> None:
    with pytest.raises(GateError, match="no-such-program cannot be started"):
        run_attached(["no-such-program"])
