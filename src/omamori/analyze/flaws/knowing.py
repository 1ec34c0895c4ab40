"""What a pack has to hold before "no flaw was found" may be said of a machine: else nothing was completely looked at.

Every machine needs a source that covers its system (`covering`). Where nothing was imported, what ships inside speaks of some well-known
flaws only: those are told, and nothing is passed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from omamori.analyze.coverage import Input, View
from omamori.analyze.flaws.covering import TOO_OLD, Covering, Gap
from omamori.knowledge.names import windows_build
from omamori.model.host import Host
from omamori.model.text import Text
from omamori.snapshot.database import Database

_CATALOGUE = ("exploited", "ransomware")
_SILENT = (
    "select feed, title, title_ja from facts.feeds where records = 0 and broken > 0 "
    "and feed not in (select feed from facts.likelihood) order by feed"
)


def too_old(newest: date | None, now: datetime) -> bool:
    """Whether a table of Windows' updates, whose newest row is of that day, is older than two of Microsoft's monthly days."""
    return newest is not None and now.date() - newest > TOO_OLD


def catalogue(pack: Covering) -> tuple[Input, ...]:
    """Return what stands for the catalogue of exploited flaws where a pack has none that is whole: then nobody knows which are used."""
    if pack.catalogue is None:
        return ()
    return (Input(View(reason=pack.catalogue.reason, looked=True), touches=_CATALOGUE),)


def windows_gap(
    pack: Covering, host: Host, *, covered: Collection[str], undated: Collection[str], newest: date | None, now: datetime
) -> Gap | None:
    """Return what the pack's table of updates lacks for a Windows machine. `covered`, `undated`: machines as in `Machines`."""
    called = host.os_name or f"Windows {host.os_build or ''}".strip()
    gap = pack.windows(spoken=host.asset in covered, called=called)
    if gap is not None:
        return gap
    if host.asset in undated:
        said = Text(f"{called}の更新に、公開日のないものがあります", f"Microsoft's table names an update of {called} without a day")
        return Gap("not_in_pack", said)
    if newest is not None and too_old(newest, now):
        said = Text(
            f"マイクロソフトの更新の表が古すぎます({newest:%Y-%m-%d})", f"Microsoft's table of updates is too old ({newest:%Y-%m-%d})"
        )
        return Gap("pack_too_old", said)
    return None


@dataclass(frozen=True)
class Knowing:
    """Of which machines a pack can speak. `silent`: a source of which not one record could be read; `blind`: machines that show too little.

    `windows`: what is missing for each Windows machine; `linux`: machine → the release its packages are judged by.
    """

    pack: Covering
    silent: Gap | None
    windows: Mapping[str, Gap | None]
    linux: Mapping[str, str]
    blind: Collection[str]
    catalogue: tuple[Input, ...]

    def gap(self, host: Host) -> Gap | None:
        """Return what the pack lacks for a machine's system."""
        if self.silent is not None:
            return self.silent
        if host.platform == "windows":
            return self.windows.get(host.asset)
        release = self.linux.get(host.asset)
        return self.pack.release((release,) if release else (), host.os_name or release or host.os_id or host.platform)

    def undecided(self, host: Host | None) -> bool:
        """Whether no row means nothing: no source of the pack speaks of a machine's system, or the machine shows too little of it."""
        if host is None:
            return False
        if self.gap(host) is not None:
            return True
        return windows_build(host) is None if host.platform == "windows" else host.asset in self.blind

    def why(self, host: Host | None) -> str:
        """Return the reason for that: what the pack lacks, or what a person has to look up where the machine does not tell what it is."""
        if host is None or (host.platform == "windows" and windows_build(host) is None) or not (host.os_id or host.os_name):
            return "to_confirm" if self.pack.held else "not_in_pack"
        gap = self.gap(host)
        return gap.reason if gap is not None else "to_confirm"


def knowing(database: Database, pack: Covering, *, windows: Mapping[str, Gap | None], linux: Mapping[str, str]) -> Knowing:
    """Return what the pack can speak of; its facts have to be attached. Parameters as in `Knowing`."""
    found = database.select(_SILENT) if pack.held else []
    silent = None
    if found:
        feed, title, title_ja = found[0]
        said = Text(f"{title_ja or title or feed}を1件も読み取れませんでした", f"not one record of {title or feed} could be read")
        silent = Gap("not_in_pack", said)
    return Knowing(pack, silent, windows, linux, blind_linux(database, linux), catalogue(pack) if pack.held else ())


def blind_linux(database: Database, linux: Collection[str]) -> frozenset[str]:
    """Return those of the machines whose list of software holds a package without a version, or none of a distribution at all."""
    query = (
        "select a.asset from (select unnest($assets::varchar[]) as asset) a left join software s "
        "on s.asset = a.asset and s.manager in ('dpkg', 'rpm', 'apk') "
        "group by a.asset having count(s.name) = 0 or bool_or(coalesce(s.version, '') = '')"
    )
    return frozenset(str(asset) for (asset,) in database.select(query, {"assets": sorted(linux)}))
