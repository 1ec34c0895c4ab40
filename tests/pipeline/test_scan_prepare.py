"""What stands between an approval and the first packet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from omamori.pipeline.check import checks_for
from omamori.pipeline.clock import utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.scan_prepare import prepare_scan
from omamori.pipeline.take import take_snapshot
from omamori.scan.draft import Filling, draft
from omamori.snapshot.site import Site

LEDGER = Path(__file__).parents[2] / "src" / "omamori" / "example" / "sick" / "2026-06-01" / "daicho.xlsx"
LATER = LEDGER.parents[2] / "sick" / "2026-03-01" / "daicho.xlsx"
NOW = datetime(2026, 6, 1, 9)


def test_nothing_is_sent_while_a_ledger_waits_to_be_judged(tmp_path: Path) -> None:
    text = draft(Filling(networks=(("EHR", "10.1.0.0/24"),)), "en", utc_now(), UTC).replace('""', "x").replace("number: x\n", "")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    site = tmp_path / "site"
    take_in(site, [LEDGER], Silent(), received=NOW - timedelta(minutes=5))
    with pytest.raises(UserError, match="run omamori check first"):
        prepare_scan(site, tmp_path / "a.yaml")
    take_snapshot(Site(site), checks_for(()), NOW, Silent())
    prepared = prepare_scan(site, tmp_path / "a.yaml")
    assert prepared.facts.hands_off
    assert not any(prepared.permission.allows(address) for address, _ in prepared.facts.hands_off)
    # A ledger that came in since may call other machines medical.
    (outcome,) = take_in(site, [LATER], Silent(), received=NOW + timedelta(hours=1))
    assert outcome.status == "stored"
    with pytest.raises(UserError, match="run omamori check first"):
        prepare_scan(site, tmp_path / "a.yaml")
