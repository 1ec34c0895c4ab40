"""The inquiry to a vendor (照会書), brought back with its answers → rows of `vendor_answers`.

One row of the sheet answers for many machines; each becomes a row of its own. A name that was not asked about gives no
row and is told: the vendor added or renamed a machine, and only the hospital's ledger says whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from omamori.model.declared import YES_NO, VendorAnswer
from omamori.model.look import EVERYWHERE, Look, Parsed, Problem
from omamori.model.tables import TABLES
from omamori.model.text import Text
from omamori.model.vendor_sheet import (
    ALL_MACHINES,
    ANSWERED_BY,
    ANSWERED_ON,
    FORMAT,
    KEY_SHEET,
    SHEETS,
    THE_VENDOR,
    TO,
    YES_NO_QUESTIONS,
    FindingReply,
    FlowReply,
    MachineReply,
    QuestionReply,
)
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.parse.ledger.addresses import AddressError, networks
from omamori.parse.ledger.cells import BadCell, choice, clean, day, folded
from omamori.parse.ledger.headings import find_layout
from omamori.parse.ledger.recognise import is_reply
from omamori.parse.ledger.redact import redact_workbook
from omamori.parse.ledger.rows import SheetRows, read_rows
from omamori.parse.ledger.xlsx import Cell, Sheet, read_workbook

_BETWEEN = re.compile(r"[、，,;；]+")
_HONORIFIC = re.compile(r"(?:\s*(?:御中|様|殿))$|^To\s+", re.IGNORECASE)
_LABELLED_ROWS = 80
_MOST_NAMES = 2_000
MAX_ROWS = 100_000
"""Rows one reply may give: more machines times questions than any vendor looks after."""


_COLUMNS = frozenset(column.name for column in TABLES["vendor_answers"].columns)
_STANDS_FOR = {"machines": "asset", "subject": "asset", "theirs": "answer", "needed": "answer", "purpose": "remark"}
"""Column of a sheet → the column of the table it is read into, where the names differ."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one sheet gave, and whether the sheet is damaged."""

    read: SheetRows
    broken: bool


@dataclass(slots=True)
class _Reply:
    """What the sheets of one file say, before it becomes rows. `asked` is None where the list of those asked about is gone."""

    vendor: str = ""
    answered_by: str | None = None
    answered_on: date | None = None
    machines: list[str] = field(default_factory=list)
    asked: dict[str, str] | None = None
    lines: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    strangers: dict[str, str] = field(default_factory=dict)

    def tell(self, evidence: str, words: Text) -> None:
        row = int(evidence.rpartition("!R")[2] or 0) if "!R" in evidence else 0
        self.problems.append(Problem(row, f"{evidence}: {words.en}", f"{evidence}: {words.ja}"))

    def named(self, name: str) -> str | None:
        """Return a machine or line that was asked about as it was written; None where there is none, or no list."""
        return (self.asked or {}).get(folded(name)) or self.lines.get(folded(name))

    def is_known(self, name: str) -> bool:
        """Return whether a machine or line of this name was asked about."""
        return self.named(name) is not None

    def known(self, name: str, evidence: str) -> str | None:
        """Return a machine or line as it was asked about; None when it was not."""
        if self.asked is None:
            return name
        found = self.named(name)
        if found is None:
            self.strangers.setdefault(name[:120], evidence)
        return found


def parse_reply(data: bytes, context: Context) -> Parsed:
    """Read a vendor's reply; EvidenceError when it is none, when its vendor is named nowhere, or its form is newer than this program."""
    del context
    reply = _Reply()
    read: dict[str, _Part] = {}
    for sheet in read_workbook(data):
        if sheet.name == KEY_SHEET:
            _read_keys(sheet, reply)
            continue
        layout = find_layout(sheet, SHEETS)
        if layout is not None and layout.table.name not in read:
            read[layout.table.name] = _Part(read_rows(sheet, layout), bool(sheet.broken))
        elif layout is None:
            _read_letter(sheet, reply)
        else:
            reply.tell(
                f"{clean(sheet.name)}!R1",
                Text("同じ内容のシートが二つあります。一つ目を使いました", "a second sheet of this kind; the first counts"),
            )
    if not read:
        raise EvidenceError(
            Text(
                "照会書のシートがありません。`omamori vendor export` が書いたファイルを取り込んでください",
                "no sheet of an inquiry; bring back the file `omamori vendor export` wrote",
            )
        )
    if not reply.vendor:
        raise EvidenceError(
            Text(
                "どの業者の回答か書かれていません。1枚目の「宛先」に業者名を書いてください",
                "it does not say whose answer it is: write the vendor's name at `To` on the first sheet",
            )
        )
    rows = tuple(_rows(read, reply))
    told = [problem for part in read.values() for problem in part.read.problems]
    return Parsed(
        rows=rows,
        looks=(_look(read, reply),),
        problems=(*told, *reply.problems, *_strangers(reply)),
        speaker=reply.vendor,
        said_on=max((row.answered_on for row in rows if row.answered_on), default=None),
    )


