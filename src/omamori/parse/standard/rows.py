"""One sheet with a known form → the answers of its rows, and what could not be read. A bad row never loses the good ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from omamori.model.answer_sheet import ADDED, ROUNDS, SHOWN, split_key
from omamori.model.look import Problem
from omamori.model.standard import ItemAnswer
from omamori.model.tables import TABLES
from omamori.model.text import Text
from omamori.parse.ledger.cells import BadCell, clean, folded, value_of
from omamori.parse.ledger.rows import MAX_PROBLEMS, place
from omamori.parse.ledger.xlsx import Cell, Sheet
from omamori.parse.standard.layout import Form, Place, heading_of

MAX_ITEMS = 2_000
"""Rows with answers that are read of one sheet; no standard has so many items."""
_LONGEST_ADDED = 200
_TABLE = TABLES["item_answers"]

Value = str | date | None


@dataclass(slots=True)
class Answers:
    """What a sheet gave; an item left empty is a row too. `bad`: columns in which a cell could not be read. `lost`: rows not taken."""

    rows: list[ItemAnswer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bad: set[str] = field(default_factory=set)
    lost: int = 0


def read_answers(sheet: Sheet, form: Form) -> Answers:
    """Read the answers below the headings of `form`; never raises on what stands in a cell."""
    reader = _Reader(sheet, form)
    for number, cells in sheet.rows.items():
        if number >= form.first_row:
            reader.read(number, cells)
    reader.answers.problems = reader.answers.problems[:MAX_PROBLEMS]
    return reader.answers


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the sheet: its number, what it shows, and its cells that were read."""

    row: int
    text: str
    values: Mapping[Place, Value]


