"""Fills `exposures`: the listening ports of every asset and whom its own firewall lets reach them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from omamori.analyze.addresses import parse_address
from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.firewall import reach
from omamori.analyze.firewall_reach import Reach, widest
from omamori.analyze.firewall_windows import CONDITIONS, PRODUCT
from omamori.analyze.interface import Analyzer, Moment
from omamori.model.derived import Exposure
from omamori.model.network import FirewallProfile, FirewallRule, Listener
from omamori.snapshot.database import Database

_LISTENER = ("protocol", "address", "port", "loopback")
_PROFILE = ("product", "profile", "enabled", "inbound_default", "family")
_RULE = (
    "product",
    "profile",
    "position",
    "decision",
    "protocol",
    "port_first",
    "port_last",
    "sources",
    "interface",
    "state",
    "conditional",
    "program",
    "family",
)
_VERDICT = ("inbound", "allowed_from", "decided_by")


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield one row per protocol and port other machines may reach; a port only the machine itself reaches has none."""
    coverage = Coverage.read(database)
    listeners: dict[str, dict[tuple[str, int | None], list[Listener]]] = defaultdict(lambda: defaultdict(list))
    for row in database.rows("listeners"):
        if not _loopback(row):
            listeners[row.asset][(row.protocol, row.port)].append(row)
    profiles: dict[str, list[FirewallProfile]] = defaultdict(list)
    for profile in database.rows("firewall_profiles"):
        profiles[profile.asset].append(profile)
    for (asset,) in database.select("select asset from assets order by asset"):
        views = {name: coverage.view(name, asset) for name in ("listeners", "firewall_profiles", "firewall_rules")}
        windows = any(profile.product == PRODUCT for profile in profiles[asset])
        used = tuple(name for name in _RULE if name != "program" or windows)
        hidden = windows and not views["firewall_rules"].missing.isdisjoint(CONDITIONS)
        if hidden:
            used = tuple(name for name in used if name not in CONDITIONS)
        firewall_known = views["firewall_profiles"].knows(*_PROFILE) and views["firewall_rules"].knows(*used)
        why = views["firewall_profiles"].reason or views["firewall_rules"].reason or "not_collected"
        # Machine by machine, and only where they decide: some have thousands.
        rules = list(database.rows("firewall_rules", asset=asset)) if firewall_known and asset in listeners else []
        rows = [
            _exposure(ports, profiles[asset], rules, None if firewall_known else why, hidden=hidden)
            for ports in listeners.get(asset, {}).values()
        ]
        yield from rows
        inputs = [
            Input(views["listeners"], _LISTENER),
            Input(views["listeners"], ("process",), ("process",)),
            Input(views["firewall_profiles"], _PROFILE, _VERDICT),
            Input(views["firewall_rules"], used, _VERDICT),
        ]
        yield derived_look(asset, "exposures", ANALYZER.name, inputs)


def _loopback(row: Listener) -> bool:
    if row.loopback is not None:
        return row.loopback
    address = parse_address(row.address)
    return address is not None and address.is_loopback


def _exposure(
    ports: list[Listener], profiles: list[FirewallProfile], rules: list[FirewallRule], unseen: str | None, *, hidden: bool
) -> Exposure:
    first = ports[0]
    if unseen:
        found = Reach("unknown", decided_by=unseen)
    else:
        families = dict.fromkeys(family for row in ports for family in _families(row.address))
        programs = dict.fromkeys(row.process for row in ports)
        found = widest(reach(profiles, rules, first.protocol, first.port, families, process=program, hidden=hidden) for program in programs)
    return Exposure(
        asset=first.asset,
        protocol=first.protocol,
        port=first.port,
        process=next((row.process for row in ports if row.process), None),
        inbound=found.inbound,
        allowed_from=",".join(found.allowed_from) or None,
        decided_by=found.decided_by or None,
        doubt=(unseen or "to_confirm") if found.inbound == "unknown" else None,
        source=ANALYZER.name,
        evidence=first.evidence,
    )


def _families(address: str) -> Iterator[str]:
    """Families an address can be reached by; `::` usually takes IPv4 too."""
    parsed = parse_address(address)
    if parsed is None or parsed.version == 4 or parsed.is_unspecified:
        yield "ipv4"
    if parsed is None or parsed.version == 6:
        yield "ipv6"


ANALYZER = Analyzer(
    name="analyze.exposures",
    reads=("assets", "listeners", "firewall_profiles", "firewall_rules", "collected"),
    fills=("exposures",),
    run=run,
)
"""The analyzer of this module."""
