"""What a pack has to hold before "no flaw was found" may be said of a machine: else nothing was completely looked at.

Where nothing was imported, what ships inside speaks of some well-known flaws only; a finding of its own says so, and it is judged as far
as it goes. Once a pack was taken in nobody is told that any more: then every machine needs a source that speaks of its system.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from omamori.analyze.coverage import Input, View
from omamori.knowledge.names import windows_build
from omamori.model.host import Host
from omamori.model.look import Collected
from omamori.snapshot.database import Database

_TOO_OLD = timedelta(days=62)
_CATALOGUE = ("exploited", "ransomware")
_SILENT = "select feed from facts.feeds where records = 0 and broken > 0 and feed not in (select feed from facts.likelihood) order by feed"


def too_old(newest: date | None, now: datetime) -> bool:
    """Whether a table of Windows' updates, whose newest row is of that day, is older than two of Microsoft's monthly days."""
    return newest is not None and now.date() - newest > _TOO_OLD


def aged(look: Collected) -> Collected:
    """Return a look as one that an old table spoils."""
    return replace(look, complete=False, reason="too_old" if look.complete else look.reason)


def catalogue(database: Database, *, held: bool) -> tuple[Input, ...]:
    """Return what stands for the catalogue of exploited flaws where an imported pack has none: then nobody knows which are used."""
    if not held or database.select("select 1 from facts.exploited limit 1"):
        return ()
    return (Input(View(reason="to_confirm", looked=True), touches=_CATALOGUE),)


@dataclass(frozen=True)
class Knowing:
    """Of which machines a pack can speak. `silent`: a source of which not one record could be read."""

    held: bool
    silent: bool
    windows: Collection[str]
    linux: Collection[str]
    old: bool
    catalogue: tuple[Input, ...]

    def undecided(self, host: Host | None) -> bool:
        """Whether no source of the pack speaks of a machine's system, so that no row means nothing."""
        if host is None:
            return False
        if self.silent:
            return True
        if host.platform == "windows":
            return host.asset not in self.windows if self.held else windows_build(host) is None
        return self.held and host.asset not in self.linux

    def spoilt(self, host: Host | None, look: Collected) -> Collected:
        """Return a look, incomplete where it rests on an old table of updates."""
        return aged(look) if self.old and host is not None and host.platform == "windows" else look


def knowing(
    database: Database, *, held: bool, windows: Collection[str], newest: date | None, now: datetime, linux: Collection[str]
) -> Knowing:
    """Return what the pack can speak of; its facts have to be attached.

    `windows` and `linux`: machines whose system a table of updates or a tracker speaks of; `newest`: the newest day of that table.
    """
    blind = blind_linux(database, linux)
    return Knowing(
        held=held,
        silent=bool(database.select(_SILENT)),
        windows=windows,
        linux=frozenset(linux) - blind,
        old=bool(windows) and too_old(newest, now),
        catalogue=catalogue(database, held=held),
    )


def blind_linux(database: Database, linux: Collection[str]) -> frozenset[str]:
    """Return those of the machines whose list of software holds a package without a version, or none of a distribution at all."""
    query = (
        "select a.asset from (select unnest($assets::varchar[]) as asset) a left join software s "
        "on s.asset = a.asset and s.manager in ('dpkg', 'rpm', 'apk') "
        "group by a.asset having count(s.name) = 0 or bool_or(coalesce(s.version, '') = '')"
    )
    return frozenset(str(asset) for (asset,) in database.select(query, {"assets": sorted(linux)}))
