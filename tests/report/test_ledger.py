from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from omamori.knowledge.questions import built_in_questions
from omamori.model.declared import Answer, DesignedFlow, RemoteLine, Vendor
from omamori.model.derived import Peer
from omamori.model.tables import TABLES
from omamori.model.text import Language
from omamori.model.workbook import KEY_SHEET, SHEETS, STATES, sheet_columns
from omamori.parse.interface import Context
from omamori.parse.ledger.workbook import parse_workbook
from omamori.report.ledger import ledger_bytes, peers_to_tick, write_ledger
from omamori.report.ledger_columns import HEADING_ROW, KEY_ROW
from omamori.report.ledger_words import describe_sheet

LANGUAGES: list[Language] = ["ja", "en"]


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def column_of(sheet: Worksheet, name: str) -> int:
    return next(int(cell.column or 0) for cell in sheet[KEY_ROW + 1] if cell.value == name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_its_sheet_in_the_order_of_need(language: Language) -> None:
    made = opened(ledger_bytes(language))
    titles = [TABLES[name].title.say(language) for name in SHEETS]
    assert made.sheetnames == ["はじめに" if language == "ja" else "Read me", *titles, KEY_SHEET]
    assert made[KEY_SHEET].sheet_state == "veryHidden"
    for name, title in zip(SHEETS, titles, strict=True):
        sheet = made[title]
        assert sheet.freeze_panes == "C5" and sheet.auto_filter.ref and describe_sheet(name, language) == sheet["D1"].value
        assert sheet.row_dimensions[KEY_ROW + 1].hidden
        for column in sheet_columns(TABLES[name]):
            heading = sheet.cell(HEADING_ROW + 1, column_of(sheet, column.name))
            assert column.heading and heading.value == column.heading.say(language)
            assert column.note and heading.comment and heading.comment.text == column.note.say(language), (name, column.name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_says_what_to_do_first_and_that_it_is_confidential(language: Language) -> None:
    guide = opened(ledger_bytes(language)).worksheets[0]
    words = "\n".join(str(cell.value) for row in guide.iter_rows() for cell in row if cell.value)
    wanted = (
        ["10分", "任意", "氏名・電話番号", "omamori import"]
        if language == "ja"
        else ["ten minutes", "optional", "names, telephone", "omamori import"]
    )
    assert all(word in words for word in wanted)


def test_lists_are_offered_where_there_are_values_or_names_of_other_sheets() -> None:
    made = opened(ledger_bytes("ja"))
    sheet = made["外部接続"]
    offered = {str(rule.sqref).split(":")[0]: str(rule.formula1) for rule in sheet.data_validations.dataValidation}

    def of(name: str) -> str:
        return offered[f"{openpyxl.utils.get_column_letter(column_of(sheet, name))}6"]

    def labels(formula: str) -> list[Any]:
        place, _, cells = formula.partition("!")
        assert place == f"'{KEY_SHEET}'"
        return [cell[0].value for cell in made[KEY_SHEET][cells.replace("$", "")]]

    assert "'業者'!$B$6" in of("vendor") and "'ゾーン'!$B$6" in of("lands_in")
    for name in ("kind", "two_factor"):
        assert labels(of(name)) == [value.label.ja for value in TABLES["remote_lines"].column(name).values]
    assert labels(offered["C2"]) == [value.label.ja for value in STATES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_row_is_marked_and_says_labels(language: Language) -> None:
    sheet = opened(ledger_bytes(language))[TABLES["remote_lines"].title.say(language)]
    assert sheet["A5"].value == ("例" if language == "ja" else "example")
    assert sheet.cell(5, column_of(sheet, "two_factor")).value == ("はい" if language == "ja" else "yes")
    assert sheet.cell(5, column_of(sheet, "line")).value == ("PACS保守VPN" if language == "ja" else "PACS service VPN")


def test_words_that_look_like_formulas_stay_words() -> None:
    hostile = ['=HYPERLINK("http://198.51.100.1")', "+1", "-1", "@SUM(A1)", "\t=1", "http://198.51.100.1/"]
    data = ledger_bytes("ja", rows={"vendors": [Vendor(vendor=f"v{number}", contact=word) for number, word in enumerate(hostile)]})
    sheet = opened(data)["業者"]
    cells = [sheet.cell(6 + number, column_of(sheet, "contact")) for number in range(len(hostile))]
    assert [cell.value for cell in cells] == hostile and {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name)


def test_days_are_days_and_versions_stay_words() -> None:
    line = RemoteLine(line="PACS", firmware="7.20", firmware_updated=date(2025, 4, 1), kind="ssl-vpn")
    sheet = opened(ledger_bytes("ja", rows={"remote_lines": [line]}))["外部接続"]
    day = sheet.cell(6, column_of(sheet, "firmware_updated"))
    assert day.value == datetime(2025, 4, 1) and day.number_format == "yyyy-mm-dd"
    version = sheet.cell(6, column_of(sheet, "firmware"))
    assert version.value == "7.20" and version.number_format == "@"
    empty = sheet.column_dimensions[openpyxl.utils.get_column_letter(column_of(sheet, "firmware"))]
    assert empty.width and empty.width > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_asked_with_why_and_who(language: Language) -> None:
    sheet = opened(
        ledger_bytes(language, rows={"answers": [Answer(question="plan-exists", answer="no"), Answer(question="of-last-year")]})
    )[TABLES["answers"].title.say(language)]
    questions = built_in_questions().questions
    rows = {sheet.cell(row, 2).value: row for row in range(5, sheet.max_row + 1)}
    assert list(rows) == [*(question.id for question in questions), "of-last-year"]
    for question in questions:
        shown = [sheet.cell(rows[question.id], column).value for column in (3, 4, 5)]
        assert shown == [question.text.say(language), question.why.say(language), question.who.say(language)]
    answer = column_of(sheet, "answer")
    assert sheet.cell(rows["plan-exists"], answer).value == ("いいえ" if language == "ja" else "no")


def peer(**values: Any) -> Peer:
    return Peer(
        **(
            {"asset": "ehr", "direction": "in", "peer": "10.1.0.20", "protocol": "tcp", "port": 1433, "process": "sqlservr", "times": 3}
            | values
        )
    )


def test_observed_peers_become_flows_to_tick() -> None:
    found = peers_to_tick([peer(), peer(), peer(peer="10.1.0.30", peer_asset="検査PC"), peer(designed=True, port=80), peer(port=443)])
    assert [(flow.peer, flow.port, flow.needed, flow.purpose) for flow in found] == [
        ("10.1.0.20", 1433, None, "sqlservr ×3"),
        ("10.1.0.20", 443, None, "sqlservr ×3"),
        ("検査PC", 1433, None, "sqlservr ×3"),
    ]


def test_a_peer_that_is_listed_already_is_not_listed_twice() -> None:
    known = [DesignedFlow(asset="ehr", peer="10.1.0.20", direction="in", port=1433, protocol="tcp", needed="no")]
    data = ledger_bytes("ja", rows={"designed_flows": known}, peers=[peer(), peer(peer_asset="検査PC"), peer(port=443)])
    moment = datetime(2026, 6, 1)
    flows = [row for row in parse_workbook(data, Context("ledger.workbook", moment, moment)).rows if isinstance(row, DesignedFlow)]
    assert [(flow.port, flow.needed) for flow in flows] == [(1433, "no"), (443, None)]


def test_the_same_content_has_the_same_bytes(tmp_path: Path) -> None:
    rows = {"vendors": [Vendor(vendor="A")]}
    write_ledger(tmp_path / "a.xlsx", "ja", rows=rows, states={"zones": "none"})
    assert (tmp_path / "a.xlsx").read_bytes() == ledger_bytes("ja", rows=rows, states={"zones": "none"})
    assert opened((tmp_path / "a.xlsx").read_bytes())["ゾーン"]["C2"].value == "該当なし"
