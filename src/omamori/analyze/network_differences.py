"""What differs between the ledger and what a scan saw: machines nobody knows, and machines that did not answer. Pure.

A machine that does not answer is not gone: a PC may be switched off, a firewall may be silent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from omamori.analyze.addresses import Network, networks_of, parse_address, split_addresses
from omamori.analyze.differences import Difference
from omamori.analyze.neighbours import plain_mac
from omamori.analyze.whereabouts import Whereabouts
from omamori.knowledge.makers import Makers
from omamori.model.declared import LedgerAsset
from omamori.model.derived import Asset
from omamori.model.sightings import NetworkHost, Scan
from omamori.snapshot.database import Database

_LEFT_OUT = re.compile(r"(?:^|\s)--exclude(file)?(?:[ =])(\S+)")


@dataclass(frozen=True, slots=True)
class Run:
    """A scan that ended: when it began, and which addresses it asked."""

    began: datetime
    asked: tuple[Network, ...]
    left_out: tuple[Network, ...]
    evidence: str

    def covers(self, address: str) -> bool:
        """Return whether it asked an address."""
        return _holds(self.asked, address) and not _holds(self.left_out, address)


def _holds(networks: Iterable[Network], address: str) -> bool:
    return any(network.holds(address) for network in networks)


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """Where each asset was seen, which addresses and hardware somebody declared or looked at, and the scans, newest first."""

    seen: Mapping[str, Sequence[NetworkHost]]
    hardware: Mapping[str, Sequence[str]]
    ports: Mapping[str, str]
    addresses: frozenset[str]
    macs: frozenset[str]
    runs: tuple[Run, ...]

    @classmethod
    def read(cls, database: Database) -> NetworkFacts:
        """Read them from a snapshot."""
        seen: dict[str, list[NetworkHost]] = defaultdict(list)
        for row in database.rows("network_hosts"):
            seen[row.asset].append(row)
        texts = database.select(
            "select address from ledger_assets where address is not null union select address from interfaces where address is not null "
            "union select device_address from remote_lines where device_address is not null"
        )
        macs = database.select("select mac from ledger_assets where mac is not null union select mac from interfaces where mac is not null")
        runs = sorted(filter(None, map(_run, database.rows("scans"))), key=lambda one: (one.began, one.evidence), reverse=True)
        hardware: dict[str, list[str]] = defaultdict(list)
        for asset, mac in database.select("select asset, substr(identifier, 5) from identity where identifier like 'mac:%' order by all"):
            hardware[str(asset)].append(str(mac))
        ports = database.select(
            "select asset, string_agg(distinct port || '/' || protocol, ' ' order by port || '/' || protocol) from network_ports "
            "where state = 'open' and port is not null group by asset"
        )
        return cls(
            dict(seen),
            hardware,
            {str(asset): str(said) for asset, said in ports},
            frozenset(address for (text,) in texts for address in split_addresses(text)),
            frozenset(mac for (text,) in macs for word in re.split(r"[\s,、;]+", str(text)) if (mac := plain_mac(word))),
            tuple(runs),
        )

    def stranger(self, asset: str, *, known: bool) -> bool | None:
        """Return whether scans saw it where nobody is known to be; None when no scan saw it. In: whether it is `known` itself.

        An address that belongs to a known machine, of which nobody can tell whether it was this one, is no new machine.
        """
        rows = self.seen.get(asset)
        if not rows:
            return None
        addresses = {str(parse_address(row.address)) for row in rows}
        return not known and not addresses & self.addresses and not set(map(plain_mac, self._macs(asset))) & self.macs

    def _macs(self, asset: str) -> Sequence[str]:
        """Return the hardware addresses a scan or an ARP table saw at an asset's addresses."""
        return tuple(dict.fromkeys([*(row.mac for row in self.seen.get(asset, ()) if row.mac), *self.hardware.get(asset, ())]))

    def seen_as(self, asset: str, makers: Makers, whereabouts: Whereabouts) -> str:
        """Return what was seen of an asset, for people: addresses, hardware address and its maker, name and switch port, open ports."""
        addresses = ", ".join(sorted({row.address for row in self.seen.get(asset, ())}))
        hardware = [
            whereabouts.told(f"{mac} ({makers.maker_of(mac)})" if makers.maker_of(mac) else mac, digits=plain_mac(mac))
            for mac in self._macs(asset)
        ]
        ports = sorted(self.ports.get(asset, "").split(), key=lambda word: (int(word.split("/")[0]), word))
        return "; ".join(part for part in (addresses, *hardware, " ".join(ports)) if part)


def _run(scan: Scan) -> Run | None:
    """Return a scan of which it is known what it asked; None where it was cut off, or left out what is written in a file of its own."""
    if not scan.finished or scan.began is None:
        return None
    left_out = _LEFT_OUT.findall(scan.arguments or "")
    if any(file for file, _ in left_out):
        return None
    asked = networks_of(scan.targets)
    if not asked or len(asked) != len((scan.targets or "").split()):
        return None
    return Run(scan.began, asked, networks_of(" ".join(words for _, words in left_out)), scan.evidence)


def unanswered(entry: LedgerAsset | None, last_seen: datetime | None, facts: NetworkFacts) -> datetime | None:
    """Return when the newest scan began that asked an address of the ledger while nothing was seen of the machine since; None when none did."""
    addresses = list(split_addresses(entry.address)) if entry is not None else []
    run = next((one for one in facts.runs if any(map(one.covers, addresses))), None)
    return run.began if run is not None and (last_seen is None or last_seen < run.began) else None


def unknown_machine(asset: Asset, facts: NetworkFacts) -> Iterator[Difference]:
    """Yield the difference of a machine that a scan saw and nobody knows."""
    if asset.stranger:
        last = max(facts.seen[asset.asset], key=lambda row: (row.seen or datetime.min, row.address))
        yield Difference("undeclared-machine-seen", last.address, None, asset.seen_as, last.evidence)