class _Reader:
    def __init__(self, sheet: Sheet, form: Form) -> None:
        self.sheet, self.form = sheet, form
        self.answers = Answers()
        self.seen: dict[tuple[str, str], _Line] = {}
        self.by_number = self._numbers()
        self.cut = False

    def _numbers(self) -> Mapping[str, tuple[str, str]]:
        """Return the number each key names and its item; a number that two items have tells neither."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for cells in self.sheet.rows.values():
            key = split_key(clean(cells[self.form.keys].text)) if self.form.keys is not None and self.form.keys in cells else None
            if key is not None and key[2] != ADDED:
                found[folded(key[2])].add((key[0], key[1]))
        return {number: next(iter(items)) for number, items in found.items() if len(items) == 1}

    def tell(self, row: int, words: Text, column: Place | None = None) -> None:
        heading = heading_of(column) if column else None
        en = f' "{heading.en}"' if heading else ""
        ja = f"「{heading.ja}」" if heading else ""
        name = clean(self.sheet.name)
        self.answers.problems.append(Problem(row, f"sheet {name}, row {row}{en}: {words.en}", f"シート「{name}」{row}行目{ja}: {words.ja}"))

    def read(self, number: int, cells: Mapping[int, Cell]) -> None:
        key = clean(cells[self.form.keys].text) if self.form.keys in cells and self.form.keys is not None else ""
        if key == SHOWN:
            return
        filled = {
            self.form.columns[at]: cell for at, cell in cells.items() if at in self.form.columns and (cell.text.strip() or cell.formula)
        }
        if len(self.seen) >= MAX_ITEMS and filled:
            self._tell_cut(number)
            return
        whose = self._item(number, key, cells, bool(filled))
        if whose is None:
            return
        line = _Line(
            number, self._shown(self.form.text, cells), {column: self._value(number, column, cell) for column, cell in filled.items()}
        )
        self._take(whose, line)

    def _item(self, number: int, key: str, cells: Mapping[int, Cell], filled: bool) -> tuple[str, str] | None:
        """Return (standard, item) of a row; None where it is no item."""
        shown, text = self._shown(self.form.number, cells), self._shown(self.form.text, cells)
        known = split_key(key)
        if known is not None:
            return self._in_its_place(number, known, shown)
        if self.form.keys is None and shown and (filled or text):
            # The hidden keys are gone: 2-⑥ and 2-(6) fold to 2-6, which is how items are called.
            return self.form.standard, folded(shown).replace("(", "").replace(")", "")
        return self._added(number, text or shown, filled)

    def _in_its_place(self, number: int, key: tuple[str, str, str], shown: str) -> tuple[str, str]:
        """Return what a key says, unless the row shows the number of another item: then it was moved without its hidden column."""
        standard, item, own = key
        other = self.by_number.get(folded(shown))
        if other is None or folded(shown) == folded(own):
            return standard, item
        self.tell(
            number,
            Text(
                f"並べ替えで見えない列とずれています。見えている番号「{shown[:20]}」の回答として取り込みました",
                f"moved without its hidden column: taken as the answer to the number shown, {shown[:20]!r}",
            ),
        )
        return other

    def _added(self, number: int, name: str, filled: bool) -> tuple[str, str] | None:
        if filled and name and self.form.standard:
            self._tell_added(number)
            return self.form.standard, ADDED + name[:_LONGEST_ADDED]
        if filled:
            self.answers.lost += 1
            words = (
                "どの項目への回答か分かりません。番号と項目を書いてください",
                "which item it answers cannot be told; write its number and text",
            )
            self.tell(number, Text(*words))
        elif name and self.form.keys is not None:
            words = (
                "この行は版の項目ではなく、回答もないため使いませんでした",
                "no item of the edition and no answer, so the row was not used",
            )
            self.tell(number, Text(*words))
        return None

    def _tell_added(self, number: int) -> None:
        self.tell(
            number,
            Text(
                "版にない項目です。手で足した項目として取り込みました。判定はされません",
                "not an item of the edition: taken in as added by hand, and not judged",
            ),
        )

    def _shown(self, column: int | None, cells: Mapping[int, Cell]) -> str:
        return clean(cells[column].text) if column is not None and column in cells else ""

    def _value(self, row: int, column: Place, cell: Cell) -> Value:
        try:
            value: Value = value_of(_TABLE.column(column[0]), cell)
        except BadCell as error:
            self.answers.bad.add(column[0])
            self.tell(row, error.expected, column)
            return None
        return value

    def _take(self, whose: tuple[str, str], line: _Line) -> None:
        earlier = self.seen.get(whose)
        if earlier is not None:
            whose = self._again(whose, earlier, line)
            if whose in self.seen:
                return
        self.seen[whose] = line
        where = place(self.sheet, line.row)
        for values in _by_round(line.values) or ({},):
            self.answers.rows.append(ItemAnswer(standard=whose[0], item=whose[1], vendor=self.form.vendor, evidence=where, **values))

    def _again(self, whose: tuple[str, str], earlier: _Line, line: _Line) -> tuple[str, str]:
        """Return the item of a row whose key stood before: copied with its text it says nothing new, with another text it was added."""
        if line.text and line.text != earlier.text and line.values:
            self._tell_added(line.row)
            return whose[0], ADDED + line.text[:_LONGEST_ADDED]
        if line.values and line.values != earlier.values:
            self.answers.lost += 1
            self.tell(
                line.row,
                Text(
                    f"{earlier.row}行目と同じ項目です。{earlier.row}行目の回答を使いました。どちらかの行を消してください",
                    f"the same item as row {earlier.row}, whose answer counts; delete one of the rows",
                ),
            )
        return whose

    def _tell_cut(self, number: int) -> None:
        if not self.cut:
            self.cut = True
            self.answers.lost += 1
            words = Text(f"{MAX_ITEMS}行を超えたため、ここから先は読みませんでした", f"more than {MAX_ITEMS} rows: not read from here on")
            self.tell(number, words)


def _by_round(values: Mapping[Place, Value]) -> list[dict[str, Any]]:
    """Return the columns of each round in which something stands; what an item has once goes to the round it belongs to."""
    rounds: dict[int, dict[str, Any]] = {number: {} for number in ROUNDS}
    once: dict[str, Value] = {}
    for (name, number), value in values.items():
        if value is None:
            continue
        if number:
            rounds[number][name] = value
        else:
            once[name] = value
    newest = max((number for number, said in rounds.items() if said), default=1)
    refused = [number for number, said in rounds.items() if said.get("answer") == "no"]
    for name, value in once.items():
        for number in refused if name == "target_date" and refused else [newest]:
            rounds[number][name] = value
    return [{**said, "round": number} for number, said in rounds.items() if said]
