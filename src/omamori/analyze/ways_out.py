"""Fills `ways_out`: signs that a machine reaches, or is told to reach, the Internet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.model.derived import WayOut
from omamori.model.network import Connection, Interface, OutboundSetting
from omamori.snapshot.database import Database

_ANSWERED = ("established", "estab", "time-wait", "close-wait", "fin-wait-1", "fin-wait-2", "last-ack", "closing", "closed-wait")
_INSIDE_NAME = re.compile(r"(^[^.]+$)|\.(local|localdomain|lan|internal|intra|intranet|home\.arpa|corp|private|test|example|invalid)\.?$")
_USES = {
    "connections": ("peer_address", "peer_scope", "state", "protocol"),
    "outbound_settings": ("kind", "value", "address_public"),
    "interfaces": ("name", "kind", "up"),
}


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield every sign once, and one look per asset."""
    coverage = Coverage.read(database)
    domains = {
        str(asset): str(domain).lower() for asset, domain in database.select("select asset, domain from hosts where domain is not null")
    }
    yield from _once(_signs(database, domains))
    for (asset,) in database.select("select asset from assets order by asset"):
        inputs = [Input(coverage.view(table, asset), columns) for table, columns in _USES.items()]
        yield derived_look(asset, "ways_out", ANALYZER.name, inputs)


def _signs(database: Database, domains: dict[str, str]) -> Iterator[WayOut]:
    for connection in database.rows("connections", peer_scope="public"):
        if connection.peer_address:
            yield _connection(connection)
    for setting in database.rows("outbound_settings"):
        yield from _setting(setting, domains.get(setting.asset))
    for interface in database.rows("interfaces"):
        yield from _interface(interface)


def _once(signs: Iterator[WayOut]) -> Iterator[WayOut]:
    """The same sign once, the proof before the mere sign."""
    found: dict[tuple[str, str, str], WayOut] = {}
    for sign in signs:
        place = (sign.asset, sign.kind, sign.detail)
        if place not in found or (sign.strength == "proof" and found[place].strength != "proof"):
            found[place] = sign
    yield from found.values()


def _connection(row: Connection) -> WayOut:
    """A TCP connection that got an answer is proof; UDP and unanswered attempts are only signs."""
    answered = row.protocol == "tcp" and (row.state or "").lower() in _ANSWERED
    port = row.peer_port if row.direction != "in" else row.local_port
    detail = f"{row.peer_address} {port}/{row.protocol}" if port is not None else f"{row.peer_address} {row.protocol}"
    return _row(row.asset, "connection", detail, "proof" if answered else "sign", row.evidence)


def _setting(row: OutboundSetting, domain: str | None) -> Iterator[WayOut]:
    outside = row.address_public or (row.address_public is None and not _inside(row.value, domain))
    if row.kind == "proxy" or outside:
        yield _row(row.asset, row.kind, row.value, "sign", row.evidence)


def _inside(name: str, domain: str | None) -> bool:
    """A name of the hospital's own: without a dot, of a domain that exists only inside, or of the machine's own domain."""
    lowered = name.lower()
    return bool(_INSIDE_NAME.search(lowered)) or (domain is not None and "." in domain and lowered.endswith("." + domain))


def _interface(row: Interface) -> Iterator[WayOut]:
    if row.kind in ("mobile", "wireless", "tunnel") and row.up is not False:
        yield _row(row.asset, row.kind, row.name, "sign", row.evidence)


def _row(asset: str, kind: str, detail: str, strength: str, evidence: str) -> WayOut:
    return WayOut(asset=asset, kind=kind, detail=detail, strength=strength, source=ANALYZER.name, evidence=evidence)


ANALYZER = Analyzer(
    name="analyze.ways_out",
    reads=("assets", "hosts", "connections", "outbound_settings", "interfaces", "collected"),
    fills=("ways_out",),
    run=run,
)
"""The analyzer of this module."""
