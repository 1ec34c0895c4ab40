"""A small network for the tests of the parts: one device between two networks."""

from __future__ import annotations

from typing import Any

from omamori.model.device import DeviceChain, DeviceFact, DeviceInterface, DeviceRule


def device(name: str = "fw", system: str = "linux", *nics: str) -> list[Any]:
    """A device with networks /24."""
    rows: list[Any] = [DeviceFact(asset=name, system=system, forwards=True, stateful=True)]
    places = nics or ("10.1.0.1", "10.2.0.1")
    rows += [DeviceInterface(asset=name, name=f"eth{at}", address=one, prefix=24) for at, one in enumerate(places)]
    return rows


def chain(name: str, hook: str | None = "forward", policy: str | None = "drop", **more: Any) -> DeviceChain:
    return DeviceChain(asset="fw", chain=name, hook=hook, policy=policy, **more)


def rule(name: str, position: int, decision: str, **more: Any) -> DeviceRule:
    return DeviceRule(asset="fw", chain=name, position=position, decision=decision, **more)
