"""What changed between two judgements. Pure; findings are matched by check, subject and key, never by order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from omamori.model.look import Verdict

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One finding, as it is told now, and for how many days it has been open."""

    verdict: Verdict
    days_open: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of every finding. Nobody saw it any more is no reason to call it mended.

    `new`: open now, not before. `gone`: its check passed. `still`: open before and now. `unknown`: was
    decided before and can no longer be told. `accepted`: accepted now. `unjudged`: its check or subject is
    no longer there.
    """

    new: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()
    still: tuple[Change, ...] = ()
    unknown: tuple[Change, ...] = ()
    accepted: tuple[Change, ...] = ()
    unjudged: tuple[Change, ...] = ()

    @property
    def changed(self) -> bool:
        """True when anything is different."""
        return bool(self.new or self.gone or self.unknown or self.unjudged)


def compare(before: Sequence[Verdict], after: Sequence[Verdict], moment: datetime) -> Difference:
    """Compare two judgements. `moment` is that of `after`; ages are in days up to it."""
    old, new = _by_key(before), _by_key(after)
    whole = _subjects(after)
    parts: dict[str, list[Change]] = {name: [] for name in ("new", "gone", "still", "unknown", "accepted", "unjudged")}
    for key, verdict in sorted(new.items()):
        was = old.get(key)
        change = Change(verdict, _age(verdict, was, moment))
        if verdict.verdict == "accepted":
            parts["accepted"].append(change)
        elif verdict.verdict == "fail":
            parts["still" if was is not None and was.verdict == "fail" else "new"].append(change)
        elif verdict.verdict == "unknown" and _was_decided(key, old, before):
            parts["unknown"].append(change)
    for key, was in sorted(old.items()):
        if was.verdict in _OPEN and key not in new:
            parts[_fate(key, whole)].append(Change(was, _age(was, was, moment)))
    # A subject as a whole unknown tells it once, not for each of its old findings again.
    told = {(change.verdict.check_id, change.verdict.subject) for change in parts["unknown"] if not change.verdict.finding_key}
    parts["unknown"] = [
        change
        for change in parts["unknown"]
        if not change.verdict.finding_key
        or change.verdict.verdict == "unknown"
        or (change.verdict.check_id, change.verdict.subject) not in told
    ]
    return Difference(**{name: tuple(changes) for name, changes in parts.items()})


_OPEN = ("fail", "accepted")


def _key(verdict: Verdict) -> Key:
    return verdict.check_id, verdict.subject, verdict.finding_key


def _by_key(verdicts: Iterable[Verdict]) -> dict[Key, Verdict]:
    return {_key(verdict): verdict for verdict in verdicts}


def _subjects(verdicts: Iterable[Verdict]) -> Mapping[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for verdict in verdicts:
        found.setdefault((verdict.check_id, verdict.subject), set()).add(verdict.verdict if not verdict.finding_key else "")
    return found


def _fate(key: Key, whole: Mapping[tuple[str, str], set[str]]) -> str:
    """Say what became of a finding that is not there any more."""
    verdicts = whole.get(key[:2])
    if verdicts is None:
        return "unjudged"
    return "unknown" if "unknown" in verdicts else "gone"


def _was_decided(key: Key, old: Mapping[Key, Verdict], before: Sequence[Verdict]) -> bool:
    """Return True when what is unknown now was decided before (for the finding, or for the subject as a whole)."""
    if key in old:
        return old[key].verdict != "unknown"
    return any((one.check_id, one.subject) == key[:2] and one.verdict != "unknown" for one in before)


def _age(verdict: Verdict, was: Verdict | None, moment: datetime) -> int:
    since = verdict.since or (was.since if was is not None else None)
    return max((moment - since).days, 0) if since is not None else 0
