"""`omamori vendor list|export`: the vendors, and the inquiry to one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE
from omamori.model.text import Text
from omamori.pipeline.vendor import FORMATS, export_inquiry, list_vendors
from omamori.report.clean import clean

app = typer.Typer(no_args_is_help=True, help=help_text("業者への照会", "Asking the vendors"))


@app.command(
    "list",
    help=help_text(
        "台帳にある業者を、機器・回線・見つかったものの数と、最後の回答の日とともに表示します。\n\n例: omamori vendor list",
        "Show the vendors of the ledger: machines, lines, findings, and the day of their last answer.\n\nExample: omamori vendor list",
    ),
)
def list_command(site: SiteDir = Path("omamori-site"), lang: Lang = None) -> int:
    """List the vendors; returns the exit code."""
    with screen_for(lang) as screen:
        vendors = list_vendors(site, screen)
    for one in vendors:
        answered = one.answered_on.isoformat() if one.answered_on else Text("まだ", "not yet").say(screen.language)
        screen.line(
            Text(
                f"{clean(one.vendor)}: 機器 {one.machines}、回線 {one.lines}、見つかったもの {one.findings}、回答 {answered}",
                f"{clean(one.vendor)}: machines {one.machines}, lines {one.lines}, findings {one.findings}, answered {answered}",
            ).say(screen.language)
        )
    if not vendors:
        screen.line(Text("台帳に業者がありません", "the ledger names no vendor").say(screen.language))
    return DONE


@app.command(
    "export",
    help=help_text(
        "業者への照会書を書きます。その業者の機器と回線だけが入ります。回答の入ったファイルは omamori import で取り込みます。"
        "\n\n例: omamori vendor export カルテシステムズ --out karte.xlsx",
        "Write the inquiry to a vendor, with its machines and lines only. Bring the answered file back with omamori import."
        "\n\nExample: omamori vendor export 'Example Systems' --out example.xlsx",
    ),
)
def export(
    name: Annotated[str, typer.Argument(help=help_text("業者名(台帳のとおり)", "name of the vendor, as in the ledger"))],
    out: Annotated[Path | None, typer.Option(help=help_text("書くファイル(.xlsx)", "file to write (.xlsx)"))] = None,
    formats: Annotated[
        str, typer.Option("--format", help=help_text("書く形式(コンマ区切り): xlsx, docx", "formats, separated by commas: xlsx, docx"))
    ] = "xlsx,docx",
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
    checks: Annotated[list[Path] | None, typer.Option(help=help_text("自院のチェックの場所", "folder of your own checks"))] = None,
    force: Annotated[bool, typer.Option("--force", help=help_text("既存のファイルを置き換える", "replace an existing file"))] = False,
) -> int:
    """Write the inquiry; returns the exit code."""
    chosen = tuple(dict.fromkeys(part.strip() for part in formats.split(",") if part.strip()))
    if not chosen or set(chosen) - set(FORMATS):
        raise typer.BadParameter(f"--format: {', '.join(FORMATS)}")
    with screen_for(lang) as screen:
        exported = export_inquiry(site, name.strip(), out, chosen, screen.language, screen, replace=force, own_checks=tuple(checks or ()))
    asked = exported.inquiry
    screen.line(
        Text(
            f"機器 {len(asked.machines)} 台、回線 {len(asked.lines)} 件: お願い {len(asked.findings)} 件、通信 {len(asked.flows)} 件、"
            f"質問 {len(asked.questions)} 件",
            f"machines {len(asked.machines)}, lines {len(asked.lines)}, requests {len(asked.findings)}, connections {len(asked.flows)}, "
            f"questions {len(asked.questions)}",
        ).say(screen.language)
    )
    for path in exported.files:
        screen.line(Text(f"書きました: {path}", f"wrote {path}").say(screen.language))
    checklist = f'omamori checklist --role vendor --vendor "{clean(asked.vendor)}" --out FILE.xlsx'
    screen.line(
        Text(
            f"チェックリスト(事業者確認用)は別に書きます: {checklist}", f"the checklist for vendors is a file of its own: {checklist}"
        ).say(screen.language)
    )
    return DONE
