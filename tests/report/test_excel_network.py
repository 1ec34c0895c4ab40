from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from omamori.analyze.changes.kinds import NetworkChange, NetworkChanges, Uncompared
from omamori.report.excel import render_excel

CHANGES = NetworkChanges(
    datetime(2026, 5, 1),
    datetime(2026, 6, 1),
    (
        NetworkChange("new", "10.9.0.9", evidence_after="bbbbbbbbbbbbbb01:9"),
        NetworkChange("opened", "PACS", zone="画像系LAN", item="3389/tcp", after="=cmd|'/c calc'!A0"),
    ),
    (Uncompared("not_asked", ("CT",)),),
)


@pytest.mark.parametrize(("language", "sheet"), [("ja", "ネットワークの変化"), ("en", "Network changes")])
def test_the_workbook_has_a_sheet_of_them(hospital, tmp_path: Path, language, sheet: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "r.xlsx").write_bytes(render_excel(hospital.report(network=CHANGES), hospital.database, language))
    rows = list(openpyxl.load_workbook(tmp_path / "r.xlsx")[sheet].iter_rows(values_only=True))
    assert [row[2] for row in rows[1:3]] == ["PACS", "10.9.0.9"] and "permitrootlogin yes" in rows[2][8]
    assert rows[1][5] == "=cmd|'/c calc'!A0" and openpyxl.load_workbook(tmp_path / "r.xlsx")[sheet]["F2"].data_type == "s"
    assert len(rows) == 4, "and what could not be compared"
