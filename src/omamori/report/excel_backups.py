"""The sheets of backups: one row a copy, with what becomes of it, how it is cut off, and whether it came back; and the ways to cut one off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlsxwriter.workbook import Workbook

from omamori.model.text import Language, Text
from omamori.report.backups import Backups, Copy
from omamori.report.backups_words import BACKUP_WORDS as B
from omamori.report.excel_sheet import Head, SheetNames, Styles, write_sheet
from omamori.report.facts import YES
from omamori.report.labels import LABELS
from omamori.report.words import COST

TITLE = Text("バックアップの控え", "Copies of backups")
METHODS = Text("控えを離す方法", "Ways to cut a copy off")
_WAY = (
    Head(Text("方法", "Way"), 26),
    Head(LABELS["cost"], 12),
    Head(B["here"], 12),
    Head(B["held"], 12),
    Head(Text("やり方", "How"), 60),
    Head(B["start"], 50),
    Head(B["weakness"], 70),
    Head(B["shows"], 50),
)
_HEADS = (
    Head(LABELS["machine"], 22),
    Head(LABELS["important"], 10),
    Head(B["copy"], 24),
    Head(Text("台帳にある", "In the ledger"), 9),
    Head(Text("見えた", "Seen"), 9),
    Head(B["medium"], 16),
    Head(B["where"], 22),
    Head(B["seen_of"], 9),
    Head(Text("世代数の出所", "Generations as"), 11),
    Head(B["newest"], 12),
    Head(B["offline"], 40),
    Head(Text("どこから届くか", "Reached by"), 34),
    Head(B["deleters"], 26),
    Head(Text("管理者のアカウント", "Accounts of administrators"), 34),
    Head(B["read_since"], 14),
    Head(B["damage"], 10),
    Head(B["traces"], 10),
    Head(B["restored"], 12),
    Head(Text("復元の根拠", "Restore as"), 24),
    Head(Text("比べたもの", "Compared with"), 26),
    Head(Text("全体を戻す時間(見込み)", "Hours for the whole, projected"), 12),
    Head(B["fate"], 14),
    Head(Text("理由", "Why"), 50),
    Head(Text("この機器には", "Of this machine"), 26),
    Head(LABELS["evidence"], 40),
    Head(Text("根拠の場所", "Where the evidence is"), 34),
)


def write_backups(book: Workbook, backups: Backups, names: SheetNames, language: Language, forms: Styles) -> None:
    """Add the sheets where anything is known of backups."""
    if backups.chains:
        write_sheet(book, names.name(TITLE.say(language)), _HEADS, _rows(backups), language, forms)
        write_sheet(book, names.name(METHODS.say(language)), _WAY, _methods(backups, language), language, forms)


def _rows(backups: Backups) -> Iterator[list[Any]]:
    for chain in backups.chains:
        for copy in chain.copies:
            yield [chain.asset, YES[chain.important], *_copy(copy), chain.end_label, *_evidence(copy)]
        if not chain.copies:
            yield [chain.asset, YES[chain.important], *[None] * (len(_HEADS) - 5), chain.end_label, None, None]


def _copy(copy: Copy) -> list[Any]:
    seen = None if copy.generations is None else B["seen" if copy.generations_seen else "not_seen"]
    restored = None if copy.restored is None else B["proven_on"] if copy.restored_proven else B["declared_test"]
    return [
        copy.name,
        YES[copy.declared],
        YES[copy.observed],
        copy.medium,
        copy.where,
        copy.generations,
        seen,
        copy.newest,
        copy.offline_words,
        copy.reached_by,
        B["nobody"] if copy.deleters == "" else copy.deleters,
        copy.keys_told,
        copy.read_since,
        None if copy.damaged is None else YES[copy.damaged],
        copy.traces,
        copy.restored,
        restored,
        copy.compared,
        None if copy.hours is None else f"{copy.hours:.3g}",
        copy.fate_label,
        copy.why,
    ]


def _methods(backups: Backups, language: Language) -> Iterator[list[Any]]:
    for one in backups.methods:
        weak = "\n".join(text.say(language) for text in one.way.weak)
        yield [one.way.name, COST[one.way.cost], YES[one.here], one.held, one.way.how, one.way.owned, weak, one.way.shown]


def _evidence(copy: Copy) -> list[Any]:
    line = copy.evidence
    if line is None:
        return [None, None]
    return [line.text, " › ".join(str(part) for part in (line.origin, line.kind, line.command, line.line) if part)]
