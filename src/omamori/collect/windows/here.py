"""Looks at this Windows machine: runs the listed commands one by one and returns what each printed. Reads only."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from omamori.collect.windows.commands import Command, commands
from omamori.gate.error import GateError
from omamori.gate.process import Completed, run

TIMEOUT = 120.0
"""Seconds for one command; most take less than one."""
MAX_OUTPUT = 32 * 1024 * 1024
PROMPT = b"C:\\>"


@dataclass(frozen=True, slots=True)
class Output:
    """What one command printed, and the name a person would have saved it under. Empty: it printed nothing or is not there."""

    file: str
    data: bytes


def collect_windows(progress: Callable[[int, int], None]) -> Iterator[Output]:
    """Yield the output of every command; one that fails, is not there or takes too long costs only itself."""
    listed = commands()
    with tempfile.TemporaryDirectory(prefix="omamori-") as folder:
        for number, command in enumerate(listed, 1):
            progress(number, len(listed))
            yield Output(command.file, _output(command, Path(folder)))


def _output(command: Command, folder: Path) -> bytes:
    for words in (command.run, command.other):
        data = _run(command, words, folder / command.file) if words else b""
        if data.strip():
            return data
    return b""


def _run(command: Command, words: tuple[str, ...], written: Path) -> bytes:
    """Run one command; what it wrote into its file, else what it printed. A command that says it failed has no output."""
    try:
        places = {"{file}": str(written), "{log}": str(written.with_suffix(".log"))}
        done: Completed = run([places.get(word, word) for word in words], timeout=TIMEOUT, max_output=MAX_OUTPUT)
    except GateError:
        return b""
    if written.is_file():
        return written.read_bytes()
    if command.hidden and done.exit_code == 0:
        return b"".join((PROMPT, command.line.encode(), b"\r\n", command.noted.encode(), PROMPT))
    if words[:2] == ("reg", "query") and not done.timed_out and not done.truncated:
        # That a key is not there is an answer, if the question stands with it: as in a copy of the console.
        return b"".join((PROMPT, command.line.encode(), b"\r\n", done.stdout, done.stderr, b"\r\n", PROMPT))
    # Half an output or the words of an error are no answer.
    return done.stdout if done.exit_code == 0 and not done.truncated else b""
