"""Reads the examples of a check's header into rows of the model, strictly typed.

Dates of YAML become timestamps where the column is one. A value of another type than its column is
refused with the place: YAML reads `no` as false and `12` as a number, which a text column must not hide.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from omamori.evaluate.check import KEY_SEPARATOR, Case, Examples
from omamori.evaluate.wording import key_part
from omamori.model.schema import Column
from omamori.model.tables import TABLES

_EPOCH = datetime(1970, 1, 1)
_WORDS = ("fails", "unknowns", "passes", "missing", "incomplete")


def read_examples(value: Any, key: tuple[str, ...]) -> tuple[Examples, list[str]]:
    """Return the examples and the problems found in them (empty when all is well)."""
    problems: list[str] = []
    if not isinstance(value, Mapping):
        return Examples(_EPOCH, (), ()), ["expected now:, bad: and good:"]
    for name in value:
        if name not in ("now", "bad", "good"):
            problems.append(f"unknown key {name!r}; the keys are now, bad, good")
    now = _moment(value.get("now"))
    if now is None:
        problems.append("now: expected a date, such as 2026-01-31")
    cases = {kind: _cases(kind, value.get(kind), key, problems) for kind in ("bad", "good")}
    for case in cases["bad"]:
        if not case.fails and not case.unknowns:
            problems.append(f"{case.name}: fails: expected the list of keys that fail")
    for case in cases["good"]:
        if case.fails:
            problems.append(f"{case.name}: fails: a good example has none; take it away")
    return Examples(now or _EPOCH, cases["bad"], cases["good"]), problems


def _cases(kind: str, value: Any, key: tuple[str, ...], problems: list[str]) -> tuple[Case, ...]:
    listed = value if isinstance(value, list) else [value]
    cases = []
    for number, item in enumerate(listed, 1):
        name = kind if len(listed) == 1 else f"{kind} {number}"
        if not isinstance(item, Mapping):
            problems.append(f"{name}: expected tables with rows")
            continue
        cases.append(_case(name, item, key, problems))
    return tuple(cases)


def _case(name: str, item: Mapping[str, Any], key: tuple[str, ...], problems: list[str]) -> Case:
    rows: list[Any] = []
    for table, listed in item.items():
        if table in _WORDS:
            continue
        if table not in TABLES or TABLES[table].group == "always":
            problems.append(f"{name}: {table}: no such table; see docs/generated/tables.md")
            continue
        if not isinstance(listed, list):
            problems.append(f"{name}: {table}: expected a list of rows")
            continue
        for number, values in enumerate(listed, 1):
            row = _row(f"{name}: {table} row {number}", table, values, number, problems)
            if row is not None:
                rows.append(row)
    unknowns = _list(name, "unknowns", item, problems)
    return Case(
        name=name,
        line=0,
        rows=tuple(rows),
        fails=tuple(_key_text(entry, key, name, problems) for entry in _list(name, "fails", item, problems) or ()),
        unknowns=None if unknowns is None else tuple(_key_text(e, key, name, problems) for e in unknowns if isinstance(e, list)),
        unknown_subjects=None if unknowns is None else tuple(key_part(entry) for entry in unknowns if not isinstance(entry, list)),
        passes=_passes(name, item, problems),
        missing=_looks(name, "missing", item, problems),
        incomplete=_looks(name, "incomplete", item, problems),
    )


def _list(name: str, word: str, item: Mapping[str, Any], problems: list[str]) -> list[Any] | None:
    value = item.get(word)
    if value is None or isinstance(value, list):
        return value
    problems.append(f"{name}: {word}: expected a list")
    return None


def _passes(name: str, item: Mapping[str, Any], problems: list[str]) -> tuple[str, ...] | None:
    listed = _list(name, "passes", item, problems)
    return None if listed is None else tuple(key_part(entry) for entry in listed)


def _key_text(entry: Any, key: tuple[str, ...], name: str, problems: list[str]) -> str:
    parts = entry if isinstance(entry, list) else [entry]
    if len(parts) != len(key):
        problems.append(f"{name}: {entry!r}: expected {len(key)} values, as in key: [{', '.join(key)}]")
    return KEY_SEPARATOR.join(key_part(part) for part in parts)


def _looks(name: str, word: str, item: Mapping[str, Any], problems: list[str]) -> Mapping[str, tuple[str, ...]]:
    value = item.get(word, {})
    pairs = dict.fromkeys(value, ()) if isinstance(value, list) else value
    result: dict[str, tuple[str, ...]] = {}
    if not isinstance(pairs, Mapping):
        problems.append(f"{name}: {word}: expected tables")
        return MappingProxyType(result)
    for table, listed in pairs.items():
        names = tuple(str(entry) for entry in listed) if isinstance(listed, list | tuple) else ()
        if table not in TABLES:
            problems.append(f"{name}: {word}: no such table {table}")
        elif word == "missing":
            known = {column.name for column in TABLES[table].columns}
            problems.extend(f"{name}: missing: {table} has no column {column}" for column in names if column not in known)
        result[str(table)] = names
    return MappingProxyType(result)


def _row(place: str, table: str, values: Any, number: int, problems: list[str]) -> Any:
    described = TABLES[table]
    if not isinstance(values, Mapping):
        problems.append(f"{place}: expected {{column: value}}")
        return None
    known = {column.name: column for column in described.columns}
    # Every row has an evidence, so that the proof can ask whether a finding shows it.
    changes: dict[str, Any] = {"evidence": f"{table}:{number}"}
    for name, value in values.items():
        if name not in known:
            problems.append(f"{place}: no column {name}; the columns are {', '.join(known)}")
            continue
        try:
            changes[str(name)] = _typed(known[str(name)], value)
        except ValueError as error:
            problems.append(f"{place}: {name}: {error}")
    return described.row(**changes)


def _typed(column: Column, value: Any) -> Any:
    """Return the value in the column's type; ValueError says what was expected."""
    if value is None:
        if not column.nullable:
            raise ValueError("this column is never NULL; give a value or leave it out")
        return None
    kind = column.type
    if kind in ("timestamp", "date"):
        moment = _moment(value)
        if moment is None:
            raise ValueError(f"expected a date such as 2026-01-31, not {value!r}")
        return moment if kind == "timestamp" else moment.date()
    expected = {"varchar": str, "bigint": int, "boolean": bool, "double": float}[kind]
    if kind == "double" and type(value) is int:
        return float(value)
    if type(value) is not expected:
        hint = "; write it in quotes (YAML reads yes, no, on, off and numbers as something else)" if kind == "varchar" else ""
        raise ValueError(f"expected {kind}, not {value!r}{hint}")
    return value


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value).replace(tzinfo=None)
        except ValueError:
            return None
    return None
