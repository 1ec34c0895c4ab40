"""The plan in words: what is the same on several machines is told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from omamori.model.text import Text
from omamori.respond.harden.flows import ENOUGH_DAYS
from omamori.respond.harden.parts import File, Left, Measure, Menu, Observed, Plan, Question
from omamori.respond.told import Line

_MOST = 12
"""Machines and lines of evidence that are named; the others are counted. The plan's JSON names all."""

STEPS = (
    Text(
        "1台で試す: 影響の少ない機器を1台選び、計画のファイルを実行し、業務の画面を一通り開いてもらう",
        "Try it on one machine: choose one that matters least, run the plan's file, and let its user open everything they work with",
    ),
    Text("残りの機器に入れる: 同じ種類の機器から順に。診療時間を避ける", "Apply it to the others, those alike first, outside clinic hours"),
    Text(
        "確かめる: もう一度集めて omamori check を実行し、omamori harden --verify plan.json で約束と照らす",
        "Verify: look again, run omamori check, then omamori harden --verify plan.json holds it against what was promised",
    ),
    Text(
        "戻す: 不都合があれば undo のファイルを実行する。入れる前にその機器で控えた状態に戻る",
        "Undo: where something does not work, run the undo file; it gives back what was saved on that machine before the change",
    ),
)


FILES_TOLD = (
    Line(
        2,
        Text(
            "一部だけ行うときは、番号で選びます: apply.cmd /list(sh apply.sh list)で番号を見て、/without:3(without 3)で外すか、"
            "/only:2,5(only 2 5)で選ぶ",
            "To do only some of it: apply.cmd /list (sh apply.sh list) shows the numbers; /without:3 (without 3) leaves one out, /only:2,5 "
            "(only 2 5) does just those",
        ),
    ),
    Line(
        2,
        Text(
            "apply.cmd と apply.sh は、見たあとで変わった設定を見つけると、その対策を行わずにそう言います。値の一覧(values.*.reg)とグループポリシー(gpo)は"
            "見比べずに書き込むため、見比べる必要のある対策は入っていません。もっと厳しい値があり得るものには印があります",
            "apply.cmd and apply.sh leave a measure out, and say so, where what it is about was changed since the look. The list of values "
            "(values.*.reg) and the group policy (gpo) are written without a look: what has to be compared is not in them, and where something "
            "stricter may stand they are marked",
        ),
    ),
)
"""What is true of the files of every plan."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A measure and every machine it is for; `gone` counts the findings it takes away."""

    kind: str
    what: Text
    why: Text
    stops: Text
    menu: Menu
    machines: tuple[str, ...]
    gone: int
    checks: tuple[str, ...]
    notes: tuple[Text, ...]
    evidence: tuple[str, ...]
    by_hand: bool


def folded(measures: Sequence[Measure]) -> tuple[Folded, ...]:
    """Return the measures with equal ones of several machines put together, in the plan's order."""
    # By their notes too: a list of ports or rules that stay open is of one machine, and must not read as that of another.
    groups: dict[tuple[str, Text, Text, Menu, tuple[Text, ...]], list[Measure]] = {}
    for one in measures:
        groups.setdefault((one.kind, one.what, one.stops, one.menu, one.notes), []).append(one)
    return tuple(
        Folded(
            kind=kind,
            what=what,
            why=found[0].why,
            stops=stops,
            menu=menu,
            machines=tuple(dict.fromkeys(one.machine.asset for one in found)),
            gone=len({promise for one in found for promise in one.promises}),
            checks=tuple(sorted({promise.check for one in found for promise in one.promises})),
            notes=tuple(dict.fromkeys(notes)),
            evidence=tuple(dict.fromkeys(line for one in found for line in one.evidence)),
            by_hand=all(not one.changes for one in found),
        )
        for (kind, what, stops, menu, notes), found in groups.items()
    )


def document(plan: Plan, titles: Mapping[str, Text], files: Sequence[File]) -> tuple[Line, ...]:
    """Return the plan in words. `titles` is kind → its title; `files` are those the plan writes."""
    return tuple(
        line
        for part in (
            _summary(plan),
            _measures(plan, titles),
            _questions(plan.questions),
            _watched(plan),
            _left(plan.left, titles),
            _order(plan, files),
        )
        for line in part
    )


def few(names: Sequence[str]) -> Text:
    """Return the first names, and how many there are besides."""
    rest = len(names) - _MOST
    shown = names[:_MOST]
    more = (f" ほか {rest}", f" and {rest} more") if rest > 0 else ("", "")
    return Text("、".join(shown) + more[0], ", ".join(shown) + more[1])


