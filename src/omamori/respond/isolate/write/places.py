"""Interfaces of a device that a cut by addresses has to stand at, in languages whose lists hang on interfaces."""

from __future__ import annotations

from collections.abc import Iterable

from omamori.analyze.reach.parts import Device
from omamori.analyze.reach.ranges import Ranges
from omamori.respond.bastion.parts import Facts
from omamori.respond.isolate.boxes import common, minus
from omamori.respond.isolate.parts import Crossing


def interfaces_at(facts: Facts, device: str, crossing: Crossing) -> list[str]:
    """Return the interfaces every packet of a crossing passes: its own, else those that lead to one of its sides; empty where none is sure."""
    if crossing.interface is not None:
        return [crossing.interface]
    held = facts.network.device.get(device)
    if held is None:
        return []
    for side in (crossing.one, crossing.other):
        found = towards(held, side) if side else None
        if found:
            return found
    return []


def towards(device: Device, ranges: Ranges) -> list[str] | None:
    """Return the interfaces addresses lie behind; None where the device's routes do not tell of all of them."""
    left, found = ranges, dict[str, None]()
    for nic in device.nics:
        if nic.last >= nic.first and common(left, ((nic.first, nic.last),)):
            found[nic.name] = None
            left = minus(left, ((nic.first, nic.last),))
    for way in sorted(device.ways, key=lambda way: way.size):
        span = ((way.first, way.last),)
        # The default route says nothing of where a zone is.
        if way.size < 2**32 and common(left, span):
            name = way.interface or _attached(device, way.gateway)
            if name is None:
                return None
            found[name] = None
            left = minus(left, span)
    return list(found) if not left and found else None


def _attached(device: Device, gateway: int | None) -> str | None:
    names: Iterable[str] = (nic.name for nic in device.nics if gateway is not None and nic.first <= gateway <= nic.last)
    return next(iter(names), None)
