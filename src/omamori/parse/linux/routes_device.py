"""Linux: the routing tables and the rules that choose among them, as rows of device_routes (ip-route(8), ip-rule(8)).

A packet meets the rules in order; the usual three send it to the tables local, main and default. Whatever else they say was not
followed: the routes of other tables carry it as their condition, and the look is incomplete.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network

from omamori.model.device import DeviceRoute
from omamori.model.look import Look
from omamori.parse.linux.output import address, number
from omamori.parse.sections import Section

_OWN = ("local", "broadcast", "multicast", "anycast", "nat")
_DISCARD = ("unreachable", "blackhole", "prohibit")
_ORIGINS = {"kernel": "connected", "boot": "static", "redirect": "redirect", "zebra": "dynamic", None: "static"}
_USUAL = {("all", "local"), ("all", "main"), ("all", "default")}
_RULE = re.compile(r"\d+:\s+from (\S+) lookup (\S+)\s*\Z", re.ASCII)
_MOST_CONDITIONS = 20


def device_routes(sections: Mapping[str, Section]) -> tuple[tuple[DeviceRoute, ...], Look]:
    """Return the routes of all tables that a packet may meet, and the look they amount to. In: the sections of `linux.routes`."""
    four, six = sections.get("route4"), sections.get("route6")
    if four is None or four.exit_code != 0:
        return (), Look("device_routes", complete=False, reason="not_collected")
    rows: list[DeviceRoute] = []
    understood = True
    for family, section in (("ipv4", four), ("ipv6", six)):
        if section is None or section.exit_code != 0:
            continue
        others, plain = _rules(sections.get("rules4" if family == "ipv4" else "rules6"))
        understood &= plain or family == "ipv6"  # IPv6 is kept, not followed
        for row in _routes(section, family, others):
            if row is None:
                understood = False
            else:
                rows.append(row)
    if not understood:
        return tuple(rows), Look("device_routes", complete=False, reason="not_understood")
    rules = sections.get("rules4")
    if rules is None or rules.exit_code != 0:
        return tuple(rows), Look("device_routes", missing=("condition",), reason="not_collected")
    return tuple(rows), Look("device_routes")


def _rules(section: Section | None) -> tuple[dict[str, str], bool]:
    """By table, what the rules ask of a packet before it meets the table; and whether they are the usual ones."""
    if section is None or section.exit_code != 0:
        return {}, True
    conditions: dict[str, list[str]] = {}
    usual = set()
    plain = True
    for text in section.lines:
        found = _RULE.match(text.strip())
        if not text.strip():
            continue
        if found and (found[1], found[2]) in _USUAL:
            usual.add((found[1], found[2]))
            continue
        plain = False
        words = text.split()
        table = words[words.index("lookup") + 1] if "lookup" in words[:-1] else "main"
        conditions.setdefault(table, []).append("rule " + " ".join(words)[:120])
    missing = _USUAL - usual - {("all", "default")}
    return {table: "; ".join(said[:_MOST_CONDITIONS]) for table, said in conditions.items()}, plain and not missing


def _routes(section: Section, family: str, others: Mapping[str, str]) -> Iterator[DeviceRoute | None]:
    above: DeviceRoute | None = None
    for line, text in section.numbered():
        words = text.split()
        if not words or words[0] in _OWN:
            continue
        if words[0] == "nexthop" and above is not None:
            yield _route(above.destination, words[1:], line, condition=above.condition, distance=above.distance)
            continue
        kind = words[0] if words[0] in (*_DISCARD, "throw", "unicast") else ""
        rest = words[1:] if kind else words
        destination = _network(rest[0], family) if rest else None
        if destination is None:
            yield None
            continue
        if destination == "ff00::/8":
            continue
        said = dict(itertools.pairwise(rest[1:]))
        table = said.get("table", "main")
        if table == "local":
            continue
        extra = [] if table in ("main", "default") else [others.get(table, f"table {table}, which no rule names")]
        extra += [f"tos {said['tos']}"] if "tos" in said else []
        extra += [word for word in ("dead", "encap", "throw") if word in words]
        extra += [f"from {said['from']}"] if "from" in said else []
        above = _route(destination, rest[1:], line, condition="; ".join(extra) or None, discard=kind in _DISCARD)
        if kind not in ("", "unicast") or "dev" in said or "via" in said:
            yield above


def _network(text: str, family: str) -> str | None:
    if text == "default":
        return "0.0.0.0/0" if family == "ipv4" else "::/0"
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        return None


def _route(
    destination: str, words: Sequence[str], line: int, *, condition: str | None = None, discard: bool = False, distance: int | None = None
) -> DeviceRoute:
    said = dict(itertools.pairwise(words))
    network = ip_network(destination)
    first, last = _ends(network)
    via = said.get("via", "")
    origin = said.get("proto")
    return DeviceRoute(
        destination=destination,
        destination_first=first,
        destination_last=last,
        gateway=address(said.get("inet6", "")) if via == "inet6" else address(via),
        interface=None if discard else said.get("dev"),
        distance=number(said.get("metric"), 2**32) if "metric" in said else distance,
        origin=_ORIGINS.get(origin, origin),
        discard=discard,
        condition=condition,
        evidence=str(line),
    )


def _ends(network: IPv4Network | IPv6Network) -> tuple[int | None, int | None]:
    return (int(network.network_address), int(network.broadcast_address)) if network.version == 4 else (None, None)
