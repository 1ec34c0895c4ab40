"""The sheet of a standard: which edition, what the evidence says to its items, and the workbook a person answers in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from pathlib import Path

from omamori.evaluate.check import Check
from omamori.evaluate.item_facts import Facts
from omamori.evaluate.items import decide
from omamori.knowledge.editions import (
    Choice,
    Edition,
    EditionError,
    edition_for,
    edition_names,
    edition_text,
    load_edition,
    read_edition_file,
)
from omamori.model.answer_sheet import ADDED
from omamori.model.standard import ItemDecision
from omamori.model.text import Language, Text
from omamori.pipeline.check import checks_for
from omamori.pipeline.clock import local_zone, utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.evidence_lines import evidence_lines
from omamori.pipeline.items import day_of, other_sheet, ran_by, read_facts
from omamori.pipeline.ledger import refuse_existing
from omamori.pipeline.observer import Observer
from omamori.pipeline.take import take_snapshot
from omamori.pipeline.vendor import personal_checks
from omamori.report.discreet import Discreet, discreet
from omamori.report.evidence_line import EvidenceLine
from omamori.report.standard_sheet import answer_sheet_bytes
from omamori.report.standard_sheet_shape import AnswerSheet
from omamori.report.standard_sheet_words import validity
from omamori.snapshot.database import UNREADABLE, Database
from omamori.snapshot.files import write_whole
from omamori.snapshot.manifest import Snapshot, snapshots
from omamori.snapshot.site import Site

FAMILY = "checklist"
"""The family that is meant where nobody names a standard."""
_OWN_FILES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """Which sheet: `standard` a name (`checklist/r7-hospital`, or a family), a file of one's own, or None for the checklist of the day.

    `role` hospital or vendor, None: vendor where one is named. `moment` in UTC, None: now. `zone`: the hospital's.
    """

    site: Path
    standard: str | None = None
    role: str | None = None
    vendor: str = ""
    moment: datetime | None = None
    zone: tzinfo = field(default_factory=local_zone)
    own_checks: tuple[Path, ...] = ()


def make_sheet(request: SheetRequest, observer: Observer) -> AnswerSheet:
    """Return the sheet: the edition of the day, decided over the evidence known at that moment.

    Judges anew where evidence came in since the newest snapshot, or where that is of another day. Raises UserError for what
    the user has to change.
    """
    moment = request.moment or utc_now()
    choice = choose_edition(request, day_of(moment, request.zone))
    checks = checks_for(request.own_checks)
    site = Site(request.site)
    snapshot = _snapshot(site, checks, moment, request.zone, observer)
    observer.step(Text("項目ごとに根拠をまとめています", "Putting the evidence to the items"))
    edition = choice.edition
    try:
        with Database(snapshot.tables, read_only=True) as database:
            # A vendor's sheet leaves the house: what the hospital answered does not go with it.
            beside = other_sheet(edition) if edition.role == "hospital" else None
            facts = read_facts(database, [edition], checks, day_of(snapshot.manifest.moment, request.zone), ran=ran_by(snapshot, checks))
            hide = discreet(database, _theirs(facts, request.vendor)) if edition.role == "vendor" else None
    except UNREADABLE as error:
        raise UserError(
            f"{snapshot.id} の表が壊れています。omamori rebuild {snapshot.id} で作り直せます",
            f"the tables of {snapshot.id} are harmed: omamori rebuild {snapshot.id} makes them anew",
        ) from error
    if edition.role == "vendor":
        _name_the_vendor(request.vendor, facts, observer)
    decisions = decide(edition, facts, beside=beside, vendor=request.vendor)
    if edition.role == "vendor":
        own = decide(edition, _of_vendor_only(facts), vendor=request.vendor)
        decisions = tuple(_without_others(one, alone) for one, alone in zip(decisions, own, strict=True))
    receipts = [receipt for receipt in site.evidence.receipts() if receipt.id in set(snapshot.manifest.evidence)]
    references = {proof.evidence for decision in decisions for proof in decision.proofs if proof.evidence}
    lines = evidence_lines(site.evidence, receipts, references)
    if hide is not None:
        lines = quotable(lines, decisions, personal_checks(checks), hide)
        decisions = tuple(
            replace(one, proofs=tuple(replace(proof, text=hide.text(proof.text)) for proof in one.proofs)) for one in decisions
        )
    answers = (one for one in facts.answers if (one.standard, one.vendor) == (edition.name, request.vendor))
    return AnswerSheet(
        edition=edition,
        decisions=decisions,
        moment=snapshot.manifest.moment,
        said=choice.said,
        vendor=request.vendor,
        added=tuple(one for one in answers if one.item.startswith(ADDED)),
        titles={check.id: check.title for check in checks},
        lines=lines,
    )


def write_sheet_file(sheet: AnswerSheet, path: Path, language: Language, zone: tzinfo, *, replace_it: bool) -> None:
    """Write the workbook, readable by its owner only; UserError where the file is there and may not be replaced."""
    refuse_existing(path, replace_it)
    write_whole(path, answer_sheet_bytes(sheet, language, zone))


def choose_edition(request: SheetRequest, day: date) -> Choice:
    """Return the edition a request means, and what to say where it is not that of the day; UserError where there is none."""
    if request.role not in (None, "hospital", "vendor"):
        raise UserError("--role は hospital か vendor です", "--role is hospital or vendor")
    role = request.role or ("vendor" if request.vendor or _only_for_vendors(request.standard) else "hospital")
    try:
        choice = _choice(request.standard, role, day)
    except EditionError as error:
        raise UserError(f"版のファイルを読めません: {error}", f"the edition cannot be read: {error}") from error
    edition = choice.edition
    if request.vendor and edition.role != "vendor":
        raise UserError(
            f"{edition.name} は医療機関が記入する版です。--vendor は --role vendor の版に付けます",
            f"{edition.name} is answered by the hospital; --vendor goes with an edition of the role vendor",
        )
    if edition.role == "vendor" and not request.vendor:
        raise UserError(
            "事業者の名前を --vendor で指定してください(台帳の「業者」シートの名前)",
            "name the vendor with --vendor, as in the sheet Vendors of the ledger",
        )
    return choice


def _only_for_vendors(standard: str | None) -> bool:
    """Whether a family has no edition for the hospital, as MDS/SDS has none."""
    roles = {edition.role for edition in held_editions() if edition.family == standard}
    return roles == {"vendor"}


def _choice(standard: str | None, role: str, day: date) -> Choice:
    if standard is not None and standard.lower().endswith(_OWN_FILES):
        return _from_file(Path(standard), day)
    if standard is not None and "/" in standard:
        name = next((name for name in (standard, f"{standard}-{role}") if name in edition_names()), None)
        if name is None:
            raise _no_edition(standard)
        edition = load_edition(name)
        return Choice(edition, None if edition.holds_on(day) else _other_period(edition, day))
    family = standard or FAMILY
    if not any(edition.family == family and edition.role == role for edition in held_editions()):
        raise _no_edition(f"{family} ({role})")
    return edition_for(family, role, day)


def _from_file(path: Path, day: date) -> Choice:
    if not path.is_file():
        raise UserError(f"「{path}」がありません。場所と名前を確かめてください", f"there is no file {path}; check its place and name")
    edition = read_edition_file(path)
    # A name goes through the cells of a workbook and back: no odd spaces in it.
    edition = replace(edition, name=" ".join(edition.name.split()))
    return Choice(edition, None if edition.holds_on(day) else _other_period(edition, day))


def _no_edition(wanted: str) -> UserError:
    names = ", ".join(edition_names())
    return UserError(
        f"「{wanted}」の版は入っていません。あるのは {names}。自分の .yaml も使えます",
        f"no edition {wanted} is held; there are {names}, or name a .yaml of your own",
    )


def _other_period(edition: Edition, day: date) -> Text:
    held = validity(edition)
    return Text(
        f"この版が当てはまる期間は {held.ja} で、{day:%Y-%m-%d} はその外です",
        f"this edition holds for {held.en}; {day:%Y-%m-%d} lies outside",
    )


def _name_the_vendor(vendor: str, facts: Facts, observer: Observer) -> None:
    known = {*facts.vendors, *facts.vendor_of.values(), *facts.line_vendor.values()}
    if vendor not in known:
        names = "、".join(facts.vendors[:20]) or "-"
        observer.told(
            Text(
                f"台帳に業者「{vendor}」はありません。機器のないシートになります。台帳の業者: {names}",
                f"the ledger has no vendor {vendor!r}, so the sheet has no machines; vendors of the ledger: {names}",
            )
        )


def _of_vendor_only(facts: Facts) -> Facts:
    """Return the facts with every machine and line of which nobody knows the vendor as nobody's."""
    judged = {verdict.subject for check in facts.checks.values() for verdict in check.verdicts}

    def known(whose: Mapping[str, str | None]) -> Mapping[str, str]:
        return {name: whose.get(name) or "" for name in {*judged, *whose}}

    return replace(facts, vendor_of=known(facts.vendor_of), line_vendor=known(facts.line_vendor))


