"""Reads the network from the tables of devices and Linux machines. IPv4 only (decision 0036)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from omamori.analyze.coverage import Coverage
from omamori.analyze.reach.parts import Chain, Device, Host, Network, Nic, Way
from omamori.analyze.reach.ranges import address_number, network_numbers
from omamori.analyze.reach.rules import chains_of
from omamori.model.device import DeviceChain, DeviceFact, DeviceInterface, DeviceRoute, DeviceRule, DeviceVpn
from omamori.model.host import KernelSetting
from omamori.model.network import Interface, Route
from omamori.snapshot.database import Database

TABLES = (
    "device_facts",
    "device_interfaces",
    "device_routes",
    "device_chains",
    "device_rules",
    "device_vpns",
    "interfaces",
    "routes",
    "kernel_settings",
)
"""Tables a network is read from; `collected` besides."""

_USED = {
    "device_interfaces": ("name", "zone", "enabled", "address", "prefix", "vrf"),
    "device_routes": ("destination", "gateway", "interface", "distance", "discard", "vrf", "condition"),
    "device_chains": ("chain", "hook", "priority", "policy", "interface_in", "interface_out", "family", "first_packet"),
    "device_rules": (
        "position", "enabled", "decision", "target", "protocol", "sources", "destinations", "source_ports", "destination_ports",
        "interface_in", "interface_out", "states", "to_addresses", "to_ports", "one_to_one", "schedule", "unread",
    ),
    "interfaces": ("name", "address", "prefix"),
    "routes": ("destination", "gateway", "interface"),
}  # fmt: skip
RULE_COLUMNS = {table: _USED[table] for table in ("device_chains", "device_rules")}
"""Columns of the rules that decide."""
_INSIDE = re.compile(r"^(docker|br-[0-9a-f]{12}|virbr|veth|lxc|lxdbr|cni|podman|vnet)")
_TUNNELS = ("tunnel", "ppp", "mobile")
Doubts = Mapping[tuple[str, str], str]
"""Why a table of an asset is not known wholly: (asset, table) → reason, a code of `look.REASONS`."""


def read_network(database: Database) -> Network:
    """Read the network of a snapshot, with what its looks could not see."""
    return network_of(*read_rows(database))


def read_rows(database: Database) -> tuple[list[Any], Doubts]:
    """Return what `network_of` needs of a snapshot: for whoever wants to change rows first."""
    coverage = Coverage.read(database)
    rows = [row for table in TABLES for row in database.rows(table)]
    assets = {row.asset for row in rows}
    doubts = {}
    for asset in assets:
        for table, columns in _USED.items():
            view = coverage.view(table, asset)
            if not view.knows(*columns):
                doubts[(asset, table)] = view.reason or "not_collected"
    return rows, doubts


def read_chains(database: Database) -> Mapping[str, tuple[Chain, ...]]:
    """Read the chains of every asset that has some, whether it passes packets on or not."""
    chains: dict[str, list[DeviceChain]] = defaultdict(list)
    rules: dict[str, list[DeviceRule]] = defaultdict(list)
    for chain in database.rows("device_chains"):
        chains[chain.asset].append(chain)
    for rule in database.rows("device_rules"):
        rules[rule.asset].append(rule)
    return {asset: chains_of(found, rules[asset]) for asset, found in sorted(chains.items())}


def network_of(rows: Iterable[Any], doubts: Doubts | None = None) -> Network:
    """Put a network together from rows of `TABLES`, in any order; `doubts` names what was not looked at completely."""
    by_asset: dict[str, dict[type, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_asset[row.asset][type(row)].append(row)
    devices, hosts = [], []
    for asset, tables in sorted(by_asset.items()):
        known = _Known(asset, tables, doubts or {})
        if known.device:
            devices.append(known.as_device())
        elif nics := known.nics():
            routes_known = "routes" not in known.lacking and bool(tables[Route])
            hosts.append(Host(asset, nics, known.ways() if routes_known else None))
    return Network(_tunnelled(devices, by_asset), tuple(hosts))


class _Known:
    """What the tables say of one asset."""

    def __init__(self, asset: str, tables: Mapping[type, list[Any]], doubts: Doubts) -> None:
        self.asset = asset
        self.tables = tables
        self.lacking = {table: why for (name, table), why in doubts.items() if name == asset}
        self.fact: DeviceFact | None = next(iter(tables[DeviceFact]), None)
        self.settings = {row.name: row.value for row in tables[KernelSetting] if isinstance(row, KernelSetting)}
        self.linux = (self.fact is not None and self.fact.system == "linux") or bool(tables[Interface] and not tables[DeviceInterface])
        self.forwards = self._forwards()
        self.device = self._is_device()

    def _forwards(self) -> bool | None:
        if self.fact is not None and self.fact.forwards is not None:
            return self.fact.forwards
        setting = self.settings.get("net.ipv4.ip_forward")
        return None if setting is None else setting.strip() == "1"

    def _is_device(self) -> bool:
        """A machine that passes packets on, or may; a device with a configuration of its own in any case."""
        if not self.linux:
            return self.fact is not None or bool(self.tables[DeviceInterface])
        networks = {nic.segment for nic in self.nics() if nic.segment}
        asked = self.fact is not None or self.settings.get("net.ipv4.ip_forward") is not None
        return self.forwards is True or (self.forwards is None and asked and len(networks) > 1)

    def nics(self) -> tuple[Nic, ...]:
        rows: list[DeviceInterface] = self.tables[DeviceInterface]
        if rows:
            return tuple(
                Nic(
                    name=row.name,
                    zone=row.zone,
                    vrf=row.vrf,
                    reverse=self._reverse(row.name) if self.linux else 0,
                    point_to_point=row.kind in _TUNNELS,
                    **_network(row.address, row.prefix, self._private(row.name)),
                )
                for row in rows
                if row.enabled is not False
            )
        machine: list[Interface] = self.tables[Interface]
        return tuple(
            Nic(
                name=row.name,
                reverse=self._reverse(row.name),
                point_to_point=row.kind in ("tunnel", "mobile"),
                **_network(row.address, row.prefix, self._private(row.name)),
            )
            for row in machine
            if row.up is not False and (row.kind != "loopback" or _routed_loopback(row.address)) and ":" not in (row.address or "")
        )

    def _private(self, name: str) -> str:
        """Networks inside a machine (containers, virtual machines) carry the same addresses on many of them."""
        return f" inside {self.asset}" if _INSIDE.match(name) else ""

    def _reverse(self, name: str) -> int | None:
        """Linux looks at sources by the greater of the setting for all interfaces and the interface's own (ip-sysctl, rp_filter)."""
        own = self.settings.get(f"net.ipv4.conf.{name.replace('.', '/')}.rp_filter", self.settings.get(f"net.ipv4.conf.{name}.rp_filter"))
        every = self.settings.get("net.ipv4.conf.all.rp_filter")
        values = [value.strip() for value in (every, own) if value is not None]
        if len(values) < 2 or not all(value in ("0", "1", "2") for value in values):
            return 2 if "2" in values else None
        return max(int(value) for value in values)

    def ways(self) -> tuple[Way, ...]:
        rows: list[DeviceRoute] = self.tables[DeviceRoute]
        found = [
            Way(
                *numbers,
                gateway=address_number(row.gateway),
                interface=row.interface,
                distance=row.distance or 0,
                discard=row.discard,
                vrf=row.vrf,
                condition=row.condition or _unreadable(row.gateway),
            )
            for row in rows
            if (numbers := network_numbers(row.destination)) is not None
        ]
        if not rows:
            found = [
                Way(*numbers, gateway=address_number(row.gateway), interface=row.interface, distance=row.metric or 0)
                for row in self.tables[Route]
                if (numbers := network_numbers(row.destination)) is not None
            ]
        return tuple(found)

    def _doubt(self, *tables: str) -> str | None:
        return next((self.lacking[table] for table in tables if table in self.lacking), None)

    def as_device(self) -> Device:
        own_routes = "device_routes" if self.tables[DeviceRoute] or not self.linux else "routes"
        own_nics = "device_interfaces" if self.tables[DeviceInterface] or not self.linux else "interfaces"
        chains: list[DeviceChain] = self.tables[DeviceChain]
        rules: list[DeviceRule] = self.tables[DeviceRule]
        stateful = self.fact.stateful if self.fact is not None else None
        return Device(
            name=self.asset,
            nics=self.nics(),
            ways=self.ways(),
            chains=chains_of(chains, rules),
            forwards=self.forwards,
            stateful=True if self.linux else stateful,  # Linux looks at connections whatever its rules make of them
            answers_for_translated=not self.linux,
            rules_doubt=self._doubt("device_chains", "device_rules"),
            routes_doubt=self._doubt(own_routes),
            interfaces_doubt=self._doubt(own_nics),
        )


