"""`omamori plan bastion`: the move of all outside lines to one door, planned; nothing is changed on any machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE, Screen
from omamori.model.clean import clean
from omamori.pipeline.plan_bastion import BastionRequest, BastionResult, bastion_json, paths_line, plan_bastion

app = typer.Typer(no_args_is_help=True, help=help_text("計画を作る(機器には触れません)", "Make plans; no machine is touched"))


@app.callback()
def _plan() -> None:
    """Keep `plan` a group while it has one command."""


@app.command(
    "bastion",
    help=help_text(
        "外部からの回線を、一つの入口(DMZの踏み台サーバ)にまとめる計画を作ります。いまと、これから。入れる規則と戻し方、なくなる通信、順番と試験。"
        "動かしたあとにもう一度集めて実行すると、済んだ回線と、まだ開いている回線が出ます。機器には何も入れません。\n\n"
        "例: omamori plan bastion\n\n例: omamori plan bastion --to 踏み台サーバ --out keikaku",
        "Plan the move of all outside lines to one door, a jump server in the DMZ: now and then, the rules that come and how to undo them, the "
        "flows that end, the order and its tests. Run it again after the move and a new look: it tells which lines are done and which are still "
        "open. It changes no machine.\n\n"
        "Example: omamori plan bastion\n\nExample: omamori plan bastion --to 10.0.0.5 --out plan",
    ),
)
def bastion(
    to: Annotated[
        str | None,
        typer.Option(
            help=help_text(
                "入口にするゾーン・機器・アドレス(なければ台帳から選ぶ)",
                "zone, machine or address of the door; else chosen from the ledger",
            )
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help=help_text("計画と設定ファイルを書くフォルダ", "folder for the plan and the configuration files"))
    ] = None,
    site: SiteDir = Path("omamori-site"),
    json: Annotated[bool, typer.Option("--json", help=help_text("JSONで標準出力へ", "print as JSON"))] = False,
    lang: Lang = None,
) -> int:
    """Print the plan, and write it where a folder is given; returns the exit code."""
    screen = screen_for(lang, quiet=json)
    with screen:
        result = plan_bastion(BastionRequest(site=site, language=screen.language, to=to, out=out), screen)
    if json:
        screen.raw(bastion_json(result))
    else:
        _show(screen, result)
    return DONE


def _show(screen: Screen, result: BastionResult) -> None:
    if result.paths is not None:
        screen.line(clean(paths_line(result.paths).say(screen.language)), "bold")
    for one in result.told:
        if one.level == 1:
            screen.line("")
        style = "bold" if one.level == 1 else "yellow" if one.warn else None
        screen.line(clean(f"{'  ' * (one.level - 1)}{'■ ' if one.level == 1 else ''}{one.text.say(screen.language)}"), style)
    for path in result.written:
        screen.line(str(path), "green")
