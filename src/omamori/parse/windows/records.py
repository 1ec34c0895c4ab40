"""Lists of objects: PowerShell's tables and lists, wmic's table, list and CSV forms, CSV and JSON files.

Property names are the same in every language, so what stands in such lists is read by name.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from omamori.model.look import Problem
from omamori.parse.windows.columns import cut, spans
from omamori.parse.windows.form import Line

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_DASHES = re.compile(r" *-+(?: +-+)*\s*")
_PAIR = re.compile(rf"({_NAME})\s*: ?(.*)")
_EQUAL = re.compile(rf"({_NAME})=(.*)")
_CSV_HEAD = re.compile(rf'"{_NAME}"(?:,"{_NAME}")*|{_NAME}(?:,{_NAME})+')
_WMIC_HEAD = re.compile(rf"{_NAME}(?: {{2,}}{_NAME})* *")
_TYPE = re.compile(r"#TYPE \S+")
_CUT_OFF = ("...", "\u2026")
_DATE = re.compile(r"/Date\((-?\d{1,17})(?:[+-]\d{4})?\)/")
_MAX_JSON = 8 * 1024 * 1024
_MAX_VALUE = 8192
_WINDOW = 4000
"""Rows cut together: a table of fixed columns is cut where all of them are blank."""


@dataclass(frozen=True, slots=True)
class Record:
    """One object: property → value as printed (empty: none), the line it begins at, and each property's own line in a list."""

    line: int
    values: Mapping[str, str]
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, *names: str) -> str:
        """Return the line of the first of the named properties that has one of its own, else the object's."""
        return str(next((self.lines[name] for name in names if name in self.lines), self.line))

    def get(self, *names: str) -> str | None:
        """Return the first of the named properties that has a value, else None."""
        return next((self.values[name] for name in names if self.values.get(name)), None)


@dataclass(frozen=True, slots=True)
class Records:
    """A list of objects: its property names, the objects, what was not understood, and how many lines it took.

    `cut` is True where a value was cut by the console (`…`): the property's name stands in `cut_names`.
    """

    style: str
    names: frozenset[str]
    rows: tuple[Record, ...]
    problems: tuple[Problem, ...]
    length: int
    cut_names: frozenset[str] = frozenset()


def may_begin(first: str, second: str) -> bool:
    """Whether a list of objects can begin with these two lines: a quick look, so that long texts are not copied line by line."""
    word = first.strip()
    if word[:1] in ("[", "{"):
        return word[:2] in ("[", "{", "[{", "[]", "{}", '["', '{"') or word[1:].lstrip()[:1] in ("[", "{", '"', "]", "}")
    if _DASHES.fullmatch(second) and second.strip():
        return True
    return any(pattern.fullmatch(text) for pattern, text in ((_CSV_HEAD, word), (_EQUAL, word), (_PAIR, first), (_WMIC_HEAD, first))) or (
        _TYPE.match(word) is not None
    )


def heading_names(first: str, second: str) -> frozenset[str] | None:
    """Return the property names that a heading tells of a table or CSV; None where only the objects tell them, or none begins here."""
    word = first.strip()
    if _TYPE.match(word):
        return frozenset(name.strip().strip('"') for name in second.split(","))
    if _CSV_HEAD.fullmatch(word):
        return frozenset(name.strip('"') for name in word.split(","))
    blocks = word[:1] in ("[", "{") or _EQUAL.fullmatch(word) or _PAIR.fullmatch(first)
    return None if blocks else frozenset(word.split())


def read_records(lines: Sequence[Line]) -> Records | None:
    """Read the list of objects that begins at the first line; None when none begins there."""
    if not lines:
        return None
    first = lines[0].text.strip()
    if first[:1] in ("[", "{"):
        return _json(lines)
    if _TYPE.match(first) or _CSV_HEAD.fullmatch(first):
        return _csv(lines)
    if len(lines) > 1 and _DASHES.fullmatch(lines[1].text) and lines[1].text.strip() and _names(first):
        return _table(lines)
    if _EQUAL.fullmatch(first):
        return _blocks(lines, _EQUAL, "wmic-list")
    if _PAIR.fullmatch(lines[0].text):
        return _blocks(lines, _PAIR, "list")
    if _WMIC_HEAD.fullmatch(lines[0].text) and len(spans(lines[0].text)) > 1:
        return _wmic_table(lines)
    return None


