"""Runs a program a person asked for as if they had typed it: with their terminal, their environment, their Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Sequence

from omamori.gate.error import GateError


def run_attached(argv: Sequence[str]) -> int:
    """Run a program to its end on our own standard input and output; returns its exit code (128 + signal, where one ended it).

    Ctrl-C is for the program; we wait for what it does about it. GateError when it cannot be started.
    """
    # Heard and left alone: the program, which has the same terminal, gets it as well. (Ignored, it would be ignored by both.)
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        code = subprocess.Popen(list(argv)).wait()  # noqa: S603 - a list of arguments, no shell
    except OSError as error:
        raise GateError(f"{argv[0]} を起動できません({error.strerror})", f"{argv[0]} cannot be started ({error.strerror})") from error
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code
