"""Declared tables of the network: zones, outside lines, connections that are meant to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.declared_values import YES_NO
from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import values

ZONE_KINDS = values(
    ("ehr", "電子カルテLAN", "EHR LAN"),
    ("department", "部門LAN", "department LAN"),
    ("imaging", "画像系LAN", "imaging LAN"),
    ("medical", "医療機器系LAN", "medical-device LAN"),
    ("office", "情報系・事務LAN", "office LAN"),
    ("dmz", "DMZ", "DMZ"),
    ("backup", "バックアップLAN", "backup LAN"),
    ("guest", "来訪者・患者用", "visitors and patients"),
    ("external", "院外", "outside"),
    ("other", "その他", "other"),
)
LINE_KINDS = values(
    ("ssl-vpn", "SSL-VPN", "SSL VPN"),
    ("ipsec-vpn", "IPsec VPN", "IPsec VPN"),
    ("ip-vpn", "IP-VPN・閉域網", "IP-VPN, closed network"),
    ("lte", "LTE・携帯回線", "LTE, mobile"),
    ("isdn", "ISDN・電話回線", "ISDN, telephone"),
    ("remote-software", "遠隔操作ソフト", "remote-control software"),
    ("internet", "インターネット回線", "Internet line"),
    ("eligibility", "オンライン資格確認", "online eligibility check"),
    ("partner", "外部事業者・地域連携の接続", "partner network"),
    ("other", "その他", "other"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Zone:
    """A network segment as the hospital draws it."""

    zone: str = col(
        "Name of the zone.",
        default="",
        heading=("ゾーン名", "Zone"),
        note=("図面で使っている名前", "The name on your drawing"),
        example="電子カルテLAN",
        example_en="EHR LAN",
    )
    kind: str | None = col(
        "Kind of zone.", heading=("種類", "Kind"), note=("一覧から選択", "Choose from the list"), values=ZONE_KINDS, example="ehr"
    )
    networks: str | None = col(
        "Its networks in CIDR notation, separated by spaces.",
        heading=("IPアドレス範囲", "Networks"),
        note=("例 10.1.0.0/16。複数は空白区切り", "For example 10.1.0.0/16; several separated by spaces"),
        example="10.1.0.0/16",
    )
    internet: str | None = col(
        "Whether machines here may reach the Internet.",
        heading=("インターネットに出られるか", "Internet access"),
        note=("「閉域」なら いいえ", "`no` for a closed network"),
        values=YES_NO,
        example="no",
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class ZoneNetwork:
    """One network of a declared zone as numbers, read from the sheet of zones."""

    zone: str = col("Name of the zone.", default="")
    network: str = col("Network in CIDR notation.", default="")
    network_first: int | None = col("First IPv4 address as a number; NULL for IPv6.")
    network_last: int | None = col("Last IPv4 address as a number; NULL for IPv6.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteLine:
    """A line by which somebody outside can reach the inside, or the inside the outside."""

    line: str = col(
        "Name of the line.",
        default="",
        heading=("回線名", "Line"),
        note=("区別できる名前", "A name that tells it apart"),
        example="PACS保守VPN",
        example_en="PACS service VPN",
    )
    kind: str | None = col(
        "Kind of line.", heading=("種類", "Kind"), note=("一覧から選択", "Choose from the list"), values=LINE_KINDS, example="ssl-vpn"
    )
    vendor: str | None = col(
        "Who uses it.",
        heading=("利用者・業者", "Used by"),
        note=("「業者」シートの名前", "A name of the sheet of vendors"),
        example="○○システム",
        example_en="Example Systems",
    )
    purpose: str | None = col(
        "What it is for.",
        heading=("目的", "Purpose"),
        note=("保守、給食、検査外注 など", "Maintenance, catering, laboratory …"),
        example="PACSの遠隔保守",
        example_en="Remote maintenance of PACS",
    )
    contract: str | None = col(
        "Contract it belongs to.",
        heading=("契約", "Contract"),
        note=("契約番号と期間", "Number and term"),
        example="P-2026-01、2027-03まで",
        example_en="P-2026-01, until 2027-03",
    )
    device: str | None = col(
        "Make and model of the device it ends on.",
        heading=("接続機器", "Device"),
        note=("メーカーと型番", "Maker and model"),
        example="FortiGate 60F",
    )
    product: str | None = col(
        "Operating system of the device.",
        heading=("機器のOS", "Device OS"),
        note=("FortiOS、RTX など", "FortiOS, RTX …"),
        example="FortiOS",
    )
    firmware: str | None = col(
        "Firmware version.", heading=("ファームウエア版", "Firmware"), note=("管理画面で確認", "See the management page"), example="7.2.8"
    )
    installed: date | None = col(
        "Day its device was installed.",
        heading=("設置日", "Installed"),
        note=("分からなければ契約の開始日", "The first day of the contract when not known"),
        example="2024-04-01",
    )
    firmware_updated: date | None = col(
        "Day the firmware was last updated.",
        heading=("ファーム更新日", "Firmware updated"),
        note=("設置後未更新なら設置日", "The day of installation when never updated"),
        example="2025-04-01",
    )
    lands_in: str | None = col(
        "Zone it ends in.",
        heading=("つながる先のゾーン", "Lands in"),
        note=("「ゾーン」シートの名前", "A name of the sheet of zones"),
        example="DMZ",
    )
    device_address: str | None = col(
        "Inside address of the device.",
        heading=("機器の院内IP", "Inside address"),
        note=("院内側のIPアドレス", "Address on the inside"),
        example="10.9.0.1",
    )
    source_restricted: str | None = col(
        "Whether only the vendor's addresses may connect.",
        heading=("接続元制限", "Source restricted"),
        note=("接続元IPを限定しているか", "Are source addresses limited?"),
        values=YES_NO,
        example="yes",
    )
    opened_from: str | None = col(
        "Addresses that may open it from outside, in CIDR notation, separated by spaces.",
        heading=("接続元IP", "Source addresses"),
        note=("業者の固定IP。例 203.0.113.8/32", "The vendor's fixed addresses, for example 203.0.113.8/32"),
        example="203.0.113.8/32",
    )
    accounts: str | None = col(
        "Accounts that may use it, separated by commas.",
        heading=("利用アカウント", "Accounts"),
        note=("装置に登録されたID。カンマ区切り。パスワードは書かない", "IDs on the device, separated by commas; no passwords"),
        example="pacs-yamada, pacs-sato",
    )
    two_factor: str | None = col(
        "Whether a second factor is asked.",
        heading=("二要素認証", "Two factors"),
        note=("証明書・ワンタイム等", "Certificate, one-time code …"),
        values=YES_NO,
        example="yes",
    )
    shared_account: str | None = col(
        "Whether several people use one account.",
        heading=("共用アカウント", "Shared account"),
        note=("複数人で同じIDを使うか", "Do several people use one ID?"),
        values=YES_NO,
        example="no",
    )
    password_changed: date | None = col(
        "Day its passwords were last changed.",
        heading=("パスワード変更日", "Password changed"),
        note=("機器の管理者・VPN利用者", "Administrator and VPN users"),
        example="2026-04-01",
    )
    always_open: str | None = col(
        "Whether it is open all the time.",
        heading=("常時接続か", "Always open"),
        note=("使うときだけ開けるなら いいえ", "`no` when opened only for use"),
        values=YES_NO,
        example="no",
    )
    service_window: str | None = col(
        "When it may be used, such as `Tue 13:00-17:00`; several separated by commas; `anytime` for always.",
        heading=("使ってよい時間", "Service window"),
        note=("例 火 13:00-17:00、平日 9:00-17:00、いつでも、都度", "For example Tue 13:00-17:00, weekdays 9:00-17:00, anytime, on call"),
        example="火 13:00-17:00",
        example_en="Tue 13:00-17:00",
    )
    opened_by: str | None = col(
        "Who may open it.",
        heading=("開ける人", "Opened by"),
        note=("病院側で許可する人", "Who allows it in the hospital"),
        example="医療情報係",
        example_en="IT desk",
    )
    last_used: date | None = col(
        "Day it was last used.", heading=("最終利用日", "Last used"), note=("分かれば", "When known"), example="2026-05-01"
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DesignedFlow:
    """A connection that is meant to be: who may talk to whom on which port."""

    asset: str = col(
        "Machine that offers the service.",
        default="",
        heading=("サーバ側の機器", "Server"),
        note=("「機器」シートの名前", "A name of the sheet of machines"),
        example="電子カルテサーバ1",
        example_en="EHR server 1",
    )
    peer: str = col(
        "Who may connect: a machine, zone, address or network.",
        default="",
        heading=("接続してよい相手", "Peer"),
        note=("機器名・ゾーン名・IPアドレス・範囲", "Machine, zone, address or network"),
        example="電子カルテLAN",
        example_en="EHR LAN",
    )
    direction: str = col(
        "in when the peer connects to the machine, out when the machine connects to the peer.",
        default="in",
        heading=("向き", "Direction"),
        note=("in=相手から来る out=こちらから行く", "in: the peer connects; out: the machine connects"),
        values=values(("in", "in(相手から)", "in"), ("out", "out(こちらから)", "out")),
        example="in",
    )
    port: int | None = col("Port; empty for any.", heading=("ポート", "Port"), note=("番号", "Number"), example="1433")
    protocol: str | None = col(
        "tcp or udp.",
        heading=("プロトコル", "Protocol"),
        note=("tcp または udp", "tcp or udp"),
        values=values(("tcp", "tcp", "tcp"), ("udp", "udp", "udp")),
        example="tcp",
    )
    needed: str | None = col(
        "Whether the connection is meant to be.",
        heading=("必要か", "Needed"),
        note=("観測された通信に はい/いいえ を付ける", "Tick the connections that were observed"),
        values=YES_NO,
        example="yes",
    )
    purpose: str | None = col(
        "What it is for.",
        heading=("目的", "Purpose"),
        note=("例 カルテ端末からのDB接続", "For example clients to the database"),
        example="カルテ端末からの接続",
        example_en="From the EHR clients",
    )
    clinical: str | None = col(
        "Whether the care of patients depends on it.",
        heading=("診療に使うか", "Clinical"),
        note=("止まると診療が変わるなら はい", "`yes` when care changes without it"),
        values=YES_NO,
        example="yes",
    )
    bearable_hours: int | None = col(
        "Hours it can be cut off before it can no longer be borne.",
        heading=("止めてよい時間(時間)", "Bearable (hours)"),
        note=("何時間までなら止めてよいか。使う部門が決める", "Hours it may stop; who uses it decides"),
        example="2",
    )
    instead: str | None = col(
        "What is done while it is cut off.",
        heading=("止めている間の代わり", "Done instead"),
        note=("紙の伝票、電話など", "Paper slips, telephone …"),
        example="紙の伝票",
        example_en="Paper slips",
    )
    source: str = source_column()
    evidence: str = evidence_column()
