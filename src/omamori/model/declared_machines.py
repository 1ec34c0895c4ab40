"""Declared tables of machines: the hospital, its ledger, vendors, backups."""

from __future__ import annotations

from dataclasses import dataclass

from omamori.model.declared_values import YES_NO
from omamori.model.host import ROLES
from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import values

OWNERS = values(
    ("hospital", "病院", "the hospital"),
    ("vendor", "業者の所有・管理", "owned or run by a vendor"),
    ("lease", "リース", "leased"),
)
BACKUP_MEDIA = values(
    ("same-server", "同じサーバ内", "the same server"),
    ("other-server", "別のサーバ・NAS", "another server or NAS"),
    ("disk", "外付けディスク・RDX", "removable disk, RDX"),
    ("tape", "磁気テープ", "tape"),
    ("worm", "追記不能(WORM)", "write once (WORM)"),
    ("cloud", "クラウド", "cloud"),
    ("other", "その他", "other"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """The hospital itself. One row."""

    name: str = col(
        "Name of the hospital.",
        default="",
        heading=("医療機関名", "Hospital"),
        note=("正式名称", "Official name"),
        example="お守り病院",
        example_en="Omamori Hospital",
    )
    beds: int | None = col("Number of beds.", heading=("病床数", "Beds"), note=("許可病床数", "Licensed beds"), example="200")
    officer: str | None = col(
        "Officer responsible for the safety of medical information systems.",
        heading=("医療情報システム安全管理責任者", "Responsible officer"),
        note=("氏名または役職", "Name or post"),
        example="院長",
        example_en="Director",
    )
    prepared_by: str | None = col(
        "Who fills the workbook.",
        heading=("記入者", "Filled in by"),
        note=("この台帳を記入した人", "Who filled this workbook"),
        example="医療情報係 福井",
        example_en="IT desk, Fukui",
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerAsset:
    """A machine in the hospital's asset ledger."""

    asset: str = col(
        "Name in the ledger.",
        default="",
        heading=("機器名", "Machine"),
        note=("台帳での名前。重複しないこと", "Its name in the ledger; unique"),
        example="電子カルテサーバ1",
        example_en="EHR server 1",
    )
    hostname: str | None = col(
        "Host name.",
        heading=("ホスト名", "Host name"),
        note=("コンピュータ名。分からなければ空欄", "Computer name; empty when unknown"),
        example="ehr01",
    )
    address: str | None = col(
        "IP addresses, separated by spaces.",
        heading=("IPアドレス", "IP address"),
        note=("複数は空白区切り", "Several separated by spaces"),
        example="10.1.0.11",
    )
    mac: str | None = col(
        "Hardware addresses, separated by spaces.",
        heading=("MACアドレス", "MAC address"),
        note=("分かれば", "When known"),
        example="00:00:5e:00:53:01",
    )
    role: str | None = col(
        "What the machine is.", heading=("区分", "Class"), note=("一覧から選択", "Choose from the list"), values=ROLES, example="server"
    )
    purpose: str | None = col(
        "What it is used for.",
        heading=("用途", "Purpose"),
        note=("電子カルテ、PACS など", "EHR, PACS and so on"),
        example="電子カルテ",
        example_en="EHR",
    )
    zone: str | None = col(
        "Zone it stands in.",
        heading=("ゾーン名", "Zone"),
        note=("「ゾーン」シートの名前", "A name of the sheet of zones"),
        example="電子カルテLAN",
        example_en="EHR LAN",
    )
    place: str | None = col(
        "Where it stands.",
        heading=("設置場所", "Place"),
        note=("建物・階・部屋", "Building, floor, room"),
        example="本館2階サーバ室",
        example_en="Main building 2F server room",
    )
    vendor: str | None = col(
        "Vendor who looks after it.",
        heading=("保守業者", "Vendor"),
        note=("「業者」シートの名前", "A name of the sheet of vendors"),
        example="○○システム",
        example_en="Example Systems",
    )
    owner: str | None = col(
        "Who owns or runs it.",
        heading=("所有・管理", "Owner"),
        note=("業者やリースの機器は変更前に確認が必要", "Ask before changing what is not yours"),
        values=OWNERS,
        example="hospital",
    )
    medical_device: str | None = col(
        "Whether it is, or controls, a medical device.",
        heading=("医療機器か", "Medical device"),
        note=("医療機器またはその操作PCなら はい", "`yes` for a device or its console"),
        values=YES_NO,
        example="no",
    )
    important: str | None = col(
        "Whether care stops without it.",
        heading=("止まると診療が止まるか", "Care stops without it"),
        note=("最重要の機器なら はい", "`yes` for the most important machines"),
        values=YES_NO,
        example="yes",
    )
    os: str | None = col(
        "Operating system as the hospital believes.",
        heading=("OS", "Operating system"),
        note=("分かる範囲で", "As far as known"),
        example="Windows Server 2019",
    )
    internet: str | None = col(
        "Whether it may reach the Internet.",
        heading=("インターネットに出られるか", "Internet access"),
        note=("空欄ならゾーンに従う", "Empty: as its zone"),
        values=YES_NO,
        example="no",
    )
    software: str | None = col(
        "Software known to be on it, separated by commas.",
        heading=("主なソフトウエア", "Main software"),
        note=("把握しているもの", "What you know of"),
        example="電子カルテ, SQL Server",
        example_en="EHR, SQL Server",
    )
    ports: str | None = col(
        "Ports it is meant to offer, such as `443/tcp 104/tcp`.",
        heading=("使う通信ポート", "Ports offered"),
        note=("設計上待ち受けるポート。空白区切り", "Ports it should offer by design"),
        example="443/tcp 1433/tcp",
    )
    recovery_hours: int | None = col(
        "Hours within which it should be back.",
        heading=("目標復旧時間(時間)", "Back within (hours)"),
        note=("止まってよい時間", "How long it may be down"),
        example="24",
    )
    loss_hours: int | None = col(
        "Hours of records that may be lost.",
        heading=("失ってよい記録(時間)", "May lose (hours)"),
        note=("最後のバックアップからの時間", "Time since the last backup"),
        example="24",
    )
    recovery_order: int | None = col(
        "Place in the order of recovery.", heading=("復旧の順番", "Recovery order"), note=("1から", "From 1"), example="2"
    )
    instead: str | None = col(
        "What is done while it is down.",
        heading=("止まったときの代わり", "Done instead"),
        note=("紙の運用など", "Paper charts …"),
        example="紙カルテ・伝票",
        example_en="Paper charts",
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerAddress:
    """One IP address of a machine in the ledger, read from the sheet of machines."""

    asset: str = col("Name in the ledger.", default="")
    address: str = col("IP address.", default="")
    address_first: int | None = col("IPv4 address as a number; NULL for IPv6.")
    address_last: int | None = col("The same number again: a single address.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Vendor:
    """A vendor who maintains something."""

    vendor: str = col(
        "Name of the vendor.",
        default="",
        heading=("業者名", "Vendor"),
        note=("会社名", "Company"),
        example="○○システム",
        example_en="Example Systems",
    )
    contact: str | None = col(
        "Whom to ask.",
        heading=("担当者", "Contact"),
        note=("氏名・部署", "Name, department"),
        example="保守窓口",
        example_en="Service desk",
    )
    phone: str | None = col("Telephone.", heading=("電話", "Telephone"), note=("時間外も", "Also outside hours"), example="00-0000-0000")
    contract: str | None = col(
        "What the contract covers.",
        heading=("契約内容", "Contract"),
        note=("保守の範囲。パッチ適用を含むか", "Scope; does it include patches?"),
        example="ハード・ソフト保守",
        example_en="Hardware and software",
    )
    patches: str | None = col(
        "Whether the contract includes applying patches.",
        heading=("パッチ適用を含むか", "Includes patches"),
        note=("契約書で確認", "See the contract"),
        values=YES_NO,
        example="no",
    )
    mds: str | None = col(
        "Whether the MDS/SDS disclosure form was received.",
        heading=("MDS/SDSの提出", "MDS/SDS received"),
        note=("医療情報セキュリティ開示書", "Manufacturer's security disclosure"),
        values=YES_NO,
        example="no",
    )
    source: str = source_column()
    evidence: str = evidence_column()
