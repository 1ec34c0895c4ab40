"""The vendors: who they are and what was found on their machines, and the inquiry to one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path

from omamori import __version__
from omamori.evaluate.check import Check
from omamori.evaluate.load import topics
from omamori.model.text import Language, Text
from omamori.pipeline.check import check_info, checks_for
from omamori.pipeline.clock import local_zone
from omamori.pipeline.error import UserError
from omamori.pipeline.evidence_lines import evidence_lines
from omamori.pipeline.observer import Observer
from omamori.report.clean import clean
from omamori.report.data import build_report
from omamori.report.discreet import PERSONAL_TABLES
from omamori.report.inquiry import Counted, Inquiry, Proposals, build_inquiry, count_vendors, vendor_names
from omamori.report.inquiry_excel import render_inquiry
from omamori.report.inquiry_word import render_letter
from omamori.report.shape import Report
from omamori.respond.harden.facts import read_facts
from omamori.respond.harden.plan import make_plan
from omamori.snapshot.database import UNREADABLE, Database
from omamori.snapshot.files import private_folder, write_whole
from omamori.snapshot.manifest import Snapshot, snapshots
from omamori.snapshot.site import Site

FORMATS = ("xlsx", "docx")
_WORD = re.compile(r"[a-z_]+")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class Exported:
    """The files written, and what they ask."""

    files: tuple[Path, ...]
    inquiry: Inquiry


def list_vendors(site_path: Path, observer: Observer) -> tuple[Counted, ...]:
    """Return every vendor of the newest snapshot with its counts; `UserError` when there is no snapshot."""
    with _newest(site_path, observer) as (report, database):
        return count_vendors(report, database)


def export_inquiry(
    site_path: Path,
    vendor: str,
    out: Path | None,
    formats: Sequence[str],
    language: Language,
    observer: Observer,
    *,
    replace: bool,
    own_checks: tuple[Path, ...] = (),
    zone: tzinfo | None = None,
) -> Exported:
    """Write the inquiry to one vendor.

    In: `out` is the Excel file (other formats stand beside it); None: in the site's reports. Files are readable by their
    owner only. Raises `UserError` when the ledger names no such vendor, nothing is its, or a file is there already.
    """
    with _newest(site_path, observer, own_checks) as (report, database):
        names = vendor_names(database)
        if vendor not in names:
            raise UserError(
                f"台帳に業者「{vendor}」がありません。あるのは: {'、'.join(names) or 'なし'}",
                f"the ledger names no vendor {vendor!r}; there are: {', '.join(names) or 'none'}",
            )
        inquiry = build_inquiry(report, database, vendor, personal_checks(checks_for(own_checks)), proposals(database, report.moment))
    if not inquiry.machines and not inquiry.lines:
        raise UserError(
            f"台帳に「{vendor}」の機器も回線もありません。「機器」シートの「保守業者」に書いて取り込んでください",
            f"the ledger holds no machine and no line of {vendor}: enter it in the sheet of machines and import it",
        )
    base = out or private_folder(Site(site_path).reports) / f"{_file_name(vendor, language)}.xlsx"
    content: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: render_inquiry(inquiry, language, zone or local_zone()),
        "docx": lambda: render_letter(inquiry, language, zone or local_zone()),
    }
    stem = base.with_suffix("") if base.suffix.lower().lstrip(".") in FORMATS else base
    files = [stem.with_name(f"{stem.name}.{name}") for name in formats]
    for path in files:
        if path.exists() and not replace:
            raise UserError(
                f"「{path}」はすでにあります。別の名前にするか --force を付けてください",
                f"{path} is there already: choose another name or add --force",
            )
    observer.step(Text("照会書を書いています", "Writing the inquiry"))
    for name, path in zip(formats, files, strict=True):
        write_whole(path, content[name]())
    return Exported(tuple(files), inquiry)


def proposals(database: Database, moment: datetime) -> Proposals:
    """Return what the hospital would do on machines that others run: asked of them, never done (see `omamori harden`)."""
    facts = read_facts(database, moment)
    if not facts.machines:
        return {}
    asked: dict[tuple[str, str], list[Text]] = {}
    for question in make_plan(facts, "", ("all",)).questions:
        for promise in question.promises:
            asked.setdefault((promise.check, clean(promise.subject)), []).append(question.ask)
    return asked


def personal_checks(checks: Sequence[Check]) -> frozenset[str]:
    """Return the checks that read tables whose lines of evidence may hold accounts, people or what was plugged in."""
    return frozenset(check.id for check in checks if PERSONAL_TABLES & set(_WORD.findall(check.sql.lower())))


@contextmanager
def _newest(site_path: Path, observer: Observer, own_checks: tuple[Path, ...] = ()) -> Iterator[tuple[Report, Database]]:
    """Open the newest snapshot and its report, without comparing it with an earlier one."""
    site = Site(site_path)
    held = [snapshot for snapshot in snapshots(site) if snapshot.tables.exists()]
    if not held:
        raise UserError("まだ判定がありません。先に omamori check を実行してください", "no snapshot yet: run omamori check first")
    newest = held[-1]
    observer.step(Text("判定を読んでいます", "Reading the snapshot"))
    try:
        with Database(newest.tables, read_only=True) as database:
            yield _report(site, newest, database, checks_for(own_checks)), database
    except UNREADABLE as error:
        raise UserError(
            f"{newest.id} の表が壊れています。omamori rebuild {newest.id} で作り直せます",
            f"the tables of {newest.id} are harmed: omamori rebuild {newest.id} makes them anew",
        ) from error


def _report(site: Site, snapshot: Snapshot, database: Database, checks: Sequence[Check]) -> Report:
    chosen = set(snapshot.manifest.evidence)
    receipts = [receipt for receipt in site.evidence.receipts() if receipt.id in chosen]
    return build_report(
        database,
        tuple(database.rows("verdicts")),
        [check_info(check) for check in checks],
        topics(),
        read_evidence=partial(evidence_lines, site.evidence, receipts),
        moment=snapshot.manifest.moment,
        version=__version__,
    )


def _file_name(vendor: str, language: Language) -> str:
    name = _FORBIDDEN.sub("_", vendor).strip(". ")[:60] or "vendor"
    return f"照会書_{name}" if language == "ja" else f"inquiry_{name}"
