"""What the lab's hospital believes of itself."""

from __future__ import annotations

import io

import openpyxl
import pytest

from omamori.lab.description import SHAPES, Shape
from omamori.lab.reader import built_in
from omamori.lab.serving import ports_of
from omamori.model.text import Language
from omamori.pipeline.lab_ledger import STATES, ledger_rows
from omamori.report.ledger import ledger_bytes


def rows(shape: Shape, language: Language = "en") -> dict[str, dict[str, object]]:
    healthy = built_in("healthy")
    found = ledger_rows(built_in(shape), healthy, ports_of(healthy), language)
    return {name: {getattr(row, next(iter(row.__slots__))): row for row in rows} for name, rows in found.items()}


def test_what_is_undeclared_is_not_there() -> None:
    sick = rows("sick")
    machines = {row.hostname for row in sick["ledger_assets"].values()}  # type: ignore[attr-defined]
    assert not machines & {"department-nas", "private-pc", "router-medical", "camera", "ehr-switch"}
    assert {"ehr-app", "ct", "backup-server", "router-ehr"} <= machines
    assert not machines & {"router-a", "pc-a", "internet-web"}
    assert len(sick["remote_lines"]) == 3
    assert len(rows("healthy")["remote_lines"]) == 4


def test_the_sick_hospital_believes_what_was_designed() -> None:
    sick = rows("sick")["ledger_assets"]
    analyser, server = sick["PC of an analyser"], sick["EHR application server"]
    assert analyser.address == "10.10.2.15"  # type: ignore[attr-defined]
    assert server.ports == "22/tcp 443/tcp"  # type: ignore[attr-defined]


def test_a_restricted_line_names_who_may_open_it_and_mail_is_a_way_in() -> None:
    healthy, sick = rows("healthy"), rows("sick")
    assert {row.opened_from for row in healthy["remote_lines"].values()} == {  # type: ignore[attr-defined]
        f"10.200.0.{number}/32" for number in range(11, 15)
    }
    assert {row.opened_from for row in sick["remote_lines"].values()} == {None}  # type: ignore[attr-defined]
    assert {row.machine for row in healthy["other_entries"].values()} >= {row.machine for row in sick["other_entries"].values()} != set()  # type: ignore[attr-defined]


@pytest.mark.parametrize("shape", SHAPES)
def test_it_becomes_a_workbook_that_says_it_is_filled_in(shape: Shape) -> None:
    healthy = built_in("healthy")
    data = ledger_bytes("ja", rows=ledger_rows(built_in(shape), healthy, ports_of(healthy), "ja"), states=STATES)
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = {str(cell.value) for row in book["機器"].iter_rows() for cell in row if cell.value}
    assert "電子カルテサーバ" in cells
    assert "記入済み" in cells