def _look(read: Mapping[str, _Part], reply: _Reply) -> Look:
    """A sheet with rows left empty was read: what was not answered has no row. A row or sheet that could not be read was not."""
    lost = [
        name for name, part in read.items() if part.broken or (not part.read.look.complete and part.read.look.reason == "not_understood")
    ]
    missing = sorted({_STANDS_FOR.get(column, column) for part in read.values() for column in part.read.look.missing} & _COLUMNS)
    titles = "、".join(
        table.title.ja for table in SHEETS if table.name in lost or (read.get(table.name) and read[table.name].read.look.missing)
    )
    needs = (
        f"{reply.vendor}: 「{titles}」の読めなかった欄を直してください / repair the cells that were not read" if lost or missing else None
    )
    reason = "not_understood" if lost or missing else None
    return Look("vendor_answers", not lost, tuple(missing), reason, needs, EVERYWHERE)


def _read_keys(sheet: Sheet, reply: _Reply) -> None:
    names: list[str] = []
    for cells in sheet.rows.values():
        key, value = (clean(cells[place].text) if place in cells else "" for place in (1, 2))
        if key == "format" and value.isdigit() and int(value) > FORMAT:
            raise EvidenceError(
                Text("新しい版の照会書です。この道具を更新してください", "this inquiry was written by a newer version; update the program")
            )
        if key == "vendor" and value:
            reply.vendor = value
        elif key == "asset" and value:
            names.append(value)
        elif key == "line" and value:
            reply.lines[folded(value)] = value
    if names or reply.lines:
        reply.asked = {folded(name): name for name in names}
        reply.machines = names


def _read_letter(sheet: Sheet, reply: _Reply) -> None:
    """Take who answered and when from the cells right of their labels; the addressee where the hidden sheet is gone."""
    for row, cells in sheet.rows.items():
        if row > _LABELLED_ROWS:
            return
        for place, cell in cells.items():
            value = next((cells[other] for other in sorted(cells) if other > place and cells[other].text.strip()), None)
            if value is None or value.text == cell.text:
                continue
            label = folded(cell.text)
            if label in _either(ANSWERED_BY):
                reply.answered_by = clean(value.text) or None
            elif label in _either(ANSWERED_ON):
                reply.answered_on = _day(value, reply, f"{clean(sheet.name)}!R{row}")
            elif label in _either(TO) and not reply.vendor:
                reply.vendor = _HONORIFIC.sub("", clean(value.text)).strip()


def _day(cell: Cell, reply: _Reply, evidence: str) -> date | None:
    try:
        return day(cell)
    except BadCell as error:
        reply.tell(evidence, error.expected)
        return None


def _either(text: Text) -> tuple[str, str]:
    return folded(text.ja), folded(text.en)


def _rows(read: Mapping[str, _Part], reply: _Reply) -> Iterator[VendorAnswer]:
    """Yield the answers of every sheet; of two rows about one thing the first counts, the second is told."""
    listed = list(_of(read, "vendor_machines"))
    if reply.asked is None:
        reply.machines = [row.asset for row in listed]
    found: dict[tuple[Any, ...], VendorAnswer] = {}
    for row in (
        *_machines(listed, reply),
        *_findings(_of(read, "vendor_findings"), reply),
        *_flows(_of(read, "vendor_flows"), reply),
        *_questions(_of(read, "vendor_questions"), reply),
    ):
        key = (row.asset, row.question, row.check_id, row.direction, row.peer, row.port, row.protocol)
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


