"""A finished file is opened with the program of this machine, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

OPEN = """
import sys
from pathlib import Path
from omamori.gate.browser import show_file
from omamori.gate.error import GateError
try:
    show_file(Path(sys.argv[1]))
except GateError as error:
    print(error.text.ja, error.text.en)
"""


def opened(page: Path, browser: str, path: str) -> str:
    environment = {**os.environ, "BROWSER": browser, "PATH": path, "PYTHONIOENCODING": "utf-8"}
    environment.pop("DISPLAY", None)
    done = subprocess.run([sys.executable, "-c", OPEN, str(page)], env=environment, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8")


def test_the_browser_gets_the_file_as_an_address(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" >"{seen}"\n')
    browser.chmod(0o755)
    page = tmp_path / "報告 1.html"
    page.write_text("<p>")
    assert opened(page, f"{browser} %s", os.environ["PATH"]) == ""
    assert seen.read_text() == page.as_uri()


def test_no_browser_is_told_with_the_place_of_the_file(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    said = opened(page, str(tmp_path / "none"), str(tmp_path))
    assert said.count(str(page)) == 2 and "自分で開いてください" in said
