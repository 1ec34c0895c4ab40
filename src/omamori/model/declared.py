"""Declared tables: what the hospital believes. Their columns are the columns of the ledger workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omamori.model.host import ROLES
from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import values

YES_NO = values(("yes", "はい", "yes"), ("no", "いいえ", "no"), ("unknown", "分からない", "not known"))
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
class LedgerAddress:
    """One IP address of a machine in the ledger, read from the sheet of machines."""

    asset: str = col("Name in the ledger.", default="")
    address: str = col("IP address.", default="")
    address_first: int | None = col("IPv4 address as a number; NULL for IPv6.")
    address_last: int | None = col("The same number again: a single address.")
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
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredBackup:
    """A backup as the hospital believes it is made."""

    asset: str = col(
        "Machine that is backed up.",
        default="",
        heading=("対象の機器", "Machine"),
        note=("「機器」シートの名前", "A name of the sheet of machines"),
        example="電子カルテサーバ1",
        example_en="EHR server 1",
    )
    job: str = col(
        "Name of the backup.",
        default="",
        heading=("バックアップ名", "Backup"),
        note=("区別できる名前", "A name that tells it apart"),
        example="毎晩NASへ",
        example_en="Nightly to NAS",
    )
    method: str | None = col(
        "How it is made.",
        heading=("方式", "Method"),
        note=("製品やコマンド", "Product or command"),
        example="Windows Serverバックアップ",
        example_en="Windows Server Backup",
    )
    medium: str | None = col(
        "What it is written to.",
        heading=("保存先の種類", "Medium"),
        note=("一覧から選択", "Choose from the list"),
        values=BACKUP_MEDIA,
        example="other-server",
    )
    target: str | None = col("Where it is kept.", heading=("保存先", "Target"), note=("機器名・場所", "Machine, place"), example="NAS1")
    every_days: int | None = col(
        "Days between two runs.", heading=("間隔(日)", "Every (days)"), note=("毎日なら1", "1 for daily"), example="1"
    )
    generations: int | None = col(
        "Number of generations kept.", heading=("世代数", "Generations"), note=("保管している世代", "Generations kept"), example="7"
    )
    offline: str | None = col(
        "Whether the copy is cut off from the network after writing.",
        heading=("ネットワークから切り離すか", "Offline"),
        note=("書込み後に切断・取外し・追記不能", "Disconnected, removed or write-once after writing"),
        values=YES_NO,
        example="yes",
    )
    last_offline: date | None = col(
        "Day of the last copy that was cut off.",
        heading=("最後に切り離した日", "Last offline copy"),
        note=("年-月-日", "Year-month-day"),
        example="2026-05-01",
    )
    same_credentials: str | None = col(
        "Whether the server's administrator can also delete the copies.",
        heading=("サーバと同じ管理者か", "Same administrator"),
        note=("同じID・ドメインで消せるなら はい", "`yes` when the same account can delete it"),
        values=YES_NO,
        example="no",
    )
    last_restore_test: date | None = col(
        "Day a restore was last tried.",
        heading=("最後の復元テスト", "Last restore test"),
        note=("実際に戻した日", "The day it was really restored"),
        example="2026-03-01",
    )
    source: str = source_column()
    evidence: str = evidence_column()


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
