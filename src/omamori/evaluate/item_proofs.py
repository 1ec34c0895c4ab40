"""What speaks for or against an item of a standard: verdicts of checks, answers to questions, the ledger's rows, vendors' sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from omamori.evaluate.check import SITE
from omamori.evaluate.item_facts import STATEMENTS, Declared, Facts, Judged
from omamori.evaluate.looks import usefulness
from omamori.evaluate.wording import clean, reason_words
from omamori.knowledge.editions import Item, Need
from omamori.model.look import Verdict
from omamori.model.standard import ItemAnswer, Proof
from omamori.model.tables import TABLES
from omamori.model.text import Text

CLASSES: dict[str, frozenset[str]] = {
    "server": frozenset({"server"}),
    "client": frozenset({"client"}),
    "server_and_client": frozenset({"server", "client"}),
    "network": frozenset({"network"}),
}
"""Target of an item → roles of the machines it speaks of; `site` speaks of all."""
_NAMED = 5
_ACCEPTED = 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """A proof and what it is worth: `evidence` is False for what somebody only said; `lacks`: reason → subjects, where it is unknown."""

    proof: Proof
    evidence: bool = True
    lacks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    missing: Text | None = None


def of_check(name: str, item: Item, facts: Facts, vendor: str = "") -> Spoken | None:
    """Return what a check says to an item; None where it concerns nobody the item speaks of.

    In: `vendor` limits it to the machines and lines of one vendor. A machine nobody knows the class (or the vendor) of
    may be one the item speaks of: what was found on it makes the item unknown, not a no.
    """
    judged = facts.checks.get(name)
    if judged is None or not judged.ran:
        return _not_judged(name, judged)
    sure, doubtful = _in_target(judged, item, facts, vendor)
    found = [verdict for verdict in sure if verdict.verdict in ("fail", "accepted")]
    unknown = [verdict for verdict in sure if verdict.verdict == "unknown"]
    unknown += [verdict for verdict in doubtful if verdict.verdict != "pass"]
    if not sure and not unknown:
        return None
    judged_on = _subjects([*sure, *unknown])
    says = "no" if found else "unknown" if unknown else "yes"
    deciding = found or unknown or sure
    told = Proof(
        kind="check",
        name=name,
        says=says,
        text=_check_text(judged, says, found, unknown, len(judged_on)),
        subjects=_subjects(deciding) if says != "yes" else (),
        of=len(judged_on),
        evidence=next((verdict.evidence for verdict in deciding if verdict.evidence), ""),
        seen=_seen(judged, judged_on, facts),
    )
    lacks: dict[str, list[str]] = {}
    for verdict in unknown:
        reason = verdict.reason if verdict.verdict == "unknown" and verdict.reason else "to_confirm"
        lacks.setdefault(reason, []).append(verdict.subject)
    return Spoken(told, _is_evidence(judged, item), {reason: _unique(names) for reason, names in lacks.items()})


def _is_evidence(judged: Judged, item: Item) -> bool:
    """A check of the ledger alone is evidence where the edition asks for that part of the ledger itself: there it is the paper meant."""
    return not judged.tables <= STATEMENTS or any(need.table in judged.tables for need in item.needs)


def of_question(name: str, facts: Facts) -> Spoken:
    """Return what the workbook's answer to a question says: a statement, never evidence."""
    question = facts.questions.get(name)
    if question is None:
        absent = Text(f"質問 {name} がこの版にありません", f"there is no question {name} in this version")
        return Spoken(Proof("question", name, "unknown", absent), evidence=False, missing=absent)
    answer = question.answer if question.answer in ("yes", "no") else "unknown"
    words = {"yes": Text("はい", "yes"), "no": Text("いいえ", "no"), "unknown": Text("回答なし", "no answer")}[answer]
    if question.answer == "unknown":
        words = Text("不明", "not known")
    by = clean(question.answered_by or "", 40)
    when = question.answered_on.isoformat() if question.answered_on else ""
    behind = ", ".join(part for part in (by, when) if part)
    text = Text(
        f"質問「{question.text_ja}」: {words.ja}{f'({behind})' if behind else ''}",
        f"question “{question.text_en}”: {words.en}{f' ({behind})' if behind else ''}",
    )
    missing = None
    if answer == "unknown":
        missing = Text(f"台帳の質問「{question.text_ja}」に答えてください", f"answer the question “{question.text_en}” in the ledger")
    return Spoken(Proof("question", name, answer, text, evidence=question.evidence), evidence=False, missing=missing)


