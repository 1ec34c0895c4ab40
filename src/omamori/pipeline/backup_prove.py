"""`omamori backup prove`: restores into an approved scratch place, compares, measures, wipes, and keeps a dated record as evidence."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from omamori import __version__
from omamori.backup.interface import BackupError, Entry, Generation, Key, Newest, Opened, Repository
from omamori.backup.proof.batches import Choice
from omamori.backup.proof.journal import Journal, Sofar, choice_key
from omamori.backup.proof.place_seen import Seen
from omamori.backup.proof.postgres import Question
from omamori.backup.proof.record import Proof, proof_json
from omamori.backup.proof.run import Came, Heard, Job, prove_job
from omamori.backup.proof.scratch import Room, approval_of, clear_leftovers, free_bytes, has_leftovers, judge, only_one, prepare, room_in
from omamori.backup.registry import open_place
from omamori.model.text import Text
from omamori.parse.backup.proof import KIND, read_proof
from omamori.parse.backup.scratch import Approved
from omamori.parse.interface import EvidenceError
from omamori.parse.redact import redact
from omamori.pipeline.backup_place import place_typed, site_name, stored_of_kind
from omamori.pipeline.backup_prove_record import COUNTED, Circumstances, record
from omamori.pipeline.backup_prove_told import broken, what_to_tell
from omamori.pipeline.backup_scratch import approvals
from omamori.pipeline.clock import utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.observer import Observer
from omamori.snapshot.evidence import EvidenceStore, Item, Visit
from omamori.snapshot.site import Site

_FREE_SHARE = 0.8
_STEPS = {
    "list": Text("控えの中身の一覧を読んでいます", "Reading the list of what the backup holds"),
    "restore": Text("作業場所へ戻しています", "Restoring into the scratch place"),
    "compare": Text("ハッシュを比べています", "Comparing the hashes"),
    "database": Text("データベースを起動して確かめています", "Starting the database on the restored copy"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ProveRequest:
    """What was asked for. `sample` None: all; `space` bytes, None: most of what is free; `dump` the dump's path in the backup, empty: by its form."""

    site: Path
    place: str
    scratch: Path
    key: Key
    kind: str = ""
    machine: str = ""
    job: str = ""
    generation: str = "latest"
    sample: float | None = 0.05
    manifest: Path | None = None
    space: int | None = None
    rate: int | None = None
    dump: str = ""
    question: Question | None = None
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Proved:
    """What came of it: the record, the line of what broke it off, and what else to tell."""

    proof: Proof
    broken: Text | None
    told: tuple[Text, ...]


def prove(request: ProveRequest, observer: Observer, *, stop: threading.Event) -> Proved:
    """Prove that a generation comes back. Raises `UserError`, `BackupError` (nothing was begun), SiteError, OSError.

    What is broken off after the restore began is recorded as incomplete, not raised. The scratch place is wiped in every case.
    """
    site = Site(request.site).create()
    known = tuple(approvals(site.evidence))
    real, approved, seen = _scratch(request, known)
    if request.manifest is not None and not request.manifest.is_file():
        raise UserError(f"「{request.manifest}」がありません", f"{request.manifest} is not there")
    with only_one(real):
        _clear_everywhere(real, known, observer)
        with room_in(real) as room:
            observer.step(Text("保存先を開いています", "Opening the repository"))
            target = _open(request, room)
            _apart(real, approved.protection, target.opened, target.generation)
            begun = _prove(request, site, room, approved, seen, target, observer, stop)
    came = begun.came
    # Whether the place is empty is only known now.
    proof = record(begun, wiped=came.wiped and not room.folder.exists())
    _store(site.evidence, proof)
    if came.because is None:
        begun.journal.done()  # only when the record is stored
    return Proved(proof, broken(came), what_to_tell(came, proof, database=bool(request.dump or request.question)))


def _scratch(request: ProveRequest, known: tuple[Approved, ...]) -> tuple[Path, Approved, Seen]:
    """Return the scratch place, its approval and what is seen of it now; nothing is written before that is settled."""
    real = request.scratch.resolve()
    approved = approval_of(real, known, utc_now())
    prepare(real)  # made anew where it lies in memory and the machine was restarted
    here = (Path(request.place),) if Path(request.place).exists() else ()
    seen = judge(real, approved.protection, inside_none_of=(request.site, *here))
    if "encrypted disk" in approved.seen and not seen.encrypted:
        raise BackupError(
            "failed",
            f"「{real}」は、承認したときは暗号化されたディスクでしたが、いまは違います。ディスクが接続されているか確かめてください",
            f"{real} was on an encrypted disk when it was approved, and is not now: is that disk attached?",
        )
    return real, approved, seen


def _clear_everywhere(real: Path, known: tuple[Approved, ...], observer: Observer) -> None:
    """Wipe what killed runs left, here and in every other place that was ever approved."""
    for folder in dict.fromkeys((real, *(Path(one.folder) for one in known))):
        if folder != real:
            # A lock is a file: none is put into a place where nothing of ours lies, whatever it has become since.
            if not has_leftovers(folder):
                continue
            with suppress(BackupError, OSError), only_one(folder):
                _tell_cleared(folder, observer)
        else:
            _tell_cleared(folder, observer)


def _tell_cleared(folder: Path, observer: Observer) -> None:
    if count := clear_leftovers(folder):
        observer.told(
            Text(
                f"「{folder}」: 途中で切れた実行が残したもの {count} 件を消しました",
                f"{folder}: {count} leftovers of runs that were cut off were wiped",
            )
        )


