"""The ledger comes back: what was imported is exported again, with the peers that were observed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from omamori.model.declared import LedgerAsset, Vendor
from omamori.parse.interface import Context
from omamori.parse.registry import parsers
from omamori.pipeline.check import CheckRequest, run_check
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.ledger import export_ledger, new_ledger
from omamori.pipeline.observer import Silent
from omamori.report.ledger import write_ledger

KitMaker = Callable[..., bytes]
NOW = datetime(2026, 5, 2)


def test_export_after_import_gives_the_same_rows(tmp_path: Path, make_kit: KitMaker) -> None:
    machine = LedgerAsset(asset="電子カルテ1", hostname="web01", role="server", vendor="甲社")
    write_ledger(tmp_path / "in.xlsx", "ja", rows={"ledger_assets": [machine], "vendors": [Vendor(vendor="甲社", phone="00-0000-0000")]})
    (tmp_path / "a.kit").write_bytes(make_kit())
    site = tmp_path / "site"
    outcomes = take_in(site, [tmp_path / "in.xlsx", tmp_path / "a.kit"], Silent(), received=datetime(2026, 5, 1))
    assert [outcome.status for outcome in outcomes] == ["stored", "stored"]
    report = run_check(CheckRequest(site=site, out=None, language="ja", formats=(), moment=NOW), Silent()).report
    assert [(one.name, one.vendor, one.observed) for one in report.machines] == [("電子カルテ1", "甲社", True)]
    export_ledger(site, tmp_path / "out.xlsx", "en", Silent(), replace=False)
    parser = parsers()["ledger.workbook"]
    rows = parser.parse((tmp_path / "out.xlsx").read_bytes(), Context(parser.kind, NOW, NOW)).rows
    back = [row for row in rows if isinstance(row, LedgerAsset)]
    assert [(row.asset, row.hostname, row.role, row.vendor) for row in back] == [("電子カルテ1", "web01", "server", "甲社")]
    assert [row.phone for row in rows if isinstance(row, Vendor)] == ["00-0000-0000"]


def test_a_list_that_is_no_list_is_told(tmp_path: Path) -> None:
    (tmp_path / "noise.xlsx").write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(UserError) as error:
        new_ledger(tmp_path / "l.xlsx", "en", source=tmp_path / "noise.xlsx", mapping={}, replace=False)
    assert "noise.xlsx" in error.value.text.en
    assert not (tmp_path / "l.xlsx").exists()
