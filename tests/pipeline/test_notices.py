"""A notice comes in, is laid beside the machines, asked about, answered by the vendor, and decided. Files are really written and read."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from omamori.model.declared import LedgerAsset, RemoteLine, RiskException, Site, Vendor, VendorNotice
from omamori.pipeline.check import checks_for
from omamori.pipeline.gather import take_in
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.pipeline.vendor import export_inquiry
from omamori.report.ledger import ledger_bytes
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site as Folder

DAY = datetime(2026, 6, 10)
VENDOR = "回線お守り"
CSAF = {
    "document": {
        "csaf_version": "2.0", "title": "Out-of-bounds write in sslvpnd", "publisher": {"name": "Fortinet PSIRT"},
        "tracking": {"id": "FG-IR-24-015", "initial_release_date": "2026-05-01"},
    },
    "product_tree": {"branches": [{"category": "vendor", "name": "Fortinet", "branches": [{"category": "product_name", "name": "FortiOS",
        "branches": [{"category": "product_version_range", "name": ">=7.2.0|<7.2.7", "product": {"product_id": "A", "name": "FortiOS 7.2"}}]}]}]},
    "vulnerabilities": [{"cve": "CVE-2024-21762", "product_status": {"known_affected": ["A"]}}],
}  # fmt: skip
LEDGER = {
    "site": [Site(name="お守り病院")],
    "vendors": [Vendor(vendor=VENDOR)],
    "ledger_assets": [LedgerAsset(asset="CT操作卓", vendor=VENDOR, os="Windows 7")],
    "remote_lines": [RemoteLine(line="保守VPN", kind="ssl-vpn", vendor=VENDOR, device="FortiGate 60F", product="FortiOS", firmware="7.2.4")],
    "vendor_notices": [VendorNotice(notice="技情26-041", received=date(2026, 4, 1), channel="letter", vendor=VENDOR, subject="更新のお願い", concerns="CT操作卓")],
    "exceptions": [
        RiskException(
            check_id="support.os_ended", subject="CT操作卓", owner="院長", reason="認証", compensating="鍵", control="port_closed",
            control_detail="tcp/3389", letter="回答26-1", letter_on=date(2026, 3, 1), expires=date(2027, 3, 31),
        )
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notices")
    (folder / "ledger.xlsx").write_bytes(ledger_bytes("ja", rows=LEDGER, states=dict.fromkeys(LEDGER, "filled")))
    (folder / "fg.json").write_text(json.dumps(CSAF), encoding="utf-8")
    outcomes = take_in(folder / "site", [folder / "ledger.xlsx", folder / "fg.json"], Silent(), received=datetime(2026, 6, 1))
    assert [one.status for one in outcomes] == ["stored", "stored"], [one.text.en for one in outcomes]
    return folder / "site"


def judged(site: Path, moment: datetime) -> dict[str, list[tuple[str, str]]]:
    """Check → (finding, verdict), of checks on notices and exceptions."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in take_snapshot(Folder(site), checks_for(()), moment, Silent()).verdicts:
        if row.check_id.startswith(("ledger.notice", "ledger.exception", "ledger.vendor_silent")):
            found.setdefault(row.check_id, []).append((row.finding_key, row.verdict))
    return found


def test_from_the_notice_to_the_decision(site: Path, tmp_path: Path) -> None:
    before = judged(site, DAY)
    assert ("FG-IR-24-015 | 保守VPN", "fail") in before["ledger.notice_undecided"]
    assert ("技情26-041 | CT操作卓", "fail") in before["ledger.notice_undecided"]
    assert before["ledger.notice_unanswered"] == [("技情26-041", "fail")]
    # Nobody looked at the machine: what the exception says of its port is not believed.
    assert [verdict for _, verdict in before["ledger.exception_contradicted"]] == ["unknown"]
    assert before["ledger.exception_incomplete"] == [("", "pass")]

    exported = export_inquiry(site, VENDOR, tmp_path / "ask.xlsx", ("xlsx", "docx"), "ja", Silent(), replace=False)
    assert {(one.notice, one.machines) for one in exported.inquiry.notices} == {
        ("FG-IR-24-015", ("保守VPN",)),
        ("技情26-041", ("CT操作卓",)),
    }
    book = openpyxl.load_workbook(exported.files[0])
    sheet = book["お知らせの確認"]
    keys = [cell.value for cell in sheet[3]]
    for row in sheet.iter_rows(min_row=5, max_row=6):
        named = {key: row[place] for place, key in enumerate(keys) if key}
        named["concerns"].value = "はい" if named["notice"].value == "FG-IR-24-015" else "いいえ"
        if named["notice"].value == "FG-IR-24-015":
            named["answer"].value, named["until"].value, named["compensating"].value = "業者で対処する", "R8.8.31", "接続元を限定"
    letter = book["照会書"]
    for row in letter.iter_rows():
        if row[0].value == "ご回答者(氏名・部署)":
            row[1].value = "保守課"
        if row[0].value == "ご回答日":
            row[1].value = "2026-06-11"
    out = io.BytesIO()
    book.save(out)
    (tmp_path / "reply.xlsx").write_bytes(out.getvalue())
    (outcome,) = take_in(site, [tmp_path / "reply.xlsx"], Silent(), received=datetime(2026, 6, 12))
    assert outcome.status == "stored", outcome.text.en

    after = judged(site, datetime(2026, 6, 13))
    assert not [finding for finding, verdict in after["ledger.notice_undecided"] if verdict == "fail"]
    newest = list(snapshots(Folder(site)))[-1]
    with Database(newest.tables, read_only=True) as database:
        decided = {(row.asset, row.notice): row.decision for row in database.rows("notice_matches")}
        assert decided == {("保守VPN", "FG-IR-24-015"): "vendor", ("CT操作卓", "技情26-041"): "not-concerned"}
        (control,) = database.rows("compensations")
        assert (control.asset, control.control, control.detail, control.state) == ("CT操作卓", "port_closed", "tcp/3389", "unreadable")
        (said,) = database.rows("exceptions")
        assert (said.control, said.letter, said.letter_on) == ("port_closed", "回答26-1", date(2026, 3, 1))
    again = export_inquiry(site, VENDOR, tmp_path / "again.xlsx", ("xlsx",), "ja", Silent(), replace=False)
    filled = {one.notice: (one.concerned, one.before and one.before.compensating) for one in again.inquiry.notices}
    assert filled == {"FG-IR-24-015": ("yes", "接続元を限定"), "技情26-041": ("no", None)}


def test_a_newer_edition_of_a_notice_takes_the_place_of_the_older(site: Path, tmp_path: Path) -> None:
    newer = json.loads(json.dumps(CSAF))
    newer["document"]["tracking"]["initial_release_date"] = "2026-06-02"
    newer["product_tree"]["branches"][0]["branches"][0]["branches"][0]["name"] = ">=7.0.0|<7.0.5"
    (tmp_path / "newer.json").write_text(json.dumps(newer), encoding="utf-8")
    (outcome,) = take_in(site, [tmp_path / "newer.json"], Silent(), received=datetime(2026, 6, 14))
    assert outcome.status == "stored"
    judged(site, datetime(2026, 6, 15))
    with Database(list(snapshots(Folder(site)))[-1].tables, read_only=True) as database:
        assert {row.asset for row in database.rows("notice_matches")} == {"CT操作卓"}
