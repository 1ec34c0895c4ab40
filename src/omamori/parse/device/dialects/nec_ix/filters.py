"""NEC UNIVERGE IX: access lists, filters of interfaces, NAT and NAPT → chains and rules.

The filters of an interface and direction are met in the order of their numbers, the lines of a list in theirs; what none matches is
thrown away as soon as there is one filter (function description 2-421, FAQ on filters). A dynamic list lets what its lists permit go,
and the answers to it back by the same interface; what it does not match goes on to the next filter. Whether filters see addresses
before or after NAT is told nowhere we could read: where both are on one interface, a rule on a translated address is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.blocks import ANY, Blocks, Command
from omamori.parse.device.draft import PROTOCOLS, Draft, joined, network_of, number, shown

INTERFACE = ("interface", ANY)
_PORTS = {"ftp-data": "20", "ftp": "21", "ssh": "22", "telnet": "23", "smtp": "25", "domain": "53", "dns": "53", "tftp": "69", "www": "80", "http": "80",
          "pop3": "110", "ntp": "123", "snmp": "161", "https": "443", "syslog": "514", "isakmp": "500"}  # fmt: skip
_APPLICATIONS = {"ftp": ("tcp", "21"), "dns": ("tcp,udp", "53"), "domain": ("tcp,udp", "53"), "http": ("tcp", "80"), "www": ("tcp", "80"),
                 "https": ("tcp", "443"), "smtp": ("tcp", "25"), "pop3": ("tcp", "110"), "telnet": ("tcp", "23"), "ssh": ("tcp", "22"),
                 "tftp": ("udp", "69"), "sip": ("udp", "5060"), "tcp": ("tcp", None), "udp": ("udp", None)}  # fmt: skip
_MAX_RULES = 2_000


@dataclass(slots=True)
class AccessLists:
    """Static lists (lines in order) and dynamic ones (their lines)."""

    static: dict[str, list[Command]] = field(default_factory=dict)
    dynamic: dict[str, list[Command]] = field(default_factory=dict)


def read_lists(blocks: Blocks) -> AccessLists:
    """Collect the IPv4 access lists."""
    lists = AccessLists()
    for command, rest in blocks.take("ip", "access-list", least=2):
        if rest[0] == "dynamic" and len(rest) > 2:
            if rest[2] not in ("cache", "timer", "cache-time"):
                lists.dynamic.setdefault(rest[1], []).append(command)
        elif rest[1] in ("permit", "deny"):
            lists.static.setdefault(rest[0], []).append(command)
        elif rest[1] != "option":
            blocks.leave(command)
    return lists


def sources_of(lists: AccessLists, name: str) -> str | None:
    """Return the sources a list permits, for doors that are limited by one; NULL for any, a name that is nowhere for nobody."""
    found: list[str] = []
    for command in lists.static.get(name, ()):
        rule = rule_of(command, command.words[3:], "")
        if command.words[3] == "permit":
            if rule.sources is None:
                return None if rule.unread is None else f"list {name}"
            found.append(rule.sources)
    return joined(found) or f"list {name}"


def rule_of(command: Command, said: tuple[str, ...], chain: str) -> DeviceRule:
    """Return the rule a line means: `permit PROTOCOL src A [sport P] dest A [dport P]`; what is not understood is in `unread`."""
    decision = {"permit": "accept", "deny": "drop"}.get(said[0], "unknown")
    protocol = said[1].lower() if len(said) > 1 else "ip"
    found: dict[str, str | None] = {}
    odd: list[str] = []
    at = 2
    while at < len(said):
        word = said[at]
        if word in ("src", "dest") and at + 1 < len(said):
            value, used, strange = _address(said[at + 1 :])
            found[word], at = value, at + 1 + used
            odd += strange
        elif word in ("sport", "dport") and at + 1 < len(said):
            value, used, strange = _ports(said[at + 1 :])
            found[word], at = value, at + 1 + used
            odd += strange
        elif word == "type" and protocol == "icmp" and at + 1 < len(said):
            found["dport"], at = said[at + 1] if said[at + 1].isdigit() else None, at + 2
            odd += [] if found["dport"] else [said[at - 1]]
        else:
            odd.append(word)
            at += 1
    known = protocol in ("ip", "any", "tcp", "udp", "icmp", "gre", "esp", "ah") or number(protocol, 0, 255) is not None
    odd += [] if known else [protocol]
    return DeviceRule(
        chain=chain, rule=" ".join(command.words[2:3]) or None, decision="unknown" if odd else decision, family="ipv4",
        protocol=None if protocol in ("ip", "any") or not known else PROTOCOLS.get(protocol, protocol), sources=found.get("src"),
        destinations=found.get("dest"), source_ports=found.get("sport"), destination_ports=found.get("dport"),
        unread=" ".join(odd)[:200] or None, evidence=command.evidence,
    )  # fmt: skip


def _address(said: tuple[str, ...]) -> tuple[str | None, int, list[str]]:
    """(addresses, words used, what was not understood)."""
    if said[0] == "any":
        return None, 1, []
    if said[0] == "range" and len(said) > 2 and network_of(said[1]) and network_of(said[2]):
        return f"{said[1]}-{said[2]}", 3, []
    network = network_of(said[0])
    return (shown(network), 1, []) if network else (None, 1, [said[0]])


def _ports(said: tuple[str, ...]) -> tuple[str | None, int, list[str]]:
    if said[0] == "any":
        return None, 1, []
    one = [_PORTS.get(word, word) for word in said[1:3]]
    values = [number(word, 0, 65535) for word in one]
    if said[0] == "eq" and values and values[0] is not None:
        return str(values[0]), 2, []
    if said[0] == "range" and len(values) > 1 and values[0] is not None and values[1] is not None:
        return f"{values[0]}-{values[1]}", 3, []
    if said[0] in ("gt", "lt") and values and values[0] is not None and 0 < values[0] < 65535:
        return (f"{values[0] + 1}-65535" if said[0] == "gt" else f"0-{values[0] - 1}"), 2, []
    return None, 1, [said[0]]


def read_filters(blocks: Blocks, draft: Draft, lists: AccessLists, translated: set[str]) -> None:
    """Write the chains and rules of the filters; `translated` are the interfaces with NAT."""
    bound: dict[tuple[str, str], list[tuple[int, str, Command]]] = {}
    for command, rest in blocks.take("ip", "filter", least=3, inside=INTERFACE):
        order = number(rest[1], 0, 1 << 30)
        if order is None or rest[2] not in ("in", "out"):
            blocks.leave(command)
            continue
        bound.setdefault((command.section[1], rest[2]), []).append((order, rest[0], command))
    for (interface, direction), filters in sorted(bound.items()):
        incoming = direction == "in"
        name = f"{interface} {direction}"
        draft.add(
            DeviceChain(
                chain=name, hook="prerouting" if incoming else "postrouting", priority=0, policy="drop", family="ipv4",
                interface_in=interface if incoming else None, interface_out=None if incoming else interface, evidence=filters[0][2].evidence,
            )
        )  # fmt: skip
        rules: list[DeviceRule] = []
        for _, listed, command in bound.get((interface, "out" if incoming else "in"), ()):
            if listed in lists.dynamic:
                rules += [_back(rule) for rule in _dynamic(lists, listed, name, command)]
        for _, listed, command in sorted(filters, key=lambda one: one[0]):
            if listed in lists.dynamic:
                rules += _dynamic(lists, listed, name, command)
            elif listed in lists.static:
                rules += [rule_of(line, line.words[3:], name) for line in lists.static[listed]]
            else:
                odd = f"list {listed}, which is not here"
                rules.append(DeviceRule(chain=name, rule=listed, decision="unknown", unread=odd, evidence=command.evidence))
        if interface in translated:
            rules = [_doubted(rule, incoming) for rule in rules]
        draft.add(*(replace(rule, position=place) for place, rule in enumerate(rules[:_MAX_RULES])))
        if len(rules) > _MAX_RULES:
            draft.add(DeviceRule(chain=name, position=_MAX_RULES, decision="unknown", unread="more rules", evidence=filters[0][2].evidence))


def _doubted(rule: DeviceRule, incoming: bool) -> DeviceRule:
    """A rule on the side NAT rewrites: nothing says whether it sees the address before or after."""
    said = rule.destinations if incoming else rule.sources
    if said is None or rule.states is not None:
        return rule
    cleared = replace(rule, destinations=None) if incoming else replace(rule, sources=None)
    return replace(cleared, decision="unknown", unread=f"{said}, before or after translation")


def _dynamic(lists: AccessLists, name: str, chain: str, bound: Command) -> list[DeviceRule]:
    """Rules of a dynamic list: new connections of its lists and applications. A `deny` in them is said nowhere to drop or to go on."""
    rules: list[DeviceRule] = []
    for command in lists.dynamic[name]:
        said = command.words[4:]
        if said[0] == "access" and len(said) > 1:
            for line in lists.static.get(said[1], ()):
                rule = rule_of(line, line.words[3:], chain)
                rules.append(
                    replace(rule, decision="unknown", unread=rule.unread or "deny in a dynamic list") if rule.decision == "drop" else rule
                )
            if said[1] not in lists.static:
                rules.append(
                    DeviceRule(
                        chain=chain, rule=name, decision="unknown", unread=f"list {said[1]}, which is not here", evidence=command.evidence
                    )
                )
        elif said[0] in _APPLICATIONS:
            protocol, port = _APPLICATIONS[said[0]]
            plain = rule_of(command, ("permit", "tcp" if protocol == "tcp,udp" else protocol, *said[1:]), chain)
            rules.append(
                replace(plain, rule=name, protocol=protocol, destination_ports=plain.destination_ports or port, services_named=said[0])
            )
        else:
            rules.append(DeviceRule(chain=chain, rule=name, decision="unknown", unread=" ".join(said)[:200], evidence=command.evidence))
    return rules


def _back(rule: DeviceRule) -> DeviceRule:
    """The way back of a connection a dynamic list let go."""
    return replace(
        rule, sources=rule.destinations, destinations=rule.sources, source_ports=rule.destination_ports if rule.protocol != "icmp" else None,
        destination_ports=None, states="established,related",
    )  # fmt: skip


def read_nat(blocks: Blocks, draft: Draft, addresses: dict[str, list[str]]) -> set[str]:
    """Write NAT and NAPT of each interface; return the interfaces that have one. `addresses` are their fixed addresses."""
    on: dict[str, Command] = {}
    for word in ("napt", "nat"):
        for command, _ in blocks.take("ip", word, "enable", inside=INTERFACE):
            on[command.section[1]] = command
    inward: dict[str, list[DeviceRule]] = {}
    outward: dict[str, list[DeviceRule]] = {}
    for command, rest in blocks.take("ip", "napt", ANY, least=1, inside=INTERFACE):
        interface = command.section[1]
        own = joined(addresses.get(interface, [])[:1])
        if command.words[2] in ("static", "service"):
            inward.setdefault(interface, []).append(_forward(command, rest, interface, own))
        elif command.words[2] not in ("enable", "translation", "eim-mode", "hairpinning", "log", "port", "ftp-port"):
            blocks.leave(command)
    for command, rest in blocks.take("ip", "nat", "static", least=2, inside=INTERFACE):
        inner, outer = network_of(rest[0]), network_of(rest[1])
        if inner is None or outer is None:
            blocks.leave(command)
            continue
        pair = (shown(inner), shown(outer))
        interface = command.section[1]
        inward.setdefault(interface, []).append(
            DeviceRule(rule="static", decision="dnat", destinations=pair[1], to_addresses=pair[0], evidence=command.evidence)
        )
        outward.setdefault(interface, []).append(
            DeviceRule(rule="static", decision="snat", sources=pair[0], to_addresses=pair[1], evidence=command.evidence)
        )
    for interface, command in sorted(on.items()):
        own = joined(addresses.get(interface, [])[:1])
        into = inward.get(interface, [])
        if command.words[1] == "napt":
            into = [*into, _unasked(command, interface, own)]
            outward.setdefault(interface, []).append(DeviceRule(rule="napt", decision="masquerade", evidence=command.evidence))
        _chains(draft, interface, into, outward.get(interface, []), command)
    return set(on)


def _unasked(command: Command, interface: str, own: str | None) -> DeviceRule:
    """What comes from outside for its own address without an entry is thrown away; which address that is only the provider may know."""
    if own:
        return DeviceRule(rule="napt without entry", decision="drop", destinations=own, evidence=command.evidence)
    odd = f"the address of {interface}, which is given from outside"
    return DeviceRule(rule="napt without entry", decision="unknown", unread=odd, evidence=command.evidence)


def _forward(command: Command, rest: tuple[str, ...], interface: str, own: str | None) -> DeviceRule:
    """`static ADDRESS|INTERFACE PROTOCOL [PORT]`: port stays; `service NAME ADDRESS PORT|none PROTOCOL PORT`."""
    if command.words[2] == "static":
        target, protocol, port, inside = rest[0], rest[1] if len(rest) > 1 else "", rest[2] if len(rest) > 2 else None, None
    else:
        _, target, inside, protocol, port = (*rest, *[""] * 5)[:5]
    inside = None if inside in (None, "", "none", port) else inside
    protocol = PROTOCOLS.get(protocol.lower(), protocol.lower())
    own_port = target in (interface, own)
    known = (own_port or network_of(target) is not None) and (
        protocol in ("tcp", "udp", "icmp", "esp", "ah", "gre") or number(protocol, 0, 255) is not None
    )
    seen = None if port in (None, "", "any") or protocol == "icmp" else _PORTS.get(port, port)
    if known and own_port:
        # Not translated: it is for the router itself.
        return DeviceRule(
            rule=" ".join(rest)[:80],
            decision="accept",
            protocol=protocol,
            destinations=own,
            destination_ports=seen,
            evidence=command.evidence,
        )
    return DeviceRule(
        rule=" ".join(rest)[:80], decision="dnat" if known else "unknown", protocol=protocol if known else None, destinations=own,
        destination_ports=seen, to_addresses=target if known else None, to_ports=inside, unread=None if known else " ".join(rest)[:200],
        evidence=command.evidence,
    )  # fmt: skip


def _chains(draft: Draft, interface: str, inward: list[DeviceRule], outward: list[DeviceRule], command: Command) -> None:
    for name, hook, priority, rules in (
        (f"{interface} nat in", "prerouting", -100, inward),
        (f"{interface} nat out", "postrouting", 100, outward),
    ):
        draft.add(
            DeviceChain(
                chain=name, hook=hook, priority=priority, policy="accept", family="ipv4", first_packet=True, evidence=command.evidence,
                interface_in=interface if hook == "prerouting" else None, interface_out=interface if hook == "postrouting" else None,
            )
        )  # fmt: skip
        draft.add(*(replace(rule, chain=name, family="ipv4", position=place) for place, rule in enumerate(rules)))
