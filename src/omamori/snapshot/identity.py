"""Which claims speak of one machine. Pure; the order in which evidence came in makes no difference.

Strong identifiers (machine-id, hardware uuid, a maker's hardware address) join what was seen; names
and addresses only link when nothing else is possible. What a copied disk carries with it on Windows (MachineGuid,
the machine's SID) is no identifier: hospitals set up hundreds of PCs from one image. What a person wrote in the ledger wins.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from omamori.model.look import Identity
from omamori.snapshot.identifiers import STRONG, clean_name, cleaned, is_strong
from omamori.snapshot.joining import components, lent_hardware

LEDGER = "ledger.workbook"
OVERLAP = timedelta(days=1)
"""Two machines with one machine-id (a cloned disk) are told apart when they were seen this close together."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One evidence's word about one subject: these identifiers belong together.

    `subject` is unique (a visit, or a row of the ledger, whose name is the asset's name); `since` is the
    moment of the look. Identifiers are `kind:value` with the kinds machine-id, uuid, mac, name, ip.
    """

    subject: str
    identifiers: tuple[str, ...]
    said_by: str
    since: datetime
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """`assets`: subject → asset. `rows`: the identity table. `shared_names`: names that two machines carry.

    `renamed`: asset → its other names, of machines that were seen under names that have nothing in common.
    """

    assets: Mapping[str, str]
    rows: tuple[Identity, ...]
    shared_names: tuple[str, ...]
    renamed: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Machine:
    """Claims that speak of one machine, oldest first."""

    claims: tuple[Claim, ...]

    def ids(self, *kinds: str) -> frozenset[str]:
        return frozenset(name for claim in self.claims for name in claim.identifiers if name.partition(":")[0] in kinds)

    def newest(self, kind: str) -> frozenset[str]:
        """Return the identifiers of one kind in the newest claim that has any."""
        found = (frozenset(name for name in claim.identifiers if name.startswith(f"{kind}:")) for claim in reversed(self.claims))
        return next((names for names in found if names), frozenset())

    def other_names(self) -> tuple[str, ...]:
        """Return the names of looks that have no name in common with the newest one."""
        groups = components([claim for claim in self.claims if any(_names(claim))], _names)
        newest = self.newest("name")
        found = [frozenset(name for claim in group for name in _names(claim)) for group in groups]
        return tuple(sorted(name.removeprefix("name:") for names in found if not names & newest for name in names))

    @property
    def first(self) -> datetime:
        return self.claims[0].since

    @property
    def last(self) -> datetime:
        return self.claims[-1].since


def resolve(claims: Iterable[Claim]) -> Resolution:
    """Join claims into assets. In: claims in any order. Out: the asset of every subject, and the identity rows."""
    cleaned = sorted({_cleaned(claim) for claim in claims}, key=_order)
    ledger = [claim for claim in cleaned if claim.said_by == LEDGER]
    machines = _machines([claim for claim in cleaned if claim.said_by != LEDGER])
    owners = _owners(ledger)
    machines = [part for machine in machines for part in _split(machine, owners)]
    linked = _linked(machines, ledger, owners)
    names, shared = _named(machines, linked, {claim.subject for claim in ledger})
    assets = {claim.subject: claim.subject for claim in ledger}
    by_asset: dict[str, list[Claim]] = defaultdict(list)
    renamed: dict[str, tuple[str, ...]] = {}
    for claim in ledger:
        by_asset[claim.subject].append(claim)
    for machine, name in zip(machines, names, strict=True):
        if others := machine.other_names():
            renamed[name] = others
        for claim in machine.claims:
            assets[claim.subject] = name
            by_asset[name].append(claim)
    return Resolution(MappingProxyType(assets), tuple(_rows(by_asset)), shared, MappingProxyType(renamed))


def _order(claim: Claim) -> tuple[datetime, str, tuple[str, ...], str]:
    return claim.since, claim.subject, claim.identifiers, claim.evidence


def _cleaned(claim: Claim) -> Claim:
    return Claim(claim.subject, cleaned(claim.identifiers), claim.said_by, claim.since, claim.evidence)


def _machines(claims: Sequence[Claim]) -> list[_Machine]:
    """Group what was seen: by machine-id first, then by hardware, then by name."""
    by_id: dict[str, list[Claim]] = defaultdict(list)
    rest: list[Claim] = []
    for claim in claims:
        first = next((name for name in claim.identifiers if name.startswith("machine-id:")), None)
        if first is None:
            rest.append(claim)
        else:
            by_id[first].append(claim)
    groups = [group for _, same in sorted(by_id.items()) for group in _clones(same)]
    strong = [claim for claim in rest if any(map(is_strong, claim.identifiers))]
    lent = lent_hardware((frozenset(_names(claim)), frozenset(filter(is_strong, claim.identifiers))) for claim in claims)
    groups = _join(groups, strong, lambda claim: _hardware_links(claim, lent))
    weak = [claim for claim in rest if not any(map(is_strong, claim.identifiers))]
    groups = _join(groups, weak, _names)
    return sorted((_Machine(tuple(sorted(group, key=_order))) for group in groups), key=lambda machine: _order(machine.claims[0]))


def _clones(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Tell cloned machines with one machine-id apart: other name and other hardware at the same time."""
    clusters = components(claims, lambda claim: (name for name in claim.identifiers if name.startswith(("name:", "mac:"))))
    machines = [_Machine(tuple(sorted(cluster, key=_order))) for cluster in clusters]
    definite = sorted(
        (one for one in machines if one.ids("name") and one.ids("mac")), key=lambda one: (one.first, one.last, _order(one.claims[0]))
    )
    unclear = [one for one in machines if one not in definite]
    lanes: list[list[_Machine]] = []
    for one in definite:
        free = [lane for lane in lanes if max(other.last for other in lane) + OVERLAP < one.first]
        if free:
            max(free, key=lambda lane: max(other.last for other in lane)).append(one)
        else:
            lanes.append([one])
    if not lanes:
        return [list(claims)]
    lanes[0] += unclear
    return [[claim for one in lane for claim in one.claims] for lane in lanes]


def _names(claim: Claim) -> Iterator[str]:
    return (name for name in claim.identifiers if name.startswith("name:"))


def _hardware_links(claim: Claim, lent: Collection[str]) -> Iterator[str]:
    """Yield what joins a claim to others: its own hardware, and lent hardware together with the machine's name."""
    for hardware in filter(is_strong, claim.identifiers):
        if hardware not in lent:
            yield hardware
        yield from (f"{name} {hardware}" for name in _names(claim))


def _join(groups: list[list[Claim]], claims: Sequence[Claim], links: Callable[[Claim], Iterable[str]]) -> list[list[Claim]]:
    """Join claims to the one group that shares a link; several groups are ambiguous and none is chosen."""
    holders: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for claim in group:
            for link in links(claim):
                holders[link].add(number)
    # An identifier of two machines (a docking station, a copied name) tells nothing.
    useful = {link for link, numbers in holders.items() if len(numbers) == 1}
    result = [list(group) for group in groups]
    for component in components(claims, lambda claim: (link for link in links(claim) if link in useful or link not in holders)):
        targets = {number for claim in component for link in links(claim) if link in useful for number in holders[link]}
        if len(targets) == 1:
            result[targets.pop()] += component
        else:
            result.append(component)
    return result


def _owners(ledger: Sequence[Claim]) -> dict[str, str]:
    """Return strong identifier → ledger row, where exactly one row claims it."""
    rows: dict[str, set[str]] = defaultdict(set)
    for claim in ledger:
        for name in claim.identifiers:
            if is_strong(name):
                rows[name].add(claim.subject)
    return {name: min(subjects) for name, subjects in rows.items() if len(subjects) == 1}


def _owner(identifiers: Collection[str], owners: Mapping[str, str]) -> str | None:
    """Return the ledger row a claim belongs to; the stronger identifier decides."""
    for kind in STRONG:
        found = sorted(owners[name] for name in identifiers if name.startswith(f"{kind}:") and name in owners)
        if found:
            return found[0]
    return None


def _split(machine: _Machine, owners: Mapping[str, str]) -> list[_Machine]:
    """Split what the ledger says are two machines; claims it does not name stay with the first of them."""
    parts: dict[str, list[Claim]] = defaultdict(list)
    rest: list[Claim] = []
    for claim in machine.claims:
        owner = _owner(claim.identifiers, owners)
        (rest if owner is None else parts[owner]).append(claim)
    if len(parts) < 2:
        return [machine]
    parts[min(parts)] += rest
    return [_Machine(tuple(sorted(part, key=_order))) for _, part in sorted(parts.items())]


def _linked(machines: Sequence[_Machine], ledger: Sequence[Claim], owners: Mapping[str, str]) -> dict[int, str]:
    """Return machine → ledger row: by strong identifier, else by an unambiguous name, else by an unambiguous address."""
    linked: dict[int, str] = {}
    for number, machine in enumerate(machines):
        owner = _owner(machine.ids(*STRONG), owners)
        if owner is not None:
            linked[number] = owner
    names = {claim.subject: _ledger_names(claim) for claim in ledger}
    addresses = {claim.subject: frozenset(name for name in claim.identifiers if name.startswith("ip:")) for claim in ledger}
    _pair(linked, {number: machine.newest("name") for number, machine in enumerate(machines)}, names)
    _pair(linked, {number: machine.ids("name") for number, machine in enumerate(machines)}, names)
    # A row that names another host is not this machine, whatever address it has today.
    nameless = {
        subject: ids for subject, ids in addresses.items() if not any(claim.subject == subject and _has_name(claim) for claim in ledger)
    }
    _pair(linked, {number: machine.newest("ip") for number, machine in enumerate(machines)}, nameless)
    return linked


def _has_name(claim: Claim) -> bool:
    return any(name.startswith("name:") for name in claim.identifiers)


def _ledger_names(claim: Claim) -> frozenset[str]:
    said = frozenset(name for name in claim.identifiers if name.startswith("name:"))
    return said or frozenset({f"name:{clean_name(claim.subject).lower()}"})


def _pair(linked: dict[int, str], machines: Mapping[int, frozenset[str]], rows: Mapping[str, frozenset[str]]) -> None:
    """Link a machine and a row when each is the other's only candidate."""
    taken = set(linked.values())
    by_id: dict[str, list[str]] = defaultdict(list)
    for subject, ids in rows.items():
        for name in ids if subject not in taken else ():
            by_id[name].append(subject)
    candidates = {number: {row for name in ids for row in by_id.get(name, ())} for number, ids in machines.items() if number not in linked}
    of_row: dict[str, set[int]] = defaultdict(set)
    for number, subjects in candidates.items():
        for subject in subjects:
            of_row[subject].add(number)
    for number, subjects in sorted(candidates.items()):
        if len(subjects) == 1 and len(of_row[min(subjects)]) == 1:
            linked[number] = min(subjects)


def _named(machines: Sequence[_Machine], linked: Mapping[int, str], reserved: Collection[str]) -> tuple[list[str], tuple[str, ...]]:
    """Name every machine: the ledger's name, else its newest own name, with a suffix where two would be the same."""
    plain = [linked.get(number) or _own_name(machine) for number, machine in enumerate(machines)]
    count: dict[str, int] = defaultdict(int)
    for number, name in enumerate(plain):
        if number not in linked:
            count[name.lower()] += 1
    taken = {name.lower() for name in reserved}
    shared = {name for name, times in count.items() if times > 1 or name in taken}
    for length in (4, 8, 16, 64):
        names = [
            name if number in linked or name.lower() not in shared else f"{name}-{_suffix(machines[number], length)}"
            for number, name in enumerate(plain)
        ]
        unlinked = [name.lower() for number, name in enumerate(names) if number not in linked]
        if len(set(unlinked)) == len(unlinked) and not taken & set(unlinked):
            break
    return names, tuple(sorted(shared))


def _own_name(machine: _Machine) -> str:
    for claim in reversed(machine.claims):
        names = sorted(name for name in claim.identifiers if name.startswith("name:"))
        if names:
            return names[0].removeprefix("name:")
    addresses = sorted(machine.ids("ip")) or sorted(machine.ids("mac"))
    return addresses[0].partition(":")[2] if addresses else "unnamed"


def _suffix(machine: _Machine, length: int) -> str:
    """Return a few characters that tell the machine apart, the same in every run."""
    strong = sorted(machine.ids("machine-id"))
    macs = sorted(machine.ids("mac"))
    words = [*strong, *macs] or sorted(machine.ids("uuid", "name", "ip")) or [machine.claims[0].subject]
    value = strong[0].partition(":")[2] if strong and length <= 4 else ""
    return value[:length] if len(value) >= 16 else hashlib.sha256("\n".join(words).encode()).hexdigest()[:length]


def _rows(by_asset: Mapping[str, Sequence[Claim]]) -> Iterable[Identity]:
    for asset, claims in sorted(by_asset.items()):
        seen: set[str] = set()
        for claim in sorted(claims, key=_order):
            for name in claim.identifiers:
                if name not in seen:
                    seen.add(name)
                    yield Identity(asset=asset, identifier=name, since=claim.since, said_by=claim.said_by, evidence=claim.evidence)