def of_need(need: Need, facts: Facts) -> Spoken:
    """Return what the ledger's rows say: yes when they are there, no when somebody said there are none, else unknown."""
    title, declared = TABLES[need.table].title, facts.declared.get(need.table, Declared())
    name = f"{need.table}.{need.column}" if need.column else need.table
    heading = _heading(need)
    have = declared.filled.get(need.column, 0) if need.column else declared.rows
    shown = declared.filled_at.get(need.column, "") if need.column else declared.shown
    seen = facts.seen_anywhere(frozenset({need.table}))
    if not declared.complete:
        missing = Text(f"台帳の「{title.ja}」シートを記入してください", f"fill in the sheet “{title.en}” of the ledger")
        text = Text(f"台帳の「{title.ja}」: 記入が済んでいません", f"ledger, “{title.en}”: not filled in yet")
        return Spoken(Proof("ledger", name, "unknown", text, of=declared.rows, evidence=shown, seen=seen), missing=missing)
    if not declared.rows:
        text = Text(f"台帳の「{title.ja}」: 該当なしと記入されています", f"ledger, “{title.en}”: said to be none")
        return Spoken(Proof("ledger", name, "no", text, seen=seen))
    if not have:
        missing = Text(
            f"台帳の「{title.ja}」シートの「{heading.ja}」を記入してください",
            f"fill in “{heading.en}” in the sheet “{title.en}” of the ledger",
        )
        text = Text(f"台帳の「{title.ja}」: 「{heading.ja}」が空欄です", f"ledger, “{title.en}”: “{heading.en}” is empty")
        proof = Proof("ledger", name, "unknown", text, of=declared.rows, evidence=declared.shown, seen=seen)
        return Spoken(proof, missing=missing)
    column = Text(f"、「{heading.ja}」の記入あり", f", “{heading.en}” filled in") if need.column else Text("", "")
    text = Text(f"台帳の「{title.ja}」: {have}行{column.ja}", f"ledger, “{title.en}”: {have} rows{column.en}")
    return Spoken(Proof("ledger", name, "yes", text, of=declared.rows, evidence=shown, seen=seen))


def of_vendor(vendor: str, answer: ItemAnswer | None) -> Spoken | None:
    """Return what a vendor's own sheet says to the same item: a statement; None where it says the item does not apply."""
    name = clean(vendor)
    if answer is None or answer.answer is None:
        missing = Text(f"業者「{name}」のチェックリストのこの項目が空欄です", f"the vendor {name} left this item of its checklist empty")
        return Spoken(Proof("vendor", vendor, "unknown", missing), evidence=False, missing=missing)
    if answer.answer == "not_applicable":
        return None
    words = {"yes": Text("はい", "yes"), "no": Text("いいえ", "no")}[answer.answer]
    when = f" {answer.answered_on.isoformat()}" if answer.answered_on else ""
    text = Text(f"業者「{name}」のチェックリスト: {words.ja}{when}", f"checklist of the vendor {name}: {words.en}{when}")
    return Spoken(Proof("vendor", vendor, answer.answer, text, evidence=answer.evidence), evidence=False)


def missing_words(spoken: Sequence[Spoken]) -> tuple[Text, ...]:
    """Return what would make an item answerable: by reason with the machines (each once), then what people have to fill in."""
    reasons: dict[str, str] = {}
    for one in spoken:
        for reason, names in one.lacks.items():
            reasons |= {name: reason for name in names if name not in reasons or usefulness(reason) < usefulness(reasons[name])}
    found = []
    for reason in sorted(set(reasons.values()), key=usefulness):
        words, named = reason_words(reason), _names([name for name, why in reasons.items() if why == reason])
        found.append(Text(f"{words.ja}: {named.ja}", f"{words.en}: {named.en}"))
    return (*found, *dict.fromkeys(one.missing for one in spoken if one.missing is not None))


