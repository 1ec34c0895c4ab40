"""The words of the inquiry to a vendor that writer and reader share: its sheets, their columns, hidden keys.

A sheet is read like a sheet of the ledger (`omamori.model.workbook`): its hidden keys move with its columns. Its rows
are no tables of the snapshot; the reader makes `vendor_answers` of them, one for each machine a row speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.declared_values import YES_NO
from omamori.model.declared_vendor import VENDOR_DECISIONS
from omamori.model.schema import Table, col, describe, evidence_column
from omamori.model.text import Text, values

FORMAT = 1
"""Version of the inquiry's form; a reader refuses a newer one."""
KEY_SHEET = "_omamori_vendor"
"""Name of the hidden sheet: vendor, machines and lines that were asked about. The ledger's has another name."""
LETTER = Text("照会書", "Inquiry")
"""Title of the first sheet."""
TO = Text("宛先", "To")
ANSWERED_BY = Text("ご回答者(氏名・部署)", "Answered by (name, department)")
ANSWERED_ON = Text("ご回答日", "Date of the answer")
"""Labels on the first sheet; the cell to their right is read. They hold for every row without its own."""
ALL_MACHINES = Text("すべて", "all")
"""Written instead of names: every machine the sheet of machines lists."""
THE_VENDOR = Text("貴社全体", "your company")
"""Subject of a question about the vendor itself."""
DIRECTIONS = values(("in", "in(相手から)", "in"), ("out", "out(こちらから)", "out"))
PROTOCOLS = values(("tcp", "tcp", "tcp"), ("udp", "udp", "udp"))


