"""`omamori backup verify`: opens a repository, reads a share of it, compares its generations, and stores what was found as evidence."""

from __future__ import annotations

import platform
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from omamori import __version__
from omamori.backup.interface import BackupError, Generation, Repository, Structure
from omamori.backup.look.history import History, Room, look_back
from omamori.backup.look.picking import MOST_BYTES
from omamori.backup.look.reading import ReadNow, read_round
from omamori.backup.look.record import write_record
from omamori.backup.place import without_credentials
from omamori.backup.registry import kind_of
from omamori.model.text import Text
from omamori.parse.backup import canary as canaries
from omamori.parse.backup import look_record
from omamori.parse.backup.canary import Canary
from omamori.parse.backup.look_clean import clean_run
from omamori.parse.backup.look_record import Gone, Harm, LookRecord, Place, Reading, Run
from omamori.parse.interface import EvidenceError
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers
from omamori.pipeline.backup_place import earlier_looks, key_of, memory_place, place_typed, private_place, site_name, stored_of_kind, wipe
from omamori.pipeline.clock import utc_now
from omamori.pipeline.observer import Observer
from omamori.snapshot.evidence import EvidenceStore, Item, Visit
from omamori.snapshot.site import Site

_UNFINISHED = "unfinished-looks"


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """What a person asked for. `share` from 0 to 1 (None: as fits the size); `kept_on` and `medium` as the person names them."""

    site: Path
    place: str
    machine: str = ""
    job: str = ""
    kind: str = ""
    password_file: Path | None = None
    kept_on: str | None = None
    medium: str | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it. `stored`: the record is evidence of the site. `ended`: why it ended early, in words; None: it went to its end."""

    record: LookRecord
    stored: bool
    read: ReadNow | None = None
    history: History | None = None
    canaries: int = 0
    ended: Text | None = None


def verify_backup(request: VerifyRequest, observer: Observer, stop: threading.Event) -> Verified:
    """Look into a repository and store what was found; a stop keeps what was found until then.

    Raises `UserError`, `SiteError`, OSError; what is wrong with the repository is told in the result.
    """
    key = key_of(request.password_file)
    request = replace(request, place=place_typed(request.place))
    site = Site(request.site).create()
    store = site.evidence
    now = utc_now()
    record = LookRecord(made=now, version=__version__, machine=request.machine, job=request.job)
    with ExitStack() as stack:
        workshop = stack.enter_context(private_place(site.path / _UNFINISHED, "look"))
        try:
            observer.step(Text("保存先を開いています", "Opening the repository"))
            repository = kind_of(request.place, request.kind).open(request.place, key, workshop)
            record = replace(record, place=_place(repository, request))
        except BackupError as error:
            record = replace(record, code=error.code, place=_unopened(request, store))
            return _keep(store, Verified(record, False, ended=error.text))
        room = _room(stack, workshop)
        return _keep(store, _look(request, repository, record, store, room, observer, stop))


def _look(
    request: VerifyRequest,
    repository: Repository,
    record: LookRecord,
    store: EvidenceStore,
    room: Room,
    observer: Observer,
    stop: threading.Event,
) -> Verified:
    """Look at one thing after the other; whatever fails, what was found until then is in the result."""
    locked_out: BackupError | None = None
    generations: tuple[Generation, ...] = ()
    try:
        observer.step(Text("世代を読んでいます", "Listing the generations"))
        generations = repository.generations()
    except BackupError as error:
        locked_out = error
    if locked_out is not None and record.place.id.startswith("config-"):
        # Without the password a repository does not tell its own name: by its place it is the one that was read before.
        record = replace(record, place=replace(record.place, id=_known_id(record.place, store)))
    place = record.place
    record = replace(record, place=replace(place, id=site_name(store, place.id, place.target, place.medium)))
    newest, before = _before(store, record.place.id)
    reading = newest.reading if newest is not None else Reading()
    record = replace(
        record,
        opened=locked_out is None,
        code=None if locked_out is None else locked_out.code,
        runs=tuple(Run(one.id, one.finished, one.host, one.account, one.files, one.size, one.added, one.complete) for one in generations),
        gone=_gone(before, generations) if locked_out is None else (),
        reading=reading,
        locks=_locks(repository),
    )
    structure = _structure(repository, observer, stop) if locked_out is None else Structure(None)
    record = replace(record, structure_ok=structure.ok, said=structure.said)
    known = {one.part: one for one in newest.damage} if newest is not None else {}
    read = _read(request, repository, reading, set(known), record.made, observer, stop)
    damages = _damages(repository, structure, read, known, locked_out is None)
    record = replace(record, reading=read.reading, damage=damages)
    ended = read.ended
    history = None
    set_files = _canaries(store, record)
    if locked_out is None and (ended is None or ended.code not in ("gone", "unreachable")):
        observer.step(Text("世代を比べ、暗号化された跡を調べています", "Comparing generations, looking for traces of encryption"))
        history = look_back(repository, generations, before, set_files, room, observer.progress, stop)
        ended = ended or history.ended
        record = _with_history(record, history, set_files)
    elif before is not None and locked_out is None:
        record = _carried(record, before)
    ended = locked_out or ended
    count = sum(map(len, set_files.values()))
    return Verified(record, False, read, history, count, ended.text if ended is not None else None)


def _carried(record: LookRecord, before: LookRecord) -> LookRecord:
    """Carry on what an earlier look compared, where this one did not come to it."""
    compared = {run.id: run.compared for run in before.runs}
    runs = tuple(replace(run, compared=compared.get(run.id)) for run in record.runs)
    clean = clean_run(runs, before.signs) if before.looked_into else None
    return replace(
        record,
        runs=runs,
        signs=before.signs,
        canary_set=before.canary_set,
        canary=before.canary,
        looked_into=before.looked_into,
        clean=(clean.id, clean.finished) if clean is not None else None,
    )


def _with_history(record: LookRecord, history: History, set_files: Mapping[str, Sequence[Canary]]) -> LookRecord:
    looked = any(run.compared is not None for run in history.runs)
    clean = clean_run(history.runs, history.signs) if looked else None
    return replace(
        record,
        runs=history.runs,
        signs=history.signs,
        canary_set=any(set_files.values()),
        canary=history.canary,
        looked_into=looked,
        clean=(clean.id, clean.finished) if clean is not None else None,
    )


def _locks(repository: Repository) -> tuple[look_record.Lock, ...]:
    try:
        return tuple(look_record.Lock(one.since, one.who, one.exclusive) for one in repository.locks())
    except BackupError:
        return ()  # whatever keeps them from being read is told by the next step


def _structure(repository: Repository, observer: Observer, stop: threading.Event) -> Structure:
    if stop.is_set():
        return Structure(None)
    observer.step(Text("保存先の目録が合っているか調べています", "Looking whether the repository's own lists fit together"))
    try:
        return repository.structure()
    except BackupError as error:
        return Structure(None, (error.text.en,))


def _read(
    request: VerifyRequest,
    repository: Repository,
    before: Reading,
    suspected: set[str],
    now: datetime,
    observer: Observer,
    stop: threading.Event,
) -> ReadNow:
    observer.step(
        Text(
            "データを最後の1バイトまで読んで確かめています(Ctrl-C で止めても、読んだところまでは残ります)",
            "Reading data to the last byte (Ctrl-C stops; what was read is kept)",
        )
    )
    try:
        return read_round(repository, before, request.share, suspected, now.date(), observer.progress, stop)
    except BackupError as error:
        return ReadNow(before, ended=error)


def _damages(repository: Repository, structure: Structure, read: ReadNow, known: Mapping[str, Harm], open_now: bool) -> tuple[Harm, ...]:
    """Return all damage known now: what was found, and what an earlier run found and this one did not come to."""
    found = {one.part: one for one in (*structure.damages, *read.damages)}
    if found and open_now:
        with suppress(BackupError):  # else the damage is told without what needs it
            found.update((one.part, one) for one in repository.locate(tuple(found.values())))
    harms = {name: Harm(one.part, one.detail, one.generations, one.files) for name, one in found.items()}
    # An earlier damage stands until its part was read again: not after a stop, and of a repository far away only when all of it was read.
    unread = read.ended is not None or not read.possible or (read.reading.parts is None and read.reading.whole_since is None)
    # That a part is missing only the lists tell, and a plain folder has none.
    stays = {name: one for name, one in known.items() if unread or (structure.ok is None and one.detail == "missing")}
    harms = {**stays, **harms}
    return tuple(harms[name] for name in sorted(harms))


def _gone(before: LookRecord | None, generations: Sequence[Generation]) -> tuple[Gone, ...]:
    there = {one.id for one in generations}
    return tuple(Gone(one.id, one.finished, one.host) for one in before.runs if one.id not in there) if before is not None else ()


def _canaries(store: EvidenceStore, record: LookRecord) -> dict[str, list[Canary]]:
    """Return the canary files by the host whose generations should hold them."""
    hosts = {run.host for run in record.runs}
    found: dict[str, list[Canary]] = {host: [] for host in hosts}
    seen: set[tuple[str, str, str]] = set()
    for data in stored_of_kind(store, canaries.KIND):
        try:
            one = canaries.read_canary(data)
        except EvidenceError:
            continue
        spot = one.machine.casefold(), one.job, one.path[: -len(one.name)]
        if spot in seen or (record.job and one.job and record.job != one.job):
            continue  # the newest in a folder counts
        seen.add(spot)
        named = bool(record.machine) and one.machine.casefold() == record.machine.casefold()
        for host in hosts:
            if one.machine.casefold() == host.casefold() or (named and not (len(hosts) > 1 and _is_one_of(record.machine, hosts))):
                found[host].append(one)
    return found


def _is_one_of(machine: str, hosts: set[str]) -> bool:
    return machine.casefold() in {host.casefold() for host in hosts}


def _place(repository: Repository, request: VerifyRequest) -> Place:
    opened = repository.opened
    # A folder of this machine's own disk lies on this machine.
    here = platform.node() or None if opened.target_kind == "same-host" else None
    return Place(
        kind=opened.kind,
        id=opened.id,
        target=opened.target,
        target_kind=opened.target_kind,
        kept_on=request.kept_on or opened.kept_on or here,
        medium=request.medium,
        format=opened.version,
        encrypted=opened.encrypted,
        append_only=opened.append_only,
        append_only_because=opened.append_only_because,
        deleters=opened.deleters,
    )


def _unopened(request: VerifyRequest, store: EvidenceStore) -> Place:
    """Return what is known of a place that could not be opened: by an earlier look at it, else by what was typed."""
    target = without_credentials(request.place)
    known = next((one.place for one in earlier_looks(store, target) if one.place.target == target), None)
    if known is not None:
        return replace(known, kept_on=request.kept_on or known.kept_on, medium=request.medium)
    kind = request.kind or "unknown"
    return Place(kind=kind, id=f"{kind}:{target}", target=target, kept_on=request.kept_on, medium=request.medium)


def _known_id(place: Place, store: EvidenceStore) -> str:
    seen = (one for one in earlier_looks(store, place.target) if one.opened and one.place.target == place.target)
    return next((one.place.id for one in seen if place.medium in (None, one.place.medium)), place.id)


def _before(store: EvidenceStore, name: str) -> tuple[LookRecord | None, LookRecord | None]:
    """Return the newest look at a repository, and the newest that could open it."""
    newest: LookRecord | None = None
    for one in earlier_looks(store, name):
        if one.place.id == name:
            newest = newest or one
            if one.opened:
                return newest, one
    return newest, None


def _room(stack: ExitStack, workshop: Path) -> Room:
    """Return where samples are restored to: in memory where there is room, else in the site's private folder."""
    memory = memory_place(MOST_BYTES)
    place = stack.enter_context(private_place(memory, "omamori-look")) if memory is not None else workshop / "samples"
    place.mkdir(mode=0o700, exist_ok=True)
    return Room(place, wipe)


def _keep(store: EvidenceStore, verified: Verified) -> Verified:
    """Store the record, unless it would speak of nothing: of a repository that could not be opened, where no machine was named."""
    record = verified.record
    if not record.opened and not record.machine:
        return verified
    data = redact_for(parsers()[look_record.KIND], write_record(record)).data
    item = Item(kind=look_record.KIND, data=data, seen=record.made, file_name=f"backup-look-{record.made:%Y%m%dT%H%M%SZ}.json")
    store.add(Visit(how="file", host="", started=record.made, version=__version__), [item], utc_now())
    return replace(verified, stored=True)
