"""docs/generated/commands: every command with its options and its example, as `--help` tells it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from omamori.model.text import LANGUAGES, Language, Text
from pages.markdown import code, name, page, table

INTRO = Text(
    "終了コード: 0 終わった、1 `--fail-on` に達した、2 使い方が違う、3 最後までできなかった。",
    "Exit codes: 0 done, 1 `--fail-on` reached, 2 wrong usage, 3 could not finish.",
)
HEAD = Text("オプション|意味|既定", "Option|Meaning|Default")


def pages() -> dict[str, str]:
    """Return the page in both languages."""
    return {f"generated/{name('commands', language)}": _page(language) for language in LANGUAGES}


def command_names() -> tuple[str, ...]:
    """Return the names of all commands, groups included: `check`, `ledger`, `ledger new` …"""
    return tuple(command["name"] for command in _walk())


def _page(language: Language) -> str:
    # The program picks the language of its help while it loads, so each language needs a process of its own.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OMAMORI_")}
    tools = Path(__file__).resolve().parents[1]
    environment |= {"OMAMORI_LANG": language, "PYTHONPATH": os.pathsep.join((str(tools), str(tools.parent / "src")))}
    command = [sys.executable, "-m", "pages.commands"]
    out = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE).stdout
    blocks = [INTRO.say(language)]
    for entry in json.loads(out):
        blocks.append(f"## omamori {entry['name']}")
        blocks.append(entry["help"])
        blocks.append(f"```\n{entry['usage']}\n```")
        if entry["options"]:
            rows = [(code(option["names"]), option["help"], code(option["default"])) for option in entry["options"]]
            blocks.append(table(HEAD.say(language).split("|"), rows))
    return page(language, Text("コマンド", "Commands").say(language), *blocks)


def _walk() -> Iterator[dict[str, Any]]:
    import typer

    from omamori.cli.commands import command_line

    def visit(command: Any, path: str, parent: typer.Context | None) -> Iterator[dict[str, Any]]:
        context = typer.Context(command, info_name=path.rsplit(" ", 1)[-1] or "omamori", parent=parent)
        if path:
            yield _entry(command, path, context)
        for child_name, child in sorted(getattr(command, "commands", {}).items()):
            yield from visit(child, f"{path} {child_name}".strip(), context)

    yield from visit(typer.main.get_command(command_line()), "", None)


def _entry(command: Any, path: str, context: Any) -> dict[str, Any]:
    options = []
    for parameter in command.params:
        if parameter.name != "help":
            default = parameter.default
            shown = str(default) if isinstance(default, str | int | Path) and default is not False else ""
            names = ", ".join(parameter.opts) if parameter.param_type_name == "option" else str(parameter.name)
            options.append({"names": names, "help": getattr(parameter, "help", None) or "", "default": shown})
    return {"name": path, "help": (command.help or "").strip(), "usage": context.get_usage().strip(), "options": options}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(list(_walk()), ensure_ascii=False))
