"""`omamori harden`: what can be closed at no cost, planned from what was seen; nothing is changed on any machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE, Screen
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.pipeline.harden import HardenRequest, HardenResult, Verified, harden, plan_json, verified_json, verify_plan
from omamori.respond.harden.verify import STATES

HELP = help_text(
    "費用をかけずに固める計画を、見たものから作ります。機器ごと・グループごとに、何をどこに入れるか、何が止まりうるか、戻し方、"
    "手で行う人のためのメニューの場所。医療機器と、業者の機器や業者が保守する機器は、業者への質問にします。台帳にない機器にはファイルを作りません。機器には何も入れません。\n\n"
    "例: omamori harden pcs --out keikaku\n\n例: omamori harden zone:事務LAN --measure smb1-server-off --out keikaku2\n\n"
    "例: omamori harden --verify keikaku/plan.json(入れて、もう一度集めて omamori check をしたあと)",
    "Plan what can be closed at no cost, from what was seen: what is put where on which machine, what could stop, how to take it back, and "
    "the menus for those who run no script. For medical devices and machines a vendor runs or looks after it asks the vendor; for a machine the "
    "ledger does not name it makes no files. It changes no machine.\n\n"
    "Example: omamori harden pcs --out plan\n\nExample: omamori harden zone:office --measure smb1-server-off --out plan2\n\n"
    "Example: omamori harden --verify plan/plan.json (after applying it, a new look and omamori check)",
)

_MOST = 40
"""Promises that do not hold yet which the screen names one by one."""


def harden_command(
    group: Annotated[
        list[str] | None,
        typer.Argument(
            help=help_text(
                "all、pcs、servers、zone:ゾーン名、domain:ドメイン名、vendor:業者名、機器の名前(なければ all)",
                "all, pcs, servers, zone:NAME, domain:NAME, vendor:NAME or a machine's name (all where none is given)",
            )
        ),
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option(help=help_text("この対策だけ(何度でも)", "only this measure (may be repeated)"))
    ] = None,
    days: Annotated[
        int, typer.Option(min=1, max=400, help=help_text("何日前までの通信を使うか", "how many days back traffic counts as use"))
    ] = 30,
    out: Annotated[Path | None, typer.Option(help=help_text("計画とファイルを書くフォルダ", "folder for the plan and its files"))] = None,
    verify: Annotated[
        Path | None,
        typer.Option(help=help_text("書いた計画の plan.json。約束といまを照らす", "plan.json of a written plan: hold it against now")),
    ] = None,
    site: SiteDir = Path("omamori-site"),
    json: Annotated[bool, typer.Option("--json", help=help_text("JSONで標準出力へ", "print as JSON"))] = False,
    lang: Lang = None,
) -> int:
    """Print the plan, or how a written one stands; returns the exit code."""
    screen = screen_for(lang, quiet=json)
    if verify is not None:
        with screen:
            found = verify_plan(site, verify, screen)
        screen.raw(verified_json(found)) if json else _show_verified(screen, found)
        return DONE
    request = HardenRequest(site, screen.language, tuple(group or ("all",)), tuple(measure or ()), days, out)
    with screen:
        result = harden(request, screen)
    screen.raw(plan_json(result)) if json else _show(screen, result)
    return DONE


def _show(screen: Screen, result: HardenResult) -> None:
    for one in result.told:
        if one.level == 1:
            screen.line("")
        style = "bold" if one.level == 1 else "yellow" if one.warn else None
        screen.line(clean(f"{'  ' * (one.level - 1)}{'■ ' if one.level == 1 else ''}{one.text.say(screen.language)}"), style)
    for path in result.written[:2]:
        screen.line(str(path), "green")


def _show_verified(screen: Screen, found: Verified) -> None:
    for state, count in found.counts.items():
        if count:
            screen.line(f"{STATES[state].say(screen.language)}: {count}", "bold")
    open_ones = [one for one in found.kept if one.state != "gone"]
    for one in open_ones[:_MOST]:
        promise = one.promise
        why = one.why.say(screen.language) or f"{promise.subject}" + (
            f" ({promise.key})" if promise.key not in ("", promise.subject) else ""
        )
        screen.line(clean(f"  {STATES[one.state].say(screen.language)}: {promise.check}: {why}"), "yellow")
    rest = len(open_ones) - _MOST
    if rest > 0:
        screen.line(Text(f"  ほか {rest} 件(--json で全部)", f"  and {rest} more (all of them with --json)").say(screen.language))
