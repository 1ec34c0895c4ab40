"""`omamori pack`: the evidence pack for the inspector, after showing what leaves the building."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, moment_of, screen_for
from omamori.cli.screen import DONE
from omamori.model.text import Text
from omamori.pipeline.checklist import SheetRequest
from omamori.pipeline.pack import make_pack, preview_lines, write_pack

HELP = help_text(
    "立入検査などで渡す根拠一式(zip)を作ります。シート、項目ごとの根拠の行、ハッシュの一覧が入ります。書く前に、何が院外に出るかを示します。"
    "\n\n例: omamori pack --out konkyo.zip --preview\n\n例: omamori pack --out konkyo.zip",
    "Make the evidence pack (zip) for an inspection: the sheet, the lines of evidence of each item, and a list of hashes. What leaves the building "
    "is shown before it is written.\n\nExample: omamori pack --out pack.zip --preview\n\nExample: omamori pack --out pack.zip",
)


def pack(
    out: Annotated[Path, typer.Option(help=help_text("書くzipファイル", "zip file to write"))],
    standard: Annotated[
        str | None,
        typer.Option(
            help=help_text(
                "版の名前か、自分の .yaml。省略するとその日のチェックリスト",
                "name of an edition, or a .yaml of your own; by default the day's checklist",
            )
        ),
    ] = None,
    vendor: Annotated[str, typer.Option(help=help_text("事業者の名前(台帳のとおり)", "name of the vendor, as in the ledger"))] = "",
    preview: Annotated[
        bool, typer.Option("--preview", help=help_text("何が出るかを示すだけで、何も書かない", "only show what would leave; write nothing"))
    ] = False,
    with_names: Annotated[
        bool, typer.Option("--with-names", help=help_text("人の名前・アカウント名を残す", "keep names of persons and accounts"))
    ] = False,
    site: SiteDir = Path("omamori-site"),
    moment: Annotated[
        str | None, typer.Option(help=help_text("この時点で(例 2026-06-01)", "as of this moment, such as 2026-06-01"))
    ] = None,
    lang: Lang = None,
    force: Annotated[bool, typer.Option("--force", help=help_text("既存のファイルを置き換える", "replace an existing file"))] = False,
) -> int:
    """Show what would leave and, without --preview, write the pack; returns the exit code."""
    request = SheetRequest(site=site, standard=standard, vendor=vendor.strip(), moment=moment_of(moment))
    with screen_for(lang) as screen:
        made = make_pack(request, screen.language, screen, with_names=with_names)
    for line in preview_lines(made, out):
        screen.line(line.say(screen.language))
    if preview:
        screen.line(Text("何も書いていません(--preview)", "nothing was written (--preview)").say(screen.language), "dim")
        return DONE
    size = write_pack(made, out, replace_it=force)
    screen.line(Text(f"書きました: {out}({size:,} バイト)", f"wrote {out} ({size:,} bytes)").say(screen.language), "green")
    return DONE
