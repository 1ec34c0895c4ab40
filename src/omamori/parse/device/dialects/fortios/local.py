"""What a FortiGate itself answers to: administration per interface, local-in policies, and the ports its features open.

Sources: administration guide, "Local-in policy", "Administrative access"; FortiOS ports, "Incoming ports". Local-in policies come first,
what they leave is let in only where an interface or a feature asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from omamori.model.device import DeviceAccess, DeviceChain, DeviceRule
from omamori.parse.device.dialects.fortios.domain import Domain
from omamori.parse.device.dialects.fortios.policies import Policies, interfaces_of
from omamori.parse.device.dialects.fortios.tree import Block, Setting
from omamori.parse.device.dialects.fortios.vpn import ssl_door
from omamori.parse.device.extent import Range, merged, network, written

PORTS = MappingProxyType(
    {
        "https": ("tcp", "admin-sport", 443), "http": ("tcp", "admin-port", 80), "ssh": ("tcp", "admin-ssh-port", 22),
        "telnet": ("tcp", "admin-telnet-port", 23), "snmp": ("udp", "", 161), "fgfm": ("tcp", "", 541), "fabric": ("tcp", "", 8013),
        "radius-acct": ("udp", "", 1813), "ftm": ("tcp", "", 4433), "probe-response": ("tcp", "", 8008), "speed-test": ("tcp", "", 5201),
    }
)  # fmt: skip
_TOLD = ("https", "http", "ssh", "telnet", "snmp", "ping")
_WITH_TRUST = ("https", "http", "ssh", "telnet")
_ROUTING = (("router bgp", "neighbor", "tcp", "179"), ("router ospf", "network", "89", None), ("router rip", "network", "udp", "520"))


def trusted(admins: Sequence[Block]) -> str | None:
    """Return the addresses administrators may come from; None for any, as soon as one of them is not limited."""
    found: list[Range] = []
    limited = bool(admins)
    for admin in admins:
        hosts = hosts_of(admin)
        limited = limited and bool(hosts)
        found += hosts
    return written(merged(found)) if limited else None


def hosts_of(admin: Block) -> tuple[Range, ...]:
    """Return the trusted hosts of one administrator; nothing where he may come from anywhere. A host of all zeros means any."""
    words = [admin.all(f"trusthost{place}") for place in range(1, 11)]
    words += [one.all("ipv4-trusthost") for one in admin.block("trusthost").entries.values()]
    found = [network(*one[:2]) for one in words if one]
    six = any(admin.all(f"ip6-trusthost{place}") for place in range(1, 11))
    whole = [one for one in found if one]
    # Only IPv6 hosts named: no IPv4 address is trusted, which an empty list would not say.
    return ((0, 0),) if not whole and six else () if (0, 2**32 - 1) in whole else merged(whole)


def access(domain: Domain) -> Iterator[DeviceAccess]:
    """Yield the ways to administer the device, per interface. An interface without `allowaccess` answers to none."""
    shared = domain.shared.block("system global")
    allowed = trusted(list(domain.shared.block("system admin").entries.values()))
    for name, block in domain.interfaces.items():
        up = block.one("status", "up") != "down"
        words = list(dict.fromkeys([*block.all("allowaccess"), *_secondary(block)]))
        for word in words:
            if word not in _TOLD:
                continue
            _, key, default = PORTS.get(word, ("", "", None))
            closed = word == "telnet" and shared.one("admin-telnet", "enable") == "disable"
            yield DeviceAccess(
                protocol=word, port=shared.number(key, default) if key else default, interface=name,
                allowed_from=allowed if word in _WITH_TRUST else _managers(domain) if word == "snmp" else None,
                enabled=up and not closed and not (word == "snmp" and not _snmp(domain)), evidence=str(_line(block, "allowaccess")),
            )  # fmt: skip


def _line(block: Block, key: str) -> int:
    setting = block.settings.get(key)
    return setting.line if setting else block.line


def _secondary(block: Block) -> list[str]:
    return [word for one in block.block("secondaryip").entries.values() for word in one.all("allowaccess")]


def _snmp(domain: Domain) -> bool:
    return domain.shared.block("system snmp sysinfo").on("status")


def _managers(domain: Domain) -> str | None:
    """Addresses that may ask by SNMP: the hosts of all communities; None as soon as one takes any."""
    found: list[Range] = []
    communities = list(domain.shared.block("system snmp community").entries.values())
    for community in communities:
        hosts = [network(*words[:2]) for one in community.block("hosts").entries.values() if (words := one.all("ip"))]
        if not hosts or (0, 2**32 - 1) in hosts:
            return None
        found += [one for one in hosts if one]
    return written(merged(found)) if communities else None


def local(domain: Domain, policies: Policies) -> Iterator[Any]:
    """Yield the chains at input: the local-in policies, then what interfaces and features open."""
    table = domain.home.block("firewall local-in-policy")
    if table.entries:
        name = f"local-in-policy{domain.suffix}"
        yield DeviceChain(
            chain=name, hook="input", priority=-10, policy="accept", interface_in=domain.bound, first_packet=True,
            label="firewall local-in-policy", evidence=str(table.line),
        )  # fmt: skip
        position = 0
        for block in table.entries.values():
            inside = block.all("intf")
            block.settings.pop("ha-mgmt-intf-only", None)
            block.settings.pop("intf", None)
            for setting in (("srcintf", inside), ("dstintf", ["any"])):
                block.settings[setting[0]] = Setting(setting[1], block.line, "", used=True)
            for rule in policies.policy(block):
                yield replace(rule, chain=name, position=position, states=None)
                position += 1
    name = f"local services{domain.suffix}"
    yield DeviceChain(chain=name, hook="input", priority=0, policy="drop", interface_in=domain.bound, first_packet=True, label="local-in")
    for position, rule in enumerate(_services(domain)):
        yield replace(rule, chain=name, position=position)


def _services(domain: Domain) -> Iterator[DeviceRule]:
    shared = domain.shared.block("system global")
    allowed = trusted(list(domain.shared.block("system admin").entries.values()))
    for name, block in domain.interfaces.items():
        for word in dict.fromkeys([*block.all("allowaccess"), *_secondary(block)]):
            line = str(_line(block, "allowaccess"))
            if word == "ping":
                yield _open("allowaccess ping", "icmp", "8", name, None, line)
            elif word in PORTS:
                protocol, key, default = PORTS[word]
                port = shared.number(key, default) if key else default
                sources = allowed if word in _WITH_TRUST else _managers(domain) if word == "snmp" else None
                if word == "telnet" and shared.one("admin-telnet", "enable") == "disable":
                    continue
                yield _open(f"allowaccess {word}", protocol, str(port), name, sources, line)
            else:
                yield DeviceRule(
                    rule=f"allowaccess {word}", decision="unknown", interface_in=name, unread=f"allowaccess {word}", evidence=line
                )
    yield from _features(domain)


def _open(rule: str, protocol: str, ports: str | None, interface: str | None, sources: str | None, line: str) -> DeviceRule:
    return DeviceRule(
        rule=rule, decision="accept", protocol=protocol, destination_ports=ports, interface_in=interface, sources=sources, evidence=line
    )


def _features(domain: Domain) -> Iterator[DeviceRule]:
    """Ports that open because a feature is in use."""
    home = domain.home
    for door in ssl_door(domain):
        if door.enabled:
            sources = "!" + door.allowed_from[1:] if door.allowed_from and door.allowed_from.startswith("!") else door.allowed_from
            interface = interfaces_of(door.listens_on.split(",")) if door.listens_on else None
            yield _open("SSL-VPN", "tcp", str(door.port) if door.port else None, interface, sources, door.evidence)
    phases = [*home.block("vpn ipsec phase1-interface").entries.values(), *home.block("vpn ipsec phase1").entries.values()]
    for interface in dict.fromkeys(one.one("interface") for one in phases):
        line = str(phases[0].line)
        yield _open("IPsec", "udp", "500,4500", interface or None, None, line)
        yield _open("IPsec", "esp", None, interface or None, None, line)
    for table, inner, protocol, ports in _ROUTING:
        block = home.block(table)
        if block.block(inner).entries:
            yield _open(table, protocol, ports, None, None, str(block.line))
    for table, key, ports in (("system dhcp server", "interface", "67"), ("system dns-server", "", "53")):
        for name, one in home.block(table).entries.items():
            interface = one.one(key) if key else name
            yield _open(table, "udp", ports, interface or None, None, str(one.line))
            if ports == "53":
                yield _open(table, "tcp", ports, interface or None, None, str(one.line))
    if domain.shared.block("system ntp").on("server-mode"):
        yield _open("NTP server", "udp", "123", interfaces_of(domain.shared.block("system ntp").all("interface")), None, "")
    if home.block("vpn l2tp").on("status"):
        yield _open("L2TP", "udp", "1701", None, None, str(home.block("vpn l2tp").line))
    if home.block("vpn pptp").on("status"):
        yield _open("PPTP", "tcp", "1723", None, None, str(home.block("vpn pptp").line))
    tunnels = {f"ssl.{domain.name}", *(one.name for one in phases)}
    asked = [one for one in home.block("firewall policy").entries.values() if one.all("groups") and not set(one.all("srcintf")) <= tunnels]
    for one in asked:
        yield _open("login page", "tcp", "1000,1003", interfaces_of(one.all("srcintf")), None, str(one.line))
