"""Which row of the ledger a machine is: what a person wrote wins. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from omamori.snapshot.holding import OVERLAP
from omamori.snapshot.identifiers import STRONG, clean_name, is_made_up, is_strong
from omamori.snapshot.machine import Claim, Machine, machine_of, names_of

_SAID = "backup."
"""Kinds of evidence in which a person says whose it is."""


def owners_of(ledger: Sequence[Claim]) -> dict[str, str]:
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


def split(machine: Machine, owners: Mapping[str, str]) -> list[Machine]:
    """Split what the ledger says are two machines; claims it does not name stay with the first of them."""
    parts: dict[str, list[Claim]] = defaultdict(list)
    rest: list[Claim] = []
    for claim in machine.claims:
        owner = _owner(claim.identifiers, owners)
        (rest if owner is None else parts[owner]).append(claim)
    if len(parts) < 2:
        return [machine]
    parts[min(parts)] += rest
    return [machine_of(part) for _, part in sorted(parts.items())]


def linked_by_identity(machines: Sequence[Machine], ledger: Sequence[Claim], owners: Mapping[str, str]) -> dict[int, str]:
    """Return machine → ledger row: by strong identifier, else by an unambiguous name, else by unambiguous made-up hardware."""
    linked: dict[int, str] = {}
    for number, machine in enumerate(machines):
        owner = _owner(machine.ids(*STRONG) | frozenset(machine.borrowed), owners)
        if owner is not None:
            linked[number] = owner
    names = {claim.subject: _ledger_names(claim) for claim in ledger}
    # A row that only a sighting from outside was linked to still waits for the machine's own word.
    known = frozenset(number for number, machine in enumerate(machines) if _is_known(machine))
    _pair(linked, known, {number: machine.newest("name") for number, machine in enumerate(machines)}, names)
    _pair(linked, known, {number: machine.ids("name") for number, machine in enumerate(machines)}, names)
    _pair(
        linked,
        known,
        {number: frozenset(filter(is_made_up, machine.ids("mac"))) for number, machine in enumerate(machines)},
        {claim.subject: frozenset(filter(is_made_up, claim.identifiers)) for claim in ledger},
    )
    return linked


def link_by_word(linked: dict[int, str], machines: Sequence[Machine], ledger: Sequence[Claim]) -> None:
    """Add to `linked` what only people named, by the ledger's own name: whose backup it is (`--machine`), while the row names another host."""
    rows: dict[str, set[str]] = defaultdict(set)
    for claim in ledger:
        rows[f"name:{clean_name(claim.subject).lower()}"].add(claim.subject)
    for number, machine in enumerate(machines):
        if number not in linked and all(claim.said_by.startswith(_SAID) for claim in machine.claims):
            found = {subject for name in machine.ids("name") for subject in rows.get(name, ())}
            if len(found) == 1:
                linked[number] = min(found)


def link_by_address(linked: dict[int, str], machines: Sequence[Machine], ledger: Sequence[Claim], unclear: Collection[int]) -> None:
    """Add to `linked` the machines that have an address of a row now, where nothing else is said of either.

    A row that names another host, or other hardware, is not this machine, whatever address it has today. Several addresses of a row may
    be seen as several machines: a router by its cards. Machines in `unclear` have an address whose holder nobody can tell.
    """
    at: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for number, machine in enumerate(machines):
        for address, moment in _current(machine).items():
            at[address].append((moment, number))
    taken = set(linked.values())
    candidates: dict[int, set[str]] = defaultdict(set)
    rows = {claim.subject: claim for claim in ledger}
    for claim in ledger:
        for address in claim.addresses():
            latest = _latest(at.get(address, ()))
            if latest is not None and latest not in linked and latest not in unclear:
                candidates[latest].add(claim.subject)
    found = {number: min(subjects) for number, subjects in candidates.items() if len(subjects) == 1}
    of_row: dict[str, list[int]] = defaultdict(list)
    for number, subject in sorted(found.items()):
        if not _contradicts(machines[number], rows[subject]):
            of_row[subject].append(number)
    for subject, numbers in of_row.items():
        known = [number for number in numbers if _is_known(machines[number])]
        # Two machines that tell who they are cannot both be this row; seen from outside only, they are its several addresses.
        left_out = known if len(known) > (subject not in taken) else []
        linked.update((number, subject) for number in numbers if number not in left_out)


def _is_known(machine: Machine) -> bool:
    return bool(machine.ids("machine-id", "uuid", "name")) or any(claim.itself for claim in machine.claims)


def _latest(held: Iterable[tuple[datetime, int]]) -> int | None:
    """Return who had an address last; None when two had it at the same time."""
    ranked = sorted(held, reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] <= OVERLAP):
        return None
    return ranked[0][1]


def _current(machine: Machine) -> dict[str, datetime]:
    """Return the addresses a machine has now, with the moment it was last seen with each: those of its last look at itself, and those after."""
    told = next((claim for claim in reversed(machine.claims) if claim.itself and any(claim.addresses())), None)
    since = told.since if told else machine.last - OVERLAP
    found: dict[str, datetime] = {}
    for claim in machine.claims:
        if claim is told or (not claim.itself and claim.since >= since):
            for address in claim.addresses():
                found[address] = max(found.get(address, claim.since), claim.since)
    return found


def _contradicts(machine: Machine, row: Claim) -> bool:
    names, own = frozenset(names_of(row)), machine.ids("name")
    if names and own and names.isdisjoint(own):
        return True
    hardware, seen = row.ids("mac"), machine.ids("mac") | frozenset(machine.borrowed)
    # A person often writes one card of several: only where each address has one is another card another machine.
    return bool(hardware and seen and hardware.isdisjoint(seen) and len(hardware) >= len(row.ids("ip")))


def _ledger_names(claim: Claim) -> frozenset[str]:
    return frozenset(names_of(claim)) or frozenset({f"name:{clean_name(claim.subject).lower()}"})


def _pair(
    linked: dict[int, str], known: Collection[int], machines: Mapping[int, frozenset[str]], rows: Mapping[str, frozenset[str]]
) -> None:
    """Link a machine and a row when each is the other's only candidate; rows of machines in `known` are taken."""
    taken = {subject for number, subject in linked.items() if number in known}
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
