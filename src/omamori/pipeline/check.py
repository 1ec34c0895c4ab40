"""`check`: from the site's evidence to the report, as a list of steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import cache, partial
from pathlib import Path

from omamori import __version__
from omamori.evaluate.check import Check, CheckError
from omamori.evaluate.load import load_checks, topics
from omamori.model.look import SEVERITIES
from omamori.model.text import Language, Text
from omamori.pipeline.clock import local_zone, utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.evidence_lines import evidence_lines
from omamori.pipeline.gather import look_here
from omamori.pipeline.isolate_standing import standing
from omamori.pipeline.items import checklists_of
from omamori.pipeline.network import network_changes
from omamori.pipeline.observer import Observer
from omamori.pipeline.take import Taken, take_snapshot
from omamori.pipeline.writing import FORMATS, need_paper, write_report
from omamori.report.data import build_report
from omamori.report.json import render_json
from omamori.report.recent import NOTHING_BEFORE, added_since
from omamori.report.shape import CheckInfo, Report
from omamori.report.summary import Line, summarise
from omamori.report.trend import read_trend
from omamori.respond.harden.registry import KINDS
from omamori.snapshot.database import Database
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.note import Note
from omamori.snapshot.site import Site

__all__ = ["FORMATS", "CheckRequest", "CheckResult", "run_check"]

DEFAULT_FORMATS = ("html", "json", "xlsx")


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What to check and where the report goes. `out` None: the site's own `reports` folder; `moment` None: now."""

    site: Path
    out: Path | None
    language: Language
    here: bool = False
    formats: tuple[str, ...] = DEFAULT_FORMATS
    moment: datetime | None = None
    zone: tzinfo = field(default_factory=local_zone)
    own_checks: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The report, the files written, and the snapshot they came from."""

    report: Report
    snapshot_id: str
    files: tuple[Path, ...]
    summary: tuple[Line, ...]

    @property
    def json_text(self) -> str:
        """The report as `report.json` has it."""
        return render_json(self.report)

    def reaches(self, severity: str) -> bool:
        """True when something of this severity or graver was found."""
        limit = SEVERITIES.index(severity)
        return any(verdict.verdict == "fail" and SEVERITIES.index(verdict.severity) <= limit for verdict in self.report.verdicts)


def run_check(request: CheckRequest, observer: Observer) -> CheckResult:
    """Judge a site and write its report.

    Looks at this machine first when asked to, or when the site holds no evidence yet. Raises `UserError`
    for what the user has to change.
    """
    need_paper(request.formats)
    site = Site(request.site)
    checks = checks_for(request.own_checks)
    if request.here or not site.evidence.receipts():
        outcome = look_here(request.site, observer)
        if outcome.status == "refused":
            raise UserError(outcome.text.ja, outcome.text.en)
    # Everything received up to this second belongs to the snapshot.
    taken = take_snapshot(site, checks, request.moment or utc_now(), observer)
    observer.step(Text("報告書を書いています", "Writing the report"))
    report = report_of(site, checks, taken, request.zone)
    out = request.out or site.reports / taken.snapshot.id
    with Database(taken.snapshot.tables, read_only=True) as database:
        files = write_report(report, database, out, request.formats, request.language, request.zone)
    return CheckResult(report, taken.snapshot.id, files, summarise(report, files, request.zone))


@cache
def checks_for(folders: tuple[Path, ...] = ()) -> tuple[Check, ...]:
    """Return the built-in checks and the hospital's own, read once; `UserError` when one of them cannot be used."""
    try:
        return load_checks(folders)
    except CheckError as error:
        first, more = error.problems[0], len(error.problems) - 1
        raise UserError(f"チェックを読めません: {first}(ほか {more} 件)", f"a check cannot be used: {first} (and {more} more)") from error


def report_of(site: Site, checks: Sequence[Check], taken: Taken, zone: tzinfo) -> Report:
    """Build the report of a snapshot; `zone` is the hospital's, for the day its checklist is of."""
    chosen = set(taken.snapshot.manifest.evidence)
    receipts = [receipt for receipt in site.evidence.receipts() if receipt.id in chosen]
    network = network_changes(taken.previous, taken.snapshot)
    with Database(taken.snapshot.tables, read_only=True) as database:
        report = build_report(
            database,
            taken.verdicts,
            [check_info(check) for check in checks],
            topics(),
            read_evidence=partial(evidence_lines, site.evidence, receipts),
            moment=taken.snapshot.manifest.moment,
            version=__version__,
            checklists=checklists_of(database, checks, taken.verdicts, taken.snapshot.manifest.moment, zone),
            previous=taken.previous_verdicts,
            previous_moment=taken.previous.manifest.moment if taken.previous else None,
            trend=read_trend(snapshots(site), taken.snapshot.manifest.moment),
            network=network,
            added=added_since(database, taken.previous.tables) if taken.previous and taken.previous.tables.is_file() else NOTHING_BEFORE,
            # The same workbook of two visits would say the same twice.
            notes=list(dict.fromkeys(note_line(note) for note in taken.snapshot.manifest.notes)),
        )
        return replace(report, blocks_on=_blocks_on(database, taken.snapshot.manifest.moment))


def _blocks_on(database: Database, moment: datetime) -> tuple[Text, ...]:
    known = database.has("block_actions")  # not in a snapshot of an earlier version
    return standing(database.rows("block_actions"), moment.replace(tzinfo=None)) if known else ()


def note_line(note: Note) -> Text:
    """Return a note as the line a person reads: where, of what kind, what."""
    where = f"{note.origin} [{note.kind}]" if note.kind else note.origin
    return Text(f"{where}: {note.text.ja}", f"{where}: {note.text.en}")


def _planned(check: str) -> str:
    measures = [f"--measure {kind.name}" for kind in KINDS if check in kind.fixes]
    return " ".join(("omamori harden", *measures)) if measures else ""


def check_info(check: Check) -> CheckInfo:
    """Return what the report needs to know of a check."""
    return CheckInfo(
        id=check.id,
        topic=check.id.partition(".")[0],
        title=check.title,
        severity=check.severity,
        why=check.why,
        fix=check.fix.text,
        fix_cost=check.fix.cost,
        fix_run=check.fix.run,
        fix_plan=_planned(check.id),
        ask=check.ask,
        subject=check.subject,
    )
