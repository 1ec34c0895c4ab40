"""Joins by address what nothing else joins. Pure.

Two steps: machines of whose hardware nothing is known and hardware of which nothing else is known; and sightings that are an address
and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from omamori.snapshot.holding import Holder, Holding, Whose, grouped, held_by, whose
from omamori.snapshot.identifiers import is_made_up, is_strong
from omamori.snapshot.joining import components
from omamori.snapshot.machine import Claim, Machine, machine_of
from omamori.snapshot.witness import Witnesses


def united_by_address(machines: Sequence[Machine], linked: Mapping[int, str]) -> list[Machine]:
    """Join a machine that told no hardware address of its own with the hardware that was seen at its address, and nowhere else known.

    Only where each is the other's one candidate, and the ledger does not say that they are two.
    """
    hardware = {
        number
        for number, one in enumerate(machines)
        if one.ids("mac") and not one.ids("name", "machine-id", "uuid") and not any(claim.itself for claim in one.claims)
    }
    told = [number for number, one in enumerate(machines) if number not in hardware and not one.ids("mac") and one.ids("ip")]
    holdings = grouped(found for number, one in enumerate(machines) for found in held_by(_holder(number), one.claims))
    wanted: dict[int, set[int]] = defaultdict(set)
    for number in told:
        for claim in machines[number].claims:
            for address in claim.addresses():
                others = [one for one in holdings[address] if one.holder != _holder(number)]
                wanted[number].update(int(found.holder[1]) for found in [whose(others, claim.since)] if found.holder is not None)
    askers: dict[int, set[int]] = defaultdict(set)
    for number, candidates in wanted.items():
        for candidate in candidates:
            askers[candidate].add(number)
    joined: dict[int, int] = {}
    for number, candidates in wanted.items():
        only = min(candidates) if len(candidates) == 1 else None
        if only is not None and only in hardware and len(askers[only]) == 1 and _one_row(number, only, linked):
            joined[only] = number
    parts: dict[int, list[Claim]] = {number: list(one.claims) for number, one in enumerate(machines) if number not in joined}
    for only, number in joined.items():
        parts[number] += machines[only].claims
    return [machine_of(claims) for _, claims in sorted(parts.items())]


def _one_row(one: int, other: int, linked: Mapping[int, str]) -> bool:
    return one not in linked or other not in linked or linked[one] == linked[other]


def _holder(number: int) -> Holder:
    return "machine", str(number)


def place_by_address(
    machines: Sequence[Machine],
    linked: dict[int, str],
    bare: Sequence[Claim],
    ledger: Sequence[Claim],
    owners: Mapping[str, str],
    witnesses: Witnesses,
) -> tuple[list[Machine], set[int]]:
    """Give each sighting that is an address only to whoever had the address then: a machine, a row of the ledger, or hardware others saw there.

    In: `owners` tells the row of the ledger that a hardware address belongs to. Out: the machines, with those that are new, and the
    numbers of those whose address several may have had. `linked` hears of the rows that a new machine is.
    """
    holdings = grouped(_all_holdings(machines, linked, ledger, owners, witnesses))
    added: dict[int, list[Claim]] = defaultdict(list)
    apart: dict[Holder, list[Claim]] = defaultdict(list)
    nobodys: list[tuple[Claim, bool]] = []
    for claim in bare:
        found = _whose(claim, holdings)
        if found.holder is None:
            nobodys.append((claim, found.unclear))
        elif found.holder[0] == "machine":
            added[int(found.holder[1])].append(claim)
        else:
            apart[found.holder].append(claim)
    result = [machine_of([*one.claims, *added[number]]) if number in added else one for number, one in enumerate(machines)]
    for holder, claims in sorted(apart.items()):
        if holder[0] == "row":
            linked[len(result)] = holder[1]
        result.append(machine_of(claims, (holder[1],) if holder[0] == "mac" else ()))
    unclear: set[int] = set()
    for group in components(nobodys, lambda one: one[0].addresses()):
        if any(doubt for _, doubt in group):
            unclear.add(len(result))
        result.append(machine_of([claim for claim, _ in group]))
    return result, unclear


def _whose(claim: Claim, holdings: Mapping[str, Sequence[Holding]]) -> Whose:
    """Return whose all addresses of a claim were; different machines are unclear."""
    found = {whose(holdings.get(address, ()), claim.since) for address in claim.addresses()}
    holders = {one.holder for one in found if one.holder is not None}
    if any(one.unclear for one in found) or len(holders) > 1:
        return Whose(unclear=True)
    return Whose(holders.pop()) if holders else Whose()


def _all_holdings(
    machines: Sequence[Machine],
    linked: Mapping[int, str],
    ledger: Sequence[Claim],
    owners: Mapping[str, str],
    witnesses: Witnesses,
) -> Iterator[tuple[str, Holding]]:
    of_row: dict[str, int] = {}
    for number, subject in sorted(linked.items()):
        of_row.setdefault(subject, number)
    for number, one in enumerate(machines):
        yield from held_by(_first(number, linked, of_row), one.claims)

    def row(subject: str) -> Holder:
        return _holder(of_row[subject]) if subject in of_row else ("row", subject)

    rows_at: dict[str, list[Claim]] = defaultdict(list)
    for claim in ledger:
        for address in claim.addresses():
            rows_at[address].append(claim)
            yield address, Holding(row(claim.subject), claim.since, None)
    carriers: dict[str, set[int]] = defaultdict(set)
    for number, one in enumerate(machines):
        for mac in one.ids("mac"):
            carriers[mac].add(number)
    proxies = witnesses.proxies()

    def owner(mac: str) -> Holder | None:
        numbers = carriers.get(mac, set())
        if mac in proxies or len(numbers) > 1 or not (is_strong(mac) or is_made_up(mac)):
            return None
        if numbers:
            return _first(min(numbers), linked, of_row)
        return row(owners[mac]) if mac in owners else ("mac", mac)

    for address, holding in witnesses.holdings(owner):
        written = rows_at.get(address, [])
        # Hardware of which nothing else is known, at the address of a row that names no hardware: both tell of one machine.
        if holding.holder[0] == "mac" and len(written) == 1 and not written[0].ids("mac"):
            holding = replace(holding, holder=row(written[0].subject))
        yield address, holding


def _first(number: int, linked: Mapping[int, str], of_row: Mapping[str, int]) -> Holder:
    """One machine of those that are one row of the ledger stands for all of them."""
    return _holder(of_row[linked[number]] if number in linked else number)
