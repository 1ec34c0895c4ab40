"""Compares generations not yet compared, newest first, and sums up what they show. What an earlier look found is carried on."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from omamori.backup.interface import BackupError, Compares, Generation, Repository
from omamori.backup.look.compare import Difference, compare
from omamori.backup.look.reading import stopped
from omamori.backup.look.sample import Sampled, Wipe, canary_state, look_into
from omamori.backup.look.signs import changed_share, signs_of
from omamori.parse.backup.canary import Canary
from omamori.parse.backup.look_record import CanaryState, Compared, LookRecord, Run, Sign

MOST_COMPARED = 30
"""Generations compared in one run, at most."""
_SEALED = frozenset({"restic", "borg"})
"""Kinds whose generations cannot be altered without being damaged. Files in an open folder can: there also what was compared is looked at again."""
_AGAIN = 7
"""Generations of an open folder that are looked at again in each run, newest first."""
_TRIED = 3
"""Generations before it that one is held against until they are alike: backups of different things may lie in one repository."""
_ENDS_ALL = ("stopped", "gone", "unreachable", "wrong-password", "program-missing", "no-space")
_HEX = re.compile(r"[0-9a-f]{8,64}")
Told = Callable[[int, int], None]
"""Hears how many generations of how many are compared."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where samples are restored to, and how it is emptied."""

    place: Path
    wipe: Wipe


@dataclass(frozen=True, slots=True)
class History:
    """The generations with what was compared, all signs known, what became of the canary files, and why it ended early (None: it did not).

    `now`: how many were compared in this run; `left`: how many still wait. `unseen`: canary files that are in no generation at all.
    """

    runs: tuple[Run, ...]
    signs: tuple[Sign, ...] = ()
    canary: tuple[CanaryState, ...] = ()
    now: int = 0
    left: int = 0
    unseen: int = 0
    ended: BackupError | None = None


@dataclass(slots=True)
class _Found:
    """What the comparisons of this run gave, by generation."""

    differences: dict[str, Difference] = field(default_factory=dict)
    sampled: dict[str, Sampled | None] = field(default_factory=dict)
    canary: dict[str, str] = field(default_factory=dict)
    against: dict[str, str] = field(default_factory=dict)
    certain: set[str] = field(default_factory=set)


def look_back(
    repository: Repository,
    generations: Sequence[Generation],
    before: LookRecord | None,
    canaries: Mapping[str, Sequence[Canary]],
    room: Room,
    told: Told,
    stop: threading.Event,
    most: int = MOST_COMPARED,
) -> History:
    """Compare what was not compared yet. In: the generations, oldest first; the look before; canary files by host; where samples go."""
    known = {run.id: run for run in before.runs} if before is not None else {}
    rows = _rows(one for one in generations if one.complete is not False)
    earlier = {one.id: row[max(0, place - _TRIED) : place][::-1] for row in rows for place, one in enumerate(row)}
    carried = {one.id: known[one.id].compared if one.id in known and _same(known[one.id], one) else None for one in generations}
    newest_first = [one for one in reversed(generations) if one.id in earlier]
    waiting = [one for one in newest_first if carried[one.id] is None]
    if repository.opened.kind not in _SEALED:
        waiting += [one for one in newest_first if carried[one.id] is not None][:_AGAIN]
    found, ended = _Found(), None
    for number, one in enumerate(waiting[:most]):
        told(number, min(len(waiting), most))
        try:
            _look(repository, one, earlier[one.id], canaries.get(one.host, ()), room, stop, found)
        except BackupError as error:
            ended = error
            if error.code in _ENDS_ALL:
                break
    runs = tuple(_run(one, carried[one.id], found) for one in generations)
    states = {one.generation: one.state for one in before.canary} if before is not None else {}
    states = {name: state for name, state in states.items() if name in carried} | found.canary
    signs = (*_kept(before, carried, found), *_new_signs(rows, runs, found), *_canary_signs(rows, states, found))
    unseen = sum(bool(one) for one in canaries.values()) if states and set(states.values()) == {"missing"} else 0
    return History(
        runs=runs,
        signs=signs,
        canary=tuple(CanaryState(one.id, states[one.id]) for one in generations if one.id in states),
        now=len(found.differences),
        left=sum(run.compared is None for run in runs if run.complete is not False),
        unseen=unseen,
        ended=ended,
    )


