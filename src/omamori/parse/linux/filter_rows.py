"""Writes the chains of a Linux packet filter as rows of device_chains, device_rules and device_unread."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from omamori.model.device import DeviceChain, DeviceRule, DeviceUnread
from omamori.parse.linux.filter_rule import MOST_RULES, Condition, Filter, FilterChain, Rule
from omamori.parse.linux.filter_spans import Names, write_addresses, write_names, write_ports

MOST_ROWS = 2 * MOST_RULES
"""Rules and those that stand in chains of their own besides."""
MOST_TEXT = 6_000_000
"""Characters of all addresses together; a set of many thousand members named by many rules would else fill the memory."""
_ADDRESS = 20
"""Characters an address, network or range takes, about."""
MOST_SPLITS = 100
"""Chains that are cut in two; each holds the rest of its rules once more."""
_LONGEST = 200


@dataclass(slots=True)
class _Pen:
    """What was written, and how much may still be."""

    chains: list[DeviceChain] = field(default_factory=list)
    rules: list[DeviceRule] = field(default_factory=list)
    unread: list[DeviceUnread] = field(default_factory=list)
    left: int = MOST_TEXT
    splits: int = MOST_SPLITS


def device_rows(found: Filter) -> tuple[Any, ...]:
    """Return the rows. In: chains in the order they were printed. A rule after the 100,000th is not written: that is told as unread."""
    pen = _Pen()
    waiting = deque(found.chains.values())
    while waiting:
        waiting.extendleft(reversed(_chain(waiting.popleft(), pen)))
    for one in found.unread:
        pen.unread.append(_unread(one.line, one.text, one.section, one.concerns))
    return (*pen.chains, *pen.rules, *pen.unread)


def _unread(line: int, text: str, section: str, concerns: str = "device_rules") -> DeviceUnread:
    return DeviceUnread(line=line, text=text[:_LONGEST], section=section[:_LONGEST], concerns=concerns, evidence=str(line))


def _chain(chain: FilterChain, pen: _Pen) -> list[FilterChain]:
    """Write a chain; return those it needs besides."""
    pen.chains.append(
        DeviceChain(
            chain=chain.name,
            hook=chain.hook,
            priority=chain.priority,
            policy=chain.policy,
            family=chain.family,
            first_packet=chain.nat,
            label=chain.label,
            evidence=str(chain.line),
        )
    )
    extra: list[FilterChain] = []
    for position, rule in enumerate(_decidable(chain, extra, pen)):
        if len(pen.rules) >= MOST_ROWS:
            # The rest stands there as one rule that may do anything.
            pen.rules.append(DeviceRule(chain=chain.name, position=position, decision="unknown", evidence=str(rule.line)))
            pen.unread.append(_unread(rule.line, f"rules after the first {MOST_ROWS}", chain.name))
            break
        pen.rules.append(_row(chain.name, position, rule, pen))
    return extra


def _decidable(chain: FilterChain, extra: list[FilterChain], pen: _Pen) -> Iterator[Rule]:
    """The rules with at most one list of states each: a second list stands in a chain of its own that the rule jumps to.

    Where such a rule itself returns or goes elsewhere, the way back would be lost: what follows it then stands in a chain of its own
    too, to which both go.
    """
    for number, rule in enumerate(chain.rules):
        states = rule.condition.states
        if len(states) < 2:
            yield rule
            continue
        inner = replace(rule, condition=Condition(states=states[1:], unread=rule.condition.unread))
        outer = Rule(rule.line, replace(rule.condition, states=states[:1], unread=()), "jump", f"{chain.name} rule {number}", rule.name)
        if rule.decision not in ("return", "goto"):
            extra.append(_own(f"{chain.name} rule {number}", chain, [inner]))
            yield outer
        elif pen.splits:
            pen.splits -= 1
            rest = Rule(rule.line, Condition(), "goto", f"{chain.name} after {number}")
            extra.append(_own(f"{chain.name} rule {number}", chain, [inner, rest]))
            extra.append(_own(f"{chain.name} after {number}", chain, chain.rules[number + 1 :]))
            yield replace(outer, decision="goto")
            yield rest
            return
        else:
            words = tuple(f"state {write_names(one)}" for one in states[1:])
            yield replace(rule, condition=replace(rule.condition, states=states[:1], unread=(*rule.condition.unread, *words)))


def _own(name: str, chain: FilterChain, rules: list[Rule]) -> FilterChain:
    return FilterChain(name, chain.line, chain.family, nat=chain.nat, rules=rules)


def _row(chain: str, position: int, rule: Rule, pen: _Pen) -> DeviceRule:
    one = rule.condition
    unread = list(one.unread)
    sources = destinations = None
    pen.left -= sum(len(spans.inside) for spans in (one.sources, one.destinations) if spans) * _ADDRESS
    if pen.left >= 0:
        sources, destinations = write_addresses(one.sources), write_addresses(one.destinations)
    elif one.sources or one.destinations:
        unread.append("addresses: too many to keep")
    states: Names | None = one.states[0] if one.states else None
    return DeviceRule(
        chain=chain,
        position=position,
        rule=rule.name,
        decision=rule.decision,
        target=rule.target,
        family=one.family,
        protocol=write_names(one.protocol),
        sources=sources,
        destinations=destinations,
        source_ports=write_ports(one.source_ports),
        destination_ports=write_ports(one.destination_ports),
        interface_in=write_names(one.interface_in),
        interface_out=write_names(one.interface_out),
        states=write_names(states),
        to_addresses=rule.to_addresses,
        to_ports=rule.to_ports,
        one_to_one=rule.one_to_one,
        sources_named=",".join(one.sources_named) or None,
        destinations_named=",".join(one.destinations_named) or None,
        services_named=",".join(one.services_named) or None,
        logs=rule.logs,
        hits=rule.hits,
        unread="; ".join(unread) or None,
        evidence=str(rule.line),
    )
