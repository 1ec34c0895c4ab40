"""The rows of an answered inquiry → rows of `vendor_answers`, one for each machine a row speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from omamori.model.declared import YES_NO, VendorAnswer
from omamori.model.text import Text
from omamori.model.vendor_sheet import THE_VENDOR, YES_NO_QUESTIONS, FindingReply, FlowReply, MachineReply, NoticeReply, QuestionReply
from omamori.parse.ledger.addresses import AddressError, networks
from omamori.parse.ledger.cells import BadCell, choice, clean, folded
from omamori.parse.ledger.vendor_reply_state import Reply, either, names_in

MAX_ROWS = 100_000
"""Rows one reply may give: more machines times questions than any vendor looks after."""


def answers_of(read: Mapping[str, Sequence[Any]], reply: Reply) -> Iterator[VendorAnswer]:
    """Yield the answers of every sheet (name → its rows); of two rows about one thing the first counts, the second is told."""
    listed = read.get("vendor_machines", ())
    if reply.asked is None:
        reply.machines = [row.asset for row in listed]
    found: dict[tuple[Any, ...], VendorAnswer] = {}
    for row in (
        *_machines(listed, reply),
        *_findings(read.get("vendor_findings", ()), reply),
        *_notices(read.get("vendor_notice_replies", ()), reply),
        *_flows(read.get("vendor_flows", ()), reply),
        *_questions(read.get("vendor_questions", ()), reply),
    ):
        key = (row.asset, row.question, row.check_id, row.notice, row.direction, row.peer, row.port, row.protocol)
        if key in found:
            if _content(found[key]) != _content(row):
                reply.tell(
                    row.evidence,
                    Text(
                        f"{row.asset or row.vendor}: 同じことに二つの回答があります。上の行を使いました",
                        f"{row.asset or row.vendor}: two answers to one thing; the upper row counts",
                    ),
                )
            continue
        if len(found) >= MAX_ROWS:
            reply.tell(row.evidence, Text("行が多すぎます。残りは取り込みません", "too many rows; the rest is not taken"))
            break
        found[key] = row
    yield from found.values()


def _content(row: VendorAnswer) -> tuple[Any, ...]:
    return (row.answer, row.reason, row.compensating, row.until, row.paper, row.remark, row.answered_by, row.answered_on)


def _machines(rows: Iterable[MachineReply], reply: Reply) -> Iterator[VendorAnswer]:
    for row in rows:
        name = reply.known(row.asset, row.evidence)
        if name is None or not (row.theirs or row.remark):
            continue
        if row.theirs == "no":
            reply.tell(
                row.evidence,
                Text(
                    f"{name}: 担当ではないとの回答です。台帳を確かめてください", f"{name}: the vendor says it is not theirs; see the ledger"
                ),
            )
        yield _answer(reply, row, asset=name, question="keeps", answer=row.theirs, remark=row.remark)


def _findings(rows: Iterable[FindingReply], reply: Reply) -> Iterator[VendorAnswer]:
    for row in rows:
        if not any((row.answer, row.until, row.reason, row.compensating, row.paper, row.remark)):
            continue
        if not row.check_id:
            reply.tell(
                row.evidence, Text("照会番号がないため、何への回答か分かりません", "no reference: it cannot be told what is answered")
            )
            continue
        by, on = row.answered_by or reply.answered_by, row.answered_on or reply.answered_on
        if row.answer == "refused" and (lacking := _lacking(row, by)):
            words = "、".join(word.ja for word in lacking), ", ".join(word.en for word in lacking)
            reply.tell(
                row.evidence,
                Text(
                    f"「変更できない」に {words[0]} がありません。例外として記録できません",
                    f"`may not be changed` without {words[1]}: it cannot be recorded as an exception",
                ),
            )
        for name in names_in(row.machines, row.evidence, reply):
            yield _answer(
                reply, row, asset=name, question="finding", check_id=row.check_id, answer=row.answer, until=row.until, reason=row.reason,
                compensating=row.compensating, paper=row.paper, remark=row.remark, answered_by=by, answered_on=on,
            )  # fmt: skip


def _lacking(row: FindingReply, by: str | None) -> list[Text]:
    needed = ((row.reason, Text("理由", "a reason")), (row.until, Text("期日", "a day")), (by, Text("回答者", "the name of who answers")))
    return [words for value, words in needed if not value]


def _notices(rows: Iterable[NoticeReply], reply: Reply) -> Iterator[VendorAnswer]:
    for row in rows:
        told = any((row.answer, row.until, row.compensating, row.paper, row.remark))
        if not (row.concerns or told):
            continue
        if not row.notice:
            reply.tell(
                row.evidence, Text("お知らせの番号がないため、何への回答か分かりません", "no notice: it cannot be told what is answered")
            )
            continue
        for name in names_in(row.machines, row.evidence, reply):
            if row.concerns:
                yield _answer(reply, row, asset=name, question="notice-concerns", notice=row.notice, answer=row.concerns)
            if told:
                yield _answer(
                    reply, row, asset=name, question="notice", notice=row.notice, answer=row.answer, until=row.until,
                    compensating=row.compensating, paper=row.paper, remark=row.remark,
                )  # fmt: skip


def _flows(rows: Iterable[FlowReply], reply: Reply) -> Iterator[VendorAnswer]:
    for row in rows:
        if not (row.needed or row.purpose or row.remark):
            continue
        peer = clean(row.peer or "") or None
        if row.needed == "yes" and peer is None:
            reply.tell(row.evidence, Text("必要なポートですが、相手が書かれていません", "the port is needed, but not by whom"))
        if peer is not None and reply.asked is not None and not _is_address(peer):
            known = reply.asked.get(folded(peer))
            if known is None:
                reply.tell(
                    row.evidence,
                    Text(
                        f"相手「{peer[:60]}」は照会書にない名前です。IPアドレスで書いてください",
                        f"the peer {peer[:60]!r} is not named in the inquiry; write its address",
                    ),
                )
                continue
            peer = known
        for name in names_in(row.machines, row.evidence, reply):
            yield _answer(
                reply, row, asset=name, question="flow", direction=row.direction or "in", peer=peer, port=row.port, protocol=row.protocol,
                answer=row.needed, remark=row.purpose or row.remark,
            )  # fmt: skip


def _is_address(word: str) -> bool:
    try:
        return networks(word) is not None
    except AddressError:
        return False


def _questions(rows: Iterable[QuestionReply], reply: Reply) -> Iterator[VendorAnswer]:
    for row in rows:
        if not (row.answer or row.until or row.remark):
            continue
        own = folded(row.subject) in (*either(THE_VENDOR), folded(reply.vendor))
        name: str | None = ""
        if not own:
            name = reply.lines.get(folded(row.subject)) if reply.asked is not None else row.subject
            if name is None:
                reply.strangers.setdefault(row.subject[:120], row.evidence)
                continue
        answer = row.answer
        if row.question in YES_NO_QUESTIONS and answer is not None:
            try:
                answer = choice(YES_NO, answer)
            except BadCell as error:
                reply.tell(row.evidence, error.expected)
                answer = None
        yield _answer(reply, row, asset=name or "", question=row.question or "?", answer=answer, until=row.until, remark=row.remark)


def _answer(reply: Reply, row: Any, **values: Any) -> VendorAnswer:
    given = {name: value for name, value in values.items() if value is not None}
    given.setdefault("answered_by", reply.answered_by)
    given.setdefault("answered_on", reply.answered_on)
    return VendorAnswer(vendor=reply.vendor, evidence=row.evidence, **given)
