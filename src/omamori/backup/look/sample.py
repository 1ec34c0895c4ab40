"""Restores a few files of a generation into a folder of ours, looks at their beginnings, and wipes them at once. They are patients' data."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from omamori.backup.interface import BackupError, Generation, Repository
from omamori.backup.look.content import ENCRYPTED, EVEN, FINE, judge
from omamori.backup.look.kinds import HEAD, ending_of, is_text
from omamori.backup.look.picking import Pick

Wipe = Callable[[Path], None]
"""Empties a folder of ours, so that nothing of it can be read."""
_BEGINNING = 8
_LARGEST_CANARY = 64 * 1024


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in the files that were looked into, of one group of them.

    `judged`: how many could be told; `bad`: of these, how many look encrypted; `proven`: of these, how many did not in the generation before.
    `endings`: what the bad ones were before. `wrapped`: all of them begin with the same bytes, as files of a program that encrypts on purpose do.
    """

    judged: int = 0
    bad: int = 0
    proven: int = 0
    endings: tuple[str, ...] = ()
    wrapped: bool = False

    @property
    def share(self) -> float:
        """Share of those that could be told, from 0 to 1."""
        return self.bad / self.judged if self.judged else 0.0


@dataclass(frozen=True, slots=True)
class Sampled:
    """`kept`: files that kept their name; `added`: new ones; `by_ending`: new ones of each ending. `before`: files of the generation before."""

    kept: Seen = field(default_factory=Seen)
    added: Seen = field(default_factory=Seen)
    by_ending: Mapping[str, Seen] = field(default_factory=dict)
    before: Seen = field(default_factory=Seen)


@dataclass(frozen=True, slots=True)
class _Look:
    pick: Pick
    said: str
    beginning: bytes


def look_into(
    repository: Repository,
    generation: Generation,
    previous: Generation | None,
    picks: Sequence[Pick],
    references: Sequence[Pick],
    place: Path,
    wipe: Wipe,
    stop: threading.Event,
) -> Sampled:
    """Restore the picked files and judge them. In: the generation and the one before it, an empty private folder, what wipes it, the stop.

    What looks encrypted and has a name in the generation before is held against that: what looked so before is no news. `BackupError` when the
    program fails or there is no room.
    """
    looks = _judged(repository, generation, picks, place, wipe, stop)
    suspected = [one for one in looks if one.said in (ENCRYPTED, EVEN)]
    earlier: dict[str, str] = {}
    proofs = [Pick(one.pick.before, one.pick.size, "reference") for one in suspected if one.pick.before]
    wanted = {pick.path: pick for pick in (*proofs, *(references if suspected else ()))}
    if previous is not None and wanted:
        earlier = {one.pick.path: one.said for one in _judged(repository, previous, list(wanted.values()), place, wipe, stop)}
    kept = [one for one in looks if one.pick.state == "changed"]
    added = [one for one in looks if one.pick.state == "added"]
    endings = sorted({ending_of(one.pick.path) for one in added})
    reference = [earlier[pick.path] for pick in references if pick.path in earlier]
    told = [said for said in reference if said in (FINE, ENCRYPTED)]
    return Sampled(
        kept=_seen(kept, earlier, (ENCRYPTED,)),
        added=_seen(added, earlier, (ENCRYPTED,)),
        by_ending={
            ending: _seen([one for one in added if ending_of(one.pick.path) == ending], earlier, (ENCRYPTED, EVEN)) for ending in endings
        },
        before=Seen(judged=len(told), bad=told.count(ENCRYPTED)),
    )


def _seen(looks: Sequence[_Look], earlier: Mapping[str, str], bad_words: Sequence[str]) -> Seen:
    """Sum up; a file that looked encrypted under its old name already says nothing."""
    known = {one.pick.path: earlier.get(one.pick.before, "") for one in looks}
    told = [one for one in looks if one.said in (FINE, *bad_words) and known[one.pick.path] not in (ENCRYPTED, EVEN)]
    bad = [one for one in told if one.said in bad_words]
    beginnings = Counter(one.beginning for one in bad)
    return Seen(
        judged=len(told),
        bad=len(bad),
        proven=sum(known[one.pick.path] == FINE for one in bad),
        endings=tuple(sorted({ending_of(one.pick.before or one.pick.path) for one in bad})),
        wrapped=len(bad) > 1 and max(beginnings.values()) * 5 >= len(bad) * 4,
    )


def _judged(
    repository: Repository, generation: Generation, picks: Sequence[Pick], place: Path, wipe: Wipe, stop: threading.Event
) -> list[_Look]:
    if not picks:
        return []
    into = place / "sample"
    into.mkdir(mode=0o700)
    try:
        try:
            repository.restore(generation, [pick.path for pick in picks], into, stop=stop)
        except BackupError as error:
            # A damaged part costs some of the files; the others are there.
            if error.code in ("stopped", "gone", "unreachable", "no-space") or not any(into.iterdir()):
                raise
        found = []
        for pick in picks:
            data = _beginning(into, pick.path, HEAD)
            if data:
                found.append(_Look(pick, judge(pick.path, data, whose=pick.before), data[:_BEGINNING]))
        return found
    finally:
        wipe(into)


def canary_state(
    repository: Repository, generation: Generation, path: str, sha256: str, place: Path, wipe: Wipe, stop: threading.Event
) -> str:
    """Restore a canary file and compare it: same, changed, encrypted (changed, and no text any more), or missing when it does not come back.

    `BackupError` when the program fails.
    """
    into = place / "canary"
    into.mkdir(mode=0o700)
    try:
        try:
            repository.restore(generation, [path], into, stop=stop)
        except BackupError as error:
            if error.code != "failed":
                raise
        data = _beginning(into, path, _LARGEST_CANARY)
        if data is None:
            return "missing"
        if hashlib.sha256(data).hexdigest() == sha256:
            return "same"
        return "changed" if is_text(data) else "encrypted"
    finally:
        wipe(into)


def _beginning(into: Path, path: str, size: int) -> bytes | None:
    """Return the first bytes of a restored file; None when it did not come, or is no ordinary file inside our folder."""
    parts = [part for part in path.split("/") if part]
    if not parts or any(part in (".", "..") for part in parts):
        return None
    place = into
    for part in parts:
        place = place / part
        if place.is_symlink():
            return None
    if not place.is_file():
        return None
    with place.open("rb") as stream:
        return stream.read(size)
