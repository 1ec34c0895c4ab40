"""AlliedWare Plus firewall: zones, networks, hosts, applications, rules and NAT rules → chains and rules.

The firewall keeps state: answers pass by themselves, what no rule permits is dropped once it says `protect`. A rule for a forwarded
connection names the inside host, so it stands behind the translation of destinations and before that of sources (Firewall and NAT
feature overview of the AR-series). Rules for the device itself are met with the same conditions, without the interface packets leave by.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.blocks import ANY, Blocks, Command
from omamori.parse.device.draft import Draft, joined, network_of, number, shown

_KNOWN = {
    "ping": ("icmp", "8"), "icmp": ("icmp", None), "http": ("tcp", "80"), "https": ("tcp", "443"), "ssh": ("tcp", "22"), "telnet": ("tcp", "23"),
    "ftp": ("tcp", "21"), "tftp": ("udp", "69"), "dns": ("tcp,udp", "53"), "smtp": ("tcp", "25"), "pop3": ("tcp", "110"), "imap": ("tcp", "143"),
    "ntp": ("udp", "123"), "snmp": ("udp", "161"), "syslog": ("udp", "514"), "isakmp": ("udp", "500"), "ipsec": ("udp", "500"), "esp": ("esp", None),
    "tcp": ("tcp", None), "udp": ("udp", None), "gre": ("gre", None), "ldap": ("tcp", "389"), "rdp": ("tcp", "3389"), "dhcp": ("udp", "67-68"),
    "sip": ("udp", "5060"), "l2tp": ("udp", "1701"), "pptp": ("tcp", "1723"), "openvpn": ("udp", "1194"), "radius": ("udp", "1812-1813"),
}  # fmt: skip
"""Applications the device knows by itself."""
_MOST = 3_000


@dataclass(frozen=True, slots=True)
class Place:
    """A part of an entity: addresses (NULL: any), and the interface it lies behind. `odd`: its address is given from outside."""

    addresses: str | None
    interface: str | None
    odd: str | None = None


@dataclass(slots=True)
class Entities:
    """What rules name: `zone`, `zone.network`, `zone.network.host` → its parts; applications → (protocol, source ports, ports)."""

    places: dict[str, list[Place]] = field(default_factory=dict)
    applications: dict[str, dict[str, str]] = field(default_factory=dict)


def read_entities(blocks: Blocks) -> Entities:
    """Collect zones, networks, hosts and applications."""
    found = Entities()
    for _, rest in blocks.take("zone", least=1, inside=()):
        found.places.setdefault(rest[0], [])
    for command, rest in blocks.take("network", least=1, inside=("zone", ANY)):
        found.places.setdefault(f"{command.section[1]}.{rest[0]}", [])
    for command, rest in blocks.take("ip", "subnet", least=1, inside=("network", ANY)):
        network = network_of(rest[0])
        interface = rest[2] if rest[1:2] == ("interface",) and len(rest) > 2 else None
        if network is None or len(command.inside) < 2:
            blocks.leave(command)
            continue
        zone, name = command.inside[-2][-1], command.section[1]
        place = Place(None if network.prefixlen == 0 else shown(network), interface)
        for entity in (zone, f"{zone}.{name}"):
            found.places.setdefault(entity, []).append(place)
    for command, rest in blocks.take("ip", "address", least=1, inside=("host", ANY)):
        if len(command.inside) < 3:
            blocks.leave(command)
            continue
        entity = ".".join((command.inside[-3][-1], command.inside[-2][-1], command.section[1]))
        network = network_of(rest[0])
        given = None if network else " ".join(rest)[:80]
        found.places.setdefault(entity, []).append(Place(shown(network) if network else None, None, given))
    list(blocks.take("host", least=1, inside=("network", ANY)))
    for _, rest in blocks.take("application", least=1, inside=()):
        found.applications.setdefault(rest[0], {})
    for word in ("protocol", "sport", "dport", "icmp-type", "icmp-code"):
        for command, rest in blocks.take(word, least=1, inside=("application", ANY)):
            found.applications.setdefault(command.section[1], {})[word] = " ".join(rest)
    return found


def _application(entities: Entities, name: str) -> tuple[str | None, str | None, str | None, str | None]:
    """(protocol, source ports, destination ports, what was not understood) of an application."""
    if name == "any":
        return None, None, None, None
    said = entities.applications.get(name)
    if said is None:
        protocol, ports = _KNOWN.get(name, (None, None))
        return protocol, None, ports, None if protocol else f"application {name}"
    odd = "" if {"icmp-code"}.isdisjoint(said) else " icmp-code"
    protocol = said.get("protocol", "").lower() or None
    if protocol is None or (protocol not in ("tcp", "udp", "icmp", "esp", "gre", "ah") and number(protocol, 0, 255) is None):
        return None, None, None, f"application {name}"
    ports = said.get("icmp-type") or said.get("dport")
    source, destination = _ports(said.get("sport")), _ports(ports)
    odd += "" if source[1] and destination[1] else " ports"
    return protocol, source[0], destination[0], f"application {name}{odd}" if odd else None


def _ports(text: str | None) -> tuple[str | None, bool]:
    if text is None or text == "any":
        return None, True
    parts = text.replace(" to ", "-").split("-")
    values = [number(part.strip(), 0, 65535) for part in parts]
    if len(values) > 2 or None in values:
        return None, False
    return "-".join(str(value) for value in values), True


def _parts(entities: Entities, name: str) -> list[Place]:
    """The parts of an entity, those behind one interface together; one odd part where it is not known."""
    listed = entities.places.get(name)
    if not listed:
        return [Place(None, None, f"entity {name}")]
    joint: dict[tuple[str | None, str | None], list[str | None]] = {}
    for place in listed:
        joint.setdefault((place.interface, place.odd), []).append(place.addresses)
    return [Place(None if None in found else joined([one for one in found if one]), *key) for key, found in joint.items()]


def read_firewall(blocks: Blocks, draft: Draft, entities: Entities) -> bool:
    """Write the firewall's chains; return whether it protects."""
    protect = blocks.last("protect", inside=("firewall",))
    listed: list[tuple[int, Command, tuple[str, ...]]] = []
    for command, rest in blocks.take("rule", least=2, inside=("firewall",)):
        place = number(rest[0], 0, 1 << 30)
        listed.append((place if place is not None else len(listed), command, rest[1:] if place is not None else rest))
    if protect is None:
        return False
    through: list[DeviceRule] = []
    for place, command, rest in sorted(listed, key=lambda one: one[0]):
        through += _rule(command, str(place), rest, entities)
    for name, hook, rules in (("firewall", "forward", through), ("firewall to itself", "input", [_inward(rule) for rule in through])):
        draft.add(DeviceChain(chain=name, hook=hook, priority=0, policy="drop", family="ipv4", evidence=protect[0].evidence))
        answers = DeviceRule(chain=name, rule="answers", decision="accept", states="established,related", evidence=protect[0].evidence)
        kept = [answers, *rules[:_MOST]]
        if len(rules) > _MOST:
            kept.append(DeviceRule(chain=name, decision="unknown", unread="more rules", evidence=protect[0].evidence))
        draft.add(*(replace(rule, chain=name, position=place, family="ipv4") for place, rule in enumerate(kept)))
    return True


