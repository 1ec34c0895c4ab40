"""Declared table of the other ways in: everything that is no outside line and still lets somebody or something in."""

from __future__ import annotations

from dataclasses import dataclass

from omamori.model.schema import col, evidence_column, source_column
from omamori.model.ways_in import ENTRY_KINDS

OTHER_ENTRY_KINDS = tuple(kind for kind in ENTRY_KINDS if kind.code != "line")
"""Kinds a person chooses from: lines have a sheet of their own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherEntry:
    """A way in that is no outside line: a partner's network, an office PC with mail, a USB port, a socket in the wall."""

    entry: str = col(
        "Name of the way in.",
        default="",
        heading=("入口の名前", "Way in"),
        note=("区別できる名前", "A name that tells it apart"),
        example="事務室のメールPC",
        example_en="Office PC with mail",
    )
    kind: str | None = col(
        "Kind of way in.",
        heading=("種類", "Kind"),
        note=("一覧から選択", "Choose from the list"),
        values=OTHER_ENTRY_KINDS,
        example="office-mail",
    )
    vendor: str | None = col(
        "Who comes in by it.",
        heading=("相手", "Who"),
        note=("給食・検査・地域連携の相手など。なければ空欄", "Caterer, laboratory, regional exchange …; empty for nobody in particular"),
        example="",
    )
    zone: str | None = col(
        "Zone it leads into.",
        heading=("つながる先のゾーン", "Leads into"),
        note=("「ゾーン」シートの名前", "A name of the sheet of zones"),
        example="事務LAN",
        example_en="Office LAN",
    )
    machine: str | None = col(
        "Machine it leads to, or its device.",
        heading=("機器", "Machine"),
        note=("「機器」シートの名前。一台に決まるとき", "A name of the sheet of machines, where it is one machine"),
        example="事務PC1",
        example_en="Office PC 1",
    )
    sources: str | None = col(
        "Addresses that come in by it, in CIDR notation, separated by spaces.",
        heading=("相手のIP", "Their addresses"),
        note=("分かれば。例 172.30.1.0/24", "When known, for example 172.30.1.0/24"),
        example="",
    )
    guard: str | None = col(
        "What guards it.",
        heading=("守っているもの", "Guarded by"),
        note=(
            "施錠、USB禁止、認証、ファイアウォールなど。なければ「なし」",
            "Lock, USB blocked, login, firewall …; `none` when nothing does",
        ),
        example="メールの添付検査",
        example_en="Attachments are scanned",
    )
    remark: str | None = col("Remark.", heading=("備考", "Remark"), note=("自由記入", "Anything else"), example="")
    source: str = source_column()
    evidence: str = evidence_column()
