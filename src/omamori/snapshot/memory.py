"""What a site remembers of its earlier snapshots: read from the newest one before a moment whose tables can be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from omamori.model.look import PastFinding, Verdict
from omamori.model.text import Text
from omamori.snapshot.ages import OPEN, Memory
from omamori.snapshot.database import UNREADABLE, Database
from omamori.snapshot.manifest import Manifest, Snapshot
from omamori.snapshot.note import Note

AGES_UNSURE = Text(
    "この時点の表がないか壊れているため、続いた日数はその前の点検から数えました。omamori rebuild で作り直せます",
    "its tables are missing or harmed: how long findings are open was counted from the check before it; omamori rebuild makes them anew",
)


def remember(manifest: Manifest, held: Sequence[Snapshot]) -> tuple[Memory | None, tuple[Note, ...]]:
    """Return what was known before the snapshot of `manifest`, and a note for every moment that could not be read on the way.

    `held` are the site's snapshots in order. Of one moment the one made last counts. A rebuild asks the snapshot before its own
    moment first: what an older parser did not see at that moment was not gone.
    """
    own, earlier = _moments(manifest, held)
    for unread, group in enumerate(earlier):
        memory = _newest(group, unread) or (_newest(own, 0) if unread == 0 else None)
        if memory is not None:
            missed = earlier[:unread] if memory.moment < manifest.moment else []
            return memory, tuple(Note("damaged", one[0].id, "", AGES_UNSURE) for one in missed)
    return _newest(own, 0), tuple(Note("damaged", one[0].id, "", AGES_UNSURE) for one in earlier)


def _moments(manifest: Manifest, held: Sequence[Snapshot]) -> tuple[list[Snapshot], list[list[Snapshot]]]:
    """Return the others of the own moment, and those of each earlier moment, the newest first everywhere."""
    by_moment: dict[datetime, list[Snapshot]] = {}
    for one in reversed(held):
        if one.manifest.moment <= manifest.moment and one.id != manifest.id:
            by_moment.setdefault(one.manifest.moment, []).append(one)
    return by_moment.pop(manifest.moment, []), list(by_moment.values())


def _newest(group: Sequence[Snapshot], unread: int) -> Memory | None:
    """Return what the newest snapshot of a moment that can be read knew."""
    return next((memory for one in group if (memory := _read(one, unread)) is not None), None)


def _read(snapshot: Snapshot, unread: int) -> Memory | None:
    if not snapshot.tables.is_file():
        return None
    try:
        with Database(snapshot.tables, read_only=True) as database:
            verdicts: list[Verdict] = [row for state in OPEN for row in database.rows("verdicts", verdict=state)]
            past: list[PastFinding] = list(database.rows("past_findings")) if database.has("past_findings") else []
            return Memory(snapshot.manifest.moment, verdicts, past, list(database.rows("identity")), unread)
    except UNREADABLE:
        return None
