from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
import pytest

from omamori.model.declared import Action, Zone
from omamori.model.tables import TABLES
from omamori.model.workbook import sheet_columns
from omamori.parse.ledger.recognise import is_actions, is_ledger
from omamori.parse.ledger.redact import redact_workbook
from omamori.parse.registry import RECOGNISE_BYTES, recognise
from omamori.report.ledger import ledger_bytes

Book = Callable[[Mapping[str, Sequence[Sequence[Any]]]], bytes]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_our_ledger_is_known_by_its_first_bytes(language: Any) -> None:
    data = ledger_bytes(language, rows={"zones": [Zone(zone=f"zone {number} of the hospital") for number in range(3000)]})
    assert len(data) > RECOGNISE_BYTES
    head = data[:RECOGNISE_BYTES]
    assert is_ledger(head, "x.bin") and not is_actions(head, "x.bin")
    found = recognise(head, "x.bin")
    assert found is not None and found.kind == "ledger.workbook"


def test_it_stays_known_when_saved_by_another_program_or_redacted() -> None:
    saved = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(ledger_bytes("ja"))).save(saved)
    assert is_ledger(saved.getvalue(), "x.xlsx")
    assert is_ledger(redact_workbook(ledger_bytes("ja")).data, "x.xlsx")


def test_a_list_of_things_to_do_is_known_by_its_headings(book: Book) -> None:
    columns = [column.heading.ja for column in sheet_columns(TABLES["actions"]) if column.heading]
    data = book({"やること": [columns, ["a.b", "pc", ""]]})
    assert is_actions(data, "x.xlsx") and not is_ledger(data, "x.xlsx")
    assert Action().check_id == ""


def test_a_ledger_of_headings_only_needs_many_of_them(book: Book) -> None:
    columns = [column.heading.ja for column in sheet_columns(TABLES["remote_lines"]) if column.heading]
    assert is_ledger(book({"回線": [columns, ["a"]]}), "list.xlsx")
    few = book({"回線": [columns[:3], ["a"]]})
    assert not is_ledger(few, "list.xlsx") and is_ledger(few, "病院台帳.xlsx")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 300, b"#@ section", b"\xd0\xcf\x11\xe0"])
def test_other_bytes_are_not(data: bytes) -> None:
    assert not is_ledger(data, "台帳.xlsx") and not is_actions(data, "report.xlsx")


def test_a_bomb_in_the_first_bytes_costs_little() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a", b"\0" * 50_000_000)
    assert not is_ledger(out.getvalue()[:RECOGNISE_BYTES], "x")
