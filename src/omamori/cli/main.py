"""The `omamori` command: puts the commands together and turns errors into one line and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer

from omamori import __version__
from omamori.cli import check, checklist, evidence, example, lab, ledger, menu, pack, papers, scan, snapshots, vendor
from omamori.cli import map as map_
from omamori.cli.errors import TOLD, line_of
from omamori.cli.language import help_text, usage_in_japanese, user_language
from omamori.cli.places import SITE_VARIABLE, documents, portable_site
from omamori.cli.screen import NOT_FINISHED, USAGE, Screen, prepare_streams
from omamori.gate.workers import collect_seldom
from omamori.model.text import Text

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
app.command("check", help=check.HELP)(check.check)
app.command("kit", help=evidence.KIT_HELP)(evidence.kit)
app.command("import", help=evidence.IMPORT_HELP)(evidence.import_command)
app.command("collect", help=evidence.COLLECT_HELP)(evidence.collect)
app.command("example", help=example.HELP)(example.example)
app.command("scan", help=scan.HELP)(scan.scan_command)
app.command("checklist", help=checklist.HELP)(checklist.checklist)
app.command("pack", help=pack.HELP)(pack.pack)
app.command("map", help=map_.HELP)(map_.map_command)
app.command("papers", help=papers.HELP)(papers.papers)
app.command("diff", help=snapshots.DIFF_HELP)(snapshots.diff)
app.command("rebuild", help=snapshots.REBUILD_HELP)(snapshots.rebuild)
app.command("menu", help=menu.HELP)(menu.menu)
app.add_typer(ledger.app, name="ledger")
app.add_typer(vendor.app, name="vendor")
app.add_typer(lab.app, name="lab")


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help=help_text("版を表示", "Show the version")),
) -> None:
    if version:
        sys.stdout.write(f"omamori {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise typer.BadParameter("command missing")


# The base of every usage error; typer exports only one of its children.
_UsageError: Any = typer.BadParameter.__bases__[0]


_INTERRUPTED = 130
"""What typer returns for Ctrl-C in a command, and what a program returns that was started for somebody and heard it."""


def _tell(text: Text) -> None:
    """Print an error; the language is asked for now, because `--lang` may have set it meanwhile."""
    Screen(user_language()).error(text)


def main() -> None:
    """Run the command line; exits 0 done, 1 --fail-on reached, 2 usage, 3 could not finish."""
    collect_seldom()
    prepare_streams()
    site = portable_site(os.environ, documents())
    if site is not None:
        os.environ[SITE_VARIABLE] = str(site)
    try:
        code = app(menu.dropped(sys.argv[1:]), prog_name="omamori", standalone_mode=False)
    except _UsageError as error:
        message = error.format_message()
        _tell(Text(f"使い方が違います: {usage_in_japanese(message)}  (--help で例を表示)", f"{message}  (see --help)"))
        sys.exit(USAGE)
    except TOLD as error:
        _tell(line_of(error))
        sys.exit(NOT_FINISHED)
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        _tell(Text("中断しました。取り込み済みの情報は残っています", "interrupted; what was taken in is kept"))
        sys.exit(NOT_FINISHED)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
