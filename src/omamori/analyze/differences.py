"""What differs between a machine's entry in the ledger and the machine: pure comparisons."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from omamori.knowledge.names import os_of_host, os_of_text
from omamori.knowledge.pack import Pack
from omamori.model.declared import DeclaredBackup, LedgerAsset
from omamori.model.derived import Asset, Exposure, Peer, RemoteAccess
from omamori.model.host import Host
from omamori.model.network import Neighbour
from omamori.model.sightings import Lease
from omamori.model.windows import DomainComputer
from omamori.snapshot.database import Database

_PORT = re.compile(r"(\d{1,5})(?:\s*-\s*(\d{1,5}))?(?:\s*/\s*(tcp|udp))?", re.IGNORECASE)
_JUDGED_ROLES = ("server", "client")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of one machine."""

    kind: str
    item: str
    declared: str | None
    observed: str | None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ByAsset:
    """The tables the comparison needs, by asset."""

    assets: Mapping[str, Asset]
    ledger: Mapping[str, LedgerAsset]
    hosts: Mapping[str, Host]
    programs: Mapping[str, Mapping[str, str]]
    remote: Mapping[str, Sequence[RemoteAccess]]
    exposures: Mapping[str, Sequence[Exposure]]
    peers: Mapping[str, Sequence[Peer]]
    neighbours: Mapping[str, Sequence[Neighbour]]
    leases: Mapping[str, Sequence[Lease]]
    computers: Mapping[str, Sequence[DomainComputer]]
    designed: frozenset[str]
    backups: Mapping[str, Sequence[DeclaredBackup]]
    jobs: frozenset[str]

    @classmethod
    def read(cls, database: Database, pack: Pack) -> ByAsset:
        """Read them; of the software only the programs a hospital would know by name."""
        return cls(
            assets={row.asset: row for row in database.rows("assets")},
            ledger={row.asset: row for row in database.rows("ledger_assets")},
            hosts={row.asset: row for row in database.rows("hosts")},
            programs=_programs(database, pack),
            remote=_grouped(database.rows("remote_access")),
            exposures=_grouped(database.rows("exposures")),
            peers=_grouped(database.rows("peers")),
            neighbours=_grouped(database.rows("neighbours")),
            leases=_grouped(database.rows("leases")),
            computers=_grouped(database.rows("domain_computers")),
            designed=frozenset(str(name) for (name,) in database.select("select distinct asset from designed_flows")),
            backups=_grouped(database.rows("declared_backups")),
            jobs=frozenset(str(name) for (name,) in database.select("select distinct asset from scheduled_backups")),
        )


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.asset].append(row)
    return dict(found)


def _programs(database: Database, pack: Pack) -> dict[str, dict[str, str]]:
    """Asset → name for people → evidence, of programs with a name of their own (databases, web servers …)."""
    labels = {}
    for (name,) in database.select("select distinct name from software"):
        product = next((item for item in pack.products if item.packages and item.packages.match(str(name))), None)
        if product is not None:
            labels[str(name)] = product.label
    found: dict[str, dict[str, str]] = defaultdict(dict)
    query = "select asset, name, evidence from software where list_contains($names, name) order by all"
    for asset, name, evidence in database.select(query, {"names": sorted(labels)}):
        found[str(asset)].setdefault(labels[str(name)], str(evidence or ""))
    return found


def machine_differences(asset: Asset, facts: ByAsset) -> Iterator[Difference]:
    """Yield what differs for one machine; the ledger was looked at completely."""
    entry, host = facts.ledger.get(asset.asset), facts.hosts.get(asset.asset)
    if entry is None:
        # A switch or firewall that only its tables and logs tell of; what a scan alone saw is told of by what it seems to be.
        if asset.observed or (asset.last_seen is not None and not asset.scanned):
            yield Difference("undeclared-machine", asset.hostname or asset.asset, None, asset.hostname, asset.evidence)
        return
    if not asset.observed:
        yield Difference("not-seen", asset.asset, asset.asset, None, entry.evidence)
    if host is not None:
        yield from _os_and_role(entry, host)
    yield from _software(entry, facts.programs.get(asset.asset, {}), facts.remote.get(asset.asset, ()))
    yield from _listeners(entry, facts.exposures.get(asset.asset, ()))
    if asset.asset in facts.designed:
        for peer in facts.peers.get(asset.asset, ()):
            if peer.designed is False:
                service = f"{peer.direction or '?'} {peer.peer} {peer.port if peer.port is not None else '?'}/{peer.protocol}"
                yield Difference("undeclared-peer", service, None, peer.process, peer.evidence)
    if host is not None and asset.asset not in facts.jobs:
        for backup in facts.backups.get(asset.asset, ()):
            yield Difference("backup-not-found", backup.job, backup.method, None, backup.evidence)


def _os_and_role(entry: LedgerAsset, host: Host) -> Iterator[Difference]:
    declared, observed = os_of_text(entry.os or ""), os_of_host(host)
    if declared is not None and observed is not None and not _same_os(declared, observed, host.os_name or ""):
        yield Difference("os-differs", "os", entry.os, host.os_name or " ".join(observed[:2]), host.evidence)
    if entry.role in _JUDGED_ROLES and host.role in _JUDGED_ROLES and entry.role != host.role:
        yield Difference("role-differs", "role", entry.role, host.role, host.evidence)


def _same_os(declared: tuple[str, str, str], observed: tuple[str, str, str], name: str) -> bool:
    if declared[0] != observed[0]:
        return False
    if declared[0].startswith("windows"):
        named = os_of_text(name)
        if named is not None:
            return named[1].split("-")[0] == declared[1].split("-")[0] if "server" not in declared[0] else named[1] == declared[1]
        return declared[1].split("-")[0] in name
    shorter, longer = sorted((declared[1], observed[1]), key=len)
    return longer == shorter or longer.startswith(shorter + ".")


def _software(entry: LedgerAsset, programs: Mapping[str, str], remote: Sequence[RemoteAccess]) -> Iterator[Difference]:
    if not entry.software:
        return
    said = entry.software.lower()
    for label, evidence in programs.items():
        if label.lower() not in said:
            yield Difference("undeclared-software", label, entry.software, label, evidence)
    for program in remote:
        if program.product.lower() not in said and not program.declared:
            yield Difference("undeclared-software", program.product, entry.software, program.product, program.evidence)


def _listeners(entry: LedgerAsset, exposures: Sequence[Exposure]) -> Iterator[Difference]:
    declared = ports_of(entry.ports)
    if not declared:
        return
    for exposure in exposures:
        port = exposure.port
        if port is not None and not any(
            first <= port <= last and protocol in (None, exposure.protocol) for first, last, protocol in declared
        ):
            yield Difference("undeclared-listener", f"{port}/{exposure.protocol}", entry.ports, exposure.process, exposure.evidence)


def ports_of(text: str | None) -> tuple[tuple[int, int, str | None], ...]:
    """Read ports as people write them (`443/tcp 11112 5000-5010/udp`): first, last, protocol (None: any)."""
    found = []
    for match in _PORT.finditer(text or ""):
        first, last = int(match[1]), int(match[2] or match[1])
        if 0 < first <= last < 65536:
            found.append((first, last, match[3].lower() if match[3] else None))
    return tuple(found)
