"""Writes the report in the formats asked for, each whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from pathlib import Path

from omamori.model.text import Language
from omamori.report.excel import render_excel
from omamori.report.html import render_html
from omamori.report.json import json_parts
from omamori.report.shape import Report
from omamori.snapshot.database import Database
from omamori.snapshot.files import private_folder, write_whole

FORMATS = ("html", "json", "xlsx")


def write_report(
    report: Report, database: Database, out: Path, formats: Sequence[str], language: Language, zone: tzinfo
) -> tuple[Path, ...]:
    """Write `report.<format>` into `out`, readable by its owner only; returns the files."""
    if not formats:
        return ()
    if not out.exists():
        private_folder(out)
    written = []
    for name in formats:
        path = out / f"report.{name}"
        write_whole(path, _content(report, database, name, language, zone))
        written.append(path)
    return tuple(written)


def _content(report: Report, database: Database, name: str, language: Language, zone: tzinfo) -> bytes | Iterable[bytes]:
    if name == "html":
        return render_html(report, language, zone).encode()
    if name == "json":
        return (part.encode() for part in json_parts(report))
    return render_excel(report, database, language, zone)
