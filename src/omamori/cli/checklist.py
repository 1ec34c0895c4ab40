"""`omamori checklist`: the sheet of a standard with what the evidence says, for a person to answer."""

from __future__ import annotations

import json as json_module
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, moment_of, screen_for
from omamori.cli.screen import DONE, Screen
from omamori.model.standard import DECISIONS
from omamori.model.text import Text
from omamori.pipeline.checklist import SheetRequest, held_editions, make_sheet, start_edition, write_sheet_file
from omamori.report.clean import clean
from omamori.report.standard_sheet_json import sheet_json
from omamori.report.standard_sheet_shape import AnswerSheet, sheet_items
from omamori.report.standard_sheet_words import confidence_line, number_of, validity

HELP = help_text(
    "厚生労働省のチェックリストなどの下書きを、根拠付きのExcelで書き出します。「はい」と日付は、確かめた人が書きます。"
    "\n\n例: omamori checklist --out checklist.xlsx\n\n例: omamori checklist --role vendor --vendor 業者名 --out gyosha.xlsx",
    "Write the draft of the ministry's checklist, or another standard, as an Excel sheet with its evidence; people give the answers."
    "\n\nExample: omamori checklist --out checklist.xlsx\n\nExample: omamori checklist --role vendor --vendor NAME --out vendor.xlsx",
)


def checklist(
    out: Annotated[Path | None, typer.Option(help=help_text("書くExcelファイル", "Excel file to write"))] = None,
    standard: Annotated[
        str | None,
        typer.Option(
            help=help_text(
                "版の名前か、自分の .yaml。省略するとその日のチェックリスト",
                "name of an edition, or a .yaml of your own; by default the day's checklist",
            )
        ),
    ] = None,
    role: Annotated[str | None, typer.Option(help=help_text("hospital か vendor", "hospital or vendor"))] = None,
    vendor: Annotated[str, typer.Option(help=help_text("事業者の名前(台帳のとおり)", "name of the vendor, as in the ledger"))] = "",
    site: SiteDir = Path("omamori-site"),
    moment: Annotated[
        str | None, typer.Option(help=help_text("この時点で(例 2026-06-01)", "as of this moment, such as 2026-06-01"))
    ] = None,
    new: Annotated[
        Path | None, typer.Option(help=help_text("いちばん新しい版の .yaml を書き出す", "write the newest edition as a .yaml to correct"))
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help=help_text("入っている版の一覧", "list the editions that are held"))] = False,
    lang: Lang = None,
    force: Annotated[bool, typer.Option("--force", help=help_text("既存のファイルを置き換える", "replace an existing file"))] = False,
    json: Annotated[bool, typer.Option("--json", help=help_text("結論をJSONで標準出力へ", "print the decisions as JSON"))] = False,
) -> int:
    """Write the sheet, or print what is held; returns the exit code."""
    at = moment_of(moment)
    screen = screen_for(lang, quiet=json)
    if list_:
        _show_editions(screen, as_json=json)
        return DONE
    if new is not None:
        name = start_edition(new, standard, role, replace_it=force)
        screen.line(Text(f"書きました: {new}({name} の写し)", f"wrote {new}, a copy of {name}").say(screen.language))
        return DONE
    request = SheetRequest(site=site, standard=standard, role=role, vendor=vendor.strip(), moment=at)
    with screen:
        sheet = make_sheet(request, screen)
        if out is not None:
            write_sheet_file(sheet, out, screen.language, request.zone, replace_it=force)
    if json:
        screen.raw(sheet_json(sheet))
    else:
        show_sheet(screen, sheet, out)
    return DONE


def _show_editions(screen: Screen, *, as_json: bool) -> None:
    editions = held_editions()
    if as_json:
        rows = [
            {
                "standard": edition.name,
                "title": {"ja": edition.title.ja, "en": edition.title.en},
                "role": edition.role,
                "valid_from": edition.valid_from.isoformat() if edition.valid_from else None,
                "valid_until": edition.valid_until.isoformat() if edition.valid_until else None,
                "confidence": Counter(item.confidence for item in edition.items()),
            }
            for edition in editions
        ]
        screen.raw(json_module.dumps(rows, ensure_ascii=False, indent=1))
        return
    for edition in editions:
        said = screen.language
        screen.line(clean(f"{edition.name}  {validity(edition).say(said)}"), "bold")
        screen.line(clean(f"  {edition.title.say(said)}"))
        screen.line(clean(f"  {confidence_line(edition).say(said)}"), "dim")


def show_sheet(screen: Screen, sheet: AnswerSheet, out: Path | None) -> None:
    """Print how many items have each decision, the gravest first, and where the sheet was written (None: nowhere)."""
    said = screen.language
    if sheet.said is not None:
        screen.line(clean(sheet.said.say(said)), "yellow")
    screen.line(clean(sheet.edition.title.say(said)), "bold")
    by_decision: dict[str, list[str]] = {}
    for one in sheet_items(sheet):
        if one.decision is not None:
            by_decision.setdefault(one.decision.decision, []).append(number_of(one.part, one.item))
    for value in DECISIONS:
        if value.code in by_decision:
            numbers = by_decision[value.code]
            screen.line(clean(f"  {len(numbers):3} {value.label.say(said)}: {', '.join(numbers)}"))
    if out is None:
        screen.line(
            Text("Excelに書くには --out FILE.xlsx を付けてください", "add --out FILE.xlsx to write the Excel sheet").say(said), "dim"
        )
    else:
        screen.line(Text(f"書きました: {out}", f"wrote {out}").say(said), "green")