def _inward(rule: DeviceRule) -> DeviceRule:
    return replace(rule, interface_out=None)


def _rule(command: Command, place: str, said: tuple[str, ...], entities: Entities) -> list[DeviceRule]:
    """`permit|deny|reject APPLICATION from A to B [log] [...]`; one row for each pair of parts."""
    decision = {"permit": "accept", "deny": "drop", "reject": "reject"}.get(said[0] if said else "", "unknown")
    if len(said) < 6 or said[2] != "from" or said[4] != "to":
        return [DeviceRule(rule=place, decision="unknown", unread=" ".join(said)[:200], evidence=command.evidence)]
    protocol, source_ports, ports, odd = _application(entities, said[1])
    extra = " ".join(word for word in said[6:] if word != "log")
    rows = []
    for start in _parts(entities, said[3]):
        for end in _parts(entities, said[5]):
            doubts = "; ".join(part for part in (odd, start.odd, end.odd, extra) if part)
            rows.append(
                DeviceRule(
                    rule=place, decision="unknown" if doubts else decision, protocol=protocol, sources=start.addresses, destinations=end.addresses,
                    source_ports=source_ports, destination_ports=ports, interface_in=start.interface, interface_out=end.interface,
                    sources_named=said[3], destinations_named=said[5], services_named=said[1], logs="log" in said[6:], unread=doubts[:200] or None,
                    evidence=command.evidence,
                )
            )  # fmt: skip
    return rows


