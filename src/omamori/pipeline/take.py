"""Makes a snapshot: evidence of a moment → tables → derived tables → verdicts → manifest."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import omamori
from omamori.analyze.components import bills_of_nobody
from omamori.analyze.interface import Moment
from omamori.analyze.registry import analyzers
from omamori.evaluate.check import Check
from omamori.evaluate.judge import judge
from omamori.feeds.held import site_pack
from omamori.knowledge.pack import Pack
from omamori.model.look import Verdict
from omamori.model.text import Text
from omamori.parse.registry import parsers
from omamori.parse.sbom.parts import of_nobody
from omamori.pipeline.clock import utc_now
from omamori.pipeline.observer import Observer
from omamori.snapshot.ages import aged
from omamori.snapshot.assemble import assemble
from omamori.snapshot.clock import plain
from omamori.snapshot.database import UNREADABLE, Database
from omamori.snapshot.kept import KeptReadings
from omamori.snapshot.manifest import Draft, Snapshot, begin, finish, snapshots, source_version, unreadable_snapshots
from omamori.snapshot.memory import remember
from omamori.snapshot.note import Note
from omamori.snapshot.site import Site


@dataclass(frozen=True, slots=True)
class Taken:
    """A finished snapshot with its verdicts, and the one before it (None: there is none, or its tables are gone)."""

    snapshot: Snapshot
    verdicts: tuple[Verdict, ...]
    previous: Snapshot | None
    previous_verdicts: tuple[Verdict, ...] | None


def take_snapshot(site: Site, checks: Sequence[Check], moment: datetime, observer: Observer, *, only: Sequence[str] | None = None) -> Taken:
    """Make the snapshot of a moment from the evidence received until then (of the receipts `only` when given)."""
    with site.lock():
        known = site_pack(site, utc_now().date())
        pack = known.pack
        evidence = [receipt.id for receipt in site.evidence.receipts() if receipt.received <= moment] if only is None else list(only)
        draft = begin(site, moment=moment, made=utc_now(), evidence=evidence, versions=versions_of(checks, pack))
        held = snapshots(site)
        previous = next((one for one in held if one.id == draft.manifest.previous), None)
        earlier = verdicts_of(previous) if previous is not None else None
        draft.tables.unlink(missing_ok=True)
        memory, unsure = remember(draft.manifest, held)
        notes = (*known.notes, *unreadable_snapshots(site), *unsure, *_fill(site, draft, moment, pack, evidence, observer))
        observer.step(Text("判定しています", "Judging"))
        judged = judge(draft.tables, checks, moment)
        with Database(draft.tables) as database:
            told = aged(memory, judged, database.rows("identity"), plain(moment))
            database.insert((*told.verdicts, *told.past))
        snapshot = finish(draft, notes)
    return Taken(snapshot, told.verdicts, previous, earlier)


def _fill(site: Site, draft: Draft, moment: datetime, pack: Pack, evidence: Sequence[str], observer: Observer) -> tuple[Note, ...]:
    observer.step(Text("読み取っています", "Reading the evidence"))
    age = site.settings.max_age_days
    kept = KeptReadings(site.path, reading_version())
    kept.begin()
    with Database(draft.tables) as database:
        assembled = assemble(
            site.evidence, parsers(), database, now=moment, max_age_days=age, only=evidence, kept=kept, progress=observer.progress
        )
        observer.step(Text("照らし合わせています", "Comparing what is believed with what is"))
        chosen = analyzers()
        with database.remembering_looks():
            for number, analyzer in enumerate(chosen, 1):
                database.insert(analyzer.run(database, Moment(moment, pack)))
                observer.progress(number, len(chosen))
        unowned = tuple(_of_nobody(*bill) for bill in bills_of_nobody(database))
    return (*assembled.notes, *unowned)


def _of_nobody(bill: str, product: str | None, parts: int, evidence: str) -> Note:
    said = of_nobody(product)
    text = Text(
        f"この部品表の部品{parts:,}個は、今どの機器にも数えていません。{said.ja}",
        f"none of its parts ({parts:,}) counts for a machine now; {said.en}",
    )
    blob, _, line = evidence.partition(":")
    return Note("no_machine", bill, "sbom", text, blob, int(line) if line.isdigit() else 0)


def verdicts_of(snapshot: Snapshot) -> tuple[Verdict, ...] | None:
    """Return a snapshot's verdicts; None when its tables were deleted or harmed (`omamori rebuild` makes them anew)."""
    if not snapshot.tables.is_file():
        return None
    try:
        with Database(snapshot.tables, read_only=True) as database:
            return tuple(database.rows("verdicts"))
    except UNREADABLE:
        return None


def reading_version() -> str:
    """Return the version of all that makes rows of evidence: parsers, model, the way rows are packed, and Python (its tables of letters)."""
    package = Path(omamori.__file__).parent
    return f"{source_version(package / 'parse', package / 'model', package / 'snapshot')}-python-{platform.python_version()}"


def versions_of(checks: Sequence[Check], pack: Pack) -> Mapping[str, str]:
    """Return what reads and judges: part → version. A hospital's own checks count by where they lie."""
    package = Path(omamori.__file__).parent
    return {
        "omamori": omamori.__version__,
        "parsers": source_version(package / "parse"),
        "analyzers": source_version(package / "analyze"),
        "checks": checks_version(checks),
        "pack": pack.version,
    }


def checks_version(checks: Sequence[Check]) -> str:
    """Return the version of a set of checks: it changes when any of them does."""
    folders = {Path(check.file).parent.parent for check in checks} | {Path(omamori.__file__).parent / "checks"}
    return source_version(*sorted(folders))
