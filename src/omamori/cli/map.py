"""`omamori map`: draw the hospital, for paper or as a page to look around in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE
from omamori.map.picture import DEFAULT_LAYERS, LAYERS
from omamori.map.sheet import SHEETS
from omamori.pipeline.picture import PictureRequest, write_picture

HELP = help_text(
    "病院のネットワークを1枚の図に描きます。SVGは紙(A3・A4)用、HTMLは拡大・検索・クリックできるページです(どちらも1ファイル、通信なし)。\n\n"
    "例: omamori map --out zu.html\n\n例: omamori map --out keiro.svg --ways-in PACS保守VPN --without PACS保守VPN",
    "Draw the hospital's network in one picture: SVG for paper (A3, A4), or HTML, a page to zoom, search and click. One file each, no network.\n\n"
    "Example: omamori map --out map.html\n\nExample: omamori map --out ways.svg --ways-in NAME --without NAME",
)


def map_command(
    out: Annotated[Path, typer.Option(help=help_text("書くファイル(.svg または .html)", "file to write, .svg or .html"))] = Path(
        "omamori-map.html"
    ),
    paper: Annotated[str, typer.Option(help=help_text("紙の大きさ a3 または a4(横)", "paper, a3 or a4 (landscape)"))] = "a3",
    layers: Annotated[
        str,
        typer.Option(
            help=help_text(
                "重ねて描くもの(コンマ区切り): lines 回線、joins またがる機器、talks 見えた通信、designed 設計との差、changes 変化",
                "what is drawn over the rooms, separated by commas: lines, joins (machines in two networks), talks (connections seen), "
                "designed (against what was designed), changes",
            )
        ),
    ] = ",".join(DEFAULT_LAYERS),
    ways_in: Annotated[
        str,
        typer.Option(
            "--ways-in",
            help=help_text(
                "侵入者の経路を描く入口(入口・回線・機器の名前。all はすべて)",
                "draw an intruder's ways from this entry (entry, line or device by name; all for every one)",
            ),
        ),
    ] = "",
    without: Annotated[
        list[str] | None,
        typer.Option(
            help=help_text(
                "この変更をしたとしたらの図(変更の名前、回線、入口、規則。何度でも)",
                "draw it as it would be with this change: a change, line, entry or rule by name; may be repeated",
            )
        ),
    ] = None,
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
) -> int:
    """Write the picture; returns the exit code."""
    if out.suffix.lower() not in (".svg", ".html", ".htm"):
        raise typer.BadParameter("--out: FILE.svg, FILE.html")
    if paper.lower() not in SHEETS:
        raise typer.BadParameter(f"--paper: {', '.join(SHEETS)}")
    chosen = tuple(dict.fromkeys(part.strip() for part in layers.split(",") if part.strip()))
    if set(chosen) - set(LAYERS):
        raise typer.BadParameter(f"--layers: {', '.join(LAYERS)}")
    with screen_for(lang) as screen:
        request = PictureRequest(
            site=site,
            out=out,
            language=screen.language,
            paper=paper.lower(),
            layers=chosen,
            ways_in=ways_in,
            without=tuple(without or ()),
        )
        written = write_picture(request, screen)
    screen.line(str(written), "green")
    return DONE
