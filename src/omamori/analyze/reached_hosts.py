"""Whom a machine's own firewall lets reach a port: exactly where its chains were read, else as `exposures` has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from omamori.analyze.coverage import Coverage
from omamori.analyze.reach.follow import Packets, Reached, follow
from omamori.analyze.reach.network import RULE_COLUMNS, read_chains
from omamori.analyze.reach.parts import Device, Network, Nic, Start, Way
from omamori.analyze.reach.ranges import LAST_ADDRESS, Ranges, addresses, protocol_number
from omamori.model.derived import Exposure
from omamori.snapshot.database import Database


@dataclass(frozen=True, slots=True)
class Let:
    """What a machine's firewall answers: open, one-way, unknown or none; the rules that let packets in; why it cannot be told."""

    reach: str
    rules: str | None = None
    doubt: str | None = None


@dataclass(slots=True)
class HostFirewalls:
    """The firewalls of all machines that pass nothing on."""

    devices: Mapping[str, Device]
    exposures: Mapping[tuple[str, str, int | None], Exposure]
    _known: dict[tuple[str, int, str | None], tuple[Reached, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, database: Database, network: Network) -> HostFirewalls:
        """Read them from a snapshot; chains count where they were looked at wholly."""
        coverage = Coverage.read(database)
        chains = read_chains(database)
        devices = {}
        for host in network.hosts:
            if all(coverage.view(table, host.name).knows(*columns) for table, columns in RULE_COLUMNS.items()):
                nics = tuple(replace(nic, reverse=0) for nic in host.nics)
                devices[host.name] = Device(host.name, nics, chains=chains.get(host.name, ()), forwards=False)
        return cls(devices, {(row.asset, row.protocol, row.port): row for row in database.rows("exposures")})

    def let(self, asset: str, address: int, protocol: str, port: int, sources: str | None) -> Let:
        """Return whether packets of `sources` (as in `reachability`, None: any) come in at a port."""
        device = self.devices.get(asset)
        nic = next((one for one in device.nics if one.address == address), None) if device else None
        number = protocol_number(protocol)
        if device is None or nic is None or number is None:
            return self._told(asset, protocol, port, sources)
        best = Let("none")
        for found in self._reached(device, nic, sources):
            if any(
                known == number and (ranges is None or any(low <= port <= high for low, high in ranges)) for known, ranges in found.services
            ):
                if found.device is None or not any(first <= address <= last for first, last in found.destinations):
                    continue
                let = Let(found.reach, "; ".join(str(rule) for rule in found.rules) or None, found.doubt)
                best = max(best, let, key=lambda one: ("none", "one-way", "unknown", "open").index(one.reach))
        return best

    def _reached(self, device: Device, nic: Nic, sources: str | None) -> tuple[Reached, ...]:
        """Everything that comes in by one interface of a machine; its answers go out there again."""
        key = (device.name, nic.address or 0, sources)
        if key not in self._known:
            alone = Device(
                device.name,
                device.nics,
                (Way(0, LAST_ADDRESS, interface=nic.name),),
                device.chains,
                forwards=False,
                stateful=device.stateful,
            )
            start = Start("interface", device=device.name, interface=nic.name, sources=sources)
            self._known[key] = follow(Network((alone,)), start, Packets(protocol="tcp,udp"))
        return self._known[key]

    def _told(self, asset: str, protocol: str, port: int, sources: str | None) -> Let:
        """As `exposures` has it: of a restricted port those it lets in must be among the sources."""
        row = self.exposures.get((asset, protocol, port))
        if row is None:
            return Let("unknown", doubt=f"not_collected: {asset}")
        if row.inbound == "open":
            return Let("open", row.decided_by)
        if row.inbound == "blocked":
            return Let("none")
        if row.inbound == "restricted":
            allowed, understood = addresses(row.allowed_from)
            if not understood:
                return Let("unknown", row.decided_by, f"to_confirm: {asset}")
            return Let("open" if _overlap(allowed, addresses(sources)[0]) else "none", row.decided_by)
        return Let("unknown", row.decided_by, f"{row.doubt or 'to_confirm'}: {asset}")


def _overlap(one: Ranges | None, other: Ranges | None) -> bool:
    if one is None or other is None:
        return True
    return any(first <= high and low <= last for first, last in one for low, high in other)
