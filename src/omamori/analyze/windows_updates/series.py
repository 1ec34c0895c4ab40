"""What holds what: which updates of a product are in a machine that has some of them. Pure.

* *Replaces* (supersedence) holds from update to update, also through updates the table does not list.
* A *cumulative* update holds every earlier cumulative one of its product, whatever the table says of replacing: the table's chain has
  holes, where an update in between has no flaw of its own. From Windows 10 on that is every monthly update; before, the monthly
  rollups since October 2016 (Server 2008: since September 2018).
* A *security-only* update holds no earlier one.
* A *cumulative update of Internet Explorer* (before the monthly rollups, which took it in) holds every earlier one: the table forgets to say
  so from one month to the next, and an update of 2015 would be asked for beside today's rollup. The publisher names them cumulative
  (bulletins MS04-004 to MS16-104, "Cumulative Security Update for Internet Explorer"). A monthly rollup holds that of its month and all
  before it; a security-only update holds none.
* An update whose flaws are all closed by others that are there, and no older, is not lacking: the other of a pair (rollup and
  security-only, full update and hotpatch).

What is no cumulative update for certain counts as none: taken for one, it would hide what is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from omamori.analyze.windows_updates.table import Update, Updates

_ROLLUPS = date(2016, 10, 1)
_ROLLUPS_2008 = date(2018, 9, 1)
_NEAR = timedelta(days=10)
_APART = timedelta(days=3)
_PAIR_SHARE = 0.6
_FEW = 3
_SERVICING_FLAW = "ADV990001"
"""Microsoft's list of servicing-stack updates."""


