"""`omamori diff` and `omamori rebuild`: what changed, and old evidence read with today's parsers."""

from __future__ import annotations

import json as json_module
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE
from omamori.model.text import Text
from omamori.pipeline.compare_scans import compare_scans, is_scan_file, scan_comparison_json, scan_comparison_lines
from omamori.report.clean import clean

DIFF_HELP = help_text(
    "2つの時点の違いを示します(IDまたは日付。省略すると最後の2つ)。nmapのXMLファイル2つも比べられます。"
    "\n\n例: omamori diff 2026-05-01 2026-06-01\n\n例: omamori diff 5月.xml 6月.xml",
    "Show what changed between two snapshots (id or date; by default the last two), or between two nmap XML files."
    "\n\nExample: omamori diff 2026-05-01 2026-06-01\n\nExample: omamori diff may.xml june.xml",
)
REBUILD_HELP = help_text(
    "同じ時点と同じ情報を、今の読み取り方で作り直します。\n\n例: omamori rebuild",
    "Make the snapshot of the same moment and evidence anew with today's parsers.\n\nExample: omamori rebuild",
)


def diff(
    before: Annotated[str | None, typer.Argument(help=help_text("前の時点、またはnmapのXML", "earlier snapshot, or nmap XML file"))] = None,
    after: Annotated[str | None, typer.Argument(help=help_text("後の時点、またはnmapのXML", "later snapshot, or nmap XML file"))] = None,
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
    json: Annotated[bool, typer.Option("--json", help=help_text("JSONで出力", "print JSON"))] = False,
) -> int:
    """Print the difference; returns the exit code."""
    screen = screen_for(lang)
    if before is not None and after is not None and (is_scan_file(before) or is_scan_file(after)):
        with screen:
            scans = compare_scans(before, after, screen)
        said, lines = scan_comparison_json(scans), scan_comparison_lines(scans)
    else:
        # What judges snapshots takes longer to load than two scans to compare.
        from omamori.pipeline.compare import compare, comparison_json, comparison_lines

        comparison = compare(site, before, after)
        said, lines = comparison_json(comparison), comparison_lines(comparison)
    if json:
        screen.raw(json_module.dumps(said, ensure_ascii=False, indent=1))
        return DONE
    for line in lines:
        screen.line(clean(line.say(screen.language)))
    return DONE


def rebuild(
    snapshot: Annotated[
        str | None, typer.Argument(help=help_text("IDまたは日付。省略すると最新", "id or date; by default the newest"))
    ] = None,
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
) -> int:
    """Rebuild; returns the exit code."""
    from omamori.pipeline.rebuild import rebuild_snapshot

    with screen_for(lang) as screen:
        made = rebuild_snapshot(site, snapshot, screen)
    screen.line(Text(f"作り直しました: {made}", f"rebuilt: {made}").say(screen.language))
    return DONE
