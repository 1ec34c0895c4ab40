"""Rules read back from the evidence the tables point to; where a line is missing the machine is left out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.parse.windows.test_firewall_store import EXPORT, evidence
from tests.respond.harden.small import row

from omamori.parse.windows.store import KIND
from omamori.respond.harden.kept_rules import kept_rights, kept_rules
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import EvidenceStore, Item, Visit


def test_only_rules_in_force_are_read_and_all_of_them_or_none(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    receipt = store.add(Visit("kit", "pc", None, "1"), [Item(KIND, evidence(EXPORT), None)], datetime(2026, 6, 1))
    assert receipt is not None
    blob = receipt.items[0].sha256[:16]
    with Database() as database:
        database.insert(
            row("firewall_rules", asset=asset, product="windows-firewall", decision="accept", evidence=f"{there}:{line}")
            for asset, there, line in (("pc", blob, 5), ("pc", blob, 5), ("half", blob, 5), ("half", blob, 77), ("gone", "0" * 16, 5))
        )
        found = kept_rules(database, store)
        assert {asset: [(one.place, one.evidence) for one in rules] for asset, rules in found.items()} == {"pc": [("local", f"{blob}:5")]}
        assert kept_rules(database, store, ["half"]) == {} and kept_rights(database, store) == {}
