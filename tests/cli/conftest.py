"""Runs the real command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def omamori(tmp_path: Path) -> Run:
    """Return a runner of `omamori …` in an empty folder, in the language asked for."""

    def run(*arguments: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "OMAMORI_LANG": lang, "COLUMNS": "200"}
        command = [sys.executable, "-m", "omamori", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False)

    return run
