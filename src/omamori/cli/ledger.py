"""`omamori ledger new|export`: the workbook of what the hospital believes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE
from omamori.model.text import Text
from omamori.pipeline.ledger import export_ledger, new_ledger

app = typer.Typer(no_args_is_help=True, help=help_text("台帳(Excel)", "The ledger workbook (Excel)"))


@app.command(
    "new",
    help=help_text(
        "記入用の台帳を作ります。手元の機器一覧から始められます。\n\n例: omamori ledger new daicho.xlsx --from ichiran.xlsx --column 機器名=資産名称",
        "Make an empty ledger, or start from an asset list you already have.\n\n"
        "Example: omamori ledger new ledger.xlsx --from list.csv --column asset=Name",
    ),
)
def new(
    file: Annotated[Path, typer.Argument(help=help_text("作る台帳", "workbook to make"))],
    source: Annotated[
        Path | None, typer.Option("--from", help=help_text("手元の機器一覧(xlsx/csv)", "asset list you have (xlsx, csv)"))
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help=help_text("台帳の列=手元の列。複数可", "ledger column=your column; may repeat"))
    ] = None,
    lang: Lang = None,
    force: Annotated[bool, typer.Option("--force", help=help_text("既存のファイルを置き換える", "replace an existing file"))] = False,
) -> int:
    """Write a new workbook; returns the exit code."""
    mapping = {}
    for pair in column or ():
        left, equals, right = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"--column {pair}: LEDGER=YOURS")
        mapping[left.strip()] = right.strip()
    with screen_for(lang) as screen:
        for text in new_ledger(file, screen.language, source=source, mapping=mapping, replace=force):
            screen.told(text)
    screen.line(Text(f"作りました: {file}", f"made {file}").say(screen.language))
    return DONE


@app.command(
    "export",
    help=help_text(
        "今の台帳と、観測された通信の一覧(印を付けると設計通信になる)を書き出します。\n\n例: omamori ledger export daicho.xlsx",
        "Write the present ledger with the list of observed connections to tick.\n\nExample: omamori ledger export ledger.xlsx",
    ),
)
def export(
    file: Annotated[Path, typer.Argument(help=help_text("書く台帳", "workbook to write"))],
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
    force: Annotated[bool, typer.Option("--force", help=help_text("既存のファイルを置き換える", "replace an existing file"))] = False,
) -> int:
    """Export the ledger; returns the exit code."""
    with screen_for(lang) as screen:
        export_ledger(site, file, screen.language, screen, replace=force)
    screen.line(Text(f"書きました: {file}", f"wrote {file}").say(screen.language))
    return DONE
