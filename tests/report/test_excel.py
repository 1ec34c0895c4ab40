from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from omamori.model.derived import Peer
from omamori.model.host import Software
from omamori.model.look import Verdict
from omamori.parse.interface import Context
from omamori.parse.ledger.actions import PARSERS as ACTIONS
from omamori.report.excel import render_excel


def _read(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture
def book(hospital) -> Iterator[Workbook]:  # type: ignore[no-untyped-def]
    yield _read(render_excel(hospital.report(), hospital.database, "ja"))


def _rows(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]


def test_there_is_a_sheet_for_every_topic_and_every_vendor_with_findings(book: Workbook) -> None:
    names = book.sheetnames
    assert names[:2] == ["概要", "やること"]
    assert {
        "遠隔・外部接続",
        "バックアップ",
        "業者 みどり画像",
        "業者 はなだ検査",
        "見た範囲",
        "ソフトウエア",
        "待ち受けポート",
        "通信相手",
    } <= set(names)


def test_a_vendors_sheet_holds_only_its_machines_and_no_command(book: Workbook) -> None:
    rows = _rows(book, "業者 みどり画像")
    assert {row[3] for row in rows[1:]} == {"PACS", "CT操作卓", "PACS保守VPN"}
    assert not any("ufw" in str(cell) for row in rows for cell in row)


def test_every_finding_stands_in_the_list_of_things_to_do(book: Workbook, hospital) -> None:  # type: ignore[no-untyped-def]
    wanted = {(v.check_id, v.subject, v.finding_key or None) for v in hospital.verdicts if v.verdict == "fail"}
    sheet = _rows(book, "やること")
    keys = next(row for row in sheet if str(row[0]).startswith("omamori:actions"))
    check, subject, key = (keys.index(name) for name in ("check_id", "subject", "finding_key"))
    told = {(row[check], row[subject], row[key] or None) for row in sheet}
    assert wanted <= told


def test_the_list_of_things_to_do_can_be_brought_back(hospital) -> None:  # type: ignore[no-untyped-def]
    data = render_excel(hospital.report(), hospital.database, "en")
    now = datetime(2026, 6, 2)
    (parser,) = ACTIONS
    assert parser.recognise and parser.recognise(data[:65536], "report.xlsx")
    parsed = parser.parse(data, Context(kind=parser.kind, seen=now, received=now, file_name="report.xlsx"))
    actions = [row for row in parsed.rows if type(row).__name__ == "Action"]
    (written,) = [row for row in actions if row.owner]
    assert (written.check_id, written.subject, written.finding_key) == ("account.root_login", "検査サーバ", "root")
    assert (written.due, written.asked, written.answer) == (date(2026, 7, 1), "はなだ検査", "7月の定期保守で対応")


def test_what_a_person_wrote_stays_when_the_finding_is_gone(hospital) -> None:  # type: ignore[no-untyped-def]
    gone = tuple(verdict for verdict in hospital.verdicts if verdict.check_id != "account.root_login")
    book = _read(render_excel(hospital.report(verdicts=gone), hospital.database, "ja"))
    (row,) = [row for row in _rows(book, "やること") if "福井" in row]
    assert "今回は見つかっていません" in row


def test_words_of_a_machine_are_never_formulas_links_or_escapes(hospital) -> None:  # type: ignore[no-untyped-def]
    hostile = ["=cmd|'/c calc'!A1", "+1+1", "@SUM(1)", "https://203.0.113.9/x", "\x1b[2Jevil\x00", "a\u202eb"]
    hospital.database.insert(Software(asset=text, name=text, version=text, manager="dpkg") for text in hostile)
    hospital.database.insert(Peer(asset="PACS", peer=text, process=text) for text in hostile)
    verdicts = [
        Verdict(check_id="share.open_guest", subject=t, finding_key=t, verdict="fail", severity="high", message_ja=t, message_en=t)
        for t in hostile
    ]
    book = _read(render_excel(hospital.report(verdicts=verdicts), hospital.database, "ja"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    machine_words = [cell for cell in cells if cell.hyperlink and "203.0.113.9" in str(cell.hyperlink.target)]
    assert not machine_words
    text = "".join(str(cell.value) for cell in cells)
    assert "=cmd|'/c calc'!A1" in text
    assert not set(text) & {"\x1b", "\x00", "\u202e"}


def test_headings_stay_and_can_be_filtered(book: Workbook) -> None:
    sheet = book["遠隔・外部接続"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:O2"
