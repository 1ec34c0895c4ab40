"""The block in words, line by line: for the screen and for the file a person reads before the day comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from omamori.analyze.reach.ranges import Ranges
from omamori.analyze.reach.ranges import written as as_text
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.respond.isolate.parts import Block, Crossing, Cut, NeverBlocked, Preview, StageNumber, Stopped
from omamori.respond.isolate.write.written import LANGUAGES, cable_words
from omamori.respond.told import Line

STAGES: Mapping[StageNumber, Text] = {
    StageNumber.BACKUP: Text("バックアップのネットワークを切る", "Cut the backup network"),
    StageNumber.LINES: Text("外部の回線を切る", "Cut the outside lines"),
    StageNumber.BORDERS: Text("区画(ゾーン)の境目を切る", "Cut the borders between zones"),
    StageNumber.DEPARTMENTS: Text("部門ごとに切る", "Cut department by department"),
    StageNumber.MACHINE: Text("機器を一台切る", "Cut a single machine"),
}
STATES = {
    "ready": Text("準備済み", "ready"),
    "needs": Text("足りないものがあります", "something is missing"),
    "on-call": Text("その日に機器を名指しします(--machine 機器名)", "the machine is named on the day (--machine NAME)"),
    "nothing": Text("切る所が見つかっていません", "nothing to cut is known"),
}
_NOTHING: Mapping[StageNumber, Text] = {
    StageNumber.BACKUP: Text(
        "バックアップの区画も、写しを置く機器も台帳から分かりません。「バックアップ」シートの保存先か、ゾーンの種類を書いてください",
        "neither a backup zone nor a machine that keeps copies is known: enter the target of the backups, or the kind of the zone",
    ),
    StageNumber.LINES: Text(
        "外部の回線が一つも分かりません。「つながっていない」と決める前に、業者ごとに聞いて「外部接続」シートに書いてください",
        "no outside line is known: before believing that there is none, ask every vendor and fill in the sheet of outside lines",
    ),
    StageNumber.BORDERS: Text(
        "区画が一つしか分からないか、つなぐ機器の設定を見ていません。「ゾーン」シートを書き、設定を取り込んでください",
        "only one zone is known, or no device that joins zones was looked at: fill in the sheet of zones and import configurations",
    ),
    StageNumber.DEPARTMENTS: Text("区画が分かりません。「ゾーン」シートを書いてください", "no zone is known: fill in the sheet of zones"),
}
_MOST = 6


def state_of(block: Block, stage: StageNumber) -> str:
    """Return the state of a stage, a key of `STATES`: ready only where every cut of it can be done now."""
    cuts = block.of(stage)
    if not cuts:
        return "on-call" if stage == StageNumber.MACHINE else "nothing"
    return "ready" if all(doable(block, cut) for cut in cuts) else "needs"


def doable(block: Block, cut: Cut) -> bool:
    """Return whether nothing is missing and there is a text or a plug."""
    text = block.written_of(cut)
    return cut.ready and (cut.cable is not None or (text is not None and text.apply is not None))


def overview(block: Block) -> Iterator[Line]:
    """Yield the list of stages with their state, and what is missing for each cut."""
    for stage in StageNumber:
        state, cuts = state_of(block, stage), block.of(stage)
        count = (f"({sum(doable(block, cut) for cut in cuts)}/{len(cuts)})" if cuts else "",) * 2
        yield Line(
            1,
            Text(
                f"{int(stage)} {STAGES[stage].ja}: {STATES[state].ja}{count[0]}",
                f"{int(stage)} {STAGES[stage].en}: {STATES[state].en} {count[1]}",
            ),
            warn=state in ("needs", "nothing"),
        )
        if state == "nothing":
            yield Line(2, _NOTHING[stage], warn=True)
        # What most cuts lack is said once.
        many = [
            need for need, times in Counter(need for cut in cuts for need in cut.needs).items() if times > 1 and need not in block.doubts
        ]
        for need in many:
            yield Line(2, Text(f"いくつもの所で足りないもの: {need.ja}", f"missing for several: {need.en}"), warn=True)
        for cut in cuts:
            yield from _short(block, cut, {*many, *block.doubts})
    for one in block.doubts:
        yield Line(2, one, warn=True)
    yield from _closing()


def _short(block: Block, cut: Cut, known: Collection[Text]) -> Iterator[Line]:
    ready = doable(block, cut)
    preview = block.preview_of(cut)
    clinical = preview.clinical if preview else None
    told = Text(f"、止まる診療の通信 {clinical}", f", clinical flows that stop: {clinical}") if clinical else Text("", "")
    if clinical is None:
        told = Text("、止まる診療の通信は分からない(すべて止まると考える)", ", which clinical flows stop is not known: take it that all do")
    how = how_words(block, cut)
    yield Line(2, Text(f"{cut.name}: {how.ja}{told.ja}", f"{cut.name}: {how.en}{told.en}"), warn=not ready)
    for need in cut.needs:
        if need not in known:
            yield Line(3, Text(f"足りないもの: {need.ja}", f"missing: {need.en}"), warn=True)


def how_words(block: Block, cut: Cut) -> Text:
    """Return how a cut is made: rules on a device, a plug, or not yet."""
    text = block.written_of(cut)
    if text is not None and text.apply is not None:
        if places(cut) == "*":
            return Text(f"{cut.device} に、すべての通信を止める規則を入れる", f"rules on {cut.device} that stop everything")
        where = f"{cut.device} {places(cut)}"
        return Text(f"{where} に規則を入れる", f"rules on {where}")
    return cable_words(cut.cable) if cut.cable is not None else Text("切り方がまだありません", "no way to cut it yet")


def places(cut: Cut) -> str:
    """Return where on its device a cut goes: interfaces and addresses."""
    return "; ".join(dict.fromkeys(_crossing(one) for one in cut.crossings))


def _crossing(one: Crossing) -> str:
    sides = [None if side is None else _side(side) for side in (one.one, one.other)]
    words = [f"[{one.interface}]"] if one.interface else []
    if sides[0] or sides[1]:
        words.append(f"{sides[0] or '*'} ⇔ {sides[1] or '*'}")
    return " ".join(words) or "*"


def _side(ranges: Ranges) -> str:
    if sum(last - first + 1 for first, last in ranges) > 2**31:
        return "Internet"
    return as_text(ranges[:3]) + (",…" if len(ranges) > 3 else "")


def document(block: Block, names: Mapping[str, Mapping[str, str]]) -> Iterator[Line]:
    """Yield the whole block in words. `names` is cut → what a file is (apply, undo, timed, confirm) → its name."""
    yield from overview(block)
    yield from _never(block.never)
    for cut in block.cuts:
        yield from _cut(block, cut, names.get(cut.name, {}))


def _closing() -> Iterator[Line]:
    yield Line(
        2,
        Text(
            "ここまでは準備だけです。どの機器にも触れていません。切るかどうかは診療の責任者が決めます",
            "all this only prepares: no device was touched. Whether to cut is for who answers for the care to decide",
        ),
    )


def _never(never: Sequence[NeverBlocked]) -> Iterator[Line]:
    yield Line(1, Text("何を切っても止めない通信", "What is never blocked"))
    for one in never:
        service = f"{one.protocol or '*'}/{one.port if one.port is not None else '*'}"
        way = f"{as_text(one.sources[:3])} → {as_text(one.destinations[:3])} {service}"
        source = f" [{one.evidence}]" if one.evidence else ""
        yield Line(2, Text(f"{one.name}: {way}({one.why}){source}", f"{one.name}: {way} ({one.why}){source}"))
    if not never:
        yield Line(2, Text("何も決まっていません", "nothing is decided"), warn=True)


def _cut(block: Block, cut: Cut, names: Mapping[str, str]) -> Iterator[Line]:
    stage = STAGES[cut.stage]
    yield Line(
        1, Text(f"{cut.name}: {cut.subject}({int(cut.stage)} {stage.ja})", f"{cut.name}: {cut.subject} ({int(cut.stage)} {stage.en})")
    )
    how = how_words(block, cut)
    yield Line(2, Text(f"どう切るか: {how.ja}", f"how: {how.en}"))
    text = block.written_of(cut)
    if names:
        yield Line(
            3,
            Text(f"入れるファイル: {names['apply']}、戻すファイル: {names['undo']}", f"load: {names['apply']}, undo: {names['undo']}"),
        )
        if "timed" in names:
            yield Line(
                3,
                Text(
                    f"放っておくと自分で戻るファイル: {names['timed']}。続けると決めたら: {names['confirm']}",
                    f"goes back by itself: {names['timed']}; to make it stay: {names['confirm']}",
                ),
            )
        yield from _by_hand(cut.system)
        if text is not None and not text.tried:
            yield Line(
                3,
                Text(
                    "この文は説明書から書いたもので、実際の機器では試していません。機器を知る人と一緒に、平時に一度試してください",
                    "this text was written from the maker's documents and not tried on a real device: try it once, on a quiet day, with somebody who knows it",
                ),
                warn=True,
            )
    elif text is not None and text.why is not None:
        yield Line(3, text.why, warn=cut.cable is None)
    if names and cut.cable is not None:
        cable = cable_words(cut.cable)
        yield Line(3, Text(f"機器に触れないとき: {cable.ja}", f"where the device cannot be reached: {cable.en}"))
        yield from _with_the_plug(block.preview_of(cut))
    yield Line(
        2,
        Text(
            f"決める人: {cut.decides or '(未定)'}、切ってよい人: {cut.who or '(未定)'}、要る書類: {cut.paper or '(未定)'}",
            f"decides: {cut.decides or '(nobody yet)'}; may cut: {cut.who or '(nobody yet)'}; paper: {cut.paper or '(not said)'}",
        ),
        warn=not (cut.decides and cut.who),
    )
    for need in cut.needs:
        yield Line(3, Text(f"足りないもの: {need.ja}", f"missing: {need.en}"), warn=True)
    for limit in cut.limits:
        yield Line(3, Text(f"知っておくこと: {limit.ja}", f"to know: {limit.en}"))
    preview = block.preview_of(cut)
    if preview is not None:
        yield from told(preview, _MOST)


_HANDS: Mapping[str, Text] = {
    "nft": Text(
        "手で入れるには、その機器で管理者として nft -f ファイル。再起動すると消えます",
        "by hand: nft -f FILE as root on that device. A restart takes it away",
    ),
    "windows": Text(
        "手で入れるには、その機器で「管理者として実行」。再起動しても残るので、戻すファイルで戻します",
        "by hand: run it as administrator on that machine. It stays over a restart: take it back with the file that undoes it",
    ),
    "fortios": Text(
        "手で入れるには、CLIに貼ります。すぐ保存され、再起動しても残るので、戻すファイルで戻します",
        "by hand: paste it into the CLI. It is saved at once and stays over a restart: take it back with the file that undoes it",
    ),
    "yamaha": Text(
        "手で入れるには、管理者のコンソールに貼ります。save しなければ、再起動で元に戻ります",
        "by hand: paste it at the administrator's console. Without `save` a restart takes it back",
    ),
    "cisco": Text(
        "手で入れるには、特権モードで貼ります。write memory しなければ、再起動で元に戻ります",
        "by hand: paste it in privileged mode. Without `write memory` a restart takes it back",
    ),
}


def _by_hand(system: str) -> Iterator[Line]:
    if (words := _HANDS.get(LANGUAGES.get(system, ""))) is not None:
        yield Line(3, words)


def care_words(preview: Preview | None, most: int) -> Text:
    """Return whose care stops and for how many hours that can be borne; what is more than `most` is counted, what nobody could work out is said.

    What is never blocked and stops all the same stands first, with a `!`.
    """
    if preview is None or preview.clinical is None:
        return Text("分からない(すべて止まると考える)", "not known: take it that all does")
    care = [one for one in preview.stopped if one.clinical]
    lost = [f"!{clean(one.name, 24)}" for one in preview.lost]
    listed = [*lost, *dict.fromkeys(f"{clean(one.asset, 24)} {'?' if one.bearable_hours is None else one.bearable_hours}h" for one in care)]
    more, shown = len(listed) - most, "、".join(listed[:most]) or "-"
    return Text(f"{shown}、ほか {more}(isolate.md)", f"{shown}, {more} more (isolate.md)") if more > 0 else Text(shown, shown)


def _with_the_plug(preview: Preview | None) -> Iterator[Line]:
    if preview is not None and preview.kept:
        names = "、".join(clean(one.name, 40) for one in preview.kept[:_MOST])
        yield Line(
            3,
            Text(f"ケーブルを抜くと「止めない通信」も止まります: {names}", f"pulling the plug stops what is never blocked, too: {names}"),
            warn=True,
        )


def told(preview: Preview, most: int = 200) -> Iterator[Line]:
    """Yield what a cut would stop: clinical flows first."""
    shown = preview.stopped[:most]
    yield Line(
        2,
        Text(
            f"止まる通信(この{preview.days}日に見たもの、設計にあるもの): {len(preview.stopped)}",
            f"what would stop (seen in {preview.days} days, or designed): {len(preview.stopped)}",
        ),
    )
    for lost in preview.lost:
        yield Line(
            3,
            Text(
                f"【止めない通信】{lost.name}: ケーブルを抜くので止まります({lost.why})",
                f"[never blocked] {lost.name}: stops, since it is a plug that is pulled ({lost.why})",
            ),
            warn=True,
        )
    for one in shown:
        yield Line(3, _stopped(one), warn=one.clinical)
    if len(preview.stopped) > len(shown):
        yield Line(3, Text(f"ほか {len(preview.stopped) - len(shown)}", f"and {len(preview.stopped) - len(shown)} more"))
    if preview.blind and not preview.stopped:
        words = Text(
            "調べられませんでした。通るものすべてが止まると考えてください", "it could not be worked out: take it that all of it stops"
        )
        yield Line(3, words, warn=True)
    elif not preview.stopped and not preview.lost:
        yield Line(
            3,
            Text(
                "知っている通信の中にはありません。見ていないものがあるので、止まらないとは言えません",
                "none of those that are known; others may stop",
            ),
        )
    for kept in preview.kept:
        yield Line(3, Text(f"止めない: {kept.name}", f"goes on: {kept.name}"))
    for doubt in preview.doubts:
        yield Line(3, doubt, warn=True)


def _stopped(one: Stopped) -> Text:
    port = f"{one.protocol or '?'}/{one.port}" if one.port is not None else one.protocol or "?"
    care = Text("【診療】", "[clinical] ") if one.clinical else Text("", "")
    zone = (f"({one.zone})", f" ({one.zone})") if one.zone and one.zone not in one.source else ("", "")
    purpose = (f"、{one.purpose}", f", {one.purpose}") if one.purpose else ("", "")
    borne = (
        ("、何時間まで止めてよいかは決まっていません", ", how long it can be borne nobody said")
        if one.bearable_hours is None
        else (f"、{one.bearable_hours}時間まで", f", bearable for {one.bearable_hours} h")
    )
    instead = (f"、代わり: {one.instead}", f", instead: {one.instead}") if one.instead else ("", "")
    seen = (f"最後に見た {one.seen:%Y-%m-%d}", f"last seen {one.seen:%Y-%m-%d}") if one.seen else ("設計だけ", "designed only")
    return Text(
        f"{care.ja}{one.source}{zone[0]} → {one.asset} {port}{purpose[0]}{borne[0]}{instead[0]}({seen[0]})",
        f"{care.en}{one.source}{zone[1]} -> {one.asset} {port}{purpose[1]}{borne[1]}{instead[1]} ({seen[1]})",
    )
