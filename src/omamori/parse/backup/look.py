"""A look at a repository (`omamori backup verify`) → `backup_repositories`, `backup_generations`, `backup_damage`, `backup_signs`.

A repository often holds copies of several machines: each is a subject of its own, by the name a person said or the host the repository names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from omamori.model.backup import BackupDamage, BackupGeneration, BackupRepository, BackupSign
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.backup.look_clean import clean_run
from omamori.parse.backup.look_record import KIND, MARK, LookRecord, read_record
from omamori.parse.interface import Context, Parser

TABLES = ("backup_repositories", "backup_generations", "backup_damage", "backup_signs")
_STALE = timedelta(days=1)
_READ_ON = "run omamori backup verify again until everything was read once"
_LOOK_ON = "run omamori backup verify again until every generation was compared"


def parse(data: bytes, context: Context) -> Parsed:
    """Return what a look found; EvidenceError when it is no record of this version."""
    del context
    record, lost = read_record(data)
    owners = owners_of(record)
    lines = _lines(data)
    rows: list[Any] = [_repository(record, subject) for subject in owners]
    rows += [row for number, run in enumerate(record.runs) for row in _generation(record, run.host, run, lines("generations", number))]
    rows += [row for number, one in enumerate(record.gone) for row in _gone(record, one.host, one, lines("gone", number))]
    rows += [row for number, one in enumerate(record.damage) for row in _damage(record, owners, one, lines("damage", number))]
    rows += [
        BackupSign(
            asset=owner_of(record, one.host),
            job=record.job or record.place.kind,
            repository=record.place.id,
            generation=one.generation,
            finished=one.finished,
            kind=one.kind,
            detail=one.detail,
            share=one.share,
            certain=one.certain,
            evidence=lines("signs", number),
        )
        for number, one in enumerate(record.signs)
    ]
    problems = (Problem(1, "items of a record of a backup", "バックアップの記録の項目"),) if lost else ()
    looks = tuple(look for subject in owners for look in _looks(record, subject, broken=bool(lost)))
    claims = tuple((subject, (f"name:{subject}",)) for subject in owners)
    return Parsed(rows=tuple(rows), looks=looks, problems=problems, claims=claims, speaker=record.place.id)


def owner_of(record: LookRecord, host: str) -> str:
    """Return whose copy a generation of `host` is: the machine a person named, unless the repository holds several hosts and that is one of them."""
    hosts = {run.host.lower() for run in record.runs if run.host}
    if record.machine and not (len(hosts) > 1 and record.machine.lower() in hosts):
        return record.machine
    return record.machine if record.machine and host.lower() == record.machine.lower() else host or record.machine


def owners_of(record: LookRecord) -> tuple[str, ...]:
    """Return every machine whose copies the repository holds; the one a person named also where none was found."""
    hosts = {run.host for run in record.runs} | {one.host for one in record.gone}
    found = {owner_of(record, host) for host in hosts}
    return tuple(sorted(name for name in found | {record.machine} if name))


def _looks(record: LookRecord, subject: str, *, broken: bool) -> Iterable[Look]:
    """Without an open repository nothing is said of what it holds: what was known of it before stays what is known."""
    if broken:
        yield from (Look(table, complete=False, reason="not_understood", asset=subject) for table in TABLES)
        return
    yield Look("backup_repositories", asset=subject)
    if not record.opened:
        if record.damage:
            yield Look("backup_damage", complete=False, reason="not_collected", needs=_READ_ON, asset=subject)
        return
    yield Look("backup_generations", asset=subject)
    read = record.reading.whole_since is not None
    yield Look("backup_damage", read, reason=None if read else "not_collected", needs=None if read else _READ_ON, asset=subject)
    compared = record.looked_into and all(run.compared is not None for run in record.runs if run.complete is not False)
    yield Look("backup_signs", compared, reason=None if compared else "not_collected", needs=None if compared else _LOOK_ON, asset=subject)


def _repository(record: LookRecord, subject: str) -> BackupRepository:
    place, reading = record.place, record.reading
    oldest = min((one.since for one in record.locks if one.since is not None), default=None)
    clean = clean_run([run for run in record.runs if owner_of(record, run.host) == subject], record.signs) if record.looked_into else None
    return BackupRepository(
        asset=subject,
        job=record.job or place.kind,
        repository=place.id,
        product=place.kind,
        version=place.format,
        target=place.target or None,
        target_kind=place.target_kind or None,
        kept_on=place.kept_on,
        medium=place.medium,
        readable=record.opened,
        unreadable_because=record.code,
        structure_ok=record.structure_ok,
        said="; ".join(record.said)[:1000] or None,
        locks=len(record.locks) if record.opened else None,
        stale_lock_since=oldest if oldest is not None and record.made - oldest > _STALE else None,
        parts=reading.parts,
        parts_read=reading.parts_read,
        bytes_total=reading.bytes_total,
        bytes_read=reading.bytes_read,
        whole_since=reading.whole_since,
        damaged_parts=len(record.damage),
        encrypted=place.encrypted,
        append_only=place.append_only,
        append_only_because=place.append_only_because,
        deleters=", ".join(place.deleters) or None,
        canary=record.canary_set,
        looked_into=record.looked_into,
        clean_generation=clean.id if clean else None,
        clean_finished=clean.finished if clean else None,
        evidence="1",
    )


def _generation(record: LookRecord, host: str, run: Any, line: str) -> Iterable[BackupGeneration]:
    yield BackupGeneration(
        asset=owner_of(record, host),
        job=record.job or record.place.kind,
        generation=run.id,
        finished=run.finished,
        ok=run.complete,
        target=record.place.target or None,
        target_kind=record.place.target_kind or None,
        repository=record.place.id,
        account=run.account or None,
        files=run.files,
        size=run.size,
        added=run.added,
        evidence=line,
    )


def _gone(record: LookRecord, host: str, one: Any, line: str) -> Iterable[BackupGeneration]:
    yield BackupGeneration(
        asset=owner_of(record, host),
        job=record.job or record.place.kind,
        generation=one.id,
        finished=one.finished,
        repository=record.place.id,
        gone=True,
        evidence=line,
    )


def _damage(record: LookRecord, owners: Sequence[str], harm: Any, line: str) -> Iterable[BackupDamage]:
    """A damaged part belongs to the machines whose generations need it; to all of them where that is not told."""
    hosts = {run.id: owner_of(record, run.host) for run in record.runs}
    hit = {hosts[name] for name in harm.generations or () if name in hosts}
    for subject in sorted(hit) or owners:
        yield BackupDamage(
            asset=subject,
            job=record.job or record.place.kind,
            repository=record.place.id,
            part=harm.part,
            detail=harm.detail,
            generations=None if harm.generations is None else ",".join(harm.generations),
            files=harm.files,
            evidence=line,
        )


class _Lines:
    """Where each item of a list stands: our writer puts one on each line."""

    def __init__(self, starts: Mapping[str, int], count: int) -> None:
        self._starts, self._count = starts, count

    def __call__(self, key: str, number: int) -> str:
        return str(min(self._starts.get(key, 0) + number + 1, self._count))


def _lines(data: bytes) -> _Lines:
    found: dict[str, int] = {}
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if line.endswith(b'": ['):
            found.setdefault(line[2:-4].decode("utf-8", "replace"), number)
    return _Lines(found, len(lines))


def recognise(head: bytes, file_name: str) -> bool:
    """Return whether a file is such a record, by how it begins."""
    del file_name
    return head.startswith(b'{"' + MARK.encode() + b'": ')


PARSERS = (Parser(kind=KIND, tables=TABLES, parse=parse, recognise=recognise),)
