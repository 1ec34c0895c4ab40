"""Reads `nft -j list ruleset` exactly: every chain, every rule, all hooks (libnftables-json(5), nft(8)).

One rule as printed becomes several where it holds alternatives that one row cannot hold: a map of verdicts, a map of addresses to
translate to, addresses and ports joined pairwise. They stand at its place, in order, and exclude each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from omamori.parse.linux.filter_compare import FAMILIES, Budget, Elements, Json, NftTable, address_text, compare, holds, shown
from omamori.parse.linux.filter_rule import MOST_ALTERNATIVES, Condition, Filter, FilterChain, NotRead, Rule, cross
from omamori.parse.linux.filter_spans import HIGHEST_PORT
from omamori.parse.linux.filter_words import PRIORITIES

HOOKS = ("prerouting", "input", "forward", "output", "postrouting")
_ROUTED = ("ip", "ip6", "inet")
_VERDICTS = ("accept", "drop", "reject", "return")
_SILENT = frozenset(
    ("counter", "last", "ct helper", "ct timeout", "ct expectation", "secmark", "flow", "continue", "comment", "dup", "optstrip", "notrack")
)
"""Statements after which the packet goes on as it was (of `notrack` and what follows it: see `_rule`)."""
_SPREADS = ("numgen", "jhash", "symhash")
_ELSEWHERE = ("queue", "tproxy", "fwd", "synproxy")
"""Statements that hand the packet to something no row can follow."""


def read_nft(document: Json, line: int, *, skip: frozenset[tuple[str, str]] = frozenset()) -> Filter | None:
    """Return the chains of a rule set; None when it is none.

    In: the parsed JSON, the line it was printed at, the tables (family, name) that are read elsewhere. Out: chains named
    `family table chain`.
    """
    items = document.get("nftables") if isinstance(document, dict) else None
    if not isinstance(items, list):
        return None
    found = Filter()
    tables = _tables(items, line, found, skip)
    for kind, thing in _things(items):
        table = tables.get(_key(thing))
        if kind == "unread":
            found.unread.append(NotRead(_line(thing, line), str(thing.get("text")), "nft"))
        elif table is not None and kind == "chain":
            _chain(thing, table, _line(thing, line), found)
    for kind, thing in _things(items):
        table = tables.get(_key(thing))
        if table is None or kind != "rule":
            continue
        name = f"{table.family} {table.name} {thing.get('chain')}"
        chain = found.chains.setdefault(name, FilterChain(name, line, table.sees))
        found.add(chain, _rule(thing, table, _line(thing, line)), _line(thing, line))
    return found


def _line(thing: Mapping[str, Json], line: int) -> int:
    """The line a thing was printed at: its own where it was read from text (`filter_text`)."""
    own = thing.get("line")
    return own if type(own) is int and 0 < own < 10**9 else line


def _things(items: Sequence[Json]) -> Iterator[tuple[str, dict[str, Json]]]:
    for item in items:
        if isinstance(item, dict):
            for kind, thing in item.items():
                if isinstance(thing, dict) and kind != "metainfo":
                    yield kind, thing


def _key(thing: Mapping[str, Json]) -> tuple[str, str]:
    return str(thing.get("family", "")), str(thing.get("table", ""))


def _tables(items: Sequence[Json], line: int, found: Filter, skip: frozenset[tuple[str, str]]) -> dict[tuple[str, str], NftTable]:
    """The tables whose packets are followed, with their sets; of the others what matters is told."""
    tables: dict[tuple[str, str], NftTable] = {}
    budget = Budget()
    for kind, thing in _things(items):
        key = (str(thing.get("family", "")), str(thing.get("name" if kind == "table" else "table", "")))
        flags = _words(thing.get("flags"))
        if kind == "table" and flags and key not in skip:
            if not flags <= {"owner", "persist", "dormant"}:
                found.unread.append(NotRead(line, f"flags of table {' '.join(key)}", " ".join(key)))
            if flags == {"dormant"}:
                skip |= {key}
        if key in skip or kind == "unread":
            continue
        if key[0] in _ROUTED:
            table = tables.setdefault(key, NftTable(*key, budget))
            if kind in ("set", "map"):
                values = thing.get("elem")
                table.sets[str(thing.get("name", ""))] = values if isinstance(values, list) else []
                if flags & {"dynamic", "timeout"}:
                    table.changing.add(str(thing.get("name", "")))
        elif kind == "rule" or (kind == "chain" and thing.get("policy") == "drop"):
            text = f"{kind} of table {' '.join(key)}: only IPv4 and IPv6 at the hooks of routing are followed"
            found.unread.append(NotRead(line, text, " ".join(key)))
    return tables


def _words(value: Json) -> set[str]:
    return {value} if isinstance(value, str) else {str(one) for one in value} if isinstance(value, list) else set()


def _chain(thing: Mapping[str, Json], table: NftTable, line: int, found: Filter) -> None:
    name = f"{table.family} {table.name} {thing.get('name')}"
    chain = found.chains.setdefault(name, FilterChain(name, line, table.sees))
    hook = thing.get("hook")
    if hook is None:
        return
    priority = thing.get("prio")
    if isinstance(priority, str):
        priority = PRIORITIES.get(priority)
    if hook not in HOOKS or type(priority) is not int or abs(priority) > 2**31:
        found.unread.append(NotRead(line, f"chain {name} at hook {hook}, priority {thing.get('prio')}", name))
        return
    chain.hook, chain.priority = str(hook), priority
    chain.policy = "drop" if thing.get("policy") == "drop" else "accept"
    chain.nat = thing.get("type") == "nat"


def _rule(thing: Mapping[str, Json], table: NftTable, line: int) -> list[Rule]:
    """The rows of one rule as printed. Statements count in order; the first verdict ends it."""
    expressions = thing.get("expr")
    comment, handle = thing.get("comment"), thing.get("handle")
    name = comment if isinstance(comment, str) else f"handle {handle}" if type(handle) is int else None
    base = Rule(line, Condition(family=table.sees), "continue", name=name)
    conditions = [base.condition]
    rules: list[Rule] = []
    last: Json = None
    pairs = [
        pair
        for one in (expressions if isinstance(expressions, list) else [None])
        for pair in (one.items() if isinstance(one, dict) else [("?", one)])
    ]
    for kind, value in pairs:
        if kind == "match":
            conditions = cross(conditions, compare(value, table), shown({kind: value}))
        elif kind == "counter":
            packets = value.get("packets") if isinstance(value, dict) else None
            base = replace(base, hits=packets if type(packets) is int and 0 <= packets < 2**63 else None)
        elif kind == "log":
            base = replace(base, logs=True)
        elif kind == "notrack":
            last = "notrack"
        elif kind == "vmap":
            rules += _verdicts(value, table, conditions, base)
            last = "vmap"
        elif ends := _ending(kind, value, table, conditions, base):
            # After a map of verdicts comes only what its entries let go on: nobody can say here which.
            rules += [replace(one, decision="unknown") for one in ends] if last == "vmap" else ends
            last = "end"
            break
        elif kind == "mangle" and not _harmless(value):
            rules += _each(conditions, replace(base, decision="unknown"))
            last = "end"
            break
        elif not _silent(kind, value):
            conditions = [replace(one, unread=(*one.unread, shown({kind: value}))) for one in conditions]
    if last == "notrack":
        rules += _each(conditions, replace(base, decision="notrack"))
    elif last is None:
        rules += _each(conditions, base)
    return rules


def _silent(kind: str, value: Json) -> bool:
    """Whether a statement neither asks for anything nor decides."""
    if kind == "set":
        return isinstance(value, dict) and not value.get("stmt")
    if kind == "xt":
        return isinstance(value, dict) and value.get("name") == "comment"
    return kind in _SILENT or kind == "mangle"


def _each(conditions: Sequence[Condition], rule: Rule) -> list[Rule]:
    return [replace(rule, condition=one) for one in conditions]


def _harmless(value: Json) -> bool:
    """Whether a change to a packet leaves its addresses, ports and connection alone."""
    key = value.get("key") if isinstance(value, dict) else None
    if not isinstance(key, dict):
        return False
    payload, mark = key.get("payload"), key.get("meta") or key.get("ct")
    if isinstance(mark, dict):
        return mark.get("key") in ("mark", "priority", "nftrace", "secmark", "helper", "label", "event")
    fields = ("dscp", "ecn", "ttl", "hoplimit", "flowlabel", "checksum", "window")
    return "tcp option" in key or (isinstance(payload, dict) and payload.get("field") in fields)


def _ending(kind: str, value: Json, table: NftTable, conditions: Sequence[Condition], base: Rule) -> list[Rule]:
    """The rows of a statement that ends the rule; empty when it does not end one."""
    if kind in _VERDICTS:
        return _each(conditions, replace(base, decision=kind))
    if kind in ("jump", "goto"):
        target = value.get("target") if isinstance(value, dict) else None
        return _each(conditions, replace(base, decision=kind, target=f"{table.family} {table.name} {target}"))
    if kind in ("dnat", "snat", "masquerade", "redirect"):
        return _nat(kind, value if isinstance(value, dict) else {}, table, conditions, base)
    if kind in _ELSEWHERE or kind == "?" or (kind == "xt" and not (isinstance(value, dict) and value.get("type") == "match")):
        text = (shown({kind: value}),)
        return [replace(base, condition=one, decision="unknown", name=base.name or text[0]) for one in conditions]
    return []


def _verdicts(value: Json, table: NftTable, conditions: Sequence[Condition], base: Rule) -> list[Rule]:
    """`tcp dport vmap { 22 : accept, … }`: one row per entry."""
    unknown = _each(conditions, replace(base, decision="unknown"))
    key = value.get("key") if isinstance(value, dict) else None
    entries = _entries(value.get("data"), table) if key is not None else None
    if entries is None:
        return unknown
    rules: list[Rule] = []
    for one, verdict in entries:
        found = cross(conditions, _entry(key, one, entries, table), shown({"vmap": value}))
        (kind, target), *_ = verdict.items() if isinstance(verdict, dict) and verdict else (("?", None),)
        if kind != "continue":
            rules += _ending(kind, target, table, found, base) or _each(found, replace(base, decision="unknown"))
    return rules


def _entries(data: Json, table: NftTable) -> list[tuple[Json, Json]] | None:
    """Key and value of each entry of a map; the entry for everything else comes last, as `*`. None when not known."""
    found = data.get("set") if isinstance(data, dict) else None
    if isinstance(data, str) and data.startswith("@") and data[1:] not in table.changing:
        found = table.sets.get(data[1:])
    if not isinstance(found, list) or len(found) > MOST_ALTERNATIVES or any(not (isinstance(one, list) and len(one) == 2) for one in found):
        return None
    pairs = [(one["elem"].get("val") if isinstance(one, dict) and isinstance(one.get("elem"), dict) else one, what) for one, what in found]
    return sorted(pairs, key=lambda pair: pair[0] == "*")


def _entry(key: Json, one: Json, entries: Sequence[tuple[Json, Json]], table: NftTable) -> list[Condition]:
    if one != "*":
        return holds(key, Elements((one,)), table)
    others = tuple(other for other, _ in entries if other != "*")
    return holds(key, Elements(others), table, negated=True) if others else [Condition()]


def _nat(kind: str, value: Mapping[str, Json], table: NftTable, conditions: Sequence[Condition], base: Rule) -> list[Rule]:
    """Translations: an address, a range, a network for a network, or one row per entry of a map."""
    family = FAMILIES.get(str(value.get("family", "")))
    if family:
        conditions = cross(conditions, [Condition(family=family)], "")
    whole = bool({"netmap", "prefix"} & (_words(value.get("flags")) | _words(value.get("type_flags"))))
    rule = replace(base, decision=kind, one_to_one=whole)
    unknown = [replace(rule, condition=one, decision="unknown") for one in conditions]
    address, port = value.get("addr"), value.get("port")
    mapped = address.get("map") if isinstance(address, dict) else None
    if not isinstance(mapped, dict):
        row = _to(rule, address, port)
        return unknown if row is None else _each(conditions, row)
    key, entries = mapped.get("key"), _entries(mapped.get("data"), table)
    if entries is None or not isinstance(key, dict):
        return unknown
    if key.keys() & set(_SPREADS):
        texts = [address_text(what) for _, what in entries]
        return _each(conditions, replace(rule, to_addresses=",".join(texts))) if all(texts) and port is None else unknown
    rules: list[Rule] = []
    for one, what in entries:
        found = cross(conditions, _entry(key, one, entries, table), shown({kind: dict(value)}))
        joined = what.get("concat") if isinstance(what, dict) else None
        row = _to(rule, *joined) if isinstance(joined, list) and len(joined) == 2 else _to(rule, what, port)
        rules += _each(found, row if row is not None else replace(rule, decision="unknown"))
    return rules


def _to(rule: Rule, address: Json, port: Json) -> Rule | None:
    """The rule with what it puts in; None when that is not understood."""
    to_addresses = address_text(address) or None
    to_ports = _port_text(port)
    if (address is not None and to_addresses is None) or (port is not None and to_ports is None) or str(to_addresses).startswith("@"):
        return None
    return replace(rule, to_addresses=to_addresses, to_ports=to_ports)


def _port_text(port: Json) -> str | None:
    ends: list[Any] = port["range"] if isinstance(port, dict) and isinstance(port.get("range"), list) else [port]
    if not 1 <= len(ends) <= 2 or any(type(one) is not int or not 0 <= one <= HIGHEST_PORT for one in ends):
        return None
    return "-".join(str(one) for one in ends)
