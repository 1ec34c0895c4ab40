"""`omamori kit` and `omamori import`, as a person types them."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

from omamori.model.declared import LedgerAsset
from omamori.report.ledger import ledger_bytes

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_the_kit_carries_its_hashes(omamori: Run, tmp_path: Path) -> None:
    assert omamori("kit", "kit").returncode == 0
    sums = dict(line.split("  ")[::-1] for line in (tmp_path / "kit" / "SHA256SUMS").read_text().splitlines())
    assert {"collect-linux.sh", "collect.cmd", "collect.ps1", "Windows-by-hand.ja.html", "For-the-owner.ja.html", "README.txt"} <= set(sums)
    for name, digest in sums.items():
        assert hashlib.sha256((tmp_path / "kit" / name).read_bytes()).hexdigest() == digest


def test_the_kit_names_the_machines_to_visit_once_the_site_was_judged(omamori: Run, tmp_path: Path) -> None:
    first = omamori("kit", "kit", "--site", "site")
    assert first.returncode == 0 and "omamori check" in first.stdout.splitlines()[-1]
    assert not list((tmp_path / "kit").glob("Visit-first*")) and not (tmp_path / "site").exists()
    machines = [LedgerAsset(asset=name, role="client", purpose="EHR terminal", place="2F") for name in ("ward1", "ward2")]
    (tmp_path / "ledger.xlsx").write_bytes(ledger_bytes("en", rows={"ledger_assets": [LedgerAsset(asset="ehr", role="server"), *machines]}))
    assert omamori("import", "ledger.xlsx", "--site", "site").returncode == 0
    assert omamori("check", "--site", "site", "--out", "out").returncode == 0
    assert omamori("kit", "kit", "--site", "site").returncode == 0
    pages = {language: (tmp_path / "kit" / f"Visit-first.{language}.html").read_text(encoding="utf-8") for language in ("ja", "en")}
    assert "先に見に行く機器" in pages["ja"] and "Machines to visit first" in pages["en"]
    for page in pages.values():
        assert page.index("<b>ehr</b>") < page.index("<b>ward1</b>") < page.index("<b>ward2</b>")
        assert "2F" in page
    assert "Visit-first.ja.html" in (tmp_path / "kit" / "SHA256SUMS").read_text()


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
