"""The zone-based firewall of Cisco IOS.

Between two zones nothing passes but what the policy of their pair inspects or passes; within a zone everything does; between a zone
and an interface in none nothing does. What is inspected may be answered, what is only passed needs the pair the other way round.
The device itself is the zone `self`: to it everything passes unless there is a pair with it. Zones are met between routing and the
translation towards outside, so that they see the inside addresses (Cisco IOS Security Configuration Guide: Zone-Based Policy
Firewall; Cisco document 98628, "Zone-Based Policy Firewall Design and Application Guide").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from omamori.model.device import DeviceRule
from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.cisco.groups import Service
from omamori.parse.device.cisco.reading import rules_of, turned, unknown_rule
from omamori.parse.device.dialects.cisco_ios.inspect import INSPECTED
from omamori.parse.device.dialects.cisco_ios.lists import is_unread
from omamori.parse.device.dialects.cisco_ios.model import Ios

BETWEEN, SELF = "zone firewall", "zone firewall self"
_MOST_OF_PAIR, _MOST_PAIRS = 1_000, 100
"""Rules one pair of zones is written out into, and pairs that are; what is more is unknown."""


@dataclass(frozen=True, slots=True)
class _Pair:
    statement: Statement
    source: str
    destination: str
    policy: Statement | None


def zone_rows(ios: Ios) -> None:
    """Add the chains of the firewall, where interfaces are in zones."""
    members: dict[str, list[str]] = {}
    for port in ios.ports.values():
        zone = port.zone or ("default" if "default" in ios.zones else None)
        if zone:
            members.setdefault(zone, []).append(port.name)
            if zone not in ios.zones:
                ios.reading.missing("zone", "ゾーン", zone, port.zone_line or port.number)
    pairs = [pair for statement in ios.pairs if (pair := _pair(ios, statement)) is not None]
    if not members:
        return
    number = min(port.number for port in ios.ports.values())
    between = [pair for pair in pairs if "self" not in (pair.source, pair.destination)]
    ios.reading.chain(number, chain=BETWEEN, hook="forward", priority=0, policy="accept", family="ipv4")
    ios.reading.rules(_between(ios, between, members))
    to_self = [pair for pair in pairs if pair.destination == "self"]
    if to_self:
        ios.reading.chain(to_self[0].statement.number, chain=SELF, hook="input", priority=0, policy="accept", family="ipv4")
        ios.reading.rules(_to_self(ios, to_self, [pair for pair in pairs if pair.source == "self"], members))


def _pair(ios: Ios, statement: Statement) -> _Pair | None:
    low = [word.lower() for word in statement.words]
    if "source" not in low[:-1] or "destination" not in low[:-1]:
        ios.reading.skip(statement, "device_rules")
        return None
    source, destination = statement.words[low.index("source") + 1], statement.words[low.index("destination") + 1]
    for zone in (source, destination):
        if zone not in ios.zones and zone not in ("self", "default"):
            ios.reading.missing("zone", "ゾーン", zone, statement.number)
    used = next((one for one in statement.inner if one.starts("service-policy", "type", "inspect")), None)
    policy = None
    if used is not None:
        policy = ios.policy_maps.get(used.words[-1])
        if policy is None:
            ios.reading.missing("policy map", "ポリシーマップ", used.words[-1], used.number)
    return _Pair(statement, source, destination, policy)


def _between(ios: Ios, pairs: Sequence[_Pair], members: dict[str, list[str]]) -> Iterator[DeviceRule]:
    if len(pairs) > _MOST_PAIRS:
        yield unknown_rule(BETWEEN, pairs[_MOST_PAIRS].statement.number, "too many pairs of zones")
    first = {
        pair.statement.number: _limited(
            pair, BETWEEN, _policy(ios, pair, BETWEEN, _names(members, pair.source), _names(members, pair.destination))
        )
        for pair in pairs[:_MOST_PAIRS]
        if pair.source in members and pair.destination in members
    }
    for rules in first.values():
        yield from _answers(rules)
    for rules in first.values():
        yield from (rule for _, rule in rules)
    own = {pair.source for pair in pairs if pair.source == pair.destination}
    for zone, names in members.items():
        if zone not in own:
            listed = ",".join(names)
            yield _plain(BETWEEN, f"within {zone}", "accept", listed, listed, 0)
    zoned = ",".join(name for names in members.values() for name in names)
    yield _plain(BETWEEN, "between zones", "drop", zoned, None, 0)
    yield _plain(BETWEEN, "between zones", "drop", None, zoned, 0)


def _to_self(ios: Ios, pairs: Sequence[_Pair], back: Sequence[_Pair], members: dict[str, list[str]]) -> Iterator[DeviceRule]:
    for pair in back:  # answers to what the device itself began
        names = _names(members, pair.destination)
        if names:
            yield from (
                replace(rule, chain=SELF, interface_out=None)
                for rule in _answers(_limited(pair, SELF, _policy(ios, pair, SELF, None, names)))
            )
    for pair in pairs:
        names = _names(members, pair.source)
        if names:
            yield from (rule for _, rule in _policy(ios, pair, SELF, names, None))


def _limited(pair: _Pair, chain: str, found: Iterator[tuple[str, DeviceRule]]) -> list[tuple[str, DeviceRule]]:
    kept = list(islice(found, _MOST_OF_PAIR + 1))
    if len(kept) > _MOST_OF_PAIR:
        last = kept[-1][1]
        gap = unknown_rule(chain, pair.statement.number, "too many rules", interface_in=last.interface_in, interface_out=last.interface_out)
        kept[-1] = ("drop", gap)
    return kept


def _names(members: dict[str, list[str]], zone: str) -> str | None:
    return ",".join(members[zone]) if zone in members else None


def _plain(chain: str, rule: str, decision: str, into: str | None, out: str | None, number: int) -> DeviceRule:
    return DeviceRule(
        chain=chain, rule=rule, decision=decision, interface_in=into, interface_out=out, evidence=str(number) if number else ""
    )


def _answers(rules: Sequence[tuple[str, DeviceRule]]) -> Iterator[DeviceRule]:
    """The rules for answers to what is inspected; behind something only passed it cannot be told whose answer a packet is."""
    passed = False
    for action, rule in rules:
        if action == "inspect":
            answer = turned(rule)
            yield replace(answer, decision="unknown" if passed else answer.decision, unread="answer or not" if passed else rule.unread)
        passed = passed or action == "pass"


def _policy(ios: Ios, pair: _Pair, chain: str, into: str | None, out: str | None) -> Iterator[tuple[str, DeviceRule]]:
    """Write out the policy of a pair, class by class: each rule with the action it came from, so that answers can be told."""
    number = pair.statement.number
    if pair.policy is None:
        # A pair without a policy: between zones nothing passes; what happens to the device's own packets is not documented.
        yield "drop", _plain(chain, pair.statement.after(2)[:60], "drop" if chain == BETWEEN else "unknown", into, out, number)
        return
    for one in pair.policy.inner:
        if one.word(0) != "class":
            continue
        name = one.words[-1]
        action = next((inner.word(0) for inner in one.inner if inner.word(0) in ("inspect", "pass", "drop", "reset")), "drop")
        done = {"inspect": "accept", "pass": "accept", "reset": "reject"}.get(action, "drop")
        label = f"{pair.source} > {pair.destination}: {name}"
        if name.lower() == "class-default":
            rule = DeviceRule(chain=chain, decision=done, interface_in=into, interface_out=out, evidence=str(one.number))
            yield action, replace(rule, rule=label)
            return
        if name not in ios.class_maps:
            ios.reading.missing("class map", "クラスマップ", name, one.number)
            yield action, replace(unknown_rule(chain, one.number, one.text, interface_in=into, interface_out=out), rule=label)
            continue
        for rule in _class(ios, chain, ios.class_maps[name], one.number, 0):
            kept = rule if rule.decision == "unknown" else replace(rule, decision=done)
            yield action, replace(kept, rule=label, interface_in=into, interface_out=out)
    yield "drop", _plain(chain, f"{pair.source} > {pair.destination}: class-default", "drop", into, out, number)


def _class(ios: Ios, chain: str, found: Statement, number: int, deep: int) -> Iterator[DeviceRule]:
    """The conditions of a class as rules; what cannot be written so is one rule that is unknown within what was read."""
    every = "match-any" not in (word.lower() for word in found.words)
    matches = [one for one in found.inner if one.word(0) == "match"]
    lists = [one for one in matches if one.starts("match", "access-group")]
    protocols = [service for one in matches if one.starts("match", "protocol") for service in _services(one)]
    nested = [one for one in matches if one.starts("match", "class-map")]
    rest = [one for one in matches if one not in lists and one not in nested and not one.starts("match", "protocol")]
    if (
        rest
        or not matches
        or deep > 3
        or (every and (len(lists) > 1 or nested or sum(one.starts("match", "protocol") for one in matches) > 1))
    ):
        if len(nested) == 1 == len(matches) and nested[0].words[-1] in ios.class_maps and deep <= 3:
            yield from _class(ios, chain, ios.class_maps[nested[0].words[-1]], number, deep + 1)
            return
        yield unknown_rule(chain, number, (rest or matches or [found])[0].text)
        return
    if every and lists:
        yield from _listed(ios, chain, lists[0], protocols or [Service()])
        return
    for one in lists:
        yield from _listed(ios, chain, one, [Service()])
    for service in protocols:
        yield _served(chain, service, number)
    for one in nested:
        inner = ios.class_maps.get(one.words[-1])
        yield from _class(ios, chain, inner, number, deep + 1) if inner is not None else [unknown_rule(chain, one.number, one.text)]


def _services(one: Statement) -> tuple[Service, ...]:
    name = one.word(2)
    if len(one.words) > 3 and one.word(3) not in ("signature", "extended"):
        return (Service(unread=one.text),)
    return INSPECTED.get(name, (Service(unread=f"protocol {name}"),))


def _served(chain: str, service: Service, number: int) -> DeviceRule:
    if service.unread:
        return unknown_rule(chain, number, service.unread)
    return DeviceRule(
        chain=chain, decision="accept", protocol=service.protocol, destination_ports=service.destination_ports, evidence=str(number)
    )


def _listed(ios: Ios, chain: str, one: Statement, services: Sequence[Service]) -> Iterator[DeviceRule]:
    """The lines of a list a class names, each with each protocol; a line that denies takes what it names out of the class."""
    name = one.words[-1]
    if name not in ios.lists:
        ios.reading.missing("access list", "アクセスリスト", name, one.number)
        yield unknown_rule(chain, one.number, one.text)
        return
    aces = ios.lists[name].ordered()
    if any(not ace.permit or is_unread(ace) or ace.evaluate for ace in aces):
        # What a deny line leaves to the classes behind cannot be written as one list of rules.
        for ace in aces:
            if ace.permit or is_unread(ace) or ace.evaluate:
                for rule in rules_of(chain, ace):
                    yield replace(rule, decision="unknown", unread=rule.unread or f"{name} also denies")
        return
    for ace in aces:
        for rule in rules_of(chain, ace):
            for service in services:
                merged = _both(rule, service)
                if merged is not None:
                    yield merged


def _both(rule: DeviceRule, service: Service) -> DeviceRule | None:
    """A line of a list that also has to be of a protocol; None where it can never be both."""
    if service.unread:
        return replace(rule, decision="unknown", unread=service.unread)
    if service.protocol is None:
        return rule
    mine = rule.protocol.split(",") if rule.protocol else None
    if mine is not None and service.protocol not in mine:
        return None
    port = service.destination_ports
    if port and rule.destination_ports and rule.destination_ports != port:
        return replace(rule, protocol=service.protocol, unread=f"port {port}")
    return replace(rule, protocol=service.protocol, destination_ports=rule.destination_ports or port)
