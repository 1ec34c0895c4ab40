"""Fills `entries`: every way in, as the ledger declares it and as evidence shows it, each marked and put together where they are one.

A way in that evidence shows and no line of the ledger explains is undeclared; a line whose device was looked at completely without
showing it was not seen; whose device was not looked at, nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from omamori.analyze.coverage import Coverage, Input, View, derived_look
from omamori.analyze.entry_devices import Found, found_on, read_devices
from omamori.analyze.entry_hosts import found_on_hosts, with_traffic
from omamori.analyze.entry_lines import Line, lines_of, matched
from omamori.analyze.entry_places import Places
from omamori.analyze.hospital_time import hospital_zone, on_the_wall
from omamori.analyze.interface import Analyzer, Moment
from omamori.analyze.lines import Firmware, firmware_of, same_form
from omamori.knowledge.pack import Pack
from omamori.model.declared import OtherEntry
from omamori.model.look import EVERYWHERE
from omamori.model.service_window import read_window
from omamori.model.ways_in import Entry
from omamori.snapshot.database import Database

_KIND_OF_LINE = {"internet": "internet", "partner": "partner", "remote-software": "remote-software"}
_LEDGER = ("line", "kind", "vendor", "device", "device_address", "lands_in")
_DECLARED = ("declared", "line", "vendor", "declared_zone", "declared_firmware", "installed", "guard")
_SEEN = (
    "observed", "method", "device", "interface", "zone", "machine", "sources", "opened_from", "two_factor", "always_open", "firmware",
    "firmware_built", "last_used",
)  # fmt: skip
_OF_DEVICE = {
    "device_vpns": ("name", "kind", "enabled", "interface", "allowed_from", "peer"),
    "device_interfaces": ("name", "address", "prefix", "enabled"),
    "device_routes": ("destination", "gateway", "interface"),
}
_OF_HOST = {"interfaces": ("name", "kind", "address", "up"), "routes": ("destination", "gateway"), "remote_access": ("product", "running")}


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rows are made from. `looked` is when the tunnels of a device were looked at, in the hospital's time."""

    places: Places
    coverage: Coverage
    devices: frozenset[str]
    firmware: Mapping[str, Firmware]
    looked: Mapping[str, datetime]
    pack: Pack


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield one row per way in, and the looks of every line, every machine and the whole site."""
    coverage = Coverage.read(database)
    places = Places.read(database, known=coverage.view("zones", EVERYWHERE).knows("zone", "networks"))
    devices = read_devices(database)
    facts = _Facts(places, coverage, frozenset(devices), firmware_of(database, moment.pack), _looked(database), moment.pack)
    found = [one for device in devices.values() for one in found_on(device, places)]
    found += found_on_hosts(database, {name for name, device in devices.items() if not device.host}, places)
    found = _with_sessions(with_traffic(_once(found), database, places), database)
    names = _names(database)
    lines = lines_of(database.rows("remote_lines"), places, names)
    main, carried = matched(lines, found)
    of_line = {line.row.line: line for line in lines}
    for line in lines:
        yield _line(line, main.get(line.row.line), facts)
    shown = {id(one) for one in main.values()}
    others = list(database.rows("other_entries"))
    explained = _explained(others, found, names)
    for place, one in enumerate(found):
        if id(one) not in shown and place not in explained:
            yield _found(one, of_line.get(carried.get(place, "")), facts)
    for number, other in enumerate(others):
        seen = next((found[place] for place, holder in explained.items() if holder == number), None)
        yield _other(other, seen, names, facts)
    yield from _looks(database, lines, facts)


def _once(found: Iterable[Found]) -> list[Found]:
    """Each name once: what several machines show is one way in, with all its addresses."""
    kept: dict[str, Found] = {}
    for one in found:
        known = kept.setdefault(one.name, one)
        if known is not one and known.sources and one.sources:
            kept[one.name] = replace(known, sources=",".join(sorted({*known.sources.split(","), *one.sources.split(",")})))
    return list(kept.values())


def _with_sessions(found: list[Found], database: Database) -> list[Found]:
    """A login seen in a device's log is a use of the doors for persons on it."""
    query = "select asset, max(began) from sessions where accepted and began is not null group by asset"
    last = {str(asset): moment for asset, moment in database.select(query)}
    return [
        replace(one, last_used=max(one.last_used or last[one.asset], last[one.asset]))
        if one.sort == "tunnel" and one.asset in last and one.method not in ("gre", "ipip")
        else one
        for one in found
    ]


