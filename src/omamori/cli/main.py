"""The `omamori` command: puts the commands together and turns errors into one line and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer

from omamori import __version__
from omamori.cli import check, evidence, example, ledger, snapshots
from omamori.cli.language import help_text, language_of, usage_in_japanese
from omamori.cli.screen import NOT_FINISHED, USAGE, Screen
from omamori.gate.error import GateError
from omamori.model.text import Text
from omamori.pipeline.error import UserError
from omamori.snapshot.site import SiteError

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
app.command("diff", help=snapshots.DIFF_HELP)(snapshots.diff)
app.command("rebuild", help=snapshots.REBUILD_HELP)(snapshots.rebuild)
app.add_typer(ledger.app, name="ledger")


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


def _tell(text: Text) -> None:
    """Print an error; the language is asked for now, because `--lang` may have set it meanwhile."""
    Screen(language_of(os.environ)).error(text)


def main() -> None:
    """Run the command line; exits 0 done, 1 --fail-on reached, 2 usage, 3 could not finish."""
    try:
        code = app(standalone_mode=False)
    except _UsageError as error:
        message = error.format_message()
        _tell(Text(f"使い方が違います: {usage_in_japanese(message)}  (--help で例を表示)", f"{message}  (see --help)"))
        sys.exit(USAGE)
    except (UserError, SiteError, GateError) as error:
        _tell(error.text)
        sys.exit(NOT_FINISHED)
    except (KeyboardInterrupt, typer.Abort):
        _tell(Text("中断しました。取り込み済みの情報は残っています", "interrupted; what was taken in is kept"))
        sys.exit(NOT_FINISHED)
    except OSError as error:
        place = error.filename or "?"
        _tell(
            Text(
                f"{place}: {error.strerror}。場所と空き容量、権限を確かめてください",
                f"{place}: {error.strerror}; check the place, space and rights",
            )
        )
        sys.exit(NOT_FINISHED)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
