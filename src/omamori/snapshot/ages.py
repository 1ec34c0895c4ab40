"""How long findings have been open. Pure: what was remembered of earlier snapshots and the new verdicts give dates and a new memory.

A finding keeps its first date while nobody saw that it was gone: a snapshot at which it could not be told does not
begin its age anew, and is counted. One that was gone and came back begins anew, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from omamori.model.look import KEY_SEPARATOR, Identity, PastFinding, Verdict
from omamori.snapshot.identifiers import is_strong

OPEN = ("fail", "accepted")
"""Verdicts of a finding that is there: accepted is not gone."""
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Memory:
    """What the newest readable snapshot before this one knew: its moment, its open findings, and what became of older ones.

    `identity` are its rows of identity; `unread` counts the moments after it whose tables are gone or harmed.
    """

    moment: datetime
    open: Sequence[Verdict] = ()
    past: Sequence[PastFinding] = ()
    identity: Sequence[Identity] = ()
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Aged:
    """The verdicts with their dates, and what became of findings that are not open any more."""

    verdicts: tuple[Verdict, ...]
    past: tuple[PastFinding, ...] = field(default=())


def aged(memory: Memory | None, verdicts: Sequence[Verdict], identity: Iterable[Identity], moment: datetime) -> Aged:
    """Return `verdicts` of `moment` with how long each open finding has been open.

    In: `memory` None when no earlier snapshot can be read; `identity` the rows of the new snapshot, by which a machine that
    has another name now is followed.
    """
    if memory is None:
        return Aged(tuple(_begun(one, moment) if one.verdict in OPEN else one for one in verdicts))
    names = renamed(memory.identity, identity)
    was_open = {_key(one.check_id, one.subject, one.finding_key, names): one for one in memory.open}
    past = {_key(one.check_id, one.subject, one.finding_key, names): one for one in memory.past}
    dated = tuple(
        _dated(one, was_open.get(_own_key(one)), past.get(_own_key(one)), memory, moment) if one.verdict in OPEN else one
        for one in verdicts
    )
    return Aged(dated, tuple(_past(was_open, past, dated, memory, moment)))


def renamed(before: Iterable[Identity], after: Iterable[Identity]) -> Mapping[str, str]:
    """Return old name → present name of the machines that are called otherwise now.

    A machine is followed by what cannot be lent (machine-id, hardware); by its name only where it has nothing else, and by its address
    only where it has not even that. Where two machines could be meant, none is.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for row in after:
        owners[row.identifier].add(row.asset)
    known = {row.asset for row in after}
    had: dict[str, list[str]] = defaultdict(list)
    for row in before:
        had[row.asset].append(row.identifier)
    found: dict[str, str] = {}
    for old, identifiers in had.items():
        strong = [name for name in identifiers if is_strong(name)]
        named = [name for name in identifiers if name.startswith("name:")]
        weak = (named or [name for name in identifiers if name.startswith("ip:")]) if old not in known else []
        now: set[str] = set().union(*(owners[name] for name in strong if name in owners))
        if not now:
            now = set().union(*(owners[name] for name in weak if name in owners))
        if len(now) == 1 and old not in now:
            found[old] = next(iter(now))
    return found


def _own_key(verdict: Verdict) -> Key:
    return verdict.check_id, verdict.subject, verdict.finding_key


def _key(check: str, subject: str, finding_key: str, names: Mapping[str, str]) -> Key:
    """Return the key of an earlier finding by the present name of its machine, which may stand in the finding's own key too."""
    now = names.get(subject)
    if now is None:
        return check, subject, finding_key
    parts = (now if part == subject else part for part in finding_key.split(KEY_SEPARATOR))
    return check, now, KEY_SEPARATOR.join(parts)


def _begun(verdict: Verdict, moment: datetime, came_back: datetime | None = None) -> Verdict:
    accepted = moment if verdict.verdict == "accepted" else None
    return replace(verdict, since=moment, accepted_since=accepted, unseen_runs=0, came_back=came_back)


def _dated(verdict: Verdict, was: Verdict | None, past: PastFinding | None, memory: Memory, moment: datetime) -> Verdict:
    if was is not None:
        since, unseen, back, accepted = was.since or memory.moment, was.unseen_runs, was.came_back, was.accepted_since
        accepted = (accepted or memory.moment) if was.verdict == "accepted" else None
    elif past is not None and (past.now != "gone" or (past.gone or memory.moment) >= moment):
        # Gone at this very moment: an older parser or check did not see it.
        since, unseen, back, accepted = past.since or memory.moment, past.unseen_runs, past.came_back, past.accepted_since
    else:
        return _begun(verdict, moment, past.gone if past is not None else None)
    return replace(
        verdict,
        since=min(since, moment),
        accepted_since=min(accepted or moment, moment) if verdict.verdict == "accepted" else None,
        unseen_runs=unseen + memory.unread,
        came_back=back,
    )


def _past(
    was_open: Mapping[Key, Verdict], past: Mapping[Key, PastFinding], now: Sequence[Verdict], memory: Memory, moment: datetime
) -> Iterator[PastFinding]:
    """Yield what is known of every finding that was open once and is not now."""
    open_now = {_own_key(one) for one in now if one.verdict in OPEN}
    unknown = {_own_key(one) for one in now if one.verdict == "unknown"}
    judged = {(one.check_id, one.subject) for one in now}
    begun = {key: _remembered(key, one, memory) for key, one in was_open.items()}
    for key, one in sorted({**past, **begun}.items()):
        if key in open_now:
            continue
        told = replace(one, subject=key[1], finding_key=key[2])
        if told.now == "gone":
            yield told
        elif key in unknown or (*key[:2], "") in unknown:
            yield replace(told, now="unknown", unseen_runs=told.unseen_runs + memory.unread + (memory.moment < moment))
        elif key[:2] in judged:
            yield replace(told, now="gone", gone=moment)
        else:
            yield replace(told, now="not_judged", unseen_runs=told.unseen_runs + memory.unread + (memory.moment < moment))


def _remembered(key: Key, verdict: Verdict, memory: Memory) -> PastFinding:
    return PastFinding(
        check_id=key[0],
        subject=key[1],
        finding_key=key[2],
        severity=verdict.severity,
        message_ja=verdict.message_ja,
        message_en=verdict.message_en,
        since=verdict.since or memory.moment,
        last_open=memory.moment,
        now="",
        accepted_since=(verdict.accepted_since or memory.moment) if verdict.verdict == "accepted" else None,
        unseen_runs=verdict.unseen_runs,
        came_back=verdict.came_back,
        evidence=verdict.evidence,
    )
