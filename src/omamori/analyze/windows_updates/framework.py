"""Updates of .NET Framework: which one a machine needs depends on versions that a list of updates does not show, so they stay in doubt. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from omamori.analyze.windows_updates.series import Series
from omamori.analyze.windows_updates.table import Update, Updates
from omamori.analyze.windows_updates.verdict import Lack, Shown

COMPONENT = ".NET Framework"
_FRAMEWORK = "microsoft .net framework"
_OPTIONAL = ("adobe flash player", "microsoft silverlight", "microsoft office", "microsoft lync", "microsoft xml core services 4")
_SAME = timedelta(days=3)


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


def framework_lack(series: Series, shown: Shown) -> Lack | None:
    """Return the newest update of .NET Framework that is not there; None where all are there or made needless.

    One row for all versions of it: the newest month's updates close the same flaws, each for other versions.
    """
    known = series.updates.known
    held = series.held_by(shown.installed)
    newest = max((known[number].posted for number in held if number in known), default=None)
    lacking = [known[number] for number in series.lacking(held)]
    # Updates of .NET Framework hold the earlier ones of their version.
    lacking = sorted((one for one in lacking if newest is None or one.posted > newest), key=lambda one: (one.posted, int(one.number)))
    if not lacking:
        return None
    last = lacking[-1]
    others = [one for one in lacking if last.posted - one.posted <= _SAME and one is not last]
    doubts = ["framework"]
    if not shown.complete:
        doubts.append("list_incomplete")
    if shown.doubt:
        doubts.append(shown.doubt)
    return Lack(
        update=last,
        kind="dotnet",
        lacking=tuple(one.number for one in lacking),
        flaws=frozenset(flaw for one in lacking for flaw in one.flaws),
        behind_since=lacking[0].posted,
        chain=_chain(last, others, held, known, shown),
        basis="list",
        doubts=tuple(doubts),
        fact=f"{last.feed}: KB{last.number} {last.place}",
        component=COMPONENT,
    )


def _chain(last: Update, others: list[Update], held: frozenset[str], known: Mapping[str, Update], shown: Shown) -> str:
    there = [known[number] for number in held & shown.installed if number in known]
    start = max(there, key=lambda one: (one.posted, int(one.number)), default=None)
    words = [f"KB{start.number} (installed, {start.posted})"] if start is not None else []
    either = " / ".join(f"KB{one.number}" for one in (*others, last))
    words.append(f"{either} ({last.posted}, needed)")
    return " → ".join(words)
