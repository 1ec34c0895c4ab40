"""Fills `peers`: whom each machine talks to, folded over all connections seen, and whether the design foresees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from omamori.analyze.addresses import Network, addresses_of, networks_of, parse_address
from omamori.analyze.coverage import Coverage, Input, derived_look
from omamori.analyze.interface import Analyzer, Moment
from omamori.model.declared import DesignedFlow
from omamori.model.derived import Peer
from omamori.snapshot.database import Database

_CONNECTION = ("direction", "peer_address", "peer_port", "local_port", "protocol", "peer_scope", "state")
_FLOW = ("asset", "peer", "direction", "port", "protocol", "needed")
_CONNECTIONS = (
    "select asset, direction, peer_address, protocol, case when direction = 'in' then local_port else peer_port end, peer_scope, process,"
    " seen, evidence from connections where peer_scope is distinct from 'loopback' and peer_address is distinct from local_address"
)
_LEDGER = ("ledger.workbook",)
_OPPOSITE = {"in": "out", "out": "in"}


@dataclass(slots=True)
class _Fold:
    """One peer, service and direction of one asset, over all looks."""

    scope: str | None
    process: str | None
    moments: set[datetime]
    evidence: str


@dataclass(frozen=True, slots=True)
class Places:
    """Who and where: names of machines, their addresses and zones, and the networks of zones."""

    assets: Mapping[str, str]
    addresses: Mapping[str, str]
    zones: Mapping[str, str]
    networks: Mapping[str, Sequence[Network]]

    @classmethod
    def read(cls, database: Database) -> Places:
        """Read them from a snapshot. A name or address that two machines claim belongs to none."""
        assets: dict[str, str] = {}
        zones: dict[str, str] = {}
        for asset, hostname, zone in database.select("select asset, hostname, zone from assets order by asset"):
            assets[str(asset).lower()] = str(asset)
            if hostname:
                assets.setdefault(str(hostname).lower(), str(asset))
            zones[str(asset)] = str(zone or "")
        owners: dict[str, set[str]] = defaultdict(set)
        for asset, addresses in addresses_of(database).items():
            for address in addresses:
                owners[address].add(asset)
        networks = {str(zone): networks_of(text) for zone, text in database.select("select zone, networks from zones")}
        return cls(assets, {address: min(names) for address, names in owners.items() if len(names) == 1}, zones, networks)

    def known(self, word: str) -> bool:
        """Return whether it can be told which addresses `word` means."""
        wanted = word.strip()
        named = self.assets.get(wanted.lower())
        if named is not None:
            return named in self.addresses.values()
        return wanted in self.networks or bool(networks_of(wanted))

    def covers(self, word: str, address: str, asset: str | None) -> bool:
        """Return whether `word` (machine, zone, address or network) means the peer at `address`."""
        wanted = word.strip()
        if asset is not None and (self.assets.get(wanted.lower()) == asset or (wanted and self.zones.get(asset) == wanted)):
            return True
        if any(network.holds(address) for network in self.networks.get(wanted, ())):
            return True
        return any(network.holds(address) for network in networks_of(wanted))


def run(database: Database, moment: Moment) -> Iterable[Any]:
    """Yield the peers of every asset, and one look per asset."""
    coverage = Coverage.read(database)
    places = Places.read(database)
    meant: dict[str, list[DesignedFlow]] = defaultdict(list)
    undecided: dict[str, list[DesignedFlow]] = defaultdict(list)
    decided, told = set(), set()
    for flow in database.rows("designed_flows"):
        if flow.needed in ("yes", "no"):
            decided.add(flow.asset)
            if flow.source not in _LEDGER:
                told.add(flow.asset)
        if flow.needed == "yes":
            meant[flow.asset].append(flow)
        elif flow.needed != "no":
            undecided[flow.asset].append(flow)  # an exported peer nobody has ticked yet is no design
    folds = _folds(database)
    for asset in sorted(places.zones):
        known = coverage.view("designed_flows", asset).knows(*_FLOW) and asset in decided
        for (direction, peer, protocol, port), fold in sorted(folds.get(asset, {}).items(), key=lambda item: str(item[0])):
            place = (direction, peer, protocol, port)
            designed = _designed(asset, place, meant, places)
            if not designed and _designed(asset, place, undecided, places) is not False:
                designed = None
            yield Peer(
                asset=asset,
                direction=direction,
                peer=peer,
                peer_asset=places.addresses.get(peer),
                peer_scope=fold.scope,
                protocol=protocol,
                port=port,
                process=fold.process,
                times=len(fold.moments) or 1,
                first_seen=min(fold.moments, default=None),
                last_seen=max(fold.moments, default=None),
                designed=designed if known or designed else None,
                source=ANALYZER.name,
                evidence=fold.evidence,
            )
        yield _look(asset, coverage, told=asset in told)


def _look(asset: str, coverage: Coverage, *, told: bool) -> Any:
    """`told`: a vendor answered which of its connections are needed, so that the answers must have been read."""
    connections = coverage.view("connections", asset)
    inputs = [
        Input(connections, _CONNECTION),
        Input(connections, ("process",), ("process",)),
        Input(coverage.view("designed_flows", asset), _FLOW, ("designed",)),
        Input(coverage.view("ledger_assets", asset), ("asset", "address", "hostname"), ("designed", "peer_asset")),
        Input(coverage.view("zones", asset), ("zone", "networks"), ("designed",)),
    ]
    if told:
        inputs.append(Input(coverage.view("vendor_answers", asset), ("asset", *_FLOW[1:5], "answer"), ("designed",)))
    return derived_look(asset, "peers", ANALYZER.name, inputs)


def _folds(database: Database) -> Mapping[str, Mapping[tuple[str | None, str, str, int | None], _Fold]]:
    found: dict[str, dict[tuple[str | None, str, str, int | None], _Fold]] = defaultdict(dict)
    for asset, direction, peer, protocol, port, scope, process, seen, evidence in database.select(_CONNECTIONS):
        address = _address(peer)
        if not address:
            continue
        fold = found[asset].setdefault((direction, address, protocol, port), _Fold(scope, None, set(), evidence))
        fold.process = fold.process or process
        if seen is not None:
            fold.moments.add(seen)
    return found


@lru_cache(maxsize=4096)
def _address(text: str | None) -> str:
    """Return a peer's address in one spelling; empty where it is none, or the machine itself."""
    address = parse_address(text)
    return "" if address is None or address.is_loopback else str(address)