def _names(text: str) -> list[str] | None:
    words = text.split()
    return words if words and all(re.fullmatch(r"[A-Za-z_][\w.()/%-]*", word) for word in words) else None


def _made(style: str, names: Sequence[str], rows: list[tuple[int, dict[str, str]]], problems: list[Problem], length: int) -> Records:
    cut_names = {name for _, values in rows for name, value in values.items() if value.endswith(_CUT_OFF)}
    records = tuple(Record(line, MappingProxyType({name: value[:_MAX_VALUE] for name, value in values.items()})) for line, values in rows)
    return Records(style, frozenset(names), records, tuple(problems[:50]), length, frozenset(cut_names))


def _table(lines: Sequence[Line]) -> Records:
    """PowerShell's Format-Table: headings, dashes, rows up to the next empty line."""
    names = lines[0].text.split()
    marks = spans(lines[1].text)
    if len(names) != len(marks):
        return _made("table", (), [], [Problem(lines[1].number, "as many dashes as headings")], 2)
    end = 2
    while end < len(lines) and lines[end].text.strip():
        end += 1
    body = lines[2:end]
    rows, problems = [], []
    for start in range(0, len(body), _WINDOW):
        some = body[start : start + _WINDOW]
        for line, values in zip(some, cut([line.text.rstrip() for line in some], marks), strict=True):
            if " ".join(values).split() == line.text.split():
                rows.append((line.number, dict(zip(names, values, strict=True))))
            else:  # A cut through a word: nothing of this line is certain.
                problems.append(Problem(line.number, "columns below their headings"))
    return _made("table", names, rows, problems, end)


def _wmic_table(lines: Sequence[Line]) -> Records:
    """A table of wmic: headings without dashes, every column two blanks wider than its longest value."""
    names = lines[0].text.split()
    marks = spans(lines[0].text)
    end, blank = 1, 0
    # wmic ends its lines twice where it writes into a file, so every second line is empty.
    while end < len(lines) and blank < 2:
        blank = 0 if lines[end].text.strip() else blank + 1
        end += 1
    body = [line for line in lines[1:end] if line.text.strip()]
    bounds = [start for start, _ in marks]
    rows, problems = [], []
    for line in body:
        text = line.text
        if any(text[place - 1 : place].strip() for place in bounds[1:]):
            values = cut([text], marks)[0]
            problems.append(Problem(line.number, "columns below their headings"))
        else:
            values = [text[begin:stop].strip() for begin, stop in zip(bounds, [*bounds[1:], len(text)], strict=True)]
        rows.append((line.number, dict(zip(names, values, strict=True))))
    return _made("wmic-table", names, rows, problems, end)


def _blocks(lines: Sequence[Line], pattern: re.Pattern[str], style: str) -> Records:
    """`Name : value` (Format-List) or `Name=value` (wmic), one block per object; a name that comes again begins the next."""
    rows: list[tuple[int, dict[str, str]]] = []
    places: list[dict[str, int]] = []
    names: dict[str, None] = {}
    last, end, gap = "", 0, 0
    for end, line in enumerate(lines, 1):
        text = line.text
        found = pattern.fullmatch(text.rstrip()) if text[:1].strip() else None
        if found:
            # Every object of a list begins with the same name: behind more than one empty line another name is another list.
            if gap > 1 and names and found[1] != next(iter(names)):
                end -= 1
                break
            last, gap = found[1], 0
            if not rows or last in rows[-1][1]:
                rows.append((line.number, {}))
                places.append({})
            rows[-1][1][last] = found[2].strip()
            places[-1][last] = line.number
            names[last] = None
        elif not text.strip():
            gap += 1
        elif text[:1] == " " and rows and last and not gap and pattern is _PAIR:
            rows[-1][1][last] = f"{rows[-1][1][last]}{text.strip()}"[:_MAX_VALUE]
            gap = 0
        else:
            end -= 1
            break
    made = _made(style, list(names), rows, [], end)
    return replace(made, rows=tuple(replace(row, lines=MappingProxyType(own)) for row, own in zip(made.rows, places, strict=True)))


