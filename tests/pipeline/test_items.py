"""Facts read from a snapshot's tables, and items decided over a site as `omamori checklist` does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from omamori.evaluate.check import Check
from omamori.knowledge.edition import Edition, Item, Need, Part
from omamori.knowledge.editions import load_edition
from omamori.model.declared import Contact, ItemAnswer, RemoteLine, Vendor
from omamori.model.derived import Asset
from omamori.model.look import EVERYWHERE, Collected, Verdict
from omamori.model.text import Text
from omamori.pipeline.check import checks_for
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.items import checklists_of, day_of, decisions_of, other_sheet, ran_by, read_facts, tables_of
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import Snapshot
from omamori.snapshot.site import Site

JAPAN = timezone(timedelta(hours=9))
TODAY = date(2026, 5, 1)
NOW = datetime(2026, 5, 1, 9)
WORDS = Text("x", "x")
PATCHES = "updates.windows_patch_old"


def edition(*needs: Need, checks: tuple[str, ...] = ()) -> Edition:
    item = Item("1", "①", WORDS, "site", "hospital", "high", WORDS, checks=checks, needs=needs)
    parts = (Part("1", WORDS, (item,)),)
    return Edition("checklist/x-hospital", "checklist", "x", "hospital", WORDS, WORDS, WORDS, "draft", None, None, parts)


def facts(*rows: Any, needs: tuple[Need, ...] = (), checks: tuple[str, ...] = (), **more: Any) -> Any:
    with Database() as database:
        database.insert(rows)
        return read_facts(database, [edition(*needs, checks=checks)], checks_for(()), TODAY, **more)


def look(table: str, asset: str = EVERYWHERE, **more: Any) -> Collected:
    return Collected(**({"asset": asset, "table_name": table, "complete": True, "seen": NOW} | more))


def test_the_day_is_the_hospitals_and_a_year_begins_at_its_midnight() -> None:
    assert day_of(datetime(2026, 3, 31, 14, 59), JAPAN) == date(2026, 3, 31)
    assert day_of(datetime(2026, 3, 31, 15, 0), JAPAN) == date(2026, 4, 1)
    assert day_of(datetime(2026, 3, 31, 15, 0), UTC) == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("rows", "contract"),
    [
        ((), None),
        ((look("vendors"),), False),
        ((look("vendors", complete=False),), None),
        ((look("vendors"), Vendor(vendor="A社")), True),
        ((look("vendors"), RemoteLine(line="VPN", vendor="A社")), True),
        ((look("vendors"), Asset(asset="srv", vendor="A社")), True),
    ],
)
def test_whether_a_vendor_works_here_is_read_wherever_one_is_named(rows: tuple[Any, ...], contract: bool | None) -> None:
    assert facts(*rows).contract is contract


def test_whose_a_machine_is_may_be_known_nobodys_or_unknown() -> None:
    rows = [Asset(asset="a", vendor="A社"), Asset(asset="b"), Asset(asset="c"), Asset(asset="d")]
    looks = [look("assets", "b"), look("assets", "c", missing="vendor,zone", reason="not_collected"), look("assets", "d", complete=False)]
    assert facts(*rows, *looks).vendor_of == {"a": "A社", "b": "", "c": None, "d": None}


def test_cells_of_the_ledger_are_counted_and_unknown_is_an_empty_one() -> None:
    rows = (
        Contact(duty="警察", phone=" ", evidence="b:連絡先!R6"),
        Contact(duty="業者", phone="00-0000-0000", on_paper="unknown", evidence="b:連絡先!R7"),
        look("contacts"),
    )
    found = facts(*rows, needs=(Need("contacts", "phone"), Need("contacts", "on_paper"))).declared["contacts"]
    assert (found.rows, found.shown, found.complete) == (2, "b:連絡先!R6", True)
    assert dict(found.filled) == {"phone": 1, "on_paper": 0}
    assert found.filled_at["phone"] == "b:連絡先!R7"


def test_several_looks_are_as_good_as_the_worst() -> None:
    found = facts(look("contacts"), look("contacts", complete=False, missing="phone"), needs=(Need("contacts"),))
    assert (found.declared["contacts"].complete, found.declared["contacts"].missing) == (False, frozenset({"phone"}))
    assert facts(needs=(Need("contacts"),)).declared["contacts"].complete is False


def test_verdicts_of_named_checks_only_and_what_did_not_run_is_told() -> None:
    rows = (
        Verdict(check_id=PATCHES, subject="srv", verdict="pass"),
        Verdict(check_id="support.os_ended", subject="srv", verdict="fail"),
    )
    found = facts(*rows, checks=(PATCHES, "lines.unused", "no.such_check"))
    assert {name: len(one.verdicts) for name, one in found.checks.items()} == {PATCHES: 1, "lines.unused": 0}
    assert all(one.ran for one in found.checks.values())
    assert not facts(*rows, checks=(PATCHES, "lines.unused"), ran=False).checks["lines.unused"].ran
    assert facts(*rows, checks=(PATCHES, "lines.unused"), ran=False).checks[PATCHES].ran


def test_the_oldest_look_of_each_table_is_known() -> None:
    found = facts(look("hosts", "srv"), look("hosts", "srv", seen=NOW - timedelta(days=9)), look("zones", seen=None))
    assert found.looks == {"hosts": {"srv": NOW - timedelta(days=9)}}
    assert found.seen("srv", frozenset({"hosts", "zones"})) == NOW - timedelta(days=9)
    assert found.seen("other", frozenset({"hosts"})) is None


def test_the_tables_a_check_reads_are_found_in_its_select() -> None:
    checks = {check.id: check for check in checks_for(())}
    assert "patches" in tables_of(checks[PATCHES]) and "hosts" in tables_of(checks[PATCHES])
    assert tables_of(checks["plans.answers_backup"]) == {"questions"}


def test_each_role_of_a_year_has_the_other_one_beside_it() -> None:
    hospital = load_edition("checklist/r7-hospital")
    vendor = other_sheet(hospital)
    assert vendor is not None and vendor.name == "checklist/r7-vendor"
    assert other_sheet(vendor) == hospital
    assert other_sheet(edition()) is None


@pytest.fixture
def taken(tmp_path: Path, make_kit: Any, received: datetime) -> tuple[Site, Snapshot, tuple[Check, ...]]:
    """A site with one kit result, judged."""
    path = tmp_path / "web01.txt"
    path.write_bytes(make_kit())
    take_in(tmp_path / "site", [path], Silent(), received=received)
    site, checks = Site(tmp_path / "site"), checks_for(())
    return site, take_snapshot(site, checks, received, Silent()).snapshot, checks


def test_a_site_without_a_ledger_agrees_with_nothing_the_ledger_would_have_to_show(taken: Any) -> None:
    _, snapshot, checks = taken
    decisions = {one.item: one for one in decisions_of(snapshot, load_edition("checklist/r7-hospital"), checks, JAPAN)}
    assert {decisions[name].decision for name in ("1-1", "2-1", "2-3", "3-1", "3-3")} == {"open"}
    assert decisions["2-6"].decision == "against", "its operating system has no support any more"
    assert not [one for one in decisions.values() if one.decision == "agrees"]


def test_checks_that_changed_since_leave_items_open(taken: Any, tmp_path: Path) -> None:
    _, snapshot, checks = taken
    assert ran_by(snapshot, checks)
    folder = tmp_path / "own" / "mine"
    folder.mkdir(parents=True)
    source = Path(next(check.file for check in checks if check.id == "support.os_ended"))
    (folder / "ended.sql").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    assert not ran_by(snapshot, checks_for((tmp_path / "own",)))


def test_tables_that_are_gone_are_told_with_what_to_do(taken: Any) -> None:
    _, snapshot, checks = taken
    snapshot.tables.unlink()
    with pytest.raises(UserError, match="omamori rebuild"):
        decisions_of(snapshot, load_edition("checklist/r7-hospital"), checks, JAPAN)


def test_the_report_takes_the_edition_of_the_hospitals_day(taken: Any) -> None:
    _, snapshot, checks = taken
    with Database(snapshot.tables, read_only=True) as database:
        ((choice, decisions),) = checklists_of(database, checks, (), datetime(2026, 3, 31, 14), JAPAN)
        assert (choice.edition.name, choice.said) == ("checklist/r7-hospital", None)
        ((later, _),) = checklists_of(database, checks, (), datetime(2026, 3, 31, 15), JAPAN)
        assert later.said is not None, "no edition is held for the new fiscal year"
    assert [one.item for one in decisions] == [item.id for item in choice.edition.items()]


def test_two_vendors_sheets_are_both_shown_on_the_hospitals_item() -> None:
    hospital, vendor = load_edition("checklist/r7-hospital"), load_edition("checklist/r7-vendor")
    rows = [ItemAnswer(standard=vendor.name, item="2-3", vendor=name, answer=said) for name, said in (("A社", "yes"), ("B社", "no"))]
    with Database() as database:
        database.insert([*rows, Vendor(vendor="A社"), Vendor(vendor="B社"), look("vendors")])
        ((_, decisions),) = checklists_of(database, checks_for(()), (), datetime(2025, 10, 1), JAPAN)
    (item,) = [one for one in decisions if one.item == "2-3"]
    assert [(proof.name, proof.says) for proof in item.proofs if proof.kind == "vendor"] == [("A社", "yes"), ("B社", "no")]
    assert hospital.name == item.standard