def _designed(
    asset: str, peer: tuple[str | None, str, str, int | None], flows: Mapping[str, Sequence[DesignedFlow]], places: Places
) -> bool | None:
    """A flow covers a peer from this machine's side, or from the peer's own side with the direction turned round.

    None: a flow fits, but the ledger's word for its peer could not be resolved to an address.
    """
    direction, address, protocol, port = peer
    peer_asset = places.addresses.get(address)
    mine = [flow for flow in flows.get(asset, ()) if _fits(flow, direction, protocol, port)]
    theirs = [flow for flow in flows.get(peer_asset or "", ()) if _fits(flow, _OPPOSITE.get(direction or ""), protocol, port)]
    own = [each for each, owner in places.addresses.items() if owner == asset] if theirs else []
    if any(places.covers(flow.peer, address, peer_asset) for flow in mine):
        return True
    if any(places.covers(flow.peer, each, asset) for flow in theirs for each in own or [""]):
        return True
    return None if any(not places.known(flow.peer) for flow in mine) else False


def _fits(flow: DesignedFlow, direction: str | None, protocol: str, port: int | None) -> bool:
    return flow.direction == direction and flow.port in (None, port) and flow.protocol in (None, protocol)


ANALYZER = Analyzer(
    name="analyze.peers",
    reads=("assets", "connections", "interfaces", "identity", "ledger_assets", "zones", "designed_flows", "vendor_answers", "collected"),
    fills=("peers",),
    run=run,
)
"""The analyzer of this module."""
