"""`omamori checklist` typed as a person types it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl

from omamori.model.declared import LedgerAsset, Vendor
from omamori.report.ledger import write_ledger

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_the_sheet_is_written_told_and_printed_for_programs(omamori: Run, tmp_path: Path) -> None:
    write_ledger(
        tmp_path / "l.xlsx",
        "ja",
        rows={"ledger_assets": [LedgerAsset(asset="検査1", role="server", vendor="甲社")], "vendors": [Vendor(vendor="甲社")]},
    )
    assert omamori("import", "l.xlsx").returncode == 0
    done = omamori("checklist", "--out", "令和7年度 用.xlsx", "--standard", "checklist/r7-hospital", lang="ja")
    assert done.returncode == 0, done.stderr
    assert "まだ答えられません" in done.stdout and "令和7年度 用.xlsx" in done.stdout
    assert openpyxl.load_workbook(tmp_path / "令和7年度 用.xlsx").sheetnames == ["チェックリスト", "先に見るところ", "根拠"]
    again = omamori("checklist", "--out", "令和7年度 用.xlsx", "--standard", "checklist/r7-hospital")
    assert again.returncode == 3 and "--force" in again.stderr
    said = json.loads(omamori("checklist", "--standard", "checklist/r7", "--vendor", "甲社", "--json").stdout)
    assert said["standard"] == "checklist/r7-vendor" and said["vendor"] == "甲社" and said["items"]


def test_what_is_held_and_a_start_for_a_new_year(omamori: Run, tmp_path: Path) -> None:
    listed = omamori("checklist", "--list", lang="ja")
    assert listed.returncode == 0 and "checklist/r7-hospital  2025-04-01〜2026-03-31" in listed.stdout and "文言の確かさ" in listed.stdout
    rows = json.loads(omamori("checklist", "--list", "--json").stdout)
    assert {row["standard"] for row in rows} >= {"checklist/r7-hospital", "fee/r6"} and all(row["confidence"] for row in rows)
    assert omamori("checklist", "--new", "r8.yaml").returncode == 0
    assert "family: checklist" in (tmp_path / "r8.yaml").read_text(encoding="utf-8")
    assert omamori("checklist", "--new", "r8.yaml").returncode == 3


def test_wrong_use_is_told(omamori: Run) -> None:
    assert omamori("checklist", "--moment", "soon").returncode == 2
    empty = omamori("checklist", lang="ja")
    assert empty.returncode == 3 and "omamori import" in empty.stderr
    unknown = omamori("checklist", "--standard", "astrology", lang="ja")
    assert unknown.returncode == 3 and "入っていません" in unknown.stderr
