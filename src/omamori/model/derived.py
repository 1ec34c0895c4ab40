"""Derived tables: filled by analyzers from other tables, never by a parser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.host import ROLES
from omamori.model.schema import asset_column, col, evidence_column, source_column


@dataclass(frozen=True, kw_only=True, slots=True)
class Asset:
    """Every machine that is known, from whatever source. One row per asset."""

    asset: str = asset_column()
    hostname: str | None = col("Host name, from the machine or the ledger.")
    role: str | None = col("What it is: the ledger's word, else the machine's own.", values=ROLES)
    platform: str | None = col("Family of the operating system, when it was looked at.")
    zone: str | None = col("Zone: the ledger's word, else the zone whose network holds its address.")
    vendor: str | None = col("Vendor who looks after it, from the ledger.")
    hands_off: bool = col("Whether the hospital must ask before changing it (medical, leased or vendor-run).", default=False)
    medical: bool = col("Whether it is, or controls, a medical device.", default=False)
    important: bool = col("Whether care stops without it.", default=False)
    closed: bool | None = col("Whether it is declared to have no way to the Internet.")
    declared: bool | None = col("Whether the ledger names it; NULL when no ledger was read.")
    observed: bool = col(
        "Whether evidence of the machine itself was collected; tables and logs of a network device tell of others.", default=False
    )
    configured: bool = col("Whether its configuration as a network device was read.", default=False)
    forwards: bool = col("Whether it is a host seen to pass packets on between its networks.", default=False)
    scanned: bool = col("Whether a scan saw it answer.", default=False)
    stranger: bool | None = col(
        "Whether a scan saw it and neither the ledger nor a machine that was looked at has its addresses or hardware; NULL when no scan saw it."
    )
    unanswered: datetime | None = col(
        "Moment of the newest scan that asked an address the ledger gives it and saw nothing of it since; NULL when none did."
    )
    seen_as: str | None = col("What a scan saw of a machine nobody knows: addresses, hardware address, its maker, open ports.")
    last_seen: datetime | None = col("Newest look at the machine, or sighting of it from the network.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Support:
    """A product on an asset or line, and the day its maker's support ends."""

    asset: str = asset_column()
    product: str = col("Product, such as debian, windows-server, fortios.", default="")
    version: str = col("Version or cycle the date is for.", default="")
    label: str | None = col("Name for people.")
    ends: date | None = col("Last day of security support; NULL when no end is published.")
    extended_ends: date | None = col("Last day of paid or extended support, where there is one.")
    fact: str | None = col("Where the date comes from; NULL when nothing is known about the version.")
    kind: str = col("What it is: os, or device when the asset is the name of a line.", default="os")
    basis: str = col("observed on the machine, or declared in the ledger.", default="observed")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class ApplicationSupport:
    """A program on an asset that its operating system's maker does not look after, and the day its support ends."""

    asset: str = asset_column()
    product: str = col("Product, such as postgresql, sql-server, php.", default="")
    version: str = col("Version installed.", default="")
    label: str | None = col("Name for people.")
    ends: date | None = col("Last day of security support; NULL when no end is published.")
    extended_ends: date | None = col("Last day of paid or extended support, where there is one.")
    fact: str | None = col("Where the date comes from; NULL when nothing is known about the version.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Exposure:
    """A listening port, and whom the host's own firewall lets reach it."""

    asset: str = asset_column()
    protocol: str = col("tcp or udp.", default="")
    port: int | None = col("Port.")
    process: str | None = col("Program that listens.")
    inbound: str = col("Effective verdict for other machines: open, restricted, blocked, unknown.", default="unknown")
    allowed_from: str | None = col("Sources it is restricted to, separated by commas.")
    decided_by: str | None = col("Product and rule that decides, or why it cannot be told.")
    doubt: str | None = col(
        "Why nobody can tell who reaches this port; NULL where it is told. A check on `inbound` selects it as `unknown`."
    )
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class WayOut:
    """A sign that a machine can reach, or is told to reach, the Internet."""

    asset: str = asset_column()
    kind: str = col("connection, proxy, dns, ntp, repository, mobile, wireless, tunnel or agent.", default="")
    detail: str = col("What was seen.", default="")
    strength: str = col("proof when a public peer answered, sign when only configured.", default="sign")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteAccess:
    """A program on a host by which somebody elsewhere can operate or reach it."""

    asset: str = asset_column()
    product: str = col("Product, such as openvpn, wireguard, anydesk, teamviewer, vnc, xrdp.", default="")
    kind: str = col("vpn, remote-control, tunnel or shell.", default="")
    running: bool | None = col("Whether it is running or listening now.")
    declared: bool | None = col("Whether a declared line of kind remote-software or VPN names the product or machine.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Deviation:
    """A difference between what is declared and what is observed."""

    asset: str = asset_column()
    kind: str = col(
        "undeclared-machine, undeclared-machine-seen (by a scan), undeclared-neighbour, undeclared-lease, "
        "undeclared-computer (of the domain), undeclared-software, undeclared-listener, undeclared-peer, "
        "not-seen, os-differs, name-shared, role-differs, backup-not-found, clock-off.",
        default="",
    )
    item: str = col("What differs: software, port, peer or name.", default="")
    declared: str | None = col("What the ledger says.")
    observed: str | None = col("What was seen.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Peer:
    """A peer of a server, folded over all connections seen: the list a person ticks to design flows."""

    asset: str = asset_column()
    direction: str | None = col("in or out.")
    peer: str = col("Peer's address, or asset when it is known.", default="")
    peer_asset: str | None = col("Asset behind the address, when known.")
    peer_scope: str | None = col("Where the peer is: private, link, public.")
    protocol: str | None = col("tcp or udp.")
    port: int | None = col("Port of the service: own when in, the peer's when out.")
    process: str | None = col("Program on this machine.")
    times: int | None = col("How many looks saw it.")
    first_seen: datetime | None = col("First time seen.")
    last_seen: datetime | None = col("Last time seen.")
    designed: bool | None = col("Whether a designed flow covers it.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question no machine can answer, with the hospital's answer. Every question has a row, answered or not."""

    question: str = col("Identifier of the question.", default="")
    topic: str = col("Topic, such as passwords, lines, backup, incident.", default="")
    text_ja: str = col("The question in Japanese.", default="")
    text_en: str = col("The question in English.", default="")
    todo_ja: str = col("Cheapest next step in Japanese.", default="")
    todo_en: str = col("Cheapest next step in English.", default="")
    answer: str | None = col("The answer: yes, no, unknown; NULL when nobody answered. `yes` is always the good one.")
    answered_by: str | None = col("Who answered.")
    answered_on: date | None = col("Day of the answer.")
    remark: str | None = col("Remark, or the paper that shows it.")
    source: str = source_column()
    evidence: str = evidence_column()
