"""Evidence kind `backup.result`: the documented file by which any other product, or a person, reports copies (docs/backup-result.md).

It is somebody's word: its "no" is believed, its "yes" is not where a look alone can show it. That nobody can delete a copy, until when it is locked
and that a restore matched is kept as words and stays "to confirm". See docs/decisions/0047-lists-and-result-files.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from omamori.model.backup import COMPARED, PROOF_RESULTS, TARGET_KINDS, BackupDamage, BackupGeneration, BackupRepository, RestoreProof
from omamori.model.look import Look, Parsed, Problem
from omamori.model.permission import Mistake
from omamori.model.text import Text, values
from omamori.parse.backup.form import DAMAGE, GENERATION_COLUMNS, GENERATIONS, REPOSITORIES, REPOSITORY_COLUMNS
from omamori.parse.backup.result_values import ResultReading, day_end, no_later
from omamori.parse.backup.values import kept_on, without_secrets
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.parse.lined_yaml import LARGEST, Lined, LinedError, read_lined
from omamori.parse.windows.decode import decode

KIND = "backup.result"
MARK = "omamori_backup_result"
PROOFS = "restore_proofs"
TABLES = (GENERATIONS, REPOSITORIES, DAMAGE, PROOFS)
ONLY_SAID = ("append_only", "locked_until", "lock_renewed")
"""Columns of a repository in which somebody's "yes" decides nothing; it stands in `append_only_because` until something shows it."""
_FORMAT = "1"
_RESULTS = tuple(value for value in PROOF_RESULTS if value.code != "told")
_SCOPES = values(("all", "すべて", "all"), ("sample", "一部", "a sample"))
_TOP = (MARK, "written_by", "written_on", "utc_offset", "copies")
_COPY = (
    "machine", "job", "product", "version", "target", "target_kind", "kept_on", "medium", "encrypted", "generations", "all_generations", "integrity",
    "lock", "append_only", "append_only_because", "deleters", "restore_tests",
)  # fmt: skip
_GENERATION = ("id", "finished", "ok", "size", "files", "added", "account")
_INTEGRITY = ("ok", "said", "checked", "parts", "parts_read", "damaged_parts")
_LOCK = ("until", "days", "renewed")
_TEST = (
    "generation", "began", "ended", "result", "because", "compared_with", "scope", "files", "bytes", "seconds", "database", "database_ok", "by",
)  # fmt: skip
_BEGIN = re.compile(rf'\s*(?:\{{\s*)?"?{MARK}"?\s*:')


@dataclass(frozen=True, slots=True)
class _Author:
    """Who wrote the file, of which clock, and the end of the day it was written on."""

    name: str
    offset: timezone
    until: datetime


def parse(data: bytes, context: Context) -> Parsed:
    """Return what the file says, per machine; `EvidenceError` that names line and what was expected for every mistake."""
    reading = ResultReading()
    content = _content(data, reading)
    rows: list[Any] = []
    looks: list[Look] = []
    voices: list[str] = []
    author = None
    if content is not None:
        author = _author(content, reading, context.seen)
        copies = reading.items(content, "copies")
        if not copies:
            reading.wrong(
                content.lines.get("copies", content.line), "copies: 控えを一つ以上書いてください", "copies: write one copy at least"
            )
        for copy in copies:
            voices.append(_copy(copy, reading, author, rows, looks))
    if reading.mistakes:
        raise EvidenceError(_told(reading.mistakes))
    subjects = dict.fromkeys(row.asset for row in rows)
    claims = tuple((name, (f"name:{name}",)) for name in subjects)
    day = content and author and author.until.date()
    return Parsed(
        tuple(rows), _joined(looks), _notes(rows), claims=claims, speaker=",".join(sorted(set(voices)))[:400], said_on=day or None
    )


def _content(data: bytes, reading: ResultReading) -> Lined | None:
    text = decode(data).plain.replace("\t", " ")
    try:
        content = read_lined(text, words=True)
    except LinedError as error:
        found = re.match(r"line (\d{1,7}): ", str(error))
        reading.wrong(
            int(found[1]) if found else 0,
            "JSONとして読めません。かっこ、引用符、行末のコンマを確かめてください",
            "cannot be read as JSON: see the brackets, the quotation marks and the commas between lines",
        )
        return None
    if not isinstance(content, Lined):
        reading.wrong(1, f'「{{ "{MARK}": 1, …」で始めてください', f'begin with {{ "{MARK}": 1, …')
        return None
    reading.known_keys(content, _TOP)
    if reading.text(content, MARK) != _FORMAT:
        reading.wrong(content.lines.get(MARK, 1), f"{MARK}: {_FORMAT} と書いてください", f"{MARK}: write {_FORMAT}")
    return content


