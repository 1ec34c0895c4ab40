"""`omamori kit` and `omamori import`, as a person types them."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_the_kit_carries_its_hashes(omamori: Run, tmp_path: Path) -> None:
    assert omamori("kit", "kit").returncode == 0
    sums = dict(line.split("  ")[::-1] for line in (tmp_path / "kit" / "SHA256SUMS").read_text().splitlines())
    assert {"collect-linux.sh", "collect.cmd", "collect.ps1", "Windows-by-hand.ja.html", "For-the-owner.ja.html", "README.txt"} <= set(sums)
    for name, digest in sums.items():
        assert hashlib.sha256((tmp_path / "kit" / name).read_bytes()).hexdigest() == digest


def test_what_the_kit_brings_back_is_taken_in_beside_a_bad_file(omamori: Run, tmp_path: Path) -> None:
    omamori("kit", "kit")
    result = subprocess.run(["sh", "kit/collect-linux.sh", "-"], cwd=tmp_path, capture_output=True, check=True)
    (tmp_path / "here.kit").write_bytes(result.stdout)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = omamori("import", "here.kit", "picture.png", lang="ja")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0].startswith("[取込] here.kit") and lines[1].startswith("[不明] picture.png: 画像です")
    assert lines[2] == "2 件のうち 1 件を取り込みました"


def test_a_hostile_file_name_cannot_steer_the_terminal(omamori: Run, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31mred\u202e.txt").write_bytes(b"x")
    done = omamori("import", str(tmp_path))
    assert "\x1b" not in done.stdout and "\u202e" not in done.stdout
    assert "red" in done.stdout
