"""The papers that the questions already answer, by name: built from the workbook, printed or handed out to edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from omamori.knowledge.editions import Choice
from omamori.model.text import Language, Text
from omamori.report.labels import LABELS
from omamori.report.moments import shown
from omamori.report.paper.bcp import bcp_paper
from omamori.report.paper.blocks import Cell, Paper, gaps_in, spoken
from omamori.report.paper.contacts import contacts_paper
from omamori.report.paper.day import day_paper
from omamori.report.paper.declared import Declared
from omamori.report.paper.lines import lines_paper
from omamori.report.paper.parts import cut, day
from omamori.report.paper.render import render
from omamori.report.paper.rules import rules_paper
from omamori.report.paper.systems import systems_paper
from omamori.report.paper.words import FIELDS, UNNAMED
from omamori.report.words import DISCLAIMER

Build = Callable[[Declared, tuple[Cell, ...], Choice, datetime], Paper]
"""In: what the workbook says, how the paper came about, the edition of the checklist, the moment of the judgement on the hospital's clock."""
PAPERS: Mapping[str, Build] = {
    "day": lambda declared, about, _, now: day_paper(declared, about, now),
    "contacts": lambda declared, about, _, __: contacts_paper(declared, about),
    "bcp": lambda declared, about, _, __: bcp_paper(declared, about),
    "rules": lambda declared, about, choice, _: rules_paper(declared, about, choice),
    "lines": lambda declared, about, _, __: lines_paper(declared, about),
    "systems": lambda declared, about, _, __: systems_paper(declared, about),
}
"""Name → how it is built."""
FILES: Mapping[str, Text] = {
    "day": Text("その日の紙", "the-day"),
    "contacts": Text("連絡体制図", "contacts"),
    "bcp": Text("BCP骨子", "bcp"),
    "rules": Text("運用管理規程骨子", "rules"),
    "lines": Text("外部接続一覧", "outside-lines"),
    "systems": Text("システム一覧", "systems"),
}
"""Name → name of its file."""
_KINDS = {
    "ledger.workbook": Text("台帳", "workbook"),
    "standard.sheet": Text("チェックリストの用紙", "checklist sheet"),
}


def build(name: str, declared: Declared, snapshot: str, moment: datetime, zone: tzinfo, choice: Choice) -> Paper:
    """Return a paper of `PAPERS`. `snapshot` is the judgement it was filled from, `moment` that judgement's in UTC."""
    return PAPERS[name](declared, _about(declared, snapshot, moment, zone), choice, moment.replace(tzinfo=UTC).astimezone(zone))


def paper_data(paper: Paper, declared: Declared, moment: datetime, zone: tzinfo, language: Language) -> dict[str, Any]:
    """Return a paper in one language, for the template and for Word."""
    site = cut(declared.site.name, 80) or UNNAMED.say(language)
    title, gaps = paper.title.say(language), gaps_in(paper)
    left = Text(f"未記入 {gaps} か所", f"{gaps} gaps to be filled in").say(language)
    return {
        "title": title,
        "author": LABELS["amulet"].say(language),
        "site": site,
        "head": f"{site}  {title}",
        "day": day(moment, zone),
        "draft": FIELDS["draft"].say(language),
        "gaps": left,
        "about": spoken(paper.about, language),
        "blocks": spoken(paper.blocks, language),
        "wide": paper.wide,
        "wall": paper.wall,
        "foot": f"{FIELDS['draft'].say(language)} – {DISCLAIMER[0].say(language)}",
        "words": {name: text.say(language) for name, text in FIELDS.items()},
    }


def render_paper(data: Mapping[str, Any], language: Language, moment: datetime) -> bytes:
    """Return a paper's PDF from `paper_data`. Raises PaperError where PDFs cannot be made."""
    return render("sheet", data, language, moment)


def _about(declared: Declared, snapshot: str, moment: datetime, zone: tzinfo) -> tuple[Cell, ...]:
    told: list[Cell] = [
        Text(
            f"{shown(moment, zone)} の判定({snapshot})から自動で埋めた下書きです。",
            f"A draft, filled in from the judgement of {shown(moment, zone)} ({snapshot}). ",
        )
    ]
    for source in declared.sources:
        kind = _KINDS.get(source.kind, Text(source.kind, source.kind))
        told.append(
            Text(
                f"根拠: {kind.ja} {source.evidence[:16]}({shown(source.received, zone)} 受領)。",
                f"Evidence: {kind.en} {source.evidence[:16]} (received {shown(source.received, zone)}). ",
            )
        )
    if not declared.sources:
        told.append(Text("台帳はまだ取り込まれていません。", "No workbook has been taken in yet. "))
    told.append(
        Text(
            "確かめて直し、責任者が承認してから使ってください。色のついた「未記入」は、誰も答えていないところです。",
            "Correct it, and use it when the person responsible has approved it. What is marked was answered by nobody yet.",
        )
    )
    return tuple(told)
