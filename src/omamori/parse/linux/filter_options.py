"""What one option of an iptables rule asks of a packet (iptables(8), iptables-extensions(8))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from omamori.parse.linux.filter_flags import FLAGS, flag_conditions
from omamori.parse.linux.filter_places import address_type
from omamori.parse.linux.filter_rule import CONNECTION, Condition, cross
from omamori.parse.linux.filter_spans import HIGHEST, HIGHEST_PORT, Names, Span, Spans, address_span
from omamori.parse.linux.filter_words import ICMP, ICMPV6, protocol

OPTIONS = MappingProxyType(
    {
        "--protocol": "-p", "--source": "-s", "--src": "-s", "--destination": "-d", "--dst": "-d", "--in-interface": "-i",
        "--out-interface": "-o", "--fragment": "-f", "--match": "-m", "--jump": "-j", "--goto": "-g", "--source-port": "--sport",
        "--destination-port": "--dport", "--source-ports": "--sports", "--destination-ports": "--dports", "--port": "--ports",
        "--state": "--ctstate", "--icmpv6-type": "--icmp-type", "--tcp-flag": "--tcp-flags", "--to-port": "--to-ports",
    }
)  # fmt: skip
"""Other spellings of an option, and those that mean the same."""
VALUES: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(
            ("-p", "-s", "-d", "-i", "-o", "-m", "-j", "-g", "--sport", "--dport", "--sports", "--dports", "--ports", "--ctstate", "--ctstatus",
             "--ctdir", "--icmp-type", "--src-range", "--dst-range", "--src-type", "--dst-type", "--comment", "--log-prefix", "--nflog-prefix",
             "--ulog-prefix", "--string", "--hex-string", "--to-ports", "--to-destination", "--to-source", "--to", "--reject-with"),
            1,
        ),
        **dict.fromkeys(("-f", "--syn", "-4", "-6", "--notrack", "--random", "--persistent", "--random-fully"), 0),
        "--tcp-flags": 2,
        "--match-set": 2,
    }
)  # fmt: skip
_MODULES = frozenset(
    ("tcp", "udp", "udplite", "sctp", "dccp", "icmp", "icmp6", "icmpv6", "ipv6-icmp", "comment", "conntrack", "state", "multiport", "iprange",
     "addrtype", "set", "limit", "mark", "connmark", "mac", "physdev", "time", "owner", "string", "u32", "length", "ttl", "hl", "tos", "dscp",
     "pkttype", "hashlimit", "connlimit", "connbytes", "helper", "policy", "realm", "recent", "rt", "statistic", "cgroup", "bpf", "geoip", "quota")
)  # fmt: skip
"""Modules that ask for nothing by themselves; their options do. Any other module may."""


def conditions_of(option: str, negated: bool, values: Sequence[str], family: str | None) -> list[Condition]:
    """Return the alternatives an option allows: one must hold; none when it never holds.

    In: the option in its short form, whether `!` stands before it, its values, the family of the rule's table.
    """
    value = values[0] if values else ""
    text = " ".join((*(["!"] if negated else []), option, *values))[:120]
    unread = [Condition(unread=(text,))]
    if option == "--comment" or (option == "-m" and value in _MODULES):
        return [Condition()]
    if option in ("-4", "-6"):
        return [Condition(family="ipv4" if option == "-4" else "ipv6")]
    if option == "-p":
        return _protocol(value, negated) or unread
    if option in ("-s", "-d", "--src-range", "--dst-range"):
        return _addresses(option, value, negated, family) or unread
    if option in ("-i", "-o"):
        names = Names((f"{value[:-1]}*" if value.endswith("+") else value,), negated)
        if value in ("+", "") and not negated:
            return [Condition()]
        return [Condition(interface_in=names) if option == "-i" else Condition(interface_out=names)]
    if option in ("--sport", "--dport", "--sports", "--dports", "--ports"):
        return _ports(option, value, negated) or unread
    if option == "--ctstate":
        return _states(value.lower().split(","), negated, text)
    if option == "--ctstatus" and value.upper() == "DNAT":
        return [Condition(states=(Names(("dnat",), negated),))]
    if option == "--ctdir":
        later = Condition(states=(Names(("established", "related")),), unread=(text,))
        return [Condition(states=(Names(("new",)),)), later] if (value == "ORIGINAL") != negated else [later]
    if option == "--syn":
        return _flags("FIN,SYN,RST,ACK", "SYN", negated, text)
    if option == "--tcp-flags" and len(values) == 2:
        return _flags(values[0], values[1], negated, text)
    if option == "--icmp-type":
        return _icmp(value, negated, family, text)
    if option == "--dst-type" and not negated:
        return address_type(value.lower().split(","), text, family)
    return unread


def _protocol(value: str, negated: bool) -> list[Condition] | None:
    if value in ("all", "0"):
        return [] if negated else [Condition()]
    known = protocol(value)
    return [Condition(protocol=Names((known,), negated))] if known else None


def _addresses(option: str, value: str, negated: bool, family: str | None) -> list[Condition] | None:
    spans = [address_span(part) for part in value.split(",")]
    known = [span for span in spans if span]
    if len(known) < len(spans) or len({version for version, _ in known}) != 1 or (family and known[0][0] != family):
        return None
    found = Spans.of([span for _, span in known], HIGHEST[known[0][0]], negated=negated)
    if found.nothing:
        return []
    if option in ("-s", "--src-range"):
        return [Condition(family=known[0][0], sources=found)]
    return [Condition(family=known[0][0], destinations=found)]


def _ports(option: str, value: str, negated: bool) -> list[Condition] | None:
    found: list[Span] = []
    for part in value.split(","):
        first, colon, last = part.partition(":")
        ends = [first or "0", (last or str(HIGHEST_PORT)) if colon else first]
        if any(not (end.isascii() and end.isdigit() and len(end) < 6) for end in ends) or not int(ends[0]) <= int(ends[1]) <= HIGHEST_PORT:
            return None
        found.append((int(ends[0]), int(ends[1])))
    inside = Spans.of(found, HIGHEST_PORT)
    spans = Spans(inside.inside, HIGHEST_PORT, negated)
    if option in ("--sport", "--sports"):
        return [Condition(source_ports=spans)]
    if option in ("--dport", "--dports"):
        return [Condition(destination_ports=spans)]
    if negated:
        return [Condition(source_ports=spans, destination_ports=spans)]
    # Either of both; the second alternative leaves out what the first has.
    return [Condition(destination_ports=inside), Condition(source_ports=inside, destination_ports=Spans(inside.inside, HIGHEST_PORT, True))]


def _states(words: Sequence[str], negated: bool, text: str) -> list[Condition]:
    known = tuple(word for word in words if word in CONNECTION or word == "dnat")
    if len(known) == len(words):
        return [Condition(states=(Names(known, negated),))]
    if negated or not known:
        return [Condition(states=(Names(known, True),) if known else (), unread=(text,))]
    return [Condition(states=(Names(known),)), Condition(states=(Names(known, True),), unread=(text,))]


def _flags(mask: str, wanted: str, negated: bool, text: str) -> list[Condition]:
    bits = [_bits(mask), _bits(wanted)]
    if bits[0] is None or bits[1] is None:
        return [Condition(protocol=Names(("tcp",)), unread=(text,))]
    looked, value = bits[0], bits[1]
    return flag_conditions(lambda flags: (flags & looked == value) != negated, text)


def _bits(text: str) -> int | None:
    total = 0
    for word in text.lower().split(","):
        bit = {"all": 63, "none": 0}.get(word, FLAGS.get(word))
        if bit is None:
            return None
        total |= bit
    return total


def _icmp(value: str, negated: bool, family: str | None, text: str) -> list[Condition]:
    six = family == "ipv6"
    known = Names(("58",) if six else ("icmp",))
    name, slash, code = value.partition("/")
    if name in ("any", "255") and not slash:
        return [] if negated else [Condition(protocol=known)]
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 4 else (ICMPV6 if six else ICMP).get(name)
    if number is None or number > 255 or (slash and negated):
        return [Condition(protocol=known, unread=(text,))]
    types = Spans(((number, number),), 255, negated)
    return cross([Condition(protocol=known, destination_ports=types)], [Condition(unread=(text,) if code else ())], text)
