from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.respond.harden.small import NOW, filled, rows

from omamori.model.declared import LedgerAsset, Vendor
from omamori.pipeline.check import checks_for
from omamori.pipeline.error import UserError
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.pipeline.vendor import export_inquiry, list_vendors, personal_checks, proposals
from omamori.report.ledger import ledger_bytes
from omamori.snapshot.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    book = folder / "daicho.xlsx"
    rows = {
        "vendors": [Vendor(vendor="A/B: 社"), Vendor(vendor="何もない社")],
        "ledger_assets": [LedgerAsset(asset="CT", vendor="A/B: 社", os="Windows 7", role="medical")],
    }
    book.write_bytes(ledger_bytes("ja", rows=rows))
    take_in(folder, [book], Silent(), received=datetime(2026, 6, 1))
    take_snapshot(Site(folder), checks_for(()), datetime(2026, 6, 1, 1), Silent())
    return folder


def export(site: Path, vendor: str, out: Path | None = None, **more: bool) -> tuple[Path, ...]:
    return export_inquiry(site, vendor, out, ("xlsx",), "ja", Silent(), **{"replace": False, **more}).files


def test_the_vendors_with_their_counts(site: Path) -> None:
    found = {one.vendor: (one.machines, one.lines, one.answered_on) for one in list_vendors(site, Silent())}
    assert found == {"A/B: 社": (1, 0, None), "何もない社": (0, 0, None)}


def test_without_a_name_for_the_file_it_goes_to_the_reports_of_the_site(site: Path) -> None:
    (path,) = export(site, "A/B: 社", replace=True)
    assert path == site / "reports" / "照会書_A_B_ 社.xlsx" and path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_kept_unless_forced(site: Path, tmp_path: Path) -> None:
    (path,) = export(site, "A/B: 社", tmp_path / "ask.v2")
    assert path.name == "ask.v2.xlsx"
    with pytest.raises(UserError):
        export(site, "A/B: 社", tmp_path / "ask.v2.xlsx")
    assert export(site, "A/B: 社", tmp_path / "ask.v2.xlsx", replace=True) == (path,)


@pytest.mark.parametrize(("vendor", "words"), [("知らない社", "A/B: 社"), ("何もない社", "機器も回線もありません")])
def test_what_cannot_be_asked_is_said(site: Path, tmp_path: Path, vendor: str, words: str) -> None:
    with pytest.raises(UserError) as error:
        export(site, vendor, tmp_path / "x.xlsx")
    assert words in error.value.text.ja and not (tmp_path / "x.xlsx").exists()


def test_a_site_without_a_snapshot_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        list_vendors(tmp_path / "empty", Silent())


def test_what_would_be_done_on_a_vendors_machine_is_asked_of_it() -> None:
    with filled(rows()) as database:
        asked = proposals(database, NOW)
    assert set(asked) == {("protection.behaviour_off", "ct-pc")}
    (text,) = asked["protection.behaviour_off", "ct-pc"]
    assert text.en.startswith("May this be done") and "behaviour monitoring" in text.en


def test_checks_of_accounts_and_people_are_not_quoted() -> None:
    personal = personal_checks(checks_for(()))
    assert {"accounts.guest_enabled", "accounts.sudo_without_password"} <= personal
    assert "support.os_ended" not in personal
