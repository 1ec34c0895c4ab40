"""Declared table of notices that came on paper, by telephone or in a visit: what a vendor told the hospital, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import Value, values

NOTICE_CHANNELS: tuple[Value, ...] = values(
    ("letter", "書面・郵便", "letter"),
    ("phone", "電話", "telephone"),
    ("mail", "メール", "mail"),
    ("visit", "訪問・口頭", "visit"),
    ("web", "Webのお知らせ", "web page"),
    ("other", "その他", "other"),
)
NOTICE_DECISIONS: tuple[Value, ...] = values(
    ("update", "病院で更新する", "the hospital will update"),
    ("vendor-updates", "業者が更新する", "the vendor will update"),
    ("protect", "更新せず、代わりの対策で守る", "no update, protected another way"),
    ("done", "対処済み", "already done"),
    ("not-concerned", "当院の機器は対象外", "no machine of ours is concerned"),
    ("checking", "確認中", "being checked"),
)
"""What the hospital decided. `checking` is no decision yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VendorNotice:
    """A notice of a flaw or an update that a vendor gave by letter, telephone, mail or visit."""

    notice: str = col(
        "Number or subject of the notice; unique.",
        default="",
        heading=("お知らせの番号・件名", "Notice"),
        note=("文書番号。なければ件名。重複しないこと", "Its number, else its subject; unique"),
        example="技情26-041",
        example_en="TN 26-041",
    )
    received: date | None = col(
        "Day it was received.",
        heading=("受け取った日", "Received"),
        note=("年-月-日", "Year-month-day"),
        example="2026-04-10",
    )
    channel: str | None = col(
        "How it came.",
        heading=("届き方", "How it came"),
        note=("一覧から選択", "Choose from the list"),
        values=NOTICE_CHANNELS,
        example="letter",
    )
    vendor: str | None = col(
        "Vendor who gave it.",
        heading=("業者", "Vendor"),
        note=("「業者」シートの名前", "A name of the sheet of vendors"),
        example="○○システム",
        example_en="Example Systems",
    )
    subject: str | None = col(
        "What it is about.",
        heading=("内容", "What it says"),
        note=("何が起きるか、何を勧めているか", "What may happen, what it advises"),
        example="遠隔保守装置の更新のお願い",
        example_en="Please update the service gateway",
    )
    concerns: str | None = col(
        "Machines, lines or products it concerns, separated by commas.",
        heading=("対象の機器・回線・製品", "Concerns"),
        note=(
            "「機器」「外部接続」の名前、または製品名。複数はカンマ区切り",
            "Names of machines or lines, or a product; several with commas",
        ),
        example="電子カルテサーバ1",
        example_en="EHR server 1",
    )
    flaws: str | None = col(
        "Identifiers of the flaws, separated by spaces.",
        heading=("脆弱性番号", "Flaws"),
        note=("CVE-… JVN… など。書かれていれば", "CVE-…, JVN…, where it names them"),
        example="CVE-2024-21762",
    )
    effect: str | None = col(
        "Effect on operation.",
        heading=("業務への影響", "Effect on operation"),
        note=("止まる時間、再起動、検証の要否など", "Time it stops, restart, tests needed …"),
        example="再起動で10分止まる",
        example_en="Stops for 10 minutes",
    )
    decision: str | None = col(
        "What the hospital decided.",
        heading=("決めたこと", "Decision"),
        note=("一覧から選択。空欄は未決定", "Choose from the list; empty: not decided yet"),
        values=NOTICE_DECISIONS,
        example="vendor-updates",
    )
    answer: str | None = col(
        "What was answered to the vendor.",
        heading=("返答の内容", "Answer"),
        note=("業者に伝えたこと", "What the vendor was told"),
        example="5月の定期保守で更新を依頼",
        example_en="Please update at the May maintenance",
    )
    answered: date | None = col(
        "Day it was answered.",
        heading=("返答した日", "Answered on"),
        note=("まだなら空欄", "Empty while it is not"),
        example="2026-04-15",
    )
    due: date | None = col(
        "By when what was decided is done.",
        heading=("期限", "By when"),
        note=("年-月-日", "Year-month-day"),
        example="2026-05-31",
    )
    handled_by: str | None = col(
        "Who looks after it.",
        heading=("担当", "Who"),
        note=("氏名・部署", "Name, department"),
        example="医療情報係",
        example_en="IT desk",
    )
    source: str = source_column()
    evidence: str = evidence_column()
