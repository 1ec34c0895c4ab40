"""Linux: the packet filter as `iptables-save`, `ip6tables-save` or `nft list ruleset` print it, with `ip addr` and `ip route` beside it.

The kit brings the same and more (`linux.firewall`, `linux.interfaces`, `linux.routes`, `linux.kernel`); this is for a file saved by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from omamori.model.device import DeviceFact, DeviceInterface, DeviceUnread
from omamori.parse.device.interface import Device, Dialect
from omamori.parse.linux.filter_iptables import read_save
from omamori.parse.linux.filter_nft import read_nft
from omamori.parse.linux.filter_places import settle
from omamori.parse.linux.filter_rows import device_rows
from omamori.parse.linux.filter_rule import Filter, NotRead
from omamori.parse.linux.filter_text import read_text
from omamori.parse.linux.interfaces import interface_rows
from omamori.parse.linux.routes_device import device_routes
from omamori.parse.sections import Section
from omamori.parse.windows.lines import Line

_SAVE = re.compile(r"\*(?:filter|nat|mangle|raw|security)\Z")
_CHAIN = re.compile(r":\S{1,40} (?:ACCEPT|DROP|-)(?: \[\d{1,20}:\d{1,20}\])?\Z|-A \S{1,40} .*-[jg] ", re.ASCII)
_TABLE = re.compile(r"table (?:(?:ip|ip6|inet|arp|bridge|netdev) )?\S{1,200} \{\Z")
_FAMILY = re.compile(r"table (?:ip|ip6|inet|arp|bridge|netdev) \S{1,200} \{\Z")
_NFT_CHAIN = re.compile(r"chain \S{1,200} \{")
"""A table without family might be one of a style sheet: a chain has to stand in it."""
_LINK = re.compile(r"\d{1,6}: [^:\s]{1,40}: <[A-Z0-9_,-]*>", re.ASCII)
_ROUTE = re.compile(
    r"(?:default|[\da-f.:]{3,45}(?:/\d{1,3})?) (?:via|dev|nhid|proto|metric|table) ?"
    r"|(?:unreachable|blackhole|prohibit|unicast) (?:default|[\da-f.:]{3,45}(?:/\d{1,3})?)(?: |\Z)",
    re.ASCII,
)
_RULE = re.compile(r"\d{1,10}:\s+(?:from|not) ", re.ASCII)
_FORWARD = re.compile(r"net\.ipv4\.ip_forward ?= ?([01])\Z")
_PROMPT = re.compile(r"(?:\[?[\w.-]{1,64}@[\w.-]{1,64}[: ][^#$]{0,200}[#$]|[#$]) ?(?:.{0,200})\Z")
_SIX = re.compile(r"(?:^|\s)-[sd] [\da-f]{0,4}:|icmpv?6|ipv6-icmp", re.ASCII)
_LONGEST = 2000
"""The console reader cuts a line there (`parse/network/lines.py`): what stands behind is not known."""


@dataclass(slots=True)
class _File:
    """The lines, each with what it belongs to."""

    saves: list[tuple[str, list[tuple[int, str]]]] = field(default_factory=list)
    rules: list[tuple[int, str]] = field(default_factory=list)
    links: dict[int, str] = field(default_factory=dict)
    routes: dict[int, str] = field(default_factory=dict)
    choices: dict[int, str] = field(default_factory=dict)
    other: list[Line] = field(default_factory=list)
    forwards: bool | None = None


def recognise(head: Sequence[str]) -> bool:
    """Whether the first lines hold a table of iptables-save with a chain, or one of nftables."""
    bare = [text.strip() for text in head]
    saved = any(_SAVE.match(text) for text in bare) and any(_CHAIN.match(text) for text in bare)
    if saved or any(_FAMILY.match(text) for text in bare):
        return True
    return any(_TABLE.match(text) for text in bare) and any(_NFT_CHAIN.match(text) for text in bare)


def read(lines: Sequence[Line]) -> Device:
    """Return what a saved file says; it never fails."""
    file = _sort(lines)
    found = Filter()
    if file.rules:
        read_rules = read_nft(read_text(file.rules), file.rules[0][0])
        found = read_rules if read_rules is not None else Filter(unread=[NotRead(file.rules[0][0], "nft list ruleset", "nft")])
    for tool, saved in file.saves:
        read_save(saved, tool, "ipv6" if tool == "ip6tables" else "ipv4", found)
    settle(found)
    rows = list(device_rows(found))
    unread = [row for row in rows if isinstance(row, DeviceUnread)]
    unread += [_unread(line) for line in file.other]
    told: list[Any] = [row for row in rows if not isinstance(row, DeviceUnread)]
    not_told = dict.fromkeys(("device_vpns", "device_accounts", "device_access", "device_logs", "device_secrets"), "not_collected")
    interfaces, hardware = _interfaces(file.links)
    told += interfaces
    if not interfaces:
        not_told["device_interfaces"] = "not_collected"
    routes, look = device_routes(_sections(file))
    told += routes
    if not routes or not look.complete or look.missing:
        not_told["device_routes"] = look.reason or "not_collected"
    said = sum(1 for line in lines if line.text.strip() and not line.text.startswith("#"))
    first = next((line.number for line in lines if line.text.strip()), 1)
    fact = DeviceFact(system="linux", forwards=file.forwards, stateful=False, evidence=str(first))
    return Device(fact, tuple(told), tuple(unread), said, MappingProxyType(not_told), hardware)


def _sort(lines: Sequence[Line]) -> _File:
    """Give every line to what it belongs to. A save ends with COMMIT, a table of nftables with its brace."""
    file = _File()
    tool, depth, place = "", 0, ""
    for number, text in lines:
        bare = text.strip()
        if bare.startswith("# Generated by"):
            tool = "ip6tables" if "ip6tables-save" in bare else "iptables"
        if not bare or (bare.startswith("#") and place != "save"):
            continue
        if depth or _TABLE.match(bare):
            depth += bare.count("{") - bare.count("}") if '"' not in bare else _braces(bare)
            file.rules.append((number, text))
        elif _SAVE.match(bare):
            place = "save"
            file.saves.append((tool, [(number, text)]))
        elif place == "save":
            file.saves[-1][1].append((number, text if len(text) < _LONGEST else f'{text} "'))
            place = "" if bare == "COMMIT" else "save"
        else:
            place = _loose(file, number, text, place)
    file.saves = [(_tool(tool, rows), rows) for tool, rows in file.saves]
    return file


def _braces(text: str) -> int:
    """Braces outside quotes: those opened less those closed."""
    outside = "".join(text.split('"')[::2])
    return outside.count("{") - outside.count("}")


def _tool(tool: str, rows: Sequence[tuple[int, str]]) -> str:
    """The tool that printed a table, by its heading, else by the addresses in it."""
    return tool or ("ip6tables" if any(_SIX.search(text) for _, text in rows) else "iptables")


def _loose(file: _File, number: int, text: str, place: str) -> str:
    """A line outside the filter: of `ip addr`, `ip route`, `ip rule` or sysctl, a prompt, or nothing known."""
    forward = _FORWARD.match(text.strip())
    if forward:
        file.forwards = forward[1] == "1"
    elif _LINK.match(text) or (place == "links" and text[0].isspace()):
        file.links[number] = text
        return "links"
    elif _RULE.match(text):
        file.choices[number] = text
    elif _ROUTE.match(text) or (place == "routes" and text.strip().startswith("nexthop")):
        file.routes[number] = text
        return "routes"
    elif not _PROMPT.match(text):
        file.other.append(Line(number, text))
    return ""


def _unread(line: Line) -> DeviceUnread:
    return DeviceUnread(line=line.number, text=line.text.strip()[:200], concerns="device_rules", evidence=str(line.number))


def _section(name: str, lines: Mapping[int, str]) -> Section:
    """The lines as a section of a probe, with blanks where others stand, so that the numbers stay."""
    first, last = min(lines), max(lines)
    return Section(name, first, tuple(lines.get(number, "") for number in range(first, last + 1)), 0)


def _sections(file: _File) -> dict[str, Section]:
    sections = {}
    six = {number: text for number, text in file.routes.items() if ":" in text.partition(" dev ")[0]}
    four = {number: text for number, text in file.routes.items() if number not in six}
    for name, lines in (("route4", four), ("route6", six), ("rules4", file.choices)):
        if lines:
            sections[name] = _section(name, lines)
    return sections


def _interfaces(links: Mapping[int, str]) -> tuple[list[DeviceInterface], tuple[str, ...]]:
    if not links:
        return [], ()
    rows = list(interface_rows({"addr": _section("addr", links)}))
    found = [
        DeviceInterface(
            name=row.name,
            kind=None if row.kind == "virtual" else row.kind,
            enabled=row.up,
            address=row.address,
            prefix=row.prefix,
            network_first=row.network_first,
            network_last=row.network_last,
            dynamic=row.dhcp,
            evidence=row.evidence,
        )
        for row in rows
    ]
    return found, tuple(dict.fromkeys(row.mac for row in rows if row.mac and row.kind == "ethernet"))


def _documents() -> Iterator[str]:
    yield "nft(8), libnftables-json(5)"
    yield "iptables(8), iptables-extensions(8), iptables-save(8)"
    yield "ip-route(8), ip-rule(8), ip-address(8)"
    yield "Linux: Documentation/networking/ip-sysctl.rst; net/netfilter"


DIALECT = Dialect(
    system="linux",
    name="Linux (nftables, iptables)",
    recognise=recognise,
    read=read,
    redact=None,
    documents=tuple(_documents()),
    proven=True,
)
