"""Declared tables of people: answers, contacts, training, accepted risks, who does what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.declared_values import YES_NO
from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import Value, values

CONTROLS: tuple[Value, ...] = values(
    ("port_closed", "ポートを閉じた", "port closed"),
    ("segment_filtered", "ネットワークを分けて絞った", "segment filtered"),
    ("virtual_patch", "仮想パッチ・防御製品", "virtual patch"),
    ("switched_off", "電源・機能を切った", "switched off"),
    ("other", "その他", "other"),
)
"""What can protect instead of an update; the program looks whether the first four are so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """An answer to a question no machine can answer."""

    question: str = col("Identifier of the question.", default="", heading=("質問番号", "Question"), note=("変更しない", "Do not change"))
    answer: str | None = col("The answer.", heading=("回答", "Answer"), note=("一覧から選択", "Choose from the list"), values=YES_NO)
    answered_by: str | None = col("Who answered.", heading=("回答者", "Answered by"), note=("氏名・役職", "Name, post"))
    answered_on: date | None = col("Day of the answer.", heading=("回答日", "Answered on"), note=("年-月-日", "Year-month-day"))
    remark: str | None = col(
        "Remark, or the paper that shows it.", heading=("備考・根拠", "Remark"), note=("規程名・文書番号など", "Rule, document number …")
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Whom to call in an emergency."""

    duty: str = col(
        "What the contact is for.",
        default="",
        heading=("役割・連絡先", "Duty"),
        note=("情報システム責任者、業者、警察、厚生労働省 など", "Responsible officer, vendor, police, ministry …"),
        example="警察(サイバー)",
        example_en="Police (cyber)",
    )
    name: str | None = col(
        "Name or office.",
        heading=("氏名・部署", "Name"),
        note=("部署名まで", "Down to the office"),
        example="○○県警 サイバー犯罪対策課",
        example_en="Prefectural police, cyber desk",
    )
    phone: str | None = col(
        "Telephone.", heading=("電話", "Telephone"), note=("夜間・休日も", "Also nights and holidays"), example="00-0000-0000"
    )
    on_paper: str | None = col(
        "Whether it is also kept on paper.",
        heading=("紙でも保管", "On paper"),
        note=("停止時に見られること", "Readable when systems are down"),
        values=YES_NO,
        example="yes",
    )
    checked: date | None = col(
        "Day the number was last checked.", heading=("確認日", "Checked on"), note=("年-月-日", "Year-month-day"), example="2026-04-01"
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Training:
    """A training or drill that was held."""

    title: str = col(
        "What was trained.",
        default="",
        heading=("研修・訓練名", "Training"),
        note=("区別できる名前", "A name that tells it apart"),
        example="標的型メール訓練",
        example_en="Phishing mail drill",
    )
    kind: str | None = col(
        "Training of staff or drill of the plan.",
        heading=("種類", "Kind"),
        note=("一覧から選択", "Choose from the list"),
        values=values(("training", "研修", "training"), ("drill", "訓練・演習", "drill")),
        example="training",
    )
    held: date | None = col("Day it was held.", heading=("実施日", "Held on"), note=("年-月-日", "Year-month-day"), example="2026-02-01")
    planned: date | None = col(
        "Day the next one is planned for.",
        heading=("次回の予定日", "Next planned"),
        note=("年-月-日", "Year-month-day"),
        example="2027-02-01",
    )
    participants: int | None = col(
        "How many took part.", heading=("参加人数", "Participants"), note=("人数", "Number of people"), example="120"
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskException:
    """A risk the hospital accepts for a time: shown as accepted, never as pass."""

    check_id: str = col(
        "Check that is accepted.",
        default="",
        heading=("チェックID", "Check"),
        note=("報告書に書かれたID", "The id in the report"),
        example="support.os_ended",
    )
    subject: str = col(
        "Subject it is accepted for.",
        default="",
        heading=("対象", "Subject"),
        note=("機器名など", "Machine and so on"),
        example="検査PC3",
        example_en="Laboratory PC 3",
    )
    finding_key: str | None = col(
        "Key of the finding; empty for all of the check and subject.",
        heading=("キー", "Key"),
        note=("報告書の「キー」。空欄は全部", "`Key` in the report; empty for all"),
        example="",
    )
    owner: str | None = col(
        "Who accepts it.", heading=("承認者", "Owner"), note=("氏名・役職", "Name, post"), example="院長", example_en="Director"
    )
    reason: str | None = col(
        "Why.",
        heading=("理由", "Reason"),
        note=("直せない理由", "Why it cannot be mended"),
        example="メーカーが更新を認めないため",
        example_en="The maker does not allow the update",
    )
    compensating: str | None = col(
        "What protects instead.",
        heading=("代わりの対策", "Compensating control"),
        note=("通信制限など", "Restricted network and so on"),
        example="専用VLANに分離",
        example_en="Moved to a VLAN of its own",
    )
    control: str | None = col(
        "Kind of what protects instead.",
        heading=("代わりの対策の種類", "Kind of control"),
        note=("一覧から選択。選ぶと、実際にそうなっているかを見ます", "Choose from the list: then it is looked at whether it is so"),
        values=CONTROLS,
        example="segment_filtered",
    )
    control_detail: str | None = col(
        "Which port, zone or product it is.",
        heading=("どのポート・ゾーン・製品か", "Port, zone or product"),
        note=("例 tcp/3389、検査LAN、製品名。複数はカンマ区切り", "For example tcp/3389, a zone, a product; several with commas"),
        example="検査LAN",
        example_en="Laboratory LAN",
    )
    letter: str | None = col(
        "Letter of the vendor that says it cannot be mended.",
        heading=("業者の書面", "Vendor's letter"),
        note=("文書の番号や置き場所", "Its number, or where it is kept"),
        example="回答書 26-03",
        example_en="Letter 26-03",
    )
    letter_on: date | None = col(
        "Day of that letter.",
        heading=("書面の日付", "Date of the letter"),
        note=("年-月-日", "Year-month-day"),
        example="2026-03-20",
    )
    expires: date | None = col(
        "Day the acceptance ends.",
        heading=("期限", "Expires"),
        note=("この日を過ぎると再び表示", "Shown again after this day"),
        example="2027-03-31",
    )
    paper: str | None = col(
        "Paper that records it.",
        heading=("文書", "Paper"),
        note=("決裁番号など", "Number of the decision"),
        example="2026-12号",
        example_en="No. 2026-12",
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """A line of the やること sheet brought back: who does what about a finding, and what was answered."""

    check_id: str = col("Check of the finding.", default="", heading=("チェックID", "Check"), note=("変更しない", "Do not change"))
    subject: str = col("Subject of the finding.", default="", heading=("対象", "Subject"), note=("変更しない", "Do not change"))
    finding_key: str = col("Key of the finding.", default="", heading=("キー", "Key"), note=("変更しない", "Do not change"))
    owner: str | None = col("Who does it.", heading=("担当", "Who"), note=("氏名", "Name"))
    due: date | None = col("By when.", heading=("期限", "By when"), note=("年-月-日", "Year-month-day"))
    asked: str | None = col("Whom was asked.", heading=("確認先", "Asked"), note=("業者名など", "Vendor and so on"))
    answer: str | None = col("What was answered.", heading=("回答", "Answer"), note=("業者の回答など", "The vendor's answer and so on"))
    done: date | None = col(
        "Day it was done; the finding closes only by newer evidence.",
        heading=("実施日", "Done on"),
        note=("実施後にもう一度集めると消えます", "It disappears after the next collection"),
    )
    source: str = source_column()
    evidence: str = evidence_column()
