"""The rules that come, in the form of the device tables, and what the rows of a network are with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from omamori.model.device import DeviceChain, DeviceRule
from omamori.respond.bastion.parts import EARLY, Edit, Opening, Side

TABLE = "inet omamori_bastion"
"""Name of the nftables table the rules come in, and the beginning of the chains' names in the device form."""
FORWARD = f"{TABLE} forward"
INPUT = f"{TABLE} input"
TRANSLATION = (-100, 100)
_ANSWERS = "established,related"


def closing_edits(device: str, sides: Sequence[Side]) -> tuple[Edit, Edit]:
    """Return the chains that hold all sides of a device to what may pass; everything else on the device stays as it is."""
    return (
        Edit(device, tuple(_numbered(device, FORWARD, _held(sides, forward=True))), _chain(device, FORWARD, "forward")),
        Edit(device, tuple(_numbered(device, INPUT, _held(sides, forward=False))), _chain(device, INPUT, "input")),
    )


def _chain(device: str, name: str, hook: str) -> DeviceChain:
    return DeviceChain(asset=device, chain=name, hook=hook, priority=EARLY, policy="accept", source="plan.bastion")


def _held(sides: Sequence[Side], *, forward: bool) -> Iterator[DeviceRule]:
    for side in sides:
        yield DeviceRule(decision="accept", interface_in=side.interface, states=_ANSWERS)
        for opening in side.passing if forward else side.admitted:
            yield _accept(side, opening)
        if not forward:
            # Without them the device loses its neighbours of IPv6 (RFC 4861).
            yield DeviceRule(decision="accept", interface_in=side.interface, family="ipv6", protocol="58")
        yield DeviceRule(decision="drop", interface_in=side.interface, logs=True)


def _accept(side: Side, opening: Opening) -> DeviceRule:
    return DeviceRule(
        decision="accept",
        interface_in=side.interface,
        protocol=opening.protocol,
        sources=opening.sources,
        destinations=opening.addresses,
        destination_ports=opening.ports,
        family="ipv4" if opening.addresses or opening.sources else None,
    )


def _numbered(device: str, chain: str, rules: Iterable[DeviceRule], start: int = 0) -> Iterator[DeviceRule]:
    for position, rule in enumerate(rules, start):
        yield replace(rule, asset=device, chain=chain, position=position, rule=f"omamori {position}", source="plan.bastion")


def opening_edits(device: str, chains: Iterable[DeviceChain], side: Side, *, back: bool) -> list[Edit]:
    """Return the rules that let a line through the device's own filters to the door; `back`: the answers, where it sees only those."""
    edits = []
    for chain in chains:
        filters = chain.asset == device and chain.hook in ("forward", "prerouting", "postrouting") and chain.priority not in TRANSLATION
        if not filters or chain.chain in (FORWARD, INPUT) or chain.family == "ipv6":
            continue
        rules = []
        for opening in side.passing:
            rule = _accept(side, opening)
            inside = rule.interface_in if device == side.device else None
            rule = replace(rule, interface_in=inside)
            if back:
                rule = replace(
                    rule,
                    interface_in=None,
                    sources=rule.destinations,
                    destinations=rule.sources,
                    source_ports=rule.destination_ports,
                    destination_ports=None,
                )
            rules.append(rule)
        if rules:
            edits.append(Edit(device, tuple(_numbered(device, chain.chain, rules)), at=chain.chain))
    return edits


def applied(rows: Iterable[Any], edits: Sequence[Edit]) -> list[Any]:
    """Return the rows of a network as they are once the edits were made. Chains of an earlier plan on the same devices are replaced."""
    fresh = {edit.device for edit in edits if edit.chain is not None}
    first: dict[tuple[str, str], list[DeviceRule]] = {}
    for edit in edits:
        if edit.chain is None:
            first.setdefault((edit.device, edit.at), []).extend(edit.rules)
    found: list[Any] = []
    for row in rows:
        if isinstance(row, DeviceChain | DeviceRule) and row.asset in fresh and row.chain in (FORWARD, INPUT):
            continue
        if isinstance(row, DeviceRule) and (before := first.get((row.asset, row.chain))):
            row = replace(row, position=row.position + len(before))
        found.append(row)
    for (device, chain), rules in first.items():
        found += _numbered(device, chain, rules)
    for edit in edits:
        if edit.chain is not None:
            found += (edit.chain, *edit.rules)
    return found
