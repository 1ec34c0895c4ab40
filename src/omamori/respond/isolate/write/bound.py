"""The list that hangs on an interface now, for devices where a cut has to stand in front of it."""

from __future__ import annotations

from omamori.model.device import DeviceChain, DeviceRule
from omamori.respond.bastion.parts import Facts


def held_at(facts: Facts, device: str, interface: str, way: str) -> list[str] | None:
    """Return the numbers of the rules bound to an interface, `in` or `out`; empty where there is no list, None where it is not known wholly."""
    if (device, "device_chains") in facts.doubts or (device, "device_rules") in facts.doubts:
        return None
    chain = chain_at(facts, device, interface, way)
    if chain is None:
        return []
    held = rules_of(facts, chain)
    if held and held[-1].decision == "jump":
        # The list of an access group is a chain of its own; its entries begin with their number where the configuration shows it.
        held = [row for row in facts.rows if isinstance(row, DeviceRule) and row.asset == device and row.chain == held[-1].target]
    numbers = list(dict.fromkeys((rule.rule or "").partition(" ")[0] for rule in held))
    return numbers if numbers and all(number.isdecimal() for number in numbers) else None


def chain_at(facts: Facts, device: str, interface: str, way: str) -> DeviceChain | None:
    """Return the chain that is bound to an interface for IPv4, `in` or `out`."""
    name = f"{interface} {way}"
    return next((row for row in facts.rows if isinstance(row, DeviceChain) and row.asset == device and row.chain == name), None)


def rules_of(facts: Facts, chain: DeviceChain) -> list[DeviceRule]:
    """Return the rules of a chain in order."""
    found = [row for row in facts.rows if isinstance(row, DeviceRule) and row.asset == chain.asset and row.chain == chain.chain]
    return sorted(found, key=lambda rule: rule.position)
