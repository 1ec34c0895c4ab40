"""Writes the report in the formats asked for, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from pathlib import Path

from omamori.model.text import Language
from omamori.pipeline.error import UserError
from omamori.report.excel import render_excel
from omamori.report.html import render_html
from omamori.report.json import json_parts
from omamori.report.paper.director import render_director
from omamori.report.paper.full import render_full
from omamori.report.paper.render import PaperError, font
from omamori.report.shape import Report
from omamori.snapshot.database import Database
from omamori.snapshot.files import private_folder, write_whole

FORMATS = ("html", "json", "xlsx", "pdf", "director")
"""`pdf`: the whole report, and the director's page beside it; `director`: that page alone."""
_PAPERS = {"pdf": ("report.pdf", "director.pdf"), "director": ("director.pdf",)}


def need_paper(formats: Sequence[str]) -> None:
    """Raise `UserError` when a PDF is asked for and cannot be made here: told before anything is judged."""
    if set(formats) & set(_PAPERS):
        try:
            font()
        except PaperError as error:
            raise UserError(error.text.ja, error.text.en) from error


def write_report(
    report: Report, database: Database, out: Path, formats: Sequence[str], language: Language, zone: tzinfo
) -> tuple[Path, ...]:
    """Write the formats of `FORMATS` asked for into `out`, readable by their owner only; returns the files."""
    if not formats:
        return ()
    if not out.exists():
        private_folder(out)
    written = []
    for name in dict.fromkeys(file for form in formats for file in _PAPERS.get(form, (f"report.{form}",))):
        path = out / name
        write_whole(path, _content(report, database, name, language, zone))
        written.append(path)
    return tuple(written)


def _content(report: Report, database: Database, name: str, language: Language, zone: tzinfo) -> bytes | Iterable[bytes]:
    if name == "director.pdf":
        return render_director(report, language, zone)
    if name == "report.pdf":
        return render_full(report, language, zone)
    if name == "report.html":
        return render_html(report, language, zone).encode()
    if name == "report.json":
        return (part.encode() for part in json_parts(report))
    return render_excel(report, database, language, zone)