def _names(database: Database) -> dict[str, str]:
    found: dict[str, str] = {}
    for asset, hostname in database.select("select asset, hostname from assets order by asset"):
        for name in (asset, hostname):
            if name:
                found.setdefault(str(name).lower(), str(asset))
    return found


def _looked(database: Database) -> dict[str, datetime]:
    query = "select asset, max(seen) from collected where table_name = 'device_vpns' and seen is not null group by asset"
    zone = hospital_zone(database)
    return {str(asset): on_the_wall(moment, zone) for asset, moment in database.select(query)}


def _line(line: Line, one: Found | None, facts: _Facts) -> Entry:
    """The row of a declared line: what the evidence says where it says something, else the ledger's word."""
    row, restricted = line.row, line.row.opened_from if line.row.source_restricted == "yes" else None
    device = one.asset if one else (min(line.assets) if line.assets else None)
    firmware = facts.firmware.get(device or "")
    declared_use = datetime.combine(row.last_used, time()) if row.last_used else None
    uses = [moment for moment in (one.last_used if one else None, declared_use) if moment]
    machine = one is not None and one.on_machine
    if one is not None and one.shared:
        device = min(line.assets, default=None)
    told = _said(row.two_factor)
    return Entry(
        asset=row.line,
        entry=row.line,
        kind=_KIND_OF_LINE.get(row.kind or "", "line"),
        line=row.line,
        vendor=row.vendor,
        method=one.method if one else None,
        device=None if machine and one is not None and one.sort != "tunnel" else device,
        machine=device if machine else None,
        interface=one.interface if one else None,
        zone=_zone(one, row.lands_in),
        declared_zone=row.lands_in,
        sources=one.sources if one else None,
        opened_from=one.opened_from if one else restricted and restricted.replace(" ", ","),
        declared=True,
        observed=True if one else False if _all_known(line, facts) else None,
        two_factor=one.two_factor if one and one.two_factor is not None else told,
        always_open=_open(one, line, facts) if one else _said(row.always_open),
        firmware=firmware.version if firmware else None,
        firmware_built=firmware.built if firmware else None,
        declared_firmware=same_form(row.firmware, firmware.product if firmware else None),
        installed=row.installed,
        last_used=max(uses, default=None),
        source=ANALYZER.name,
        evidence=one.evidence if one else row.evidence,
    )


def _zone(one: Found | None, declared: str | None) -> str | None:
    """The zone it lands in: of several the declared one; where none of them is, the first, since it is surely another."""
    if one is None or not one.zones:
        return declared
    return declared if declared in one.zones else one.zones[0]


def _open(one: Found, line: Line, facts: _Facts) -> bool | None:
    """Whether the line was open when looked at though nobody had to use it; NULL inside its window, and where no clock can tell."""
    if one.open is None:
        return None
    window, looked = read_window(line.row.service_window), facts.looked.get(one.asset)
    if one.open and window is not None and looked is not None and not window.anytime and window.holds(looked):
        return None
    return one.open


def _found(one: Found, line: Line | None, facts: _Facts) -> Entry:
    """The row of a way in that evidence shows; `line` is the declared one it carries."""
    ledger = facts.coverage.view("remote_lines", EVERYWHERE).complete
    declared = True if line is not None or one.declared else False if ledger else None
    firmware = facts.firmware.get(one.asset)
    return Entry(
        asset=one.asset,
        entry=one.name,
        kind=one.kind,
        line=line.row.line if line else None,
        vendor=line.row.vendor if line else None,
        method=one.method,
        device=None if (one.on_machine and one.sort != "tunnel") or one.shared else one.asset,
        machine=one.asset if one.on_machine else None,
        interface=one.interface,
        zone=one.zones[0] if len(one.zones) == 1 else None,
        declared_zone=line.row.lands_in if line else None,
        sources=one.sources,
        opened_from=one.opened_from,
        declared=declared,
        observed=True,
        two_factor=one.two_factor,
        always_open=one.open,
        firmware=firmware.version if firmware else None,
        firmware_built=firmware.built if firmware else None,
        last_used=one.last_used,
        source=ANALYZER.name,
        evidence=one.evidence,
    )