def _author(content: Lined, reading: ResultReading, seen: datetime) -> _Author:
    name = reading.said(content, "written_by", required=True) or ""
    offset = reading.offset(content, "utc_offset")
    reading.said(content, "written_on", required=True)
    day = reading.day(content, "written_on")
    until = day_end(day.year, day.month, day.day, offset) if day else seen
    if day and not no_later(until, seen):
        reading.wrong(content.lines["written_on"], "written_on: まだ来ていない日です", "written_on: this day has not come yet")
    return _Author(name, offset, min(until, seen))


def _copy(copy: Lined, reading: ResultReading, author: _Author, rows: list[Any], looks: list[Look]) -> str:
    """Add the rows and looks of one copy; returns whose word it is: product, machine and place."""
    reading.known_keys(copy, _COPY)
    machine = (reading.said(copy, "machine", required=True) or "")[:64]
    product = (reading.said(copy, "product", required=True) or "")[:64].lower()
    target = without_secrets(reading.said(copy, "target") or "")
    keeper = reading.said(copy, "kept_on") or kept_on(target)
    medium = reading.said(copy, "medium")
    name = f"{product}:{target or medium or keeper or machine}"[:200]
    common = {"asset": machine, "job": reading.said(copy, "job") or product, "repository": name, "evidence": str(copy.line)}
    place = {"target": target or None, "target_kind": reading.choice(copy, "target_kind", TARGET_KINDS)}
    listed = [_generation(one, reading, author, {**common, **place}) for one in reading.items(copy, "generations")]
    rows += [row for row in listed if row is not None]
    if "generations" in copy:
        whole = reading.maybe(copy, "all_generations") is True
        looks.append(_look(GENERATIONS, machine, author, [row for row in listed if row is not None], GENERATION_COLUMNS, whole=whole))
    store = _repository(copy, reading, author, {**common, **place}, product, keeper, medium)
    rows.append(store)
    looks.append(_look(REPOSITORIES, machine, author, [store], REPOSITORY_COLUMNS, whole=True, said=ONLY_SAID))
    if store.damaged_parts:
        rows.append(
            BackupDamage(asset=machine, job=common["job"], repository=name, part="?", detail="altered", evidence=common["evidence"])
        )
    looks.append(Look(DAMAGE, complete=False, reason="to_confirm", asset=machine, covers_until=author.until))
    if "restore_tests" in copy:
        rows += [_proof(one, reading, author, common) for one in reading.items(copy, "restore_tests")]
        looks.append(Look(PROOFS, asset=machine, covers_until=author.until))
    return f"{name}@{machine}"


def _generation(one: Lined, reading: ResultReading, author: _Author, common: dict[str, Any]) -> BackupGeneration | None:
    reading.known_keys(one, _GENERATION)
    finished = reading.when(one, "finished", author.offset, required=True)
    if finished is not None and not no_later(finished, author.until):
        reading.wrong(one.lines["finished"], "finished: 書いた日より後です", "finished: is after the day the file was written on")
    if finished is None:
        return None
    return BackupGeneration(
        **{**common, "evidence": str(one.line)}, generation=reading.said(one, "id") or f"{finished:%Y-%m-%dT%H:%M:%S}", finished=finished,
        ok=reading.maybe(one, "ok"), size=reading.count(one, "size"), files=reading.count(one, "files"), added=reading.count(one, "added"),
        account=reading.said(one, "account"),
    )  # fmt: skip


def _repository(
    copy: Lined, reading: ResultReading, author: _Author, common: dict[str, Any], product: str, keeper: str | None, medium: str | None
) -> BackupRepository:
    integrity, lock = reading.part(copy, "integrity"), reading.part(copy, "lock")
    reading.known_keys(integrity, _INTEGRITY)
    reading.known_keys(lock, _LOCK)
    checked = reading.when(integrity, "checked", author.offset)
    ok, said = reading.maybe(integrity, "ok"), reading.said(integrity, "said")
    only, until, renewed = reading.maybe(copy, "append_only"), reading.when(lock, "until", author.offset), reading.maybe(lock, "renewed")
    days = reading.count(lock, "days")
    told = [
        "append only" if only else None, reading.said(copy, "append_only_because"), f"locked until {until:%Y-%m-%d}" if until else None,
        f"lock of {days} days" if days else None, "lock is renewed" if renewed else None,
    ]  # fmt: skip
    because = "; ".join(filter(None, told))
    if ok is not None and checked is not None:
        said = f"{said or ('found whole' if ok else 'found damaged')} ({checked:%Y-%m-%d}, told by {author.name})"
    return BackupRepository(
        **common, product=product, version=reading.said(copy, "version"), kept_on=keeper, medium=medium, structure_ok=ok, said=said,
        parts=reading.count(integrity, "parts"), parts_read=reading.count(integrity, "parts_read"),
        damaged_parts=reading.count(integrity, "damaged_parts"), encrypted=reading.maybe(copy, "encrypted"),
        append_only=False if only is False else None, lock_renewed=False if renewed is False else None,
        append_only_because=f"told by {author.name}: {because}" if because else None,
        deleters=", ".join(reading.names(copy, "deleters")) or None,
    )  # fmt: skip


