"""Which parts of a repository are read in a run, so that all of it is read after so many runs. Pure.

Parts lie in 256 buckets that never change. A run reads the buckets that were read longest ago, up to the share that was asked for; beside
them, up to as much again, what was added to buckets read earlier: the newest copies need not wait for a whole round.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from omamori.backup.interface import Part
from omamori.parse.backup.look_record import BUCKETS, Reading

_NEVER = date.min
_MARK_BYTES = 4
AT_ONCE = 4 * 1024**3
"""Bytes of a repository that is read as a whole where no share was asked for."""
DEFAULT_SHARE = 0.1
FAR_TURNS = 8
"""Shares a repository far away is read in where none was asked for."""


def share_for(bytes_total: int, asked: float | None) -> float:
    """Return the share (0 to 1) of a repository that a run reads. In: its size in bytes, and what was asked for (None: as fits the size)."""
    if asked is not None:
        return asked
    return 1.0 if bytes_total <= AT_ONCE else max(DEFAULT_SHARE, AT_ONCE / bytes_total)


def mark_of(part: Part) -> bytes:
    """Return four bytes that stand for a part in the record; another size is another part."""
    return hashlib.blake2b(f"{part.name}\0{part.size}".encode("utf-8", "surrogatepass"), digest_size=_MARK_BYTES).digest()


def choose_parts(parts: Sequence[Part], before: Reading, share: float, again: Collection[str] = ()) -> tuple[Part, ...]:
    """Return the parts to read now, in order. `again`: names of parts that were found damaged earlier; they are always read."""
    known = _known(before)
    buckets: Mapping[int, list[Part]] = _by_bucket(parts)
    budget = share * sum(part.size for part in parts)
    order = sorted(buckets, key=lambda number: (before.buckets[number] or _NEVER, number))
    chosen: dict[str, Part] = {part.name: part for part in parts if part.name in again}
    taken = 0.0
    for number in order:
        if taken >= budget and chosen:
            break
        chosen.update((part.name, part) for part in buckets[number])
        taken += sum(part.size for part in buckets[number])
    added = 0.0
    for number in order:
        for part in buckets[number]:
            if part.name not in chosen and before.buckets[number] is not None and mark_of(part) not in known[number]:
                if added + part.size > budget:
                    continue
                chosen[part.name] = part
                added += part.size
    return tuple(sorted(chosen.values(), key=lambda part: (part.bucket, part.name)))


def after_reading(parts: Sequence[Part], before: Reading, read: Iterable[Part], today: date) -> Reading:
    """Return what is known to be read after a run. In: all parts of today, what was known before, the parts this run read, and its day (UTC)."""
    now = {(part.name, part.size) for part in read}
    earlier = _known(before)
    days, marks = list(before.buckets), [b""] * BUCKETS
    parts_read = bytes_read = 0
    for number, inside in _by_bucket(parts).items():
        done = [part for part in inside if (part.name, part.size) in now or mark_of(part) in earlier[number]]
        if all((part.name, part.size) in now for part in inside):
            days[number] = today
        marks[number] = b"".join(sorted({mark_of(part) for part in done}))
        parts_read += len(done)
        bytes_read += sum(part.size for part in done)
    used = {part.bucket for part in parts}
    whole = parts_read == len(parts) and all(days[number] is not None for number in used)
    oldest = min((day for number in used if (day := days[number]) is not None), default=today)
    return Reading(
        parts=len(parts),
        parts_read=parts_read,
        bytes_total=sum(part.size for part in parts),
        bytes_read=bytes_read,
        whole_since=datetime.combine(oldest, time()) if whole else None,
        buckets=tuple(days),
        known=tuple(marks),
    )


@dataclass(frozen=True, slots=True)
class Turns:
    """Shares of a repository far away: the `turns` to read now, of `of` shares; turn t holds the buckets whose number leaves t."""

    of: int
    turns: tuple[int, ...]


def choose_turns(before: Reading, share: float | None) -> Turns:
    """Return which shares of a repository whose parts are not seen from here are read now: those read longest ago."""
    wanted = 1 / FAR_TURNS if share is None else share
    if wanted >= 1:
        return Turns(1, (0,))
    of = 2
    while of < BUCKETS and 1 / of > wanted:
        of *= 2
    count = max(1, round(wanted * of))
    order = sorted(range(of), key=lambda turn: (min(before.buckets[number] or _NEVER for number in range(turn, BUCKETS, of)), turn))
    return Turns(of, tuple(order[:count]))


def after_turns(before: Reading, of: int, done: Collection[int], today: date) -> Reading:
    """Return what is known to be read after these shares were. How many parts there are is not seen; whole only when all was read in one run."""
    days = [today if number % of in done else day for number, day in enumerate(before.buckets)]
    whole = len(set(done)) == of
    return Reading(whole_since=datetime.combine(today, time()) if whole else None, buckets=tuple(days))


def share_read(reading: Reading) -> float | None:
    """Return the share of the repository that was read at least once, from 0 to 1; None where nothing tells."""
    if reading.bytes_total:
        return (reading.bytes_read or 0) / reading.bytes_total
    if reading.parts is not None:
        return 1.0 if reading.parts_read == reading.parts else 0.0
    return sum(day is not None for day in reading.buckets) / BUCKETS


def _known(reading: Reading) -> list[set[bytes]]:
    return [{known[at : at + _MARK_BYTES] for at in range(0, len(known), _MARK_BYTES)} for known in reading.known]


def _by_bucket(parts: Iterable[Part]) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.bucket % BUCKETS].append(part)
    return found
