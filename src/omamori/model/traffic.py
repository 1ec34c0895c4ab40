"""Derived tables of what was seen: uses of the outside lines, who talks to whom by zone, the traffic of each line by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.schema import asset_column, col, evidence_column, source_column
from omamori.model.text import values

USES = values(
    ("session", "ログイン", "login"),
    ("packets", "通信", "packets"),
    ("logon", "機器へのログイン", "logon to a machine"),
)
ENDS = values(
    ("zone", "ゾーン", "zone"),
    ("outside", "院外", "outside"),
    ("unknown", "どのゾーンにもない院内アドレス", "inside address of no zone"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class LineUse:
    """A use of an outside line that a log shows, held against what the ledger allows: its window, its sources, its accounts.

    The asset is the declared line's name, as in `entries`; where no line explains a login from outside, the machine that logged it.
    """

    asset: str = asset_column()
    line: str | None = col("Declared line that was used; NULL where none explains the use.")
    kind: str = col("What shows the use.", default="session", values=USES)
    machine: str = col("Asset that logged it.", default="")
    account: str | None = col("Account that logged in.")
    peer_address: str | None = col("Address it came from.")
    began: datetime | None = col("Moment it began, by the clock on the hospital's wall.")
    ended: datetime | None = col("Moment it ended, by the same clock; NULL when it is not known.")
    times: int = col("How many of them were put together.", default=1)
    in_window: bool | None = col("Whether it lies wholly in the line's service window; NULL where no clock can tell.")
    service_window: str | None = col("Service window of the line, as declared.")
    source_declared: bool | None = col("Whether its address is a declared source of the line; NULL where none is declared.")
    account_declared: bool | None = col("Whether the line names its account; NULL where it names none.")
    also_from: str | None = col("Another address from which the same account was logged in at the same time.")
    idle_since: date | None = col("Day the ledger gives as its last use, where that lies half a year before this one.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class ZoneFlow:
    """Who talks to whom: logged flows and the connections of machines, by zone, protocol and port. What was stopped on the way counts apart."""

    from_kind: str = col("Where it comes from.", default="zone", values=ENDS)
    from_zone: str | None = col("Zone it comes from.")
    to_kind: str = col("Where it goes.", default="zone", values=ENDS)
    to_zone: str | None = col("Zone it goes to.")
    protocol: str | None = col("tcp, udp, icmp or the number of another.")
    port: int | None = col("Port it goes to; NULL where there is none.")
    pairs: int = col("How many different pairs of addresses.", default=0)
    times: int = col("How many log lines and connections say so.", default=0)
    stopped: int = col("How many of them were dropped or rejected on the way.", default=0)
    bytes: int | None = col("Bytes, where a log counts them.")
    first_seen: datetime | None = col("Moment of the first.")
    last_seen: datetime | None = col("Moment of the last.")
    designed: bool | None = col("Whether the design foresees all of them; NULL where no design says it.")
    undesigned: int = col("How many pairs the design does not foresee.", default=0)
    allowed: bool | None = col(
        "Whether the rules of the network devices let all of them through, as reachability has it; NULL where it cannot be told."
    )
    example: str | None = col("One of the pairs, an unforeseen one where there is one: `SOURCE > DESTINATION`.")
    seen_in: str = col("What shows it, separated by commas: logs, connections.", default="")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class LineTraffic:
    """Traffic of an outside line on one day, from the flows that came or went by it. The asset is the line's name."""

    asset: str = asset_column()
    line: str = col("Line, as in entries.", default="")
    day: date | None = col("Day, by the clock of what logged it.")
    times: int = col("How many log lines say so.", default=0)
    bytes: int | None = col("Bytes, where a log counts them.")
    stopped: int = col("How many were dropped or rejected.", default=0)
    source: str = source_column()
    evidence: str = evidence_column()
