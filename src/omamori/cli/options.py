"""Options that several commands share."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text, user_language
from omamori.cli.screen import Screen
from omamori.pipeline.clock import parse_moment

SiteDir = Annotated[Path, typer.Option("--site", envvar="OMAMORI_SITE", help=help_text("サイトのフォルダ", "folder of the site"))]
Lang = Annotated[str | None, typer.Option("--lang", help=help_text("言語 ja または en", "language, ja or en"))]


def screen_for(lang: str | None, *, quiet: bool = False) -> Screen:
    """Return the screen in the language asked for; UsageError when it is neither ja nor en."""
    if lang not in (None, "ja", "en"):
        raise typer.BadParameter("--lang: ja, en")
    if lang is not None:
        os.environ["OMAMORI_LANG"] = lang  # errors raised later are told in the same language
    return Screen(user_language(), quiet=quiet)


def moment_of(text: str | None) -> datetime | None:
    """Return the moment of `--moment`, None where it is not given; a usage error when it is none."""
    if text is None:
        return None
    try:
        return parse_moment(text)
    except ValueError:
        raise typer.BadParameter("--moment: 2026-06-01 | 2026-06-01T12:00:00") from None
