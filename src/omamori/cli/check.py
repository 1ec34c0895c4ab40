"""`omamori check`: judge the site and write the report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, moment_of, screen_for
from omamori.cli.screen import DONE, REACHED, Screen
from omamori.model.look import SEVERITIES
from omamori.pipeline.check import FORMATS, CheckRequest, CheckResult, run_check
from omamori.report.summary import Style

Formats = Annotated[
    str,
    typer.Option(
        "--format",
        help=help_text(
            "書く形式(コンマ区切り)。html,json,xlsx,pdf(全体と院長用の1枚),director(1枚だけ)",
            "formats, separated by commas: html,json,xlsx,pdf (all, and the director's page),director (that page alone)",
        ),
    ),
]
DEFAULT = "html,json,xlsx"
HELP = help_text(
    "サイトの情報を判定して報告書を書きます(空なら このパソコンを調べます)。\n\n例: omamori check --here --out report",
    "Judge the site and write the report (an empty site: look at this machine).\n\nExample: omamori check --here --out report",
)


def check(
    site: SiteDir = Path("omamori-site"),
    here: Annotated[bool, typer.Option("--here", help=help_text("まずこの機器を調べる", "look at this machine first"))] = False,
    lang: Lang = None,
    out: Annotated[Path | None, typer.Option(help=help_text("報告書を置く場所", "where the report goes"))] = None,
    formats: Formats = DEFAULT,
    fail_on: Annotated[
        str | None, typer.Option(help=help_text("この重さ以上の発見があれば終了コード1", "exit code 1 from this severity on"))
    ] = None,
    moment: Annotated[
        str | None, typer.Option(help=help_text("この時点で判定する(例 2026-06-01)", "judge as of this moment, such as 2026-06-01"))
    ] = None,
    checks: Annotated[list[Path] | None, typer.Option(help=help_text("自院のチェックの場所", "folder of your own checks"))] = None,
    json: Annotated[bool, typer.Option("--json", help=help_text("結果をJSONで標準出力へ", "print the result as JSON"))] = False,
) -> int:
    """Run the check; returns the exit code."""
    chosen = formats_of(formats)
    if fail_on is not None and fail_on not in SEVERITIES:
        raise typer.BadParameter(f"--fail-on: {', '.join(SEVERITIES)}")
    at = moment_of(moment)
    with screen_for(lang, quiet=json) as screen:
        request = CheckRequest(
            site=site, here=here, out=out, formats=chosen, language=screen.language, moment=at, own_checks=tuple(checks or ())
        )
        result = run_check(request, screen)
    if json:
        screen.raw(result.json_text)
    else:
        show_result(screen, result)
    return REACHED if fail_on is not None and result.reaches(fail_on) else DONE


def formats_of(text: str) -> tuple[str, ...]:
    """Return the formats named, separated by commas; UsageError when one is not known."""
    chosen = tuple(part.strip() for part in text.split(",") if part.strip())
    if not chosen or set(chosen) - set(FORMATS):
        raise typer.BadParameter(f"--format: {', '.join(FORMATS)}")
    return chosen


def show_result(screen: Screen, result: CheckResult) -> None:
    """Print the summary and where the files are."""
    for line in result.summary:
        screen.spans([(span.text.say(screen.language), _STYLES[span.style]) for span in line])


_STYLES: dict[Style, str] = {
    "title": "bold",
    "heading": "bold",
    "big": "bold",
    "plain": "",
    "muted": "dim",
    "critical": "bold magenta",
    "high": "bold yellow",
    "medium": "yellow",
    "low": "",
    "unseen": "cyan",
    "file": "green",
    "note": "dim",
}
