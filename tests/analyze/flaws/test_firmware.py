"""Devices of the ledger and of lines: the pack's own table, and feeds beside it."""

from __future__ import annotations

from tests.analyze.flaws.published import affected

from omamori.model.declared import LedgerAsset
from omamori.model.derived import Asset


def test_a_device_only_the_ledger_names_is_judged_by_feeds_too(judge):
    rows = [Asset(asset="fw"), LedgerAsset(asset="fw", os="FortiOS 7.2.4", evidence="l:1")]
    facts = [affected("CVE-2030-1", "fortinet:fortios", "7.2.9", since="7.2.0", part="o", scheme="fortios")]
    found, _ = judge(rows, facts, {"*": ("ledger_assets",)})
    by_flaw = {row.flaw: row for row in found}
    assert (by_flaw["CVE-2030-1"].kind, by_flaw["CVE-2030-1"].version, by_flaw["CVE-2030-1"].evidence) == ("device", "7.2.4", "l:1")
    assert "CVE-2023-27997" in by_flaw, "the pack's own table goes on to be asked"
    assert len(found) == len(by_flaw)
