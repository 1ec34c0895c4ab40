"""Reads `nft -j list ruleset`: the JSON form of nftables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from omamori.parse.linux.firewall_rules import Chain, Line, Match, Ports, Target, both

Json = Any
_FAMILIES = {"ip": "ipv4", "ip6": "ipv6"}
_VERDICTS: Mapping[str, Target] = {"accept": "accept", "drop": "drop", "reject": "reject", "return": "return"}
_GO_ON = frozenset(("counter", "mangle", "quota", "ct helper", "meter", "set", "notrack", "ct timeout", "last"))
_PROTOCOLS = {"ipv6-icmp": "icmp", "icmpv6": "icmp", "6": "tcp", "17": "udp"}


@dataclass(slots=True)
class NftTable:
    """One table: its chains with the hook of each base chain, the sets, its family."""

    family: str
    name: str
    chains: dict[str, Chain] = field(default_factory=dict)
    hooks: dict[str, tuple[str, int]] = field(default_factory=dict)
    sets: dict[str, list[Json]] = field(default_factory=dict)

    @property
    def sees(self) -> str | None:
        """ipv4, ipv6 or None for both."""
        return _FAMILIES.get(self.family)


def read_ruleset(document: Json, line: int) -> dict[tuple[str, str], NftTable] | None:
    """Return the tables of a ruleset by family and name; None when it is not one. `line`: where it was printed."""
    items = document.get("nftables") if isinstance(document, dict) else None
    if not isinstance(items, list):
        return None
    tables: dict[tuple[str, str], NftTable] = {}
    for kind, thing in _things(items):
        family, name = str(thing.get("family", "")), str(thing.get("name" if kind == "table" else "table", ""))
        table = tables.setdefault((family, name), NftTable(family, name))
        if kind == "chain":
            chain = str(thing.get("name", ""))
            table.chains[chain] = Chain(thing["policy"] if thing.get("policy") in ("accept", "drop") else None, line)
            if isinstance(thing.get("hook"), str):
                table.hooks[chain] = (thing["hook"], thing["prio"] if isinstance(thing.get("prio"), int) else 0)
        elif kind in ("set", "map"):
            elements = thing.get("elem")
            table.sets[str(thing.get("name", ""))] = elements if isinstance(elements, list) else []
    for kind, thing in _things(items):
        if kind == "rule":
            table = tables.setdefault((str(thing.get("family", "")), str(thing.get("table", ""))), NftTable("", ""))
            name = str(thing.get("chain", ""))
            table.chains.setdefault(name, Chain(line=line)).lines.extend(_rule(thing, table, line))
    return tables


def _things(items: Sequence[Json]) -> Iterator[tuple[str, dict[str, Json]]]:
    for item in items:
        if isinstance(item, dict):
            for kind, thing in item.items():
                if isinstance(thing, dict) and kind != "metainfo":
                    yield kind, thing


def _rule(thing: Mapping[str, Json], table: NftTable, line: int) -> list[Line]:
    """One rule as printed may say several things in turn: log and drop, or a map of verdicts."""
    match = Match()
    comment = thing.get("comment")
    name = comment if isinstance(comment, str) else None
    lines: list[Line] = []
    expressions = thing.get("expr")
    for expression in expressions if isinstance(expressions, list) else []:
        for kind, value in expression.items() if isinstance(expression, dict) else ():
            if kind == "match":
                found = both(match, _match(value, table))
                if found is None:
                    return lines
                match = found
            elif kind == "vmap":
                lines += _verdict_map(value, table, match, line, name)
            elif kind == "log":
                lines.append(Line(line, match, "log", name=name))
            elif kind in ("jump", "goto"):
                chain = value.get("target") if isinstance(value, dict) else ""
                lines.append(Line(line, match, "jump" if kind == "jump" else "goto", chain=str(chain), name=name))
            elif kind in _VERDICTS:
                lines.append(Line(line, match, _VERDICTS[kind], name=name))
            elif kind in ("dnat", "redirect", "queue", "tproxy") or (kind == "xt" and _is_target(value)):
                lines.append(Line(line, replace(match, conditional=True), "unknown", name=kind))
            elif kind not in _GO_ON:
                match = replace(match, conditional=True)
    return lines


def _is_target(value: Json) -> bool:
    """Whether an iptables extension inside nftables decides something (the other kind is a condition)."""
    return not isinstance(value, dict) or value.get("type") == "target"


def _match(value: Json, table: NftTable) -> Match:
    """One comparison; what is not known becomes a condition."""
    other = Match(conditional=True)
    if not isinstance(value, dict):
        return other
    left, right = value.get("left"), _values(value.get("right"), table)
    if value.get("op") not in ("==", "in") or right is None:
        return other
    return _meaning(left, right)


def _meaning(left: Json, right: Sequence[Json]) -> Match:
    other = Match(conditional=True)
    if not isinstance(left, dict) or len(left) != 1:
        return other
    (kind, what), *_ = left.items()
    if not isinstance(what, dict) or not right:
        return other
    key, header = what.get("key"), str(what.get("protocol"))
    if kind == "meta" and key in ("iifname", "iif") and len(right) == 1 and isinstance(right[0], str) and "*" not in right[0]:
        return Match(interface=right[0])
    if (kind == "meta" and key == "l4proto") or (kind == "payload" and what.get("field") in ("protocol", "nexthdr")):
        return _protocols(right)
    if kind == "meta" and key == "nfproto" and len(right) == 1:
        return Match(family={"ipv4": "ipv4", "ipv6": "ipv6"}.get(str(right[0])), conditional=right[0] not in ("ipv4", "ipv6"))
    if kind == "ct" and key == "state" and all(isinstance(one, str) for one in right):
        return Match(state=",".join(sorted(right)))
    if kind == "ct" and key == "status" and list(right) == ["dnat"]:
        return Match(state="dnat")  # only packets that a rule of the prerouting hook sent here
    if kind == "payload" and header in ("icmp", "icmpv6"):
        return Match(protocol="icmp", conditional=True)
    if kind == "payload" and what.get("field") == "dport" and header in ("tcp", "udp", "th"):
        ports = [_port(one) for one in right]
        known = tuple(one for one in ports if one is not None)
        proto = header if header != "th" else None
        return Match(protocol=proto, ports=known, conditional=len(known) < len(ports) or not known)
    if kind == "payload" and what.get("field") == "saddr" and header in _FAMILIES:
        sources = [_address(one) for one in right]
        known_sources = tuple(one for one in sources if one)
        return Match(
            sources=known_sources,
            family=_FAMILIES[header],
            conditional=len(known_sources) < len(sources) or not known_sources,
        )
    return other


def _protocols(right: Sequence[Json]) -> Match:
    names = {_PROTOCOLS.get(str(one), str(one)) for one in right}
    return Match(protocol=names.pop()) if len(names) == 1 else Match(conditional=True)


def _values(right: Json, table: NftTable) -> list[Json] | None:
    """The values on the right of a comparison, sets written out; None when a set is not known."""
    if isinstance(right, dict) and isinstance(right.get("set"), list):
        return list(right["set"])
    if isinstance(right, str) and right.startswith("@"):
        return table.sets.get(right[1:])
    if isinstance(right, list):
        return right
    return [right] if right is not None else None


def _port(value: Json) -> Ports | None:
    value = _element(value)
    first, last = value, value
    if isinstance(value, dict) and isinstance(value.get("range"), list) and len(value["range"]) == 2:
        first, last = value["range"]
    if type(first) is not int or type(last) is not int or not 0 <= first <= last <= 65535:
        return None
    return first, last


def _address(value: Json) -> str | None:
    value = _element(value)
    if isinstance(value, str) and value and not value.startswith("@"):
        return value
    if isinstance(value, dict):
        prefix, span = value.get("prefix"), value.get("range")
        if isinstance(prefix, dict) and isinstance(prefix.get("addr"), str) and type(prefix.get("len")) is int:
            return f"{prefix['addr']}/{prefix['len']}"
        if isinstance(span, list) and len(span) == 2:
            return f"{span[0]}-{span[1]}"
    return None


def _element(value: Json) -> Json:
    """A set element may carry a timeout or counter around its value."""
    if isinstance(value, dict) and isinstance(value.get("elem"), dict):
        return value["elem"].get("val")
    return value


def _verdict_map(value: Json, table: NftTable, match: Match, line: int, name: str | None) -> list[Line]:
    """`tcp dport vmap { 22 : accept, … }`: one line per entry."""
    unknown = [Line(line, replace(match, conditional=True), "unknown", name=name)]
    if not isinstance(value, dict):
        return unknown
    entries = _values(value.get("data"), table)
    if entries is None:
        return unknown
    lines = []
    for entry in entries:
        if not (isinstance(entry, list) and len(entry) == 2 and isinstance(entry[1], dict) and entry[1]):
            return unknown
        (verdict, target), *_ = entry[1].items()
        key = entry[0]
        left = value.get("key")
        right = _values(key, table)
        found = both(match, _meaning(left, right) if right is not None else Match(conditional=True))
        if found is None:
            continue
        if verdict in ("jump", "goto"):
            chain = str(target.get("target")) if isinstance(target, dict) else ""
            lines.append(Line(line, found, "jump" if verdict == "jump" else "goto", chain=chain, name=name))
        else:
            known: Target = _VERDICTS.get(verdict, "unknown")
            lines.append(Line(line, found, known, name=name))
    return lines
