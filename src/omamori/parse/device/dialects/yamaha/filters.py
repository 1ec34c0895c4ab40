"""Yamaha's filters and address translation → chains and rules.

Static filters of a direction are met in the order of their numbers in the list; a packet none of them matches is thrown away, and an
interface without a list passes everything (command reference, `ip interface secure filter`). What comes in at an interface is
translated before it is filtered, what goes out is filtered before it is translated: filters see the addresses of the inside. A dynamic
filter lets the answers of the connections it saw go by the other direction's list.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.yamaha.packets import Match, addresses, application, matches
from omamori.parse.device.dialects.yamaha.statements import ANY, Statement, Statements
from omamori.parse.device.draft import Draft

_DECISIONS = {"pass": "accept", "reject": "drop", "restrict": "accept"}
_LOGS = {"pass": False, "reject": True, "restrict": False}
_MAX_LIST = 2_000
"""Filters of one list; the devices take 300 (the reference says 1,001 for a set)."""
_FAMILIES = {"ip": "ipv4", "ipv6": "ipv6"}


@dataclass(slots=True)
class Lists:
    """The filters of one family: by number, and the lists bound to (interface, direction)."""

    static: dict[str, Statement] = field(default_factory=dict)
    dynamic: dict[str, Statement] = field(default_factory=dict)
    bound: dict[tuple[str, str], tuple[Statement, list[str], list[str]]] = field(default_factory=dict)


def read_filters(commands: Statements, draft: Draft) -> None:
    """Write the chains and rules of the filters of both families."""
    for word, family in _FAMILIES.items():
        lists = _collect(commands, word)
        for (interface, direction), (statement, numbers, dynamic) in sorted(lists.bound.items()):
            _chain(lists, draft, family, interface, direction, statement, numbers[:_MAX_LIST], dynamic[:_MAX_LIST])


def _collect(commands: Statements, word: str) -> Lists:
    lists = Lists()
    for statement, rest in commands.take(word, "filter", ANY, ANY, least=1):
        if statement.words[2].isdigit():
            lists.static[statement.words[2]] = statement
        elif statement.words[2] == "dynamic" and statement.words[3].isdigit() and len(rest) >= 3:
            lists.dynamic[statement.words[3]] = statement
        else:
            commands.leave(statement)
    sets: dict[tuple[str, str], list[str]] = {}
    for _, rest in commands.take(word, "filter", "set", least=3):
        sets[rest[0], rest[1]] = [*rest[2:]]
    for statement, rest in commands.take(word, ANY, "secure", "filter", least=1):
        interface = statement.interface(statement.words[1])
        if rest[0] == "name" and len(rest) == 2:
            for direction in ("in", "out"):
                if (rest[1], direction) in sets:
                    lists.bound[interface, direction] = (statement, *_parts(sets[rest[1], direction]))
        elif rest[0] in ("in", "out"):
            lists.bound[interface, rest[0]] = (statement, *_parts([*rest[1:]]))
        else:
            commands.leave(statement)
    return lists


def _parts(found: list[str]) -> tuple[list[str], list[str]]:
    at = found.index("dynamic") if "dynamic" in found else len(found)
    return found[:at], found[at + 1 :]


def _chain(
    lists: Lists, draft: Draft, family: str, interface: str, direction: str, statement: Statement, numbers: list[str], dynamic: list[str]
) -> None:  # fmt: skip
    incoming = direction == "in"
    name = f"{interface} {direction}" + ("" if family == "ipv4" else " ipv6")
    draft.add(
        DeviceChain(
            chain=name, hook="prerouting" if incoming else "postrouting", priority=0, policy="drop", family=family,
            interface_in=interface if incoming else None, interface_out=None if incoming else interface, evidence=statement.evidence,
        )
    )  # fmt: skip
    rules: list[DeviceRule] = []
    other = lists.bound.get((interface, "out" if incoming else "in"))
    for number in other[2][:_MAX_LIST] if other else ():
        rules += _answers(name, family, number, lists, statement)
    for number in numbers:
        rules += _static(name, family, number, lists.static.get(number), statement)
    for number in dynamic if not any(_decides_all(rule) for rule in rules) else ():
        rules += _opened(name, family, number, lists.dynamic.get(number), statement)
    draft.add(*(replace(rule, position=place) for place, rule in enumerate(rules)))


def _decides_all(rule: DeviceRule) -> bool:
    """Whether no packet comes past a rule."""
    limits = (rule.protocol, rule.sources, rule.destinations, rule.source_ports, rule.destination_ports, rule.states, rule.unread)
    return rule.decision in ("accept", "drop") and not any(limits)


def _static(chain: str, family: str, number: str, found: Statement | None, bound: Statement) -> list[DeviceRule]:
    if found is None:
        odd = f"filter {number}, which is not here"
        return [DeviceRule(chain=chain, rule=number, decision="unknown", family=family, unread=odd, evidence=bound.evidence)]
    kind, _, logging = found.words[3].partition("-")
    fields = [*found.words[4:9], *["*"] * 5][:5]
    sources, odd_sources = addresses(fields[0])
    destinations, odd_destinations = addresses(fields[1])
    rules = []
    for match in matches(fields[2], fields[3], fields[4]):
        odd = "; ".join(part for part in (odd_sources, odd_destinations, match.unread) if part)
        decision = _DECISIONS.get(kind, "unknown")
        if not match.decides:
            decision = "continue"
        elif odd or decision == "unknown":
            decision, odd = "unknown", odd or kind
        rules.append(
            DeviceRule(
                chain=chain, rule=number, decision=decision, family=family, protocol=match.protocol, sources=sources,
                destinations=destinations, source_ports=match.source_ports, destination_ports=match.destination_ports,
                states=match.states, services_named=fields[2] if fields[2] != "*" else None,
                logs=logging == "log" or (not logging and _LOGS.get(kind, False)), unread=odd or None, evidence=found.evidence,
            )
        )  # fmt: skip
    return rules


def _connections(lists: Lists, number: str) -> tuple[Statement, list[Match]] | None:
    """What a dynamic filter watches: connections of an application, or those that filters it names match."""
    found = lists.dynamic.get(number)
    if found is None:
        return None
    words = found.words
    if words[6] != "filter":
        opened = application(words[6])
        return found, [Match(protocol, None, port) for protocol, port in opened] or [Match(unread=words[6])]
    named: list[Match] = []
    for word in words[7:]:
        if word in ("in", "out") or "=" in word:
            break
        trigger = lists.static.get(word)
        fields = [*trigger.words[6:9], "*", "*", "*"] if trigger else []
        named += matches(fields[0], fields[1], fields[2]) if trigger else [Match(unread=f"filter {word}, which is not here")]
    extra = " ".join(words[7:]) if {"in", "out"} & set(words[7:]) else None
    return found, [*named, *([Match(unread=extra)] if extra else [])]


def _answers(chain: str, family: str, number: str, lists: Lists, bound: Statement) -> list[DeviceRule]:
    """Rules by which the answers to the connections of a dynamic filter come back; source and destination are the other way round."""
    known = _connections(lists, number)
    if known is None:
        odd = f"dynamic filter {number}, which is not here"
        return [
            DeviceRule(
                chain=chain,
                rule=number,
                decision="unknown",
                family=family,
                states="established,related",
                unread=odd,
                evidence=bound.evidence,
            )
        ]
    found, connections = known
    sources, odd_sources = addresses(found.words[4])
    destinations, odd_destinations = addresses(found.words[5])
    rules = []
    for match in connections:
        odd = "; ".join(part for part in (odd_sources, odd_destinations, match.unread) if part)
        states = "established" if match.destination_ports or odd else "established,related"
        rules.append(
            DeviceRule(
                chain=chain, rule=number, decision="unknown" if odd else "accept", family=family, protocol=match.protocol, sources=destinations,
                destinations=sources, source_ports=match.destination_ports if match.protocol != "icmp" else None, states=states,
                services_named=found.words[6], unread=odd or None, evidence=found.evidence,
            )
        )  # fmt: skip
    if found.words[6] in ("ftp", "tftp"):
        rules.append(
            DeviceRule(
                chain=chain, rule=number, decision="accept", family=family, sources=destinations if not odd_destinations else None,
                destinations=sources if not odd_sources else None, states="related", services_named=found.words[6], evidence=found.evidence,
            )
        )  # fmt: skip
    return rules


def _opened(chain: str, family: str, number: str, found: Statement | None, bound: Statement) -> list[DeviceRule]:
    """A connection no static filter passed, but a dynamic one watches: the reference does not say what becomes of it."""
    words = found.words if found else ()
    sources = addresses(words[4])[0] if found else None
    destinations = addresses(words[5])[0] if found else None
    opened: list[tuple[str | None, str | None]] = [*application(words[6])] if found else []
    return [
        DeviceRule(
            chain=chain, rule=number, decision="unknown", family=family, protocol=protocol, sources=sources, destinations=destinations,
            destination_ports=port, states="new", services_named=words[6] if found else None,
            unread="dynamic filter for a packet no static filter matches", evidence=(found or bound).evidence,
        )
        for protocol, port in opened or [(None, None)]
    ]  # fmt: skip
