"""Runs the real command in a process of its own that need not load the program first: a process that has loaded it forks for each.

What a start from nothing does (language, streams, imports) is the same for all commands; tests/cli/test_main.py, test_menu.py and
test_example.py start from nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

SERVER = """
import json, os, signal, sys
from omamori.cli.commands import command_line
from omamori.cli.main import main
from omamori.pipeline.check import checks_for
command_line()
checks_for(())
assert len(os.listdir("/proc/self/task")) == 1, "a thread would be missing in the forked process"
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if child == 0:
        signal.alarm(300)
        for number, path, flags in ((0, os.devnull, os.O_RDONLY), (1, asked["out"], os.O_WRONLY), (2, asked["err"], os.O_WRONLY)):
            there = os.open(path, flags)
            os.dup2(there, number)
            os.close(there)
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["folder"])
        sys.argv = ["omamori", *asked["arguments"]]
        main()
        sys.exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(code, flush=True)
"""


class Warm:
    """A process that has loaded the program in one language. Use as a context manager."""

    def __init__(self, lang: str) -> None:
        """The language of the help is chosen while the program loads: one process for each."""
        environment = {**os.environ, "OMAMORI_LANG": lang, "COLUMNS": "200"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def run(self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], said: Path) -> subprocess.CompletedProcess[str]:
        """Run `omamori ARGUMENTS` in a folder; `said` is a folder for what it prints."""
        out, err = said / "out", said / "err"
        for path in (out, err):
            path.write_bytes(b"")
        asked = {"arguments": arguments, "folder": str(folder), "environment": dict(environment), "out": str(out), "err": str(err)}
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        return subprocess.CompletedProcess(list(arguments), code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
