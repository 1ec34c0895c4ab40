"""Declared table of the block: what is let through whatever is cut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import values


@dataclass(frozen=True, kw_only=True, slots=True)
class NeverBlockedFlow:
    """A connection that no cut may stop: who talks to whom, why, and who decided it."""

    flow: str = col(
        "Name of the connection that is never blocked.",
        default="",
        heading=("止めない通信", "Never blocked"),
        note=("区別できる名前", "A name that tells it apart"),
        example="生体モニタ→ナースステーション",
        example_en="Monitors to the nurses' station",
    )
    sender: str | None = col(
        "Who opens it: a machine, zone, address or network.",
        heading=("どこから", "From"),
        note=("機器名・ゾーン名・IPアドレス・範囲", "Machine, zone, address or network"),
        example="生体モニタ中継",
        example_en="Monitor gateway",
    )
    receiver: str | None = col(
        "Who answers it: a machine, zone, address or network.",
        heading=("どこへ", "To"),
        note=("機器名・ゾーン名・IPアドレス・範囲", "Machine, zone, address or network"),
        example="10.1.0.61",
    )
    protocol: str | None = col(
        "tcp or udp; empty for any.",
        heading=("プロトコル", "Protocol"),
        note=("tcp または udp。空白はすべて", "tcp or udp; empty for any"),
        values=values(("tcp", "tcp", "tcp"), ("udp", "udp", "udp")),
        example="tcp",
    )
    port: int | None = col(
        "Port it goes to; empty for any.",
        heading=("ポート", "Port"),
        note=("番号。空白はすべて", "Number; empty for any"),
        example="2575",
    )
    why: str | None = col(
        "Why it must not stop.",
        heading=("止めない理由", "Why"),
        note=("止めると患者に何が起きるか", "What happens to patients when it stops"),
        example="ICUのアラームが届かなくなる",
        example_en="Alarms of the ICU are not heard",
    )
    decided_by: str | None = col(
        "Who decided it.",
        heading=("決めた人", "Decided by"),
        note=("診療の責任者。氏名または役職", "Who answers for the care: name or post"),
        example="副院長",
        example_en="Deputy director",
    )
    decided_on: date | None = col(
        "Day it was decided.", heading=("決めた日", "Decided on"), note=("年-月-日", "Year-month-day"), example="2026-04-01"
    )
    source: str = source_column()
    evidence: str = evidence_column()
