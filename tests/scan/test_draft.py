"""The form of an approval: filled in, it stands; as it comes out of the program, every gap is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from ipaddress import ip_address

import pytest

from omamori.gate.approval import permit
from omamori.model.declared import LedgerAddress, ZoneNetwork
from omamori.model.derived import Asset
from omamori.model.network import Interface
from omamori.model.permission import SiteFacts
from omamori.model.text import LANGUAGES, Language
from omamori.parse.scan.approval import read_approval
from omamori.scan.draft import Filling, draft, known_for_draft
from omamori.scan.facts import site_facts
from omamori.scan.passive import known_lines, known_so_far
from omamori.snapshot.database import Database

NOW = datetime(2026, 11, 29, 3, 0)
JAPAN = timezone(timedelta(hours=9))


def _database() -> Database:
    database = Database()
    database.insert(
        [
            Asset(asset="CT操作卓 '1'", hands_off=True, medical=True, vendor="○○メディカル"),
            Asset(asset="PACS", hands_off=True),
            Asset(asset="ehr", hostname="EHR01"),
            LedgerAddress(asset="CT操作卓 '1'", address="10.4.0.11", address_first=1, address_last=1),
            LedgerAddress(asset="PACS", address="10.3.0.20"),
            LedgerAddress(asset="ehr", address="10.1.0.11"),
            Interface(asset="PACS", name="eth1", address="10.3.9.20", prefix=24),
            Interface(asset="ehr", name="eth0", address="203.0.113.5", prefix=29),
            ZoneNetwork(zone="電子カルテLAN\n# evil: yes", network="10.1.0.0/24", network_first=1),
            ZoneNetwork(zone="外", network="203.0.113.0/24", network_first=2),
        ]
    )
    return database


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_empty_form_tells_what_is_missing_and_nothing_else(language: Language) -> None:
    approval, mistakes = read_approval(draft(Filling(), language, NOW, JAPAN).encode())
    assert approval is not None
    assert {one.text.en.split(":")[0] for one in mistakes} == {"approved_by", "position", "stop_contact", "ranges"}
    assert (approval.approved_on.isoformat(), approval.since) == ("2026-11-29", datetime(2026, 11, 30, 12, 0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_in_the_form_may_be_brought_to_life(language: Language) -> None:
    text = draft(Filling(), language, NOW, UTC)
    alive = "\n".join(line.replace("  # ", "  ", 1) if line.startswith("  # ") else line for line in text.splitlines())
    alive = (
        alive.replace('approved_by: ""', "approved_by: a")
        .replace('position: ""', "position: a")
        .replace('stop_contact: ""', "stop_contact: a")
    )
    approval, mistakes = read_approval(alive.encode())
    assert mistakes == ()
    assert approval is not None
    assert (len(approval.ranges), len(approval.excluded), len(approval.held), len(approval.servers), len(approval.dicom)) == (1, 1, 2, 1, 1)


def test_the_form_is_filled_from_the_site_and_medical_devices_have_no_consent() -> None:
    with _database() as database:
        known = known_for_draft(database)
    text = draft(known, "ja", NOW, JAPAN)
    approval, mistakes = read_approval(text.encode())
    assert approval is not None
    assert {one.line for one in mistakes} == {one.line for one in mistakes if "空欄" in one.text.ja}
    assert [span.text for span, _ in approval.ranges] == ["10.1.0.0-10.1.0.255"]
    assert [(held.name, held.owner, held.consent) for held in approval.medical] == [("CT操作卓 '1'", "○○メディカル", None)]
    assert [held.span.text for held in approval.not_ours] == ["10.3.0.20"]


def test_what_the_site_knows_of_off_limits_machines_networks_and_names() -> None:
    with _database() as database:
        facts = site_facts(database, "s")
    assert set(facts.hands_off) == {
        (ip_address("10.4.0.11"), "CT操作卓 '1'"),
        (ip_address("10.3.0.20"), "PACS"),
        (ip_address("10.3.9.20"), "PACS"),
    }
    assert ("ehr01", ip_address("10.1.0.11")) in facts.names
    assert "203.0.113.0-203.0.113.7" in [span.text for span in facts.networks]


def test_passive_counts_what_is_known_within_the_ranges() -> None:
    text = draft(Filling(networks=(("EHR", "10.1.0.0/24"),)), "en", NOW, UTC).replace('""', "x")
    approval, _ = read_approval(text.encode())
    assert approval is not None
    permission, _, _ = permit(approval, SiteFacts())
    assert permission is not None
    with _database() as database:
        everything, within = known_so_far(database, None), known_so_far(database, permission.allows)
    assert (everything.addresses, everything.undeclared, everything.unlooked) == (4, 1, 3)
    assert (within.addresses, within.by_source["ledger"], within.by_source["visited"]) == (1, 1, 0)
    for language in LANGUAGES:
        assert len(known_lines(within, language)) == 10
