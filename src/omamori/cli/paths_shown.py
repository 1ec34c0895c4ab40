"""How the ways of an intruder are printed: first the overview and what to do, then the steps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from omamori.cli.screen import Screen
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.model.ways_in import ENTRY_KINDS, JEWELS
from omamori.pipeline.paths import PathsResult
from omamori.report.words import COST, OTHER_REASON, REASON

if TYPE_CHECKING:
    from omamori.analyze.paths.answer import Path as Found
    from omamori.analyze.paths.answer import Ranked

_KINDS = {value.code: value.label for value in ENTRY_KINDS}
_JEWELS = {value.code: value.label for value in JEWELS}
_CHANGES = 8
"""Changes outside the cheapest set that are shown, unless all is asked for."""


def show_paths(screen: Screen, result: PathsResult, entries: Collection[str] = (), *, everything: bool = False) -> None:
    """Print the overview, what to do first, and the ways: of every entry the one to fear most, of `entries` (names) or with `everything` all."""
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
    _overview(screen, result)
    _what_first(screen, result, everything=everything)
    cut = False
    for entry in result.entries:
        if entries and entry.entry not in entries:
            continue
        found = sorted((path for path in result.after.paths if path.entry == entry.entry), key=_fear)
        shown = found if everything or entries else found[:1]
        cut = cut or len(shown) < len(found)
        if not found and not (everything or entries):
            continue
        kind = _KINDS[entry.kind].say(screen.language)
        who = f"、{entry.vendor}" if entry.vendor and screen.language == "ja" else f", {entry.vendor}" if entry.vendor else ""
        screen.line("")
        screen.line(clean(f"■ {entry.entry} ({kind}{who})"), "bold")
        _ways(screen, shown)
        if everything or entries:
            _not_reached(screen, result, entry.entry)
    if cut:
        screen.line("")
        line = Text(
            "入口ごとに、いちばん近い経路だけを示しました。すべて見るには --all、一つの入口だけなら --entry 名前",
            "Of each way in only the nearest path is shown; --all shows every one, --entry NAME those of one way in",
        )
        _say(screen, line, "dim")


def _fear(path: Found) -> tuple[bool, int, str]:
    return (not path.certain, len(path.steps), path.asset)


def _overview(screen: Screen, result: PathsResult) -> None:
    """One line per way in: how many of the machines to protect are reached, for certain or possibly, and of how many nobody could tell."""
    if not result.entries:
        return
    screen.line("")
    total = len(result.jewels)
    if not total:
        # How far each leads cannot be told yet; that it is there can.
        _say(screen, Text(f"見つかった入口 {len(result.entries)}", f"{len(result.entries)} ways in are known"), "bold")
        for entry in result.entries:
            _say(screen, Text(f"  {entry.entry}({_KINDS[entry.kind].ja})", f"  {entry.entry} ({_KINDS[entry.kind].en})"))
        return
    _say(
        screen,
        Text(
            f"入口 {len(result.entries)} から、守るべき機器 {total} 台へ",
            f"From {len(result.entries)} ways in to {total} machines to protect",
        ),
        "bold",
    )
    for entry in result.entries:
        found = [path for path in result.after.paths if path.entry == entry.entry]
        sure = sum(path.certain for path in found)
        dark = sum(one.entry == entry.entry and one.reason is not None for one in result.unreached)
        said = (
            ""
            if entry.declared
            else {"ja": "、台帳にない", "en": ", not in the ledger"}[screen.language]
            if entry.declared is False
            else ""
        )
        line = Text(
            f"  {entry.entry}({_KINDS[entry.kind].ja}{said}): 届く {sure}、届くおそれ {len(found) - sure}、判断できない {dark}",
            f"  {entry.entry} ({_KINDS[entry.kind].en}{said}): reached {sure}, possibly {len(found) - sure}, could not be told {dark}",
        )
        _say(screen, line, "red" if sure else "yellow" if found else None)


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
    for path in found:
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
    for reason in dict.fromkeys(one.reason for one in rest if one.reason is not None):
        names, why = (
            _list(screen, [one.asset for one in rest if one.reason == reason]),
            REASON.get(reason, OTHER_REASON).say(screen.language),
        )
        line = Text(f"  判断できません({why}): {names}", f"  could not be told ({why}): {names}")
        _say(screen, line, "dim")
    clear = [one.asset for one in rest if one.reason is None]
    if clear:
        names = _list(screen, clear)
        _say(screen, Text(f"  見た範囲では経路が見つかりません: {names}", f"  no way found in what was looked at: {names}"), "dim")


def _what_first(screen: Screen, result: PathsResult, *, everything: bool) -> None:
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
        for one in others if everything else others[:_CHANGES]:
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
