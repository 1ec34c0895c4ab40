"""Reads the parts whose turn it is. What was read until a stop or a failure counts."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from omamori.backup.interface import BackupError, Damage, Part, Progress, Repository
from omamori.backup.look.rotation import after_reading, after_turns, choose_parts, choose_turns, share_for
from omamori.parse.backup.look_record import Reading

_ENDS_ALL = ("stopped", "gone", "unreachable", "wrong-password", "program-missing", "no-space")
"""After these nothing more can be read; another failure concerns one part."""


@dataclass(frozen=True, slots=True)
class ReadNow:
    """What a run read: how far the round is, what is damaged, parts and bytes of this run, and why it ended early (None: it did not)."""

    reading: Reading
    damages: tuple[Damage, ...] = ()
    parts: int = 0
    bytes: int = 0
    ended: BackupError | None = None
    possible: bool = True


def read_round(
    repository: Repository,
    before: Reading,
    share: float | None,
    suspected: Collection[str],
    today: date,
    progress: Progress,
    stop: threading.Event,
) -> ReadNow:
    """Read the parts whose turn it is. In: what was read earlier, the share (0 to 1; None: as fits the size), parts found damaged earlier, the day (UTC)."""
    parts = repository.parts()
    if not parts:
        return _read_turns(repository, before, share, today, progress, stop)
    chosen = choose_parts(parts, before, share_for(sum(part.size for part in parts), share), suspected)
    return _read_parts(repository, parts, chosen, before, today, progress, stop)


def _read_parts(
    repository: Repository,
    parts: Sequence[Part],
    chosen: Sequence[Part],
    before: Reading,
    today: date,
    progress: Progress,
    stop: threading.Event,
) -> ReadNow:
    total = sum(part.size for part in chosen)
    done: list[Part] = []
    damages: list[Damage] = []
    ended: BackupError | None = None
    size = 0
    for part in chosen:
        if stop.is_set():
            ended = stopped()
            break
        try:
            damage = repository.read_part(part)
        except BackupError as error:
            ended = error
            if error.code in _ENDS_ALL:
                break
            continue
        done.append(part)
        size += part.size
        if damage is not None:
            damages.append(damage)
        progress(size, total)
    return ReadNow(after_reading(parts, before, done, today), tuple(damages), len(done), size, ended)


def _read_turns(
    repository: Repository, before: Reading, share: float | None, today: date, progress: Progress, stop: threading.Event
) -> ReadNow:
    turns = choose_turns(before, share)
    done: list[int] = []
    damages: list[Damage] = []
    ended: BackupError | None = None
    for number, turn in enumerate(turns.turns):
        progress(number, len(turns.turns))
        if stop.is_set():
            ended = stopped()
            break
        try:
            found = repository.read_share(turn, turns.of)
        except BackupError as error:
            ended = error
            break
        if found is None:
            return ReadNow(before, possible=False)
        done.append(turn)
        damages += found
    return ReadNow(after_turns(before, turns.of, done, today), tuple(damages), ended=ended)


def stopped() -> BackupError:
    """Return the error of a run somebody stopped."""
    return BackupError("stopped", "止めました。読んだところまでは残っています", "stopped; what was read until then is kept")
