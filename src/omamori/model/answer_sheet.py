"""The words of an answer sheet that writer and reader share: a standard's items, and what a named person answers.

A sheet has a hidden row of column keys, and in a hidden column the key of every row, so that both move with
their cells when somebody reorders, renames or translates what is seen. A hidden row above says whose sheet it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.text import Text
from omamori.model.workbook import KEY_PREFIX

FORMAT = 1
"""Version of the sheet's form; a reader tells of a newer one."""
KEYS = KEY_PREFIX + "item_answers"
"""The first cell of the hidden row of column keys."""
ABOUT = KEY_PREFIX + "sheet"
"""The first cell of the hidden row that says whose sheet it is; the others are `name=value` (`ABOUT_NAMES`)."""
ABOUT_NAMES = ("format", "standard", "role", "vendor")
SHOWN = KEY_PREFIX + "shown"
"""Hidden mark of a row or sheet that is only to be read: a heading, the sheet of evidence."""
ROUNDS = (1, 2, 3)
"""A sheet has room for so many rounds of a fiscal year."""

NUMBER = Text("番号", "No.")
ITEM = Text("項目", "Item")
STANDARD = Text("版", "Edition")
VENDOR = Text("事業者名", "Vendor")

ROUND_COLUMNS: Mapping[str, Text] = MappingProxyType(
    {
        "answer": Text("はい・いいえ", "Yes or no"),
        "answered_on": Text("確認日", "Confirmed on"),
        "answered_by": Text("回答者", "Name"),
    }
)
"""Columns each round has: column of `item_answers` → its heading. Their keys are `answer_1` and so on."""
ITEM_COLUMNS: Mapping[str, Text] = MappingProxyType({"target_date": Text("目標日", "Target date"), "remark": Text("備考", "Remark")})
"""Columns an item has once. A remark belongs to the newest round in which something stands, a target date to every round that
was answered no, else as the remark. Where no round has anything they belong to the first."""


def round_words(number: int) -> Text:
    """Return what a round is called."""
    return Text(f"{number}回目", f"Round {number}")


def row_key(standard: str, item: str, number: str) -> str:
    """Return the hidden key of an item's row, which also names the number shown there: `2-⑥ # 2-6 # checklist/r7-hospital`."""
    return f"{number or ADDED}{_BETWEEN}{item}{_BETWEEN}{standard}"


def split_key(text: str) -> tuple[str, str, str] | None:
    """Return (standard, item, number) of a hidden key; None when it is none."""
    number, found, rest = text.partition(_BETWEEN)
    item, more, standard = rest.rpartition(_BETWEEN)
    return (standard, item, number.strip()) if found and more and item and standard else None


_BETWEEN = " # "


ADDED = "+"
"""The identifier of an item that a person added by hand begins with this; its text follows."""
