"""Fills `lookalikes`: which machines look alike, so that a person knows how many of a kind were looked at. Never a verdict.

Machines the ledger describes are grouped by its words: class, system, purpose, software, vendor. Others that were looked at
are grouped by what was seen on them: role, system and version, maker, model, main software. Main software of a server is all of it,
of a PC the programs that at least two and a tenth of those PCs have, of Linux the programs that listen to others. A machine that is
known by its name only, and is no server, joins where names differ in nothing but numbers and the system is the same.
What does not say enough belongs to no group: alike is never guessed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.unvisited import Unvisited, unvisited
from omamori.model.declared import LedgerAsset
from omamori.model.derived import Asset
from omamori.model.host import Host
from omamori.model.look import EVERYWHERE
from omamori.model.visits import LookAlike
from omamori.snapshot.database import Database

_PACKAGES = ("dpkg", "rpm", "apk", "pacman", "pip")
_VERSION = re.compile(r"\(.*?\)|\bv?\d+(\.\d+)+\b|\b(19|20)\d\d\b|\b(x64|x86|64-bit|32-bit|ja-jp|en-us)\b")
_NOT_MAIN = re.compile(r"\bkb\d{5,}|redistributable|再頒布|\bruntime\b|security update|セキュリティ更新|hotfix|language pack|言語パック")
_HOST = ("platform", "role", "os_id", "os_version", "manufacturer", "model")
_SHARE = 10
"""A program is main software of PCs when at least one in so many of them has it."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A machine that was looked at. `programs` None: its list is not whole."""

    name: str
    host: Host | None
    role: str | None
    base: Key | None
    programs: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class _Group:
    """What machines have in common: basis, key and label."""

    basis: str
    key: Key
    label: str

    @property
    def id(self) -> str:
        """A short name of the group that is the same in every run."""
        return f"{self.basis}-{hashlib.sha256(repr(self.key).encode()).hexdigest()[:8]}"


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield one row for every machine of which enough is known, looked at or not, and one look for the site."""
    coverage = Coverage.read(database)
    ledger = {row.asset: row for row in database.rows("ledger_assets") if row.asset}
    assets = {row.asset: row for row in database.rows("assets")}
    seen = _seen(database, assets, coverage)
    groups: dict[str, _Group] = {}
    for name, entry in ledger.items():
        group = _declared(entry)
        if group is not None and name in assets:
            groups[name] = group
    groups |= _observed([one for one in seen.values() if one.name not in groups])
    others = unvisited(database, met=False)
    groups |= _named([one for one in others if one.name not in groups], seen, groups)
    evidence = {one.name: one.evidence for one in others} | {name: asset.evidence for name, asset in assets.items()}
    for name, group in sorted(groups.items()):
        one = seen.get(name)
        yield LookAlike(
            asset=name,
            alike=group.id,
            basis=group.basis,
            label=group.label,
            role=_role(assets.get(name), ledger.get(name), one),
            looked_at=one is not None,
            build=one.host.os_build if one is not None and one.host else None,
            programs=_sum(one.programs) if one is not None and one.programs is not None else None,
            source=ANALYZER.name,
            evidence=evidence.get(name, ""),
        )
    inputs = [Input(coverage.view(table, EVERYWHERE), ("asset",)) for table in ("ledger_assets",)]
    # Nobody can tell that there are no more machines of a kind than those somebody named.
    yield derived_look(EVERYWHERE, "lookalikes", ANALYZER.name, inputs, undecided=True)


def _role(asset: Asset | None, entry: LedgerAsset | None, one: _Seen | None) -> str | None:
    return (entry.role if entry else None) or (asset.role if asset else None) or (one.role if one else None)


def _seen(database: Database, assets: Mapping[str, Asset], coverage: Coverage) -> dict[str, _Seen]:
    hosts = {row.asset: row for row in database.rows("hosts")}
    programs: dict[str, frozenset[str]] = {}
    query = f"select asset, list(distinct name) from software where coalesce(manager, '') not in {_PACKAGES!r} group by asset"  # noqa: S608
    for asset, names in database.select(query):
        programs[asset] = frozenset(word for name in names if (word := main_name(name)))
    roles = dict(database.select("select asset, list(distinct name) from server_roles where kind in ('role', 'feature') group by asset"))
    listening = dict(
        database.select(
            "select asset, list(distinct process) from listeners where loopback is not true and process is not null group by asset"
        )
    )
    found = {}
    for name, asset in assets.items():
        if not asset.observed:
            continue
        host = hosts.get(name)
        role = asset.role or (host.role if host else None)
        linux = host is not None and host.platform == "linux"
        main = frozenset(listening.get(name, ())) if linux else programs.get(name, frozenset()) | frozenset(roles.get(name, ()))
        whole = coverage.view("listeners", name).knows("process", "loopback") if linux else coverage.view("software", name).knows("name")
        base = _base(host, role) if coverage.view("hosts", name).knows(*_HOST) else None
        found[name] = _Seen(name, host, role, base, main if whole else None)
    return found


def _base(host: Host | None, role: str | None) -> Key | None:
    if host is None or not host.os_id or not host.os_version:
        return None
    return (role or "", host.os_id, host.os_version, _folded(host.manufacturer), _folded(host.model))


def main_name(text: str) -> str:
    """Return the name of a program without version and kind, small; empty for updates and what only serves other programs."""
    name = _folded(text)
    return "" if _NOT_MAIN.search(name) else " ".join(_VERSION.sub(" ", name).split()).strip(" -")


def _folded(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def _declared(entry: LedgerAsset) -> _Group | None:
    """The ledger says enough when it tells what the machine is for."""
    if entry.role == "network" or not (entry.purpose or entry.software):
        return None
    software = sorted({_folded(word) for word in re.split(r"[,、;]+", entry.software or "") if word.strip()})
    key = (entry.role or "", _folded(entry.os), _folded(entry.purpose), *software, "vendor", _folded(entry.vendor))
    words = (entry.purpose, entry.os, entry.software, entry.vendor)
    return _Group("declared", key, " / ".join(word.strip() for word in words if word))


def _observed(machines: Sequence[_Seen]) -> dict[str, _Group]:
    by_base: dict[Key, list[_Seen]] = defaultdict(list)
    for one in machines:
        if one.base is not None and one.programs is not None:
            by_base[one.base].append(one)
    found = {}
    for base, same in by_base.items():
        count = Counter(program for one in same for program in one.programs or ())
        least = max(2, -(-len(same) // _SHARE))
        common = frozenset(program for program, machines in count.items() if machines >= least)
        for one in same:
            programs = one.programs or frozenset()
            main = programs & common if one.role == "client" else programs
            host = one.host
            words = (host.os_name, host.manufacturer, host.model) if host else ()
            label = " / ".join(word.strip() for word in words if word)
            found[one.name] = _Group("observed", (*base, *sorted(main)), label)
    return found


def _named(others: Sequence[Unvisited], seen: Mapping[str, _Seen], groups: Mapping[str, _Group]) -> dict[str, _Group]:
    """Join machines of which only name and system are recorded to the one group whose names look so, else to each other."""
    by_name: dict[Key, set[_Group]] = defaultdict(set)
    for name, one in seen.items():
        pattern = _pattern(one.host.hostname if one.host else name, one.host.os_name if one.host else None)
        if pattern is not None and name in groups:
            by_name[pattern].add(groups[name])
    found = {}
    for other in others:
        pattern = _pattern(other.computer.name if other.computer else other.name, other.os_name)
        if pattern is None or other.role == "server":
            continue  # Servers are named in a row, whatever they are for.
        known = by_name.get(pattern, set())
        if len(known) == 1:
            group = min(known, key=lambda one: one.id)
            found[other.name] = group
        else:
            found[other.name] = _Group("name", pattern, f"{pattern[0].upper()} / {other.os_name}")
    return found


def _pattern(name: str, system: str | None) -> Key | None:
    """Return a name with its numbers taken out, and the system; None when the name has no number, too few letters, or no system is told."""
    short = _folded(name).split(".")[0]
    stem = re.sub(r"\d+", "#", short)
    if stem == short or len(re.sub(r"[^a-z]", "", stem)) < 2 or not system:
        return None
    return stem, _folded(system).removeprefix("microsoft ")


def _sum(programs: frozenset[str]) -> str:
    return hashlib.sha256("\n".join(sorted(programs)).encode()).hexdigest()[:8]


ANALYZER = Analyzer(
    name="analyze.lookalikes",
    reads=(
        "assets", "hosts", "ledger_assets", "software", "server_roles", "listeners", "domain_computers", "interfaces", "routes", "remote_lines",
        "zones", "identity", "collected", "recognised_machines",
    ),
    fills=("lookalikes",),
    run=run,
)  # fmt: skip
"""The analyzer of this module."""