def _not_judged(name: str, judged: Judged | None) -> Spoken:
    if judged is None:
        missing = Text(f"点検 {name} がこの版にありません", f"there is no check {name} in this version")
    else:
        missing = Text(
            f"「{judged.title.ja}」はまだ判定していません。もう一度 omamori check を実行してください",
            f"“{judged.title.en}” was not judged yet: run omamori check again",
        )
    return Spoken(Proof("check", name, "unknown", missing), missing=missing)


def _in_target(judged: Judged, item: Item, facts: Facts, vendor: str) -> tuple[list[Verdict], list[Verdict]]:
    """Return the verdicts of subjects the item speaks of, and those of subjects of which nobody knows whether it does."""
    sure, doubtful = [], []
    for verdict in judged.verdicts:
        belongs = (_of_class(judged, verdict, facts, item), _of_vendor(judged, verdict, facts, vendor))
        if all(belongs):
            sure.append(verdict)
        elif False not in belongs:
            doubtful.append(verdict)
    return sure, doubtful


def _of_class(judged: Judged, verdict: Verdict, facts: Facts, item: Item) -> bool | None:
    roles = CLASSES.get(item.target)
    if judged.subject != "asset" or roles is None:
        return True
    role = facts.roles.get(verdict.subject)
    return None if role is None else role in roles


def _of_vendor(judged: Judged, verdict: Verdict, facts: Facts, vendor: str) -> bool | None:
    """Whether a subject is one vendor's. What concerns the whole site or a zone is no vendor's; an unlisted line may be anybody's."""
    if not vendor:
        return True
    if judged.subject == "vendor":
        return verdict.subject == vendor or (None if verdict.subject == SITE else False)
    whose = {"asset": facts.vendor_of, "line": facts.line_vendor}.get(judged.subject)
    if whose is None:
        return False
    known = whose.get(verdict.subject)
    return None if known is None else known == vendor


def _check_text(judged: Judged, says: str, found: Sequence[Verdict], unknown: Sequence[Verdict], of: int) -> Text:
    title = judged.title
    if judged.subject == "site":
        one = next(iter([*found, *unknown]), None)
        if one is None:
            return Text(f"{title.ja}: 見た範囲では見つかりませんでした", f"{title.en}: nothing found in what was looked at")
        return Text(f"{title.ja}: {one.message_ja}", f"{title.en}: {one.message_en}")
    if says == "yes":
        return Text(f"{title.ja}: {of}件で見つかりませんでした", f"{title.en}: not found on {of}")
    deciding = found or unknown
    subjects = _subjects(deciding)
    names = _names(subjects)
    if says == "unknown":
        return Text(
            f"{title.ja}: {of}件のうち{len(subjects)}件で判断できません({names.ja})",
            f"{title.en}: cannot be told on {len(subjects)} of {of} ({names.en})",
        )
    accepted = [verdict for verdict in found if verdict.verdict == "accepted"]
    ja = f"{title.ja}: {of}件のうち{len(subjects)}件で見つかりました({names.ja})"
    en = f"{title.en}: found on {len(subjects)} of {of} ({names.en})"
    for verdict in accepted[:_ACCEPTED]:
        ja, en = f"{ja}。{verdict.message_ja}", f"{en}. {verdict.message_en}"
    if len(accepted) > _ACCEPTED:
        ja, en = f"{ja}。受容はほか{len(accepted) - _ACCEPTED}件", f"{en}. {len(accepted) - _ACCEPTED} more are accepted"
    return Text(ja, en)


def _seen(judged: Judged, subjects: Iterable[str], facts: Facts) -> datetime | None:
    if judged.subject != "asset":
        return facts.seen_anywhere(judged.tables)
    found = (facts.seen(subject, judged.tables) for subject in subjects)
    return min((moment for moment in found if moment is not None), default=None)


def _heading(need: Need) -> Text:
    if not need.column:
        return Text("", "")
    return TABLES[need.table].column(need.column).heading or Text(need.column, need.column)


def _subjects(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    return _unique(verdict.subject for verdict in verdicts)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _names(subjects: Sequence[str]) -> Text:
    shown = [clean(subject, 60) for subject in subjects[:_NAMED] if subject != SITE]
    more = len(subjects) - _NAMED
    ja, en = "、".join(shown) or "病院全体", ", ".join(shown) or "the whole hospital"
    return Text(f"{ja} ほか{more}件", f"{en} and {more} more") if more > 0 else Text(ja, en)
