"""`omamori paths`: how far an intruder gets from each way in, and which changes cut the ways."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.paths_shown import show_paths
from omamori.cli.screen import DONE
from omamori.pipeline.error import UserError
from omamori.pipeline.paths import PathsRequest, find_paths, paths_json

HELP = help_text(
    "侵入者が、入口ごとにどこまで進めるかを、根拠の付いた一歩ずつで示し、それを断つ、いちばん費用の少ない変更の組を選びます。"
    "読むだけで、何にも接続しません。\n\n"
    "例: omamori paths\n\n例: omamori paths --without PACS保守VPN",
    "Show how far an intruder gets from each way in, step by step with the evidence, and the cheapest changes that cut the ways. "
    "It only reads what was collected and connects to nothing.\n\n"
    "Example: omamori paths\n\nExample: omamori paths --without NAME",
)


def paths(
    without: Annotated[
        list[str] | None,
        typer.Option(
            help=help_text(
                "この変更をしたとしたら(変更の名前、回線、入口、規則。何度でも)",
                "suppose this change: a change, line, entry or rule by name; may be repeated",
            )
        ),
    ] = None,
    entry: Annotated[
        list[str] | None,
        typer.Option(help=help_text("この入口の経路をすべて示す(何度でも)", "show every path of this way in; may be repeated")),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=help_text("すべての経路と変更を示す", "show every path and every change"))
    ] = False,
    site: SiteDir = Path("omamori-site"),
    json: Annotated[bool, typer.Option("--json", help=help_text("JSONで標準出力へ", "print as JSON"))] = False,
    lang: Lang = None,
) -> int:
    """Print the paths; returns the exit code."""
    screen = screen_for(lang, quiet=json)
    with screen:
        result = find_paths(PathsRequest(site=site, without=tuple(without or ())), screen)
    unknown = sorted(set(entry or ()) - {one.entry for one in result.entries})
    if unknown:
        names = "、".join(unknown)
        raise UserError(
            f"「{names}」という入口はありません。omamori paths で一覧を見てください",
            f"no way in is called {names}; omamori paths lists them",
        )
    if json:
        screen.raw(paths_json(result))
    else:
        show_paths(screen, result, entry or (), everything=everything)
    return DONE
