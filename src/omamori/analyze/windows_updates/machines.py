"""What the machines show of their Windows: build, updates, and how completely that was looked at; those that are alike are judged once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from omamori.analyze.coverage import Coverage
from omamori.analyze.windows_updates.framework import Frameworks, split
from omamori.analyze.windows_updates.products import Windows, windows_of
from omamori.analyze.windows_updates.series import sort_out
from omamori.analyze.windows_updates.table import Numbers, joined, read_updates
from omamori.analyze.windows_updates.unjudged import FLASH_REMOVAL, flash_player, of_flash
from omamori.analyze.windows_updates.verdict import Lack, Shown, judge, present
from omamori.knowledge.names import os_of_host
from omamori.knowledge.pack import Pack
from omamori.model.host import FRAMEWORK, FRAMEWORK_ORIGIN, Host
from omamori.snapshot.database import Database

_NUMBER = re.compile(r"^(?:KB|Q)?(\d{5,8})(?:-V\d+)?$", re.IGNORECASE)
_WHOLE_BUILD = re.compile(r"^\d{1,2}\.\d{1,2}\.\d{4,5}\.\d{1,6}$")
_OF_PROGRAMS = (
    "select asset, unnest(regexp_extract_all(name, '\\bKB(\\d{6,8})\\b', 1)) from software where name like '%KB%' "
    "and asset in (select asset from hosts where platform = 'windows')"
)
_FRAMEWORKS = "select asset, list(distinct version order by version) from software where name = $name and origin = $origin group by asset"


@dataclass(frozen=True, slots=True)
class Machine:
    """A Windows machine; `windows` is None where the pack's table has no name for it."""

    host: Host
    windows: Windows | None
    shown: Shown


@dataclass(frozen=True, slots=True)
class Judged:
    """Machines that are alike, and what each of them lacks."""

    product: str
    machines: tuple[Machine, ...]
    lacks: tuple[Lack, ...]


@dataclass(frozen=True)
class Machines:
    """Every Windows machine of a snapshot, and what the pack's table knows at all."""

    machines: tuple[Machine, ...]
    numbers: Numbers
    today: date

    @classmethod
    def read(cls, database: Database, coverage: Coverage, pack: Pack, today: date) -> Machines:
        """Read them; the pack's facts have to be attached. `today`: an update of a later day is not needed, and makes the table no newer."""
        installed = _installed(database)
        frameworks = {
            str(asset): tuple(str(one) for one in versions)
            for asset, versions in database.select(_FRAMEWORKS, {"name": FRAMEWORK, "origin": FRAMEWORK_ORIGIN})
        }
        numbers = Numbers.read(database, {number for held in installed.values() for number in held}, today)
        found = []
        for host in database.rows("hosts", platform="windows"):
            mine = installed.get(host.asset, frozenset())
            windows = windows_of(host, numbers.products)
            if windows is not None and not numbers.products.written((windows.name,)):
                windows = None
            shown = replace(_shown(host, windows, mine, numbers, coverage, pack), framework=frameworks.get(host.asset))
            found.append(Machine(host, windows, shown))
        return cls(tuple(found), numbers, today)

    def covered(self) -> frozenset[str]:
        """Return the assets whose Windows the table knows."""
        return frozenset(machine.host.asset for machine in self.machines if machine.windows is not None)

    def undated(self) -> frozenset[str]:
        """Return the assets of whose Windows the table names an update without a day: that one could not be judged."""
        written = self.numbers.products.written
        return frozenset(
            machine.host.asset
            for machine in self.machines
            if machine.windows is not None and not self.numbers.undated.isdisjoint(written((machine.windows.name,)))
        )

    def told_flaws(self, database: Database, flaws: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Return asset → those of `flaws` that the table speaks of for its Windows; of the others it says nothing."""
        query = (
            "select product, list(distinct flaw) from facts.windows_fixes where update is not null "
            "and flaw in (select unnest($flaws::varchar[])) group by product"
        )
        told = {str(product): frozenset(known) for product, known in database.select(query, {"flaws": sorted(flaws)})}
        found = {}
        for machine in self.machines:
            names = self.numbers.products.written((machine.windows.name,)) if machine.windows is not None else ()
            found[machine.host.asset] = frozenset(flaw for name in names for flaw in told.get(name, ()))
        return found

    def judged(self, database: Database) -> Iterator[Judged]:
        """Yield what the machines lack, product by product; alike machines together. The pack's facts have to be attached."""
        by_windows: dict[Windows, list[Machine]] = defaultdict(list)
        for machine in self.machines:
            if machine.windows is not None:
                by_windows[machine.windows].append(machine)
        for windows, machines in sorted(by_windows.items(), key=lambda item: item[0].name):
            yield from self._of_product(database, windows, machines)

    def _of_product(self, database: Database, windows: Windows, machines: list[Machine]) -> Iterator[Judged]:
        written = self.numbers.products.written
        own = written((windows.name, *windows.explorer))
        read = read_updates(database, own, written(windows.siblings), windows.branch)
        updates, part = split(read)
        flash = replace(read, known={number: one for number, one in read.known.items() if of_flash(one)})
        series = sort_out(updates, build=windows.build, until=self.today)
        names = tuple(sorted(name for held in self.numbers.products.framework(windows.name).values() for name in held))
        part = joined(part, read_updates(database, names)) if names else part
        asked = {version for machine in machines for version in machine.shown.framework or ()}
        frameworks = Frameworks.sorted_out(part, updates.known.keys(), asked, build=windows.build, until=self.today)
        alike: dict[Shown, list[Machine]] = defaultdict(list)
        told = updates.known.keys() | part.known.keys() | {old for olds in frameworks.all_.replaced.values() for old in olds}
        told |= flash.known.keys() | {FLASH_REMOVAL} | updates.replaces.keys() | {old for olds in updates.replaces.values() for old in olds}
        for machine in machines:
            shown = machine.shown
            few = replace(shown, installed=shown.installed & told)
            alike[few].append(machine)
        for shown, same in alike.items():
            there = present(series, shown)
            found = flash_player(flash, series, there, shown)
            lacks = (*judge(series, shown), *frameworks.lacks(shown, there), *((found,) if found is not None else ()))
            yield Judged(written((windows.name,))[-1], tuple(same), lacks)


def _shown(host: Host, windows: Windows | None, installed: frozenset[str], numbers: Numbers, coverage: Coverage, pack: Pack) -> Shown:
    named = os_of_host(host)
    support = pack.support_of(*named) if named is not None else None
    return Shown(
        installed=installed,
        complete=coverage.view("patches", host.asset).knows("patch_id"),
        build=host.os_build if _WHOLE_BUILD.match(host.os_build or "") else None,
        unknown=tuple(sorted(int(number) for number in installed - numbers.numbers if len(number) == 7)),
        doubt=windows.doubt if windows is not None else None,
        support_ends=support.ends if support is not None else None,
        extended_ends=support.extended_ends if support is not None else None,
    )


def _installed(database: Database) -> Mapping[str, frozenset[str]]:
    """Return asset → numbers of the updates it shows: in its list of updates, and in the names of programs (Office, SQL Server)."""
    found: dict[str, set[str]] = defaultdict(set)
    for asset, patch in database.select("select distinct asset, patch_id from patches"):
        told = _NUMBER.match(str(patch).strip())
        if told:
            found[str(asset)].add(told[1])
    for asset, number in database.select(_OF_PROGRAMS):
        found[str(asset)].add(str(number))
    return {asset: frozenset(numbers) for asset, numbers in found.items()}
