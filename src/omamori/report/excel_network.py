"""The sheet of the workbook that tells what changed on the network, with the evidence of both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlsxwriter.workbook import Workbook

from omamori.model.text import Language, Text
from omamori.report.evidence_line import EvidenceLine
from omamori.report.excel_sheet import Head, SheetNames, Styles, write_sheet
from omamori.report.labels import LABELS
from omamori.report.network_news import NetworkNews
from omamori.report.network_words import KIND, NO_ZONE

SHEET = Text("ネットワークの変化", "Network changes")
_HEADS = (
    Head(Text("ゾーン", "Zone"), 18),
    Head(Text("変化", "Change"), 22),
    Head(LABELS["machine"], 22),
    Head(Text("ポート・アドレス", "Port or address"), 18),
    Head(LABELS["news_before"], 26),
    Head(LABELS["news_after"], 26),
    Head(Text("内容", "What"), 60),
    Head(Text("根拠(前)", "Evidence before"), 44),
    Head(Text("根拠(今)", "Evidence now"), 44),
)


def write_network(book: Workbook, news: NetworkNews | None, names: SheetNames, language: Language, forms: Styles) -> None:
    """Add the sheet; without an earlier snapshot there is none."""
    if news is not None:
        write_sheet(book, names.name(SHEET.say(language)), _HEADS, _rows(news), language, forms)


def _rows(news: NetworkNews) -> Iterator[Sequence[Any]]:
    for zone in news.zones:
        for line in zone.lines:
            one = line.change
            yield (
                zone.zone or NO_ZONE,
                KIND[one.kind],
                one.asset,
                one.item,
                one.before,
                one.after,
                line.text,
                _proof(line.before),
                _proof(line.after),
            )
    for text in (*((news.calm,) if news.calm else ()), *news.uncompared):
        yield ("", "", "", "", "", "", text, "", "")


def _proof(line: EvidenceLine | None) -> str:
    return " › ".join(str(part) for part in (line.text, line.origin, line.kind, line.command, line.line) if part) if line else ""
