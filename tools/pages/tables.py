"""docs/generated/tables: every table of the model, its columns and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from omamori.model.schema import Column, Table
from omamori.model.tables import TABLES
from omamori.model.tables_pack import PACK_TABLES
from omamori.model.text import LANGUAGES, Language, Text
from pages.markdown import code, name, page, table

JAPANESE = Path(__file__).resolve().parents[2] / "docs" / "tables.ja.yaml"
GROUPS = {
    "host": Text("機器から", "On a host"),
    "network": Text("ネットワークから", "From the network"),
    "declared": Text("申告(台帳)", "Declared (the ledger)"),
    "backup": Text("バックアップ", "Backups"),
    "derived": Text("導出", "Derived"),
    "always": Text("いつも", "Always"),
    "pack": Text("知識パック", "The knowledge pack"),
}
ALL = (*TABLES.values(), *PACK_TABLES.values())
IN_THE_PACK = Text(
    "この章の表は知識パックのファイルの中にあります。読むのは分析だけで、チェックは読めません。",
    "The tables of this chapter lie in the file of the pack. Analyzers read them; a check cannot.",
)
INTRO = Text(
    "チェックの SELECT が読める表のすべてです。NULL は「値がない」です。確認で読めなかったものは `collected.missing` にあります。",
    "All tables a check's SELECT can read. NULL is plain SQL “no value”; what a look could not read stands in `collected.missing`.",
)
HEAD = Text("列|型|意味|値", "Column|Type|Meaning|Values")
KEEPS = {
    "state": Text("状態", "state"),
    "event": Text("出来事", "events"),
    "voices": Text("言った人ごと", "by speaker"),
    "places": Text("保存先ごと", "by repository"),
    "sightings": Text("見えたアドレスごと", "by address seen"),
}


def pages() -> dict[str, str]:
    """Return the page in both languages."""
    return {f"generated/{name('tables', language)}": _page(language) for language in LANGUAGES}


@cache
def japanese() -> Mapping[str, str]:
    """Return the Japanese of the model's sentences, by the English one."""
    found: Mapping[str, str] = yaml.safe_load(JAPANESE.read_text(encoding="utf-8"))
    return found


def sentences() -> tuple[str, ...]:
    """Return every English sentence that needs a Japanese one; columns of the workbook carry theirs in the model."""
    found = {_summary(described): None for described in ALL}
    found |= {column.doc: None for described in ALL for column in described.columns if column.heading is None}
    return tuple(found)


def _page(language: Language) -> str:
    blocks = [INTRO.say(language)]
    for group, title in GROUPS.items():
        members = [described for described in ALL if described.group == group]
        if members:
            blocks.append(f"## {title.say(language)}")
            if group == "pack":
                blocks.append(IN_THE_PACK.say(language))
            blocks += [_table(described, language) for described in members]
    return page(language, Text("表", "Tables").say(language), *blocks)


def _table(described: Table, language: Language) -> str:
    words = japanese() if language == "ja" else {}
    facts = [] if described.group == "pack" else [KEEPS[described.keeps].say(language)]
    if described.sources:
        facts.append(", ".join(code(source) for source in described.sources))
    rows = [(code(column.name), column.type, _meaning(column, words), _values(column, language)) for column in described.columns]
    heading = f"### {code(described.name)} {described.title.say(language)}"
    summary = _summary(described)
    return "\n\n".join(
        [heading, words.get(summary, summary) + (f" ({'; '.join(facts)})" if facts else ""), table(HEAD.say(language).split("|"), rows)]
    )


def _summary(described: Table) -> str:
    """The first sentence or two of a table: its docstring up to the first empty line."""
    return " ".join(described.doc.split("\n\n")[0].split())


def _meaning(column: Column, words: Mapping[str, str]) -> str:
    if not words:
        return column.doc
    if column.heading is None:
        return words.get(column.doc, column.doc)
    note = f": {column.note.ja}" if column.note is not None else ""
    return f"**{column.heading.ja}**{note}"


def _values(column: Column, language: Language) -> str:
    return ", ".join(f"{code(value.code)} {value.label.say(language)}" for value in column.values)
