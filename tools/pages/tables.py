"""docs/generated/tables: every table of the model, its columns and what they mean."""

from __future__ import annotations

from omamori.model.schema import Column, Table
from omamori.model.tables import TABLES
from omamori.model.text import LANGUAGES, Language, Text
from pages.markdown import code, name, page, table

GROUPS = {
    "host": Text("機器から", "On a host"),
    "declared": Text("申告(台帳)", "Declared (the ledger)"),
    "backup": Text("バックアップ", "Backups"),
    "derived": Text("導出", "Derived"),
    "always": Text("いつも", "Always"),
}
INTRO = Text(
    "チェックの SELECT が読める表のすべてです。列の説明の原文は英語です。台帳で人が記入する列には、見出しと注記を日本語で示します。",
    "All tables a check's SELECT can read. NULL is plain SQL “no value”; what a look could not read stands in `collected.missing`.",
)
HEAD = Text("列|型|意味|値", "Column|Type|Meaning|Values")
KEEPS = {"state": Text("状態", "state"), "event": Text("出来事", "events")}


def pages() -> dict[str, str]:
    """Return the page in both languages."""
    return {f"generated/{name('tables', language)}": _page(language) for language in LANGUAGES}


def _page(language: Language) -> str:
    blocks = [INTRO.say(language)]
    for group, title in GROUPS.items():
        members = [described for described in TABLES.values() if described.group == group]
        if members:
            blocks.append(f"## {title.say(language)}")
            blocks += [_table(described, language) for described in members]
    return page(language, Text("表", "Tables").say(language), *blocks)


def _table(described: Table, language: Language) -> str:
    facts = [KEEPS[described.keeps].say(language)]
    if described.sources:
        facts.append(", ".join(code(source) for source in described.sources))
    rows = [(code(column.name), column.type, _meaning(column, language), _values(column, language)) for column in described.columns]
    heading = f"### {code(described.name)} {described.title.say(language)}"
    return "\n\n".join([heading, f"{described.doc} ({'; '.join(facts)})", table(HEAD.say(language).split("|"), rows)])


def _meaning(column: Column, language: Language) -> str:
    if language == "en" or column.heading is None:
        return column.doc
    note = f": {column.note.ja}" if column.note is not None else ""
    return f"**{column.heading.ja}**{note}"


def _values(column: Column, language: Language) -> str:
    return ", ".join(f"{code(value.code)} {value.label.say(language)}" for value in column.values)
