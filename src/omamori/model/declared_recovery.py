"""Declared tables of the day itself: media that go in and out, places to cut, and what a recovery needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.declared_values import YES_NO
from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import values

MEDIA_KINDS = values(
    ("tape", "磁気テープ", "tape"),
    ("rdx", "RDX", "RDX"),
    ("disk", "外付けディスク", "removable disk"),
    ("other", "その他", "other"),
)
CUT_KINDS = values(
    ("backup", "バックアップのネットワーク", "backup network"),
    ("line", "外部の回線", "outside line"),
    ("border", "区画(ゾーン)の境目", "border between zones"),
    ("machine", "機器", "machine"),
)
NEEDS = values(
    ("key", "パスワードと暗号の鍵", "keys and passwords of the backup"),
    ("catalogue", "バックアップ製品の設定とカタログ", "settings and catalogue of the backup product"),
    ("directory", "認証(AD)と名前解決(DNS)", "directory (AD) and DNS"),
    ("hypervisor", "仮想基盤", "hypervisor"),
    ("media", "OS・アプリケーションの媒体", "installation media"),
    ("licence", "ライセンス", "licences"),
    ("vendor", "業者の立会い", "presence of the vendor"),
    ("clean-machine", "きれいな機器・ディスク", "clean machines and disks"),
    ("network", "戻す先のネットワーク", "a network to restore into"),
    ("paper", "手順書(紙)", "the procedure on paper"),
    ("other", "その他", "other"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class MediumLog:
    """One entry of the log of backup media: written, taken out, put back."""

    medium: str = col(
        "Label of the medium.",
        default="",
        heading=("媒体の名札", "Medium"),
        note=("媒体に貼った名前", "The label on it"),
        example="RDX-月",
        example_en="RDX-Monday",
    )
    kind: str | None = col(
        "Kind of medium.", heading=("種類", "Kind"), note=("一覧から選択", "Choose from the list"), values=MEDIA_KINDS, example="rdx"
    )
    asset: str | None = col(
        "Machine whose copy it holds.",
        heading=("対象の機器", "Machine"),
        note=("「機器」シートの名前", "A name of the sheet of machines"),
        example="電子カルテサーバ1",
        example_en="EHR server 1",
    )
    job: str | None = col(
        "Name of the backup.",
        heading=("バックアップ名", "Backup"),
        note=("「バックアップ」シートの名前", "A name of the sheet of backups"),
        example="毎週RDXへ",
        example_en="Weekly to RDX",
    )
    written: date | None = col(
        "Day it was written.", heading=("書いた日", "Written"), note=("年-月-日", "Year-month-day"), example="2026-05-01"
    )
    taken_out: date | None = col(
        "Day it was taken out.", heading=("取り外した日", "Taken out"), note=("年-月-日", "Year-month-day"), example="2026-05-02"
    )
    put_back: date | None = col(
        "Day it was put back in; empty while it is out.",
        heading=("戻した日", "Put back"),
        note=("外している間は空白", "Empty while it is out"),
    )
    kept_at: str | None = col(
        "Where it is kept while it is out.",
        heading=("保管場所", "Kept at"),
        note=("金庫・別棟など", "Safe, other building …"),
        example="事務棟の耐火金庫",
        example_en="Fireproof safe, office building",
    )
    done_by: str | None = col(
        "Who did it.", heading=("行った人", "Done by"), note=("氏名", "Name"), example="福井 花子", example_en="H. Fukui"
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class CutPoint:
    """A place where the network is cut in an emergency: which cable, where, who may, and what stops."""

    place: str = col(
        "Name of the place to cut.",
        default="",
        heading=("切る場所", "Place to cut"),
        note=("札に書く名前", "The name on its label"),
        example="バックアップ用スイッチの上り",
        example_en="Uplink of the backup switch",
    )
    kind: str | None = col(
        "What is cut off by it.",
        heading=("種類", "Kind"),
        note=("一覧から選択", "Choose from the list"),
        values=CUT_KINDS,
        example="backup",
    )
    cuts: str | None = col(
        "What is cut off by it: the name of a zone, line or machine.",
        heading=("切り離されるもの", "Cuts off"),
        note=(
            "ゾーン・回線・機器の名前。omamori isolate が結び付けます",
            "A zone, line or machine by its name; omamori isolate matches it",
        ),
        example="バックアップLAN",
        example_en="Backup LAN",
    )
    position: int | None = col("Place in the order.", heading=("順番", "Order"), note=("1から", "From 1"), example="1")
    device: str | None = col(
        "Device the cable is on.",
        heading=("機器", "Device"),
        note=("「機器」シートの名前", "A name of the sheet of machines"),
        example="NAS1",
    )
    port: str | None = col("Port of the device.", heading=("ポート", "Port"), note=("番号・名前", "Number or name"), example="24")
    cable: str | None = col(
        "Cable: its colour or number.",
        heading=("ケーブル", "Cable"),
        note=("色・番号", "Colour, number"),
        example="赤 B-01",
        example_en="red B-01",
    )
    room: str | None = col(
        "Room it is in.", heading=("部屋", "Room"), note=("階・ラック", "Floor, rack"), example="3階サーバ室", example_en="Server room, 3F"
    )
    who: str | None = col(
        "Who may cut it, nights and holidays included.",
        heading=("切ってよい人", "Who may cut"),
        note=("夜間・休日も", "Also nights and holidays"),
        example="当直の医療情報担当",
        example_en="IT staff on duty",
    )
    stops: str | None = col(
        "What stops by it.",
        heading=("切ると止まるもの", "What stops"),
        note=("診療への影響", "Effect on care"),
        example="夜間のバックアップだけ",
        example_en="Only the nightly backup",
    )
    decides: str | None = col(
        "Who decides that it is cut.",
        heading=("切ると決める人", "Who decides"),
        note=("診療の責任者。氏名または役職", "Who answers for the care: name or post"),
        example="副院長",
        example_en="Deputy director",
    )
    paper: str | None = col(
        "Paper that is needed on the day.",
        heading=("その日に要る書類", "Paper needed"),
        note=("指示書・規程の番号。要らなければ「なし」", "Order or rule by its number; `none` when none is needed"),
        example="遮断の指示書(様式1)",
        example_en="Order to cut (form 1)",
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class RecoveryNeed:
    """Something a recovery cannot do without, and whether it can be had on the day."""

    need: str = col(
        "Name of what is needed.",
        default="",
        heading=("復旧に要るもの", "Needed"),
        note=("区別できる名前", "A name that tells it apart"),
        example="resticのパスワード",
        example_en="Password of restic",
    )
    kind: str | None = col(
        "Kind of need.", heading=("種類", "Kind"), note=("一覧から選択", "Choose from the list"), values=NEEDS, example="key"
    )
    kept_at: str | None = col(
        "Where it is kept or how it is had.",
        heading=("置き場所・入手先", "Kept at"),
        note=("だれが見ても分かるように", "So that anybody finds it"),
        example="院長室の金庫(封筒)",
        example_en="Safe in the director's office",
    )
    apart: str | None = col(
        "Whether it is had also when the servers and the network are lost.",
        heading=("サーバがなくても使えるか", "Had without the servers"),
        note=("失われるサーバの中だけにあるなら いいえ", "`no` when it lies only on the servers"),
        values=YES_NO,
        example="yes",
    )
    hours: int | None = col(
        "Hours until it is there.", heading=("使えるまでの時間", "Hours until there"), note=("時間", "Hours"), example="1"
    )
    checked: date | None = col(
        "Day that was last checked.", heading=("確認日", "Checked on"), note=("年-月-日", "Year-month-day"), example="2026-04-01"
    )
    source: str = source_column()
    evidence: str = evidence_column()
