"""`omamori feeds explain`: what the pack says of one update, flaw or advisory, row by row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE, Screen
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.pipeline.feeds_explain import STEPS, Explained, Rows, explain

_LONGEST = 20_000
"""Characters of a row that are shown."""
HELP = help_text(
    "知識パックが、ある更新・弱点・公表された情報について何と言っているかを、1行ずつ示します。判定の根拠を確かめるときに使います。"
    "\n\n例: omamori feeds explain KB5034441\n\n例: omamori feeds explain CVE-2024-21762",
    "Show row by row what the pack says of an update, flaw or advisory, to follow a verdict to its source."
    "\n\nExample: omamori feeds explain KB5034441\n\nExample: omamori feeds explain CVE-2024-21762",
)


def explain_command(
    word: Annotated[str, typer.Argument(help=help_text("KB番号、CVE番号、公表者の番号", "number of an update, flaw or advisory"))],
    site: SiteDir = Path("omamori-site"),
    as_json: Annotated[bool, typer.Option("--json", help=help_text("JSONで出力", "print JSON"))] = False,
    lang: Lang = None,
) -> int:
    """Print the rows; returns the exit code."""
    screen = screen_for(lang, quiet=as_json)
    found = explain(site, word)
    if as_json:
        screen.raw(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        show(found, screen)
    return DONE


def show(found: Explained, screen: Screen) -> None:
    """Print what was found, a table at a time; nothing found is said, and never that there is nothing."""
    say = screen.language
    screen.line(Text(f"{found.word}(知識パック {found.pack})", f"{found.word} (pack {found.pack})").say(say), "bold")
    if not found.tables:
        screen.line(
            Text(
                "この知識パックに行はありません。載っていないだけで、「ない」という意味ではありません",
                "this pack has no row about it; that does not mean there is nothing",
            ).say(say)
        )
    for table in found.tables:
        _table(table, screen)
    _steps(Text("置き換えた更新(古い → 新しい)", "Replaced by (older → newer)"), found.newer, screen)
    _steps(Text("これが置き換えた更新(古い → 新しい)", "What it replaces (older → newer)"), found.older, screen)
    if found.cut:
        screen.line(
            Text(
                f"置き換えが多いため、近い順に{STEPS:,}段までです。続きは最後の番号で見られます",
                f"only the nearest {STEPS:,} steps are shown: ask for the last number to go on",
            ).say(say)
        )


def _steps(title: Text, steps: tuple[tuple[str, str], ...], screen: Screen) -> None:
    if steps:
        screen.line("")
        screen.line(title.say(screen.language), "bold")
    for newer, older in steps:
        screen.line(clean(f"  {_named(older)} → {_named(newer)}", 100))


def _named(number: str) -> str:
    """Bulletins (MS17-010) stand in the chain beside updates."""
    return f"KB{number}" if number.isdigit() else number


def _table(table: Rows, screen: Screen) -> None:
    screen.line("")
    screen.line(f"{table.title.say(screen.language)} ({table.table}) {table.total:,}", "bold")
    for row in table.rows:
        screen.line(clean("  " + " | ".join(f"{name}={value}" for name, value in row.items()), _LONGEST))
    if table.total > len(table.rows):
        rest = table.total - len(table.rows)
        screen.line(Text(f"  ほか {rest:,} 行", f"  {rest:,} more rows").say(screen.language))
