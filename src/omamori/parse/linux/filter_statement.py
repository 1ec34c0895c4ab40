"""Statements of one nftables rule in text, as the JSON form has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from omamori.parse.linux.filter_value import value_of, word_value

Json = Any
_META = frozenset(
    ("iif", "oif", "iifname", "oifname", "iiftype", "oiftype", "iifgroup", "oifgroup", "mark", "skuid", "skgid", "rtclassid",
     "pkttype", "cpu", "l4proto", "nfproto", "cgroup", "priority", "protocol", "length", "random", "ipsec", "time", "day",
     "hour")
)  # fmt: skip
_HEADERS = ("ip", "ip6", "tcp", "udp", "udplite", "sctp", "dccp", "th", "icmp", "icmpv6", "ether", "arp", "vlan", "ah", "esp", "comp")
_OPS = ("==", "!=", "<", ">", "<=", ">=", "!")
_SAME = {"eq": "==", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">="}
_VERDICTS = ("accept", "drop", "continue", "return")
_NAT = ("dnat", "snat", "masquerade", "redirect")
_LOG = ("prefix", "group", "level", "snaplen", "queue-threshold", "flags")


def statements(words: Sequence[str]) -> tuple[list[Json], str | None]:
    """Return the statements of a rule and its comment. What is not understood stays as text, which makes the rule uncertain."""
    found: list[Json] = []
    comment: str | None = None
    at = 0
    while at < len(words):
        word = words[at]
        if word == "comment" and at + 1 < len(words):
            comment, at = words[at + 1].strip('"'), at + 2
            continue
        step = _statement(words, at)
        if step is None:
            found += _rest(words, at)
            break
        found.append(step[0])
        at = step[1]
    return found, comment


def _rest(words: Sequence[str], at: int) -> list[Json]:
    """A rule from the word on that was not understood: a condition, where its verdict is plain; else it may do anything."""
    text = " ".join(words[at:])[:120]
    ends = list(words[at:])
    if "comment" in ends:
        ends = ends[: ends.index("comment")]
    if ends and ends[-1] in ("accept", "drop", "return") and not set(_NAT) & set(ends):
        return [{"text": text}, {ends[-1]: None}]
    if len(ends) > 1 and ends[-2] in ("jump", "goto"):
        return [{"text": text}, {ends[-2]: {"target": ends[-1]}}]
    return [{"?": text}]


def _statement(words: Sequence[str], at: int) -> tuple[Json, int] | None:
    word = words[at]
    if word in _VERDICTS or word == "notrack":
        return {word: None}, at + 1
    if word in ("jump", "goto") and at + 1 < len(words):
        return {word: {"target": words[at + 1].strip('"')}}, at + 2
    if word == "reject":
        at += 1
        if at < len(words) and words[at] == "with":
            at = next((place for place in range(at, len(words)) if words[place] == "comment"), len(words))
        return {"reject": None}, at
    if word == "counter":
        return _counter(words, at + 1)
    if word == "log":
        return _log(words, at + 1)
    if word == "limit":
        return _limit(words, at + 1)
    if word in _NAT:
        return _nat(word, words, at + 1)
    if word == "flow":
        return {"flow": {}}, at + 3
    return _match(words, at)


def _counter(words: Sequence[str], at: int) -> tuple[Json, int]:
    if words[at : at + 1] == ["packets"] and at + 3 < len(words):
        return {"counter": {"packets": word_value(words[at + 1])}}, at + 4
    return {"counter": None}, at + 2 if words[at : at + 1] == ["name"] else at


def _log(words: Sequence[str], at: int) -> tuple[Json, int]:
    while at + 1 < len(words) and words[at] in _LOG:
        if words[at] == "flags" and words[at + 1] in ("tcp", "ip"):
            at += 1
        at += 2
        while at + 1 < len(words) and words[at] == ",":
            at += 2
    return {"log": None}, at


def _limit(words: Sequence[str], at: int) -> tuple[Json, int] | None:
    if words[at : at + 1] != ["rate"]:
        return None
    over = words[at + 1 : at + 2] == ["over"]
    at += 2 if over else 1
    rate = words[at] if at < len(words) else "?"
    at += 1
    if at < len(words) and "/" in words[at]:  # `10 mbytes/second`
        rate, at = f"{rate} {words[at]}", at + 1
    if words[at : at + 1] == ["burst"]:
        at += 3
    amount, _, per = rate.partition("/")
    return {"limit": {"rate": amount, "per": per, "inv": over}}, at


def _left(words: Sequence[str], at: int) -> tuple[Json, int] | None:
    """One thing to compare: of the packet, of its way, of its connection."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in _META:
        return {"meta": {"key": word}}, at + 1
    if word == "meta" and following:
        return {"meta": {"key": following}}, at + 2
    if word == "ct" and following in ("original", "reply"):
        at += 2
        extra = words[at : at + 2] if words[at : at + 1] and words[at] in ("ip", "ip6") else words[at : at + 1]
        return {"ct": {"key": " ".join(extra), "dir": following}}, at + len(extra)
    if word == "ct" and following:
        return {"ct": {"key": following}}, at + 2
    if word in _HEADERS and following:
        return {"payload": {"protocol": word, "field": following}}, at + 2
    if word == "fib" and following:
        flags = [following]
        at += 2
        while at + 1 < len(words) and words[at] == ".":
            flags.append(words[at + 1])
            at += 2
        result = words[at] if at < len(words) else ""
        return {"fib": {"result": result, "flags": flags}}, at + 1
    return None


