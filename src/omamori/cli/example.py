"""`omamori example`: a fictional hospital and its whole report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.check import DEFAULT, Formats, formats_of, show_result
from omamori.cli.language import help_text
from omamori.cli.options import Lang, screen_for
from omamori.cli.screen import DONE
from omamori.pipeline.example import run_example

HELP = help_text(
    "架空の病院の報告書を作ります。ネットワークも管理者権限も使いません。\n\n例: omamori example --out example",
    "Make the report of a fictional hospital; uses no network and no administrator rights.\n\nExample: omamori example --out example",
)


def example(
    out: Annotated[Path, typer.Option(help=help_text("報告書を置く場所", "where the report goes"))] = Path("omamori-example"),
    formats: Formats = DEFAULT,
    lang: Lang = None,
) -> int:
    """Make the example; returns the exit code."""
    chosen = formats_of(formats)
    with screen_for(lang) as screen:
        result = run_example(out, screen.language, screen, formats=chosen)
    show_result(screen, result)
    return DONE