def _without_others(decision: ItemDecision, own: ItemDecision) -> ItemDecision:
    """Return a decision as it may leave the house: with the proofs of the vendor's own machines only.

    A machine nobody knows the vendor of may be this one's: it keeps the item from being answered, but is not named.
    """
    if decision.decision == own.decision:
        return own
    return replace(own, decision=decision.decision, draft=decision.draft, missing=(*own.missing, _NOBODY_KNOWS))


def _theirs(facts: Facts, vendor: str) -> tuple[str, ...]:
    """Return the machines and lines of a vendor, and its name: what its sheet may name."""
    return (vendor, *(name for whose in (facts.vendor_of, facts.line_vendor) for name, known in whose.items() if known == vendor))


def quotable(
    lines: Mapping[str, EvidenceLine], decisions: Sequence[ItemDecision], personal: Collection[str], hide: Discreet
) -> Mapping[str, EvidenceLine]:
    """Return lines as a vendor may read them: where one may hold people, accounts or other machines, only its place stays."""
    proofs = (proof for one in decisions for proof in one.proofs)
    silent = {proof.evidence for proof in proofs if proof.kind != "check" or proof.name in personal}
    return {
        reference: replace(line, text="") if reference in silent or hide.say(line.text, "ja") != line.text else line
        for reference, line in lines.items()
    }


