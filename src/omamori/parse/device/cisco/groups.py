"""Objects and groups of objects of Cisco devices → addresses, protocols and ports, written out.

Sources: Cisco IOS Security Configuration Guide, "Object Groups for ACLs"; ASA Series General Operations CLI Guide, "Objects for Access Control".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.cisco.values import ANY, ICMP_CODES, ICMP_TYPES, NONE, dotted, ip4, network, ports, protocol, spread

MOST = 5_000
"""Members of one group that are written out; a longer one is not read."""
_DEEP = 20
_NESTED = 100
"""Groups inside of groups; deeper than any device allows, and less than the interpreter."""
_MOST_TEXT = 20_000_000
"""Characters of all groups of a device, written out."""
OPERATORS = ("eq", "neq", "lt", "gt", "range")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses of a condition: the list as the model writes it (None: any), the object's name, what was not read of it."""

    text: str | None = None
    named: str | None = None
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A protocol with its ports, as the model writes them; None is any."""

    protocol: str | None = None
    source_ports: str | None = None
    destination_ports: str | None = None
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One line of an object or a group."""

    number: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An object or group: `network`, `service`, `protocol`, `icmp-type` or `port`; `of` is the protocol a group of ports is for."""

    kind: str
    name: str
    number: int
    members: tuple[Member, ...]
    of: str = ""
    single: bool = False


@dataclass(slots=True)
class Groups:
    """All objects of a device, and what they were written out into. `mask` reads an address with the mask the system writes."""

    mask: Callable[[str, str], tuple[str, ...] | None]
    found: dict[str, Group] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    interfaces: dict[str, str] = field(default_factory=dict)
    length: int = 0
    written: dict[str, Addresses] = field(default_factory=dict)
    served: dict[str, tuple[Service, ...]] = field(default_factory=dict)

    def add(self, group: Group) -> None:
        """Take in an object or a group; lines of one that is there are added."""
        old = self.found.get(group.name)
        if old is not None and old.kind == group.kind:
            group = replace(old, members=(*old.members, *group.members), of=old.of or group.of)
        self.found[group.name] = group

    def kind(self, name: str) -> str:
        """Return the kind of an object or group; empty when there is none of that name."""
        return self.found[name].kind if name in self.found else ""

    def addresses(self, name: str) -> Addresses:
        """Return the addresses of an object or group; one that is not defined is unread."""
        if name not in self.written:
            parts: list[str] = []
            unread = self._network(name, parts, set())
            text = ",".join(dict.fromkeys(parts))
            self.length += len(text)
            if self.length > _MOST_TEXT:
                unread = unread or f"{name}: all groups together are too long"
            if not parts and unread is None:
                unread = f"{name} is empty"
            self.written[name] = Addresses(None if unread or ANY in parts else text, name, unread)
        return self.written[name]

    def _network(self, name: str, parts: list[str], seen: set[str], depth: int = 0) -> str | None:
        """Write out a group of addresses; return what could not be read, as soon as there is something."""
        group = self.found.get(name)
        if group is None or group.kind != "network":
            return f"{name} is not defined"
        if name in seen:
            return None
        if len(seen) > MOST or len(parts) > MOST:
            return f"{name} is too long"
        seen.add(name)
        for member in group.members:
            words = tuple(word for word in member.words if word != "network-object")
            low = words[0].lower() if words else ""
            if low in ("description", "nat", "!"):
                continue
            if low == "group-object" or (low == "object" and len(words) == 2):
                if len(seen) > _DEEP * 50 or depth >= _NESTED:
                    return f"{name} is too long"
                unread = self._network(words[-1], parts, seen, depth + 1) if len(words) == 2 else " ".join(words)
            else:
                one = self.address(words)
                unread = " ".join(words) if one is None else None
                parts += one or ()
            if unread:
                return unread
        return None

    def address(self, words: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the addresses of one line of an object: host, subnet, range, address with mask or with a length."""
        low = words[0].lower() if words else ""
        if low in ("any", "any4") and len(words) == 1:
            return (ANY,)
        if low in ("host", "subnet", "range", "address") and len(words) > 1:
            words = words[1:]
        first = ip4(self.names.get(words[0], words[0])) if words else None
        if first is None:
            if words and "/" in words[0] and len(words) == 1:
                address, _, size = words[0].partition("/")
                bits = int(size) if size.isdecimal() and len(size) < 3 else 33
                mask = dotted((0xFFFFFFFF << (32 - bits)) & 0xFFFFFFFF) if bits <= 32 else ""
                one = network(address, mask)
                return (one,) if one else None
            return None
        if len(words) == 1 and low not in ("subnet", "range"):
            return (dotted(first),)
        if low == "range" and len(words) == 2:
            last = ip4(self.names.get(words[1], words[1]))
            return (spread(first, last),) if last is not None and last >= first else None
        if len(words) != 2:
            return None
        return masked(dotted(first), words[1])  # a network mask, in groups of IOS too

    def services(self, name: str) -> tuple[Service, ...]:
        """Return the protocols and ports of an object or group; one that is not defined is unread."""
        if name not in self.served:
            out: list[Service] = []
            self._service(name, out, set())
            self.served[name] = tuple(dict.fromkeys(out)) or (Service(unread=f"{name} is empty"),)
        return self.served[name]

    def _service(self, name: str, out: list[Service], seen: set[str], depth: int = 0) -> None:
        group = self.found.get(name)
        if group is None or group.kind == "network":
            out.append(built_in(name) or Service(unread=f"{name} is not defined"))
            return
        if name in seen:
            return
        if len(seen) > _DEEP * 50 or len(out) > MOST or depth > _NESTED:
            out.append(Service(unread=f"{name} is too long"))
            return
        seen.add(name)
        for member in group.members:
            low = member.words[0].lower() if member.words else ""
            if low in ("description", "!", "nat"):
                continue
            if low == "group-object" or member.words[:2] == ("service-object", "object"):
                self._service(member.words[-1], out, seen, depth + 1)
            else:
                out.append(service(member.words, group.of) or Service(unread=" ".join(member.words)))

    def port_list(self, name: str, of: str) -> tuple[str | None, str | None]:
        """Return the ports of a group of ports, and what was not read of it."""
        parts: list[str] = []
        for one in self.services(name):
            if one.unread or one.source_ports or one.destination_ports is None or one.destination_ports.startswith("!"):
                return None, one.unread or f"{name} holds more than ports"
            parts.append(one.destination_ports)
        return ",".join(dict.fromkeys(parts)), None


