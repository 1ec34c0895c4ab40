"""What a comparison of TCP flags asks of a connection.

Real connections open with SYN and carry ACK or RST from then on (RFC 9293; the offer to mark congestion: RFC 3168). Every other
combination is one that Linux calls invalid (net/netfilter/nf_conntrack_proto_tcp.c, tcp_valid_flags): no connection contains it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from omamori.parse.linux.filter_rule import Condition
from omamori.parse.linux.filter_spans import Names

FLAGS = MappingProxyType({"fin": 1, "syn": 2, "rst": 4, "psh": 8, "ack": 16, "urg": 32, "ecn": 64, "ece": 64, "cwr": 128})
_IGNORED = FLAGS["psh"] | FLAGS["ecn"] | FLAGS["cwr"]
_VALID = frozenset((2, 2 | 32, 2 | 16, 4, 4 | 16, 1 | 16, 1 | 16 | 32, 16, 16 | 32))
_OPENS = (2, 2 | 64 | 128)
"""What the first packet of a connection carries: SYN, with or without the offer to mark congestion."""


def compared_flags(op: Any, left: Any, right: Any, text: str) -> list[Condition] | None:
    """Return the alternatives of an nftables comparison of TCP flags, with or without a mask; None when it is none. `text`: as written."""
    looked: int | None = 255
    if isinstance(left, dict) and isinstance(left.get("&"), list) and len(left["&"]) == 2:
        left, wanted = left["&"]
        looked = _bits(wanted)
    if left != {"payload": {"protocol": "tcp", "field": "flags"}}:
        return None
    each = right["set"] if isinstance(right, dict) and isinstance(right.get("set"), list) else [right]
    values = [_bits(one) for one in each]
    known = [value for value in values if value is not None]
    if looked is None or len(known) < len(values) or op not in ("==", "!=", "in", "!"):
        return [Condition(protocol=Names(("tcp",)), unread=(text,))]
    mask = looked

    def matches(flags: int) -> bool:
        if op in ("in", "!"):
            return any(flags & mask & value for value in known) is (op == "in")
        return ((flags & mask) in known) is (op == "==")

    return flag_conditions(matches, text)


def flag_conditions(matches: Callable[[int], bool], text: str) -> list[Condition]:
    """Return the alternatives of a comparison of TCP flags: the states of a connection in which its packets carry such flags.

    In: whether a byte of flags matches. The states are `!ack` (a connection's first packet), `ack` (every later one) and `invalid`;
    one of which only some packets match also has the comparison as unread.
    """
    kinds: dict[tuple[str, bool], list[bool]] = {("ack", True): [], ("ack", False): [], ("invalid", False): []}
    for flags in range(256):
        valid = flags & ~_IGNORED in _VALID
        if flags in _OPENS:
            kinds["ack", True].append(matches(flags))
        elif valid and flags & (FLAGS["rst"] | FLAGS["ack"]):
            kinds["ack", False].append(matches(flags))
        elif not valid:
            kinds["invalid", False].append(matches(flags))
    return [
        Condition(protocol=Names(("tcp",)), states=(Names((state,), negated),), unread=() if all(found) else (text,))
        for (state, negated), found in kinds.items()
        if any(found)
    ]


def _bits(value: Any) -> int | None:
    if isinstance(value, dict) and isinstance(value.get("|"), list):
        value = value["|"]
    if isinstance(value, list):
        total = 0
        for one in value:
            bit = FLAGS.get(one) if isinstance(one, str) else None
            if bit is None:
                return None
            total |= bit
        return total
    if isinstance(value, str):
        return FLAGS.get(value)
    return value if type(value) is int and 0 <= value <= 255 else None
