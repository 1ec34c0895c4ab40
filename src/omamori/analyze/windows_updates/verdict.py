"""Which updates of one product a machine lacks, with the chain that shows it. Pure.

*Lacking*: neither installed, nor held by an installed one, nor proven by the build, nor made needless by others that close the same flaws.
Of everything lacking, the newest of each series is to be installed: one row each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from omamori.analyze.windows_updates.series import Series, of_browser
from omamori.analyze.windows_updates.table import Update
from omamori.knowledge.version import key

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """What a machine shows of its updates. `unknown`: the numbers installed that the pack does not know, in rising order.

    `build` is the whole build where its last part (UBR) is known; `complete`: whether the list was seen to its end; `framework`: the
    versions of .NET Framework, None where not known.
    """

    installed: frozenset[str]
    complete: bool
    build: str | None = None
    unknown: tuple[int, ...] = ()
    doubt: str | None = None
    support_ends: date | None = None
    extended_ends: date | None = None
    framework: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """An update to install. `lacking`: updates of its series that are not there; `flaws`: what it closes.

    `behind_since`: the day of the oldest update that is lacking for certain, None where none is; `earliest`: of the oldest that may be.
    `unsure`: those of the flaws that an installed update the pack does not know may have closed already.
    """

    update: Update
    kind: str
    lacking: tuple[str, ...]
    flaws: frozenset[str]
    behind_since: date | None
    chain: str
    basis: str
    doubts: tuple[str, ...]
    fact: str
    component: str | None = None
    earliest: date | None = None
    unsure: frozenset[str] = frozenset()


def present(series: Series, shown: Shown) -> frozenset[str]:
    """Return the updates that are there: installed, held by an installed one, or proven by the build."""
    proven, refuted = _by_build(series, shown)
    return series.held_by((shown.installed | proven) - refuted)


def judge(series: Series, shown: Shown) -> tuple[Lack, ...]:
    """Return what a machine lacks of a product, the cumulative update first, then the newest."""
    known = series.updates.known
    _, refuted = _by_build(series, shown)
    held = present(series, shown)
    lacking = series.lacking(held)
    closed = series.closed(held)
    there = held
    fast = bool(shown.installed & series.hotpatch)
    newest = max((int(number) for number in known), default=0)
    found: list[Lack] = []
    while lacking:
        pick = max(lacking, key=lambda number: _order(series, known[number], fast=fast))
        then = series.held_by((pick,), held)
        after = dict(closed)
        for flaw, day in series.closed(then - held).items():
            after[flaw] = max(day, after.get(flaw, day))
        left = frozenset(number for number in lacking if not series.satisfied(number, then, after))
        state = _State(there, held, then, closed, refuted, newest)
        found.append(_lack(series, shown, known[pick], state, lacking - left))
        held, lacking, closed = then, left, after
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _State:
    """What is there now, and before and after an update is installed; flaw → day it was closed before; what the build refutes."""

    present: frozenset[str]
    held: frozenset[str]
    then: frozenset[str]
    closed: Mapping[str, date]
    refuted: frozenset[str]
    newest: int


def _by_build(series: Series, shown: Shown) -> tuple[frozenset[str], frozenset[str]]:
    """Return the cumulative updates that the build proves to be there, and those it proves not to be.

    Where the build is exactly that of one of them, every later one is not there, also one whose build the pack does not know.
    """
    mine = key("windows", shown.build) if shown.build else None
    if mine is None:
        return frozenset(), frozenset()
    builds = {number: series.updates.known[number].build_key for number in series.cumulative}
    proven = frozenset(number for number, build in builds.items() if build is not None and build[:3] == mine[:3] and build <= mine)
    refuted = frozenset(number for number, build in builds.items() if build is not None and build[:3] == mine[:3] and build > mine)
    known = series.updates.known
    last = max(
        (known[number] for number, build in builds.items() if build == mine), key=lambda one: (one.posted, int(one.number)), default=None
    )
    if last is not None:
        # The days of rows may be changed later, numbers are not.
        open_ = (known[number] for number, build in builds.items() if build is None)
        refuted |= {one.number for one in open_ if one.posted > last.posted and int(one.number) > int(last.number)}
    return proven, refuted


def _order(series: Series, update: Update, *, fast: bool) -> tuple[bool, bool, date, int]:
    """What is installed first: the cumulative one (a hotpatch only where hotpatches are installed), then the newest."""
    cumulative = update.number in series.cumulative
    return (cumulative, cumulative and (fast or update.number not in series.hotpatch), update.posted, int(update.number))


def _lack(series: Series, shown: Shown, pick: Update, state: _State, gone: frozenset[str]) -> Lack:
    known = series.updates.known
    before = state.closed
    # The other of a pair is no step of this series.
    others = series.security_only if pick.number in series.cumulative else frozenset()
    steps = sorted((known[number] for number in gone & state.then - others), key=lambda one: (one.posted, int(one.number)))
    flaws = frozenset(flaw for number in gone for flaw in known[number].flaws if before.get(flaw, date.min) < known[number].posted)
    by_build = pick.number in state.refuted
    between = _between(series, shown, pick) if not by_build else 0
    sure = {flaw for step in steps if int(step.number) > between for flaw in step.flaws}
    doubts = _doubts(series, shown, pick, state, by_build=by_build)
    return Lack(
        update=pick,
        kind=_kind(series, pick),
        lacking=tuple(step.number for step in steps),
        flaws=flaws,
        behind_since=_since(series, pick, state, [step for step in steps if int(step.number) > between]) if not doubts else None,
        chain=_chain(series, shown, pick, state.held, steps, by_build=by_build),
        basis="build" if by_build else "list",
        doubts=doubts,
        fact=_fact(series, pick, steps),
        earliest=steps[0].posted if steps else pick.posted,
        unsure=flaws - sure if between else frozenset(),
    )


def _since(series: Series, pick: Update, state: _State, steps: list[Update]) -> date | None:
    """Return the day of the first step that is lacking for certain.

    From Windows 10 on a machine has some cumulative update from the beginning. Where neither list nor build names one, it is not known
    which of the earlier ones it holds: only what the build refutes is certain.
    """
    certain = steps or [pick]
    if series.modern and pick.number in series.cumulative and not series.cumulative & state.held:
        certain = [step for step in certain if step.number in state.refuted]
    return certain[0].posted if certain else None


def _between(series: Series, shown: Shown, pick: Update) -> int:
    """Return the highest installed number the pack does not know that is older than a cumulative update: it may be a preview of one."""
    if pick.number not in series.cumulative:
        return 0
    return max((number for number in shown.unknown if number < int(pick.number)), default=0)


def _kind(series: Series, update: Update) -> str:
    if update.number in series.cumulative:
        return "cumulative"
    if update.number in series.security_only:
        return "security_only"
    if update.number in series.servicing:
        return "servicing_stack"
    if of_browser(update):
        return "browser"
    # Updates appear on the second Tuesday of a month; another day is out of the usual order.
    second_tuesday = update.posted.weekday() == 1 and 8 <= update.posted.day <= 14
    return "other" if second_tuesday or update.posted.year < 2016 else "out_of_band"


def _doubts(series: Series, shown: Shown, pick: Update, state: _State, *, by_build: bool) -> tuple[str, ...]:
    found = [shown.doubt] if shown.doubt else []
    if by_build:
        return tuple(found)
    if not shown.complete:
        found.append("list_incomplete")
    if shown.unknown and shown.unknown[-1] > state.newest:
        found.append("newer_unknown")
    if not pick.own:
        found.append("other_architecture")
    known = series.updates.known
    standalone = not (series.cumulative | series.servicing | series.security_only) & {pick.number}
    if standalone and any(number in series.cumulative and known[number].posted >= pick.posted for number in state.present):
        found.append("maybe_included")
    if standalone and shown.support_ends is not None and pick.posted > shown.support_ends:
        found.append("after_support")
    return tuple(found)


def _chain(series: Series, shown: Shown, pick: Update, held: frozenset[str], steps: list[Update], *, by_build: bool) -> str:
    known = series.updates.known
    words = []
    cumulative = pick.number in series.cumulative
    before = series.cumulative & held if cumulative else series.replaced.get(pick.number, frozenset()) & held
    older = [known[one] for one in before if one in known]
    start = max(older, key=lambda one: (one.posted, int(one.number)), default=None)
    if start is not None:
        how = "installed" if start.number in shown.installed else "held"
        words.append(f"KB{start.number} ({how}, {start.posted})")
    elif cumulative:
        words.append("(none)")
    between = _between(series, shown, pick)
    if between and not by_build and steps and int(steps[0].number) < between:
        words.append(f"KB{between} (installed, not in the pack)")
    line = [step for step in steps if step is not pick]
    shown_steps = line if len(line) < _SHOWN else [*line[:1], None, *line[-1:]]
    words += [f"KB{step.number} ({step.posted})" if step is not None else "…" for step in shown_steps]
    words.append(f"KB{pick.number} ({pick.posted}, needed)")
    text = " → ".join(words)
    if by_build and pick.build is not None:
        text = f"{shown.build} < {pick.build} (KB{pick.number}); {text}"
    elif by_build:
        mine = key("windows", shown.build)
        exact = max((known[number] for number in series.cumulative if known[number].build_key == mine), key=lambda one: one.posted).number
        text = f"{shown.build} = KB{exact}; {text}"
    if shown.support_ends is not None and pick.posted > shown.support_ends:
        paid = shown.extended_ends is not None and pick.posted <= shown.extended_ends
        text += f"; after end of support {shown.support_ends}" + (" (ESU)" if paid else "")
    return text


def _fact(series: Series, pick: Update, steps: list[Update]) -> str:
    """Name the rows of the pack: that of the update, and those that say what it replaces of the lacking ones."""
    said = [f"{pick.feed}: KB{pick.number} {pick.place}"]
    places: Mapping[tuple[str, str], str] = series.updates.places
    for newer, older in zip(reversed(steps), list(reversed(steps))[1:], strict=False):
        if (newer.number, older.number) in places and len(said) <= _SHOWN:
            said.append(f"KB{newer.number} > KB{older.number} {places[newer.number, older.number]}")
    return "; ".join(said)