def _of(read: Mapping[str, _Part], name: str) -> Sequence[Any]:
    return read[name].read.rows if name in read else ()


def _machines(rows: Iterable[MachineReply], reply: _Reply) -> Iterator[VendorAnswer]:
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


def _findings(rows: Iterable[FindingReply], reply: _Reply) -> Iterator[VendorAnswer]:
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
        for name in _names(row.machines, row.evidence, reply):
            yield _answer(
                reply, row, asset=name, question="finding", check_id=row.check_id, answer=row.answer, until=row.until, reason=row.reason,
                compensating=row.compensating, paper=row.paper, remark=row.remark, answered_by=by, answered_on=on,
            )  # fmt: skip


def _lacking(row: FindingReply, by: str | None) -> list[Text]:
    needed = ((row.reason, Text("理由", "a reason")), (row.until, Text("期日", "a day")), (by, Text("回答者", "the name of who answers")))
    return [words for value, words in needed if not value]


def _flows(rows: Iterable[FlowReply], reply: _Reply) -> Iterator[VendorAnswer]:
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
        for name in _names(row.machines, row.evidence, reply):
            yield _answer(
                reply, row, asset=name, question="flow", direction=row.direction or "in", peer=peer, port=row.port, protocol=row.protocol,
                answer=row.needed, remark=row.purpose or row.remark,
            )  # fmt: skip


def _is_address(word: str) -> bool:
    try:
        return networks(word) is not None
    except AddressError:
        return False


def _questions(rows: Iterable[QuestionReply], reply: _Reply) -> Iterator[VendorAnswer]:
    for row in rows:
        if not (row.answer or row.until or row.remark):
            continue
        own = folded(row.subject) in (*_either(THE_VENDOR), folded(reply.vendor))
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


def _names(cell: str, evidence: str, reply: _Reply) -> Iterator[str]:
    """Yield the machines a cell names, each once. A name that holds a comma itself is recognised as a whole."""
    if folded(cell) in _either(ALL_MACHINES):
        yield from dict.fromkeys(reply.machines)
        return
    found: list[str] = []
    for word in [cell] if reply.is_known(cell) else _BETWEEN.split(cell):
        if word.strip():
            found += (name for part in _parted(word.strip(), reply) if (name := reply.known(part, evidence)) is not None)
    yield from dict.fromkeys(found)


def _parted(words: str, reply: _Reply) -> Iterator[str]:
    """Take apart what stands on lines of one cell, which reach us joined by spaces: as long a known name as there is, each time."""
    parts = words.split(" ")
    if len(parts) == 1 or len(parts) > _MOST_NAMES or reply.asked is None or reply.is_known(words):
        yield words
        return
    rest: list[str] = []
    while parts:
        last = next((last for last in range(len(parts), 0, -1) if reply.is_known(" ".join(parts[:last]))), 0)
        if last and rest:
            yield " ".join(rest)
            rest = []
        if last:
            yield " ".join(parts[:last])
        else:
            rest.append(parts[0])
        parts = parts[last or 1 :]
    if rest:
        yield " ".join(rest)


def _answer(reply: _Reply, row: Any, **values: Any) -> VendorAnswer:
    given = {name: value for name, value in values.items() if value is not None}
    given.setdefault("answered_by", reply.answered_by)
    given.setdefault("answered_on", reply.answered_on)
    return VendorAnswer(vendor=reply.vendor, evidence=row.evidence, **given)


def _strangers(reply: _Reply) -> Iterator[Problem]:
    for name, evidence in list(reply.strangers.items())[:50]:
        row = int(evidence.rpartition("!R")[2] or 0)
        yield Problem(
            row,
            f"{evidence}: {name!r} was not asked about; added or renamed by the vendor? Enter it in the ledger and ask anew",
            f"{evidence}: 「{name}」は照会していない名前です。業者が足したか名前を変えた可能性があります。台帳に書いてから照会し直してください",
        )


PARSERS = (
    Parser(
        kind="vendor.reply",
        tables=("vendor_answers",),
        parse=parse_reply,
        redact=redact_workbook,
        recognise=is_reply,
        notes="The inquiry of `omamori vendor export`, answered. Evidence place: sheet!R and row.",
    ),
)
