"""What stands here that a notice may be about: programs, components, systems, devices, and the devices of lines, as seen or declared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from omamori.analyze.lines import LineEnds, device_product, line_device, version_in
from omamori.analyze.notices.naming import Fit, Index, Ours, device_named, tokens
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
_MOST_NAMES = 20_000
"""Names asked for in one SELECT."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A product on an asset or a line. `how`: seen, or declared where only the ledger says so; `rebuilt`: a distribution's own package."""

    asset: str
    kind: Literal["asset", "line"]
    ours: Ours
    version: str | None
    how: Literal["seen", "declared"]
    evidence: str
    rebuilt: bool = False


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
        found = [Ours(name, maker) for name, maker in self.database.select(f"select distinct name, maker from ({_INSTALLED})")]  # noqa: S608 - SELECTs of ours
        self._programs = Index.of(found)
        self._others = Index.of(self._named)

    def about(self, vendor: str | None, product: str | None) -> Iterator[tuple[Thing, Fit]]:
        """Yield everything a notice's product may be, and how well the name fits."""
        device = device_named(vendor, product, self.pack)
        if device is not None:
            yield from ((thing, "same") for thing in self._devices.get(device.product, ()))
        words = " ".join(tokens(product))
        for name, things in self._systems.items():
            if words == name or words.startswith(f"{name} "):
                yield from ((thing, "same" if words == name else "part") for thing in things)
        for ours, how in self._others.fitting(vendor, product):
            yield from ((thing, how) for thing in self._named[ours])
        fits = dict(self._programs.fitting(vendor, product))
        for thing in self._installed(fits):
            yield thing, fits[thing.ours]

    def _installed(self, wanted: Iterable[Ours]) -> Iterator[Thing]:
        chosen = set(wanted)
        names = sorted({one.name for one in chosen})[:_MOST_NAMES]
        if not names:
            return
        query = f"select * from ({_INSTALLED}) where list_contains($names, name) order by all"  # noqa: S608 - SELECTs of ours
        for asset, name, version, maker, rebuilt, seen, evidence in self.database.select(query, {"names": names}):
            if (ours := Ours(name, maker)) in chosen:
                said = _makers_version(version) if rebuilt else version
                yield Thing(asset, "asset", ours, said, "seen" if seen else "declared", evidence or "", rebuilt)

    def _read_devices(self) -> None:
        for row in self.database.rows("device_facts"):
            product = device_product(row, self.pack)
            name = Ours(product.label if product else row.system)
            version = version_in(product, row.version) if product else row.version
            thing = Thing(row.asset, "asset", name, version, "seen", row.evidence)
            if product is not None:
                self._devices[product.product].append(thing)
            elif row.system not in ("", "linux", "windows"):
                self._named[name].append(thing)

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
            if shown is not None and shown.product is not None:
                name = Ours(shown.product.label)
                self._devices[shown.product.product].append(Thing(line.line, "line", name, shown.version, "seen", shown.evidence))
                continue
            device = line_device(line, self.pack)
            if device.product is not None:
                thing = Thing(line.line, "line", Ours(device.product.label), device.version, "declared", line.evidence)
                self._devices[device.product.product].append(thing)
            for text in (line.device, line.product):
                if text and device.product is None:
                    name = Ours(text)
                    self._named[name].append(Thing(line.line, "line", name, line.firmware, "declared", line.evidence))

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
                product = self.pack.product_named(words)
                if product is not None and product.kind == "device":
                    version = version_in(product, found[0]) if found else None
                    self._devices[product.product].append(Thing(row.asset, "asset", Ours(words), version, "declared", row.evidence))
                else:
                    version = found[0] if found else None
                    self._named[Ours(words)].append(Thing(row.asset, "asset", Ours(words), version, "declared", row.evidence))


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
