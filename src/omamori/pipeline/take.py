"""Makes a snapshot: evidence of a moment → tables → derived tables → verdicts → manifest."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from omamori.analyze.interface import Moment
from omamori.analyze.registry import analyzers
from omamori.evaluate.check import Check
from omamori.evaluate.judge import judge
from omamori.knowledge.pack import Pack, starter_pack
from omamori.model.look import Verdict
from omamori.model.text import Text
from omamori.parse.registry import parsers
from omamori.pipeline.observer import Observer
from omamori.pipeline.versions import versions_of
from omamori.snapshot.assemble import assemble
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import Receipt
from omamori.snapshot.manifest import Draft, Snapshot, snapshots
from omamori.snapshot.site import Site


@dataclass(frozen=True, slots=True)
class Taken:
    """A finished snapshot and what came before it."""

    snapshot: Snapshot
    verdicts: tuple[Verdict, ...]
    previous: Snapshot | None
    previous_verdicts: tuple[Verdict, ...] | None


def take_snapshot(site: Site, checks: Sequence[Check], moment: datetime, observer: Observer, *, only: frozenset[str] | None = None) -> Taken:
    """Make the snapshot of a moment from the evidence received until then (of `only` these receipts when given)."""
    with site.lock():
        receipts = [
            receipt
            for receipt in site.evidence.receipts()
            if (receipt.received <= moment if only is None else receipt.id in only)
        ]
        pack = starter_pack()
        before = _before(site, moment)
        earlier = verdicts_of(before) if before is not None else None
        with Draft(site, moment) as draft:
            notes = _fill(site, receipts, moment, pack, draft.database_path, observer)
            observer.step(Text("判定しています", "Judging"))
            verdicts = with_age(judge(draft.database_path, checks, moment), earlier, moment)
            with Database(draft.database_path) as database:
                database.insert(verdicts)
            snapshot = draft.finish(
                evidence=tuple(receipt.id for receipt in receipts),
                versions=versions_of(checks, pack),
                previous=before.id if before is not None else None,
                notes=notes,
            )
    return Taken(snapshot, verdicts, before, earlier)


def _fill(site: Site, receipts: Sequence[Receipt], moment: datetime, pack: Pack, path: Path, observer: Observer) -> tuple[Text, ...]:
    observer.step(Text("読み取っています", "Reading the evidence"))
    with Database(path) as database:
        assembled = assemble(site.evidence, receipts, moment, parsers(), database, max_age_days=site.settings.max_age_days)
        observer.step(Text("照らし合わせています", "Comparing what is believed with what is"))
        chosen = analyzers()
        for number, analyzer in enumerate(chosen, 1):
            database.insert(list(analyzer.run(database, Moment(moment, pack))))
            observer.progress(number, len(chosen))
    return tuple(assembled.notes)


def _before(site: Site, moment: datetime) -> Snapshot | None:
    earlier = [snapshot for snapshot in snapshots(site) if snapshot.moment < moment]
    return max(earlier, key=lambda snapshot: (snapshot.moment, snapshot.id), default=None)


def verdicts_of(snapshot: Snapshot) -> tuple[Verdict, ...] | None:
    """Return a snapshot's verdicts; None when its tables were deleted (`omamori rebuild` makes them anew)."""
    if not snapshot.database_path.exists():
        return None
    with Database(snapshot.database_path, read_only=True) as database:
        return tuple(database.rows("verdicts"))


def with_age(verdicts: Sequence[Verdict], earlier: Sequence[Verdict] | None, moment: datetime) -> tuple[Verdict, ...]:
    """Give every finding the first moment it was open: carried over by check, subject and key, else now."""
    known = {
        (verdict.check_id, verdict.subject, verdict.finding_key): verdict.since for verdict in earlier or () if verdict.verdict in _OPEN
    }
    return tuple(
        dataclasses.replace(verdict, since=known.get((verdict.check_id, verdict.subject, verdict.finding_key)) or moment)
        if verdict.verdict in _OPEN
        else verdict
        for verdict in verdicts
    )


_OPEN = ("fail", "accepted")
