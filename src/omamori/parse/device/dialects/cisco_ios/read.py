"""A configuration of Cisco IOS, and the outputs of `show` commands beside it → rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from omamori.model.device import DeviceFact, DeviceRoute, DeviceRule
from omamori.parse.device.cisco.acl import extended, standard
from omamori.parse.device.cisco.blocks import Statement, statements, walk
from omamori.parse.device.cisco.groups import group_of
from omamori.parse.device.cisco.ignored import top_says_nothing
from omamori.parse.device.cisco.reading import ANSWERS
from omamori.parse.device.cisco.segments import Segments, segments
from omamori.parse.device.cisco.show import read_brief, read_crypto, read_interfaces, read_routes, read_version
from omamori.parse.device.dialects.cisco_ios.admin import admin_rows
from omamori.parse.device.dialects.cisco_ios.interfaces import interface_rows, route_rows, take_interface
from omamori.parse.device.dialects.cisco_ios.lists import list_chain, list_rows, read_lists, take_named, take_numbered
from omamori.parse.device.dialects.cisco_ios.model import AccessList, Ios
from omamori.parse.device.dialects.cisco_ios.nat import nat_rows
from omamori.parse.device.dialects.cisco_ios.vpn import add_tunnels, vpn_rows
from omamori.parse.device.dialects.cisco_ios.zones import zone_rows
from omamori.parse.device.interface import Device
from omamori.parse.windows.lines import Line

_ADMIN = ("username", "enable", "line", "snmp-server", "logging", "aaa", "tacacs-server", "radius-server", "tacacs", "radius", "key", "ntp")
_CRYPTO = ("crypto", "vpdn-group", "webvpn")
_CONCERNS = {"router": "device_routes", "route-map": "nothing", "zone": "device_rules"}
TABLES = (
    "device_interfaces", "device_routes", "device_chains", "device_rules", "device_vpns", "device_accounts", "device_access", "device_logs", "device_secrets",
)  # fmt: skip


def read(lines: Sequence[Line]) -> Device:
    """Return what a file says; never fails."""
    parts = segments(lines)
    ios = Ios()
    found = statements(parts.config, banners=True)
    fact = DeviceFact(system="cisco-ios", evidence=str(found[0].number if found else 1))
    for statement in found:
        fact = _take(ios, statement, fact)
    read_lists(ios)
    routers = [one for one in found if one.word(0) == "router"]
    if found:
        tunnels = add_tunnels(ios)
        list_rows(ios)
        nat_rows(ios)
        zone_rows(ios)
        ios.reading.rows += [*interface_rows(ios), *route_rows(ios)]
        ios.reading.rows += vpn_rows(ios, tunnels)
        admin_rows(ios)
        # Lists look at every packet for itself; where something else lets answers pass, rules say so by the state of the connection.
        stateful = any(isinstance(row, DeviceRule) and row.states == ANSWERS for row in ios.reading.rows)
        fact = replace(fact, forwards=ios.facts.get("routing") != "no", stateful=stateful)
        if routers:
            ios.reading.not_told["device_routes"] = "not_collected"
        if not whole(found, parts, "version", "end"):
            ios.reading.not_told.update(dict.fromkeys(TABLES, "not_collected"))
    told, fact = _shown(ios, parts, fact, bool(found))
    if not found:
        ios.reading.not_told.update(dict.fromkeys(TABLES, "not_collected"))
    if "route" in told:  # the table tells more than the configuration
        ios.reading.not_told.pop("device_routes", None)
    if fact.hostname is None and len(set(parts.names)) == 1:
        fact = replace(fact, hostname=parts.names[0])
    return Device(
        fact=fact, rows=tuple(ios.reading.rows), unread=tuple(sorted(ios.reading.unread, key=lambda one: one.line)),
        lines=sum(1 for _ in walk(found)) + sum(len(one) for _, one in parts.shown), not_told=ios.reading.not_told,
        problems=tuple(ios.reading.problems),
    )  # fmt: skip


def whole(found: Sequence[Statement], parts: Segments, first: str, *last: str) -> bool:
    """Whether a configuration is there from its first line to its last: it says a version, and ends with what such a file ends with."""
    said = {one.word(0) for one in found}
    return first in said and any(line.text.strip().lower().startswith(last) for line in parts.config[-40:])


def _take(ios: Ios, statement: Statement, fact: DeviceFact) -> DeviceFact:
    """Put one statement where it belongs; it is read once all are known."""
    word, low = statement.word(0), statement.word(1)
    if word == "hostname" and len(statement.words) > 1:
        return replace(fact, hostname=statement.words[1].strip('"'))
    if word == "version" and len(statement.words) > 1:
        return replace(fact, version=statement.words[1])
    if word == "interface":
        if low == "range":
            ios.reading.skip(statement, "device_interfaces")
        else:
            take_interface(ios, statement)
    elif word == "access-list":
        take_numbered(ios, statement)
    elif word == "ip":
        _take_ip(ios, statement)
    elif word == "no" and low == "ip" and statement.word(2) == "http":
        ios.admin.append(statement)
    elif word == "no" and low == "ip" and statement.word(2) == "routing":
        ios.facts["routing"] = "no"
    elif word == "object-group":
        _take_group(ios, statement)
    elif word == "route-map" and len(statement.words) > 1:
        ios.route_maps.setdefault(statement.words[1], []).append(statement)
    elif word in _ADMIN:
        if word == "logging" and low == "trap":
            ios.facts["logging trap"] = statement.word(2) or "informational"
        ios.admin.append(statement)
    elif word in _CRYPTO:
        ios.crypto.append(statement)
    elif not _take_zone(ios, statement):
        _rest(ios, statement)
    return fact


def _take_ip(ios: Ios, statement: Statement) -> None:
    low = statement.word(1)
    if low in ("route", "default-gateway"):
        if statement.word(2) not in ("profile", "static"):
            ios.routes.append(statement)
    elif low == "access-list":
        take_named(ios, statement)
    elif low == "nat":
        if statement.word(2) == "pool" and len(statement.words) > 3:
            ios.pools[statement.words[3]] = statement
        ios.nat.append(statement)
    elif low == "inspect" and statement.word(2) == "name" and len(statement.words) > 3:
        ios.inspects.setdefault(statement.words[3], []).append(statement)
    elif low == "http":
        ios.admin.append(statement)
    elif low == "inspect":
        return
    elif not top_says_nothing(statement):
        ios.reading.skip(statement, "device_routes" if low in ("local", "default-network") else "device_rules")


def _take_group(ios: Ios, statement: Statement) -> None:
    """`object-group network|service NAME`, and the forms of older switches (`ip address`, `ip port`, `protocol`)."""
    words = [word for word in statement.words[1:] if word.lower() not in ("ip", "group")]
    kind = words[0].lower() if words else ""
    kind = {"address": "network", "port": "port"}.get(kind, kind)
    if kind not in ("network", "service", "protocol", "port", "icmp-type") or len(words) < 2:
        if kind not in ("security", "geo", "fqdn", "mac", "v6-network", "ipv6"):
            ios.reading.skip(statement, "device_rules")
        return
    ios.groups.add(group_of(statement, kind, words[1]))


def _take_zone(ios: Ios, statement: Statement) -> bool:
    words = statement.words
    if statement.starts("zone", "security") and len(words) > 2:
        ios.zones[words[2]] = statement
    elif statement.starts("zone-pair", "security"):
        ios.pairs.append(statement)
    elif statement.word(0) == "class-map":
        if "inspect" in (word.lower() for word in words):
            ios.class_maps[words[-1]] = statement
    elif statement.word(0) == "policy-map":
        if "inspect" in (word.lower() for word in words):
            ios.policy_maps[words[-1]] = statement
        elif any(one.word(0) == "drop" for one in walk(statement.inner)):
            ios.reading.skip(statement, "device_rules", below=False)
    else:
        return False
    return True


def _rest(ios: Ios, statement: Statement) -> None:
    if statement.word(0) == "router":
        return  # what it leads to stands in the routing table, which is not in a configuration
    if not top_says_nothing(statement):
        ios.reading.skip(statement, _CONCERNS.get(statement.word(0), "device_rules"))


def _shown(ios: Ios, parts: Segments, fact: DeviceFact, configured: bool) -> tuple[set[str], DeviceFact]:
    """Add what `show` commands tell; interfaces and lists only where there is no configuration beside them."""
    told = set()
    rows: list[Any] = ios.reading.rows
    for kind, lines in parts.shown:
        told.add(kind)
        if kind == "version":
            fact = read_version(lines, fact)
        elif kind == "brief" and not configured:
            rows += read_brief(lines)
        elif kind in ("interfaces", "asa-interfaces") and not configured:
            rows += read_interfaces(lines)
        elif kind == "route":
            # A route of the table that came from a line of the configuration stands there already.
            known = {(row.destination, row.gateway) for row in rows if isinstance(row, DeviceRoute) and row.origin == "static"}
            rows += [row for row in read_routes(lines) if row.origin != "local" and (row.destination, row.gateway) not in known]
        elif kind == "lists":
            _show_lists(ios, lines, configured)
        elif kind == "crypto":
            rows += read_crypto(lines)
    return told, fact


def _show_lists(ios: Ios, lines: Sequence[Line], configured: bool) -> None:
    shown: list[AccessList] = []
    for line in lines:
        words = tuple(line.text.split())
        if words[:1] and words[0] in ("Standard", "Extended") and len(words) > 4:
            shown.append(AccessList(words[4], line.number, words[0] == "Standard"))
        elif words and shown and (line.text.startswith(" ") or words[0].isdecimal()):
            ace = (standard if shown[-1].standard and "host" not in words[2:3] and words[2:3] != ("ip",) else extended)(
                words, line.number, ios.groups
            )
            if shown[-1].standard and ace is not None and ace.unread:
                ace = extended(words, line.number, ios.groups) or ace
            if ace is not None:
                shown[-1].aces.append(ace)
    if configured:
        _count(ios, shown)
        return
    ios.lists.update({one.name: one for one in shown})
    list_rows(ios)


def _count(ios: Ios, shown: Sequence[AccessList]) -> None:
    """Put the packets counted beside the rules of the configuration: lines of a list in order, where there are as many."""
    hits: dict[tuple[str, str], int | None] = {}
    for one in shown:
        mine = ios.lists.get(one.name)
        if mine is not None and len(mine.aces) == len(one.aces):
            hits |= {(list_chain(one.name), str(ace.number)): seen.hits for ace, seen in zip(mine.ordered(), one.ordered(), strict=True)}
    for place, row in enumerate(ios.reading.rows):
        if isinstance(row, DeviceRule) and hits.get((row.chain, row.evidence)) is not None:
            ios.reading.rows[place] = replace(row, hits=hits[row.chain, row.evidence])
