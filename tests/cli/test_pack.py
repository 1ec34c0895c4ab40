"""`omamori pack`: what leaves the building is shown first, and nothing is written with --preview."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SICK = Path(__file__).parents[2] / "src" / "omamori" / "example" / "sick" / "2026-06-01"


def test_a_preview_writes_nothing_and_the_pack_is_the_owners(omamori: Run, tmp_path: Path) -> None:
    assert omamori("import", str(SICK / "lis1.kit"), str(SICK / "daicho.xlsx")).returncode == 0
    shown = omamori("pack", "--standard", "checklist/r7-hospital", "--out", "p.zip", "--preview", lang="ja")
    assert shown.returncode == 0, shown.stderr
    assert "病院の外に出るもの" in shown.stdout and "何も書いていません" in shown.stdout and "sheet.xlsx" in shown.stdout
    assert not (tmp_path / "p.zip").exists()
    done = omamori("pack", "--standard", "checklist/r7-hospital", "--out", "p.zip")
    assert done.returncode == 0 and "What leaves the building" in done.stdout
    assert (tmp_path / "p.zip").stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert {"index.html", "index.en.html", "sheet.html", "sheet.xlsx", "outputs.csv", "SHA256SUMS"} <= set(archive.namelist())
    again = omamori("pack", "--standard", "checklist/r7-hospital", "--out", "p.zip")
    assert again.returncode == 3 and "--force" in again.stderr


def test_what_cannot_be_packed_is_one_line(omamori: Run) -> None:
    assert omamori("pack", "--out", "p.zip").returncode == 3  # nothing was taken in yet
    assert omamori("pack").returncode == 2
