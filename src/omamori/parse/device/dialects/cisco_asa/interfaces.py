"""Interfaces and routes of an ASA.

Sources: ASA Series General Operations CLI Configuration Guide: Basic Interface Configuration; Routed Mode Interfaces; Static and Default Routes.
"""

from __future__ import annotations

from collections.abc import Iterator

from omamori.model.device import DeviceInterface, DeviceRoute
from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.cisco.reading import ranges
from omamori.parse.device.cisco.values import ip4, length, network
from omamori.parse.device.dialects.cisco_asa.model import Asa, AsaPort, address

_MOST_PORTS = 1_000
_NOTHING = frozenset(
    """
    no speed duplex mac-address flowcontrol delay hello-interval hold-time ospf eigrp igmp pim multicast ipv6 authentication cts dhcp dhcprelay lacp lacp_fast
    port-channel channel-group member-interface standby default member pppoe rip summary-address split-horizon active-router reactivation-interval
    fragment switchport failover jumbo-frame mtu policy-route-cost bfd nve nve-only isis media-type vxlan segment-id mcast-group power exit
    zone-member policy static-route-group allow-ssc-mgmt backup forward auto-state snmp encapsulation
    """.split()  # noqa: SIM905
)
_UNSURE = ("policy-route", "zone-member", "nve-only", "forward")


def take_interface(asa: Asa, statement: Statement) -> None:
    """Read an interface."""
    name = (
        "".join(statement.words[1:3]) if len(statement.words) == 3 and statement.words[2][:1].isdecimal() else "".join(statement.words[1:2])
    )
    if not name or (name not in asa.ports and len(asa.ports) >= _MOST_PORTS):
        asa.reading.skip(statement, "device_interfaces")
        return
    port = asa.ports.setdefault(name, AsaPort(name, statement.number, _kind(name)))
    if "." in name:
        port.parent = name.rpartition(".")[0]
    for one in statement.inner:
        if not _line(port, one):
            asa.reading.skip(one, "device_routes" if one.word(0) == "policy-route" else "device_interfaces", statement.text)


def _kind(name: str) -> str | None:
    low = name.lower()
    if "." in low or low.startswith("vlan"):
        return "vlan"
    for start, kind in (
        ("port-channel", "aggregate"),
        ("redundant", "aggregate"),
        ("tunnel", "tunnel"),
        ("bvi", "bridge"),
        ("loopback", "loopback"),
    ):
        if low.startswith(start):
            return kind
    return "ethernet"


def _line(port: AsaPort, one: Statement) -> bool:
    word = one.word(0)
    if word == "nameif" and len(one.words) > 1:
        port.nameif = one.words[1]
        if port.level is None:
            port.level = 100 if one.word(1) == "inside" else 0
    elif word == "security-level" and one.word(1).isdecimal() and len(one.word(1)) < 4:
        port.level = int(one.word(1))
    elif word == "description":
        port.label = one.text.partition(" ")[2].strip()[:200] or None
    elif one.starts("ip", "address"):
        return _address(port, one)
    elif word in ("shutdown", "management-only"):
        port.enabled = port.enabled and word != "shutdown"
        port.management = port.management or word == "management-only"
    elif one.starts("no", "management-only"):
        port.management = False
    elif word == "vlan" and one.word(1).isdecimal() and len(one.word(1)) < 6:
        port.vlan = int(one.word(1))
    elif word == "tunnel" and len(one.words) > 2:
        port.tunnel[one.word(1)] = one.after(2)
    elif word == "ip":
        return one.word(1) in ("ospf", "igmp", "pim", "eigrp", "rip", "verify", "audit")
    else:
        return word in _NOTHING and word not in _UNSURE
    return True


def _address(port: AsaPort, one: Statement) -> bool:
    if one.word(2) in ("dhcp", "pppoe"):
        port.dynamic = True
        return True
    port.bits = length(one.word(3)) if ip4(one.word(2)) is not None else None
    port.address = one.word(2) if port.bits is not None else None
    return port.address is not None


def interface_rows(asa: Asa) -> Iterator[DeviceInterface]:
    """Return a row per interface; rules name it by `name`, people by `zone`, its nameif."""
    for port in asa.ports.values():
        block = 1 << (32 - (port.bits or 0))
        first = (ip4(port.address) or 0) & ~(block - 1) if port.address else None
        yield DeviceInterface(
            name=port.name, kind=port.kind, label=port.label, zone=port.nameif,
            role=port.nameif if port.nameif in ("inside", "outside", "dmz") else None, level=port.level if port.nameif else None,
            enabled=port.enabled, address=port.address, prefix=port.bits, network_first=first,
            network_last=None if first is None else first + block - 1, dynamic=port.dynamic or (False if port.address else None),
            vlan=port.vlan, parent=port.parent, evidence=str(port.number),
        )  # fmt: skip


def route_rows(asa: Asa) -> Iterator[DeviceRoute]:
    """Return the static routes: `route NAMEIF NETWORK MASK GATEWAY [METRIC] [track N|tunneled]`."""
    for statement in asa.routes:
        pair = address(statement.words[2:4], asa.groups.names)
        destination = network(*pair) if pair else None
        null = statement.word(1) == "null0"
        if destination is None or len(statement.words) < (4 if null else 5):
            asa.reading.skip(statement, "device_routes")
            continue
        first, last = ranges(destination)[0]
        gateway = asa.groups.names.get(statement.word(4), statement.word(4))
        rest = [word.lower() for word in statement.words[5:]]
        limits = [f"track {rest[rest.index('track') + 1]}"] if "track" in rest[:-1] else []
        limits += ["only for what comes out of a tunnel"] if "tunneled" in rest else []
        yield DeviceRoute(
            destination=destination, destination_first=first, destination_last=last,
            gateway=gateway if ip4(gateway) and not null else None, interface=None if null else asa.names(statement.words[1]),
            distance=int(rest[0]) if rest and rest[0].isdecimal() and len(rest[0]) < 4 else 1, origin="static", discard=null,
            condition=", ".join(limits) or None, evidence=str(statement.number),
        )  # fmt: skip
    for port in asa.ports.values():
        if port.dynamic and port.enabled:
            yield DeviceRoute(
                destination="0.0.0.0/0", destination_first=0, destination_last=0xFFFFFFFF, interface=port.name, distance=1, origin="dhcp",
                condition="only with setroute", evidence=str(port.number),
            )  # fmt: skip