_NOBODY_KNOWS = Text(
    "どの業者の担当か、病院の台帳で分からない機器または回線があります",
    "there are machines or lines of which the hospital's ledger does not tell the vendor",
)


def _snapshot(site: Site, checks: Sequence[Check], moment: datetime, zone: tzinfo, observer: Observer) -> Snapshot:
    """Return the newest snapshot of the moment's day that knows all evidence; take one where there is none."""
    known = {receipt.id for receipt in site.evidence.receipts() if receipt.received <= moment}
    if not known:
        raise UserError(
            "まだ何も取り込んでいません。先に omamori check --here か omamori import を実行してください",
            "nothing was taken in yet: run omamori check --here or omamori import first",
        )
    held = [one for one in snapshots(site) if one.tables.exists() and one.manifest.moment <= moment]
    if held and known <= set(held[-1].manifest.evidence) and day_of(held[-1].manifest.moment, zone) == day_of(moment, zone):
        return held[-1]
    return take_snapshot(site, checks, moment, observer).snapshot


def held_editions() -> tuple[Edition, ...]:
    """Return every edition that is held, by name; UserError when one cannot be read."""
    try:
        return tuple(load_edition(name) for name in edition_names())
    except EditionError as error:
        raise UserError(f"版を読めません: {error}", f"an edition cannot be read: {error}") from error


def start_edition(path: Path, standard: str | None, role: str | None, *, replace_it: bool) -> str:
    """Write the newest edition of a family and role to a file, to correct for a year that is not held; returns its name."""
    refuse_existing(path, replace_it)
    family = (standard or FAMILY).partition("/")[0]
    fitting = [edition for edition in held_editions() if edition.family == family and edition.role == (role or "hospital")]
    if standard and "/" in standard:
        fitting = [edition for edition in held_editions() if edition.name in (standard, f"{standard}-{role or 'hospital'}")]
    if not fitting:
        raise UserError(
            f"「{standard or FAMILY}」の版はありません", f"no edition of {standard or FAMILY} is held; see omamori checklist --list"
        )
    newest = max(fitting, key=lambda edition: (edition.valid_from or date.min, edition.name))
    write_whole(path, (_START.format(name=newest.name, file=path.name) + edition_text(newest.name)).encode())
    return newest.name


_START = """\
# {name} を写したものです。公表された用紙を見て、edition、title、valid_from、valid_until、source と各項目の文言を直してください。
# 直したら: omamori checklist --standard {file} --out FILE.xlsx
# A copy of {name}. With the published sheet beside it, correct edition, title, valid_from, valid_until, source and the words of each item.
# Then: omamori checklist --standard {file} --out FILE.xlsx
"""
