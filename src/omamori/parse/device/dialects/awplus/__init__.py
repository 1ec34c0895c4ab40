"""Allied Telesis AlliedWare Plus (x-series switches, AR-series routers): `show running-config`, `show system`.

Ports of a VLAN have its interface as their parent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from omamori.model.device import DeviceFact
from omamori.parse.device.blocks import Blocks, Command, begins, patterns
from omamori.parse.device.dialects.awplus.entities import read_entities, read_firewall, read_nat
from omamori.parse.device.dialects.awplus.lists import read_lists, read_port_filters
from omamori.parse.device.dialects.awplus.places import read_interfaces, read_routes, read_tunnels
from omamori.parse.device.dialects.awplus.services import read_access, read_accounts, read_logs, redact
from omamori.parse.device.draft import Draft
from omamori.parse.device.interface import Device, Dialect
from omamori.parse.network.values import month
from omamori.parse.windows.lines import Line

_BOARD = re.compile(r"^\s*Base\s{1,10}\d{1,6}\s{1,20}(?:Base\s{1,10})?(?P<model>(?:AT-|x|SB|AR|GS|IE|IX)\S{1,40})\s{2,}")
_VERSION = re.compile(r"^\s*(?:Software version\s*:\s*|AlliedWare Plus \(TM\)\s{1,4})(?P<version>\d\S{0,30})")
_BUILT = re.compile(r"^\s*Build date\s*:\s*[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) [\d:]{8} \S{1,5} (\d{4})")
_NAMED = re.compile(r"^\s*System Name\s*$")
_STATUS = re.compile(r"^System Status\s{2,}[A-Z][a-z]{2} [A-Z][a-z]{2} ")
_COMMANDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^interface (?:port\d|vlan\d|eth\d|sa\d|po\d)\S{0,60}\s*$",
        r"^service password-encryption\s*$",
        r"^no service (?:ssh|telnet|http)\s*$|^service (?:ssh|telnet|http)\s*$",
        r"^username \S{1,64} privilege \d{1,2} password 8 ",
        r"^platform \S",
        r"^(?:no )?(?:spanning-tree rstp enable|autoboot enable|stack virtual-mac|loop-protection|lacp global-passive-mode)",
        r"^ zone \S|^zone \S{1,40}\s*$",
        r"^ network \S{1,40}\s*$",
        r"^\s+ip subnet \S{1,40}(?: interface \S{1,40})?\s*$",
        r"^firewall\s*$",
        r"^\s+rule \d{1,6} (?:permit|deny|masq|portfwd) \S{1,60} from ",
        r"^access-list (?:3\d{3}|4\d{3}) (?:permit|deny) ",
        r"^access-list hardware \S",
        r"^(?:no )?atmf ",
        r"^vlan database\s*$",
        r"^ switchport mode (?:access|trunk)\s*$",
    )
)
_OWN = frozenset({2, 3, 5, 8, 10, 11, 12, 13})
"""Places of commands above that only this maker has; one of them is among the two a configuration needs."""
_HARMLESS = patterns("""\
hostname, no banner, banner, service, no service, platform, no platform, autoboot, stack, no stack, spanning-tree, no spanning-tree, loop-protection
lacp, no lacp, lldp, no lldp, clock, ntp, snmp-server, no snmp-server, ip domain-lookup, no ip domain-lookup, ip domain-name, ip name-server, ip dns
domain, ip multicast-routing, no ip multicast-routing, ipv6 multicast-routing, no ipv6, aaa, no aaa, radius-server, tacacs-server, line, exec-timeout
privilege, login, vlan, no shutdown, speed, duplex, polarity, mtu, storm-control, thrash-limiting, ip igmp, no ip igmp, ip dhcp, ip dhcp-relay
ip helper-address, ip proxy-arp, ip local-proxy-arp, ip limited-local-proxy-arp, local-proxy-arp, ip tcp, ip unreachables, no ip unreachables
ip forwarding, ipv6 forwarding, encapsulation, static-channel-group, channel-group, no switchport, atmf, no atmf, log, no log, mls, no mls, service-policy
class-map, policy-map, class, match, trigger, type, script, time, active, repeat, exception, feature, license, epsr, ping-poll, crypto, network, range
dns-server, default-router, subnet-mask, lease, option, probe, dot1x, auth-mac, auth-web, auth, flowcontrol, port-vlan-forwarding-priority, arp, ip arp
no ip source-route, ip source-route, no ip address, keepalive, ppp, ip dns-client, no protect, mac, linkflap, ecofriendly, power-inline, tunnel source
tunnel security-reprotect, tunnel checksum, tunnel ttl, tunnel df, tunnel openvpn, web-control, ips, ip-reputation, malware-protection, antivirus, dpi
ssh, no ssh, telnet, http, no http, webauth, edge, cwm, wireless, sntp, mail, undebug, echo, port, dest-ip, sample-size, critical-interval, up-count
udld, lo, remote-mirror, mirror, ip tftp, copy, gvrp, rmon, sflow, no sflow, vty, cos-queue, wrr-queue, priority-queue, ddns-update-method, zone, end
application, firewall, nat, crypto isakmp, crypto ipsec, vlan database, username, enable, version, lifetime, transform, pfs, dpd-interval, local
""")
_CONCERNS = (
    (("ip", "route"), "device_routes"), (("router",), "device_routes"), (("route-map",), "device_routes"), (("ip", "policy-route"), "device_routes"),
    (("policy-based-routing",), "device_routes"), (("ip", "address"), "device_interfaces"), (("vrrp",), "device_interfaces"), (("bridge",), "device_interfaces"),
    (("tunnel",), "device_vpns"), (("l2tp",), "device_vpns"), (("username",), "device_accounts"), (("access-class",), "device_access"),
)  # fmt: skip
_TABLES = (
    "device_interfaces", "device_routes", "device_chains", "device_rules", "device_vpns", "device_accounts", "device_access",
    "device_logs", "device_secrets", "device_unread",
)  # fmt: skip


def _recognise(head: Sequence[str]) -> bool:
    seen: set[int] = set()
    for text in head:
        if len(text) > 400:
            continue
        if _STATUS.match(text) or text.startswith("AlliedWare Plus (TM)"):
            return True
        seen.update(place for place, pattern in enumerate(_COMMANDS) if place not in seen and pattern.match(text))
    return len(seen) > 1 and not seen.isdisjoint(_OWN)


def _read(lines: Sequence[Line]) -> Device:
    blocks = Blocks(lines, _aside)
    fact = _fact(lines, blocks)
    if not any(pattern.match(command.line.text) for command in blocks.all for pattern in _COMMANDS):
        return Device(fact=fact, lines=1 if fact.version else 0, not_told=MappingProxyType(dict.fromkeys(_TABLES, "not_collected")))
    draft = Draft()
    lists = read_lists(blocks)
    ports = read_interfaces(blocks, draft)
    read_routes(blocks, draft)
    entities = read_entities(blocks)
    stateful = read_firewall(blocks, draft, entities)
    read_nat(blocks, draft, entities)
    read_port_filters(blocks, draft, lists, ports)
    read_tunnels(blocks, draft)
    read_accounts(blocks, draft)
    read_access(blocks, draft, lists)
    read_logs(blocks, draft)
    blocks.rest(draft, _harmless, _concern)
    told = {row.protocol for row in draft.rows if type(row).__name__ == "DeviceAccess"}
    not_told = {} if {"telnet", "ssh", "http"} <= told else {"device_access": "not_collected"}
    if not any(line.text.strip() == "end" for line in lines):
        # `show running-config` ends with it: what is behind the last line here nobody knows.
        not_told = dict.fromkeys(_TABLES, "not_collected")
    return Device(
        fact=_with(fact, stateful),
        rows=tuple(draft.rows),
        unread=tuple(draft.missed),
        lines=len(blocks.all),
        not_told=MappingProxyType(not_told),
    )


def _with(fact: DeviceFact, stateful: bool) -> DeviceFact:
    return replace(fact, stateful=stateful, forwards=True)


_PROMPT = re.compile(r"^\S{0,60}(?:\([\w .:/-]{1,40}\))?[#>]\s?\S|^[\w.-]{1,60}(?:\([\w .:/-]{1,40}\))?[#>]\s{0,4}$")


def _aside(text: str) -> bool:
    """Lines that are no command: prompts at which one was typed, and headings."""
    return bool(_PROMPT.match(text)) or text.startswith(("Current configuration", "Building"))


def _fact(lines: Sequence[Line], blocks: Blocks) -> DeviceFact:
    model = version = name = None
    built: date | None = None
    evidence = "1"
    naming = False
    for line in lines:
        text = line.text[:400]
        if naming:
            name, naming = text.strip()[:100] or None, False
        elif model is None and (found := _BOARD.match(text)):
            model = found["model"]
        elif version is None and (found := _VERSION.match(text)):
            version, evidence = found["version"], str(line.number)
        elif built is None and (found := _BUILT.match(text)):
            built = _day(found[1], found[2], found[3])
        elif name is None and _NAMED.match(text):
            naming = True
    named = blocks.last("hostname", least=1, inside=())
    return DeviceFact(
        hostname=named[1][0][:100] if named else name, model=model, version=version, firmware_built=built, evidence=evidence
    )  # fmt: skip


def _day(name: str, day: str, year: str) -> date | None:
    number = month(name)
    try:
        return datetime(int(year), number, int(day)).date() if number else None
    except ValueError:
        return None


def _harmless(command: Command) -> bool:
    if command.section[:1] in (("line",), ("class-map",), ("policy-map",), ("trigger",), ("crypto",), ("ping-poll",)) or command.section[
        :2
    ] == ("ip", "dhcp"):
        return command.words[0] != "access-class"
    return any(begins(command.words, pattern) for pattern in _HARMLESS)


def _concern(command: Command) -> str:
    words = command.words[1:] if command.words[0] == "no" else command.words
    if command.section[:1] in (("router",), ("route-map",)):
        return "device_routes"
    return next((table for pattern, table in _CONCERNS if begins(words, pattern)), "device_rules")


DIALECT = Dialect(
    system="awplus",
    name="Allied Telesis AlliedWare Plus",
    recognise=_recognise,
    read=_read,
    redact=redact,
    documents=(
        "Allied Telesis, AlliedWare Plus: Firewall and Network Address Translation, feature overview and configuration guide",
        "Allied Telesis, command references: hardware packet filter (access-group), access lists",
        "Published configuration examples of AR-series routers: zones, rules and NAT rules",
    ),
)
