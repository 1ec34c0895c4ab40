"""Derived tables of what seems to stand on the network: services and machines, each with how sure and why."""

from __future__ import annotations

from dataclasses import dataclass

from omamori.model.schema import asset_column, col, evidence_column, source_column
from omamori.model.text import values

SERVICES = values(
    ("dicom", "DICOM(画像)", "DICOM (images)"),
    ("hl7", "HL7 MLLP(検査・オーダ)", "HL7 MLLP (orders, results)"),
    ("orca", "ORCA(レセコン)", "ORCA (billing)"),
    ("ssmix2", "SS-MIX2の共有", "SS-MIX2 share"),
    ("printer", "プリンタ", "printer"),
    ("hypervisor", "仮想基盤", "hypervisor"),
    ("database", "データベース", "database"),
    ("file-share", "ファイル共有", "file share"),
    ("remote-desktop", "リモートデスクトップ", "remote desktop"),
    ("remote-control", "遠隔操作(VNCなど)", "remote control (VNC and such)"),
    ("remote-shell", "リモートシェル(SSH)", "remote shell (SSH)"),
    ("plain-text-login", "暗号のない接続(Telnet・FTP)", "login in plain text (Telnet, FTP)"),
    ("web", "Web", "web"),
    ("management", "管理用(SNMP・IPMIなど)", "management (SNMP, IPMI and such)"),
    ("directory", "ディレクトリ(AD・LDAP)", "directory (AD, LDAP)"),
    ("names", "DNS・DHCP", "DNS, DHCP"),
    ("backup", "バックアップ", "backup"),
    ("camera", "カメラ", "camera"),
    ("vpn", "VPN", "VPN"),
    ("other", "その他", "other"),
)
MACHINES = values(
    ("server", "サーバ", "server"),
    ("client", "端末PC", "client PC"),
    ("modality", "モダリティ・医療機器", "modality or medical device"),
    ("printer", "プリンタ・複合機", "printer"),
    ("nas", "NAS", "NAS"),
    ("hypervisor", "仮想基盤", "hypervisor"),
    ("switch", "スイッチ", "switch"),
    ("router", "ルータ・ファイアウォール", "router or firewall"),
    ("wireless", "無線アクセスポイント", "wireless access point"),
    ("camera", "カメラ", "camera"),
    ("phone", "電話", "telephone"),
    ("other", "その他", "other"),
)
CERTAINTIES = values(
    ("certain", "確か", "certain"),
    ("probable", "おそらく", "probably"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RecognisedService:
    """A service a machine offers to others, and how sure that is."""

    asset: str = asset_column()
    address: str | None = col("IP address it was seen at; NULL where only the machine or the ledger tells.")
    protocol: str = col("tcp or udp.", default="tcp")
    port: int | None = col("Port.")
    service: str = col("What it is.", default="other", values=SERVICES)
    certainty: str = col("How sure: certain or probable.", default="probable", values=CERTAINTIES)
    basis: str = col("What it rests on: port, banner, echo (a DICOM C-ECHO), host (the machine's own list) or ledger.", default="port")
    detail: str | None = col("Program, product or version, where known.")
    open_to_network: bool | None = col("Whether a scan found it open; NULL when no scan asked.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class RecognisedMachine:
    """What a machine seems to be. One row per machine that something is known of."""

    asset: str = asset_column()
    kind: str | None = col("What it is.", values=MACHINES)
    kind_certainty: str | None = col("How sure the kind is.", values=CERTAINTIES)
    kind_basis: str | None = col("What the kind rests on: ledger, host, service, maker.")
    maker: str | None = col("Maker by the hardware address, as the registry of addresses names it.")
    system: str | None = col("Operating system.")
    system_certainty: str | None = col("How sure the system is.", values=CERTAINTIES)
    system_basis: str | None = col("What the system rests on: host, scan (nmap's guess), smb, ssh (a banner).")
    source: str = source_column()
    evidence: str = evidence_column()
