"""Whether a segment that is said to be filtered is: against what reaches it over the network (`reachability`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from omamori.analyze.addresses import current_addresses
from omamori.analyze.coverage import Coverage, Input
from omamori.analyze.notices.naming import tokens
from omamori.analyze.protection.detail import Detail
from omamori.analyze.protection.found import Found
from omamori.analyze.reach.ranges import address_number
from omamori.model.look import EVERYWHERE
from omamori.model.text import Text
from omamori.model.ways_in import Reachable
from omamori.snapshot.database import Database

_SEVERAL = 5
_ALL_PORTS = 60_000
"""A rule that lets this many ports through filters nothing."""


@dataclass
class Segments:
    """What reaches what over the network, and the names of zones and ways in."""

    database: Database
    coverage: Coverage
    addresses: dict[str, tuple[str, ...]] = field(init=False)
    zones: dict[str, str] = field(init=False)
    entries: dict[str, str] = field(init=False)
    zone_of: dict[str, str | None] = field(init=False)

    def __post_init__(self) -> None:
        """Read the names; rows of `reachability` are read for one subject at a time."""
        self.addresses = dict(current_addresses(self.database))
        self.zones = {_folded(row.zone): row.zone for row in self.database.rows("zones") if row.zone}
        self.entries = {}
        for row in self.database.rows("entries"):
            self.entries |= {_folded(name): row.entry for name in (row.entry, row.line) if name}
        self.zone_of = {str(asset): zone for asset, zone in self.database.select("select asset, zone from assets")}

    def of_machine(self, asset: str, detail: Detail) -> Found:
        """Return whether packets reach `asset` only where they are let, from the ways in and zones its exception names (else all ways in)."""
        numbers = [number for text in self.addresses.get(asset, ()) if (number := address_number(text)) is not None]
        tables = ("interfaces", "network_hosts")
        own = [Input(view, ("address",)) for table in tables if (view := self.coverage.view(table, asset)).looked]
        # Zones that are named are known without the ways in.
        meant = {self.zones.get(_folded(word)) for word in detail.words} - {None}
        by_zone = bool(detail.words) and len(meant) == len(detail.words) and self.zone_of.get(asset) not in meant
        rests = (*self._rests(entries=not by_zone), *own)
        if not numbers:
            return Found("unreadable", Text("機器のIPアドレスが分かりません", "no address of the machine is known"), "", rests)
        lost = [word for word in detail.words if _folded(word) not in self.zones and _folded(word) not in self.entries]
        if lost:
            return Found("declared", _no_such_zone(lost), "", rests)
        origins = self._origins(detail, self.zone_of.get(asset))
        rows = [row for number in numbers for row in self._rows("address_first <= $number and $number <= address_last", number=number)]
        return self._judged([row for row in rows if origins is None or row.origin in origins], detail, rests)

    def of_line(self, line: str, detail: Detail) -> Found:
        """Return whether what comes in by a line reaches only what it is let, in the zones its exception names (else all)."""
        lost = [word for word in detail.words if _folded(word) not in self.zones]
        if lost:
            return Found("declared", _no_such_zone(lost), "", self._rests())
        name = self.entries.get(_folded(line))
        if name is None:
            return Found("unreadable", Text("この回線の入口が分かりません", "no way in is known for this line"), "", self._rests())
        wanted = {self.zones[_folded(word)] for word in detail.words}
        rows = self._rows("origin_kind = 'entry' and origin = $origin", origin=name)
        inside = [
            row for row in rows if (row.zone in wanted if wanted else row.zone is not None) or (row.reach == "unknown" and row.zone is None)
        ]
        return self._judged(inside, detail, self._rests())

    def _rests(self, *, entries: bool = True) -> tuple[Input, ...]:
        site = ("reachability", "ledger_assets", "zones", *(("entries",) if entries else ()))
        return tuple(Input(self.coverage.view(table, EVERYWHERE)) for table in site)

    def _origins(self, detail: Detail, own: str | None) -> set[str] | None:
        """Names of the origins meant; None for all of them. A machine's own zone means: from everywhere outside of it."""
        named = {self.zones.get(_folded(word)) or self.entries[_folded(word)] for word in detail.words}
        if own is not None and own in named:
            return {*self.zones.values(), *self.entries.values()} - {own}
        return named or set(self.entries.values())

    def _rows(self, where: str, **values: object) -> list[Reachable]:
        names = tuple(Reachable.__dataclass_fields__)
        query = f"select {', '.join(names)} from reachability where {where} order by all"  # noqa: S608 - names of the model, conditions of ours
        return [Reachable(**dict(zip(names, row, strict=True))) for row in self.database.select(query, values)]

    def _judged(self, rows: Iterable[Reachable], detail: Detail, rests: tuple[Input, ...]) -> Found:
        held = [row for row in rows if row.protocol in ("tcp", "udp") and _meant(row, detail)]
        told = [row for row in held if row.reach in ("open", "one-way")]
        against = told if detail.ports else [row for row in told if _everything(row)]
        if against:
            row = against[0]
            return Found("contradicted", _reaches(row), row.evidence, rests)
        unknown = next((row for row in held if row.reach == "unknown"), None)
        if unknown is not None:
            why = (unknown.doubt or "?")[:200]
            words = Text(f"{unknown.origin} から届くか判断できません({why})", f"whether {unknown.origin} reaches it cannot be told ({why})")
            return Found("unreadable", words, unknown.evidence, rests)
        if not all(item.view.complete for item in rests):
            return Found(
                "unreadable", Text("途中の機器の設定をすべては見ていません", "not every device on the way was looked at"), "", rests
            )
        return Found("seen", _let(told), told[0].evidence if told else rests[0].view.evidence, rests)


def _folded(name: str) -> str:
    return " ".join(tokens(name))


def _meant(row: Reachable, detail: Detail) -> bool:
    if not detail.ports:
        return True
    first, last = (0, 65_535) if row.port_first is None else (row.port_first, row.port_last or row.port_first)
    return any(ports.protocol in (None, row.protocol) and ports.first <= last and first <= ports.last for ports in detail.ports)


def _everything(row: Reachable) -> bool:
    return row.port_first is None or (row.port_last or row.port_first) - row.port_first >= _ALL_PORTS


def _ports(row: Reachable) -> str:
    if row.port_first is None:
        return f"{row.protocol}/*"
    last = row.port_last or row.port_first
    return f"{row.protocol}/{row.port_first}" + (f"-{last}" if last != row.port_first else "")


def _reaches(row: Reachable) -> Text:
    by = f" ({row.rules[:200]})" if row.rules else ""
    return Text(f"{row.origin} から {_ports(row)} が届きます{by}", f"{row.origin} reaches it on {_ports(row)}{by}")


def _let(told: list[Reachable]) -> Text:
    if not told:
        return Text("どの入口・ゾーンからも届きません", "nothing reaches it from there")
    some = list(dict.fromkeys(f"{row.origin} {_ports(row)}" for row in told))
    words = ", ".join(some[:_SEVERAL]) + (f" +{len(some) - _SEVERAL}" if len(some) > _SEVERAL else "")
    return Text(f"決めた通信だけが届きます: {words}", f"only what is let reaches it: {words}")


def _no_such_zone(words: list[str]) -> Text:
    names = "、".join(words)[:200]
    return Text(f"「{names}」は「ゾーン」にも入口にもない名前です", f"{names}: neither a zone nor a way in of this name")
