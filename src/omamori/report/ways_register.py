"""The register of ways in as the report shows it, and what of the ways could not be told and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from omamori.model.look import EVERYWHERE
from omamori.model.text import Text
from omamori.model.ways_in import ENTRY_KINDS, Entry
from omamori.report.clean import clean
from omamori.report.evidence_line import EvidenceLine
from omamori.report.words import advice, reason_label
from omamori.snapshot.database import Database

_KINDS = {value.code: value.label for value in ENTRY_KINDS}
STATES = {
    "both": Text("台帳にあり、見えた", "in the ledger, and seen"),
    "not_seen": Text("台帳にあるが、見た範囲では見えない", "in the ledger, not seen where it was looked"),
    "declared": Text("台帳だけ(見る所をまだ見ていない)", "in the ledger only (not looked at yet)"),
    "found": Text("見えたが、台帳にない", "seen, not in the ledger"),
    "untold": Text("見えた(台帳はまだ読んでいない)", "seen (no ledger was read yet)"),
}
"""How declared and found stand together."""
ANYWHERE = Text("限定なし", "anywhere")
NOT_KNOWN = Text("不明", "not known")
UNTOLD = {
    "entries": Text("入口がほかにもあるかどうか", "whether there are more ways in"),
    "reach": Text("入口や区画から、どこまで届くか", "how far a way in or a zone reaches"),
    "paths": Text("経路がないと言えるかどうか", "whether no way leads there"),
}
"""What could not be told."""
_NAMES = 12


@dataclass(frozen=True, slots=True)
class Registered:
    """One way in of the register. None where nobody knows; `opened_from` empty where that is not told."""

    entry: str
    kind: str
    kind_label: Text
    state: str
    vendor: str
    line: str
    device: str
    method: str
    zone: str
    declared_zone: str
    sources: str
    opened_from: str
    opened_anywhere: bool
    two_factor: bool | None
    always_open: bool | None
    firmware: str
    firmware_built: date | None
    installed: date | None
    last_used: datetime | None
    evidence: EvidenceLine | None

    @property
    def state_label(self) -> Text:
        """How declared and found stand together, in words."""
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class Untold:
    """What could not be told for one reason, and of which machines, zones or devices; `more`: how many are not named."""

    what: str
    reason: str
    names: tuple[str, ...]
    more: int

    @property
    def label(self) -> Text:
        """What could not be told."""
        return UNTOLD[self.what]

    @property
    def reason_words(self) -> Text:
        """Why."""
        return reason_label(self.reason)

    @property
    def advice(self) -> Text:
        """What to do about it."""
        return advice(self.reason)


def registered(row: Entry, lines: Mapping[str, EvidenceLine]) -> Registered:
    """Return a row of the register."""
    # Only a door that was seen says who may open it: of others an empty cell is no "anywhere".
    seen_door = bool(row.observed) and row.method not in (None, "interface", "route", "network")
    return Registered(
        entry=clean(row.entry, 200),
        kind=row.kind,
        kind_label=_KINDS[row.kind],
        state=_state(row),
        vendor=clean(row.vendor or "", 200),
        line=clean(row.line or "", 200),
        device=clean(row.device or row.machine or "", 200),
        method=clean(row.method or "", 100),
        zone=clean(row.zone or "", 200),
        declared_zone=clean(row.declared_zone or "", 200),
        sources=clean(row.sources or "", 400),
        opened_from=clean(row.opened_from or "", 400),
        opened_anywhere=seen_door and not row.opened_from,
        two_factor=row.two_factor,
        always_open=row.always_open,
        firmware=clean(row.firmware or row.declared_firmware or "", 100),
        firmware_built=row.firmware_built,
        installed=row.installed,
        last_used=row.last_used,
        evidence=lines.get(row.evidence),
    )


def _state(row: Entry) -> str:
    if row.declared:
        return "both" if row.observed else "declared" if row.observed is None else "not_seen"
    return "found" if row.declared is False else "untold"


def read_untold(database: Database) -> tuple[Untold, ...]:
    """Return what could not be told of the ways in, by reason."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for what, reason, name in (*_looks(database), *_doubts(database)):
        found[what, reason].add(clean(name, 120))
    order = list(UNTOLD)
    keys = sorted(found, key=lambda key: (order.index(key[0]), -len(found[key]), key[1]))
    return tuple(_untold(*key, found[key]) for key in keys)


def _untold(what: str, reason: str, names: Collection[str]) -> Untold:
    named = sorted(name for name in names if name)
    return Untold(what, reason, tuple(named[:_NAMES]), max(0, len(named) - _NAMES))


def _looks(database: Database) -> Iterator[tuple[str, str, str]]:
    query = (
        "select table_name, coalesce(reason, 'not_collected'), asset from collected where table_name in ('entries', 'attack_paths') "
        "and not complete and source like 'analyze.%' and (table_name = 'entries' or asset in (select asset from crown_jewels)) order by all"
    )
    for table, reason, asset in database.select(query):
        yield "entries" if table == "entries" else "paths", str(reason), "" if asset == EVERYWHERE else str(asset)


def _doubts(database: Database) -> Iterator[tuple[str, str, str]]:
    """A doubt is written `reason: what`, several separated by semicolons; `host A > ?` means the way on behind A is not known."""
    for (doubt,) in database.select("select distinct doubt from reachability where reach = 'unknown' and doubt is not null order by all"):
        for part in str(doubt).split("; "):
            reason, _, name = part.partition(": ")
            yield "reach", reason, name.removesuffix(" > ?").removeprefix("host ")


def register_json(row: Registered) -> dict[str, Any]:
    """Return a row as `report.json` has it."""
    return {
        "state": row.state,
        "line": row.line or None,
        "device": row.device or None,
        "method": row.method or None,
        "zone": row.zone or None,
        "declared_zone": row.declared_zone or None,
        "sources": row.sources or None,
        "opened_from": row.opened_from or None,
        "opened_from_anywhere": row.opened_anywhere,
        "two_factor": row.two_factor,
        "always_open": row.always_open,
        "firmware": row.firmware or None,
        "firmware_built": row.firmware_built.isoformat() if row.firmware_built else None,
        "installed": row.installed.isoformat() if row.installed else None,
        "last_used": row.last_used.date().isoformat() if row.last_used else None,
        "evidence": row.evidence.reference if row.evidence else None,
    }


def untold_json(one: Untold) -> dict[str, Any]:
    """Return what could not be told as `report.json` has it."""
    return {"what": one.what, "reason": one.reason, "names": list(one.names), "more": one.more}