def _summary(plan: Plan) -> Iterator[Line]:
    yield Line(1, Text("この計画", "This plan"))
    gone = len({promise for one in plan.measures for promise in one.promises})
    machines = len({one.machine.asset for one in plan.measures})
    yield Line(
        2,
        Text(
            f"対象 {plan.group}: 見た機器 {len(plan.machines)} 台のうち {machines} 台で、費用なしに {gone} 件をなくせます",
            f"{plan.group}: on {machines} of {len(plan.machines)} machines looked at, {gone} findings can be gone at no cost",
        ),
    )
    waiting = {promise for one in plan.questions for promise in one.promises}
    if waiting:
        asked_of = len({one.machine.asset for one in plan.questions if one.promises})
        yield Line(
            2,
            Text(
                f"ほか {asked_of} 台の {len(waiting)} 件は、業者に尋ねるか、先に確かめてからです。照会書(omamori vendor export)には、電話で聞いた答えも"
                "書き込めます",
                f"{len(waiting)} more findings on {asked_of} machines wait for an answer of the vendor or something to be settled first; what he says on "
                "the telephone can be written into the inquiry (omamori vendor export) too",
            ),
        )
    if plan.unseen:
        names = few(plan.unseen)
        yield Line(
            2,
            Text(
                f"まだ見ていない機器 {len(plan.unseen)} 台: {names.ja}。何も計画していません。先に集めてください",
                f"{len(plan.unseen)} machines were never looked at: {names.en}; nothing is planned for them, collect from them first",
            ),
            warn=True,
        )
    yield from _whose(plan)
    yield Line(
        2,
        Text(
            "お守りは機器に何も入れません。人が読み、1台で試し、入れ、戻します",
            "Omamori changes no machine: a person reads, tries on one machine, applies and undoes",
        ),
    )


def _whose(plan: Plan) -> Iterator[Line]:
    """Say first of which machines it is not certain that the hospital may change them."""
    unknown = few(sorted({one.machine.asset for one in plan.questions if not one.machine.declared}))
    if unknown.ja:
        yield Line(
            2,
            Text(
                f"台帳にないため、だれの機器か分からない機器: {unknown.ja}。ファイルは作っていません。病院の機器なら台帳の「機器」に"
                "所有・管理と業者を書いて取り込み、計画を作り直してください",
                f"Not in the ledger, so nobody knows whose they are: {unknown.en}. There are no files for them. If they are the hospital's own, "
                "enter them in the sheet of machines with owner and vendor, import it and plan anew",
            ),
            warn=True,
        )
    asked = {
        one.machine.vendor: None for one in plan.questions if one.machine.declared and one.machine.vendor and not one.machine.hands_off
    }
    if asked:
        names = few(list(asked))
        yield Line(
            2,
            Text(
                f"病院の機器でも、台帳に業者があるもの({names.ja})は、業者が照会書に「病院で対処してよい」と答えるまで変えません",
                f"The hospital's own machines that a vendor looks after ({names.en}) stay as they are until he answers the inquiry with "
                '"the hospital may do it"',
            ),
            warn=True,
        )
    agreed = {one.machine.vendor: None for one in plan.measures if one.machine.vendor}
    if agreed:
        names, kept = few(list(agreed)), len({one.machine.asset for one in plan.measures if one.machine.vendor})
        yield Line(
            2,
            Text(
                f"うち {kept} 台は、業者({names.ja})が「病院で対処してよい」と答えた機器です。入れる日を業者に知らせてください",
                f"Of {kept} of them the vendor ({names.en}) answered that the hospital may do it: tell him the day",
            ),
            warn=True,
        )
    unsaid = few(sorted({one.machine.asset for one in plan.measures if not one.machine.owner}))
    if unsaid.ja:
        yield Line(
            2,
            Text(
                f"台帳の「所有・管理」が空の機器: {unsaid.ja}。業者やリースの機器でないことを、入れる前に確かめてください",
                f"The ledger does not say who owns these: {unsaid.en}. Make sure before anything is applied that they are not a vendor's or leased",
            ),
            warn=True,
        )


