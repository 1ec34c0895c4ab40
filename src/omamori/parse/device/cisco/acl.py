"""Lines of access lists of Cisco IOS and ASA → conditions.

Sources: Cisco IOS Security Command Reference (access-list, permit, deny); ASA Series CLI Guide, "Access Control Lists". What a line
asks for and is not read here stands in `unread`; such a line is never taken for more than it says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from omamori.parse.device.cisco.groups import OPERATORS, Addresses, Groups, Service, icmp
from omamori.parse.device.cisco.values import ANY, ip4, ports, protocol

_FLAGS = ("ack", "fin", "psh", "rst", "syn", "urg")
_WITH_VALUE = ("dscp", "tos", "precedence", "option", "ttl")
_LOG_LEVELS = (
    "alerts",
    "critical",
    "debugging",
    "emergencies",
    "errors",
    "informational",
    "notifications",
    "warnings",
    "default",
    "disable",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ace:
    """A line of an access list, its conditions written out. `services` are alternatives; a line with several is as many rules."""

    number: int
    sequence: int | None
    text: str
    permit: bool
    services: tuple[Service, ...] = (Service(),)
    sources: Addresses = Addresses()
    destinations: Addresses = Addresses()
    service_name: str | None = None
    states: str | None = None
    logs: bool | None = None
    schedule: str | None = None
    enabled: bool = True
    reflect: str | None = None
    evaluate: str | None = None
    hits: int | None = None
    unread: tuple[str, ...] = ()


@dataclass(slots=True)
class _Cursor:
    words: tuple[str, ...]
    groups: Groups
    asa: bool
    at: int = 0
    unread: list[str] = field(default_factory=list)

    def peek(self, ahead: int = 0) -> str:
        return self.words[self.at + ahead].lower() if self.at + ahead < len(self.words) else ""

    def raw(self) -> str:
        """The next word as written, taken; empty at the end."""
        self.at += 1
        return self.words[self.at - 1] if self.at <= len(self.words) else ""


def standard(words: tuple[str, ...], number: int, groups: Groups, *, asa: bool = False) -> Ace | None:
    """Read a line of a standard list, from `permit` or `deny` (or its sequence number) on; None when it is none."""
    begun = _begin(words)
    if begun is None:
        return None
    sequence, permit, rest = begun
    cursor = _Cursor(tuple(word for word in rest if word not in ("wildcard", "bits")), groups, asa)
    found = _address(cursor, alone=True)
    ace = _options(cursor)
    # A standard list of an ASA names destinations of routes; of IOS it names sources.
    return Ace(number=number, sequence=sequence, text=" ".join(words), permit=permit, sources=found, **ace)


def extended(words: tuple[str, ...], number: int, groups: Groups, *, asa: bool = False) -> Ace | None:
    """Read a line of an extended list, from `permit` or `deny` (or its sequence number) on; None when it is none."""
    if words and words[-1].startswith("0x"):
        words = words[:-1]
    if len(words) > 1 and "evaluate" in words[:2]:
        name = words[-1]
        return Ace(number=number, sequence=_sequence(words[0]), text=" ".join(words), permit=True, evaluate=name)
    begun = _begin(words)
    if begun is None:
        return None
    sequence, permit, rest = begun
    cursor = _Cursor(rest, groups, asa)
    services, service_name = _protocols(cursor)
    sources = _address(cursor)
    source_ports = _ports(cursor, services)
    destinations = _address(cursor)
    destination_ports = _ports(cursor, services)
    if len(services) == 1 and services[0].protocol == "icmp" and destination_ports is None:
        services = _icmp_types(cursor, services)
    if source_ports or destination_ports:
        services = tuple(
            Service(one.protocol, source_ports or one.source_ports, destination_ports or one.destination_ports, one.unread)
            for one in services
        )
    said = _options(cursor)
    return Ace(
        number=number, sequence=sequence, text=" ".join(words), permit=permit, services=services, sources=sources, destinations=destinations,
        service_name=service_name, **said,
    )  # fmt: skip


def _begin(words: tuple[str, ...]) -> tuple[int | None, bool, tuple[str, ...]] | None:
    sequence = _sequence(words[0]) if words else None
    rest = words[1:] if sequence is not None else words
    if not rest or rest[0].lower() not in ("permit", "deny") or len(rest) < 2:
        return None
    return sequence, rest[0].lower() == "permit", rest[1:]


def _sequence(word: str) -> int | None:
    return int(word) if word.isdecimal() and len(word) < 11 else None


def _protocols(cursor: _Cursor) -> tuple[tuple[Service, ...], str | None]:
    word = cursor.peek()
    if word in ("object", "object-group"):
        cursor.raw()
        name = cursor.raw()
        return cursor.groups.services(name), name
    kind = protocol(word)
    if kind is None:
        if word in ("any", "any4", "any6", "host", "") or ip4(word) is not None:
            return (Service(),), None  # a line of an extended list written like one of a standard list
        cursor.unread.append(cursor.raw())
        return (Service(),), None
    cursor.raw()
    return (Service(None if kind == "ip" else kind),), None


def _address(cursor: _Cursor, *, alone: bool = False) -> Addresses:
    """Read one address with its mask; `alone`: a mask need not follow."""
    word = cursor.peek()
    if word in ("any", "any4", "any6"):
        cursor.raw()
        return Addresses(None, None, "any6") if word == "any6" else Addresses()
    if word == "host":
        cursor.raw()
        one = cursor.raw().rstrip(",")
        known = cursor.groups.names.get(one)
        return Addresses(known or one, one if known else None) if ip4(known or one) is not None else Addresses(unread=f"host {one}")
    if word in ("object", "object-group", "addrgroup"):
        cursor.raw()
        return cursor.groups.addresses(cursor.raw())
    if word == "interface":
        cursor.raw()
        name = cursor.raw()
        own = cursor.groups.interfaces.get(name)
        return Addresses(own, f"interface {name}") if own else Addresses(unread=f"interface {name}")
    if word == "":
        return Addresses(unread="no address") if not alone else Addresses()
    return _written(cursor, alone)


def _written(cursor: _Cursor, alone: bool) -> Addresses:
    """An address that stands there itself, with a mask, a length or nothing."""
    one = cursor.raw().rstrip(",")
    address = cursor.groups.names.get(one, one)
    if ip4(address) is None:
        found = cursor.groups.address((one,)) if "/" in one else None
        return Addresses(",".join(found)) if found else Addresses(unread=one)
    mask = cursor.peek().rstrip(",")
    if ip4(mask) is None:
        return Addresses(address) if alone or cursor.asa else Addresses(unread=one)
    cursor.raw()
    parts = cursor.groups.mask(address, mask)
    if parts is None:
        return Addresses(unread=f"{one} {mask}")
    return Addresses(None if ANY in parts else ",".join(parts))


def _ports(cursor: _Cursor, services: tuple[Service, ...]) -> str | None:
    word = cursor.peek()
    of = services[0].protocol or ""
    if word == "portgroup" or (
        word in ("object-group", "object") and cursor.groups.kind(_raw_next(cursor)) in ("service", "port", "icmp-type")
    ):
        cursor.raw()
        found, unread = cursor.groups.port_list(cursor.raw(), of)
        cursor.unread += [unread] if unread else []
        return found
    if word not in OPERATORS:
        return None
    cursor.raw()
    most = 2 if word == "range" else 1 if word in ("lt", "gt") or cursor.asa else 10
    taken: list[str] = []
    while len(taken) < most and cursor.peek() and ports("eq", (cursor.peek(),), of) is not None:
        taken.append(cursor.raw())
    said = ports(word, tuple(taken), of)
    if said is None:
        cursor.unread.append(" ".join([word, *taken]) if taken else f"{word} {cursor.raw()}".strip())
    return said


def _raw_next(cursor: _Cursor) -> str:
    return cursor.words[cursor.at + 1] if cursor.at + 1 < len(cursor.words) else ""


def _icmp_types(cursor: _Cursor, services: tuple[Service, ...]) -> tuple[Service, ...]:
    word = cursor.peek()
    if word in ("object-group", "object") and cursor.groups.kind(_raw_next(cursor)) == "icmp-type":
        cursor.raw()
        return cursor.groups.services(cursor.raw())
    given = (word, cursor.peek(1)) if cursor.peek(1).isdecimal() else (word,)
    found = icmp(given) if word else None
    if found is None:
        return services
    cursor.at += len(given)
    return (found,)


def _options(cursor: _Cursor) -> dict[str, Any]:
    said: dict[str, Any] = {}
    while word := cursor.peek():
        cursor.raw()
        if word == "established":
            said["states"] = "ack"
        elif word in ("log", "log-input"):
            said["logs"] = cursor.peek() != "disable"
            _skip_log(cursor)
        elif word == "time-range":
            said["schedule"] = cursor.raw()
        elif word == "reflect":
            said["reflect"] = cursor.raw()
        elif word == "timeout" or (word == "interval" and cursor.peek().isdecimal()):
            cursor.raw()
        elif word == "inactive":
            said["enabled"] = False
        elif word.startswith("("):
            _counted(cursor, word, said)
        elif word in _FLAGS or word[:1] in "+-" or word in ("match-any", "match-all", "fragments", "tracked"):
            cursor.unread.append(word)
        elif word in _WITH_VALUE:
            cursor.unread.append(f"{word} {cursor.raw()}".strip())
        else:
            cursor.unread.append(word)
    return {**said, "unread": tuple(cursor.unread)}


def _skip_log(cursor: _Cursor) -> None:
    while (word := cursor.peek()) in _LOG_LEVELS or (word.isdecimal() and len(word) < 4) or word == "interval":
        cursor.raw()


def _counted(cursor: _Cursor, word: str, said: dict[str, Any]) -> None:
    """`(12 matches)`, `(hitcnt=12)`, `(active)`: what `show` adds behind a line."""
    text = word
    while not text.endswith(")") and cursor.peek():
        text += " " + cursor.raw().lower()
    inner = text.strip("()")
    count = inner.removeprefix("hitcnt=").split(" ")[0].rstrip("*")
    if count.isdecimal() and len(count) < 19 and ("match" in inner or inner.startswith("hitcnt=")):
        said["hits"] = int(count)
    elif inner == "inactive" and "schedule" not in said:
        said["enabled"] = False