def _network(address: str | None, prefix: int | None, private: str) -> dict[str, Any]:
    number = address_number(address)
    if number is None:
        return {}
    numbers = network_numbers(f"{address}/{32 if prefix is None else prefix}")
    if numbers is None:
        return {"address": number}
    segment = f"{numbers[0]}-{numbers[1]}{private}" if numbers[0] != numbers[1] else ""
    return {"address": number, "first": numbers[0], "last": numbers[1], "segment": segment}


def _routed_loopback(address: str | None) -> bool:
    number = address_number(address)
    return number is not None and number >> 24 != 127


def _unreadable(gateway: str | None) -> str | None:
    """A next hop that is neither empty nor an address: another routing instance, a name."""
    return f"next hop {gateway}" if gateway and address_number(gateway) is None else None


def _tunnelled(devices: list[Device], by_asset: Mapping[str, Mapping[type, list[Any]]]) -> tuple[Device, ...]:
    """Join the two ends of a tunnel where each names the other's address as its peer, and no addresses of their own join them."""
    ends: dict[tuple[str, str], list[str]] = {}
    owners: dict[int | None, str] = {nic.address: device.name for device in devices for nic in device.nics if nic.address is not None}
    for device in devices:
        for row in by_asset[device.name][DeviceVpn]:
            peer = owners.get(address_number(row.peer))
            if peer is not None and peer != device.name and row.interface and row.enabled is not False:
                ends.setdefault((device.name, peer), []).append(row.interface)
    segments = {}
    for (mine, theirs), interfaces in ends.items():
        back = ends.get((theirs, mine), [])
        if len(interfaces) == len(back) == 1:
            segments[(mine, interfaces[0])] = "tunnel " + " ".join(sorted((mine, theirs)))
    return tuple(
        replace(
            device,
            nics=tuple(replace(nic, segment=segments.get((device.name, nic.name), "")) if not nic.segment else nic for nic in device.nics),
        )
        for device in devices
    )
