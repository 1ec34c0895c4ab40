"""docs/lynis: every topic of Lynis, with our check or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from omamori.model.text import LANGUAGES, Language, Text
from pages.markdown import code, name, page, table

FILE = Path(__file__).resolve().parents[2] / "docs" / "lynis.yaml"
INTRO = Text(
    "Lynis は一台の Unix 機器を詳しく調べる、定評のある道具です。ここでは、その点検項目ごとに、お守りのどのチェックが答えるか、"
    "なければなぜないかを示します。点検の番号と分野は Lynis 3.0.8 (Debian 12) のもので、説明はこのプロジェクトの言葉です。"
    "両方を使っても構いません。",
    "Lynis is the well-known, thorough audit of one Unix machine. For each of its topics this page tells which check of Omamori answers "
    "it, or why none does. Test numbers and groups are those of Lynis 3.0.8 (Debian 12); the descriptions are this project's words. "
    "Nothing speaks against using both.",
)
HEAD = Text("Lynisの点検|何を見るか|お守りでは", "Lynis tests|What is looked at|In Omamori")
COLLECTED = Text("集めて示す: {}", "collected and shown: {}")
WHY_NOT = Text("判定しない: {}", "not judged: {}")


def groups() -> Sequence[Mapping[str, Any]]:
    """Return the groups of `docs/lynis.yaml`."""
    found: Sequence[Mapping[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def pages() -> dict[str, str]:
    """Return the page in both languages."""
    return {name("lynis", language): _page(language) for language in LANGUAGES}


def _page(language: Language) -> str:
    rows = [row for group in groups() for row in group["rows"]]
    tests = sum(len(row["tests"]) for row in rows)
    judged = sum(len(row["tests"]) for row in rows if row.get("checks"))
    shown = sum(len(row["tests"]) for row in rows if not row.get("checks") and row.get("tables"))
    count = Text(
        f"点検 {tests} のうち、チェックで判定するもの {judged}、集めて示すだけのもの {shown}、行わないもの {tests - judged - shown}。",
        f"Of {tests} tests: {judged} are judged by a check, {shown} are collected and shown without a judgement, "
        f"{tests - judged - shown} are not done.",
    )
    blocks = [INTRO.say(language), count.say(language)]
    for group in groups():
        blocks.append(f"## {group['title'][language]} ({group['group']})")
        cells = [(" ".join(row["tests"]), row["about"][language], _ours(row, language)) for row in group["rows"]]
        blocks.append(table(HEAD.say(language).split("|"), cells))
    return page(language, Text("Lynis との対応", "Beside Lynis").say(language), *blocks)


def _ours(row: Mapping[str, Any], language: Language) -> str:
    parts = []
    if row.get("checks"):
        parts.append(", ".join(code(check) for check in row["checks"]))
    if row.get("tables"):
        parts.append(COLLECTED.say(language).format(", ".join(code(item) for item in row["tables"])))
    if row.get("why_not"):
        parts.append(WHY_NOT.say(language).format(row["why_not"][language]))
    return "<br>".join(parts)
