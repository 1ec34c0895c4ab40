"""Where the answers stand in a sheet, with the hidden keys and without."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from omamori.model.answer_sheet import ABOUT, KEYS
from omamori.parse.ledger.xlsx import Cell, Sheet
from omamori.parse.standard.layout import find_form, heading_of


def sheet(*rows: Sequence[str]) -> Sheet:
    cells = {number: {place: Cell(word) for place, word in enumerate(row, 1) if word} for number, row in enumerate(rows, 1)}
    return Sheet("写し", False, cells)


def test_the_keys_move_with_their_columns() -> None:
    found = find_form(
        sheet(
            [ABOUT, "vendor=甲=乙", "role=vendor", "standard=checklist/r7-vendor", "format=1"],
            ["", "remark", KEYS, "answered_on_2", "_text", "answer_1", "answer_1", "answer_9", "_number"],
        )
    )
    assert found is not None
    assert dict(found.columns) == {2: ("remark", 0), 4: ("answered_on", 2), 6: ("answer", 1)}
    assert (found.keys, found.text, found.number, found.first_row) == (3, 5, 9, 3)
    assert (found.standard, found.role, found.vendor, found.newer) == ("checklist/r7-vendor", "vendor", "甲=乙", False)


@pytest.mark.parametrize("label", ["版: checklist/r7-hospital", "版：checklist/r7-hospital", "Edition: checklist/r7-hospital"])
def test_without_keys_headings_in_either_language_are_enough(label: str) -> None:
    found = find_form(
        sheet(
            [label],
            ["No.", "項目", "1回目", "1回目", "Round 2", "目標日", "第3回"],
            ["", "", "はい・\nいいえ", "確認日", "Yes or no", "", "はい・いいえ", "備考"],
        )
    )
    assert found is not None and found.keys is None and (found.number, found.text, found.first_row) == (1, 2, 4)
    assert dict(sorted(found.columns.items())) == {
        3: ("answer", 1),
        4: ("answered_on", 1),
        5: ("answer", 2),
        6: ("target_date", 0),
        7: ("answer", 3),
        8: ("remark", 0),
    }
    assert found.standard == "checklist/r7-hospital" and found.role == "" and found.vendor == ""


def test_rounds_without_words_above_count_from_the_left() -> None:
    found = find_form(sheet(["版: fee/r8"], ["番号", "はい・いいえ", "確認日", "はい・いいえ"]))
    assert found is not None and dict(found.columns) == {2: ("answer", 1), 3: ("answered_on", 1), 4: ("answer", 2)}


def test_too_little_is_no_form() -> None:
    assert find_form(sheet(["版: fee/r8"], ["番号", "はい・いいえ", "確認日"])) is None
    assert find_form(sheet(["番号", "はい・いいえ", "確認日", "備考"])) is None, "nobody knows of which edition"
    assert find_form(sheet(*[["x"]] * 45, ["版: fee/r8"], ["番号", "はい・いいえ", "確認日", "備考"])) is None


def test_the_vendor_stands_beside_its_label_and_before_what_was_written() -> None:
    about = [ABOUT, "vendor=甲社", "role=vendor", "standard=checklist/r7-vendor", "format=2"]
    form = find_form(sheet(["事業者名", "事業者名", "乙社"], about, [KEYS, "answer_1"]))
    assert form is not None and (form.vendor, form.written_for, form.newer) == ("乙社", "甲社", True)
    form = find_form(sheet(["Vendor"], about, [KEYS, "answer_1"]))
    assert form is not None and (form.vendor, form.written_for) == ("甲社", "甲社")


def test_a_column_says_its_round() -> None:
    assert heading_of(("answered_on", 2)).ja == "2回目 確認日" and heading_of(("remark", 0)).en == "Remark"
