"""What of a FortiOS configuration changes no answer, by explicit lists; and the table every other line concerns that nobody read.

A table that stands in no list here is unread, whatever its name: a new feature of the maker must not pass unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from omamori.model.device import DeviceUnread
from omamori.parse.device.dialects.fortios.settings import KNOWN, NOTHING
from omamori.parse.device.dialects.fortios.tree import OFF, Block
from omamori.parse.device.wordlist import words

READ = MappingProxyType(
    {
        "system global": "device_facts", "system interface": "device_interfaces", "system zone": "device_interfaces",
        "system settings": "device_rules", "system admin": "device_accounts", "system api-user": "device_accounts",
        "system snmp community": "device_secrets", "system snmp sysinfo": "device_access", "system snmp user": "device_secrets",
        "system sdwan": "device_routes", "system virtual-wan-link": "device_routes", "system gre-tunnel": "device_vpns",
        "system ipip-tunnel": "device_vpns",
        "firewall address": "device_rules", "firewall addrgrp": "device_rules", "firewall address6": "device_rules",
        "firewall vip": "device_rules", "firewall vipgrp": "device_rules", "firewall ippool": "device_rules",
        "firewall service custom": "device_rules", "firewall service group": "device_rules", "firewall policy": "nothing",
        "firewall policy6": "nothing", "firewall local-in-policy": "nothing", "firewall central-snat-map": "device_rules",
        "router static": "device_routes", "router policy": "device_routes", "router bgp": "device_routes", "router ospf": "device_routes",
        "router rip": "device_routes", "router isis": "device_routes", "vpn ssl settings": "device_vpns",
        "vpn ipsec phase1-interface": "device_vpns", "vpn ipsec phase1": "device_vpns", "vpn ipsec phase2-interface": "device_vpns",
        "vpn ipsec phase2": "device_vpns", "vpn l2tp": "device_vpns", "vpn pptp": "device_vpns", "user local": "device_accounts",
        "user group": "device_accounts",
    }
)  # fmt: skip
"""Tables that are read, and what a setting of them that is not read concerns."""

_READ_LOGS = words(
    "log/syslogd/setting log/syslogd2/setting log/syslogd3/setting log/syslogd4/setting log/fortianalyzer/setting "
    "log/fortianalyzer2/setting log/fortianalyzer3/setting log/fortianalyzer-cloud/setting log/fortiguard/setting log/disk/setting "
    "log/memory/setting"
)
_BY_FIRST = MappingProxyType(
    {
        "firewall": "device_rules", "router": "device_routes", "vpn": "device_vpns", "user": "device_accounts", "log": "device_logs",
        "system": "device_rules",
    }
)  # fmt: skip


def concerns(path: str) -> str:
    """Return the table a line of this section concerns; `nothing` where the lists here say so."""
    name = path.partition(" / ")[0]
    if name in READ:
        return READ[name]
    words = name.split()
    if any("/".join(words[: size + 1]) in NOTHING for size in range(len(words))):
        return "nothing"
    if "/".join(words) in _READ_LOGS:
        return "device_logs"
    return _BY_FIRST.get(words[0] if words else "", "device_rules")


def harmless(path: str) -> bool:
    """Return whether a table is in the list of those that change no answer."""
    words = path.split()
    return path not in READ and any("/".join(words[: size + 1]) in NOTHING for size in range(len(words)))


def unread(home: Block) -> Iterator[DeviceUnread]:
    """Yield the settings nobody asked for, table by table; those of the lists here, and features that are switched off, are left out."""
    for path, table in home.blocks.items():
        if harmless(path):
            continue
        about = concerns(path)
        known = KNOWN.get("log" if path.startswith("log ") else path, frozenset())
        for setting in sorted(table.lines(), key=lambda one: one.line):
            key = (setting.text.split(None, 2)[1:2] or [""])[0]
            if not setting.used and setting.words not in OFF and key not in known and not key.startswith("gui-"):
                yield DeviceUnread(line=setting.line, text=setting.text[:200], section=path, concerns=about, evidence=str(setting.line))
