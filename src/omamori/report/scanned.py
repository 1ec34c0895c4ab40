"""What was looked at over the network: each scan with its approval, its limits and what it had to leave alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from omamori.model.approval import PROFILES
from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.snapshot.database import Database

_SHOWN = 60
_PROFILE = {value.code: value.label for value in PROFILES}
ENDED = Text("最後まで調べました", "looked at everything")
CUT_OFF = Text("途中で終わっています。残りのアドレスは見ていません", "ended early; the addresses that were left were not looked at")
ELSEWHERE = Text(
    "承認: 記録がありません(ほかで行われ、結果だけを取り込んだもの)",
    "Approval: none on record (made elsewhere, only its result was taken in)",
)


@dataclass(frozen=True, slots=True)
class Scanned:
    """One scan: when, with what, how it ended, and its lines in words."""

    began: datetime | None
    tool: str
    ended: Text
    lines: tuple[Text, ...]
    asked: int | None = None
    answered: int | None = None

    @property
    def short(self) -> Text | None:
        """How many addresses answered, in a sentence; None where it is not known."""
        if self.answered is None:
            return None
        asked = Text(f"{self.asked} アドレスのうち ", f"of {self.asked} addresses ") if self.asked else Text("", "")
        return Text(
            f"ネットワークの調査では、{asked.ja}{self.answered} が応答しました。",
            f"When the network was scanned, {asked.en}{self.answered} answered.",
        )


def read_scans(database: Database) -> tuple[Scanned, ...]:
    """Return the scans of a snapshot, the latest first."""
    approvals = list(database.rows("approvals"))
    scans = sorted(database.rows("scans"), key=lambda row: (row.began is None, row.began or datetime.min, row.scan), reverse=True)
    return tuple(
        Scanned(
            row.began,
            clean(row.tool, 80),
            ENDED if row.finished else CUT_OFF,
            tuple(_lines(row, _of(row, approvals))),
            row.hosts_asked,
            row.hosts_up,
        )
        for row in scans
    )


def _of(row: Any, approvals: Sequence[Any]) -> Any:
    """Return the approval a scan was made under. A scan's name begins like the hash of its approval's file: a number alone may be used again."""
    digest = row.scan.partition("-")[0]
    return next((one for one in approvals if digest and one.approval == row.approval and one.evidence.startswith(digest)), None)


def _lines(row: Any, approval: Any) -> Iterator[Text]:
    yield _approval(row, approval)
    if row.targets:
        yield _list("調べた範囲", "Looked at", row.targets.split())
    if row.asked_ports:
        ports = clean(row.asked_ports.replace(",", ", "), 400)
        yield Text(f"尋ねたTCPポート: {ports}", f"TCP ports asked: {ports}")
    if row.hosts_asked is not None or row.hosts_up is not None:
        asked, up = _number(row.hosts_asked), _number(row.hosts_up)
        yield Text(f"尋ねたアドレス {asked}、応答したアドレス {up}", f"Addresses asked: {asked}, answered: {up}")
    yield from _budget(row, approval)
    if approval is not None and approval.excluded:
        yield _list(
            "承認書により何も送っていないアドレス(見えていません)",
            "Left alone as the approval says, and so not seen",
            approval.excluded.split(),
        )
    if approval is not None and approval.consented:
        yield _list(
            "持ち主・メーカーの同意を得て調べたアドレス", "Looked at with the consent of maker or owner", approval.consented.split()
        )


def _approval(row: Any, approval: Any) -> Text:
    if not row.approval:
        return ELSEWHERE
    number = clean(row.approval, 80)
    profile = _PROFILE.get(row.profile or "", Text(clean(row.profile or "?", 40), clean(row.profile or "?", 40)))
    if approval is None:
        return Text(
            f"承認: {number}、{profile.ja}。この承認書は今の記録にありません(書き直されたか、取り込まれていません)",
            f"Approval: {number}, {profile.en}. That paper is not on record now (written anew, or not taken in)",
        )
    who = " ".join(clean(part, 80) for part in (approval.position, approval.approved_by) if part) or "?"
    day = f"{approval.approved_on:%Y-%m-%d}" if approval.approved_on else "?"
    return Text(f"承認: {number}({who}、{day})、{profile.ja}", f"Approval: {number} ({who}, {day}), {profile.en}")


def _budget(row: Any, approval: Any) -> Iterator[Text]:
    if row.connections_allowed is None:
        return
    ja, en = f"上限: 1ポートへの接続 {row.connections_allowed} 回", f"Limits: {row.connections_allowed} connections to one port"
    if row.connections_sent is not None:
        ja, en = f"{ja}(実際は最大 {row.connections_sent} 回)", f"{en} (at most {row.connections_sent} were made)"
    if approval is not None and approval.packets_per_second:
        ja, en = f"{ja}、毎秒 {approval.packets_per_second} パケット", f"{en}, {approval.packets_per_second} packets a second"
    yield Text(ja, en)


def _list(ja: str, en: str, items: list[str]) -> Text:
    shown, rest = ", ".join(clean(item, 80) for item in items[:_SHOWN]), len(items) - _SHOWN
    more = Text(f" ほか {rest}", f" and {rest} more") if rest > 0 else Text("", "")
    return Text(f"{ja}: {shown}{more.ja}", f"{en}: {shown}{more.en}")


def _number(value: int | None) -> str:
    return "?" if value is None else str(value)
