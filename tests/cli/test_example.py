"""`omamori example`, and what is read from its report: check, diff and rebuild are typed on the same evidence."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from importlib import resources
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_the_example_writes_the_whole_report(omamori: Run, tmp_path: Path) -> None:
    done = omamori("example", "--out", "ex", lang="ja", cold=True)
    assert done.returncode == 0, done.stderr
    assert "見た範囲で見つかったもの" in done.stdout and "最初にすること" in done.stdout
    assert sorted(path.name for path in (tmp_path / "ex").iterdir()) == ["report.html", "report.json", "report.xlsx"]
    document = json.loads((tmp_path / "ex" / "report.json").read_text(encoding="utf-8"))
    assert len(document["assets"]) > 10


def test_check_diff_and_rebuild_on_its_evidence(omamori: Run, tmp_path: Path) -> None:
    with resources.as_file(resources.files("omamori.example") / "sick") as folder:
        first, second = sorted(path for path in folder.iterdir() if path.is_dir())
        assert omamori("import", str(first)).returncode == 0
        early = omamori("check", "--json")
        assert early.returncode == 0 and json.loads(early.stdout)["verdicts"]
        assert omamori("import", str(second)).returncode == 0
    late = omamori("check", "--format", "json", "--out", "out", "--fail-on", "critical", cold=True)
    assert late.returncode == 1, late.stderr
    difference = json.loads(omamori("diff", "--json").stdout)
    assert difference["new"] and {"before", "after", "gone", "still"} <= difference.keys()
    words = omamori("diff", lang="ja")
    assert words.returncode == 0 and "新しく見つかったもの" in words.stdout
    assert omamori("rebuild").returncode == 0
    exported = omamori("ledger", "export", "daicho.xlsx")
    assert exported.returncode == 0 and (tmp_path / "daicho.xlsx").stat().st_size > 10_000
