"""Linux: routes of both families (`linux.routes`), from ip, route or /proc."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, ip_network

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import Route
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import address, files, number
from omamori.parse.linux.routes_device import device_routes
from omamori.parse.sections import Section, read_sections

_NOT_OURS = ("local", "broadcast", "multicast", "anycast", "nat")
_REFUSED = ("unreachable", "blackhole", "prohibit", "throw")
_ORIGINS = {"dhcp": "dhcp", "kernel": "kernel", "ra": "advertised", "static": "static", "boot": "static", None: "static"}
_VPN_LINKS = ("tun", "tap", "wg", "ppp", "tailscale", "zt", "ipsec", "vti", "nordlynx")

Found = Iterator[Route | Problem]


def parse(data: bytes, context: Context) -> Parsed:
    """Return the routes that lead away, not the machine's own addresses and broadcasts; and those of all tables as device_routes."""
    sections = read_sections(data)
    away = _away(sections)
    rows, look = device_routes(sections)
    return Parsed(rows=(*away.rows, *rows), looks=(*away.looks, look), problems=away.problems)


def _away(sections: Mapping[str, Section]) -> Parsed:
    four, six = sections.get("route4"), sections.get("route6")
    found: list[Route | Problem] = []
    complete = False
    if four is not None and four.exit_code == 0:
        found = list(_ip(four, "0.0.0.0/0"))
        # A machine without IPv6 answers with an empty list or an error: it has no such routes.
        found += list(_ip(six, "::/0")) if six is not None and six.exit_code == 0 else []
        complete = six is not None and six.exit_code is not None
    elif "route-n" in sections and sections["route-n"].exit_code == 0:
        found = list(_route_n(sections["route-n"]))
    elif "proc" in sections:
        found = list(_proc(sections["proc"]))
    rows = tuple(item for item in found if isinstance(item, Route))
    problems = tuple(item for item in found if isinstance(item, Problem))
    if problems:
        return Parsed(rows=rows, looks=(Look("routes", complete=False, reason="not_understood"),), problems=problems)
    look = Look("routes") if complete else Look("routes", complete=False, reason="not_collected")
    return Parsed(rows=rows, looks=(look,))


def _ip(section: Section, default: str) -> Found:
    above: Route | None = None
    for line, text in section.numbered():
        words = text.split()
        if not words or words[0] in _NOT_OURS:
            continue
        if words[0] == "nexthop" and above:
            yield _route(above.destination, words[1:], line)  # one of several ways to the same place
            continue
        refused = words[0] in _REFUSED
        rest = words[1:] if refused or words[0] == "unicast" else words
        destination = _network(rest[0], default) if rest else None
        if destination is None:
            yield Problem(line, "a line of `ip route`: a network or default, then via, dev and so on")
            continue
        if refused or destination == "ff00::/8":
            continue
        above = _route(destination, rest[1:], line)
        if "dev" in rest:
            yield above


def _network(text: str, default: str) -> str | None:
    if text == "default":
        return default
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        return None


def _route(destination: str, words: list[str], line: int) -> Route:
    said = dict(itertools.pairwise(words))
    device = said.get("dev")
    via = said.get("via", "")
    gateway = address(said.get("inet6", "")) if via == "inet6" else address(via)
    vpn = device is not None and device.startswith(_VPN_LINKS)
    return Route(
        destination=destination,
        gateway=gateway,
        interface=device,
        metric=number(said.get("metric"), 2**32),
        origin="vpn" if vpn else _ORIGINS.get(said.get("proto"), said.get("proto")),
        evidence=str(line),
    )


def _route_n(section: Section) -> Found:
    for line, text in section.numbered():
        words = text.split()
        if len(words) < 8 or words[0] in ("Destination", "Kernel"):
            continue
        destination = _network(f"{words[0]}/{words[2]}", "")
        if destination is None:
            yield Problem(line, "a line of `route -n`: destination, gateway, mask, flags, metric and interface")
            continue
        gateway = address(words[1]) if "G" in words[3] else None
        yield Route(destination=destination, gateway=gateway, interface=words[7], metric=number(words[4], 2**32), evidence=str(line))


def _proc(section: Section) -> Found:
    for file in files(section):
        for line, text in file.lines:
            words = text.split()
            if not words or words[0] == "Iface":
                continue
            try:
                target, gateway, mask = (IPv4Address(bytes.fromhex(words[at])[::-1]) for at in (1, 2, 7))
                destination = str(ip_network(f"{target}/{mask}", strict=False))
            except (IndexError, ValueError):
                yield Problem(line, "a line of /proc/net/route: interface, destination, gateway … mask in hexadecimal")
                continue
            via = str(gateway) if int(gateway) else None
            yield Route(destination=destination, gateway=via, interface=words[0], metric=number(words[6], 2**32), evidence=str(line))


PARSERS = (Parser(kind="linux.routes", tables=("routes", "device_routes"), parse=parse),)
