"""Declared table of what vendors answered: their half of the hospital's statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.declared_values import YES_NO
from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import Value, values

VENDOR_DECISIONS: tuple[Value, ...] = values(
    ("hospital", "病院で対処してよい", "the hospital may do it"),
    ("vendor", "業者で対処する", "the vendor will do it"),
    ("done", "対処済み", "already done"),
    ("refused", "変更できない", "may not be changed"),
    ("checking", "確認中", "being checked"),
)
"""What a vendor answers to a finding: who mends it, or that it may not be mended."""

VENDOR_QUESTIONS: tuple[Value, ...] = values(
    ("finding", "見つかったことへの対処", "what to do about a finding"),
    ("notice", "お知らせへの対処", "what to do about a notice"),
    ("notice-concerns", "お知らせの対象か", "whether a notice concerns the machine"),
    ("flow", "通信の要否", "whether a connection is needed"),
    ("keeps", "担当している機器か", "whether the machine is theirs to look after"),
    ("line-exists", "回線の有無", "whether there is a line"),
    ("line-device", "回線の接続機器", "device of the line"),
    ("line-firmware", "回線の機器のファームウエア", "firmware of the line's device"),
    ("line-opened-by", "回線を開ける人", "who may open the line"),
    ("line-source", "回線の接続元の制限", "whether the line's source is restricted"),
    ("line-two-factor", "回線の二要素認証", "whether the line asks two factors"),
    ("patches", "契約にパッチ適用を含むか", "whether the contract includes patches"),
    ("mds", "MDS/SDSの提出", "whether MDS/SDS is handed over"),
)
"""What is asked of a vendor."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VendorAnswer:
    """One answer of a vendor about one machine, line or the vendor itself, as its reply says."""

    vendor: str = col("Vendor who answered.", default="")
    asset: str = col("Machine or line asked about, as the ledger names it; empty for the vendor itself.", default="")
    question: str = col("What was asked.", default="", values=VENDOR_QUESTIONS)
    check_id: str = col("Check of the finding asked about; empty for other questions.", default="")
    notice: str | None = col("Notice asked about; NULL for other questions.")
    direction: str | None = col("Direction of the connection asked about: in or out.")
    peer: str | None = col("Peer of the connection asked about.")
    port: int | None = col("Port of the connection asked about.")
    protocol: str | None = col("Protocol of the connection asked about: tcp or udp.")
    answer: str | None = col(
        "The answer: a decision about a finding, yes, no or unknown, or the words where a name was asked for.",
        values=(*VENDOR_DECISIONS, *YES_NO),
    )
    reason: str | None = col("Why it may not be changed.")
    compensating: str | None = col("What protects instead.")
    until: date | None = col("By when it is mended; where it may not be changed, until when that holds.")
    paper: str | None = col("Paper of the vendor that says so.")
    remark: str | None = col("Remark; for a connection what it is for.")
    answered_by: str | None = col("Who answered.")
    answered_on: date | None = col("Day of the answer.")
    source: str = source_column()
    evidence: str = evidence_column()