@dataclass(frozen=True)
class Series:
    """A product's updates, sorted out. `cumulative`: those that hold every earlier one; `security_only`, `servicing`: by number.

    `browsers`: updates of Internet Explorer, which monthly rollups hold. `until`: the day judged; an update of a later day is not needed
    yet. `modern`: from Windows 10 on.
    """

    updates: Updates
    cumulative: frozenset[str] = frozenset()
    security_only: frozenset[str] = frozenset()
    servicing: frozenset[str] = frozenset()
    hotpatch: frozenset[str] = frozenset()
    replaced: Mapping[str, frozenset[str]] = field(default_factory=dict)
    browsers: frozenset[str] = frozenset()
    until: date = date.max
    modern: bool = True

    def held_by(self, present: Iterable[str], held: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return every update that is there when those of `present` are, themselves among them; `held` were found before."""
        known = self.updates.known
        found: set[str] = set(held)
        waiting = [number for number in present if number not in found]
        newest = date.min
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting += self.replaced.get(number, ())
                if number in self.cumulative:
                    newest = max(newest, known[number].posted)
            if not waiting and newest > date.min:
                waiting = [one for one in self.cumulative if one not in found and known[one].posted < newest]
                # A monthly rollup holds what the security-only update of its month holds.
                waiting += [one for one in self.security_only | self.browsers if one not in found and known[one].posted <= newest]
        return frozenset(found)

    def closed(self, held: Iterable[str]) -> dict[str, date]:
        """Return flaw → day of the newest update that is there and closes it."""
        found: dict[str, date] = {}
        for number in held:
            update = self.updates.known.get(number)
            if update is not None:
                for flaw in update.flaws:
                    if found.get(flaw, date.min) < update.posted:
                        found[flaw] = update.posted
        return found

    def satisfied(self, number: str, held: Collection[str], closed: Mapping[str, date]) -> bool:
        """Return whether an update is there, or is not needed: others that are there, no older, close all its flaws."""
        if number in held:
            return True
        update = self.updates.known[number]
        if not update.flaws or number in self.servicing:
            return False
        # A pair is published on one day; its rows may be dated a little apart.
        oldest = update.posted - _APART
        return all(closed.get(flaw, date.min) >= oldest for flaw in update.flaws)

    def lacking(self, held: frozenset[str]) -> frozenset[str]:
        """Return the updates that are neither there nor held nor made needless by others."""
        closed = self.closed(held)
        # Of an update named only for another architecture it is believed only that it is one of the cumulative ones.
        known = self.updates.known.items()
        mine = (number for number, update in known if (update.own or number in self.cumulative) and update.posted <= self.until)
        return frozenset(number for number in mine if not self.satisfied(number, held, closed))


def sort_out(updates: Updates, *, build: int, until: date = date.max) -> Series:
    """Sort a product's updates out; `build`: of its Windows, such as 7601 or 19045; `until`: the day judged."""
    known = updates.known
    servicing = frozenset(number for number, update in known.items() if _is_servicing(update))
    since = date.min if build >= 10240 else _ROLLUPS if build >= 7600 else _ROLLUPS_2008
    # Before the first bulletins of Windows 10's kind nothing is cumulative.
    candidates = [update for number, update in known.items() if update.posted >= since and number not in servicing]
    large = [update for update in candidates if _is_large(update, candidates)]
    if build >= 10240:
        hotpatch = _seconds(large, updates)
        cumulative = frozenset(update.number for update in large)
        return Series(updates, cumulative, frozenset(), servicing, hotpatch, _without_rollups(updates, frozenset(), since), until=until)
    told_only = {update.number for update in candidates if "security only" in update.kind.lower()}
    told_rollup = {update.number for update in candidates if "rollup" in update.kind.lower()}
    chained = _with_browsers(updates, since)
    only = frozenset((_seconds(large, updates, loosely=True) | told_only) - told_rollup)
    tied = _tied(updates, {update.number for update in candidates} - only)
    cumulative = frozenset(update.number for update in large if update.number not in only and (update.number in tied | told_rollup))
    browsers = frozenset(number for number, update in known.items() if of_browser(update) and number not in cumulative)
    replaced = _without_rollups(chained, only, since)
    return Series(updates, cumulative, only, servicing, frozenset(), replaced, browsers, until, modern=False)


def of_browser(update: Update) -> bool:
    """Whether the table names the update for Internet Explorer alone: as a component, since 2016 as a product."""
    by_part = bool(update.components) and all("internet explorer" in one.lower() for one in update.components)
    return by_part or (bool(update.products) and all(one.lower().startswith("internet explorer") for one in update.products))


def _with_browsers(updates: Updates, since: date) -> Updates:
    """Add that a cumulative update of Internet Explorer replaces the one before it. Until there were rollups: one that closes several flaws."""
    line = sorted((one for one in updates.known.values() if of_browser(one)), key=lambda one: (one.posted, int(one.number)))
    replaces = dict(updates.replaces)
    older: frozenset[str] = frozenset()
    for update in line:
        if len(update.flaws) >= _FEW or update.posted >= since:
            replaces[update.number] = replaces.get(update.number, frozenset()) | older
            older = frozenset()
        older |= {update.number}
    return replace(updates, replaces=replaces)


def _is_servicing(update: Update) -> bool:
    named = f"{update.title or ''} {update.kind}".lower()
    return "servicing stack" in named or update.flaws == {_SERVICING_FLAW}


def _is_large(update: Update, all_: list[Update]) -> bool:
    """Whether it closes at least half of what the largest update of those days closes: small ones may hold a single part."""
    most = max(len(other.flaws) for other in all_ if abs(other.posted - update.posted) <= _NEAR)
    return (len(update.flaws) >= _FEW or update.build is not None) and 2 * len(update.flaws) >= most


def _tied(updates: Updates, numbers: set[str]) -> set[str]:
    """Return the numbers that replace, or are replaced by, another of them, also through one the table does not list."""
    found = set()
    for newer, olders in updates.replaces.items():
        if newer in numbers:
            found.add(newer)
            found |= olders & numbers
    return found


def _seconds(large: list[Update], updates: Updates, *, loosely: bool = False) -> frozenset[str]:
    """Return the second of every pair that closes the same flaws: the one with the shorter chain (hotpatch, security-only).

    `loosely`: the two may be dated apart.
    """
    replaced = {older for newer, olders in updates.replaces.items() for older in olders if newer in updates.known}
    size = _chain_sizes(updates)
    found = set()
    by_flaw: dict[str, list[Update]] = defaultdict(list)
    for update in large:
        for flaw in update.flaws:
            by_flaw[flaw].append(update)
    for update in large:
        shared: dict[str, int] = defaultdict(int)
        for flaw in update.flaws:
            for other in by_flaw[flaw]:
                shared[other.number] += 1
        mine = _rank(update, replaced, size)
        for number, count in shared.items():
            other = updates.known[number]
            near = abs(other.posted - update.posted) <= (timedelta(days=70) if loosely else _NEAR)
            if number != update.number and near and count >= _PAIR_SHARE * len(update.flaws) and _rank(other, replaced, size) > mine:
                found.add(update.number)
    return frozenset(found)


def _rank(update: Update, replaced: set[str], size: Mapping[str, int]) -> tuple[bool, int, str]:
    return (update.number in replaced and size[update.number] > 2, size[update.number], update.number)


def _chain_sizes(updates: Updates) -> Mapping[str, int]:
    """Return update → how many updates its chain of replacing holds."""
    parent: dict[str, str] = {}

    def root(number: str) -> str:
        parent.setdefault(number, number)
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for newer, olders in updates.replaces.items():
        for older in olders:
            parent[root(newer)] = root(older)
    counted: dict[str, int] = defaultdict(int)
    for number in updates.known:
        counted[root(number)] += 1
    return {number: counted[root(number)] for number in updates.known}


def _without_rollups(updates: Updates, only: frozenset[str], since: date) -> Mapping[str, frozenset[str]]:
    """Return what replaces what; a security-only update replaces nothing of the time since when there are rollups."""
    found = {}
    for newer, olders in updates.replaces.items():
        if newer in only:
            olders = frozenset(one for one in olders if one not in updates.known or updates.known[one].posted < since)
        found[newer] = olders
    return found