def _proof(one: Lined, reading: ResultReading, author: _Author, common: dict[str, Any]) -> RestoreProof:
    reading.known_keys(one, _TEST)
    began, ended = reading.when(one, "began", author.offset), reading.when(one, "ended", author.offset, required=True)
    if not no_later(ended, author.until):
        reading.wrong(one.lines["ended"], "ended: 書いた日より後です", "ended: is after the day the file was written on")
    if began and ended and began > ended:
        reading.wrong(one.lines["ended"], "ended: began より前です", "ended: is before `began`")
    seconds = reading.count(one, "seconds")
    if seconds is None and began and ended:
        seconds = int((ended - began).total_seconds())
    result = reading.choice(one, "result", _RESULTS, required=True) or ""
    started = reading.maybe(one, "database_ok")
    because = [reading.said(one, "because"), "the database started, as told" if started else None]
    return RestoreProof(
        **{**common, "evidence": str(one.line)}, generation=reading.said(one, "generation") or "", began=began, ended=ended,
        result="told" if result == "whole" else result, because="; ".join(filter(None, because)) or None,
        compared_with=reading.choice(one, "compared_with", COMPARED) or "nothing", scope=reading.choice(one, "scope", _SCOPES) or "",
        files=reading.count(one, "files"), bytes=reading.count(one, "bytes"), seconds=float(seconds) if seconds is not None else None,
        database=reading.said(one, "database"), database_ok=False if started is False else None,
        said_by=f"{reading.said(one, 'by') or author.name} (result file of {author.name})",
    )  # fmt: skip


def _look(
    table: str, machine: str, author: _Author, rows: Sequence[Any], columns: Sequence[str], *, whole: bool, said: tuple[str, ...] = ()
) -> Look:
    missing = tuple(name for name in columns if name in said or all(getattr(row, name) is None for row in rows))
    return Look(
        table,
        complete=whole,
        missing=missing,
        reason="to_confirm" if missing or not whole else None,
        asset=machine,
        covers_until=author.until,
    )


def _joined(looks: Sequence[Look]) -> tuple[Look, ...]:
    """One look for each machine and table, where a file tells of several copies of one machine: as complete as the least of them."""
    found: dict[tuple[str, str], Look] = {}
    for look in looks:
        other = found.get((look.asset, look.table))
        if other is None or (other.complete and not look.complete):
            first, second = look, other
        else:
            first, second = other, look
        missing = tuple(dict.fromkeys((*first.missing, *(second.missing if second else ()))))
        reason = first.reason or (second.reason if second else None)
        found[look.asset, look.table] = Look(
            look.table, complete=first.complete, missing=missing, reason=reason, asset=look.asset, covers_until=look.covers_until
        )
    return tuple(found.values())


def _notes(rows: Sequence[Any]) -> tuple[Problem, ...]:
    """A restore that compared nothing is told at once: it shows that something came back, not that it is what was saved."""
    return tuple(
        Problem(
            int(row.evidence), "what the restored files were compared with (compared_with)", "戻したものを何と比べたか(compared_with)。書かれていません"
        )
        for row in rows
        if isinstance(row, RestoreProof) and row.result == "told" and row.compared_with == "nothing"
    )  # fmt: skip


def _told(mistakes: Sequence[Mistake]) -> Text:
    ordered = sorted(mistakes, key=lambda one: one.line)[:20]
    ja = " / ".join(f"{one.line}行目 {one.text.ja}" if one.line else one.text.ja for one in ordered)
    en = " / ".join(f"line {one.line}: {one.text.en}" if one.line else one.text.en for one in ordered)
    return Text(ja, en)


def recognise(head: bytes, file_name: str) -> bool:
    """Whether a file is a result file, by its first key."""
    del file_name
    return _BEGIN.match(decode(head[:4096]).plain) is not None


PARSERS = (Parser(kind=KIND, tables=TABLES, parse=parse, recognise=recognise, max_bytes=LARGEST),)
