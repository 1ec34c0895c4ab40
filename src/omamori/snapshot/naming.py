"""What machines are called: the ledger's name, else their own, else what others call them, else their address. Pure."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from omamori.snapshot.identifiers import cleaned
from omamori.snapshot.machine import Machine


def named(machines: Sequence[Machine], linked: Mapping[int, str], reserved: Collection[str]) -> tuple[list[str], tuple[str, ...]]:
    """Name every machine, with a suffix where two would be the same. Out: the names, and those that several machines carry.

    A name that is an address is its last holder's.
    """
    plain = [linked.get(number) or _own_name(machine) for number, machine in enumerate(machines)]
    carriers: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(plain):
        if number not in linked:
            carriers[name.lower()].append(number)
    taken = {name.lower() for name in reserved}
    with_suffix: set[int] = set()
    shared: set[str] = set()
    for name, numbers in carriers.items():
        addresses = [number for number in numbers if _is_address(machines[number], name)]
        own = [number for number in numbers if number not in addresses]
        if name in taken or len(own) > 1:
            shared.update([name] if own else [])
            with_suffix.update(numbers)
        else:
            last = own or [max(numbers, key=lambda number: (machines[number].last, machines[number].claims[-1].subject))]
            with_suffix.update(number for number in numbers if number not in last)
    for length in (4, 8, 16, 64):
        names = [name if number not in with_suffix else f"{name}-{_suffix(machines[number], length)}" for number, name in enumerate(plain)]
        unlinked = [name.lower() for number, name in enumerate(names) if number not in linked]
        if len(set(unlinked)) == len(unlinked) and not taken & set(unlinked):
            break
    return names, tuple(sorted(shared))


def _is_address(machine: Machine, name: str) -> bool:
    return not machine.ids("name") and f"ip:{name}" in machine.ids("ip")


def _own_name(machine: Machine) -> str:
    for claim in reversed(machine.claims):
        names = sorted(claim.ids("name"))
        if names:
            return names[0].removeprefix("name:")
    for claim in reversed(machine.claims):
        if called := cleaned([f"name:{claim.label}"]):
            return called[0].removeprefix("name:")
    addresses = sorted(machine.newest("ip")) or sorted(machine.ids("mac"))
    return addresses[0].partition(":")[2] if addresses else "unnamed"


def _suffix(machine: Machine, length: int) -> str:
    """Return a few characters that tell the machine apart, the same in every run."""
    strong = sorted(machine.ids("machine-id"))
    macs = sorted(machine.ids("mac"))
    words = [*strong, *macs] or sorted(machine.ids("uuid", "name", "ip")) or [machine.claims[0].subject]
    value = strong[0].partition(":")[2] if strong and length <= 4 else ""
    return value[:length] if len(value) >= 16 else hashlib.sha256("\n".join(words).encode()).hexdigest()[:length]