@dataclass(frozen=True, kw_only=True, slots=True)
class MachineReply:
    """A machine of the inquiry, and whether the vendor looks after it."""

    asset: str = col("Name in the ledger.", default="", heading=("機器名", "Machine"), note=("変更しない", "Do not change"))
    theirs: str | None = col(
        "Whether it is theirs.",
        heading=("貴社のご担当か", "Is it yours to look after"),
        note=("違う場合は「いいえ」", "`no` where it is not"),
        values=YES_NO,
    )
    remark: str | None = col("Remark.", heading=("備考", "Remark"), note=("撤去済み、名称の変更など", "Removed, renamed and so on"))
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingReply:
    """An answer about one kind of finding on a group of machines."""

    machines: str = col(
        "Machines it is about.",
        default="",
        heading=("機器", "Machines"),
        note=("一行で多くの機器に答えられます。分けるときは行を複製", "One row answers for many; copy the row to answer apart"),
    )
    answer: str | None = col(
        "The decision.",
        heading=("ご回答", "Answer"),
        note=("一覧から選択", "Choose from the list"),
        values=VENDOR_DECISIONS,
    )
    until: date | None = col(
        "By when, or until when.",
        heading=("期日", "Day"),
        note=("対処する日。「変更できない」ときは、いつまでか", "When it is mended; where it may not be changed: until when"),
    )
    reason: str | None = col(
        "Why not.", heading=("理由", "Reason"), note=("「変更できない」ときは必ず", "Needed where it may not be changed")
    )
    compensating: str | None = col(
        "What protects instead.",
        heading=("代わりに守るもの", "What protects instead"),
        note=("通信の制限、分離など", "Restricted connections, separation …"),
    )
    paper: str | None = col("Paper.", heading=("文書", "Paper"), note=("通知の番号など", "Number of a notice and so on"))
    answered_by: str | None = col("Who answered.", heading=("回答者", "Answered by"), note=("空欄は1枚目のとおり", "Empty: as on page one"))
    answered_on: date | None = col("Day.", heading=("回答日", "Answered on"), note=("空欄は1枚目のとおり", "Empty: as on page one"))
    remark: str | None = col("Remark.", heading=("備考", "Remark"), note=("補足", "More"))
    check_id: str = col("Check.", default="", heading=("照会番号", "Reference"), note=("変更しない", "Do not change"))
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeReply:
    """An answer about one notice: whether it concerns the machines, whether they may be updated, and what protects meanwhile."""

    machines: str = col(
        "Machines and lines it may be about.",
        default="",
        heading=("機器・回線", "Machines and lines"),
        note=("一行で多くの機器に答えられます。分けるときは行を複製", "One row answers for many; copy the row to answer apart"),
    )
    concerns: str | None = col(
        "Whether they are concerned.",
        heading=("対象か", "Concerned"),
        note=("この機器が対象なら「はい」", "`yes` where these machines are concerned"),
        values=YES_NO,
    )
    answer: str | None = col(
        "The decision.",
        heading=("更新してよいか", "May it be updated"),
        note=("一覧から選択", "Choose from the list"),
        values=VENDOR_DECISIONS,
    )
    until: date | None = col(
        "By when, or until when.",
        heading=("期日", "Day"),
        note=("更新する日。できないときは、いつまでか", "When it is updated; where it cannot be: until when"),
    )
    compensating: str | None = col(
        "What protects meanwhile.",
        heading=("それまで守るもの", "What protects meanwhile"),
        note=("通信の制限、設定の変更など", "Restricted connections, settings …"),
    )
    paper: str | None = col("Paper.", heading=("文書", "Paper"), note=("通知の番号など", "Number of a letter and so on"))
    remark: str | None = col("Remark.", heading=("備考", "Remark"), note=("補足", "More"))
    notice: str = col("Notice.", default="", heading=("お知らせの番号", "Notice"), note=("変更しない", "Do not change"))
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class FlowReply:
    """An answer about one connection of a group of machines."""

    machines: str = col("Machines.", default="", heading=("機器", "Machines"), note=("一行で多くの機器に", "One row for many"))
    direction: str | None = col(
        "Direction.", heading=("向き", "Direction"), note=("in=相手から来る", "in: the peer connects"), values=DIRECTIONS
    )
    peer: str | None = col(
        "Peer.",
        heading=("相手", "Peer"),
        note=("機器名・IPアドレス・範囲。空欄なら記入", "Machine, address or network; fill in where empty"),
    )
    port: int | None = col("Port.", heading=("ポート", "Port"), note=("番号", "Number"))
    protocol: str | None = col("Protocol.", heading=("プロトコル", "Protocol"), note=("tcp または udp", "tcp or udp"), values=PROTOCOLS)
    needed: str | None = col("Needed.", heading=("必要か", "Needed"), note=("一覧から選択", "Choose from the list"), values=YES_NO)
    purpose: str | None = col("Purpose.", heading=("目的", "Purpose"), note=("何のための通信か", "What it is for"))
    remark: str | None = col("Remark.", heading=("備考", "Remark"), note=("補足", "More"))
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionReply:
    """An answer about a line, or about the vendor itself."""

    subject: str = col("Line, or the vendor.", default="", heading=("対象", "About"), note=("回線名。変更しない", "Name of the line"))
    answer: str | None = col("Answer.", heading=("ご回答", "Answer"), note=("はい・いいえ、または名称", "yes, no, or the name"))
    until: date | None = col("Day.", heading=("予定日", "Planned for"), note=("これから行う場合", "Where it is still to be done"))
    remark: str | None = col("Remark.", heading=("備考", "Remark"), note=("補足", "More"))
    question: str = col("Question.", default="", heading=("質問番号", "Question"), note=("変更しない", "Do not change"))
    evidence: str = evidence_column()


SHEETS: tuple[Table, ...] = (
    describe("vendor_machines", MachineReply, group="declared", title=Text("対象の機器", "Machines")),
    describe("vendor_findings", FindingReply, group="declared", title=Text("対処のお願い", "What we ask")),
    describe("vendor_notice_replies", NoticeReply, group="declared", title=Text("お知らせの確認", "Notices")),
    describe("vendor_flows", FlowReply, group="declared", title=Text("通信の確認", "Connections")),
    describe("vendor_questions", QuestionReply, group="declared", title=Text("回線と書類", "Lines and papers")),
)
"""The sheets that are read, in their order behind the letter."""

YES_NO_QUESTIONS = ("keeps", "notice-concerns", "line-exists", "line-source", "line-two-factor", "patches", "mds")
"""Questions answered with yes or no; the others ask for a name or version."""


def sheet_named(name: str) -> Table:
    """Return the sheet `name`; KeyError when there is none."""
    return {table.name: table for table in SHEETS}[name]
