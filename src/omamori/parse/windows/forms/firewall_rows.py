"""A rule of Windows Firewall as any command shows it → rows of `firewall_rules` in an order that first match may read.

Windows has no order: an authenticated bypass goes before everything, then a block wins over every allow.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from omamori.model.network import FirewallRule

PRODUCT = "windows-firewall"
PROFILES = ("domain", "private", "public")
ANY = frozenset({"", "any", "任意", "*"})
_DECISIONS: Mapping[str, str] = MappingProxyType({"allow": "accept", "block": "drop", "bypass": "unknown"})
_FIRST = ("unknown", "drop", "accept")
_PROTOCOLS: Mapping[str, str] = MappingProxyType({"6": "tcp", "17": "udp", "1": "icmp", "58": "icmp", "icmpv4": "icmp", "icmpv6": "icmp"})
_FAMILIES: Mapping[str, str] = MappingProxyType({"1": "ipv4", "icmpv4": "ipv4", "58": "ipv6", "icmpv6": "ipv6"})
_NAMED: Mapping[str, tuple[int | None, int | None, bool]] = MappingProxyType(
    {
        "rpc": (49152, 65535, True),
        "rpcepmap": (135, 135, False),
        "rpc-epmap": (135, 135, False),
        "iphttps": (443, 443, True),
        "iphttpsin": (443, 443, True),
        "mdns": (5353, 5353, False),
    }
)
"""Ports Windows calls by a name: first, last, and whether the name says more than the ports do."""
_PORT = re.compile(r"(\d{1,5})(?:\s*-\s*(\d{1,5}))?")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{1,30}")
_EVERY = frozenset({"0.0.0.0/0", "::/0", "0.0.0.0-255.255.255.255"})
_MAX_PARTS = 2000
_MAX_SOURCES = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """An enabled inbound rule with values as printed. `narrowed`: it has a condition that no column holds."""

    line: int
    name: str
    action: str
    profiles: str
    protocol: str = ""
    ports: str = ""
    sources: str = ""
    program: str | None = None
    service: str | None = None
    interface: str | None = None
    narrowed: bool = False


def rows(rules: Iterable[Rule]) -> list[FirewallRule]:
    """Return the rows of rules, numbered so that the first match decides as Windows does."""
    listed = sorted(rules, key=lambda rule: _FIRST.index(_DECISIONS.get(rule.action, "unknown")))
    found = [row for rule in listed for row in _rows(rule)]
    return [replace(row, position=number) for number, row in enumerate(found)]


def _rows(rule: Rule) -> Iterator[FirewallRule]:
    decision = _DECISIONS.get(rule.action, "unknown")
    protocol = rule.protocol.strip().lower()
    sources, sources_known = addresses(rule.sources)
    for first, last, more in ports(rule.ports):
        yield FirewallRule(
            product=PRODUCT,
            profile=rule.profiles,
            decision=decision,
            protocol=None if protocol in ANY else _PROTOCOLS.get(protocol, protocol)[:40],
            port_first=first,
            port_last=last,
            sources=sources,
            interface=rule.interface,
            conditional=rule.narrowed or more or not sources_known or decision == "unknown",
            program=limited_to(rule.program, rule.service),
            rule_name=rule.name[:300] or None,
            family=_FAMILIES.get(protocol),
            evidence=str(rule.line),
        )


def limited_to(program: str | None, service: str | None) -> str | None:
    """Program and service a rule is limited to in one text: `C:\\…\\svchost.exe [TermService]`; None when to none."""
    path = (program or "").strip()[:500]
    name = (service or "").strip()[:200]
    path = "" if path.lower() in ANY else path
    if name.lower() in ANY:
        return path or None
    return f"{path or '*'} [{name}]"


def parts(text: str) -> list[str]:
    """Values of a list as the commands print it: `80,443`, `{80, 443}`, `80 443`."""
    return [part for part in re.split(r"[,;\s]+", text.strip().strip("{}")) if part]


def ports(text: str) -> list[tuple[int | None, int | None, bool]]:
    """Return (first, last, says more than that) of a list of ports; (None, None, …) when it is not limited to any."""
    words = parts(re.sub(r"\s*-\s*", "-", text[:_MAX_SOURCES]))
    if not words or any(word.lower() in ANY for word in words):
        return [(None, None, False)]
    found = [_port(word) for word in words[:_MAX_PARTS]]
    return found if len(words) <= _MAX_PARTS else [(None, None, True)]


def _port(word: str) -> tuple[int | None, int | None, bool]:
    numbers = _PORT.fullmatch(word)
    if numbers is None:
        # A name nobody here knows stands for some ports: which, cannot be told.
        return _NAMED.get(word.lower(), (None, None, True))
    first, last = int(numbers[1]), int(numbers[2] or numbers[1])
    return (first, last, False) if first <= last <= 65535 else (None, None, True)


def addresses(text: str) -> tuple[str | None, bool]:
    """Return the addresses a rule is limited to (None: to none), and whether all of them were understood."""
    words = parts(re.sub(r"\s*-\s*", "-", text[:_MAX_SOURCES]))
    if len(text) > _MAX_SOURCES:
        return None, False
    found = [_address(word) for word in words]
    if not words or any(word.lower() in ANY or one in _EVERY for word, one in zip(words, found, strict=True)):
        return None, True
    if any(one is None for one in found):
        return None, False
    return ",".join(dict.fromkeys(one for one in found if one)), True


def _address(word: str) -> str | None:
    """An address, network, range or word such as LocalSubnet; None when it is none of these."""
    if _WORD.fullmatch(word) and not word.startswith("System"):
        return word
    try:
        if "-" in word:
            first, _, last = word.partition("-")
            one, other = str(ipaddress.ip_address(first)), str(ipaddress.ip_address(last))
            return one if one == other else f"{one}-{other}"
        network = ipaddress.ip_network(word, strict=False)
    except ValueError:
        return None
    return str(network.network_address) if network.num_addresses == 1 else str(network)
