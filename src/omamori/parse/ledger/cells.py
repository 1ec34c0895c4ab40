"""What people type into a cell → what the tables store: words, numbers, days, choices, addresses.

Full-width digits and letters are read like half-width ones. A cell that cannot be read raises `BadCell`,
which says what was expected; it concerns this one cell only.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from omamori.model.schema import Column
from omamori.model.text import Text, Value
from omamori.parse.ledger.addresses import ADDRESS_COLUMNS, AddressError
from omamori.parse.ledger.xlsx import Cell

MAX_TEXT = 4_000
MAX_NUMBER = 10**12
_NOTHING = frozenset(["", "-", "--", "ー", "―", "—", "–", "n/a", "#n/a"])
_YES = frozenset(["yes", "y", "true", "1", "o", "はい", "ハイ", "有", "有り", "あり", "可", "済", "済み"])
_YES |= frozenset(["する", "している", "○", "◯", "〇", "◎", "✓", "✔", "☑"])
_NO = frozenset(["no", "n", "false", "0", "x", "いいえ", "イイエ", "いえ", "無", "無し", "なし", "不可", "未"])
_NO |= frozenset(["未実施", "しない", "していない", "×", "✕", "✖", "✗"])
_UNKNOWN = frozenset(["unknown", "not known", "?", "不明", "分からない", "わからない", "判らない", "未確認", "確認中", "△"])
_NOT_APPLICABLE = frozenset(["対象外", "非該当", "該当なし", "該当せず", "not applicable", "na"])
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_NUMBER = re.compile(r"(?:約|最大)?(-?\d[\d,]*)(?:\.0+)?\s*(?:日|世代|床|名|人|番|台|件|回|days?|beds?|people)?(?:間|毎|ごと|以上)?")
_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
_ERA_DAY = re.compile(r"(令和|平成|昭和|[rhs])\.?\s*(\d{1,2}|元)\s*[年./-]\s*(\d{1,2})\s*(?:[月./-]\s*(?:(\d{1,2})\s*日?)?)?")
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*(?:[月./-]\s*(?:(\d{1,2})\s*日?)?)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME_BEHIND = re.compile(r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?|\s*\([日月火水木金土]\))\s*$")
_SERIALS = range(18_000, 80_000)
"""Serial numbers believed to be a day (1949 to 2119) when the cell is not formatted as one."""


class BadCell(ValueError):
    """A cell that cannot be read: `expected` says what should stand there."""

    def __init__(self, expected: Text) -> None:
        """In: what should stand in the cell, in both languages."""
        super().__init__(expected.en)
        self.expected = expected


def clean(text: str) -> str:
    """Return the text on one line, without control and direction characters, at most `MAX_TEXT` long."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(_CONTROL.sub(" ", whole).split())[:MAX_TEXT]


def folded(text: str) -> str:
    """Return the text for comparing: half-width, lower case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", clean(text)).casefold().split())


def value_of(column: Column, cell: Cell | None) -> Any:
    """Return a cell's value for a column of the model; None for an empty cell. Raises BadCell."""
    if cell is None or (clean(cell.text).casefold() in _NOTHING and not cell.error):
        if cell is not None and cell.formula and not cell.text:
            raise BadCell(Text("式の結果が保存されていません。値を入力してください", "the formula has no stored result; type the value"))
        return None
    if cell.error:
        raise BadCell(
            Text(
                f"「{clean(cell.text)}」は式のエラーです。値を入力してください", f"{clean(cell.text)!r} is a formula error; type the value"
            )
        )
    if column.values:
        return choice(column.values, cell.text)
    if column.type == "date":
        return day(cell)
    if column.type == "bigint":
        return number(cell.text)
    words = clean(cell.text)
    reader = ADDRESS_COLUMNS.get(column.name)
    if reader is None:
        return words
    try:
        return reader(unicodedata.normalize("NFKC", words))
    except AddressError as error:
        raise BadCell(error.expected) from error


def choice(allowed: tuple[Value, ...], text: str) -> str:
    """Return the code of a label in either language. Raises BadCell that lists the labels."""
    typed = folded(text).rstrip("。.")
    for value in allowed:
        if typed in (folded(value.code), folded(value.label.ja), folded(value.label.en)):
            return value.code
    for code, words in _said(allowed):
        if typed in words or clean(text) in words:
            return code
    raise BadCell(
        Text(
            f"「{clean(text)[:60]}」ではなく、次のどれか: " + " / ".join(value.label.ja for value in allowed),
            f"one of {' / '.join(value.label.en for value in allowed)}, not {clean(text)[:60]!r}",
        )
    )


def _said(allowed: tuple[Value, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the other words for the answers of a question: ○ for yes, 未 for no …; none where the list holds other things."""
    codes = {value.code for value in allowed}
    if codes not in ({"yes", "no", "unknown"}, {"yes", "no", "not_applicable"}):
        return ()
    spoken = (("yes", _YES), ("no", _NO), ("unknown", _UNKNOWN), ("not_applicable", _NOT_APPLICABLE))
    return tuple((code, words) for code, words in spoken if code in codes)


def number(text: str) -> int:
    """Return a whole number, with a unit behind it or not. Raises BadCell."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", clean(text)).casefold())
    value = int(found[1].replace(",", "")) if found and len(found[1]) < 20 else None
    if value is None or not 0 <= value <= MAX_NUMBER:
        raise BadCell(Text(f"「{clean(text)[:60]}」ではなく、0以上の整数", f"a whole number of 0 or more, not {clean(text)[:60]!r}"))
    return value


def day(cell: Cell) -> date:
    """Return a day from a date cell or any way a day is written in Japan. Raises BadCell.

    A month without a day counts as its first day: the older, so that nothing looks fresher than it is.
    """
    if cell.day is not None and (cell.number is None or int(cell.number) in _SERIALS):
        return cell.day
    typed = unicodedata.normalize("NFKC", clean(cell.text)).casefold()
    typed = _TIME_BEHIND.sub("", typed).strip()
    found = _read_day(typed)
    if found is None:
        raise BadCell(
            Text(
                f"「{clean(cell.text)[:60]}」ではなく、日付 (例 2026-04-01、令和8年4月1日)",
                f"a date such as 2026-04-01, not {clean(cell.text)[:60]!r}",
            )
        )
    return found


def _read_day(typed: str) -> date | None:
    if era := _ERA_DAY.fullmatch(typed):
        year = _ERAS[era[1]] + (1 if era[2] == "元" else int(era[2]))
        return _date(year, era[3], era[4])
    if plain := _DAY.fullmatch(typed) or _COMPACT_DAY.fullmatch(typed):
        return _date(int(plain[1]), plain[2], plain[3])
    return None


def _date(year: int, month: str, day_of_month: str | None) -> date | None:
    try:
        found = date(year, int(month), int(day_of_month or 1))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None
