"""What the writers of the devices' languages share: the sides as they stand in the edits, spans of addresses, first free numbers."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from omamori.analyze.reach.ranges import addresses
from omamori.model.device import DeviceChain, DeviceRule
from omamori.respond.bastion.edits import FORWARD, INPUT
from omamori.respond.bastion.parts import Edit, Facts


@dataclass(frozen=True, slots=True)
class Gate:
    """An interface with what may pass and what may reach the device; all else from it is dropped."""

    interface: str
    passing: tuple[DeviceRule, ...]
    admitted: tuple[DeviceRule, ...]


def gates(edits: Sequence[Edit]) -> list[Gate]:
    """Return the interfaces of the edits in order."""
    rules = {edit.chain.chain: edit.rules for edit in edits if edit.chain is not None}
    names = dict.fromkeys(rule.interface_in for several in rules.values() for rule in several if rule.interface_in)
    return [Gate(name, _accepted(rules.get(FORWARD, ()), name), _accepted(rules.get(INPUT, ()), name)) for name in names]


def _accepted(rules: Sequence[DeviceRule], interface: str) -> tuple[DeviceRule, ...]:
    return tuple(
        rule for rule in rules if rule.interface_in == interface and rule.decision == "accept" and not rule.states and rule.family != "ipv6"
    )


def spans(text: str | None) -> list[tuple[str, str]]:
    """Return ranges of addresses as first and last; empty for any."""
    return [(str(ipaddress.IPv4Address(first)), str(ipaddress.IPv4Address(last))) for first, last in addresses(text)[0] or ()]


def networks(text: str | None) -> list[ipaddress.IPv4Network]:
    """Return ranges of addresses as networks; empty for any."""
    found: list[ipaddress.IPv4Network] = []
    for first, last in addresses(text)[0] or ():
        found += ipaddress.summarize_address_range(ipaddress.IPv4Address(first), ipaddress.IPv4Address(last))
    return found


def own_addresses(facts: Facts, device: str, interface: str) -> list[str]:
    """Return the addresses of an interface."""
    held = facts.network.device.get(device)
    return [str(ipaddress.IPv4Address(nic.address)) for nic in held.nics_of(interface) if nic.address is not None] if held else []


def in_zone(facts: Facts, device: str, interface: str) -> bool:
    """Return whether the device's own rules see the interface as part of a zone: then rules for it alone cannot be written."""
    held = facts.network.device.get(device)
    return bool(held and any(nic.zone for nic in held.nics_of(interface)))


def bound_list(facts: Facts, device: str, interface: str) -> tuple[DeviceChain | None, list[DeviceRule]]:
    """Return the list that is applied to what comes in by an interface now, with its rules in order."""
    chains = [row for row in facts.rows if isinstance(row, DeviceChain) and row.asset == device and row.chain == f"{interface} in"]
    rules = [row for row in facts.rows if isinstance(row, DeviceRule) and row.asset == device and row.chain == f"{interface} in"]
    return (chains[0] if chains else None), sorted(rules, key=lambda row: row.position)


def numbers_of(facts: Facts, device: str, chain: str | None = None) -> Iterator[int]:
    """Yield the numbers rules of a device are called by."""
    for row in facts.rows:
        if isinstance(row, DeviceRule) and row.asset == device and (chain is None or row.chain == chain):
            first = (row.rule or "").split(" ")[0]
            if first.isdecimal() and len(first) < 9:
                yield int(first)
