"""`omamori isolate`: the block, prepared before the day. Here it lists, previews and writes; what is mounted below applies it."""

from __future__ import annotations

import json as json_text
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli import isolate_drill, isolate_run
from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE, Screen
from omamori.model.clean import clean
from omamori.pipeline.error import UserError
from omamori.pipeline.isolate_prepare import DAYS, IsolateRequest, block_json, prepare_block, preview_data, write_block
from omamori.respond.isolate.document import overview, told
from omamori.respond.isolate.parts import Block, Cut
from omamori.respond.isolate.prepare import NoSuchCut, chosen
from omamori.respond.told import Line

app = typer.Typer(
    help=help_text(
        "遮断の準備(切る順番・場所・止まる診療・決める人)と、承認のもとでの実行・訓練。run と drill の --apply のほかは機器に触れません"
        "\n\n例: omamori isolate\n\n例: omamori isolate preview 2",
        "Prepare the block: order, places, what care stops, who decides; within an approval apply and exercise it. "
        "Only --apply of run and drill touches a device\n\nExample: omamori isolate\n\nExample: omamori isolate preview 2",
    )
)

Machines = Annotated[
    list[str] | None,
    typer.Option(
        "--machine", help=help_text("一台を切る準備をする機器(何度でも)", "machine of the last stage; may be given several times")
    ),
]
Days = Annotated[int, typer.Option("--days", min=1, max=3650, help=help_text("何日前までの通信を数えるか", "days back that count as use"))]
AsJson = Annotated[bool, typer.Option("--json", help=help_text("JSONで標準出力へ", "print as JSON"))]


@app.callback(invoke_without_command=True)
def isolate(
    context: typer.Context,
    machine: Machines = None,
    days: Days = DAYS,
    site: SiteDir = Path("omamori-site"),
    json: AsJson = False,
    lang: Lang = None,
) -> int:
    """List the stages with their state, where no command follows; returns the exit code."""
    context.obj = tuple(machine or ())
    if context.invoked_subcommand is not None:
        return DONE
    screen = screen_for(lang, quiet=json)
    with screen:
        block = prepare_block(site, screen, tuple(machine or ()), days)
    if json:
        screen.raw(block_json(block))
    else:
        _show(screen, overview(block))
    return DONE


@app.command(
    "preview",
    help=help_text(
        "切る前に: 見た通信と設計の通信のうち何が止まるか、誰が困り、何時間まで止めてよく、その間どうするか。診療の通信が先です。\n\n"
        "例: omamori isolate preview 2\n\n例: omamori isolate preview --machine 医事PC1 5",
        "Before anything is cut: which flows that were seen or designed would stop, for whom, how long it can be borne, what is done instead. "
        "Clinical ones come first.\n\nExample: omamori isolate preview 2\n\nExample: omamori isolate preview --machine PC1 5",
    ),
)
def preview(
    context: typer.Context,
    what: Annotated[
        list[str], typer.Argument(metavar="STAGE|CUT", help=help_text("段階の番号か、切る所の名前", "number of a stage, or name of a cut"))
    ],
    machine: Machines = None,
    days: Days = DAYS,
    site: SiteDir = Path("omamori-site"),
    json: AsJson = False,
    lang: Lang = None,
) -> int:
    """Print what the cuts would stop; returns the exit code."""
    screen = screen_for(lang, quiet=json)
    with screen:
        block = prepare_block(site, screen, (*(context.obj or ()), *(machine or ())), days)
    cuts = _chosen(block, what)
    found = [one for cut in cuts if (one := block.preview_of(cut)) is not None]
    if json:
        screen.raw(json_text.dumps([preview_data(one) for one in found], ensure_ascii=False, indent=1, default=str))
        return DONE
    for one in found:
        screen.line("")
        screen.line(clean(f"■ {one.cut.name}: {one.cut.subject}"), "bold")
        _show(screen, told(one))
    if not found:
        _show(screen, overview(block))
    return DONE


@app.command(
    "prepare",
    help=help_text(
        "切る所ごとの設定ファイル(入れる・戻す・自分で戻る)、読みもの、その日に書き込む一枚の紙、図をフォルダに書きます。\n\n"
        "例: omamori isolate prepare --out shadan",
        "Write a file for each cut (load, undo, goes back by itself), the text to read, the page for the day, and the picture.\n\n"
        "Example: omamori isolate prepare --out block",
    ),
)
def prepare(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help=help_text("書くフォルダ", "folder to write to"))],
    machine: Machines = None,
    days: Days = DAYS,
    minutes: Annotated[
        int, typer.Option("--minutes", min=1, max=120, help=help_text("自分で戻るまでの分", "minutes until a timed cut goes by itself"))
    ] = 10,
    site: SiteDir = Path("omamori-site"),
    json: AsJson = False,
    lang: Lang = None,
) -> int:
    """Write the prepared block; returns the exit code."""
    screen = screen_for(lang, quiet=json)
    machines = (*(context.obj or ()), *(machine or ()))
    with screen:
        request = IsolateRequest(site, screen.language, machines=machines, days=days, seconds=minutes * 60, out=out)
        block, written = write_block(request, screen)
    if json:
        screen.raw(block_json(block))
        return DONE
    _show(screen, overview(block))
    for path in written:
        screen.line(str(path), "green")
    return DONE


def _chosen(block: Block, what: Iterable[str]) -> tuple[Cut, ...]:
    try:
        return chosen(block, what)
    except NoSuchCut as error:
        names = ", ".join(cut.name for cut in block.cuts) or "-"
        raise UserError(
            f"「{error}」という段階(1〜5)も切る所もありません。あるもの: {names}",
            f"{error} is no stage (1 to 5) and no cut. There are: {names}",
        ) from error


def _show(screen: Screen, lines: Iterable[Line]) -> None:
    for one in lines:
        if one.level == 1:
            screen.line("")
        style = "bold" if one.level == 1 else "yellow" if one.warn else None
        screen.line(clean(f"{'  ' * (one.level - 1)}{'■ ' if one.level == 1 else ''}{one.text.say(screen.language)}"), style)


isolate_run.mount(app, prepare_block)
isolate_drill.mount(app, prepare_block)