def _measures(plan: Plan, titles: Mapping[str, Text]) -> Iterator[Line]:
    kind = None
    order = {name: place for place, name in enumerate(titles)}
    for one in sorted(folded(plan.measures), key=lambda one: order.get(one.kind, len(order))):
        if one.kind != kind:
            kind = one.kind
            yield Line(1, titles.get(kind, Text(kind, kind)))
        machines = few(one.machines)
        hand = Text("(手で行う)", " (by hand)") if one.by_hand else Text("", "")
        if one.what != titles.get(kind) or one.by_hand:
            yield Line(2, Text(f"{one.what.ja}{hand.ja}", f"{one.what.en}{hand.en}"))
        yield Line(3, Text(f"機器: {machines.ja}", f"machines: {machines.en}"))
        yield Line(3, Text(f"なぜ: {one.why.ja}", f"why: {one.why.en}"))
        yield Line(3, Text(f"止まるかもしれないもの: {one.stops.ja}", f"what could stop: {one.stops.en}"))
        if one.checks:
            checks = ", ".join(one.checks)
            yield Line(3, Text(f"なくなる指摘 {one.gone} 件: {checks}", f"findings that go: {one.gone} ({checks})"))
        yield Line(3, Text(f"手で行う場所: {one.menu.hand.ja}", f"by hand: {one.menu.hand.en}"))
        if one.menu.policy is not None:
            yield Line(3, Text(f"グループポリシー: {one.menu.policy.ja}", f"group policy: {one.menu.policy.en}"))
        for note in one.notes:
            yield Line(3, note, warn=True)
        if one.evidence:
            lines = few(one.evidence)
            yield Line(3, Text(f"根拠: {lines.ja}", f"evidence: {lines.en}"))


def _questions(questions: Sequence[Question]) -> Iterator[Line]:
    if not questions:
        return
    yield Line(
        1,
        Text(
            "業者に聞くこと・先に確かめること(医療機器・リース・業者のいる機器・台帳にない機器)",
            "To ask the vendor, or to find out first (machines that are medical, leased, looked after by a vendor or not in the ledger)",
        ),
    )
    yield Line(
        2,
        Text(
            "これらの機器は変えません。omamori vendor export の照会書にも入ります",
            "These machines are not changed; omamori vendor export puts the questions into the inquiry",
        ),
    )
    groups: dict[tuple[str, Text], list[str]] = {}
    for one in questions:
        groups.setdefault((one.machine.vendor, one.ask), []).append(one.machine.asset)
    for (vendor, ask), machines in groups.items():
        names = few(machines)
        who = Text(vendor or "業者の記載なし", vendor or "no vendor named")
        yield Line(2, Text(f"{who.ja}: {ask.ja}({names.ja})", f"{who.en}: {ask.en} ({names.en})"))


def _watched(plan: Plan) -> Iterator[Line]:
    if not plan.observed:
        return
    yield Line(1, Text("通信をどれだけ見たか", "How long the traffic was watched"))
    groups: dict[int, list[Observed]] = {}
    for one in plan.observed:
        groups.setdefault(one.days, []).append(one)
    for days, found in sorted(groups.items()):
        names = few([one.machine for one in found])
        since = min((one.since for one in found if one.since), default=None)
        until = max((one.until for one in found if one.until), default=None)
        span = f" ({since.date().isoformat()} – {until.date().isoformat()})" if since and until else ""
        yield Line(
            2,
            Text(f"{days} 日分を見た機器 {len(found)} 台{span}: {names.ja}", f"{len(found)} machines, {days} days{span}: {names.en}"),
            warn=days < ENOUGH_DAYS,
        )


def _left(left: Sequence[Left], titles: Mapping[str, Text]) -> Iterator[Line]:
    if not left:
        return
    yield Line(1, Text("この計画にないもの", "What this plan does not hold"))
    groups: dict[tuple[str, Text], list[str]] = {}
    for one in left:
        groups.setdefault((one.kind, one.why), []).append(one.machine.asset)
    for (kind, why), machines in groups.items():
        names, title = few(machines), titles.get(kind, Text(kind, kind))
        yield Line(2, Text(f"{title.ja}: {why.ja}({names.ja})", f"{title.en}: {why.en} ({names.en})"), warn=True)


def _order(plan: Plan, files: Sequence[File]) -> Iterator[Line]:
    if not plan.measures:
        return
    yield Line(1, Text("順番", "The order"))
    for number, step in enumerate(STEPS, 1):
        yield Line(2, Text(f"{number}. {step.ja}", f"{number}. {step.en}"))
    if files:
        yield Line(1, Text("ファイル", "Files"))
        yield from FILES_TOLD
        kinds: dict[Text, list[str]] = {}
        for one in files:
            kinds.setdefault(one.what, []).append(one.name)
        for what, names in kinds.items():
            shown = few(names)
            yield Line(2, Text(f"{what.ja}: {shown.ja}", f"{what.en}: {shown.en}"))