@dataclass(frozen=True, slots=True)
class _Target:
    """What is restored. `entries` where the listing already runs."""

    repository: Repository
    opened: Opened
    generation: Generation
    entries: Iterator[Entry] | None = None


def _open(request: ProveRequest, room: Room) -> _Target:
    """Open the repository and find the generation. Programs that stretch keys for half a second are started side by side."""
    place = place_typed(request.place)
    repository = open_place(place, request.key, room.workshop, request.kind)
    if request.generation != "latest" or not isinstance(repository, Newest):
        return _Target(repository, repository.opened, _generation(repository, request.generation))
    if place == request.place and not Path(place).exists():
        generation, entries = repository.newest()  # far away: one connection at a time
        return _Target(repository, repository.opened, generation, entries)
    with ThreadPoolExecutor(1) as pool:
        opened = pool.submit(lambda: repository.opened)
        generation, entries = repository.newest()
        return _Target(repository, opened.result(), generation, entries)


def _generation(repository: Repository, named: str) -> Generation:
    there = repository.generations()
    if named == "latest":
        finished = [one for one in there if one.complete is not False] or list(there)
        if finished:
            return finished[-1]
        raise BackupError("failed", "世代が1つもありません", "there is no generation in it")
    found = [one for one in there if one.id == named] or [one for one in there if one.id.startswith(named)]
    if len(found) != 1:
        ja = "ありません" if not found else "いくつもあります"
        raise BackupError("failed", f"世代「{named}」は{ja}", f"generation {named}: {'none' if not found else 'several'} of that name")
    return found[0]


def _apart(real: Path, protection: str, opened: Opened, generation: Generation) -> None:
    """Refuse a scratch place that lies in the repository or among what was backed up here."""
    roots = [Path(root) for root in generation.roots if root not in ("", "/") and Path(root).exists()]
    judge(real, protection, inside_none_of=(*((opened.local,) if opened.local else ()), *roots))


def _prove(
    request: ProveRequest,
    site: Site,
    room: Room,
    approved: Approved,
    seen: Seen,
    target: _Target,
    observer: Observer,
    stop: threading.Event,
) -> Circumstances:
    began = utc_now()
    opened, generation = target.opened, target.generation
    opened = replace(opened, id=site_name(site.evidence, opened.id, opened.target))
    start, round_began = (0.0, began) if request.sample is None else _round(site.evidence, opened.id, generation, began)
    end = 1.0 if request.sample is None or start + request.sample > 1 - 1e-9 else start + request.sample
    journal, done = _journal(request, site, opened, generation, (start, end), observer)
    if not done.batches:
        # Kept with the journal: with another one the batches would be cut elsewhere.
        done.space = max(1, min(request.space or 2**62, int(free_bytes(room.folder) * _FREE_SHARE)))
    dump = f"/{request.dump.strip('/')}" if request.dump else ""
    job = Job(
        repository=target.repository,
        generation=generation,
        entries=target.entries,
        choice=Choice(start, end, dump),
        space=done.space,
        rate=request.rate,
        manifest=request.manifest,
        database=bool(request.dump or request.question),
        dump=dump,
        question=request.question,
    )
    came = Came(done)

    def step(name: str, number: int) -> None:
        text = _STEPS[name]
        observer.step(Text(f"{text.ja}({number})", f"{text.en} ({number})") if number > 1 else text)

    prove_job(job, room, came, Heard(step, observer.progress, journal.write), stop)
    return Circumstances(
        machine=request.machine,
        job=request.job,
        said_by=request.said_by,
        opened=opened,
        generation=generation,
        scope="all" if request.sample is None else "sample",
        start=start,
        end=end,
        round_began=round_began,
        approved=approved,
        seen=seen,
        came=came,
        journal=journal,
    )


def _journal(
    request: ProveRequest, site: Site, opened: Opened, generation: Generation, part: tuple[float, float], observer: Observer
) -> tuple[Journal, Sofar]:
    """Return the journal of this choice and what it tells; old ones of the same repository are forgotten."""
    listed_by = _hash(request.manifest) if request.manifest is not None else ""
    key = choice_key(generation.id, request.sample is None, *part, request.space, listed_by, request.dump, request.question)
    journal = Journal(site.path, opened.id, key)
    journal.forget_old()
    done = journal.read(utc_now())
    if done.batches:
        observer.told(
            Text(
                f"前回の続きから始めます({done.batches} 回分は済み)",
                f"going on where the last run was broken off ({done.batches} parts are done)",
            )
        )
    return journal, done


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _round(store: EvidenceStore, repository: str, generation: Generation, now: datetime) -> tuple[float, datetime]:
    """Return where the present round of samples goes on, and when it began, by the newest earlier proof of the same machine's copies."""
    found: list[tuple[str, str, float]] = []
    for data in stored_of_kind(store, KIND):
        try:
            said = read_proof(data)
            same = said["repository"]["id"] == repository and said["generation"]["host"] == generation.host
            if same and said["scope"] == "sample" and said["result"] in COUNTED:
                found.append((str(said["ended"]), str(said["round"]["began"]), float(said["round"]["to"])))
        except (EvidenceError, KeyError, TypeError, ValueError):
            continue
    if not found:
        return 0.0, now
    _, began, done = max(found)
    try:
        return (done, datetime.fromisoformat(began)) if 0 <= done < 1 else (0.0, now)
    except ValueError:
        return 0.0, now


def _store(store: EvidenceStore, proof: Proof) -> None:
    item = Item(kind=KIND, data=redact(proof_json(proof)).data, seen=proof.ended)
    store.add(Visit(how="file", host="", started=proof.began, version=__version__), [item], proof.ended)
