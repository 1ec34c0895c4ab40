"""The sick hospital asks one vendor, the vendor answers, and the answers come back as evidence."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest

from omamori.pipeline.check import checks_for
from omamori.pipeline.gather import take_in
from omamori.pipeline.ledger import export_ledger
from omamori.pipeline.observer import Silent
from omamori.pipeline.take import take_snapshot
from omamori.pipeline.vendor import export_inquiry, list_vendors
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site

VENDOR = "画像テック"
REFUSED = ("CT操作卓", "一般撮影装置", "内視鏡記録装置")
DAY = datetime(2026, 6, 10)


@pytest.fixture(scope="module")
def site(sick, tmp_path_factory: pytest.TempPathFactory) -> Path:  # type: ignore[no-untyped-def]
    """A site of our own with the sick hospital's evidence and snapshots."""
    folder = tmp_path_factory.mktemp("asked") / "site"
    copytree(sick.tables.parents[2], folder)
    return folder


def fill(data: bytes, answers: Mapping[str, Mapping[str, object]], by: str = "佐藤", on: str = "令和8年6月2日") -> bytes:
    """Answer findings by their check, every port without peer with no, and the source of the line with no."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book["照会書"].iter_rows():
        if row[0].value == "ご回答者(氏名・部署)":
            row[1].value = by
        if row[0].value == "ご回答日":
            row[1].value = on
    for name, key in (("対処のお願い", "check_id"), ("通信の確認", "machines"), ("回線と書類", "question")):
        sheet = book[name]
        keys = [cell.value for cell in sheet[3]]
        for row in sheet.iter_rows(min_row=5):
            named = {column: row[place] for place, column in enumerate(keys) if column}
            if name == "対処のお願い":
                for column, value in answers.get(str(named[key].value), {}).items():
                    named[column].value = value
            elif name == "通信の確認" and named["machines"].value:
                named["needed"].value = "はい" if named["peer"].value else "いいえ"
            elif named[key].value == "line-source":
                named["answer"].value = "いいえ"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(site: Path, data: bytes, folder: Path, received: datetime) -> None:
    path = folder / f"reply-{received:%m%d%H%M}.xlsx"
    path.write_bytes(data)
    (outcome,) = take_in(site, [path], Silent(), received=received)
    assert outcome.status == "stored", outcome.text.en


def verdicts(site: Path, moment: datetime) -> dict[tuple[str, str], set[str]]:
    """(check, subject) → its verdicts."""
    found: dict[tuple[str, str], set[str]] = {}
    for verdict in take_snapshot(Site(site), checks_for(()), moment, Silent()).verdicts:
        found.setdefault((verdict.check_id, verdict.subject), set()).add(verdict.verdict)
    return found


def test_asked_answered_accepted_until_its_day(site: Path, tmp_path: Path) -> None:
    exported = export_inquiry(site, VENDOR, tmp_path / "ask.xlsx", ("xlsx", "docx"), "ja", Silent(), replace=False)
    assert [path.name for path in exported.files] == ["ask.xlsx", "ask.docx"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in exported.files)
    asked = exported.inquiry
    assert [machine.name for machine in asked.machines] == ["CT操作卓", "PACSサーバ", "一般撮影装置", "内視鏡記録装置", "画像参照端末1"]
    ended = next(one for one in asked.findings if one.check == "support.os_ended")
    assert ended.machines == REFUSED, "one row for all of them"
    data = exported.files[0].read_bytes()
    whole = {"answer": "変更できない", "until": "R8.9.30", "reason": "装置の認証のため", "compensating": "専用VLANに分離"}
    answers = {
        "support.os_ended": whole,
        "sharing.smb1_offered": {"answer": "変更できない", "reason": "装置が使うため"},
        "updates.windows_patch_old": {"answer": "業者で対処する", "until": "2026-08-31"},
    }
    bring(site, fill(data, answers), tmp_path, datetime(2026, 6, 3))
    after = verdicts(site, DAY)
    for machine in REFUSED:
        assert after["support.os_ended", machine] <= {"accepted", "unknown"} and "accepted" in after["support.os_ended", machine]
    assert "fail" in after["sharing.smb1_offered", "CT操作卓"], "a refusal without a day is no exception"
    assert after["differences.line_vendor_differs", "PACS保守VPN"] == {"fail"}
    assert after["ledger.vendor_reply_missing", VENDOR] == {"pass"}
    assert after["ledger.vendor_reply_missing", "カルテシステムズ"] == {"fail"}
    newest = list(snapshots(Site(site)))[-1]
    with Database(newest.tables, read_only=True) as database:
        flows = [row for row in database.rows("designed_flows") if row.source == "analyze.vendor_replies"]
        assert {row.needed for row in flows} == {"yes", "no"}
        assert {row.asset for row in flows} <= {machine.name for machine in asked.machines}
        told = {row.message_ja for row in database.rows("verdicts") if row.check_id == "differences.line_vendor_differs"}
        assert any("接続元の制限は、台帳では「はい」" in words and "「いいえ」" in words for words in told), told
    assert any("期日 がありません" in note.text.ja for note in newest.manifest.notes)
    listed = {one.vendor: one.answered_on for one in list_vendors(site, Silent())}
    assert str(listed[VENDOR]) == "2026-06-02" and listed["コール電工"] is None
    # What the vendor said stays its own word: the ledger that is written out does not take it over.
    export_ledger(site, tmp_path / "ledger.xlsx", "ja", Silent(), replace=False)
    book = openpyxl.load_workbook(tmp_path / "ledger.xlsx")
    assert not any("装置の認証のため" in str(cell.value) for row in book["例外"].iter_rows() for cell in row)
    # The next inquiry has the answers filled in; an older letter that comes in late changes nothing.
    again = export_inquiry(site, VENDOR, tmp_path / "again.xlsx", ("xlsx",), "ja", Silent(), replace=False)
    assert next(one for one in again.inquiry.findings if one.check == "support.os_ended").before is not None
    bring(site, fill(data, {"support.os_ended": {"answer": "対処済み"}}, on="2026-05-01"), tmp_path, datetime(2026, 6, 11))
    assert "accepted" in verdicts(site, datetime(2026, 6, 12))["support.os_ended", "CT操作卓"]
    # Behind its day the finding comes back by itself. The evidence is too old by then for a fail: it is unknown, never pass.
    late = verdicts(site, datetime(2026, 10, 1))
    assert not {"accepted", "pass"} & late["support.os_ended", "一般撮影装置"]