def _rows(generations: Iterable[Generation]) -> list[list[Generation]]:
    """Return generations of one thing in order: of one host, the same folders, and names that differ in numbers only."""
    rows: dict[tuple[str, tuple[str, ...], str], list[Generation]] = defaultdict(list)
    for one in generations:
        name = "" if _HEX.fullmatch(one.id) else re.sub(r"\d+", "0", one.id)
        rows[one.host, tuple(sorted(one.roots)), name].append(one)
    return list(rows.values())


def _look(
    repository: Repository,
    one: Generation,
    earlier: Sequence[Generation],
    canaries: Sequence[Canary],
    room: Room,
    stop: threading.Event,
    found: _Found,
) -> None:
    """Look at one generation. In: those before it, the nearest first; with the first that is alike it is compared, else with none."""

    def heed(count: int) -> None:
        del count
        if stop.is_set():
            raise stopped()

    heed(0)
    due = [canary for canary in canaries if one.finished is None or one.finished > canary.made]
    names = tuple(canary.name for canary in due)
    previous: Generation | None = None
    for previous in (*earlier, None):
        old = partial(repository.entries, previous) if previous is not None else None
        difference = compare(old, partial(repository.entries, one), altered=_altered(repository, previous, one), names=names, heed=heed)
        if difference.alike:
            break
    sampled = None
    if difference.picks:
        sampled = look_into(repository, one, previous, difference.picks, difference.references, room.place, room.wipe, stop)
    heed(0)
    states = [
        canary_state(repository, one, difference.found[canary.name], canary.sha256, room.place, room.wipe, stop)
        if canary.name in difference.found
        else "missing"
        for canary in due
    ]
    found.differences[one.id] = replace(difference, picks=(), references=())
    found.sampled[one.id] = sampled
    found.against[one.id] = previous.id if previous is not None else ""
    if states:
        worst = next(state for state in ("encrypted", "changed", "missing", "same") if state in states)
        found.canary[one.id] = "changed" if worst == "encrypted" else worst
        if worst == "encrypted":
            found.certain.add(one.id)


def _altered(repository: Repository, older: Generation | None, newer: Generation) -> Callable[[], Iterable[str]] | None:
    """Return what tells the paths whose contents differ, where the repository knows."""
    if older is None or not isinstance(repository, Compares):
        return None
    changed = partial(repository.changed, older, newer)
    return lambda: (path for path, what in changed() if what == "altered")


def _run(one: Generation, carried: Compared | None, found: _Found) -> Run:
    told = found.differences.get(one.id)
    compared = carried
    if told is not None:
        compared = Compared(found.against[one.id], told.same, told.changed, told.added, told.removed)
    return Run(one.id, one.finished, one.host, one.account, one.files, one.size, one.added, one.complete, compared)


def _same(known: Run, now: Generation) -> bool:
    """Whether it is the generation that was looked at. A name may be used again: Monday's folder, a mirror."""
    finished = now.finished.replace(microsecond=0) if now.finished is not None else None  # the record keeps whole seconds
    return (known.finished, known.files, known.size) == (finished, now.files, now.size)


def _kept(before: LookRecord | None, there: Mapping[str, Compared | None], found: _Found) -> tuple[Sign, ...]:
    """Return the signs found earlier; of generations that are gone only those that are certain, of those looked at anew none."""
    signs = before.signs if before is not None else ()
    known = [one for one in signs if one.generation not in found.differences]
    return tuple(one for one in known if (there[one.generation] is not None if one.generation in there else one.certain))


def _new_signs(rows: Iterable[Sequence[Generation]], runs: Sequence[Run], found: _Found) -> Iterable[Sign]:
    compared = {run.id: run.compared for run in runs}
    for row in rows:
        shares = {
            one.id: changed_share(told.same + told.changed + told.removed, told.changed, told.removed)
            for one in row
            if (told := compared[one.id]) is not None and told.against
        }
        for one in row:
            if one.id in found.differences:
                usual = [share for name, share in shares.items() if name != one.id]
                for sign in signs_of(found.differences[one.id], found.sampled[one.id], usual):
                    yield Sign(one.id, one.finished, sign.kind, sign.detail, sign.share, sign.certain, one.host)


def _canary_signs(rows: Iterable[Sequence[Generation]], states: Mapping[str, str], found: _Found) -> Iterable[Sign]:
    """The first generation in which the canary file is not as it was. One that never was in a backup says nothing."""
    for row in rows:
        last = ""
        for one in row:
            state = states.get(one.id, last)
            if state != last and one.id in found.canary and (state == "changed" or (state == "missing" and last == "same")):
                yield Sign(one.id, one.finished, f"canary-{state}", "1", None, one.id in found.certain, one.host)
            last = state
