"""Cisco IOS: an access list of its own at what comes in by an interface. Written from the IOS Security Command Reference (ip access-list,
ip access-group) and "Access Control Lists: Overview and Guidelines"; not tried on a real device.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence

from omamori.model.device import DeviceRule
from omamori.respond.bastion.parts import Edit, Facts
from omamori.respond.bastion.text_common import Gate, bound_list, gates, in_zone, networks, own_addresses

_PROTOCOLS = {"esp": "esp", "gre": "gre", "ah": "ahp", "tcp": "tcp", "udp": "udp", "icmp": "icmp", "4": "ipinip"}
_ANSWERS = (
    "permit tcp any any established",
    "permit icmp any any echo-reply",
    "permit icmp any any unreachable",
    "permit icmp any any time-exceeded",
)


def write(edits: Sequence[Edit], facts: Facts) -> tuple[str, str] | None:
    """Return the commands and their undo; None where an interface stands in a zone of the zone-based firewall."""
    device = edits[0].device
    found = gates(edits)
    if not found or any(in_zone(facts, device, gate.interface) for gate in found):
        return None
    lines, undo = ["configure terminal"], ["configure terminal"]
    for number, gate in enumerate(found, 1):
        name = f"OMAMORI-DOOR-{number}"
        old, _ = bound_list(facts, device, gate.interface)
        lines += [f"ip access-list extended {name}", *(f" {line}" for line in _list(gate, own_addresses(facts, device, gate.interface)))]
        lines += [f"interface {gate.interface}", f" ip access-group {name} in"]
        before = f" ip access-group {old.label} in" if old is not None and old.label else f" no ip access-group {name} in"
        undo += [f"interface {gate.interface}", before, f"no ip access-list extended {name}"]
    return "\n".join((*lines, "end", "")), "\n".join((*undo, "end", ""))


def _list(gate: Gate, own: Sequence[str]) -> Iterator[str]:
    # A list sees no connections: answers are told by the flags of TCP, and answers over UDP do not pass.
    yield from _ANSWERS
    for rule in gate.admitted:
        for address in own or ("",):
            yield from _lines(rule, [f"host {address}" if address else "any"])
    for rule in gate.passing:
        yield from _lines(rule, _sides(rule.destinations))
    yield "deny ip any any log"


def _lines(rule: DeviceRule, targets: Sequence[str]) -> Iterator[str]:
    protocol = _PROTOCOLS.get(rule.protocol or "", rule.protocol or "ip")
    for source in _sides(rule.sources):
        for target in targets:
            for ports in (rule.destination_ports or "").split(","):
                low, _, high = ports.partition("-")
                told = f" range {low} {high}" if high else f" eq {low}" if low else ""
                yield f"permit {protocol} {source} {target}{told if protocol in ('tcp', 'udp') else ''}"


def _sides(text: str | None) -> list[str]:
    found = []
    for network in networks(text):
        wildcard = ipaddress.IPv4Address(int(network.hostmask))
        found.append(f"host {network.network_address}" if network.prefixlen == 32 else f"{network.network_address} {wildcard}")
    return found or ["any"]
