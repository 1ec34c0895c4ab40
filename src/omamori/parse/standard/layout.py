"""Finds the answers in a sheet: which column is which, whose sheet it is, which column holds the keys of the rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from omamori.model.answer_sheet import (
    ABOUT,
    ABOUT_NAMES,
    ITEM,
    ITEM_COLUMNS,
    KEYS,
    NUMBER,
    ROUND_COLUMNS,
    ROUNDS,
    STANDARD,
    VENDOR,
    round_words,
)
from omamori.model.text import Text
from omamori.parse.ledger.cells import clean, folded
from omamori.parse.ledger.xlsx import Cell, Sheet

SEARCHED_ROWS = 40
"""The answers begin within this many rows."""
LEAST_HEADINGS = 3
"""A sheet whose hidden keys are gone needs at least so many known headings in one row."""
_STANDARD = re.compile(r"([a-z][a-z-]*/[a-z0-9][a-z0-9.-]*)")
_ROUND = re.compile(r"(?:第?([1-9])回目?|round([1-9]))")

Place = tuple[str, int]
"""A column of `item_answers` and its round; round 0: of the item as a whole."""


@dataclass(frozen=True, slots=True)
class Form:
    """Where the answers stand in a sheet. `number` and `text` are the columns that show the item, `keys` the hidden one.

    `standard` is the sheet's; a row's own key counts before it. `vendor` is who is named on it, empty on the hospital's own
    sheet; `written_for` the vendor it was written for.
    """

    columns: Mapping[int, Place]
    keys: int | None
    number: int | None
    text: int | None
    first_row: int
    standard: str
    role: str
    vendor: str
    written_for: str = ""
    newer: bool = False


def find_form(sheet: Sheet) -> Form | None:
    """Return where the answers stand: by the hidden keys, else by headings in either language; None when there are none."""
    top = {row: cells for row, cells in sheet.rows.items() if row <= SEARCHED_ROWS}
    about = _about(top)
    for row, cells in top.items():
        mark = next((place for place, cell in cells.items() if clean(cell.text) == KEYS), None)
        if mark is not None:
            return _form(about, top, _keyed(cells), mark, _named(cells), row + 1)
    found = [(row, columns) for row, cells in top.items() if (columns := _headed(cells, top.get(row - 1, {})))]
    row, columns = max(found, key=lambda one: len(one[1]), default=(0, {}))
    form = _form(about, top, columns, None, _shown({**top.get(row - 1, {}), **top.get(row, {})}), row + 1)
    return form if len(columns) >= LEAST_HEADINGS and form.standard else None


def _form(
    about: Mapping[str, str],
    top: Mapping[int, Mapping[int, Cell]],
    columns: Mapping[int, Place],
    keys: int | None,
    shown: Mapping[str, int],
    first: int,
) -> Form:
    above = {row: cells for row, cells in top.items() if row < first}
    standard = about.get("standard", "") or _beside(above, STANDARD, _STANDARD)
    role = about.get("role", "") or ("vendor" if standard.endswith("-vendor") else "")
    written_for = about.get("vendor", "") if role == "vendor" else ""
    return Form(
        columns=columns,
        keys=keys,
        number=shown.get("number"),
        text=shown.get("text"),
        first_row=first,
        standard=standard,
        role=role,
        vendor=(_beside(above, VENDOR) or written_for) if role == "vendor" else "",
        written_for=written_for,
        newer=about.get("format", "1") != "1",
    )


def _about(top: Mapping[int, Mapping[int, Cell]]) -> dict[str, str]:
    """Read the hidden row that says whose sheet it is: `name=value` in any order."""
    for cells in top.values():
        words = [clean(cell.text) for cell in cells.values()]
        if ABOUT in words:
            pairs = [word.partition("=") for word in words]
            return {name: value for name, equals, value in pairs if equals and name in ABOUT_NAMES}
    return {}


def _keyed(cells: Mapping[int, Cell]) -> dict[int, Place]:
    known: dict[str, Place] = {f"{name}_{number}": (name, number) for number in ROUNDS for name in ROUND_COLUMNS}
    known |= {name: (name, 0) for name in ITEM_COLUMNS}
    columns: dict[int, Place] = {}
    for number, cell in cells.items():
        place = known.get(clean(cell.text))
        if place is not None and place not in columns.values():
            columns[number] = place
    return columns


def _named(cells: Mapping[int, Cell]) -> dict[str, int]:
    found = {clean(cell.text): number for number, cell in reversed(list(cells.items()))}
    return {name: found[f"_{name}"] for name in ("number", "text") if f"_{name}" in found}


def _headed(cells: Mapping[int, Cell], above: Mapping[int, Cell]) -> dict[int, Place]:
    """Read headings: of a round by the words above it, else the first `はい・いいえ` belongs to round 1, the next to 2."""
    columns: dict[int, Place] = {}
    for number, cell in cells.items():
        heading = folded(cell.text)
        for name, words in ROUND_COLUMNS.items():
            if heading in (folded(words.ja), folded(words.en)):
                told = _ROUND.search(folded(above[number].text)) if number in above else None
                round_ = int(told[1] or told[2]) if told else 1 + sum(place[0] == name for place in columns.values())
                if round_ in ROUNDS and (name, round_) not in columns.values():
                    columns[number] = (name, round_)
    if not columns:
        return columns
    for number, cell in {**above, **cells}.items():  # what an item has once is headed over both rows
        for name, words in ITEM_COLUMNS.items():
            if folded(cell.text) in (folded(words.ja), folded(words.en)) and (name, 0) not in columns.values():
                columns.setdefault(number, (name, 0))
    return columns


def _shown(cells: Mapping[int, Cell]) -> dict[str, int]:
    wanted = {"number": NUMBER, "text": ITEM}
    found = {}
    for name, words in wanted.items():
        place = next((number for number, cell in cells.items() if folded(cell.text) in (folded(words.ja), folded(words.en))), None)
        if place is not None:
            found[name] = place
    return found


def _beside(above: Mapping[int, Mapping[int, Cell]], label: Text, form: re.Pattern[str] | None = None) -> str:
    """Return what stands behind a label above the answers: in its own cell after a colon, or in the cell right of it."""
    for words in _behind(above, label):
        if form is None:
            return words
        if found := form.search(unicodedata.normalize("NFKC", words)):
            return found[1]
    return ""


def _behind(above: Mapping[int, Mapping[int, Cell]], label: Text) -> Iterator[str]:
    labels = (folded(label.ja), folded(label.en))
    for cells in above.values():
        for number, cell in cells.items():
            head, colon, rest = unicodedata.normalize("NFKC", clean(cell.text)).partition(":")
            if folded(head) not in labels:
                continue
            right = (clean(cells[place].text) for place in sorted(cells) if place > number)
            # A merged label is repeated in every cell it covers.
            words = (
                rest.strip()
                if colon and rest.strip()
                else next((word for word in right if word and folded(word.rstrip(":：")) not in labels), "")
            )
            if words:
                yield words


def heading_of(place: Place) -> Text:
    """Return how a column is called: `1回目 確認日`."""
    name, round_ = place
    if not round_:
        return ITEM_COLUMNS[name]
    whose, words = round_words(round_), ROUND_COLUMNS[name]
    return Text(f"{whose.ja} {words.ja}", f"{whose.en}, {words.en}")
