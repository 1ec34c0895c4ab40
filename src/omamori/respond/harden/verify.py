"""Holds a plan's promises against a later judgement: what is gone, what is still there, what nobody looked at since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from omamori.model.text import Text
from omamori.respond.harden.parts import Promise
from omamori.snapshot.database import Database

STATES = {
    "gone": Text("なくなりました", "gone"),
    "still": Text("まだあります", "still there"),
    "accepted": Text("例外として受け入れ中", "accepted as an exception"),
    "not-seen": Text("計画のあと見ていません", "not looked at since the plan"),
    "unknown": Text("判断できません", "cannot be told"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise and how it stands; `why` is the judgement's message where it is not gone."""

    promise: Promise
    state: str
    why: Text
    evidence: str = ""


def verify(database: Database, promises: Sequence[Promise], planned: datetime) -> tuple[Kept, ...]:
    """Return how each promise stands in a judged snapshot. `planned` is the moment of the plan (UTC without zone).

    A finding that is not told any more counts as gone only where its machine was looked at after the plan and the check's verdict on it is
    `pass`, or other findings of the check are told while none of it is unknown: what nobody could see is never gone.
    """
    # A look at the machine itself: that a scan saw it answer says nothing of its settings.
    seen = dict(database.select("select asset, max(seen) from collected where table_name = 'hosts' group by asset"))
    verdicts: dict[tuple[str, str], list[tuple[str, str, str, str, str]]] = {}
    query = "select check_id, subject, finding_key, verdict, message_ja, message_en, evidence from verdicts order by all"
    for check, subject, *rest in database.select(query):
        verdicts.setdefault((check, subject), []).append(tuple(rest))
    return tuple(_kept(promises, seen, verdicts, planned))


def _kept(
    promises: Sequence[Promise],
    seen: dict[str, datetime | None],
    verdicts: dict[tuple[str, str], list[tuple[str, str, str, str, str]]],
    planned: datetime,
) -> Iterator[Kept]:
    for promise in promises:
        last = seen.get(promise.subject)
        found = verdicts.get((promise.check, promise.subject), [])
        nothing = Text("", "")
        if last is None or last <= planned:
            yield Kept(promise, "not-seen", nothing)
            continue
        own = [one for one in found if one[0] == promise.key]
        unknown = [one for one in found if one[1] == "unknown" and one[0] in ("", promise.key)]
        state, told = "unknown", (*unknown, *own)
        if any(one[1] == "fail" for one in own):
            state, told = "still", tuple(one for one in own if one[1] == "fail")
        elif any(one[1] == "accepted" for one in own):
            state, told = "accepted", tuple(own)
        elif found and not unknown:
            state, told = "gone", ()
        message = Text(told[0][2], told[0][3]) if told else nothing
        yield Kept(promise, state, message, told[0][4] if told else "")
