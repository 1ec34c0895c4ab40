"""`omamori papers`, and the message where its parts are not installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]
LEDGER = Path(__file__).resolve().parents[2] / "src/omamori/example/sick/2026-06-01/daicho.xlsx"
WITHOUT = """
import importlib.abc, runpy, sys
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("typst", "docx", "noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold"):
            raise ModuleNotFoundError(name)
import importlib.util
given = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in ("typst", "docx") else given(name, package)
sys.meta_path.insert(0, Missing())
runpy.run_module("omamori", run_name="__main__", alter_sys=True)
"""


def test_papers_of_a_judged_site(omamori: Run, tmp_path: Path) -> None:
    assert omamori("import", str(LEDGER)).returncode == 0
    assert omamori("papers").returncode == 3, "nothing was judged yet"
    assert omamori("check", "--format", "json", "--out", "out").returncode == 0
    done = omamori("papers", "--out", "papers", "--only", "contacts, lines", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "papers").iterdir()) == [
        "contacts.docx",
        "contacts.pdf",
        "outside-lines.docx",
        "outside-lines.pdf",
    ]
    again = omamori("papers", "--out", "papers", "--only", "contacts", "--format", "docx")
    assert again.returncode == 3 and "contacts.docx" in again.stderr


def test_a_wrong_name_is_told(omamori: Run) -> None:
    for arguments in (("--only", "menu"), ("--format", "doc"), ("--only", ",")):
        done = omamori("papers", *arguments)
        assert done.returncode == 2 and ("contacts" in done.stderr or "docx" in done.stderr)


def test_without_the_extra_one_line_says_how_to_get_it(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "OMAMORI_LANG": "en", "COLUMNS": "300"}
        command = [sys.executable, "-c", WITHOUT, *words]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False)

    for words in (("check", "--format", "html,pdf"), ("check", "--format", "director"), ("example", "--format", "pdf"), ("papers",)):
        done = run(*words)
        assert done.returncode == 3 and "pip install 'omamori[paper]'" in done.stderr and "Traceback" not in done.stderr, done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
