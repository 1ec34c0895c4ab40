"""The commands by name. The module of a command is loaded when that command was typed, so that a small one answers at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

import typer

from omamori import __version__
from omamori.cli.language import help_text


@dataclass(frozen=True, slots=True)
class Command:
    """A word to type, the module in `omamori.cli` that does it, its function (empty: a group of commands, the module's `app`) and its help."""

    name: str
    module: str
    function: str = ""
    help: str = "HELP"


COMMANDS = (
    Command("check", "check", "check"),
    Command("kit", "evidence", "kit", "KIT_HELP"),
    Command("import", "evidence", "import_command", "IMPORT_HELP"),
    Command("collect", "evidence", "collect", "COLLECT_HELP"),
    Command("example", "example", "example"),
    Command("scan", "scan", "scan_command"),
    Command("checklist", "checklist", "checklist"),
    Command("pack", "pack", "pack"),
    Command("map", "map", "map_command"),
    Command("paths", "paths", "paths"),
    Command("plan", "plan"),
    Command("isolate", "isolate"),
    Command("papers", "papers", "papers"),
    Command("backup", "backup"),
    Command("diff", "snapshots", "diff", "DIFF_HELP"),
    Command("rebuild", "snapshots", "rebuild", "REBUILD_HELP"),
    Command("menu", "menu", "menu"),
    Command("ledger", "ledger"),
    Command("vendor", "vendor"),
    Command("feeds", "feeds"),
    Command("lab", "lab"),
)
"""In the order of the help."""


def command_line(words: Sequence[str] = ()) -> typer.Typer:
    """Return the command line for what was typed: of a known command that one, else (help, a misspelling) all of them."""
    app = typer.Typer(
        name="omamori",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help=help_text(
            "お守り — 病院が自分でできるセキュリティの自己点検。\n\n例: omamori check --here",
            "Omamori — the security self-check a hospital can run itself.\n\nExample: omamori check --here",
        ),
    )
    app.callback(invoke_without_command=True)(_options)
    wanted = [command for command in COMMANDS if words[:1] == [command.name]] or COMMANDS
    for command in wanted:
        module = import_module(f"omamori.cli.{command.module}")
        if command.function:
            app.command(command.name, help=getattr(module, command.help))(getattr(module, command.function))
        else:
            app.add_typer(module.app, name=command.name)
    return app


def _options(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help=help_text("版を表示", "Show the version")),
) -> None:
    if version:
        sys.stdout.write(f"omamori {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise typer.BadParameter("command missing")
