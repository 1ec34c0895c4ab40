"""Interfaces, zones and routes of FortiOS (administration guide: "Interfaces", "Zone", "Static routing", "Policy routes")."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from omamori.model.device import DeviceInterface, DeviceRoute
from omamori.parse.device.dialects.fortios.domain import Domain
from omamori.parse.device.dialects.fortios.tree import Block
from omamori.parse.device.extent import ZERO, Range, network, number, prefix_of, written

KINDS = MappingProxyType(
    {
        "physical": "ethernet", "vlan": "vlan", "emac-vlan": "vlan", "vxlan": "tunnel", "aggregate": "aggregate", "redundant": "aggregate",
        "loopback": "loopback", "tunnel": "tunnel", "switch": "bridge", "hard-switch": "bridge", "vap-switch": "wireless",
        "wl-mesh": "wireless", "fctrl-trunk": "aggregate", "fext-wan": "mobile", "geneve": "tunnel", "hdlc": "ppp", "switch-vlan": "vlan",
        "ssl": "tunnel",
    }
)  # fmt: skip
_ROLES = MappingProxyType({"lan": "inside", "wan": "outside", "dmz": "dmz"})


def address_of(words: list[str]) -> tuple[str | None, int | None, Range | None]:
    """Read `10.0.0.1 255.255.255.0` or `10.0.0.1/24`: address, prefix and network; nothing for 0.0.0.0."""
    if not words:
        return None, None, None
    text, _, length = words[0].partition("/")
    prefix = prefix_of(length or (words[1] if len(words) > 1 else "32"))
    if number(text) in (None, 0) or prefix is None:
        return None, None, None
    return text, prefix, network(f"{text}/{prefix}")


def interfaces(domain: Domain) -> Iterator[DeviceInterface]:
    """Yield a row per address of each interface; the door of SSL-VPN is one where a policy names it."""
    for name, block in domain.interfaces.items():
        yield from _interface(domain, name, block)
    for name in _ssl_roots(domain):
        yield DeviceInterface(
            name=name, kind="tunnel", zone=domain.zones.get(name), enabled=True, vrf=domain.vrf,
            evidence=str(domain.home.block("vpn ssl settings").line or ""),
        )  # fmt: skip


def _ssl_roots(domain: Domain) -> list[str]:
    """`ssl.root` is an interface of every domain, but stands in the configuration only where somebody changed it."""
    name = f"ssl.{domain.name}"
    return [name] if name not in domain.interfaces and domain.home.blocks.get("vpn ssl settings") else []


def _interface(domain: Domain, name: str, block: Block) -> Iterator[DeviceInterface]:
    vlan, mode = block.number("vlanid"), block.one("mode", "static")
    kind = block.one("type") or ("vlan" if vlan else "ethernet" if name.startswith(("port", "wan", "lan", "internal", "dmz")) else "")
    own_vrf = block.one("vrf", "0")
    common: dict[str, Any] = {
        "name": name, "kind": "ppp" if mode == "pppoe" and kind == "physical" else KINDS.get(kind, kind or None),
        "label": block.one("alias") or block.one("description") or None, "zone": domain.zones.get(name), "role": _ROLES.get(block.one("role")),
        "enabled": block.one("status", "up") != "down", "vlan": vlan, "parent": block.one("interface") or None,
        "vrf": domain.vrf if own_vrf == "0" else f"{domain.vrf}/{own_vrf}" if domain.vrf else own_vrf,
    }  # fmt: skip
    dynamic = mode in ("dhcp", "pppoe")
    rows = [(block.all("ip"), block.line)]
    second = block.block("secondaryip")
    others = [(one.all("ip"), one.line) for one in second.entries.values()]
    if block.one("secondary-IP") != "disable":
        rows += others
    found = [(address_of(words), line) for words, line in rows]
    for place, ((address, prefix, net), line) in enumerate(found):
        if place and address is None:
            continue
        yield DeviceInterface(
            **common, address=address, prefix=prefix, network_first=net[0] if net else None, network_last=net[1] if net else None,
            dynamic=dynamic if place == 0 else False, evidence=str(line),
        )  # fmt: skip
    v6 = block.block("ipv6").one("ip6-address")
    if v6 and not v6.startswith("::/"):
        text, _, length = v6.partition("/")
        yield DeviceInterface(
            **common, address=text, prefix=int(length) if length.isascii() and length.isdigit() and len(length) < 4 else None,
            dynamic=False, evidence=str(block.block("ipv6").line),
        )  # fmt: skip


def routes(domain: Domain) -> Iterator[DeviceRoute]:
    """Yield static routes, the default route an interface gets from outside, and policy routes with what limits them."""
    for block in domain.home.block("router static").entries.values():
        yield from _static(domain, block)
    for name, block in domain.interfaces.items():
        if block.one("mode") in ("dhcp", "pppoe") and block.on("defaultgw", default=True):
            yield DeviceRoute(
                destination="0.0.0.0/0", destination_first=0, destination_last=2**32 - 1, interface=name, origin="dhcp",
                distance=block.number("distance", 5), vrf=domain.vrf, evidence=str(block.line),
            )  # fmt: skip
    for block in domain.home.block("router policy").entries.values():
        yield from _policy(domain, block)


def _static(domain: Domain, block: Block) -> Iterator[DeviceRoute]:
    device, named = block.one("device"), block.one("dstaddr")
    words, gateway = block.all("dst"), block.one("gateway")
    conditions = [
        *(["internet-service"] if block.one("internet-service", "0") != "0" or block.all("internet-service-custom") else []),
        *(["sdwan"] if block.on("sdwan") or block.on("virtual-wan-link") or block.all("sdwan-zone") else []),
        *(["src"] if block.one("src", ZERO) not in (ZERO, "0.0.0.0/0") else []),
        *(["tag"] if block.one("link-monitor-exempt") == "enable" else []),
    ]
    conditions = [one for one in conditions if one != "tag"]
    ranges: tuple[Range, ...]
    if named:
        extent = domain.addresses.named(named)
        ranges = extent.ranges
        conditions += [text for _, text in extent.doubts]
    else:
        one = network(words[0], words[1] if len(words) > 1 else None) if words else (0, 2**32 - 1)
        ranges = (one,) if one else ()
        conditions += [] if one else [f"dst {' '.join(words)}"]
    distance, off = block.number("distance", 10), block.one("status", "enable") == "disable"
    discard, own_vrf = block.on("blackhole"), block.one("vrf", "0")
    block.all("priority"), block.all("weight"), block.all("dynamic-gateway")
    if off:
        return
    for low, high in ranges or ((0, 2**32 - 1),):
        yield DeviceRoute(
            destination=written([(low, high)]) or "0.0.0.0/0", destination_first=low, destination_last=high,
            gateway=gateway if gateway and gateway != ZERO else None, interface=device or None, distance=distance, origin="static",
            discard=discard, vrf=domain.vrf if own_vrf == "0" else own_vrf, condition="; ".join(conditions) or None, evidence=str(block.line),
        )  # fmt: skip


def _policy(domain: Domain, block: Block) -> Iterator[DeviceRoute]:
    """A policy route comes before the routing table, but not every packet: it stands as a route with a condition."""
    words = {
        key: block.all(key) for key in ("input-device", "src", "srcaddr", "dst", "dstaddr", "protocol", "start-port", "end-port", "tos")
    }
    named = domain.addresses.together(words["dstaddr"])
    ranges = [one for one in (network(text) for text in words["dst"]) if one] + list(named.ranges)
    if len(words["dst"]) == 2 and words["dst"][1].startswith("255."):
        ranges = [one for one in (network(*words["dst"]),) if one]
    gateway, out, off = block.one("gateway"), block.one("output-device"), block.one("status", "enable") == "disable"
    action = block.one("action", "permit")
    if off:
        return
    said = " ".join(f"{key} {' '.join(value)}" for key, value in words.items() if value)
    for low, high in ranges or [(0, 2**32 - 1)]:
        yield DeviceRoute(
            destination=written([(low, high)]) or "0.0.0.0/0", destination_first=low, destination_last=high,
            gateway=gateway if gateway and gateway != ZERO else None, interface=out or None, origin="static", vrf=domain.vrf,
            condition=f"policy route {block.name} {action}: {said}"[:300], evidence=str(block.line),
        )  # fmt: skip
