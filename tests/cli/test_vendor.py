from __future__ import annotations

from pathlib import Path

from omamori.model.declared import LedgerAsset, Vendor
from omamori.report.ledger import ledger_bytes

from .conftest import Run


def test_list_and_export(omamori: Run, tmp_path: Path) -> None:
    rows = {"vendors": [Vendor(vendor="A社")], "ledger_assets": [LedgerAsset(asset="CT", vendor="A社")]}
    (tmp_path / "daicho.xlsx").write_bytes(ledger_bytes("ja", rows=rows))
    assert omamori("import", "daicho.xlsx").returncode == 0
    assert omamori("check", "--format", "json").returncode == 0
    listed = omamori("vendor", "list", lang="ja")
    assert listed.returncode == 0 and "A社: 機器 1、回線 0" in listed.stdout and "回答 まだ" in listed.stdout
    made = omamori("vendor", "export", "A社", "--out", "ask.xlsx", lang="ja")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "ask.xlsx").is_file() and (tmp_path / "ask.docx").is_file()
    back = omamori("import", "ask.xlsx")
    assert back.returncode == 0 and "vendor.reply" in back.stdout
    wrong = omamori("vendor", "export", "B社", "--out", "b.xlsx")
    assert wrong.returncode == 3 and "A社" in wrong.stderr
    assert omamori("vendor", "export", "A社", "--format", "odt").returncode == 2
