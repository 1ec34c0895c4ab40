"""`omamori ledger new` from nothing and from a list somebody already has."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_new_ledger_opens_and_is_never_overwritten(omamori: Run, tmp_path: Path) -> None:
    assert omamori("ledger", "new", "daicho.xlsx", lang="ja").returncode == 0
    names = openpyxl.load_workbook(tmp_path / "daicho.xlsx").sheetnames
    assert {"機器", "業者", "外部接続", "質問"} <= set(names)
    again = omamori("ledger", "new", "daicho.xlsx")
    assert again.returncode == 3 and "--force" in again.stderr


def test_an_asset_list_comes_in_by_naming_its_columns(omamori: Run, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("資産名称,場所,番号\n検査サーバ,2階,10.1.0.5\n", encoding="cp932")
    done = omamori("ledger", "new", "l.xlsx", "--from", "list.csv", "--column", "asset=資産名称", "--column", "address=番号")
    assert done.returncode == 0, done.stderr
    cells = [cell.value for row in openpyxl.load_workbook(tmp_path / "l.xlsx")["Machines"].iter_rows() for cell in row]
    assert "検査サーバ" in cells and "10.1.0.5" in cells