def _csv(lines: Sequence[Line]) -> Records:
    skip = 1 if _TYPE.match(lines[0].text) else 0
    end = skip
    # wmic ends its lines twice where it writes into a file or pipe, so every second line is empty.
    doubled = len(lines) > skip + 2 and not lines[skip + 1].text.strip() and "," in lines[skip + 2].text
    heading = lines[skip].text.rstrip() if len(lines) > skip else ""
    # The same heading again is the next list, written behind this one.
    while (end < len(lines) and (end == skip or lines[end].text.rstrip() != heading)) and (
        "," in lines[end].text
        or lines[end].text.startswith('"')
        or (not lines[end].text.strip() and (end <= skip + 1 or (doubled and "," in lines[end - 1].text)))
    ):
        end += 1
    numbers = {index: line.number for index, line in enumerate(lines[skip:end], 1)}
    reader = csv.reader(line.text for line in lines[skip:end])
    names: list[str] = []
    rows, problems = [], []
    try:
        for values in reader:
            number = numbers.get(reader.line_num, lines[0].number)
            if not values or not any(values):
                continue
            if not names:
                names = values
            elif len(values) != len(names):
                problems.append(Problem(number, f"{len(names)} values, found {len(values)}"))
            else:
                rows.append((number, {name: value.strip() for name, value in zip(names, values, strict=True)}))
    except csv.Error as error:
        problems.append(Problem(numbers.get(reader.line_num, lines[0].number), f"CSV ({error})"))
    return _made("csv", names, rows, problems, end)


def _json(lines: Sequence[Line]) -> Records | None:
    """A JSON document from here on; cut off or not JSON at all: a problem, and no rows."""
    text = "\n".join(line.text for line in lines)
    if len(text) > _MAX_JSON:
        return None
    body = text.lstrip("\ufeff \t")
    try:
        value, end = json.JSONDecoder().raw_decode(body)
    except (ValueError, RecursionError):
        if re.match(r'[\[{]\s*[{"\]}]', body[:400]) is None:
            return None
        names = re.findall(rf'"({_NAME})"\s*:', body[:8000])
        return _made("json", names, [], [Problem(lines[-1].number, "the end of the JSON document: it is cut off or damaged")], len(lines))
    length = body.count("\n", 0, end) + 1
    objects = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
    rows = [(lines[0].number, _flat(one)) for one in objects]
    rows = _with_lines(rows, lines[:length])
    names = list({name: None for _, values in rows for name in values})
    return _made("json", names, rows, [], length) if objects else None


def _with_lines(rows: list[tuple[int, dict[str, str]]], lines: Sequence[Line]) -> list[tuple[int, dict[str, str]]]:
    """Give every object of an indented document the line of its opening brace, where these can be counted."""
    indents = [len(line.text) - len(line.text.lstrip()) for line in lines if line.text.strip() in ("{", "[{", "},{")]
    if not indents:
        return rows
    opening = [
        line.number
        for line in lines
        if line.text.strip() in ("{", "[{", "},{") and len(line.text) - len(line.text.lstrip()) == min(indents)
    ]
    if len(opening) != len(rows):
        return rows
    return [(number, values) for number, (_, values) in zip(opening, rows, strict=True)]


def _flat(value: Mapping[str, Any], depth: int = 0) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, inner in value.items():
        if isinstance(inner, dict) and depth < 3:
            found |= {f"{name}.{key}": text for key, text in _flat(inner, depth + 1).items()}
            # PowerShell writes enumerations and scripted values as objects: the readable part is the value.
            found[name] = _text(inner.get("value", inner.get("Value", inner.get("DateTime", ""))))
        else:
            found[name] = _text(inner)
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, list):
        return ",".join(_text(one) for one in value[:200])
    if isinstance(value, dict):
        return _text(value.get("value", value.get("Value", "")))
    text = str(value)
    found = _DATE.fullmatch(text)
    if found:
        try:
            return datetime.fromtimestamp(int(found[1]) / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except (ValueError, OverflowError, OSError):
            return text
    return text
