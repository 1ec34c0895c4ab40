"""The plan in words, line by line, for the screen and for the file a person takes along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omamori.analyze.reach.ranges import written
from omamori.model.device import DeviceRule
from omamori.model.text import Text
from omamori.model.ways_in import ENTRY_KINDS
from omamori.respond.bastion.order import steps
from omamori.respond.bastion.parts import Edit, Leak, Plan, Side, Standing
from omamori.respond.bastion.text import Configuration
from omamori.respond.told import Line

_KINDS = {value.code: value.label for value in ENTRY_KINDS}
_MOST = 3
"""Examples that are told of each side."""
STATES = {
    "done": Text("済み", "done"),
    "open": Text("まだ開いています", "still open"),
    "unknown": Text("判断できません", "cannot be told"),
    "gone": Text("もうありません", "no longer there"),
}


def document(plan: Plan, files: Sequence[Configuration], names: dict[str, tuple[str, str]]) -> list[Line]:
    """Return the plan in words. `names` is device → the names of its two files."""
    return [*_door(plan), *_standing(plan), *_lines(plan), *_lost(plan), *_rules(plan, files, names), *_order(plan), *_not_told(plan)]


def _door(plan: Plan) -> Iterator[Line]:
    target = plan.target
    yield Line(1, Text("一つの入口", "The one door"))
    if target.address is None:
        yield Line(2, Text("まだありません。先に要るもの(安い順):", "There is none yet. What is needed first, cheapest first:"), warn=True)
    else:
        ports = ",".join(map(str, target.ports))
        place = target.zone or "?"
        if target.asset:
            yield Line(
                2,
                Text(
                    f"{target.asset} {target.address}({place})、{ports}/tcp", f"{target.asset} {target.address} ({place}), port {ports}/tcp"
                ),
            )
        else:
            yield Line(
                2,
                Text(
                    f"{place} の {target.address}、{ports}/tcp(提案。集めたものの中では空いているアドレス。使う前に確かめてください)",
                    f"{target.address} in {place}, port {ports}/tcp (proposed: nobody was seen at this address; make sure before you use it)",
                ),
            )
    for need in target.needs:
        yield Line(3, Text(f"要るもの: {need.ja}", f"needed: {need.en}"), warn=True)


def _standing(plan: Plan) -> Iterator[Line]:
    yield Line(1, Text("いまの状態(集めた証拠から)", "How it stands now, by the evidence"))
    if not plan.standing:
        yield Line(2, Text("外部からの回線は見つかっていません", "no line from outside is known"))
    for one in plan.standing:
        evidence = f" [{one.evidence}]" if one.evidence else ""
        state = STATES[one.state]
        yield Line(2, Text(f"{state.ja}: {one.name}{evidence}", f"{state.en}: {one.name}{evidence}"), warn=one.state != "done")
        yield from _examples(plan, one)


def _examples(plan: Plan, one: Standing) -> Iterator[Line]:
    """What is still reached: services that are known to be there first, else addresses and ports, with the rule that lets them be."""
    if one.state not in ("open", "unknown"):
        return
    outcome = plan.outcome.get(one.name)
    if outcome is not None and outcome.examples:
        more = outcome.services_before - len(outcome.examples)
        rest = (f"、ほか {more}", f" and {more} more") if more > 0 else ("", "")
        yield Line(3, Text(f"届く: {'、'.join(outcome.examples)}{rest[0]}", f"reaches {', '.join(outcome.examples)}{rest[1]}"))
    wanted = [leak for leak in one.leaks if leak.services.startswith(("tcp", "udp"))] or list(one.leaks)
    chosen = sorted(wanted, key=lambda leak: (leak.reach != "open", leak.device is not None, -sum(b - a for a, b in leak.addresses)))
    for leak in chosen[:_MOST]:
        yield Line(3, _leak(leak))


def _leak(leak: Leak) -> Text:
    by = "; ".join(leak.rules)
    ja_by, en_by = (f"、規則 {by}", f", by {by}") if by else ("、どの規則も止めない", ", no rule stops it")
    evidence = f" [{leak.evidence}]" if leak.evidence else ""
    doubt = f" ({leak.doubt})" if leak.doubt else ""
    return Text(
        f"{_short(leak)} {leak.services} に届く{ja_by}{doubt}{evidence}", f"reaches {_short(leak)} {leak.services}{en_by}{doubt}{evidence}"
    )


def _short(leak: Leak) -> str:
    told = written(leak.addresses).split(",")
    return ",".join(told[:3]) + (",…" if len(told) > 3 else "")


def _lines(plan: Plan) -> Iterator[Line]:
    yield Line(1, Text("回線ごとに: いまと、これから", "Line by line: now and then"))
    for side in plan.sides:
        yield Line(2, _head(side))
        outcome = plan.outcome[side.name]
        yield Line(
            3,
            Text(
                f"いま: {side.device} の {side.interface}、{side.entry.zone or 'ゾーン不明'} に入る。届く機器 {outcome.machines_before} 台、"
                f"サービス {outcome.services_before}",
                f"now: {side.device}, {side.interface}, into {side.entry.zone or 'an unknown zone'}; reaches {outcome.machines_before} machines, "
                f"{outcome.services_before} services",
            ),
        )
        if plan.edits:
            yield Line(3, _then(plan, side))
        for leak in outcome.left[:_MOST]:
            told = _leak(leak)
            yield Line(3, Text(f"計画のあとも言い切れない: {told.ja}", f"not certain even with the plan: {told.en}"), warn=True)


def _head(side: Side) -> Text:
    kind = _KINDS[side.entry.kind] if side.entry.kind in _KINDS else Text(side.entry.kind, side.entry.kind)
    who = f"、{side.entry.vendor}" if side.entry.vendor else ""
    who_en = f", {side.entry.vendor}" if side.entry.vendor else ""
    known = Text("", "") if side.entry.declared is not False else Text("、台帳にない", ", in no ledger")
    return Text(f"{side.name}({kind.ja}{who}{known.ja})", f"{side.name} ({kind.en}{who_en}{known.en})")


def _then(plan: Plan, side: Side) -> Text:
    outcome = plan.outcome[side.name]
    if side.line:
        door = "、".join(_opening_words(side)), ", ".join(_opening_words(side))
        return Text(
            f"これから: {door[0]} だけ。ほかに届く機器 {outcome.machines_after} 台",
            f"then: {door[1]} and nothing else; {outcome.machines_after} other machines within reach",
        )
    kept = "、".join(_opening_words(side)) or "なし", ", ".join(_opening_words(side)) or "nothing"
    return Text(f"これから通すもの: {kept[0]}", f"then lets in: {kept[1]}")


def _opening_words(side: Side) -> list[str]:
    told = []
    for opening in (*side.passing, *side.admitted):
        where = opening.addresses or side.device
        told.append(f"{where} {opening.protocol}{'/' + opening.ports if opening.ports else ''}")
    return list(dict.fromkeys(told))


def _lost(plan: Plan) -> Iterator[Line]:
    if not plan.edits:
        return
    yield Line(1, Text("なくなる通信と、確かめる相手", "Flows that end, and whom to ask"))
    for one in plan.lost:
        ask = "、".join(one.ask) or "管理者を探す", ", ".join(one.ask) or "find its keeper"
        seen = Text("見えた", "seen") if one.seen else Text("設計にある", "designed")
        evidence = f" [{one.evidence}]" if one.evidence else ""
        why = f"、{one.purpose}" if one.purpose else ""
        yield Line(
            2,
            Text(
                f"{one.entry}: {one.source} → {one.asset} {one.address} {one.port}/{one.protocol}({seen.ja}{why})。確かめる相手: {ask[0]}{evidence}",
                f"{one.entry}: {one.source} -> {one.asset} {one.address} {one.port}/{one.protocol} ({seen.en}{why}); ask {ask[1]}{evidence}",
            ),
        )
    if not plan.lost:
        yield Line(
            2,
            Text(
                "集めた通信・ログ・設計の中にはありません。集めていない時間の通信は分からないので、業者に必ず確かめてください",
                "none among the connections, logs and designed flows collected; what passes at other times is not known: ask the vendors in any case",
            ),
        )


def _rules(plan: Plan, files: Sequence[Configuration], names: dict[str, tuple[str, str]]) -> Iterator[Line]:
    for one in files:
        yield Line(1, Text(f"機器 {one.device}", f"Device {one.device}"))
        if one.why is not None:
            yield Line(2, one.why, warn=True)
        elif one.device in names:
            do, undo = names[one.device]
            yield Line(2, Text(f"入れるファイル: {do}、戻すファイル: {undo}", f"load: {do}, undo: {undo}"))
            if not one.tried:
                yield Line(
                    2,
                    Text(
                        "この文は説明書から書いたもので、実際の機器では試していません。機器を知る人と一緒に読んでから入れてください",
                        "this text was written from the maker's documents and not tried on a real device: read it with somebody who knows it",
                    ),
                    warn=True,
                )
        for edit in plan.edits:
            if edit.device == one.device:
                yield from _edit(edit)
        for name in plan.going.get(one.device, ()):
            yield Line(3, Text(f"最後に外せる規則: {name}", f"can be taken away in the end: {name}"))


def _edit(edit: Edit) -> Iterator[Line]:
    where = edit.chain.chain if edit.chain is not None else edit.at
    for rule in edit.rules:
        yield Line(3, Text(f"足す規則({where}): {_rule(rule)}", f"comes ({where}): {_rule(rule)}"))


def _rule(rule: DeviceRule) -> str:
    words = [rule.interface_in or "*", rule.states or "", rule.sources or "", f"-> {rule.destinations}" if rule.destinations else ""]
    words += [rule.protocol or "", rule.destination_ports or "", ":", rule.decision]
    return " ".join(word for word in words if word)


def _order(plan: Plan) -> Iterator[Line]:
    found = steps(plan)
    if found:
        yield Line(
            1,
            Text(
                "順番(1台ずつ。前の手順の試験が済むまで次に進まない)",
                "The order: one device at a time, and no step before the last one's test is done",
            ),
        )
    for number, step in enumerate(found, 1):
        yield Line(2, Text(f"{number}. {step.what.ja}", f"{number}. {step.what.en}"))
        yield Line(3, Text(f"試験: {step.test.ja}", f"test: {step.test.en}"))
        yield Line(3, Text(f"戻し方: {step.back.ja}", f"undo: {step.back.en}"))


def _not_told(plan: Plan) -> Iterator[Line]:
    yield Line(1, Text("この計画にないもの", "What this plan does not hold"))
    for entry in plan.unseen:
        yield Line(
            2,
            Text(
                f"{entry.entry}: 終わる機器か、そのインターフェースの設定を見ていないので、計画に入れられません。設定を集めるか、業者に求めてください",
                f"{entry.entry}: the device it ends on, or its interface there, was not looked at, so nothing is planned: collect its configuration, "
                "or ask the vendor for it",
            ),
            warn=True,
        )
    if plan.elsewhere:
        names = "、".join(one.entry for one in plan.elsewhere), ", ".join(one.entry for one in plan.elsewhere)
        yield Line(2, Text(f"機器の規則では動かせない入口: {names[0]}", f"ways in that no rule of a device moves: {names[1]}"))
    yield Line(
        2,
        Text(
            "院内から回線の先へ出ていく通信は止めません。IPv6の行き先は計算していません",
            "Connections from inside out over a line are not stopped; where IPv6 leads is not worked out",
        ),
    )
    yield Line(
        2, Text("お守りは機器に何も入れません。人が読み、入れ、戻します", "Omamori changes no device: a person reads, loads and undoes")
    )
