"""Which claims speak of one machine. Pure; the order in which evidence came in makes no difference.

Strong identifiers (machine-id, hardware uuid, a maker's hardware address) join what was seen; names, made-up hardware addresses
and addresses only link when nothing else is possible, and an address only near in time. What a copied disk carries with it on
Windows (MachineGuid, the machine's SID) is no identifier: hospitals set up hundreds of PCs from one image. What a person wrote in the
ledger wins. See docs/decisions/0017-one-windows-machine.md and 0030-one-machine-on-the-network.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from omamori.model.look import Identity
from omamori.snapshot.by_address import place_by_address, united_by_address
from omamori.snapshot.grouping import grouped_by_identity
from omamori.snapshot.identifiers import cleaned
from omamori.snapshot.linking import link_by_address, link_by_word, linked_by_identity, owners_of, split
from omamori.snapshot.machine import Claim, Machine, order
from omamori.snapshot.naming import named
from omamori.snapshot.witness import Witnesses

__all__ = ["LEDGER", "Claim", "Resolution", "resolve"]

LEDGER = "ledger.workbook"


@dataclass(frozen=True, slots=True)
class Resolution:
    """`assets`: subject → asset. `rows`: the identity table. `shared_names`: names that two machines carry.

    `renamed`: asset → its other names, of machines that were seen under names that have nothing in common. `unclear_addresses`:
    addresses seen from the network that two machines had at nearly the same time, so that nobody can tell which of them it was.
    """

    assets: Mapping[str, str]
    rows: tuple[Identity, ...]
    shared_names: tuple[str, ...]
    renamed: Mapping[str, tuple[str, ...]]
    unclear_addresses: tuple[str, ...] = ()


def resolve(claims: Iterable[Claim], witnesses: Witnesses | None = None) -> Resolution:
    """Join claims into assets. In: claims in any order, and what others say of addresses. Out: the asset of every subject, and the identity rows."""
    told = witnesses or Witnesses()
    distinct = sorted({_cleaned(claim) for claim in claims}, key=order)
    ledger = [claim for claim in distinct if claim.said_by == LEDGER]
    machines, bare = grouped_by_identity([claim for claim in distinct if claim.said_by != LEDGER], told.proxies())
    owners = owners_of(ledger)
    machines = [part for machine in machines for part in split(machine, owners)]
    machines = united_by_address(machines, linked_by_identity(machines, ledger, owners))
    linked = linked_by_identity(machines, ledger, owners)
    link_by_address(linked, machines, ledger, ())
    machines, unclear = place_by_address(machines, linked, bare, ledger, owners, told)
    link_by_address(linked, machines, ledger, unclear)
    link_by_word(linked, machines, ledger)
    names, shared = named(machines, linked, {claim.subject for claim in ledger})
    addresses = {address for number in unclear for claim in machines[number].claims for address in claim.addresses()}
    return _resolution(machines, names, ledger, told, shared, tuple(sorted(addresses)))


def _resolution(
    machines: Sequence[Machine],
    names: Sequence[str],
    ledger: Sequence[Claim],
    told: Witnesses,
    shared: tuple[str, ...],
    unclear: tuple[str, ...],
) -> Resolution:
    assets = {claim.subject: claim.subject for claim in ledger}
    by_asset: dict[str, list[Claim]] = defaultdict(list)
    borrowed: dict[str, list[Identity]] = defaultdict(list)
    renamed: dict[str, tuple[str, ...]] = {}
    for claim in ledger:
        by_asset[claim.subject].append(claim)
    for machine, name in zip(machines, names, strict=True):
        if others := machine.other_names():
            renamed[name] = others
        for claim in machine.claims:
            assets[claim.subject] = name
            by_asset[name].append(claim)
        addresses = sorted(address.removeprefix("ip:") for address in machine.ids("ip"))
        borrowed[name] += [row for mac in machine.borrowed for row in told.identity(name, mac, addresses)]
    rows = tuple(row for asset in sorted(by_asset) for row in _rows(asset, by_asset[asset], borrowed.get(asset, ())))
    return Resolution(MappingProxyType(assets), rows, shared, MappingProxyType(renamed), unclear)


def _cleaned(claim: Claim) -> Claim:
    return Claim(claim.subject, cleaned(claim.identifiers), claim.said_by, claim.since, claim.evidence, claim.itself, claim.label)


def _rows(asset: str, claims: Sequence[Claim], borrowed: Sequence[Identity]) -> Iterable[Identity]:
    seen: set[str] = set()
    for claim in sorted(claims, key=order):
        for name in claim.identifiers:
            if name not in seen:
                seen.add(name)
                yield Identity(asset=asset, identifier=name, since=claim.since, said_by=claim.said_by, evidence=claim.evidence)
    for row in borrowed:
        if row.identifier not in seen:
            seen.add(row.identifier)
            yield row