def _match(words: Sequence[str], at: int) -> tuple[Json, int] | None:
    if words[at : at + 2] == ["tcp", "option"] and "set" in words[at + 2 : at + 5]:
        return {"mangle": {"key": {"tcp option": None}}}, len(words)
    first = _left(words, at)
    if first is None:
        return None
    parts = [first[0]]
    at = first[1]
    while at + 1 < len(words) and words[at] == ".":
        more = _left(words, at + 1)
        if more is None:
            return None
        parts.append(more[0])
        at = more[1]
    left: Json = {"concat": parts} if len(parts) > 1 else parts[0]
    if at < len(words) and words[at] == "&":
        mask, at = _mask(words, at + 1)
        left = {"&": [left, mask]}
    if at >= len(words):
        return None
    if words[at] == "set":
        value, at = value_of(words, at + 1)
        return {"mangle": {"key": left, "value": value}}, at
    if words[at] == "vmap":
        data, at = value_of(words, at + 1)
        return {"vmap": {"key": left, "data": data}}, at
    op = _SAME.get(words[at], words[at])
    at = at + 1 if op in _OPS else at
    right, end = _right(words, at)
    if op not in _OPS:
        bits = left.get("ct", {}).get("key") in ("state", "status") or left.get("payload", {}).get("field") == "flags"
        op = "in" if bits and not isinstance(right, dict) else "=="
    if words[end : end + 1] == ["/"]:  # `tcp flags syn / fin,syn,rst,ack`
        mask, end = value_of(words, end + 1)
        left, op = {"&": [left, mask]}, "!=" if op in ("!=", "!") else "=="
    return {"match": {"op": op, "left": left, "right": right}}, end


def _right(words: Sequence[str], at: int) -> tuple[Json, int]:
    if at < len(words) and words[at] in ("missing", "exists"):
        return words[at] == "exists", at + 1
    if at < len(words) and words[at].startswith("("):
        return _mask(words, at)
    return value_of(words, at)


def _mask(words: Sequence[str], at: int) -> tuple[Json, int]:
    """`(fin | syn | rst | ack)` or one word."""
    if at < len(words) and words[at].startswith("("):
        text = ""
        while at < len(words):
            text += words[at]
            at += 1
            if text.endswith(")"):
                break
        return [part for part in text.strip("()").split("|") if part], at
    return value_of(words, at)


def _nat(kind: str, words: Sequence[str], at: int) -> tuple[Json, int] | None:
    said: dict[str, Json] = {}
    while at < len(words) and words[at] in ("ip", "ip6", "prefix", "interval", "addr", "port", "."):
        if words[at] in ("ip", "ip6"):
            said["family"] = words[at]
        elif words[at] == "prefix":
            said["type_flags"] = ["prefix"]
        at += 1
    if at < len(words) and words[at] == "to":
        at += 1
        key = _left(words, at) if at < len(words) else None
        if key is not None:
            return _mapped_nat(kind, said, words, at)
        if at >= len(words) or not _target(words[at], said):
            return None
        at += 1
    while at < len(words) and words[at] in ("random", "persistent", "fully-random", ","):
        at += 1
    return {kind: said or None}, at


def _mapped_nat(kind: str, said: dict[str, Json], words: Sequence[str], at: int) -> tuple[Json, int] | None:
    parts: list[Json] = []
    while True:
        part = _left(words, at)
        if part is None:
            return None
        parts.append(part[0])
        at = part[1]
        if words[at : at + 1] != ["."] or at + 1 >= len(words):
            break
        at += 1
    if words[at : at + 1] != ["map"]:
        return None
    data, at = value_of(words, at + 1)
    said["addr"] = {"map": {"key": {"concat": parts} if len(parts) > 1 else parts[0], "data": data}}
    return {kind: said}, at


def _target(word: str, said: dict[str, Json]) -> bool:
    """`10.0.0.1`, `10.0.0.1:80`, `:80`, `[2001:db8::1]:80`, ranges of each."""
    address, colon, port = word, "", ""
    if word.startswith("["):
        address, _, rest = word[1:].partition("]")
        colon, port = rest[:1], rest[1:]
    elif word.count(":") == 1:
        address, colon, port = word.partition(":")
    if address:
        said["addr"] = word_value(address)
    if colon:
        said["port"] = word_value(port)
    return bool(said.get("addr") or colon) and isinstance(said.get("port", 0), int | dict)
