"""Reads a workbook (.xlsx) into cells, in memory and with limits. Formulas are never computed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from omamori.model.text import Text
from omamori.parse.interface import EvidenceError
from omamori.parse.ledger.container import read_parts
from omamori.parse.ledger.markup import MarkupError, walk
from omamori.parse.ledger.styles import date_of_serial, date_styles

MAX_CELLS = 600_000
MAX_MERGED = 20_000
_WANTED = re.compile(r"xl/(_rels/workbook\.xml\.rels|workbook\.xml|sharedStrings\.xml|styles\.xml|worksheets/[^/]+\.xml)", re.IGNORECASE)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, its number and its day where it has them. A formula counts with its stored value."""

    text: str
    number: float | None = None
    day: date | None = None
    formula: bool = False
    error: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: row number → column number (both from 1) → cell. `broken` says why it could not be read to its end."""

    name: str
    hidden: bool
    rows: Mapping[int, Mapping[int, Cell]]
    broken: str = ""


@dataclass(slots=True)
class _Book:
    strings: list[str]
    dates: frozenset[int]
    since_1904: bool = False
    listed: list[tuple[str, bool, str]] = field(default_factory=list)
    cells_left: int = MAX_CELLS


def read_workbook(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook in their order.

    In: the bytes of an .xlsx or .xlsm (macros are not looked at). Raises EvidenceError when nothing
    can be read; a damaged sheet comes back with `broken` set and what was whole in it.
    """
    parts = {name.lower(): part for name, part in read_parts(data, lambda name: bool(_WANTED.fullmatch(name))).items()}
    try:
        book = _Book(_shared_strings(_part(parts, "xl/sharedstrings.xml")), date_styles(_part(parts, "xl/styles.xml")))
        targets = _targets(_part(parts, "xl/_rels/workbook.xml.rels"))
        _read_list(_part(parts, "xl/workbook.xml"), book)
    except MarkupError as error:
        raise EvidenceError(
            Text(
                "ブックが壊れています。Excel か LibreOffice で開いて保存し直してください",
                f"the workbook is damaged ({error}); open it in Excel or LibreOffice and save it again",
            )
        ) from error
    sheets = []
    for name, hidden, relation in book.listed:
        content = parts.get(targets.get(relation, "").lower())
        sheets.append(_read_sheet(name, hidden, content, book))
    if not sheets:
        raise EvidenceError(Text("シートがありません。Excel ブックを選んでください", "the file holds no sheets; choose an Excel workbook"))
    return tuple(sheets)


_EMPTY = b"<empty/>"


def _part(parts: Mapping[str, bytes | None], name: str) -> bytes:
    part = parts.get(name, _EMPTY)
    if part is None:
        raise MarkupError(f"{name} cannot be unpacked")
    return part


def _shared_strings(data: bytes) -> list[str]:
    strings: list[str] = []
    state = {"t": 0, "ruby": 0}

    def start(name: str, _: Mapping[str, str]) -> None:
        if name == "si":
            strings.append("")
        elif name == "rPh":  # the reading of the characters (furigana) is not the text
            state["ruby"] += 1
        elif name == "t":
            state["t"] += 1

    def end(name: str) -> None:
        if name == "rPh":
            state["ruby"] -= 1
        elif name == "t":
            state["t"] -= 1

    def text(words: str) -> None:
        if state["t"] and not state["ruby"] and strings:
            strings[-1] += words

    walk(data, start, end, text)
    return [_unescape(words) for words in strings]


