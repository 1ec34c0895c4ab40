"""`omamori paths`: how far an intruder gets from each way in, and which changes cut the ways."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE, Screen
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.model.ways_in import ENTRY_KINDS, JEWELS
from omamori.pipeline.paths import PathsRequest, PathsResult, find_paths, paths_json
from omamori.report.words import COST, OTHER_REASON, REASON

if TYPE_CHECKING:
    from omamori.analyze.paths.answer import Path as Found
    from omamori.analyze.paths.answer import Ranked

HELP = help_text(
    "侵入者が、入口ごとにどこまで進めるかを、根拠の付いた一歩ずつで示し、それを断つ、いちばん費用の少ない変更の組を選びます。"
    "読むだけで、何にも接続しません。\n\n"
    "例: omamori paths\n\n例: omamori paths --without PACS保守VPN",
    "Show how far an intruder gets from each way in, step by step with the evidence, and the cheapest changes that cut the ways. "
    "It only reads what was collected and connects to nothing.\n\n"
    "Example: omamori paths\n\nExample: omamori paths --without NAME",
)
_KINDS = {value.code: value.label for value in ENTRY_KINDS}
_JEWELS = {value.code: value.label for value in JEWELS}
_CHANGES = 15
"""Changes outside the cheapest set that are shown."""


def paths(
    without: Annotated[
        list[str] | None,
        typer.Option(
            help=help_text(
                "この変更をしたとしたら(変更の名前、回線、入口、規則。何度でも)",
                "suppose this change: a change, line, entry or rule by name; may be repeated",
            )
        ),
    ] = None,
    site: SiteDir = Path("omamori-site"),
    json: Annotated[bool, typer.Option("--json", help=help_text("JSONで標準出力へ", "print as JSON"))] = False,
    lang: Lang = None,
) -> int:
    """Print the paths; returns the exit code."""
    screen = screen_for(lang, quiet=json)
    with screen:
        result = find_paths(PathsRequest(site=site, without=tuple(without or ())), screen)
    if json:
        screen.raw(paths_json(result))
    else:
        show_paths(screen, result)
    return DONE


def show_paths(screen: Screen, result: PathsResult) -> None:
    """Print entry by entry the ways, what could not be told, and what to do first."""
    if not result.entries:
        _say(screen, Text("入口がまだ一つも分かっていません", "no way in is known yet"), "yellow")
    if not result.jewels:
        line = Text(
            "守るべき機器が分かりません。台帳の「用途」と「止まると診療が止まるか」を書いてください",
            "no crown jewel is known: fill in purpose and importance in the ledger",
        )
        _say(screen, line, "yellow")
    if result.supposed:
        _supposed(screen, result)
    for entry in result.entries:
        kind = _KINDS[entry.kind].say(screen.language)
        who = f"、{entry.vendor}" if entry.vendor and screen.language == "ja" else f", {entry.vendor}" if entry.vendor else ""
        screen.line("")
        screen.line(clean(f"■ {entry.entry} ({kind}{who})"), "bold")
        _ways(screen, [path for path in result.after.paths if path.entry == entry.entry])
        _not_reached(screen, result, entry.entry)
    _what_first(screen, result)


def _supposed(screen: Screen, result: PathsResult) -> None:
    names = "、".join(result.supposed) if screen.language == "ja" else ", ".join(result.supposed)
    gone, left = len(result.removed), len(result.after.paths)
    _say(
        screen,
        Text(f"「{names}」をしたとすると: 経路 {gone} が断たれ、{left} が残ります", f"With {names}: {gone} paths are cut, {left} are left"),
        "bold",
    )
    for path in result.removed:
        _say(screen, Text(f"  断たれる: {path.entry} → {path.asset}", f"  cut: {path.entry} -> {path.asset}"), "green")


def _ways(screen: Screen, found: Sequence[Found]) -> None:
    """Print the ways of one entry; steps that are those of the way before are not told again."""
    before: Found | None = None
    for path in sorted(found, key=lambda one: (not one.certain, len(one.steps), one.asset)):
        jewel = _JEWELS[path.jewel].say(screen.language)
        sure = Text("", "") if path.certain else Text("、確かではない", ", not certain")
        head = Text(
            f"  → {path.asset}({jewel}): {len(path.steps)}歩{sure.ja}", f"  -> {path.asset} ({jewel}): {len(path.steps)} steps{sure.en}"
        )
        _say(screen, head, "red" if path.certain else "yellow")
        same = 0
        if before is not None:
            same = next((at for at, (one, other) in enumerate(zip(before.steps, path.steps, strict=False)) if one != other), 0)
        if same:
            _say(screen, Text(f"     1〜{same} は上と同じ", f"     1-{same} as above"), "dim")
        for number, step in enumerate(path.steps[same:], same + 1):
            doubt = Text("", "") if step.certain else Text("(確かではありません)", " (not certain)")
            words = Text(step.told.ja + doubt.ja, step.told.en + doubt.en)
            screen.spans(
                [
                    (clean(f"     {number} {words.say(screen.language)}"), ""),
                    (clean(f"  [{step.evidence}]") if step.evidence else "", "dim"),
                ]
            )
        before = path


def _not_reached(screen: Screen, result: PathsResult, entry: str) -> None:
    rest = [one for one in result.unreached if one.entry == entry]
    dark = [one for one in rest if one.reason is not None]
    if dark:
        names, why = _list(screen, [one.asset for one in dark]), REASON.get(dark[0].reason or "", OTHER_REASON).say(screen.language)
        line = Text(f"  判断できません({why}): {names}", f"  could not be told ({why}): {names}")
        _say(screen, line, "dim")
    clear = [one.asset for one in rest if one.reason is None]
    if clear:
        names = _list(screen, clear)
        _say(screen, Text(f"  見た範囲では経路が見つかりません: {names}", f"  no way found in what was looked at: {names}"), "dim")


def _what_first(screen: Screen, result: PathsResult) -> None:
    found = result.after
    chosen = [one for one in found.changes if one.rank]
    screen.line("")
    if chosen:
        bound = Text("", "")
        if not found.exact:
            bound = Text("(これより安い組があるかもしれません)", " (there may be a cheaper set)")
        _say(screen, Text(f"まずやること: いちばん費用の少ない組{bound.ja}", f"What to do first: the cheapest set{bound.en}"), "bold")
        for one in chosen:
            _say(screen, _change_line(one, f"{one.rank}."))
    others = [one for one in found.changes if not one.rank and one.cuts]
    if others:
        _say(screen, Text("ほかに経路を断つ変更", "Other changes that cut paths"), "bold")
        for one in others[:_CHANGES]:
            _say(screen, _change_line(one, "-"))
    for entry, asset in found.uncut:
        line = Text(
            f"  {entry} → {asset}: 分かっている変更だけでは断てない経路があるかもしれません。まだ見ていない機器を見てください",
            f"  {entry} -> {asset}: no change known here cuts every possible way; look at the machines nobody has looked at",
        )
        _say(screen, line, "yellow")


def _change_line(one: Ranked, mark: str) -> Text:
    change, cost = one.proposal, COST[one.proposal.cost]
    who = "" if change.vendor in (None, "hospital") else change.vendor
    ja_who, en_who = (f"、{who}", f", {who}") if who else ("、病院", ", the hospital")
    return Text(
        f"  {mark} {change.ja}({cost.ja}{ja_who}。これだけで断てる経路 {one.cuts}) [{change.change}]",
        f"  {mark} {change.en} ({cost.en}{en_who}; cuts {one.cuts} paths by itself) [{change.change}]",
    )


def _list(screen: Screen, names: Sequence[str]) -> str:
    return ("、" if screen.language == "ja" else ", ").join(names)


def _say(screen: Screen, text: Text, style: str | None = None) -> None:
    screen.line(clean(text.say(screen.language)), style)
