"""Declared table of approvals: who allowed what is sent into the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.schema import col, evidence_column, source_column
from omamori.model.text import values

PROFILES = values(
    ("passive", "受け身(何も送らない)", "passive (sends nothing)"),
    ("gentle", "やさしい(1ポート2回まで、データなし)", "gentle (at most two connections per port, no data)"),
    ("servers", "サーバ(名指しした機器のサービスの版まで)", "servers (services and versions of the machines named)"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """A recorded approval for looking at the network actively."""

    approval: str = col("Identifier of the approval: its own number, or the hash of its content.", default="")
    approved_by: str | None = col("Person who allowed it.")
    position: str | None = col("Post of that person.")
    approved_on: date | None = col("Day it was allowed.")
    since: datetime | None = col("Moment from which it holds.")
    until: datetime | None = col("Moment until which it holds.")
    profile: str | None = col("Profile that is allowed.", values=PROFILES)
    ranges: str | None = col("Networks that may be looked at, separated by spaces.")
    excluded: str | None = col("Addresses that must not be contacted, separated by spaces.")
    consented: str | None = col("Medical, leased or vendor-run addresses that may be contacted because their maker or owner agreed.")
    connections_per_port: int | None = col("Most connections to one port of one address.")
    packets_per_second: int | None = col("Most packets in a second.")
    source: str = source_column()
    evidence: str = evidence_column()
