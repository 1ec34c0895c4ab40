"""Derived tables of the ways in: every entry, what it reaches by which rule, and the steps an intruder could take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.schema import asset_column, col, evidence_column, source_column
from omamori.model.text import values

ENTRY_KINDS = values(
    ("line", "外部からの回線", "line from outside"),
    ("internet", "インターネット", "the Internet"),
    ("partner", "外部事業者・地域連携", "partner network"),
    ("remote-software", "遠隔操作ソフト", "remote-control software"),
    ("office-mail", "メールやWebを使うPC", "PC with mail or web"),
    ("usb", "USBポート", "USB port"),
    ("wall-port", "壁のLAN口", "LAN socket in the wall"),
    ("wireless", "無線LAN", "wireless LAN"),
    ("mobile", "携帯回線", "mobile line"),
    ("dual-homed", "二つのネットワークにまたがる機器", "machine in two networks"),
)
REACH = values(
    ("open", "届く", "can be reached"),
    ("one-way", "届くが返事は戻らない", "reached, but no answer comes back"),
    ("unknown", "判断できない", "cannot be told"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A way by which somebody or something from outside can come in: a line, a partner, a program, a socket.

    The asset is the declared line's name, as in `vulnerabilities`, else the machine that shows it; empty for a declared one that names no machine.
    """

    asset: str = asset_column()
    entry: str = col("Name that tells it apart: the declared line, or device and interface.", default="")
    kind: str = col("Kind of entry.", default="line", values=ENTRY_KINDS)
    line: str | None = col("Declared line it is, as in remote_lines.")
    vendor: str | None = col("Who comes in by it.")
    method: str | None = col(
        "How it comes in, as the evidence shows it: the kind of tunnel, interface, route, network (its packets), or the program."
    )
    device: str | None = col("Asset it ends on.")
    interface: str | None = col("Interface of the device its packets come in by.")
    zone: str | None = col("Zone it lands in: by the evidence, else by the ledger.")
    declared_zone: str | None = col("Zone it is declared to land in.")
    machine: str | None = col("Asset it lands on, where it is no network (remote-control software, a PC with mail).")
    sources: str | None = col("Addresses that come in by it, separated by commas; NULL for any.")
    opened_from: str | None = col("Addresses that may open it from outside, separated by commas; NULL for any.")
    declared: bool | None = col("Whether the hospital declared it; NULL when no ledger was read.", default=False)
    observed: bool | None = col("Whether evidence shows it; NULL where the place it would be seen at was not looked at.", default=False)
    two_factor: bool | None = col("Whether a second factor is asked.")
    always_open: bool | None = col(
        "Whether it is open all the time. Where evidence shows the line: whether it was open when looked at, outside its service window."
    )
    firmware: str | None = col("Firmware version the device shows.")
    firmware_built: date | None = col("Day that firmware was built, where the device says so.")
    declared_firmware: str | None = col("Firmware version the ledger names, written as the device writes it.")
    installed: date | None = col("Day its device was installed, as declared.")
    guard: str | None = col("What guards it, as declared.")
    last_used: datetime | None = col("Last use seen or declared.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reachable:
    """Addresses and ports that packets from a zone or entry reach over the network, and the rules that let them. Host firewalls not counted."""

    origin: str = col("Zone, or entry as in entries.", default="")
    origin_kind: str = col("zone or entry.", default="zone")
    zone: str | None = col("Zone of the addresses reached.")
    address_first: int | None = col("First address as a number.")
    address_last: int | None = col("Last address as a number.")
    protocol: str = col("tcp, udp, icmp or the number of another.", default="")
    port_first: int | None = col("First port; of icmp the type; NULL for any.")
    port_last: int | None = col("Last port.")
    reach: str = col("open, one-way or unknown; what is not reached has no row.", default="open", values=REACH)
    sources: str | None = col("Source addresses it holds for, separated by commas; NULL for all of the origin.")
    through: str | None = col("Devices it passes, in order, separated by ` > `; NULL within one network.")
    rules: str | None = col("Rules that let it through, as `DEVICE CHAIN: RULE`, separated by `; `.")
    published_as: str | None = col("Address and port it is reached by, where a device translates them.")
    doubt: str | None = col("Why it cannot be told, where reach is unknown.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReachedService:
    """A listening port of a machine that a zone or entry reaches: network, host firewall and listener put together."""

    origin: str = col("Zone, or entry as in entries.", default="")
    origin_kind: str = col("zone or entry.", default="zone")
    asset: str = asset_column()
    address: str = col("Address it is reached at.", default="")
    protocol: str = col("tcp or udp.", default="")
    port: int | None = col("Port.")
    service: str | None = col("Service, a code of recognised services; NULL where it was not recognised.")
    process: str | None = col("Program that listens.")
    reach: str = col("open, one-way or unknown.", default="open", values=REACH)
    through: str | None = col("Devices it passes, in order, separated by ` > `.")
    rules: str | None = col("Rules that let it through, network devices first, then the host's own.")
    doubt: str | None = col("Why it cannot be told, where reach is unknown.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class IdleRule:
    """A rule of a network device that can never decide anything."""

    asset: str = asset_column()
    chain: str = col("Chain it stands in.", default="")
    position: int = col("Place in it.", default=0)
    rule: str | None = col("Name or number as the device shows it.")
    kind: str = col(
        "shadowed (others before it take all its packets and decide otherwise), redundant (and decide the same) or unreachable.", default=""
    )
    because: str | None = col("Rules before it that take its packets.")
    source: str = source_column()
    evidence: str = evidence_column()


JEWELS = values(
    ("ehr", "電子カルテ", "EHR"),
    ("pacs", "画像(PACS)", "images (PACS)"),
    ("directory", "ドメインコントローラー", "domain controller"),
    ("backup", "バックアップ", "backup"),
    ("hypervisor", "仮想基盤", "hypervisor"),
    ("important", "止まると診療が止まる機器", "machine care depends on"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CrownJewel:
    """A machine an intruder of the published incidents was after. One row per machine; of several reasons the first in the list counts."""

    asset: str = asset_column()
    jewel: str = col("What it is.", default="important", values=JEWELS)
    recognised_by: str = col(
        "What says so: purpose (in the ledger), zone, backup (declared), host, domain, service or important.", default=""
    )
    detail: str | None = col("The words or value it was recognised by.")
    certain: bool = col("Whether that is certain; false where a port or a guess says it.", default=True)
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class AttackPath:
    """The shortest way an intruder could take from an entry to a machine care depends on."""

    path: str = col("Identifier: entry and machine.", default="")
    entry: str = col("Entry it begins at, as in entries.", default="")
    asset: str = asset_column()
    jewel: str = col("What the machine is: ehr, pacs, directory (domain controller), backup, hypervisor or important.", default="")
    steps: int = col("How many steps it takes.", default=0)
    certain: bool = col("Whether every step stands on evidence that is certain; false when one could not be told.", default=True)
    changes: str | None = col("Cheapest set of changes that cuts all ways of this entry to this machine, separated by `; `.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class AttackStep:
    """One step of an attack path."""

    path: str = col("Path, as in attack_paths.", default="")
    position: int = col("Place in it, from 1.", default=0)
    start: str = col("Machine, zone or entry the intruder has.", default="")
    asset: str = asset_column()
    kind: str = col(
        "How: exploited-flaw, no-login, shared-administrator, administrator-here-too, stored-credentials, writable-share and so on.",
        default="",
    )
    service: str | None = col("Service and port it goes by.")
    told_ja: str = col("The step in Japanese.", default="")
    told_en: str = col("The step in English.", default="")
    certain: bool = col("Whether the evidence is certain.", default=True)
    change: str | None = col("Identifier of the cheapest change that takes this step away.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A change the hospital or a vendor could make, and what it takes away."""

    change: str = col("Identifier, as `paths --without` takes it.", default="")
    told_ja: str = col("What to do, in Japanese.", default="")
    told_en: str = col("What to do, in English.", default="")
    cost: str = col("none, low, medium or high, as the fix of a check.", default="none")
    who: str | None = col("Who has to do or allow it: the hospital, or a vendor by name.")
    cuts: int = col("How many attack paths it cuts by itself.", default=0)
    rank: int | None = col("Place in the cheapest set that cuts all paths; NULL when it is not in it.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """A login of a person on a jump server or VPN device, from its log. The asset is what logged it."""

    asset: str = asset_column()
    session: str = col("Identifier of the session in the log.", default="")
    account: str | None = col("Account that logged in.")
    peer_address: str | None = col("Address it came from.")
    method: str | None = col("How it proved itself: password, publickey, certificate, keyboard-interactive.")
    began: datetime | None = col("Moment it began.")
    ended: datetime | None = col("Moment it ended; NULL when the log does not show it.")
    accepted: bool = col("Whether the login was accepted.", default=True)
    times: int = col("How many such attempts, where refused ones are put together.", default=1)
    own_clock: bool = col(
        "Whether moments are as the clock there showed them, since the log does not tell its zone; else they are UTC.", default=False
    )
    source: str = source_column()
    evidence: str = evidence_column()
