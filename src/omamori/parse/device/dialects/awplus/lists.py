"""AlliedWare Plus access lists: hardware filters of switch ports, and the lists that limit doors.

A port meets its lists in the order they were applied; what none matches is forwarded (command reference, hardware packet filter).
"""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address, ip_network

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.blocks import ANY, Blocks, Command
from omamori.parse.device.draft import PROTOCOLS, Draft, joined, network_of, number, shown

_ACTIONS = {"permit": "accept", "deny": "drop"}
Lists = dict[str, list[tuple[Command, tuple[str, ...]]]]


def read_lists(blocks: Blocks) -> Lists:
    """Collect the lines of all IPv4 access lists, numbered and named."""
    lists: Lists = {}
    for head in (("access-list",), ("access-list", "hardware"), ("access-list", "standard"), ("access-list", "extended")):
        for command, rest in blocks.take(*head, least=1, inside=()):
            if len(head) == 1 and rest[0] in ("hardware", "standard", "extended", "group"):
                continue
            lists.setdefault(rest[0], [])
            line = rest[2:] if len(rest) > 1 and number(rest[1]) is not None and len(rest) > 2 else rest[1:]
            if line:
                lists[rest[0]].append((command, line))
    for action in _ACTIONS:
        for command, rest in blocks.take(action, inside=("access-list",)):
            lists.setdefault(command.section[-1], []).append((command, (action, *rest)))
    for command in blocks.all:
        if (
            command.section[:1] == ("access-list",)
            and command.words[0].isdigit()
            and len(command.words) > 1
            and command.words[1] in _ACTIONS
        ):
            for taken, rest in blocks.take(command.words[0], command.words[1], inside=command.section):
                if taken is command:
                    lists.setdefault(command.section[-1], []).append((command, (command.words[1], *rest)))
    return lists


def sources_of(lists: Lists, name: str) -> str | None:
    """Return the sources a list permits; NULL for any, a name that is nowhere for nobody that is known."""
    found: list[str] = []
    for command, said in lists.get(name, ()):
        rule = rule_of(command, said if said[1:2] in (("ip",), ("tcp",), ("udp",)) else (said[0], "ip", *said[1:]), name)
        if rule.decision != "accept":
            continue
        if rule.sources is None:
            return None
        found.append(rule.sources)
    return joined(found) or f"list {name}"


def rule_of(command: Command, said: tuple[str, ...], chain: str) -> DeviceRule:
    """Return the rule of a line `ACTION PROTOCOL SOURCE [eq PORT] [DESTINATION [eq PORT]] [...]`."""
    protocol = said[1].lower() if len(said) > 1 else ""
    known = protocol in ("ip", "icmp", "tcp", "udp", "any") or (
        protocol == "proto" and number(said[2] if len(said) > 2 else None, 0, 255) is not None
    )
    at = 3 if protocol == "proto" else 2
    source, at, odd = _address(said, at)
    source_ports, at = _ports(said, at)
    destination, at, stranger = _address(said, at) if at < len(said) else (None, at, False)
    destination_ports, at = _ports(said, at)
    rest = [word for word in said[at:] if word != "log"]
    doubts = [*(["addresses"] if odd or stranger else []), *rest, *([] if known else [protocol])]
    number_ = PROTOCOLS.get(said[2], said[2]) if protocol == "proto" and len(said) > 2 else protocol
    return DeviceRule(
        chain=chain, rule=chain, decision="unknown" if doubts else _ACTIONS.get(said[0], "unknown"), family="ipv4",
        protocol=None if protocol in ("ip", "any") or not known else number_, sources=source, destinations=destination, source_ports=source_ports,
        destination_ports=destination_ports, logs="log" in said, unread=" ".join(doubts)[:200] or None, evidence=command.evidence,
    )  # fmt: skip


def _address(said: tuple[str, ...], at: int) -> tuple[str | None, int, bool]:
    """(addresses, next place, whether it was not understood): `any`, `host A`, `A/P`, `A WILDCARD`."""
    if at >= len(said):
        return None, at, True
    if said[at] == "any":
        return None, at + 1, False
    if said[at] == "host" and at + 1 < len(said):
        network = network_of(said[at + 1])
        return (shown(network) if network else None), at + 2, network is None
    network = network_of(said[at])
    if network is None:
        return None, at + 1, True
    if "/" not in said[at] and at + 1 < len(said) and network_of(said[at + 1]):
        return _wildcard(said[at], said[at + 1], at + 2)
    return shown(network), at + 1, False


def _wildcard(address: str, wildcard: str, at: int) -> tuple[str | None, int, bool]:
    try:
        mask = int(IPv4Address(wildcard)) ^ 0xFFFFFFFF
        network = ip_network(f"{address}/{IPv4Address(mask)}", strict=False)
    except ValueError:
        return None, at, True
    return shown(network), at, False


def _ports(said: tuple[str, ...], at: int) -> tuple[str | None, int]:
    if at + 1 < len(said) and said[at] == "eq" and (port := number(said[at + 1], 0, 65535)) is not None:
        return str(port), at + 2
    if at + 2 < len(said) and said[at] == "range":
        first, last = number(said[at + 1], 0, 65535), number(said[at + 2], 0, 65535)
        if first is not None and last is not None:
            return f"{first}-{last}", at + 3
    return None, at


def read_port_filters(blocks: Blocks, draft: Draft, lists: Lists, ports: dict[str, tuple[str, bool]]) -> None:
    """Write the hardware filters; `ports` maps a port to the VLAN interface behind it, and whether it is the only one there.

    A filter on one port of several of a VLAN may not be on a packet's way: what it drops is unknown there.
    """
    bound: dict[str, list[tuple[Command, str]]] = {}
    for command, rest in blocks.take("access-group", least=1, inside=("interface", ANY)):
        bound.setdefault(command.section[1], []).append((command, rest[0]))
    for port, applied in sorted(bound.items()):
        interface, alone = ports.get(port, (port, True))
        rules: list[DeviceRule] = []
        for command, name in applied:
            if name not in lists:
                rules.append(DeviceRule(rule=name, decision="unknown", unread=f"list {name}, which is not here", evidence=command.evidence))
            rules += [rule_of(line, said, name) for line, said in lists.get(name, ())]
        chain = f"{port} in"
        draft.add(
            DeviceChain(
                chain=chain,
                hook="prerouting",
                priority=-300,
                policy="accept",
                interface_in=interface,
                family="ipv4",
                evidence=applied[0][0].evidence,
            )
        )
        for place, rule in enumerate(rules):
            if not alone and rule.decision == "drop":
                rule = replace(rule, decision="unknown", unread=f"only at {port}")
            draft.add(replace(rule, chain=chain, position=place))
