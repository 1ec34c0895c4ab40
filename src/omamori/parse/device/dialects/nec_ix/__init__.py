"""NEC UNIVERGE IX routers: `show running-config`, `show version`.

Members of a bridge group have its BVI as their parent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from types import MappingProxyType

from omamori.model.device import DeviceFact
from omamori.parse.device.blocks import Blocks, Command, begins, patterns
from omamori.parse.device.dialects.nec_ix.filters import read_filters, read_lists, read_nat
from omamori.parse.device.dialects.nec_ix.places import read_interfaces, read_routes, read_tunnels
from omamori.parse.device.dialects.nec_ix.services import read_access, read_accounts, read_logs, redact
from omamori.parse.device.draft import Draft
from omamori.parse.device.interface import Device, Dialect
from omamori.parse.network.values import month
from omamori.parse.windows.lines import Line

_SOFTWARE = re.compile(r"^[!\s]*IX Series (?P<model>IX\S{1,20})\s.{0,80}?Version (?P<version>[\w.]{1,30})", re.IGNORECASE)
_BUILT = re.compile(r"^[!\s]*Compiled ([A-Z][a-z]{2}) (\d{1,2})-[A-Za-z]{3}-(\d{4})")
_MAKER = re.compile(r"^[!\s]*NEC Portable Internetwork Core Operating System", re.IGNORECASE)
_COMMANDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:interface|device) (?:GigaEthernet|FastEthernet|BRI|BVI|Tunnel|Loopback|Null|USB-Serial)\d{1,2}(?:/\d{1,2})?(?:\.\d{1,4})?\s*$",
        r"^ip access-list \S{1,40} (?:permit|deny) \S{1,10} (?:src|type) ",
        r"^\s+ip (?:napt|nat) (?:enable|static|service)\b",
        r"^\s+ip filter \S{1,40} \d{1,6} (?:in|out)\b",
        r"^ip ufs-cache ",
        r"^ike policy \S{1,40} peer ",
        r"^ipsec autokey-(?:map|proposal) ",
        r"^(?:telnet|ssh|http)-server ip ",
        r"^snmp-agent ip ",
        r"^ppp profile \S{1,40}\s*$",
        r"^syslog ip (?:host|enable)",
    )
)
_ENOUGH = 2
_HARMLESS = patterns("""\
timezone, hostname, ntp, logging, syslog, terminal, ip ufs-cache, ipv6 ufs-cache, ip dhcp, ip dhcp-relay, ip name-server, proxy-dns, dns, ddns
nm, device, isdn, watch-group, event, action, probe-counter, probe-timer, network-monitor, snmp-agent, ssh-server, telnet-server, http-server
web-console, pki, ike, ikev2, ipsec, ppp profile, authentication, lcp, ipcp, pap, chap, dns-server, assignable-range, default-gateway, domain-name
lease-time, subnet-mask, fixed-assignment, no ip address, no auto-connect, auto-connect, no shutdown, shutdown, ip proxy-arp, ip tcp, ip mtu
ip dhcp binding, ppp, bridge, bridge-group, no ipsec, no ip redirects, ip redirects, mtu, speed, duplex, ip arp, arp, ip multicast, ip icmp, ip source-route
no ip source-route, ip directed-broadcast, class-map, policy-map, service-policy, queue, tunnel adjust-mtu, tunnel source, tunnel key, tunnel ttl
lldp, utm, vlan-group, port, mac, exec-timeout, alias, cpu, environment, errctl, fault, file, macro, usb, mobile, dialer, encapsulation, description
local-authentication, child-lifetime, child-pfs, sa-lifetime, dpd, ipsec-mode, negotiation, initial-contact, nat-traversal, anti-replay
ipv6 address, ipv6 enable, ipv6 dhcp, ipv6 nd, ipv6 mtu, ipv6 tcp, ipv6 interface-identifier, ipv6 unreachables, ipv6 redirects, source-address
connect-type, key, trusted, ip unreachables, ip dns, sntp, reload, write, show, configure, enable-config, svintr-config, snmp
""")
_TABLES = (
    "device_interfaces", "device_routes", "device_chains", "device_rules", "device_vpns", "device_accounts", "device_access",
    "device_logs", "device_secrets", "device_unread",
)  # fmt: skip
_CONCERNS = (
    (("ip", "route"), "device_routes"), (("ip", "policy"), "device_routes"), (("router",), "device_routes"), (("route-map",), "device_routes"),
    (("ip", "rip"), "device_routes"), (("ip", "ospf"), "device_routes"), (("network",), "device_routes"), (("neighbor",), "device_routes"),
    (("redistribute",), "device_routes"), (("ip", "address"), "device_interfaces"), (("ip", "vrrp"), "device_interfaces"), (("vrrp",), "device_interfaces"),
    (("tunnel",), "device_vpns"), (("ike",), "device_vpns"), (("ipsec",), "device_vpns"), (("ikev2",), "device_vpns"), (("username",), "device_accounts"),
    (("aaa",), "device_accounts"), (("radius",), "device_accounts"),
)  # fmt: skip


def _recognise(head: Sequence[str]) -> bool:
    seen: set[int] = set()
    for text in head:
        if len(text) > 400:
            continue
        if _SOFTWARE.match(text) or _MAKER.match(text):
            return True
        seen.update(place for place, pattern in enumerate(_COMMANDS) if place not in seen and pattern.match(text))
    return len(seen) >= _ENOUGH


def _read(lines: Sequence[Line]) -> Device:
    blocks = Blocks(lines, _aside)
    fact = _fact(lines, blocks)
    if not any(pattern.match(command.line.text) for command in blocks.all for pattern in _COMMANDS):
        told = MappingProxyType(dict.fromkeys(_TABLES, "not_collected"))
        return Device(fact=fact, lines=1 if fact.version else 0, not_told=told)
    whole = fact.version is not None
    draft = Draft()
    lists = read_lists(blocks)
    fixed = read_interfaces(blocks, draft)
    read_routes(blocks, draft)
    translated = read_nat(blocks, draft, fixed)
    read_filters(blocks, draft, lists, translated)
    read_tunnels(blocks, draft)
    read_accounts(blocks, draft, whole)
    read_access(blocks, draft, lists)
    read_logs(blocks, draft)
    blocks.rest(draft, _harmless, _concern)
    not_told = {} if whole else {"device_accounts": "not_collected"}
    return Device(fact=fact, rows=tuple(draft.rows), unread=tuple(draft.missed), lines=len(blocks.all), not_told=MappingProxyType(not_told))


_PROMPT = re.compile(r"^\S{0,60}(?:\([\w .:/-]{1,40}\))?[#>%]\s?\S|^[\w.-]{1,60}(?:\([\w .:/-]{1,40}\))?[#>%]\s{0,4}$")


def _aside(text: str) -> bool:
    """Lines that are no command: prompts at which one was typed, and headings."""
    return bool(
        _PROMPT.match(text)
        or _SOFTWARE.match(text)
        or _MAKER.match(text)
        or text.startswith(("Current configuration", "Building", "Compiled "))
    )


def _fact(lines: Sequence[Line], blocks: Blocks) -> DeviceFact:
    model = version = None
    built: date | None = None
    evidence = "1"
    for line in lines:
        if version is None and len(line.text) < 400 and (found := _SOFTWARE.match(line.text)):
            model, version, evidence = found["model"], found["version"], str(line.number)
        elif built is None and (found := _BUILT.match(line.text)):
            built = _day(found[1], found[2], found[3])
    named = blocks.last("hostname", least=1, inside=())
    return DeviceFact(
        hostname=named[1][0][:100] if named else None, model=model, version=version, firmware_built=built, forwards=True, stateful=False, evidence=evidence
    )  # fmt: skip


def _day(name: str, day: str, year: str) -> date | None:
    number = month(name)
    try:
        return datetime(int(year), number, int(day)).date() if number else None
    except ValueError:
        return None


def _harmless(command: Command) -> bool:
    if command.section[:3] == ("ip", "dhcp", "profile") or command.section[:1] in (
        ("watch-group",),
        ("device",),
        ("class-map",),
        ("policy-map",),
    ):
        return True
    return any(begins(command.words, pattern) for pattern in _HARMLESS)


def _concern(command: Command) -> str:
    words = command.words[1:] if command.words[0] == "no" else command.words
    section = command.section[:1]
    if section in (("router",), ("route-map",)):
        return "device_routes"
    return next((table for pattern, table in _CONCERNS if begins(words, pattern)), "device_rules")


DIALECT = Dialect(
    system="nec-ix",
    name="NEC UNIVERGE IX",
    recognise=_recognise,
    read=_read,
    redact=redact,
    documents=(
        "NEC, UNIVERGE IX command reference 10.11: 13-3 packet filters, 24-6 access lists (as quoted in public operating notes)",
        "NEC, UNIVERGE IX function description 10.11: 2-421 to 2-430 order of filters, implicit deny, dynamic filters (likewise)",
        "NEC, UNIVERGE IX configuration examples: NAT and NAPT together with static filters from 8.0.3",
    ),
)
