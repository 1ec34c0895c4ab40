"""Whether a port that is said to be closed is: against what listens, the machine's own firewall, and what a scan saw."""

from __future__ import annotations

from datetime import datetime

from omamori.analyze.coverage import Coverage, Input
from omamori.analyze.protection.detail import Detail, Ports
from omamori.analyze.protection.found import Found, together
from omamori.model.derived import Exposure
from omamori.model.sightings import NetworkPort
from omamori.model.text import Text
from omamori.snapshot.database import Database

_NO_PORT = Text(
    "どのポートかが書かれていません。tcp/3389 のように書くと、閉じているかを見ます",
    "no port is named; write it as tcp/3389 and it is looked at",
)
_NOT_LOOKED = Text("{port}: 待ち受けもスキャンも見ていません", "{port}: neither what listens nor a scan was seen")


def port_closed(asset: str, detail: Detail, database: Database, coverage: Coverage) -> Found:
    """Return whether every port named in `detail` is closed on `asset`: nothing listens, or its firewall lets nobody in."""
    if not detail.ports:
        return Found("declared", _NO_PORT)
    exposures = list(database.rows("exposures", asset=asset))
    scanned = list(database.rows("network_ports", asset=asset))
    return together([_one(ports, asset, exposures, scanned, coverage) for ports in detail.ports])


def _one(ports: Ports, asset: str, exposures: list[Exposure], scanned: list[NetworkPort], coverage: Coverage) -> Found:
    own, outside = coverage.view("exposures", asset), coverage.view("network_ports", asset)
    rests = tuple(
        item
        for item, looked in (
            (Input(own, ("protocol", "port", "inbound")), own.looked or not outside.looked),
            (Input(outside, ("protocol", "port", "state")), outside.looked),
        )
        if looked
    )
    mine = [row for row in exposures if ports.holds(row.protocol, row.port)]
    seen = [row for row in scanned if ports.holds(row.protocol, row.port)]
    for listening in mine:
        if listening.inbound in ("open", "restricted"):
            return Found("contradicted", _listens(listening), listening.evidence, rests)
    for port in seen:
        if port.state == "open" and not _later(own.seen if own.knows("protocol", "port") else None, port.seen):
            return Found("contradicted", _answered(port), port.evidence, rests)
    unknown = next((row for row in mine if row.inbound != "blocked"), None)
    if unknown is not None:
        name = f"{unknown.protocol}/{unknown.port}"
        return Found(
            "unreadable",
            Text(
                f"{name}: 待ち受けています。ファイアウォールが通すかは分かりません",
                f"{name}: listens; whether its firewall lets others in cannot be told",
            ),
            unknown.evidence,
            rests,
        )
    if own.knows("protocol", "port") and (not mine or own.knows("inbound")):
        return Found("seen", _closed(ports, mine), mine[0].evidence if mine else own.evidence, rests)
    if not own.looked and seen and ports.first == ports.last and all(row.state in ("closed", "filtered") for row in seen):
        first = seen[0]
        words = Text(f"{ports}: スキャンで {first.state}({_day(first.seen)})", f"{ports}: {first.state} in the scan ({_day(first.seen)})")
        return Found("seen", words, first.evidence, rests)
    return Found("unreadable", Text(_NOT_LOOKED.ja.format(port=ports), _NOT_LOOKED.en.format(port=ports)), "", rests)


def _listens(row: Exposure) -> Text:
    name, who = f"{row.protocol}/{row.port}", row.process or "?"
    decided = f" ({row.decided_by[:200]})" if row.decided_by else ""
    if row.inbound == "restricted":
        some = (row.allowed_from or "?")[:200]
        return Text(f"{name}: {who} が待ち受け、{some} から入れます{decided}", f"{name}: {who} listens, and {some} may come in{decided}")
    return Text(
        f"{name}: {who} が待ち受け、ほかの機器から入れます{decided}", f"{name}: {who} listens, and other machines may come in{decided}"
    )


def _answered(row: NetworkPort) -> Text:
    name = f"{row.protocol}/{row.port}"
    return Text(f"{name}: スキャンに応答しました({_day(row.seen)})", f"{name}: answered a scan ({_day(row.seen)})")


def _closed(ports: Ports, mine: list[Exposure]) -> Text:
    if not mine:
        return Text(f"{ports}: 待ち受けるものはありません", f"{ports}: nothing listens")
    decided = (mine[0].decided_by or "")[:200]
    return Text(
        f"{ports}: 待ち受けますが、機器のファイアウォールが通しません {decided}".strip(),
        f"{ports}: listens, but its own firewall lets nobody in {decided}".strip(),
    )


def _later(own: datetime | None, scan: datetime | None) -> bool:
    """Whether the machine's own list is newer than a scan; where one has no time, what is open counts."""
    return own is not None and scan is not None and own > scan


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else "?"
