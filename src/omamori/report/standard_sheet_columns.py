"""The columns of an answer sheet from left to right, their widths, and how its cells look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from omamori.model.answer_sheet import ITEM, ITEM_COLUMNS, NUMBER, ROUND_COLUMNS, ROUNDS
from omamori.model.text import Text
from omamori.report.standard_sheet_shape import AnswerSheet
from omamori.report.standard_sheet_words import OUTPUT


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the form. `key` stands in the hidden row; of a round, `round` is its number."""

    key: str
    heading: Text
    width: float
    round: int = 0

    @property
    def name(self) -> str:
        """Its column of `item_answers`; empty where it is only shown."""
        return "" if self.key.startswith("_") else self.key.removesuffix(f"_{self.round}")


_WIDTHS = {"answer": 6.0, "answered_on": 10.2, "answered_by": 7.0, "target_date": 10.2, "remark": 11.0}


def form_columns(sheet: AnswerSheet) -> tuple[SheetColumn, ...]:
    """Return the columns from left to right: what is shown, the rounds with the target date behind the first, the remark."""
    left = [
        SheetColumn("_number", NUMBER, 5.5),
        SheetColumn("_text", ITEM, 27),
        SheetColumn("_decision", Text("実測の結論", "What the evidence says"), 10.5),
        SheetColumn("_draft", OUTPUT["draft"], 6),
        SheetColumn("_summary", Text("根拠の要約", "The evidence in short"), 29),
        SheetColumn("_evidence", Text("根拠番号", "Proof"), 5),
    ]
    rounds = [
        [SheetColumn(f"{name}_{number}", heading, _WIDTHS[name], number) for name, heading in ROUND_COLUMNS.items()] for number in ROUNDS
    ]
    target, remark = (SheetColumn(name, heading, _WIDTHS[name]) for name, heading in ITEM_COLUMNS.items())
    # For a fee there is no draft answer: only material.
    shown_ = [column for column in left if column.key != "_draft" or sheet.edition.output == "draft"]
    return (*shown_, *rounds[0], target, *(column for one in rounds[1:] for column in one), remark)


@dataclass(frozen=True, slots=True)
class FormStyles:
    """The cell formats of the form; `decision` has one for each code of `DECISIONS`."""

    title: Format
    said: Format
    lead: Format
    heading: Format
    part: Format
    shown: Format
    middle: Format
    small: Format
    link: Format
    fill: Format
    day: Format
    decision: Mapping[str, Format]


_PAINT = {
    "differs": "#FCE4C4",
    "against": "#FDF1DC",
    "open": "#EEF0F4",
    "answered": "#F7F9FA",
    "agrees": "#E6F2E6",
    "not_needed": "#F7F9FA",
}


def form_styles(book: Workbook) -> FormStyles:
    """Make the cell formats; call once per workbook."""

    def form(**more: Any) -> Format:
        return book.add_format({"font_name": "Yu Gothic", "font_size": 10, "valign": "top", **more})

    line = {"border": 1, "border_color": "#9AA5AE", "text_wrap": True}
    return FormStyles(
        title=form(bold=True, font_size=14, text_wrap=True),
        said=form(bold=True, text_wrap=True, bg_color="#FFF6D6", border=1, border_color="#9AA5AE"),
        lead=form(font_color="#3C4852", text_wrap=True),
        heading=form(bold=True, bg_color="#DCE9F2", align="center", **(line | {"valign": "vcenter"})),
        part=form(bold=True, bg_color="#EEF3F7", **line),
        shown=form(num_format="@", **line),
        middle=form(num_format="@", align="center", **line),
        small=form(font_size=8, font_color="#51606B"),
        link=form(num_format="@", align="center", font_color="#0B5CAD", underline=1, **line),
        fill=form(num_format="@", bg_color="#FFFBEA", **line),
        day=form(num_format="yyyy-mm-dd", bg_color="#FFFBEA", align="center", **line),
        decision={code: form(num_format="@", bold=code == "differs", bg_color=paint, **line) for code, paint in _PAINT.items()},
    )