def _targets(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        target = attributes.get("Target", "")
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            found[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    walk(data, start, lambda _: None, lambda _: None)
    return found


def _read_list(data: bytes, book: _Book) -> None:
    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            book.since_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            book.listed.append((attributes.get("name", "")[:64], hidden, attributes.get("id", "")))

    walk(data, start, lambda _: None, lambda _: None)


class _SheetReader:
    """Collects the cells of one sheet while its XML goes by."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.row = self.column = 0
        self.attributes: Mapping[str, str] = {}
        self.words: dict[str, str] = {}
        self.inside: list[str] = []
        self.formula = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.inside.append(name)
        if name == "row":
            given = attributes.get("r", "")
            self.row = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else self.row + 1
            self.column = 0
        elif name == "c":
            place = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.column = _column_number(place[1]) if place else self.column + 1
            self.attributes, self.words, self.formula = attributes, {}, False
        elif name == "f":
            self.formula = True
        elif name == "mergeCell":
            area = [_REFERENCE.fullmatch(end) for end in attributes.get("ref", "").split(":")]
            if len(area) == 2 and area[0] and area[1]:
                self.merged.append((int(area[0][2]), _column_number(area[0][1]), int(area[1][2]), _column_number(area[1][1])))

    def text(self, words: str) -> None:
        if self.inside and self.inside[-1] in ("v", "t") and "rPh" not in self.inside[-3:]:
            self.words[self.inside[-1]] = self.words.get(self.inside[-1], "") + words

    def end(self, name: str) -> None:
        self.inside.pop()
        if name != "c" or not (self.words or self.formula):
            return
        self.book.cells_left -= 1
        if self.book.cells_left < 0:
            raise MarkupError(f"more than {MAX_CELLS} cells")
        self.rows.setdefault(self.row, {})[self.column] = self._cell()

    def _cell(self) -> Cell:
        kind, value = self.attributes.get("t", "n"), self.words.get("v", "")
        if kind == "s":
            known = value.isascii() and value.isdigit() and len(value) < 9 and int(value) < len(self.book.strings)
            return Cell(self.book.strings[int(value)], formula=self.formula) if known else Cell("", error=True)
        if kind == "inlineStr":
            return Cell(_unescape(self.words.get("t", "")), formula=self.formula)
        if kind == "b":
            return Cell("yes" if value == "1" else "no", formula=self.formula)
        if kind == "e":
            return Cell(value, formula=self.formula, error=True)
        if kind == "n" and value:
            return self._numeric(value)
        return Cell(_unescape(value), formula=self.formula)

    def _numeric(self, value: str) -> Cell:
        try:
            number = float(value)
        except ValueError:
            return Cell(value, formula=self.formula, error=True)
        if not math.isfinite(number):
            return Cell(value, formula=self.formula, error=True)
        style = self.attributes.get("s", "")
        words = str(int(number)) if number.is_integer() else repr(number)
        if style.isascii() and style.isdigit() and len(style) < 7 and int(style) in self.book.dates:
            day = date_of_serial(number, since_1904=self.book.since_1904)
            return Cell(day.isoformat() if day else words, number, day, self.formula)
        # A bare number in a workbook that counts from 1904 may mean either day: it is left to the person.
        return Cell(words, number, None if self.book.since_1904 else date_of_serial(number, since_1904=False), self.formula)

    def spread(self) -> None:
        """Give every cell of a merged area the value of its first: people merge what is the same."""
        left = MAX_MERGED
        for top, first, bottom, last in self.merged:
            origin = self.rows.get(top, {}).get(first)
            left -= max(0, bottom - top + 1) * max(0, last - first + 1)
            if origin is None or left < 0:
                continue
            for row in range(top, bottom + 1):
                for column in range(first, last + 1):
                    self.rows.setdefault(row, {}).setdefault(column, origin)


def _read_sheet(name: str, hidden: bool, content: bytes | None, book: _Book) -> Sheet:
    reader = _SheetReader(book)
    broken = ""
    if content is None:
        broken = "the sheet cannot be unpacked"
    else:
        try:
            walk(content, reader.start, reader.end, reader.text)
        except MarkupError as error:
            broken = str(error)
    reader.spread()
    return Sheet(name, hidden, {row: dict(sorted(cells.items())) for row, cells in sorted(reader.rows.items())}, broken)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _unescape(words: str) -> str:
    """Undo Excel's `_x000D_` for control characters."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words) if "_x" in words else words
