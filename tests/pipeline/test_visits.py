"""The pages come from the newest snapshot, and where there is none, or one of another version, there are no pages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from omamori.model.declared import LedgerAsset
from omamori.pipeline.check import checks_for
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.pipeline.visits import visit_pages
from omamori.report.ledger import ledger_bytes
from omamori.snapshot.site import Site


def test_pages_of_the_newest_snapshot_only(tmp_path: Path) -> None:
    site, moment = tmp_path / "site", datetime(2026, 5, 1, 9)
    assert visit_pages(site, UTC) == {} and not site.exists()
    (tmp_path / "l.xlsx").write_bytes(ledger_bytes("ja", rows={"ledger_assets": [LedgerAsset(asset="検査システム", role="server")]}))
    take_in(site, [tmp_path / "l.xlsx"], Silent(), received=moment)
    taken = take_snapshot(Site(site), checks_for(()), moment, Silent())
    pages = visit_pages(site, UTC)
    assert sorted(pages) == ["Visit-first.en.html", "Visit-first.ja.html"]
    assert "検査システム" in pages["Visit-first.ja.html"].decode() and "2026-05-01 09:00" in pages["Visit-first.ja.html"].decode()
    taken.snapshot.tables.write_bytes(b"harmed")
    assert visit_pages(site, UTC) == {}
