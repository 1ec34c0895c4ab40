"""Updates of .NET Framework: each is for certain versions, and which of them a machine has the list of updates does not show. Pure.

Where the machine tells its versions, each is judged by the updates the table names for it. What may stay in doubt: an update brings parts
with numbers of their own, which the list shows instead of the number the table knows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from omamori.analyze.windows_updates.series import Series, sort_out
from omamori.analyze.windows_updates.table import Update, Updates
from omamori.analyze.windows_updates.verdict import Lack, Shown

COMPONENT = ".NET Framework"
_FRAMEWORK = "microsoft .net framework"
_OPTIONAL = ("adobe flash player", "microsoft silverlight", "microsoft office", "microsoft lync", "microsoft xml core services 4")
_SAME = timedelta(days=3)
_PARTS = 5_000
"""How far below the number the table knows the numbers of its parts may lie: Microsoft gives out some 1,600 numbers a month."""
_VERSION = re.compile(r"\d(?:\.\d){0,2}")
_SERVICE_PACK = re.compile(r" ?(?:service pack|sp) ?\d", re.IGNORECASE)


def split(updates: Updates) -> tuple[Updates, Updates]:
    """Return the updates of Windows itself and those of .NET Framework; those of parts that may be absent (Flash Player) are left out."""
    framework, windows = {}, {}
    for number, update in updates.known.items():
        parts = [part.lower() for part in update.components if part]
        if parts and all(part.startswith(_FRAMEWORK) for part in parts):
            framework[number] = update
        elif not (parts and all(part.startswith((_FRAMEWORK, *_OPTIONAL)) for part in parts)):
            windows[number] = update
    return Updates(windows, updates.replaces, updates.places), Updates(framework, updates.replaces, updates.places)


@lru_cache(maxsize=4096)
def versions_in(name: str) -> frozenset[str]:
    """Return the versions a name of the table means: `3.5 and 4.6.2/4.7` → 3.5, 4.6.2, 4.7. Service packs are left out: the last one is meant."""
    lowered = name.lower()
    if not lowered.startswith(_FRAMEWORK):
        return frozenset()
    told = _SERVICE_PACK.sub("", lowered.removeprefix(_FRAMEWORK).partition(" on ")[0])
    # 3.5.1 is what Windows 7 calls its own 3.5.
    return frozenset({"4": "4.0", "3.5.1": "3.5"}.get(one, one) for one in _VERSION.findall(told))


@dataclass(frozen=True)
class Frameworks:
    """The table's updates of .NET Framework on one Windows: of all versions together, and of each that is asked for.

    `named`: every version the table names. `shared`: updates of Windows itself that bring those of some version along (Windows 10 until 1703); `all_` is without them.
    """

    all_: Series
    by_version: Mapping[str, Series]
    named: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()

    @classmethod
    def sorted_out(cls, updates: Updates, shared: Collection[str], asked: Iterable[str], *, build: int, until: date) -> Frameworks:
        """Sort them out; `shared`: the updates of Windows; `asked`: versions that machines have; `build` of Windows, `until` the day judged."""
        meant = {number: _meant(one) for number, one in updates.known.items()}
        named = frozenset(one for names in meant.values() for name in names for one in name)
        found = {}
        for version in sorted({_SERVICE_PACK.sub("", one) for one in asked} & named):
            mine = {number: one for number, one in updates.known.items() if any(_concerns(name, version) for name in meant[number])}
            found[version] = sort_out(replace(updates, known=mine), build=build, until=until)
        alone = {number: one for number, one in updates.known.items() if number not in shared}
        return cls(sort_out(replace(updates, known=alone), build=build, until=until), found, named, frozenset(shared))

    def lacks(self, shown: Shown, held: frozenset[str] = frozenset()) -> tuple[Lack, ...]:
        """Return what is needed: for every version an update of its own; one row, in doubt, where the versions are not known.

        `held`: the updates of Windows that are there.
        """
        if shown.framework is None:
            lack = _lack(self.all_, shown, COMPONENT, doubts=("framework",))
            return (lack,) if lack is not None else ()
        found: dict[str, Lack] = {}
        for version in shown.framework:
            number, component = _SERVICE_PACK.sub("", version), f"{COMPONENT} {version}"
            series = self.by_version.get(number)
            if series is not None:
                lack = _lack(series, shown, component, held, self.shared)
            else:
                # The table tells other versions 4 apart on this Windows, and says nothing of this one.
                listed = number.startswith("4") and any(one.startswith("4") for one in self.named)
                lack = _lack(self.all_, shown, component, doubts=("framework_unlisted",)) if listed else None
            if lack is not None:
                same = found.get(lack.update.number)
                found[lack.update.number] = _together(same, lack) if same is not None else lack
        return tuple(found.values())


def _meant(update: Update) -> tuple[frozenset[str], ...]:
    """Return, for each name under which the table has an update, the versions it means."""
    return tuple({versions for name in (*update.products, *update.components) if (versions := versions_in(name))})


def _concerns(name: Collection[str], version: str) -> bool:
    """Of `3.5 and 4.8` the 4.8 decides: a machine with 3.5 and 4.8.1 needs another one."""
    fours = [one for one in name if one.startswith("4")]
    return version in (fours or name)


def _lack(
    series: Series,
    shown: Shown,
    component: str,
    windows: frozenset[str] = frozenset(),
    shared: frozenset[str] = frozenset(),
    doubts: Iterable[str] = (),
) -> Lack | None:
    """Return the newest update of a series that is not there; None where all are there or made needless.

    `windows`: updates of Windows that are there; an update of `shared` is theirs, so that it is told with them.
    """
    known = series.updates.known
    held = series.held_by(shown.installed | (windows & known.keys()))
    # An update of Windows that brings a newer one along is told with Windows.
    later = {number for number in shared & known.keys() if known[number].posted <= series.until}
    newest = max((known[number].posted for number in (held & known.keys()) | later), default=None)
    lacking = [known[number] for number in series.lacking(held) - shared]
    # Updates of .NET Framework hold the earlier ones of their version.
    lacking = sorted((one for one in lacking if newest is None or one.posted > newest), key=lambda one: (one.posted, int(one.number)))
    if not lacking:
        return None
    last = lacking[-1]
    others = [one for one in lacking if last.posted - one.posted <= _SAME and one is not last]
    found = list(doubts)
    if not shown.complete:
        found.append("list_incomplete")
    if shown.doubt:
        found.append(shown.doubt)
    # A number the pack does not know may be that of a part of an update with about the same number, or of a later one.
    part = max(shown.unknown, default=0) + _PARTS if shown.unknown else 0
    if not doubts and min(int(one.number) for one in (*others, last)) <= part:
        found.append("framework_part")
    sure = next((one.posted for one in lacking if int(one.number) > part), None) if newest is not None and not found else None
    return Lack(
        update=last,
        kind="dotnet",
        lacking=tuple(one.number for one in lacking),
        flaws=frozenset(flaw for one in lacking for flaw in one.flaws),
        behind_since=sure,
        chain=_chain(last, others, held, known, shown),
        basis="list",
        doubts=tuple(found),
        fact=f"{last.feed}: KB{last.number} {last.place}",
        component=component,
        earliest=lacking[0].posted,
        unsure=frozenset(flaw for one in lacking if int(one.number) <= part for flaw in one.flaws),
    )


def _together(one: Lack, other: Lack) -> Lack:
    """Return one row of an update that two versions need."""
    days = [day for day in (one.behind_since, other.behind_since) if day is not None]
    return replace(
        one,
        lacking=tuple(dict.fromkeys((*one.lacking, *other.lacking))),
        flaws=one.flaws | other.flaws,
        unsure=(one.unsure | other.unsure) - ((one.flaws - one.unsure) | (other.flaws - other.unsure)),
        behind_since=min(days, default=None),
        earliest=min(day for day in (one.earliest, other.earliest) if day is not None),
        doubts=tuple(reason for reason in one.doubts if reason in other.doubts),
        component=f"{one.component}, {(other.component or '').removeprefix(COMPONENT).strip()}",
    )


def _chain(last: Update, others: list[Update], held: frozenset[str], known: Mapping[str, Update], shown: Shown) -> str:
    there = [known[number] for number in held & shown.installed if number in known]
    start = max(there, key=lambda one: (one.posted, int(one.number)), default=None)
    words = [f"KB{start.number} (installed, {start.posted})"] if start is not None else []
    either = " / ".join(f"KB{one.number}" for one in (*others, last))
    words.append(f"{either} ({last.posted}, needed)")
    return " → ".join(words)
