from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from omamori.model.declared import LedgerAsset, RecoveryNeed, RemoteLine, Vendor
from omamori.model.tables import TABLES
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.ledger.redact import redact_workbook, write_plain, write_zip
from omamori.parse.ledger.workbook import parse_workbook
from omamori.parse.ledger.xlsx import Cell, Sheet, read_workbook
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers
from omamori.report.ledger import ledger_bytes

Book = Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]


def words(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize(
    "typed",
    [
        "管理者 パスワード: Himitsu99",
        "パスワード=Himitsu99",
        "パスワードは「Himitsu99」です",
        "VPN password is Himitsu99",
        "psk：Himitsu99、期限なし",
        "暗証番号 : Himitsu99",
    ],
)
def test_a_password_typed_into_a_cell_is_not_stored(typed: str, book: Book) -> None:
    found = redact_workbook(book({"業者": [["業者名", "契約内容"], ["A", typed]]}))
    assert found.secrets == 1 and "Himitsu99" not in words(found.data) and "[secret: p" in words(found.data)


def test_a_column_of_passwords_is_not_stored(book: Book) -> None:
    rows = [
        ["機器名", "OS", "管理者パスワード", "パスワード変更日"],
        ["ehr", "Windows", "Himitsu99", "2026-04-01"],
        ["pc", "Windows", "", ""],
    ]
    found = redact_workbook(book({"機器": rows}))
    assert found.secrets == 1 and "Himitsu99" not in words(found.data) and "2026-04-01" in words(found.data)


def test_what_is_not_in_a_cell_is_not_stored(book: Book) -> None:
    made = openpyxl.load_workbook(io.BytesIO(book({"業者": [["業者名", "電話"], ["A", "0"]]})))
    sheet = made.worksheets[0]
    sheet["A2"].comment = Comment("in a comment: Himitsu99", "Somebody")
    made.properties.creator = "Somebody Named"
    out = io.BytesIO()
    made.save(out)
    assert "Himitsu99" in words(out.getvalue())
    found = words(redact_workbook(out.getvalue()).data)
    assert "Himitsu99" not in found and "Somebody" not in found


def test_a_ledger_without_secrets_says_the_same_afterwards(context: Context) -> None:
    rows = {
        "vendors": [Vendor(vendor="A & <B>", contact='_x0041_ "q"', phone="03-0000-0000")],
        "remote_lines": [RemoteLine(line="PACS", kind="ssl-vpn", firmware="7.20", always_open="no")],
        "ledger_assets": [LedgerAsset(asset="電子カルテ", address="10.1.0.11", software="a, b", ports="443/tcp")],
    }
    before = ledger_bytes("ja", rows=rows, states={"zones": "none"})
    found = redact_workbook(before)
    assert found.secrets == 0
    assert parse_workbook(found.data, context) == parse_workbook(before, context)
    assert redact_workbook(found.data).data == found.data


def test_a_password_that_a_recovery_needs_is_a_name_and_heads_no_column_of_secrets(context: Context, book: Book) -> None:
    needs = [
        RecoveryNeed(need="resticのパスワード", kind="key", kept_at="院長室の金庫", apart="yes"),
        RecoveryNeed(need="Veeamのカタログ", kind="catalogue", apart="no"),
    ]
    before = ledger_bytes("ja", rows={"recovery_needs": needs})
    found = redact_workbook(before)
    assert found.secrets == 0 and parse_workbook(found.data, context) == parse_workbook(before, context)
    rows = [
        ["復旧に要るもの", "種類", "置き場所・入手先", "パスワード"],
        ["resticのパスワード", "", "金庫", "Himitsu99"],
        ["媒体", "", "棚", ""],
    ]
    own = redact_workbook(book({"復旧に要るもの": rows}))
    assert own.secrets == 1 and "Himitsu99" not in words(own.data) and "媒体" in words(own.data)


def test_the_general_redactor_leaves_the_container_whole(context: Context) -> None:
    clean = redact_for(parsers()["ledger.workbook"], ledger_bytes("ja", rows={"vendors": [Vendor(vendor="A")]}))
    assert parse_workbook(clean.data, context).rows


def test_a_damaged_sheet_stays_damaged() -> None:
    sheet = read_workbook(write_plain((Sheet("S", True, {1: {1: Cell("a")}}, "cut"),)))[0]
    assert sheet.broken and sheet.hidden and sheet.rows[1][1].text == "a"


def test_kinds_of_cells_survive() -> None:
    cells = {1: Cell("7", 7.0), 2: Cell("x", formula=True), 3: Cell("", formula=True), 4: Cell("#REF!", error=True), 28: Cell(" a ")}
    row = read_workbook(write_plain((Sheet("S", False, {3: cells}),)))[0].rows[3]
    assert {place: (cell.text, cell.formula, cell.error) for place, cell in row.items()} == {
        1: ("7", False, False),
        2: ("x", True, False),
        3: ("", True, False),
        4: ("#REF!", False, True),
        28: (" a ", False, False),
    }


def test_what_cannot_be_read_cannot_be_stored() -> None:
    with pytest.raises(EvidenceError):
        redact_workbook(b"PK\x03\x04 no workbook")
    assert TABLES["vendors"].name == "vendors"


def test_the_same_workbook_has_the_same_address_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    here = write_zip({"a.xml": b"<a/>"})
    monkeypatch.setattr("sys.platform", "win32")
    assert write_zip({"a.xml": b"<a/>"}) == here
