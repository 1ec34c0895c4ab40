"""A configuration of an ASA, and the outputs of `show` commands beside it → rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from omamori.model.device import DeviceFact, DeviceRoute, DeviceRule
from omamori.parse.device.cisco.blocks import Statement, statements, walk
from omamori.parse.device.cisco.groups import Group, group_of
from omamori.parse.device.cisco.segments import Segments, segments
from omamori.parse.device.cisco.show import read_brief, read_interfaces, read_routes, read_sessions, read_version
from omamori.parse.device.dialects.cisco_asa.admin import admin_rows
from omamori.parse.device.dialects.cisco_asa.ignored import concerns, says_nothing
from omamori.parse.device.dialects.cisco_asa.interfaces import interface_rows, route_rows, take_interface
from omamori.parse.device.dialects.cisco_asa.lists import list_chain, list_rows
from omamori.parse.device.dialects.cisco_asa.model import Asa
from omamori.parse.device.dialects.cisco_asa.nat import nat_rows
from omamori.parse.device.dialects.cisco_asa.nat_old import old_rows
from omamori.parse.device.dialects.cisco_asa.vpn import add_tunnels, vpn_rows
from omamori.parse.device.dialects.cisco_ios.read import TABLES, whole
from omamori.parse.device.interface import Device
from omamori.parse.windows.lines import Line

_ADMIN = ("ssh", "telnet", "http", "username", "enable", "passwd", "password", "logging", "snmp-server", "aaa-server", "failover", "icmp")
_CRYPTO = ("crypto", "isakmp", "tunnel-group", "webvpn", "group-policy", "vpn-addr-assign", "dynamic-access-policy-record", "vpdn")


def read(lines: Sequence[Line]) -> Device:
    """Return what a file says; never fails."""
    parts = segments(lines)
    asa = Asa()
    found = statements(parts.config, banners=False)
    fact = DeviceFact(system="cisco-asa", evidence=str(found[0].number if found else 1))
    old: list[Statement] = []
    for statement in found:
        fact = _take(asa, statement, fact, old)
    asa.flags["version"] = fact.version or ""
    asa.groups.interfaces = {port.nameif: port.address for port in asa.ports.values() if port.nameif and port.address}
    if found:
        doors = add_tunnels(asa)
        list_rows(asa)
        if asa.nat:
            nat_rows(asa)
        if asa.nat:  # no version has both forms
            for statement in old:
                asa.reading.skip(statement, "device_rules")
        elif old:
            old_rows(asa, old)
        asa.reading.rows += [*interface_rows(asa), *route_rows(asa), *vpn_rows(asa, doors)]
        admin_rows(asa)
        _references(asa)
        fact = replace(fact, forwards=True, stateful=True)
        if any(one.word(0) == "router" for one in found):
            asa.reading.not_told["device_routes"] = "not_collected"
        if not fact.version or not whole(found, parts, "hostname", "cryptochecksum", ": end", "[ok]"):
            asa.reading.not_told.update(dict.fromkeys(TABLES, "not_collected"))
    else:
        asa.reading.not_told.update(dict.fromkeys(TABLES, "not_collected"))
    fact = _shown(asa, parts, fact, bool(found))
    if fact.hostname is None and len(set(parts.names)) == 1:
        fact = replace(fact, hostname=parts.names[0])
    return Device(
        fact=fact, rows=tuple(asa.reading.rows), unread=tuple(sorted(asa.reading.unread, key=lambda one: one.line)),
        lines=sum(1 for _ in walk(found)) + sum(len(one) for _, one in parts.shown), not_told=asa.reading.not_told,
        problems=tuple(asa.reading.problems),
    )  # fmt: skip


def _take(asa: Asa, one: Statement, fact: DeviceFact, old: list[Statement]) -> DeviceFact:
    """Put one statement where it belongs; it is read once all are known."""
    word, words = one.word(0), one.words
    if word == "hostname" and len(words) > 1:
        return replace(fact, hostname=words[1].strip('"'))
    if word in ("asa", "pix") and one.word(1) == "version" and len(words) > 2:
        return replace(fact, version=words[2])
    if word == "interface":
        take_interface(asa, one)
    elif word in ("object", "object-group"):
        _take_object(asa, one)
    elif word == "access-list":
        _take_line(asa, one)
    elif word == "access-group" and len(words) > 2:
        _take_applied(asa, one)
    elif word == "name" and len(words) > 2:
        asa.groups.names[words[2]] = words[1]
    elif word in ("static", "global") or (word == "nat" and one.word(2).isdecimal() and "source" not in one.words):
        old.append(one)
    elif word == "nat":
        asa.nat.append((one, ""))
    elif word == "route" and len(words) > 2:
        asa.routes.append(one)
    elif word in _ADMIN or word in _CRYPTO or one.starts("ip", "local", "pool"):
        _take_flags(asa, one)
        (asa.admin if word in _ADMIN else asa.crypto).append(one)
    elif not _take_switch(asa, one) and not says_nothing(one):
        asa.reading.skip(one, concerns(one))
    return fact


def _take_object(asa: Asa, one: Statement) -> None:
    words = [word for word in one.words[1:] if word.lower() != "group"]
    kind = words[0].lower() if words else ""
    if kind not in ("network", "service", "protocol", "icmp-type") or len(words) < 2:
        if kind not in ("user", "security", "network-service"):
            asa.reading.skip(one, "device_rules")
        return
    name = words[1]
    for line in one.inner:
        if line.word(0) == "nat":
            asa.nat.append((line, name))
    group = group_of(one, kind, name, words[2] if len(words) > 2 else "", single=one.word(0) == "object")
    if group.members or name not in asa.groups.found:
        asa.groups.add(group if group.of != "tcp-udp" else Group(kind, name, one.number, group.members, "tcp-udp"))


def _take_line(asa: Asa, one: Statement) -> None:
    words = one.words
    if len(words) < 3 or words[1].lower() in ("deny-flow-max", "alert-interval", "mode"):
        return
    kind = words[4].lower() if words[2].lower() == "line" and len(words) > 4 else words[2].lower()
    found = asa.lists.setdefault(words[1], [])
    if kind not in ("remark", "webtype", "ethertype") and not (kind == "rename" or len(words) < 4):
        found.append(one)


def _take_applied(asa: Asa, one: Statement) -> None:
    way = one.word(2)
    if way == "global":
        asa.applied.append((one.words[1], "global", "", one.number))
    elif way in ("in", "out") and one.word(3) == "interface" and len(one.words) > 4:
        if "control-plane" in one.words:
            asa.reading.skip(one, "device_rules")
        else:
            asa.applied.append((one.words[1], way, one.words[4], one.number))
    else:
        asa.reading.skip(one, "device_rules")


def _take_flags(asa: Asa, one: Statement) -> None:
    if one.starts("username") and one.word(2) == "attributes":
        for line in one.inner:
            if line.word(0) == "service-type":
                asa.flags[f"service-type {one.words[1]}"] = line.word(1)
    elif one.starts("logging", "enable") or one.starts("logging", "on"):
        asa.flags["logging"] = "on"
    elif one.starts("logging", "trap"):
        asa.flags["logging trap"] = one.after(2)


def _take_switch(asa: Asa, one: Statement) -> bool:
    if one.starts("same-security-traffic", "permit"):
        asa.flags[one.word(2)] = "permit"
    elif one.word(0) == "no" and one.word(1) in ("sysopt", "sysctl") and one.word(3) == "permit-vpn":
        asa.flags["no permit-vpn"] = "yes"
    elif one.word(0) == "policy-map":
        asa.inspected |= {line.word(1) for line in walk(one.inner) if line.word(0) == "inspect"}
    elif one.starts("fixup", "protocol"):
        asa.inspected.add(one.word(2))
    else:
        return False
    return True


def _references(asa: Asa) -> None:
    """Tell of nameifs that rules use and no interface has."""
    known = {port.nameif for port in asa.ports.values() if port.nameif}
    for _, _, nameif, number in asa.applied:
        if nameif and nameif not in known:
            asa.reading.missing("interface", "インターフェース", nameif, number)
    for statement, _ in asa.nat:
        found = re.match(r"^\(([^,()]{1,60}),([^,()]{1,60})\)$", statement.words[1]) if len(statement.words) > 1 else None
        for nameif in found.groups() if found else ():
            if nameif.lower() != "any" and nameif not in known:
                asa.reading.missing("interface", "インターフェース", nameif, statement.number)


def _shown(asa: Asa, parts: Segments, fact: DeviceFact, configured: bool) -> DeviceFact:
    rows = asa.reading.rows
    for kind, lines in parts.shown:
        if kind == "version":
            fact = read_version(lines, fact)
        elif kind == "brief" and not configured:
            rows += read_brief(lines)
        elif kind in ("asa-interfaces", "interfaces") and not configured:
            rows += read_interfaces(lines)
        elif kind == "route":
            known = {(row.destination, row.gateway) for row in rows if isinstance(row, DeviceRoute) and row.origin == "static"}
            rows += [row for row in read_routes(lines) if row.origin != "local" and (row.destination, row.gateway) not in known]
            asa.reading.not_told.pop("device_routes", None)
        elif kind == "sessions":
            rows += read_sessions(lines)
        elif kind == "asa-lists":
            _show_lists(asa, lines, configured)
    return fact


def _show_lists(asa: Asa, lines: Sequence[Line], configured: bool) -> None:
    """Lines of `show access-list`: those of the list itself, whose members stand indented below them and are left out."""
    hits: dict[tuple[str, str], int] = {}
    for line in lines:
        found = re.match(r"^access-list (\S{1,240}) line (\d{1,9}) (?!remark)(.{1,600})$", line.text)
        if found is None:
            continue
        if configured:
            counted = re.search(r"\(hitcnt=(\d{1,18})\)", line.text)
            place = len([1 for key in hits if key[0] == found[1]])
            if counted and place < len(asa.lists.get(found[1], [])):
                hits[found[1], str(asa.lists[found[1]][place].number)] = int(counted[1])
        else:
            asa.lists.setdefault(found[1], []).append(Statement(line.number, line.text, tuple(line.text.split())))
    if not configured:
        list_rows(asa)
    for place, row in enumerate(asa.reading.rows):
        if isinstance(row, DeviceRule) and (count := hits.get((row.chain.removeprefix(list_chain("")), row.evidence))) is not None:
            asa.reading.rows[place] = replace(row, hits=count)
