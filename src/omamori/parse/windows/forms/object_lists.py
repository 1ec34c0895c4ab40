"""What forms of object lists (PowerShell, wmic, CSV, JSON) have in common: the machine's name, values cut by the console."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from omamori.model.look import Problem
from omamori.parse.windows.form import Piece
from omamori.parse.windows.records import Record, Records, read_records

_COMPUTER = ("Node", "SystemName", "CSName", "PSComputerName", "MachineName", "__SERVER")
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}", re.ASCII)
_CUT = ("...", "\u2026")


def listed(piece: Piece) -> Records:
    """Return the list of objects that a piece holds; an empty one with a problem where it holds none."""
    first = piece.lines[0].number if piece.lines else 0
    found = read_records(piece.lines)
    if found is None:
        expected = Problem(first, "a list of objects with their property names", "プロパティ名の付いた一覧")
        return Records("none", frozenset(), (), (expected,), 0)
    first_names, last_names = (set(found.rows[place].values) for place in (0, -1)) if found.rows else (set[str](), set[str]())
    if found.style in ("list", "wmic-list") and first_names != last_names:
        line = found.rows[-1].line
        expected = Problem(line, "the last object with all its properties", "最後の項目の全プロパティ(途中で切れています)")
        return replace(found, problems=(*found.problems, expected))
    return found


def identifiers(records: Records) -> tuple[str, ...]:
    """Return `name:…` of the machine the objects are of, where all of them name the same one."""
    said = {name.split(".")[0].lower() for row in records.rows if (name := row.get(*_COMPUTER)) and name not in (".", "localhost")}
    name = said.pop() if len(said) == 1 else ""
    return (f"name:{name}",) if _HOST.fullmatch(name) else ()


def was_cut(value: str | None) -> bool:
    """Whether the console cut a value to fit its column."""
    return value is not None and value.endswith(_CUT)


def value(row: Record, *names: str, most: int = 1024) -> str | None:
    """Return the first of the named properties that has a whole value, at most `most` letters of it."""
    found = row.get(*names)
    return None if found is None or was_cut(found) else found[:most]


def cut_names_problem(lines: Iterable[int]) -> Problem | None:
    """Tell how many names the console cut; None when none."""
    cut = list(lines)
    if not cut:
        return None
    return Problem(
        cut[0],
        f"whole names: {len(cut)} were cut to fit the window; add `| Format-List *` or `| Export-Csv`",
        f"途中で切れていない名前({len(cut)}件が画面の幅で切れています。`| Format-List *` か `| Export-Csv` を付けてください)",
    )
