"""`omamori papers`: drafts of the papers that the workbook already answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE
from omamori.pipeline.papers import FORMATS, NAMES, PapersRequest, write_papers

HELP = help_text(
    "台帳から書類の下書きを作ります: 壁に貼る「その日の紙」(day)、連絡体制図(contacts)、BCP骨子(bcp)、運用管理規程骨子(rules)、外部接続一覧(lines)、システム一覧(systems)。"
    "PDFと、書き直せるWordの文書です。\n\n例: omamori papers --out shorui --only contacts,bcp",
    "Make drafts of papers from the workbook: day (the page for the day, to hang on the wall), contacts, bcp (continuity plan), rules, "
    "lines (outside lines), systems (order of recovery). "
    "As PDF, and as Word files to edit.\n\nExample: omamori papers --out papers --only contacts,bcp",
)


def papers(
    out: Annotated[Path, typer.Option(help=help_text("書類を置く場所", "where the papers go"))] = Path("omamori-papers"),
    site: SiteDir = Path("omamori-site"),
    only: Annotated[str, typer.Option(help=help_text("作る書類(コンマ区切り)", "papers to make, separated by commas"))] = ",".join(NAMES),
    formats: Annotated[
        str, typer.Option("--format", help=help_text("pdf, docx(コンマ区切り)", "pdf, docx, separated by commas"))
    ] = ",".join(FORMATS),
    lang: Lang = None,
) -> int:
    """Write the papers; returns the exit code."""
    names, forms = _chosen("--only", only, NAMES), _chosen("--format", formats, FORMATS)
    with screen_for(lang) as screen:
        written = write_papers(PapersRequest(site=site, out=out, language=screen.language, names=names, formats=forms), screen)
    for path in written:
        screen.line(str(path), "green")
    return DONE


def _chosen(option: str, text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not chosen or set(chosen) - set(known):
        raise typer.BadParameter(f"{option}: {', '.join(known)}")
    return chosen
