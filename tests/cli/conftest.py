"""Runs the real command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from .warm import Warm

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def warm() -> Iterator[Callable[[str], Warm]]:
    """Return the process that has loaded the program in a language; started when it is first asked for."""
    with ExitStack() as stack:
        started: dict[str, Warm] = {}

        def in_language(lang: str) -> Warm:
            if lang not in started:
                started[lang] = stack.enter_context(Warm(lang))
            return started[lang]

        yield in_language


@pytest.fixture
def omamori(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, warm: Callable[[str], Warm]) -> Run:
    """Return a runner of `omamori …` in an empty folder, in the language asked for; `cold` loads the program from nothing."""
    said = tmp_path_factory.mktemp("said")

    def run(*arguments: str, lang: str = "en", cold: bool = False) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "OMAMORI_LANG": lang, "COLUMNS": "200"}
        if not cold and sys.platform == "linux":
            return warm(lang).run(arguments, tmp_path, environment, said)
        command = [sys.executable, "-m", "omamori", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False)

    return run
