"""Writes the report in the formats asked for, each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from omamori.model.text import Language
from omamori.report.excel import report_excel
from omamori.report.html import render_html
from omamori.report.json import report_json
from omamori.report.shape import Report
from omamori.snapshot.files import private_folder, write_whole

FORMATS = ("html", "json", "xlsx")


def write_report(report: Report, out: Path, formats: Sequence[str], language: Language) -> tuple[Path, ...]:
    """Write `report.<format>` into `out`, readable by its owner only; returns the files."""
    if not formats:
        return ()
    if not out.exists():
        private_folder(out)
    written = []
    for name in formats:
        path = out / f"report.{name}"
        write_whole(path, _content(report, name, language))
        written.append(path)
    return tuple(written)


def _content(report: Report, name: str, language: Language) -> bytes:
    if name == "html":
        return render_html(report, language).encode()
    if name == "json":
        return report_json(report).encode()
    return report_excel(report, language)
