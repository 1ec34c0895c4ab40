"""What is recorded of a restore, and what it amounts to. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from omamori.backup.interface import Generation, Opened
from omamori.backup.proof.journal import Journal
from omamori.backup.proof.place_seen import Seen
from omamori.backup.proof.projection import whole_seconds
from omamori.backup.proof.record import Proof
from omamori.backup.proof.run import Came
from omamori.parse.backup.scratch import Approved
from omamori.pipeline.clock import utc_now

COUNTED = ("whole", "differs")
"""Results after which a round of samples goes on; a part that was not done is done again."""
_CIRCUMSTANCES = ("stopped", "no-space", "gone", "unreachable", "program-missing")
"""What breaks a restore off without saying anything about the backup."""
_CHECKED = ("restic", "borg")
"""Kinds that compare every block they restore with the checksum it was stored under."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Circumstances:
    """What was restored, where, by whose word, and what came of it."""

    machine: str
    job: str
    said_by: str
    opened: Opened
    generation: Generation
    scope: str
    start: float
    end: float
    round_began: datetime
    approved: Approved
    seen: Seen
    came: Came
    journal: Journal


def record(begun: Circumstances, *, wiped: bool) -> Proof:
    """Return the record. In: `wiped`: whether the scratch place is empty again."""
    came, opened, generation = begun.came, begun.opened, begun.generation
    done, listed = came.done, came.listed
    result, because = judged(came)
    counted = result in COUNTED
    bytes_all = listed.bytes if listed else 0
    start, end = (came.choice.begin, min(1.0, came.choice.end)) if came.choice else (begun.start, begun.end)
    if listed is not None and listed.following >= 1.0:
        end = 1.0  # nothing is left beyond: the round is done
    proven = (listed.proven if counted else listed.before) if listed else 0
    return Proof(
        machine=begun.machine, job=begun.job, repository_kind=opened.kind, repository_id=opened.id, repository_target=opened.target,
        generation=generation.id, generation_finished=generation.finished, generation_host=generation.host,
        began=done.began, ended=utc_now(), result=result, because=because, compared_with=_compared(came, opened.kind),
        manifest_sha256=came.manifest.sha256 if came.manifest else None, scope=begun.scope,
        files=done.files, files_same=done.same if came.manifest else None, files_differ=done.differ if came.manifest else None,
        files_lacking=done.lacking + came.absent, uncompared=done.uncompared, bytes=done.bytes,
        share=round(proven / bytes_all, 6) if bytes_all else (1.0 if counted else None),
        seconds=round(done.seconds, 1), restore_seconds=round(done.restore_seconds, 1),
        whole_seconds=_projected(came),
        whole_files=listed.files if listed else 0, whole_bytes=bytes_all,
        begun_at=start, done_to=end if counted else start, round_began=begun.round_began if start >= begun.start else done.began,
        database=done.database, protection=begun.approved.protection, seen=begun.seen.words(), approved_by=begun.approved.approved_by,
        wiped=wiped, said_by=begun.said_by,
    )  # fmt: skip


def _projected(came: Came) -> float | None:
    """Return the seconds of the whole generation. What came back by the way, while most did not, has no speed worth telling."""
    done, listed = came.done, came.listed
    if listed is None or done.files <= done.lacking:
        return None
    return whole_seconds(done.restore_seconds, (done.files, done.bytes), (listed.files, listed.bytes))


def _compared(came: Came, kind: str) -> str:
    # A list inside that is older than all it names vouches for nothing.
    if came.manifest is not None and (came.done.same or came.done.differ or not came.inside):
        return "manifest-inside" if came.inside else "manifest"
    return "repository" if kind in _CHECKED else "nothing"


def judged(came: Came) -> tuple[str, str | None]:
    """Return the result and why. Whole is only what came back whole and was held against everything it should be held against."""
    done = came.done
    wanted = came.listed.wanted_files if came.listed else 0
    if came.because is not None:
        return ("failed" if not done.batches and came.because not in _CIRCUMSTANCES else "incomplete"), came.because
    if came.listed is not None and not came.listed.files:
        return "failed", "empty"
    if wanted and not done.files and not came.too_large:
        return "failed", done.trouble or "nothing-came-back"
    if done.differ or done.lacking or came.absent:
        return "differs", done.trouble or None
    if came.too_large:
        return "incomplete", "larger-than-space"
    if done.trouble and (came.manifest is None or done.uncompared):
        return "incomplete", done.trouble
    if done.database is not None and done.database.ok is False:
        return "differs", "database"  # the files came back, and what they are for did not
    if came.manifest is not None and done.uncompared * 2 > done.files:
        return "incomplete", "mostly-uncompared"
    return "whole", None
