"""Fills `compensations`: what protects while something cannot be mended, and whether it was seen to be so.

The ledger's word is never proof. Every running exception that names a control has a row: seen, contradicted, declared or unreadable
(docs/decisions/0057-a-control-that-is-contradicted.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.protection.closed import port_closed
from omamori.analyze.protection.detail import read_detail
from omamori.analyze.protection.filtered import Segments
from omamori.analyze.protection.found import Found
from omamori.analyze.protection.shielded import virtual_patch
from omamori.analyze.protection.switched import switched_off
from omamori.model.declared import RiskException
from omamori.model.look import EVERYWHERE
from omamori.model.patching import Compensation
from omamori.model.text import Text
from omamori.snapshot.database import Database

_DECIDES = ("state", "shown_by", "shown_by_ja")
_ONLY_SAID = Text(
    "台帳に書かれているだけです。この種類は道具では確かめられません", "only the ledger says so; this kind cannot be looked at"
)
_OF_A_LINE = Text("回線については道具では確かめられません", "of a line this cannot be looked at")
_NOBODY = Text("この名前の機器も回線も知られていません", "neither a machine nor a line of this name is known")


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the controls of every running exception, and how completely they could be looked at."""
    coverage = Coverage.read(database)
    assets = {str(asset) for (asset,) in database.select("select asset from assets")}
    lines = {str(line) for (line,) in database.select("select line from remote_lines")}
    told = [row for row in database.rows("exceptions") if _named(row) and (row.expires is None or row.expires >= moment.now.date())]
    segments = Segments(database, coverage) if any(row.control == "segment_filtered" for row in told) else None
    rests: dict[str, list[Input]] = defaultdict(list)
    for row in sorted(told, key=lambda one: (one.subject, one.check_id, one.finding_key or "", one.source, one.evidence)):
        kind = "asset" if row.subject in assets else "line" if row.subject in lines else "other"
        found = _looked_at(row, kind, database, coverage, segments)
        # Checks speak for the site: what the controls of lines rest on counts for all.
        rests[row.subject if kind == "asset" else EVERYWHERE] += found.rests
        yield _row(row, kind, found)
    yield from _looks(coverage, sorted(assets), sorted(lines), rests)


def _looks(coverage: Coverage, assets: Iterable[str], lines: Iterable[str], rests: dict[str, list[Input]]) -> Iterator[Any]:
    said = Input(coverage.view("exceptions", EVERYWHERE))
    for subject in (*assets, *lines, EVERYWHERE):
        inputs = [said, *(Input(item.view, item.uses, _DECIDES) for item in dict.fromkeys((*rests[subject], *rests[EVERYWHERE])))]
        yield derived_look(subject, "compensations", ANALYZER.name, inputs)


def _named(row: RiskException) -> bool:
    return bool(row.control or row.compensating)


def _looked_at(row: RiskException, kind: str, database: Database, coverage: Coverage, segments: Segments | None) -> Found:
    detail = read_detail(row.control_detail)
    if row.control not in ("port_closed", "segment_filtered", "virtual_patch", "switched_off") or row.subject == "site":
        return Found("declared", _ONLY_SAID)
    if kind == "other":
        return Found("unreadable", _NOBODY)
    if row.control == "segment_filtered" and segments is not None:
        return segments.of_line(row.subject, detail) if kind == "line" else segments.of_machine(row.subject, detail)
    if kind == "line":
        return Found("declared", _OF_A_LINE)
    look = {"port_closed": port_closed, "virtual_patch": virtual_patch, "switched_off": switched_off}[row.control]
    return look(row.subject, detail, database, coverage)


def _row(row: RiskException, kind: str, found: Found) -> Compensation:
    detail = row.control_detail or row.compensating
    return Compensation(
        asset=row.subject,
        subject_kind=kind,
        check_id=row.check_id,
        finding_key=row.finding_key or None,
        control=row.control or "other",
        detail=detail,
        state=found.state,
        shown_by=found.said.en,
        shown_by_ja=found.said.ja,
        expires=row.expires,
        source=ANALYZER.name,
        evidence=found.evidence or row.evidence,
    )


ANALYZER = Analyzer(
    name="analyze.compensations",
    reads=(
        "exceptions", "assets", "remote_lines", "exposures", "network_ports", "reachability", "entries", "zones", "interfaces",
        "network_hosts", "ledger_assets", "identity", "security_products", "server_settings", "services", "collected",
    ),
    fills=("compensations",),
    run=run,
)  # fmt: skip
"""The analyzer of this module."""