def read_nat(blocks: Blocks, draft: Draft, entities: Entities) -> None:
    """Write the NAT rules, once NAT is enabled."""
    enabled = blocks.last("enable", inside=("nat",))
    inward: list[DeviceRule] = []
    outward: list[DeviceRule] = []
    for command, rest in blocks.take("rule", least=3, inside=("nat",)):
        said = rest[1:] if number(rest[0], 0, 1 << 30) is not None else rest
        kind = said[0]
        named = dict(zip(said[2::2], said[3::2], strict=False)) if len(said) > 3 else {}
        if kind == "masq" and {"from", "to"} <= set(named):
            outward += _masquerade(command, rest[0], said, named, entities)
        elif kind == "portfwd" and "from" in named and "with" in said:
            inward += _forward(command, rest[0], said, entities)
        else:
            odd = DeviceRule(rule=rest[0], decision="unknown", unread=" ".join(said)[:200], evidence=command.evidence)
            inward.append(odd)
            outward.append(odd)
    if enabled is None:
        return
    for name, hook, priority, rules in (("nat in", "prerouting", -100, inward), ("nat out", "postrouting", 100, outward)):
        draft.add(
            DeviceChain(
                chain=name, hook=hook, priority=priority, policy="accept", family="ipv4", first_packet=True, evidence=enabled[0].evidence
            )
        )
        draft.add(*(replace(rule, chain=name, position=place, family="ipv4") for place, rule in enumerate(rules)))


def _masquerade(command: Command, place: str, said: tuple[str, ...], named: dict[str, str], entities: Entities) -> list[DeviceRule]:
    """`masq APPLICATION from A to B [with src HOST]`."""
    protocol, source_ports, ports, odd = _application(entities, said[1])
    source = said[said.index("src") + 1] if "src" in said[:-1] else None
    fixed = _parts(entities, source) if source else []
    address = fixed[0].addresses if len(fixed) == 1 and fixed[0].odd is None else None
    rows = []
    for start in _parts(entities, named["from"]):
        for end in _parts(entities, named["to"]):
            doubts = "; ".join(part for part in (odd, start.odd, end.odd) if part)
            rows.append(
                DeviceRule(
                    rule=place, decision="unknown" if doubts else "snat" if address else "masquerade", protocol=protocol, sources=start.addresses,
                    destinations=end.addresses, source_ports=source_ports, destination_ports=ports, interface_out=end.interface,
                    to_addresses=address, sources_named=named["from"], destinations_named=named["to"], unread=doubts or None, evidence=command.evidence,
                )
            )  # fmt: skip
    return rows


def _forward(command: Command, place: str, said: tuple[str, ...], entities: Entities) -> list[DeviceRule]:
    """`portfwd APPLICATION from A [to B] with dst HOST [dport PORT]`: to an address of the device, where B is not said."""
    protocol, source_ports, ports, odd = _application(entities, said[1])
    head, tail = said[2 : said.index("with")], said[said.index("with") + 1 :]
    named, put = dict(zip(head[::2], head[1::2], strict=False)), dict(zip(tail[::2], tail[1::2], strict=False))
    target = _parts(entities, put["dst"])[0] if "dst" in put else Place(None, None, "no destination")
    port = number(put.get("dport"), 0, 65535)
    rows = []
    for start in _parts(entities, named.get("from", "")):
        for end in _parts(entities, named["to"]) if "to" in named else [Place(None, None)]:
            doubts = "; ".join(part for part in (odd, start.odd, end.odd, target.odd, None if target.addresses else "no address") if part)
            rows.append(
                DeviceRule(
                    rule=place, decision="unknown" if doubts else "dnat", protocol=protocol, sources=start.addresses, destinations=end.addresses,
                    source_ports=source_ports, destination_ports=ports, interface_in=start.interface, to_addresses=None if doubts else target.addresses,
                    to_ports=None if port is None else str(port), sources_named=named.get("from"), destinations_named=named.get("to", "its own address"),
                    unread=doubts or None, evidence=command.evidence,
                )
            )  # fmt: skip
    return rows
