"""Interfaces and routes of Cisco IOS.

Sources: Cisco IOS Interface and Hardware Component, IP Addressing and IP Routing: Protocol-Independent Command References.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from omamori.model.device import DeviceInterface, DeviceRoute
from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.cisco.ignored import interface_says_nothing
from omamori.parse.device.cisco.reading import ranges
from omamori.parse.device.cisco.values import ip4, length, network
from omamori.parse.device.dialects.cisco_ios.model import Ios, Port, canonical, kind_of

_MOST_PORTS = 4_000
_DYNAMIC = ("dhcp", "negotiated", "pool", "autoconfig")


def take_interface(ios: Ios, statement: Statement) -> None:
    """Read an interface; one that appears twice is one."""
    name = canonical(statement.words[1:])
    if not name or (name not in ios.ports and len(ios.ports) >= _MOST_PORTS):
        ios.reading.skip(statement, "device_interfaces")
        return
    port = ios.ports.setdefault(name, Port(name, statement.number, kind_of(name)))
    if "." in name and port.parent is None:
        port.parent = name.rpartition(".")[0]
    for one in statement.inner:
        if not (
            _address(port, one) or _belongs(port, one) or _filters(port, one) or _tunnel(ios, port, one)
        ) and not interface_says_nothing(one):
            ios.reading.skip(one, _concerns(one), statement.text)


def _concerns(one: Statement) -> str:
    if one.word(0) in ("ip", "zone-member", "service-policy", "mac", "crypto", "no", "vlan"):
        return "device_routes" if one.starts("ip", "policy") or one.starts("ip", "unnumbered") else "device_rules"
    return "device_interfaces"


def _address(port: Port, one: Statement) -> bool:
    if one.starts("ip", "address"):
        return _add_address(port, one)
    if one.starts("no", "ip", "address") or one.starts("no", "ip", "unnumbered"):
        return True
    if one.starts("ip", "unnumbered"):
        port.tunnel["unnumbered"] = one.after(2)
        return True
    if one.word(0) == "shutdown" or one.starts("no", "shutdown"):
        port.enabled = one.word(0) == "no"
        return True
    if one.word(0) in ("description", "alias"):
        port.label = one.text.partition(" ")[2].strip()[:200] or None
        return True
    return False


def _add_address(port: Port, one: Statement) -> bool:
    word = one.word(2)
    if word in _DYNAMIC:
        port.dynamic = True
        return True
    address, _, size = word.partition("/")
    bits = int(size) if size.isdecimal() and len(size) < 3 else length(one.word(3)) if not size else None
    if ip4(address) is None or bits is None or bits > 32:
        return False
    if "secondary" not in one.words:
        port.addresses.insert(0, (address, bits, one.number))
    else:
        port.addresses.append((address, bits, one.number))
    return True


def _belongs(port: Port, one: Statement) -> bool:
    if one.starts("ip", "vrf", "forwarding") or one.starts("vrf", "forwarding"):
        port.vrf = one.words[-1]
    elif one.starts("zone-member", "security") and len(one.words) > 2:
        port.zone, port.zone_line = one.words[2], one.number
    elif one.starts("ip", "nat") and one.word(2) in ("inside", "outside") and len(one.words) == 3:
        port.role = one.word(2)
    elif one.word(0) == "encapsulation" and one.word(1) in ("dot1q", "isl", "vlan"):
        port.vlan = int(one.word(2)) if one.word(2).isdecimal() and len(one.word(2)) < 6 else None
    elif one.starts("switchport", "access", "vlan"):
        port.vlan = int(one.word(3)) if one.word(3).isdecimal() and len(one.word(3)) < 6 else None
    elif one.starts("channel-group"):
        port.parent = f"Port-channel{one.word(1)}"
    elif one.word(0) in ("pppoe-client", "dialer") and one.word(1) in ("dial-pool-number", "pool", "pool-member"):
        port.tunnel["pool"] = one.words[-1]
    else:
        return False
    return True


def _filters(port: Port, one: Statement) -> bool:
    if one.starts("ip", "access-group") and len(one.words) >= 4 and one.word(3) in ("in", "out"):
        port.lists.append((one.words[2], one.word(3), one.number))
    elif one.starts("ip", "inspect") and len(one.words) >= 4 and one.word(3) in ("in", "out"):
        port.inspects.append((one.words[2], one.word(3), one.number))
    elif one.starts("crypto", "map") and len(one.words) >= 3:
        port.crypto_map = one.words[2]
    else:
        return False
    return True


def _tunnel(ios: Ios, port: Port, one: Statement) -> bool:
    if one.word(0) == "tunnel" and one.word(1) in ("source", "destination", "mode", "protection", "vrf"):
        port.tunnel[one.word(1)] = one.after(2)
        return True
    if one.starts("ip", "policy", "route-map"):
        ios.reading.skip(one, "device_routes", port.name)
        return True
    return False


def interface_rows(ios: Ios) -> Iterator[DeviceInterface]:
    """Return a row per address, and one for an interface without."""
    for port in ios.ports.values():
        parent = port.parent
        if port.kind == "tunnel" and "source" in port.tunnel:
            source, count = ios.port_named(tuple(port.tunnel["source"].split()))
            parent = source if count and source in ios.ports else parent
        said: dict[str, Any] = {
            "name": port.name, "kind": port.kind, "label": port.label, "zone": port.zone, "role": port.role, "enabled": port.enabled,
            "vlan": port.vlan, "parent": parent, "vrf": port.vrf,
        }  # fmt: skip
        for address, bits, number in port.addresses:
            block = 1 << (32 - bits)
            first = (ip4(address) or 0) & ~(block - 1)
            yield DeviceInterface(
                **said, address=address, prefix=bits, network_first=first, network_last=first + block - 1, dynamic=False,
                evidence=str(number),
            )  # fmt: skip
        if not port.addresses:
            yield DeviceInterface(**said, dynamic=port.dynamic or None, evidence=str(port.number))


def route_rows(ios: Ios) -> Iterator[DeviceRoute]:
    """Return the static routes, and the default route of an interface that gets its address from outside."""
    for statement in ios.routes:
        row = _gateway(ios, statement) if statement.starts("ip", "default-gateway") else _route(ios, statement)
        if row is None:
            ios.reading.skip(statement, "device_routes")
        else:
            yield row
    for port in ios.ports.values():
        if port.dynamic and port.kind != "ppp" and port.enabled:
            yield DeviceRoute(
                destination="0.0.0.0/0", destination_first=0, destination_last=0xFFFFFFFF, interface=port.name, distance=254, origin="dhcp",
                vrf=port.vrf, evidence=str(port.number),
            )  # fmt: skip


def _gateway(ios: Ios, statement: Statement) -> DeviceRoute | None:
    if ip4(statement.word(2)) is None:
        return None
    return DeviceRoute(
        destination="0.0.0.0/0", destination_first=0, destination_last=0xFFFFFFFF, gateway=statement.word(2), distance=1, origin="static",
        condition=None if ios.facts.get("routing") == "no" else "only where IP routing is off", evidence=str(statement.number),
    )  # fmt: skip


def _route(ios: Ios, statement: Statement) -> DeviceRoute | None:
    words = statement.words[2:]
    vrf = None
    if words[:1] and words[0].lower() == "vrf":
        vrf, words = (words[1] if len(words) > 1 else ""), words[2:]
    if words and "/" in words[0]:
        given = ios.groups.address((words[0],))
        destination, words = (given[0] if given else None), words[1:]
    else:
        destination, words = (network(words[0], words[1]) if len(words) > 1 else None), words[2:]
    if destination is None or not words:
        return None
    if "/" not in destination:
        destination += "/32"
    interface, count = ("", 0) if ip4(words[0]) is not None else ios.port_named(words)
    gateway = words[count] if count < len(words) and ip4(words[count]) is not None else None
    if not interface and gateway is None and words[0].lower() != "dhcp":
        return None
    rest = words[count + (gateway is not None) :]
    distance, conditions = _options(rest)
    if words[0].lower() == "dhcp":
        conditions.append("gateway from DHCP")
    if interface and interface in ios.ports and not ios.ports[interface].enabled:
        conditions.append(f"{interface} is switched off")
    first, last = ranges(destination)[0]
    return DeviceRoute(
        destination=destination, destination_first=first, destination_last=last, gateway=gateway,
        interface=None if interface.lower() == "null0" else interface or None, distance=distance, origin="static",
        discard=interface.lower() == "null0", vrf=vrf, condition=", ".join(conditions) or None, evidence=str(statement.number),
    )  # fmt: skip


def _options(words: tuple[str, ...]) -> tuple[int, list[str]]:
    distance, conditions, at = 1, [], 0
    while at < len(words):
        word = words[at].lower()
        if word.isdecimal() and len(word) < 4:
            distance = int(word)
        elif word in ("tag", "name"):
            at += 1
            while (
                word == "name" and words[at : at + 1] and words[at].startswith('"') and not words[at].endswith('"') and at + 1 < len(words)
            ):
                at += 1
                if words[at].endswith('"'):
                    break
        elif word == "track":
            at += 1
            conditions.append(f"track {words[at] if at < len(words) else ''}".strip())
        elif word not in ("permanent", "multicast"):
            conditions.append(word[:60])
        at += 1
    return distance, conditions
