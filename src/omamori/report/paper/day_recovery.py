"""The way back, for the page of the day: order and times, the copies, what a recovery cannot do without, and the year's drills."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from omamori.model.backup import PROOF_RESULTS
from omamori.model.declared import NEEDS, DeclaredBackup, RecoveryNeed, Training
from omamori.model.text import Text
from omamori.report.moments import shown
from omamori.report.paper.blocks import Cell, Grid, filled, gap
from omamori.report.paper.declared import Declared
from omamori.report.paper.parts import cut, day
from omamori.report.paper.systems import System, by_decision, hours_words, systems_of
from omamori.report.paper.uses import OTHER

_RESULT = {value.code: value.label for value in PROOF_RESULTS}
_NEED = {value.code: value.label for value in NEEDS}
_COPIES = 2
_NEEDS_OF_A_KIND = 3
_WHOLE = 18
"""A table of so many rows always fits on a page."""
_ONLY_THERE = Text("▲ 失われるサーバの中だけ", "▲ only on the servers that are lost")


def order_grid(declared: Declared, most: int, zone: tzinfo) -> tuple[Grid, int]:
    """Return the systems in the order they come back with all that is needed for each, and how many were left out; moments in `zone`."""
    systems = by_decision(one for one in systems_of(declared) if one.important or one.decided is not None or one.backups)
    columns = (
        Text("順", "No."),
        Text("システム(◎ 診療が止まる)・機器", "System (◎ care stops), machines"),
        Text("止まると", "If it stops"),
        Text("代わりにすること", "Done instead"),
        Text("何時間以内に", "Back within"),
        Text("失ってよい記録", "May lose"),
        Text("控え: どこに・どの世代", "Copies: where, which generation"),
        Text("復元の手順書", "Restore procedure"),
    )
    rows = tuple(_system(one, place, declared, zone) for place, one in enumerate(systems[:most], 1))
    empty: tuple[tuple[Cell, ...], ...] = ((gap("台帳の「機器」シート", "the sheet of machines"), *[""] * 7),)
    return Grid(columns, rows or empty, (3, 7, 7, 6, 4, 4, 11, 6)), max(len(systems) - most, 0)


def _system(system: System, place: int, declared: Declared, zone: tzinfo) -> tuple[Cell, ...]:
    number: Cell = str(place) if system.decided is not None else Text(f"案{place}", f"{place}?")
    machines = cut("、".join(machine.asset for machine in system.machines), 60)
    steps = cut("、".join(dict.fromkeys(one.restore_steps for one in system.backups if one.restore_steps)), 60)
    return (
        number,
        f"{'◎ ' if system.important else ''}{cut(system.purpose, 40)}{f'({machines})' if machines != system.purpose else ''}",
        gap("止まると困ること", "what it means") if system.effect == OTHER.effect and not system.important else system.effect,
        filled(cut(system.instead, 60), "代わりの手順", "procedure"),
        hours_words(system.hours) or gap("目標時間", "time"),
        hours_words(system.loss) or gap("時間", "time"),
        _copies(system, declared, zone),
        filled(steps, "紙の置き場所", "where the paper is"),
    )


def _copies(system: System, declared: Declared, zone: tzinfo) -> Cell:
    if not system.backups:
        return gap("控えの場所と世代", "where the copies are, which generations")
    told = [_copy(backup) for backup in system.backups[:_COPIES]]
    seen = _seen(system, declared, zone)
    parts = [*told, *([seen] if seen else [])]
    return Text("; ".join(one.ja for one in parts), "; ".join(one.en for one in parts))


def _copy(backup: DeclaredBackup) -> Text:
    where = cut(f"{backup.job} → {backup.target}" if backup.target else backup.job, 50)
    ja, en = [], []
    if backup.generations:
        ja.append(f"{backup.generations}世代")
        en.append(f"{backup.generations} generations")
    if backup.every_days:
        ja.append("毎日" if backup.every_days == 1 else f"{backup.every_days}日ごと")
        en.append("daily" if backup.every_days == 1 else f"every {backup.every_days} days")
    if backup.offline == "yes":
        last = backup.last_offline.isoformat() if backup.last_offline else ""
        ja.append(f"切り離し {last}".strip())
        en.append(f"cut off {last}".strip())
    return Text(f"{where}({'、'.join(ja)})" if ja else where, f"{where} ({', '.join(en)})" if en else where)


def _seen(system: System, declared: Declared, zone: tzinfo) -> Text | None:
    """What was really read or restored of these machines: the newest generation without traces, and the newest proof."""
    names = {machine.asset for machine in system.machines}
    ja, en = [], []
    clean = max(
        (one.clean_finished for one in declared.stores if one.asset in names and one.looked_into and one.clean_finished), default=None
    )
    if clean:
        ja.append(f"攻撃の跡がなかった最新の世代 {shown(clean, zone)}")
        en.append(f"newest generation without traces of an attack {shown(clean, zone)}")
    proofs = [one for one in declared.proofs if one.asset in names and one.ended]
    if proofs:
        newest = max(proofs, key=lambda one: str(one.ended))
        result = _RESULT.get(newest.result, Text(newest.result, newest.result))
        ja.append(f"復元の証明 {day(newest.ended, zone)}: {result.ja}")
        en.append(f"restore proven {day(newest.ended, zone)}: {result.en}")
    return Text("、".join(ja), ", ".join(en)) if ja else None


def needs_grid(declared: Declared) -> Grid:
    """Return the blind spots of a recovery by name, and what the ledger says to each: had apart, only on the servers, or nobody answered."""
    by_kind: dict[str, list[RecoveryNeed]] = {kind: [] for kind in _NEED}
    for need in declared.needs:
        by_kind[need.kind if need.kind in by_kind else "other"].append(need)
    rows: list[tuple[Cell, ...]] = []
    for kind, label in _NEED.items():
        needs = by_kind[kind]
        rows += [_need(label, need) for need in needs[:_NEEDS_OF_A_KIND]]
        if not needs and kind != "other":
            rows.append((label, "", gap("回答", "answer"), gap("置き場所・入手先", "where, from whom"), ""))
    rows.append(_buildings(declared.backups))
    columns = (
        Text("要るもの", "Needed"),
        Text("名前", "Name"),
        Text("サーバがなくても使えるか", "Had without the servers"),
        Text("どこに・だれから", "Where, from whom"),
        Text("使えるまで", "Until there"),
    )
    return Grid(columns, tuple(rows), (6, 5, 5, 7, 3), whole=len(rows) <= _WHOLE)


def _need(label: Text, need: RecoveryNeed) -> tuple[Cell, ...]:
    apart: Cell = {
        "yes": Text("○ 別に持っている", "○ kept apart"),
        "no": _ONLY_THERE,
    }.get(need.apart or "", gap("はい・いいえ", "yes or no"))
    where = filled(cut(need.kept_at, 60) if need.kept_at else None, "置き場所・入手先", "where, from whom")
    return (label, cut(need.need, 50), apart, where, hours_words(need.hours) or gap("時間", "hours"))


def _buildings(backups: Sequence[DeclaredBackup]) -> tuple[Cell, ...]:
    label, name = Text("別の建物の控え", "A copy in another building"), Text("火事・水害", "fire, flood")
    apart = [one for one in backups if one.other_building == "yes"]
    if apart:
        where = cut("、".join(dict.fromkeys(one.target or one.job for one in apart)), 60)
        return (label, name, Text("○ ある", "○ there is one"), where, "")
    if backups and all(one.other_building == "no" for one in backups):
        said = Text("▲ 控えはすべて同じ建物", "▲ all copies are in the same building")
        return (label, name, said, gap("別の建物の置き場所", "a place in another building"), "")
    return (label, name, gap("はい・いいえ", "yes or no"), gap("別の建物の置き場所", "a place in another building"), "")


_DRILLS: tuple[tuple[Text, tuple[str, ...], Text, Text], ...] = (
    (
        Text("ファイルを一つ戻す(30分)", "Restore one file (30 minutes)"),
        ("復元", "戻す", "リストア", "restore"),
        Text("医療情報担当", "IT staff"),
        Text("3か月ごと", "every 3 months"),
    ),
    (
        Text("切る訓練: この紙を持って、抜く場所まで歩く(30分)", "Cutting: walk to each cable with this page (30 minutes)"),
        ("切断", "切る", "切り離", "遮断", "cut"),
        Text("切ってよい人・当直", "who may cut, staff on duty"),
        Text("半年ごと", "every 6 months"),
    ),
    (
        Text("紙で診療する(半日)", "Care on paper (half a day)"),
        ("紙", "ダウンタイム", "paper", "downtime"),
        Text("病棟・外来・検査・薬局・医事", "wards, outpatients, laboratory, pharmacy, administration"),
        Text("年に一度", "once a year"),
    ),
    (
        Text("サーバを丸ごと別の機器へ戻す(業者と)", "Restore a whole server to another machine (with the vendor)"),
        ("丸ごと", "全体", "総合", "サーバ復旧", "復旧訓練", "whole", "full restore"),
        Text("保守業者・医療情報担当", "vendor, IT staff"),
        Text("年に一度", "once a year"),
    ),
)
"""Small drills of a year: what, the words by which the ledger's own are found, who, how often."""


