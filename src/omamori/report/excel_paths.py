"""The sheets of an intruder's ways: one row a step, and the changes that take steps away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlsxwriter.workbook import Workbook

from omamori.model.text import Language, Text
from omamori.report.excel_sheet import Head, SheetNames, Styles, write_sheet
from omamori.report.facts import YES
from omamori.report.labels import LABELS
from omamori.report.ways import Ways
from omamori.report.words import COST

PATHS, CHANGES = Text("侵入の経路", "Paths of an intruder"), Text("経路を断つ変更", "Changes that cut ways")
_PATH = (
    Head(Text("入口", "Way in"), 26),
    Head(Text("種類", "Kind"), 16),
    Head(Text("着く機器", "Leads to"), 22),
    Head(Text("その機器は", "Which is"), 18),
    Head(Text("経路は確か", "Way certain"), 10),
    Head(Text("歩", "Step"), 6),
    Head(Text("進み方", "What it is"), 60),
    Head(Text("この一歩は確か", "Step certain"), 10),
    Head(Text("断つ変更", "Taken away by"), 46),
    Head(LABELS["evidence"], 40),
    Head(Text("根拠の場所", "Where the evidence is"), 34),
)
_CHANGE = (
    Head(Text("順番", "Order"), 8),
    Head(Text("変更", "Change"), 60),
    Head(LABELS["cost"], 14),
    Head(Text("相談先", "Whom to ask"), 20),
    Head(Text("これだけで断てる経路", "Ways it cuts by itself"), 14),
    Head(Text("omamori paths --without に書く名前", "Name for omamori paths --without"), 40),
)


def write_paths(book: Workbook, ways: Ways, names: SheetNames, language: Language, forms: Styles) -> None:
    """Add both sheets where there are ways."""
    if any(entry.paths for entry in ways.entries):
        write_sheet(book, names.name(PATHS.say(language)), _PATH, _steps(ways), language, forms)
    if ways.changes:
        write_sheet(book, names.name(CHANGES.say(language)), _CHANGE, _changes(ways), language, forms)


def _steps(ways: Ways) -> Iterator[list[Any]]:
    changes = {one.change: one.told for one in ways.changes}
    for entry in ways.entries:
        for path in entry.paths:
            for number, step in enumerate(path.steps, 1):
                line = step.evidence
                yield [
                    entry.entry,
                    entry.kind_label,
                    path.asset,
                    path.jewel_label,
                    YES[path.certain],
                    number,
                    step.told,
                    YES[step.certain],
                    changes.get(step.change, step.change),
                    line.text if line else "",
                    " › ".join(str(part) for part in (line.origin, line.kind, line.command, line.line) if part) if line else "",
                ]


def _changes(ways: Ways) -> Iterator[list[Any]]:
    for one in ways.changes:
        who = LABELS["site_own"] if one.who in ("", "hospital") else one.who
        yield [one.rank, one.told, COST.get(one.cost, one.cost), who, one.cuts, one.change]
