"""The sheet of vendors' notices."""

from __future__ import annotations

from omamori.model.declared import NOTICE_DECISIONS, VENDOR_DECISIONS, VendorNotice
from omamori.model.tables import TABLES
from omamori.model.workbook import name_column, sheet_columns


def test_a_notice_is_named_and_everything_else_may_be_left_empty() -> None:
    table = TABLES["vendor_notices"]
    assert name_column(table).name == "notice" and table.row is VendorNotice
    assert all(column.nullable for column in sheet_columns(table)[1:])


def test_what_the_hospital_decides_is_told_from_what_a_vendor_answers() -> None:
    ours, theirs = ({value.code for value in words} for words in (NOTICE_DECISIONS, VENDOR_DECISIONS))
    assert ours & theirs == {"done", "checking"}, "they mean the same on both sides"
    assert {"update", "vendor-updates", "protect", "not-concerned"} < ours
