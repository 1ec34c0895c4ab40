"""Decides conditions that depend on where a chain is met: what is for this machine comes to the input hook, and never to forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from omamori.parse.linux.filter_rule import LOCAL, Condition, Filter, FilterChain
from omamori.parse.linux.filter_spans import HIGHEST, Spans


def address_type(kinds: Sequence[Any], text: str, family: str | None) -> list[Condition]:
    """Return what the kind of its destination asks of a packet: local to this machine, multicast, or something nobody can tell here."""
    if tuple(kinds) == ("local",):
        return [Condition(unread=(LOCAL,))]
    if tuple(kinds) == ("multicast",):
        groups = {"ipv4": (0xE0000000, 0xEFFFFFFF), "ipv6": (0xFF << 120, HIGHEST["ipv6"])}
        return [Condition(family=one, destinations=Spans((span,), HIGHEST[one])) for one, span in groups.items() if family in (one, None)]
    return [Condition(unread=(text,))]


def settle(found: Filter) -> None:
    """Take `LOCAL` out of chains met at input alone, and the rules that ask for it out of chains met at forward alone.

    Packets to one address are meant; those to all machines of a network (broadcast) are not followed.
    """
    for name, hooks in _hooks(found.chains).items():
        chain = found.chains[name]
        if hooks == {"input"}:
            chain.rules = [
                replace(rule, condition=replace(rule.condition, unread=tuple(text for text in rule.condition.unread if text != LOCAL)))
                if LOCAL in rule.condition.unread
                else rule
                for rule in chain.rules
            ]
        elif hooks == {"forward"}:
            chain.rules = [rule for rule in chain.rules if LOCAL not in rule.condition.unread]


def _hooks(chains: Mapping[str, FilterChain]) -> dict[str, set[str]]:
    """The hooks each chain can be met at, by jumps."""
    found: dict[str, set[str]] = {name: set() for name in chains}
    for start, chain in chains.items():
        if chain.hook is None:
            continue
        waiting = [start]
        while waiting:
            name = waiting.pop()
            if chain.hook not in found[name]:
                found[name].add(chain.hook)
                waiting += [rule.target for rule in chains[name].rules if rule.target in found]
    return found