def masked(address: str, mask: str) -> tuple[str, ...] | None:
    """Return an address with a network mask as a list of one; an ASA writes `0` for zeros."""
    one = network(address, NONE if mask == "0" else mask)
    return (one,) if one else None


def service(words: tuple[str, ...], of: str = "") -> Service | None:
    """Return what a line of a service object or group means (`tcp destination eq 80`, `port-object range 1 5`, `icmp-object echo`)."""
    low = words[0].lower() if words else ""
    if low in ("service-object", "service", "protocol-object", "icmp-object", "port-object"):
        rest = words[1:]
        if low == "icmp-object":
            return icmp(rest)
        if low == "port-object":
            found = ports(rest[0].lower(), rest[1:], _names(of)) if rest else None
            return Service(protocol(of) if of else "tcp,udp", None, found) if found else None
        return service(rest)
    if low in OPERATORS:  # a group of ports of IOS, and ports of an object of a protocol that stands elsewhere
        found = ports(low, words[1:], _names(of))
        return Service(protocol(of) if of else None, None, found) if found else None
    kind = protocol(low) if low else None
    if kind is None:
        return None
    if kind == "icmp" and len(words) > 1:
        return icmp(words[1:])
    return _with_ports(kind, words[1:])


def _with_ports(kind: str, words: tuple[str, ...]) -> Service | None:
    sides: dict[str, str] = {}
    side = "destination"
    at = 0
    while at < len(words):
        word = words[at].lower()
        if word in ("source", "destination"):
            side, at = word, at + 1
            continue
        operator = word if word in OPERATORS else "eq"
        at += word in OPERATORS
        count = 2 if operator == "range" else 1
        found = ports(operator, words[at : at + count], _names(kind))
        if found is None or side in sides:
            return None
        sides[side] = found
        side, at = "destination", at + count
    return Service(None if kind == "ip" else kind, sides.get("source"), sides.get("destination"))


def icmp(words: Iterable[str]) -> Service | None:
    """Return an ICMP type (and code, which the model has no place for) by name or number."""
    given = tuple(words)
    name = given[0].lower() if given else ""
    if name in ICMP_CODES:
        kind, _, code = ICMP_CODES[name].partition("/")
        return Service("icmp", None, kind, f"code {code}")
    kind = name if name.isdecimal() and len(name) < 4 else ICMP_TYPES.get(name, "")
    if not kind:
        return None
    return Service("icmp", None, kind, f"code {given[1]}" if len(given) > 1 and given[1].isdecimal() else None)


def built_in(name: str) -> Service | None:
    """Return one of the service objects an ASA has by itself, such as `icmp-echo` or `ospf`."""
    if name.startswith("icmp-"):
        return icmp((name.removeprefix("icmp-"),))
    kind = protocol(name)
    return Service(None if kind == "ip" else kind) if kind else None


def _names(of: str) -> str:
    return "udp" if of == "udp" else "tcp" if of == "tcp" else "tcp-udp"


def group_of(statement: Statement, kind: str, name: str, of: str = "", *, single: bool = False) -> Group:
    """Return the object or group a statement defines with the lines under it."""
    members = tuple(Member(one.number, one.words) for one in statement.inner)
    return Group(kind, name, statement.number, members, of.lower(), single)
