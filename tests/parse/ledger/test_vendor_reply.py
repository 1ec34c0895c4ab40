"""Replies of vendors read back: whatever a vendor does to the workbook, its answers stay its own and nobody else's."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.look import Parsed
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.ledger.redact import write_plain
from omamori.parse.ledger.vendor_reply import PARSERS, parse_reply
from omamori.parse.ledger.xlsx import Cell, Sheet, read_workbook
from omamori.parse.registry import RECOGNISE_BYTES, parsers, recognise
from omamori.report.inquiry import AskedFinding, AskedMachine, AskedQuestion, Inquiry
from omamori.report.inquiry_excel import render_inquiry
from omamori.report.inquiry_flows import AskedFlow
from omamori.report.inquiry_notices import AskedNotice

MOMENT = datetime(2026, 6, 1, 9)
MACHINES = ("CT操作卓", "PACSサーバ", "Viewer PC 1")
SAME = Text("x", "x")


def asked(machines: tuple[str, ...] = MACHINES) -> Inquiry:
    """A small inquiry: two findings, a port, a peer, a line."""
    return Inquiry(
        vendor="画像テック",
        site="お守り病院",
        moment=MOMENT,
        machines=tuple(AskedMachine(name, "", "", "", "", "", None) for name in machines),
        lines=("PACS保守VPN",),
        findings=(
            AskedFinding("support.os_ended", "high", SAME, SAME, machines, (), 0, None),
            AskedFinding("sharing.smb1_offered", "high", SAME, SAME, machines[:2], (), 0, None),
        ),
        flows=(AskedFlow(machines[:2], "in", "", 104, "tcp", SAME), AskedFlow(machines[:1], "out", "PACSサーバ", 4242, "tcp", SAME)),
        questions=(
            AskedQuestion("PACS保守VPN", "line-source", SAME, SAME),
            AskedQuestion("PACS保守VPN", "line-firmware", SAME, SAME),
            AskedQuestion("", "mds", SAME, SAME),
        ),
        unseen=0,
    )


class Filled:
    """An inquiry opened in another program: cells are set by the hidden keys of their columns."""

    def __init__(self, inquiry: Inquiry | None = None) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(render_inquiry(inquiry or asked())))

    def sheet(self, name: str) -> Any:
        return next(sheet for sheet in self.book if sheet.cell(3, 1).value == f"omamori:{name}")

    def set(self, name: str, row: int, **values: object) -> Filled:
        sheet = self.sheet(name)
        keys = [cell.value for cell in sheet[3]]
        for key, value in values.items():
            sheet.cell(4 + row, keys.index(key) + 1).value = value  # type: ignore[assignment]
        return self

    def signed(self, by: str = "保守課 佐藤", on: object = "令和8年6月2日") -> Filled:
        letter = self.book["照会書"]
        for row in letter.iter_rows():
            if row[0].value == "ご回答者(氏名・部署)":
                row[1].value = by
            if row[0].value == "ご回答日":
                row[1].value = on
        return self

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def read(self) -> Parsed:
        return parse(self.bytes())


def parse(data: bytes) -> Parsed:
    return parse_reply(data, Context("vendor.reply", seen=MOMENT, received=MOMENT))


def told(parsed: Parsed) -> str:
    return "\n".join(problem.expected_ja for problem in parsed.problems)


def test_one_answer_covers_many_machines_and_each_becomes_a_row() -> None:
    filled = Filled().signed().set("vendor_findings", 1, answer="変更できない", until="R9.3.31", reason="認証のため", compensating="VLAN")
    parsed = filled.read()
    assert [row.asset for row in parsed.rows] == list(MACHINES)
    assert {(row.vendor, row.question, row.check_id, row.answer, row.until, row.reason, row.compensating) for row in parsed.rows} == {
        ("画像テック", "finding", "support.os_ended", "refused", date(2027, 3, 31), "認証のため", "VLAN")
    }
    assert {(row.answered_by, row.answered_on, row.evidence) for row in parsed.rows} == {
        ("保守課 佐藤", date(2026, 6, 2), "対処のお願い!R5")
    }
    assert (parsed.speaker, parsed.said_on, parsed.problems) == ("画像テック", date(2026, 6, 2), ())
    assert [(look.complete, look.missing) for look in parsed.looks] == [(True, ())]


def test_an_inquiry_nobody_filled_in_says_nothing_but_was_read() -> None:
    parsed = parse(render_inquiry(asked()))
    assert (parsed.rows, parsed.problems, parsed.said_on) == ((), (), None)
    assert parsed.looks[0].complete


def test_ports_peers_lines_and_papers() -> None:
    filled = Filled().signed()
    filled.set("vendor_flows", 1, needed="いいえ", purpose="未使用").set("vendor_flows", 2, needed="○")
    filled.set("vendor_questions", 1, answer="いいえ").set("vendor_questions", 2, answer="14.01.42").set(
        "vendor_questions", 3, answer="有", until=datetime(2026, 7, 1)
    )
    rows = {(row.asset, row.question, row.peer, row.port): row for row in filled.read().rows}
    assert rows["CT操作卓", "flow", None, 104].answer == rows["PACSサーバ", "flow", None, 104].answer == "no"
    assert rows["CT操作卓", "flow", "PACSサーバ", 4242].answer == "yes"
    assert rows["PACS保守VPN", "line-source", None, None].answer == "no"
    assert rows["PACS保守VPN", "line-firmware", None, None].answer == "14.01.42"
    assert (rows["", "mds", None, None].answer, rows["", "mds", None, None].until) == ("yes", date(2026, 7, 1))


def test_an_answer_about_a_notice_tells_whether_it_concerns_a_machine_and_what_is_done() -> None:
    notice = AskedNotice("技情26-041", ("CT操作卓", "PACS保守VPN"), date(2026, 5, 1), SAME, (SAME,))
    filled = Filled(replace(asked(), notices=(notice,))).signed()
    filled.set(
        "vendor_notice_replies", 1, concerns="はい", answer="業者で対処する", until="R8.9.30", compensating="接続元を限定", paper="回答26-1"
    )
    parsed = filled.read()
    rows = {(row.asset, row.question): row for row in parsed.rows}
    assert set(rows) == {(name, question) for name in ("CT操作卓", "PACS保守VPN") for question in ("notice", "notice-concerns")}
    done = rows["PACS保守VPN", "notice"]
    assert (done.notice, done.answer, done.until, done.compensating, done.paper) == (
        "技情26-041", "vendor", date(2026, 9, 30), "接続元を限定", "回答26-1",
    )  # fmt: skip
    assert (done.answered_by, done.evidence, parsed.problems) == ("保守課 佐藤", "お知らせの確認!R5", ())


def test_a_refusal_that_lacks_something_says_what() -> None:
    filled = (
        Filled()
        .set("vendor_findings", 1, answer="変更できない", reason="認証のため")
        .set("vendor_findings", 2, answer="変更できない", until="2027-03-31")
    )
    parsed = filled.read()
    assert len(parsed.rows) == 5
    assert "期日、回答者 がありません" in told(parsed) and "理由、回答者 がありません" in told(parsed)
    assert "対処のお願い!R5" in told(parsed)


def test_rows_in_another_order_split_and_merged() -> None:
    filled = Filled().signed()
    sheet = filled.sheet("vendor_findings")
    keys = [cell.value for cell in sheet[3]]
    first = [cell.value for cell in sheet[5]]
    second = [cell.value for cell in sheet[6]]
    for place, (upper, lower) in enumerate(zip(second, first, strict=True), 1):
        sheet.cell(5, place).value, sheet.cell(6, place).value = upper, lower
    # One row for all becomes two: the copy takes one machine.
    for place, value in enumerate(first, 1):
        sheet.cell(7, place).value = value
    machines, answer, until = (keys.index(name) + 1 for name in ("machines", "answer", "until"))
    sheet.cell(6, machines).value, sheet.cell(7, machines).value = "CT操作卓\nPACSサーバ", "Viewer PC 1"
    for row in (5, 6):
        sheet.cell(row, answer).value = "業者で対処する"
    sheet.cell(7, answer).value = "done"
    sheet.cell(5, until).value = "2026/9/30"
    sheet.insert_cols(3)  # which moves no merged area: so it is merged behind it
    sheet.merge_cells(start_row=5, end_row=6, start_column=until + 1, end_column=until + 1)
    rows = {(row.check_id, row.asset): row for row in filled.read().rows}
    assert {asset: rows["support.os_ended", asset].answer for asset in MACHINES} == {
        "CT操作卓": "vendor", "PACSサーバ": "vendor", "Viewer PC 1": "done",
    }  # fmt: skip
    assert {row.until for key, row in rows.items() if key[1] != "Viewer PC 1"} == {date(2026, 9, 30)}, "a merged day holds for both rows"


def test_machines_the_vendor_added_or_renamed_are_told_and_give_no_row() -> None:
    filled = Filled().signed().set("vendor_findings", 2, machines="CT操作卓、新しいCT 2号機、ＰＡＣＳサーバ", answer="対処済み")
    filled.set("vendor_machines", 4, asset="電子カルテDBサーバ", theirs="はい").set("vendor_machines", 1, theirs="no")
    parsed = filled.read()
    assert {row.asset for row in parsed.rows if row.question == "finding"} == {"CT操作卓", "PACSサーバ"}
    assert "「新しいCT 2号機」は照会していない名前です" in told(parsed) and "「電子カルテDBサーバ」" in told(parsed)
    assert "CT操作卓: 担当ではないとの回答です" in told(parsed)


def test_names_on_lines_of_a_cell_are_found_though_spaces_join_them() -> None:
    parsed = Filled().set("vendor_findings", 1, machines="Viewer PC 1 CT操作卓 よその機器", answer="確認中").read()
    assert {row.asset for row in parsed.rows} == {"Viewer PC 1", "CT操作卓"}
    assert "「よその機器」" in told(parsed)


def test_a_peer_with_a_name_nobody_asked_about_is_told() -> None:
    filled = (
        Filled().set("vendor_flows", 1, peer="電子カルテDBサーバ", needed="はい").set("vendor_flows", 2, peer="10.1.9.0/24", needed="はい")
    )
    parsed = filled.read()
    assert [(row.asset, row.peer) for row in parsed.rows] == [("CT操作卓", "10.1.9.0/24")]
    assert "「電子カルテDBサーバ」は照会書にない名前です" in told(parsed)


def test_a_cell_that_cannot_be_read_costs_itself_and_is_told() -> None:
    filled = Filled().signed(on="来週").set("vendor_findings", 1, answer="たぶん", until="未定", reason="=1+1")
    parsed = filled.read()
    assert {(row.answer, row.until) for row in parsed.rows} <= {(None, None)}
    assert "「来週」ではなく、日付" in told(parsed) and "「たぶん」ではなく" in told(parsed)
    assert parsed.looks[0].complete and {"answer", "until"} <= set(parsed.looks[0].missing)


def test_two_answers_to_one_thing_keep_the_upper() -> None:
    filled = Filled().set("vendor_findings", 1, machines="CT操作卓", answer="対処済み")
    filled.set("vendor_findings", 2, machines="CT操作卓", answer="確認中", check_id="support.os_ended")
    parsed = filled.read()
    assert [row.answer for row in parsed.rows] == ["done"]
    assert "二つの回答" in told(parsed)


def test_without_its_hidden_sheet_the_letter_names_the_vendor() -> None:
    filled = Filled().set("vendor_findings", 1, answer="対処済み")
    del filled.book["_omamori_vendor"]
    parsed = filled.read()
    assert parsed.speaker == "画像テック" and {row.asset for row in parsed.rows} == set(MACHINES)
    del filled.book["照会書"]
    with pytest.raises(EvidenceError) as error:
        filled.read()
    assert "宛先" in error.value.text.ja


def test_without_any_hidden_key_the_headings_tell_the_columns() -> None:
    filled = Filled().signed().set("vendor_findings", 1, answer="対処済み").set("vendor_questions", 1, answer="はい")
    del filled.book["_omamori_vendor"]
    for sheet in filled.book.worksheets[1:]:
        sheet.delete_rows(3)
    assert [(row.asset, row.answer) for row in filled.read().rows] == [*((name, "done") for name in MACHINES), ("PACS保守VPN", "yes")]
    found = recognise(filled.bytes(), "x.xlsx")
    assert found is PARSERS[0]


def test_a_newer_form_and_another_workbook_are_refused() -> None:
    filled = Filled()
    filled.book["_omamori_vendor"]["B1"].value = "2"
    with pytest.raises(EvidenceError):
        filled.read()
    other = openpyxl.Workbook()
    out = io.BytesIO()
    other.save(out)
    with pytest.raises(EvidenceError):
        parse(out.getvalue())


def test_it_is_recognised_by_its_content_and_is_no_ledger() -> None:
    fresh = render_inquiry(asked())
    saved = Filled().bytes()
    for data in (fresh[:RECOGNISE_BYTES], saved):
        found = recognise(data, "ledger.xlsx")
        assert found is not None and found.kind == "vendor.reply"
    assert parsers()["vendor.reply"] is PARSERS[0]


def test_what_is_stored_reads_the_same_and_holds_no_password() -> None:
    filled = Filled().signed().set("vendor_findings", 1, answer="対処済み", remark="パスワード: himitsu99")
    redact = PARSERS[0].redact
    assert redact is not None
    stored = redact(filled.bytes())
    assert b"himitsu99" not in stored.data and stored.secrets == 1
    assert len(parse(stored.data).rows) == len(filled.read().rows) == 3
    assert recognise(stored.data, "x.xlsx") is PARSERS[0]


def test_libreoffice_reads_and_writes_it(tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: the inquiry is not opened with it here")
    filled = Filled().signed().set("vendor_findings", 1, answer="変更できない", until="R9.3.31", reason="認証のため")
    filled.set("vendor_flows", 2, needed="はい").set("vendor_questions", 1, answer="いいえ")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/reply.xlsx").write_bytes(filled.bytes())
    command = [program, "--headless", f"-env:UserInstallation=file://{tmp_path}/home", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "in/reply.xlsx")], check=True, capture_output=True, timeout=180)
    after = (tmp_path / "reply.xlsx").read_bytes()
    found = recognise(after[:RECOGNISE_BYTES], "reply.xlsx") or recognise(after, "reply.xlsx")
    assert found is PARSERS[0]
    assert parse(after).rows == filled.read().rows
    assert parse(after).problems == ()


WORDS = st.one_of(
    st.sampled_from(
        [
            "すべて",
            "all",
            "電子カルテDBサーバ",
            "CT操作卓",
            "PACSサーバ\n電子カルテDBサーバ",
            "=cmd|'/c calc'!A1",
            "変更できない",
            "refused",
            "はい",
        ]
    ),
    st.text(max_size=30),
)


SHEETS = tuple(read_workbook(render_inquiry(asked())))
FRESH = render_inquiry(asked())
OWN = {*MACHINES, "PACS保守VPN", ""}


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(5, 12), st.integers(1, 17), WORDS), max_size=25))
def test_whatever_is_written_no_row_speaks_of_a_machine_that_is_not_theirs(edits: list[tuple[int, int, int, str]]) -> None:
    cells = [{row: dict(line) for row, line in sheet.rows.items()} for sheet in SHEETS]
    for number, row, column, words in edits:
        cells[number].setdefault(row, {})[column] = Cell(words)
    book = write_plain(tuple(Sheet(sheet.name, sheet.hidden, rows) for sheet, rows in zip(SHEETS, cells, strict=True)))
    parsed = parse(book)
    assert {row.asset for row in parsed.rows} <= OWN
    assert {row.vendor for row in parsed.rows} <= {"画像テック"}
    assert all("電子カルテDBサーバ" not in (row.peer or "") for row in parsed.rows)


@given(st.integers(0, len(FRESH) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_refused_or_read(place: int, junk: bytes) -> None:
    data = bytearray(FRESH)
    data[place : place + len(junk)] = junk
    try:
        parsed = parse(bytes(data))
    except EvidenceError:
        return
    assert {row.asset for row in parsed.rows} <= OWN