def _explained(others: Sequence[OtherEntry], found: Sequence[Found], names: Mapping[str, str]) -> dict[int, int]:
    """Return place of a found way in → number of the declared other way in it is: of its kind, on its machine or in its zone."""
    taken: dict[int, int] = {}
    for number, other in enumerate(others):
        machine = names.get((other.machine or "").lower())
        for place, one in enumerate(found):
            same = one.kind == other.kind or (other.kind == "partner" and one.sort in ("network", "route"))
            here = (machine is not None and one.asset == machine and not one.shared) or (
                other.zone is not None and one.zones == (other.zone,)
            )
            if place not in taken and same and (here or (other.sources and one.sources == other.sources.replace(" ", ","))):
                taken[place] = number
                break
    return taken


def _other(other: OtherEntry, one: Found | None, names: Mapping[str, str], facts: _Facts) -> Entry:
    machine = names.get((other.machine or "").lower(), other.machine)
    device = machine in facts.devices
    return Entry(
        asset=machine or "",
        entry=other.entry,
        kind=other.kind or "partner",
        vendor=other.vendor,
        method=one.method if one else None,
        device=machine if device else None,
        machine=None if device else machine,
        interface=one.interface if one else None,
        zone=one.zones[0] if one and one.zones else other.zone,
        declared_zone=other.zone,
        sources=(one.sources if one else None) or (other.sources or "").replace(" ", ",") or None,
        declared=True,
        observed=True if one else None,
        always_open=one.open if one else None,
        guard=other.guard,
        last_used=one.last_used if one else None,
        source=ANALYZER.name,
        evidence=one.evidence if one else other.evidence,
    )


def _said(word: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(word or "")


def _device_views(asset: str, facts: _Facts) -> list[Input]:
    """What a device has to show; of a host that passes packets on its own tables of interfaces and routes serve."""
    own = {"device_interfaces": "interfaces", "device_routes": "routes"}
    inputs = []
    for table, columns in _OF_DEVICE.items():
        view = facts.coverage.view(table, asset)
        other = facts.coverage.view(own[table], asset) if table in own and not view.looked else None
        used = tuple(name for name in columns if name not in ("enabled", "prefix")) if other and other.looked else columns
        inputs.append(Input(other if other and other.looked else view, used))
    return inputs


def _all_known(line: Line, facts: _Facts) -> bool:
    """Whether everything the line would be seen at was completely looked at."""
    if not line.assets:
        return False
    return all(item.view.knows(*item.uses) for asset in line.assets for item in _line_views(line, asset, facts))


def _line_views(line: Line, asset: str, facts: _Facts) -> list[Input]:
    if line.row.kind == "remote-software":
        return [Input(facts.coverage.view("remote_access", asset), _OF_HOST["remote_access"])]
    return _device_views(asset, facts)


def _looks(database: Database, lines: Sequence[Line], facts: _Facts) -> Iterator[Any]:
    view = facts.coverage.view
    zones = Input(view("zones", EVERYWHERE), ("zone", "networks"))
    for line in lines:
        seen = [item for asset in sorted(line.assets) for item in _line_views(line, asset, facts)] or [Input(View())]
        inputs = [Input(view("remote_lines", line.row.line), _LEDGER), *(replace(item, touches=_SEEN) for item in seen)]
        yield derived_look(line.row.line, "entries", ANALYZER.name, [*inputs, replace(zones, touches=("zone",))])
    ledger = [Input(view("remote_lines", EVERYWHERE), _LEDGER), Input(view("other_entries", EVERYWHERE), ("entry", "kind", "zone"))]
    for (asset,) in database.select("select asset from assets order by asset"):
        own = [Input(view(table, asset), columns) for table, columns in _OF_HOST.items()]
        inputs = [*(_device_views(asset, facts) if asset in facts.devices else own), zones]
        yield derived_look(str(asset), "entries", ANALYZER.name, [*inputs, *(replace(item, touches=_DECLARED) for item in ledger)])
    yield derived_look(EVERYWHERE, "entries", ANALYZER.name, [*ledger, zones])


ANALYZER = Analyzer(
    name="analyze.entries",
    reads=(
        *("assets", "remote_lines", "other_entries", "zones", "ledger_assets", "identity", "network_hosts", "interfaces", "routes"),
        *("device_facts", "device_interfaces", "device_routes", "device_vpns", "device_accounts", "remote_access", "windows_settings"),
        *("connections", "flows", "sessions", "hosts", "collected"),
    ),
    fills=("entries",),
    run=run,
)
"""The analyzer of this module."""
