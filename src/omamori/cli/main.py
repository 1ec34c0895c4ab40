"""The `omamori` command: runs what was typed and turns errors into one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from omamori.cli.commands import command_line
from omamori.cli.errors import INTERRUPTIONS, TOLD, line_of, stopped
from omamori.cli.language import fold_long_words, language_in, usage_in_japanese, user_language
from omamori.cli.places import SITE_VARIABLE, documents, portable_site
from omamori.cli.screen import NOT_FINISHED, USAGE, Screen, prepare_streams
from omamori.gate.workers import collect_seldom
from omamori.model.text import Text

_FEW = 2
"""A command line as short as this may be answered with the help."""
# The base of every usage error; typer exports only one of its children.
_UsageError: Any = typer.BadParameter.__bases__[0]


_INTERRUPTED = 130
"""What typer returns for Ctrl-C in a command, and what a program returns that was started for somebody and heard it."""


def _tell(text: Text) -> None:
    """Print an error; the language is asked for now, because `--lang` may have set it meanwhile."""
    Screen(user_language()).error(text)


def dropped(arguments: Sequence[str]) -> list[str]:
    """Files dragged onto omamori.cmd come as bare paths: take them in, then open the menu."""
    if arguments and all(Path(one).is_absolute() and Path(one).exists() for one in arguments):
        return ["menu", "--stay", "import", *arguments]
    return list(arguments)


def main() -> None:
    """Run the command line; exits 0 done, 1 --fail-on reached, 2 usage, 3 could not finish."""
    collect_seldom()
    prepare_streams()
    if "--help" in sys.argv or len(sys.argv) <= _FEW:
        fold_long_words()
    site = portable_site(os.environ, documents())
    if site is not None:
        os.environ[SITE_VARIABLE] = str(site)
    words = dropped(sys.argv[1:])
    try:
        code = command_line(words)(words, prog_name="omamori", standalone_mode=False)
    except _UsageError as error:
        message = error.format_message()
        told = Text(f"使い方が違います: {usage_in_japanese(message)}  (--help で例を表示)", f"{message}  (see --help)")
        # What was wrong may stand before --lang, which was then never read.
        Screen(language_in(words) or user_language()).error(told)
        sys.exit(USAGE)
    except TOLD as error:
        _tell(line_of(error))
        sys.exit(NOT_FINISHED)
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except INTERRUPTIONS as error:
        if not stopped(error):
            raise
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        _tell(Text("中断しました。取り込み済みの情報は残っています", "interrupted; what was taken in is kept"))
        sys.exit(NOT_FINISHED)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