def drills_grid(declared: Declared, today: date, most: int) -> Grid:
    """Return the year's drills: the suggested ones with the ledger's days where it has them, then the ledger's other drills.

    `today` is the day of the judgement: a day planned before it is past and does not stand for the next one.
    """
    rows: list[tuple[Cell, ...]] = []
    left = [one for one in declared.training if one.kind != "training" or (one.planned and one.planned >= today)]
    # What names the whole is no drill of one file: the last of the list is looked for first.
    found: dict[int, list[Training]] = {}
    for place in sorted(range(len(_DRILLS)), reverse=True):
        found[place] = [one for one in left if any(word in one.title.lower() for word in _DRILLS[place][1])]
        left = [one for one in left if one not in found[place]]
    for place, (what, _, who, often) in enumerate(_DRILLS):
        rows.append((what, who, often, _held(found[place]), _planned(found[place], today)))
    for one in sorted(left, key=lambda one: (one.planned or date.max, one.title))[:most]:
        rows.append((cut(one.title, 60), gap("だれが", "who"), "", _held([one]), _planned([one], today)))
    columns = (
        Text("訓練(上の4つは案)", "Drill (the first four are suggestions)"),
        Text("だれが", "Who"),
        Text("どのくらいの間隔で", "How often"),
        Text("前にした日", "Last held"),
        Text("次の予定日", "Next planned"),
    )
    return Grid(columns, tuple(rows), (7, 5, 3, 4, 4), whole=True)


def _held(trainings: Sequence[Training]) -> Cell:
    held = [one for one in trainings if one.held]
    if not held:
        return Text("台帳になし", "not in the ledger")
    newest = max(held, key=lambda one: one.held or date.min)
    people = Text(f"({newest.participants}人)", f" ({newest.participants} people)") if newest.participants else Text("", "")
    return Text(f"{newest.held}{people.ja}", f"{newest.held}{people.en}")


def _planned(trainings: Sequence[Training], today: date) -> Cell:
    days = sorted(one.planned for one in trainings if one.planned and one.planned >= today)
    return days[0].isoformat() if days else gap("日付", "day")
