"""What stands here that a notice may be about: programs, components, systems, devices, and the devices of lines, as seen or declared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from omamori.analyze.flaws.application_names import Program, by_table, plain
from omamori.analyze.lines import LineEnds, product_of_system, version_in
from omamori.analyze.notices.naming import Fit, Index, Ours, device_named, tokens
from omamori.knowledge.facts import Product
from omamori.knowledge.names import os_of_text
from omamori.knowledge.pack import Pack
from omamori.snapshot.database import Database

_INSTALLED = (
    "select asset, name, version, case when manager in ('dpkg', 'rpm', 'apk', 'pacman') then null else publisher end as maker, "
    "coalesce(manager in ('dpkg', 'rpm', 'apk', 'pacman'), false) as rebuilt, true as seen, evidence from software "
    "union all select asset, name, version, supplier, false, not declared, evidence from components"
)
"""Programs and components. The version of a distribution's own package does not tell which repairs it holds, and it is no maker's."""
_VERSION = re.compile(r"\d+\.\d[\w.()-]{0,40}")
_DEVICES = ("device", "firmware")
_MOST_NAMES = 20_000
"""Names asked for in one SELECT."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A product on an asset or a line. `how`: seen, or declared where only the ledger says so; `rebuilt`: a distribution's own package.

    `device`: the pack's network product it is, with its `model`; empty for others.
    """

    asset: str
    kind: Literal["asset", "line"]
    ours: Ours
    version: str | None
    how: Literal["seen", "declared"]
    evidence: str
    rebuilt: bool = False
    model: str | None = None
    device: str = ""


@dataclass
class Standing:
    """Everything that stands here, found by the names of a notice."""

    database: Database
    pack: Pack
    ends: LineEnds
    _devices: dict[str, list[Thing]] = field(default_factory=lambda: defaultdict(list))
    _named: dict[Ours, list[Thing]] = field(default_factory=lambda: defaultdict(list))
    _systems: dict[str, list[Thing]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Read what is short; programs and components, which may be millions, are read by name when a notice asks."""
        self._read_devices()
        self._read_hosts()
        self._read_lines()
        self._read_ledger()
        self._others = Index.of(self._named)

    def about(self, vendor: str | None, product: str | None) -> Iterator[tuple[Thing, Fit]]:
        """Yield everything a notice's product may be, and how well the name fits."""
        device = device_named(vendor, product, self.pack)
        if device is not None:
            for thing in self._devices.get(device.product.product, ()):
                if device.is_model(thing.model):
                    yield thing, "same"
        words = " ".join(tokens(product))
        for name, things in self._systems.items():
            if words == name or words.startswith(f"{name} "):
                yield from ((thing, "same" if words == name else "part") for thing in things)
        for ours, how in self._others.fitting(vendor, product):
            yield from ((thing, how) for thing in self._named[ours])
        fits = {**dict(self._programs.fitting(vendor, product)), **self._by_table(vendor, product)}
        for thing in self._installed(fits):
            yield thing, fits[thing.ours]

    @cached_property
    def _installed_names(self) -> tuple[Ours, ...]:
        query = f"select distinct name, maker from ({_INSTALLED}) order by all"  # noqa: S608 - SELECTs of ours
        return tuple(Ours(name, maker) for name, maker in self.database.select(query))

    @cached_property
    def _programs(self) -> Index:
        return Index.of(self._installed_names)

    @cached_property
    def _cpe_names(self) -> Mapping[tuple[str, str], Mapping[Ours, Fit]]:
        """CPE (vendor, product) → what the pack's table of names calls by it."""
        found: dict[tuple[str, str], dict[Ours, Fit]] = defaultdict(dict)
        for ours in self._installed_names:
            for known in by_table(Program(ours.name, None, ours.maker), self.pack.applications):
                found[plain(known.vendor), plain(known.cpe)][ours] = "part" if known.confidence == "low" or known.doubt else "same"
        return found

    def _by_table(self, vendor: str | None, product: str | None) -> Mapping[Ours, Fit]:
        return self._cpe_names.get((plain(vendor or ""), plain(product or "")), {})

    def _installed(self, wanted: Iterable[Ours]) -> Iterator[Thing]:
        chosen = set(wanted)
        names = sorted({one.name for one in chosen})[:_MOST_NAMES]
        if not names:
            return
        query = f"select * from ({_INSTALLED}) where list_contains($names, name) order by all"  # noqa: S608 - SELECTs of ours
        for asset, name, version, maker, rebuilt, seen, evidence in self.database.select(query, {"names": names}):
            if (ours := Ours(name, maker)) in chosen:
                said = _makers_version(version) if rebuilt else self._makers_form(ours, version)
                yield Thing(asset, "asset", ours, said, "seen" if seen else "declared", evidence or "", rebuilt)

    def _makers_form(self, ours: Ours, version: str | None) -> str | None:
        """The version as publishers write it, where the pack's table of names says how."""
        known = by_table(Program(ours.name, version, ours.maker), self.pack.applications)
        return next((one.version for one in known if one.version), version)

    def _read_devices(self) -> None:
        for row in self.database.rows("device_facts"):
            product = product_of_system(row.system, row.version, self.pack, firmware=True)
            name = Ours(product.label if product else row.system)
            if product is not None:
                self._add(product, Thing(row.asset, "asset", name, row.version, "seen", row.evidence, model=row.model))
            elif row.system not in ("", "linux", "windows"):
                self._named[name].append(Thing(row.asset, "asset", name, row.version, "seen", row.evidence))

    def _add(self, product: Product, thing: Thing) -> None:
        told = replace(thing, version=version_in(product, thing.version) or thing.version, device=product.product)
        self._devices[product.product].append(told)

    def _read_hosts(self) -> None:
        for row in self.database.rows("hosts"):
            told = os_of_text(row.os_name or "")
            if row.platform == "windows":
                found = re.match(r"(?:microsoft )?(windows (?:server )?[\d.]+(?: r2)?)", (row.os_name or "").casefold())
                if found:
                    self._systems[" ".join(tokens(found[1]))].append(
                        Thing(row.asset, "asset", Ours(row.os_name or ""), row.os_build, "seen", row.evidence)
                    )
            elif told is not None or row.os_id:
                name = Ours(f"{row.os_id or (told or ('',))[0]} linux")
                self._named[name].append(Thing(row.asset, "asset", name, row.os_version, "seen", row.evidence))

    def _read_lines(self) -> None:
        for line in self.database.rows("remote_lines"):
            shown, _ = self.ends.of(line.line)
            if shown is not None:
                product = product_of_system(shown.system, shown.shown, self.pack, firmware=True)
                if product is not None:
                    thing = Thing(
                        line.line, "line", Ours(product.label), shown.shown or shown.version, "seen", shown.evidence, model=shown.model
                    )
                    self._add(product, thing)
                continue
            product = self.pack.product_named(line.product, line.device, firmware=True)
            if product is not None and product.kind in _DEVICES:
                thing = Thing(line.line, "line", Ours(product.label), line.firmware, "declared", line.evidence, model=line.device)
                self._add(product, thing)
                continue
            for text in (line.device, line.product):
                if text:
                    self._named[Ours(text)].append(Thing(line.line, "line", Ours(text), line.firmware, "declared", line.evidence))

    def _read_ledger(self) -> None:
        """What the ledger names, for machines nobody looked at: of the others the machine's own word counts."""
        seen = {
            asset
            for (asset,) in self.database.select(
                "select asset from hosts union select asset from software union select asset from device_facts"
            )
        }
        for row in self.database.rows("ledger_assets"):
            if row.asset in seen:
                continue
            for text in (row.os, *re.split(r"[,、;]+", row.software or "")):
                words = (text or "").strip()
                if not words:
                    continue
                found = _VERSION.search(words)
                product = self.pack.product_named(words, firmware=True)
                thing = Thing(row.asset, "asset", Ours(words), found[0] if found else None, "declared", row.evidence, model=words)
                if product is not None and product.kind in _DEVICES:
                    self._add(product, thing)
                else:
                    self._named[Ours(words)].append(thing)


def _makers_version(version: str | None) -> str | None:
    """The maker's part of a distribution's version: `1:9.6p1-3ubuntu13` is 9.6p1."""
    return re.sub(r"^\d+:", "", version or "").partition("-")[0].split("+")[0] or None


def machine_names(database: Database) -> dict[str, tuple[str, Literal["asset", "line"], str]]:
    """Return every name by which people call a machine or line (folded) → (subject, kind, evidence); a name of two of them is left out."""
    found: dict[str, tuple[str, Literal["asset", "line"], str]] = {}
    twice: set[str] = set()
    rows: Sequence[tuple[str, str, str, str]] = [
        *database.select("select asset, asset, 'asset', evidence from assets"),
        *database.select("select hostname, asset, 'asset', evidence from assets where hostname is not null"),
        *database.select("select line, line, 'line', evidence from remote_lines"),
    ]
    for name, subject, kind, evidence in rows:
        key = " ".join(tokens(name))
        if not key:
            continue
        if key in found and found[key][0] != subject:
            twice.add(key)
        found[key] = (subject, "line" if kind == "line" else "asset", evidence or "")
    return {name: one for name, one in found.items() if name not in twice}
