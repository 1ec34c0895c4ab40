"""What one comparison of an nftables rule asks of a packet, from the JSON form (libnftables-json(5))."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from omamori.parse.linux.filter_flags import compared_flags
from omamori.parse.linux.filter_places import address_type
from omamori.parse.linux.filter_rule import CONNECTION, MOST_ALTERNATIVES, Condition, cross
from omamori.parse.linux.filter_spans import HIGHEST, HIGHEST_PORT, Names, Span, Spans, address_span
from omamori.parse.linux.filter_words import ICMP, ICMPV6, WITH_PORTS, protocol

Json = Any
FAMILIES = {"ip": "ipv4", "ip6": "ipv6"}
_TRANSPORT = {"tcp": "tcp", "udp": "udp", "udplite": "136", "sctp": "132", "dccp": "33"}
_ETHER_TYPES = {
    "ip": "ipv4",
    "0x0800": "ipv4",
    "2048": "ipv4",
    "ip6": "ipv6",
    "0x86dd": "ipv6",
    "34525": "ipv6",
    "ipv4": "ipv4",
    "ipv6": "ipv6",
}
_BOUNDS: Mapping[str, Callable[[int], tuple[int, int]]] = {
    "<": lambda edge: (0, edge - 1),
    "<=": lambda edge: (0, edge),
    ">": lambda edge: (edge + 1, HIGHEST_PORT),
    ">=": lambda edge: (edge, HIGHEST_PORT),
}


@dataclass(frozen=True, slots=True)
class Elements:
    """Values on the right of a comparison. `named`: the set they come from; `catch_all`: the set holds everything else too."""

    values: tuple[Json, ...]
    named: str = ""
    catch_all: bool = False


@dataclass(slots=True)
class Budget:
    """Members of named sets that may still be read: a long set named by many rules is read once for each."""

    left: int = 3_000_000


@dataclass(slots=True)
class NftTable:
    """One table: its family, the members of its sets and maps, the sets whose members change while it runs."""

    family: str
    name: str
    budget: Budget = field(default_factory=Budget)
    sets: dict[str, list[Json]] = field(default_factory=dict)
    changing: set[str] = field(default_factory=set)
    listed: dict[str, Elements] = field(default_factory=dict)
    spans: dict[tuple[str, str], Spans | None] = field(default_factory=dict)

    @property
    def sees(self) -> str | None:
        """ipv4, ipv6 or None for both."""
        return FAMILIES.get(self.family)


def unread(value: Json, **known: Any) -> list[Condition]:
    """A condition nobody understood, as written, with what is known of it."""
    return [Condition(unread=(shown(value),), **known)]


def shown(value: Json) -> str:
    """Return a piece of a rule for people: short, on one line."""
    if isinstance(value, str):
        return value[:120]
    if isinstance(value, dict) and len(value) == 1:
        (kind, what), *_ = value.items()
        if kind == "limit" and isinstance(what, dict):
            return f"limit rate {'over ' if what.get('inv') else ''}{what.get('rate')}/{what.get('per')}"[:120]
        if kind == "match" and isinstance(what, dict):
            op = what.get("op")
            return f"{shown(what.get('left'))}{'' if op in ('==', 'in') else f' {op}'} {shown(what.get('right'))}"[:200]
        if isinstance(what, dict) and kind in ("meta", "ct", "payload"):
            return " ".join(str(what[key]) for key in ("dir", "protocol", "key", "field") if key in what)[:120]
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))[:120]
    except (TypeError, ValueError, RecursionError):
        return "?"


def elements(right: Json, table: NftTable) -> Elements | None:
    """Return the values of a set, a named set or a single value; None when they are not known."""
    named = ""
    if isinstance(right, str) and right.startswith("@"):
        named = right[1:]
        if named in table.changing or named not in table.sets:
            return None
        found = table.sets[named]
        table.budget.left -= len(found)
        if table.budget.left < 0:
            return None
        if named in table.listed:
            return table.listed[named]
    elif isinstance(right, dict) and isinstance(right.get("set"), list):
        found = right["set"]
    else:
        found = right if isinstance(right, list) else [right]
    values = [_bare(value) for value in found]
    known = Elements(tuple(value for value in values if value != "*"), named, "*" in values)
    if named:
        table.listed[named] = known
    return known


def _bare(value: Json) -> Json:
    """The value of a set element that carries a timeout, counter or comment around it."""
    return value["elem"].get("val") if isinstance(value, dict) and isinstance(value.get("elem"), dict) else value


def compare(match: Json, table: NftTable) -> list[Condition]:
    """Return the alternatives a comparison allows: one of them must hold; none when it never holds."""
    if not isinstance(match, dict) or not isinstance(match.get("op", "=="), str):
        return unread({"match": match})
    op, left, right = match.get("op", "=="), match.get("left"), match.get("right")
    flags = compared_flags(op, left, right, shown({"match": match}))
    if flags is not None:
        return flags
    edge = _number(right)
    if op in _BOUNDS and edge is not None:
        return holds(left, Elements(({"range": list(_BOUNDS[op](edge))},)), table, text={"match": match})
    if op not in ("==", "in", "!=", "!"):
        return unread({"match": match})
    if isinstance(right, dict) and "|" in right and _field(left) == ("ct", "state"):
        return [Condition()] if op == "!=" else []  # a connection is in one state only, never in two
    found = elements(right, table)
    if found is None:
        return holds(left, None, table, text={"match": match})
    if found.catch_all:
        return [] if op in ("!=", "!") else [Condition()]
    if not found.values:
        return [Condition()] if op in ("!=", "!") else []
    whole = op == "==" or (op == "!=" and _field(left) == ("ct", "status"))
    return holds(left, found, table, negated=op in ("!=", "!"), whole=whole, text={"match": match})


def _field(left: Json) -> tuple[str, str]:
    if isinstance(left, dict) and len(left) == 1:
        (kind, what), *_ = left.items()
        if isinstance(what, dict):
            return kind, str(what.get("key", what.get("field", "")))
    return "", ""


def holds(
    left: Json, right: Elements | None, table: NftTable, *, negated: bool = False, whole: bool = False, text: Json = None
) -> list[Condition]:
    """Return the alternatives under which `left` is (or is not) one of the values; `whole`: a bit field compared as a whole."""
    text = (
        text
        if text is not None
        else {"match": {"op": "!=" if negated else "==", "left": left, "right": list(right.values) if right else "?"}}
    )
    if not isinstance(left, dict) or len(left) != 1:
        return unread(text)
    (kind, what), *_ = left.items()
    if kind == "concat" and isinstance(what, list):
        return _concat(what, right, table, negated=negated, text=text)
    if not isinstance(what, dict):
        return unread(text)
    if kind == "fib" and what.get("result") == "type" and what.get("flags") in (["daddr"], "daddr") and right and not negated:
        return address_type(right.values, shown(text), table.sees)
    if kind == "meta":
        return _meta(str(what.get("key")), right, negated=negated, text=text)
    if kind == "ct" and "dir" not in what:
        return _ct(str(what.get("key")), right, negated=negated, whole=whole, text=text)
    if kind == "exthdr":
        return unread(text, family="ipv6")
    if kind == "payload":
        return _payload(str(what.get("protocol")), str(what.get("field")), right, table, negated=negated, text=text)
    return unread(text)


def _concat(parts: Sequence[Json], right: Elements | None, table: NftTable, *, negated: bool, text: Json) -> list[Condition]:
    if right is None or negated or len(right.values) > MOST_ALTERNATIVES:
        known = [Condition()]
        for part in parts:
            known = cross(known, [Condition(family=one.family, protocol=one.protocol) for one in holds(part, None, table)], "")
        return [one for base in known for one in cross([base], unread(text), "")]
    found: list[Condition] = []
    for value in right.values:
        values = value.get("concat") if isinstance(value, dict) else None
        if not isinstance(values, list) or len(values) != len(parts):
            return unread(text)
        alternatives = [Condition()]
        for part, one in zip(parts, values, strict=True):
            alternatives = cross(alternatives, holds(part, Elements((_bare(one),), right.named), table), shown(text))
        found += alternatives
    return found


def _meta(key: str, right: Elements | None, *, negated: bool, text: Json) -> list[Condition]:
    if right is None:
        return unread(text)
    words = [str(value) for value in right.values if isinstance(value, str | int)]
    if len(words) < len(right.values):
        return unread(text)
    if key in ("iifname", "iif", "oifname", "oif") and not any("\\" in word or "*" in word[:-1] or "," in word for word in words):
        names = Names(tuple(words), negated)
        return [Condition(interface_in=names) if key.startswith("i") else Condition(interface_out=names)]
    if key == "l4proto":
        return _protocols(words, negated=negated, text=text)
    if key in ("protocol", "nfproto"):
        families = {_ETHER_TYPES.get(word, "other") for word in words}
        wanted = {"ipv4", "ipv6"} - families if negated else families & {"ipv4", "ipv6"}
        return [Condition()] if len(wanted) == 2 else [Condition(family=one) for one in wanted]
    return unread(text)


def _protocols(words: Sequence[str], *, negated: bool, text: Json, family: str | None = None) -> list[Condition]:
    known = [protocol(word) for word in words]
    if any(one is None for one in known):
        return unread(text, family=family)
    return [Condition(protocol=Names(tuple(one for one in known if one), negated), family=family)]


def _ct(key: str, right: Elements | None, *, negated: bool, whole: bool, text: Json) -> list[Condition]:
    words = tuple(str(value) for value in right.values) if right else ()
    if key == "state" and words and CONNECTION.issuperset(words):
        return [Condition(states=(Names(words, negated),))]
    reply = {"reply": True, "original": False}.get(",".join(words))
    if key == "direction" and reply is not None and reply == negated:
        # The first packet always goes in the original direction; of later ones the states do not tell.
        later = Condition(states=(Names(("established", "related")),), unread=(shown(text),))
        return [Condition(states=(Names(("new",)),)), later]
    if key == "direction" and reply is not None:
        return [Condition(states=(Names(("established", "related")),), unread=(shown(text),))]
    if key == "status" and "dnat" in words and not whole:
        if negated:
            extra = () if words == ("dnat",) else (shown(text),)
            return [Condition(states=(Names(("dnat",), True),), unread=extra)]
        other = [] if words == ("dnat",) else unread(text, states=(Names(("dnat",), True),))
        return [Condition(states=(Names(("dnat",)),)), *other]
    return unread(text)


def _payload(header: str, name: str, right: Elements | None, table: NftTable, *, negated: bool, text: Json) -> list[Condition]:
    family = FAMILIES.get(header)
    if family and name in ("saddr", "daddr"):
        spans = _spans(right, table, lambda value: _address(value, family), HIGHEST[family], negated=negated)
        if spans is None:
            return unread(text, family=family)
        named = (f"@{right.named}",) if right and right.named else ()
        if name == "saddr":
            return [Condition(family=family, sources=spans, sources_named=named)]
        return [Condition(family=family, destinations=spans, destinations_named=named)]
    if (header, name) in (("ip", "protocol"), ("ip6", "nexthdr")):
        words = [str(value) for value in right.values] if right else ["?"]
        return _protocols(words, negated=negated, text=text, family=family)
    if name in ("sport", "dport") and (header in _TRANSPORT or header == "th"):
        return _ports(header, name, right, table, negated=negated, text=text)
    if header in ("icmp", "icmpv6"):
        own = protocol(header)
        names = Names((own,)) if own else None
        known = ICMP if header == "icmp" else ICMPV6
        spans = _spans(right, table, lambda value: _type(value, known), 255, negated=negated) if name == "type" else None
        version = "ipv4" if header == "icmp" else "ipv6"
        if spans is None:
            return unread(text, protocol=names, family=version)
        return [Condition(protocol=names, destination_ports=spans, family=version)]
    if family:
        return unread(text, family=family)
    return unread(text, protocol=Names((_TRANSPORT[header],))) if header in _TRANSPORT else unread(text)


def _ports(header: str, name: str, right: Elements | None, table: NftTable, *, negated: bool, text: Json) -> list[Condition]:
    names = Names((_TRANSPORT[header],)) if header in _TRANSPORT else Names(WITH_PORTS)
    spans = _spans(right, table, _port, HIGHEST_PORT, negated=negated)
    named = (f"@{right.named}",) if right and right.named else ()
    # `th` looks at the same bytes whatever the protocol: of one without ports nobody can say what stands there.
    other = unread(text, protocol=Names(WITH_PORTS, True)) if header == "th" else []
    if spans is None:
        return [*unread(text, protocol=names), *other]
    if name == "sport":
        return [Condition(protocol=names, source_ports=spans, services_named=named), *other]
    return [Condition(protocol=names, destination_ports=spans, services_named=named), *other]


def _spans(right: Elements | None, table: NftTable, read: Callable[[Json], Span | None], highest: int, *, negated: bool) -> Spans | None:
    """The values as numbers; None when one is not understood. Those of a whole named set are read once."""
    if right is None:
        return None
    key = right.named, str(highest)
    whole = right is table.listed.get(right.named)
    if whole and key in table.spans:
        inside = table.spans[key]
    else:
        found = [read(value) for value in right.values]
        known = [span for span in found if span is not None]
        inside = Spans.of(known, highest) if known and len(known) == len(found) else None
        if whole:
            table.spans[key] = inside
    return None if inside is None else Spans(inside.inside, highest, negated)


def _address(value: Json, family: str) -> Span | None:
    found = address_span(address_text(value))
    return found[1] if found and found[0] == family else None


def address_text(value: Json) -> str:
    """Return an address, `network/length` or range as text; empty when it is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        prefix, span = value.get("prefix"), value.get("range")
        if isinstance(prefix, dict) and isinstance(prefix.get("addr"), str) and type(prefix.get("len")) is int:
            return f"{prefix['addr']}/{prefix['len']}"
        if isinstance(span, list) and len(span) == 2:
            return f"{span[0]}-{span[1]}"
    return ""


def _number(value: Json) -> int | None:
    return value if type(value) is int and 0 <= value <= HIGHEST_PORT else None


def _port(value: Json) -> Span | None:
    first = last = value
    if isinstance(value, dict) and isinstance(value.get("range"), list) and len(value["range"]) == 2:
        first, last = value["range"]
    low, high = _number(first), _number(last)
    return (low, high) if low is not None and high is not None and low <= high else None


def _type(value: Json, names: Mapping[str, int]) -> Span | None:
    if isinstance(value, dict) and isinstance(value.get("range"), list) and len(value["range"]) == 2:
        first, last = (_type(one, names) for one in value["range"])
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    known = names.get(value) if isinstance(value, str) else value
    return (known, known) if type(known) is int and 0 <= known <= 255 else None
