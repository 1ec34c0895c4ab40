"""Reads `iptables-save` and `ip6tables-save`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from omamori.model.look import Problem
from omamori.parse.linux.firewall_rules import Chain, Line, Match, Target, port_range

_TARGETS: Mapping[str, Target] = {
    "ACCEPT": "accept",
    "DROP": "drop",
    "REJECT": "reject",
    "TARPIT": "drop",
    "RETURN": "return",
    "LOG": "log",
    "NFLOG": "log",
    "ULOG": "log",
}
_GO_ON = frozenset(
    [
        "MARK",
        "CONNMARK",
        "SECMARK",
        "CONNSECMARK",
        "TOS",
        "DSCP",
        "TTL",
        "HL",
        "CLASSIFY",
        "TRACE",
        "AUDIT",
        "SET",
        "CT",
        "NOTRACK",
        "TCPMSS",
        "CHECKSUM",
        "LED",
    ]
)
"""Targets that change or count a packet and let it go on."""
_SILENT = frozenset(("tcp", "udp", "icmp", "icmp6", "ipv6-icmp", "comment", "conntrack", "state", "multiport", "addrtype", "iprange"))
"""Match modules that narrow nothing by themselves; their options do."""
_PROTOCOLS = {"6": "tcp", "17": "udp", "1": "icmp", "icmpv6": "icmp", "ipv6-icmp": "icmp", "58": "icmp", "all": None}


@dataclass(slots=True)
class Saved:
    """One table's chains as saved, and what was not understood."""

    chains: dict[str, Chain] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_saved(lines: Iterator[tuple[int, str]]) -> dict[str, Saved]:
    """Return the tables of a save (filter, nat …) with their chains. In: numbered lines."""
    tables: dict[str, Saved] = {}
    table = Saved()
    for number, line in lines:
        text = line.strip()
        if text.startswith("*"):
            table = tables.setdefault(text[1:].strip(), Saved())
        elif text.startswith(":"):
            words = text[1:].split()
            policy = {"ACCEPT": "accept", "DROP": "drop"}.get(words[1] if len(words) > 1 else "-")
            if words:
                table.chains[words[0]] = Chain(policy, number)
        elif text.startswith(("-A ", "[")):
            _append(table, number, text)
        elif text and not text.startswith("#") and text != "COMMIT":
            table.problems.append(Problem(number, "a line of iptables-save: `*table`, `:CHAIN`, `-A CHAIN …` or COMMIT"))
    return tables


def _append(table: Saved, number: int, text: str) -> None:
    try:
        # shlex takes ever longer per character, and no real rule is that long: such a line is a problem.
        words = shlex.split(text.partition("] ")[2] if text.startswith("[") else text) if len(text) < 10_000 else []
    except ValueError:
        words = []
    if len(words) < 2 or words[0] != "-A":
        table.problems.append(Problem(number, "a rule: `-A CHAIN conditions -j TARGET`"))
        return
    table.chains.setdefault(words[1], Chain(line=number)).lines.append(_rule(number, words[2:]))


def _rule(number: int, words: Sequence[str]) -> Line:
    """One rule; an option that is not known narrows it by something that no column holds."""
    match, target, name = Match(), "", None
    jump: Target = "jump"
    position, negated = 0, False
    while position < len(words):
        option, value = words[position], words[position + 1] if position + 1 < len(words) else ""
        position += 2
        if option == "!":
            negated, position = True, position - 1
            continue
        if option in ("-j", "-g"):
            target, jump = value, "goto" if option == "-g" else "jump"
            break
        if option == "--comment":
            name = value
        elif option == "-m" and value in _SILENT:
            pass
        else:
            match, one_word = _condition(match, option, value, negated)
            position -= one_word
        negated = False
    if not target or target in _GO_ON:
        return Line(number, match, "pass", name=name)
    known = _TARGETS.get(target)
    if known is not None:
        return Line(number, match, known, name=name)
    if target.isupper() and target in ("NFQUEUE", "QUEUE", "TPROXY", "REDIRECT", "DNAT", "SNAT", "MASQUERADE", "SYNPROXY", "NETMAP"):
        return Line(number, replace(match, conditional=True), "unknown", name=target)
    return Line(number, match, jump, chain=target, name=name)


def _condition(match: Match, option: str, value: str, negated: bool) -> tuple[Match, int]:
    """Return the match with one more condition, and 1 when the option had no value."""
    if negated:
        return replace(match, conditional=True), 0 if not value.startswith("-") else 1
    if option in ("-p", "--protocol"):
        return replace(match, protocol=_PROTOCOLS.get(value, value)), 0
    if option in ("--dport", "--destination-port", "--dports", "--destination-ports"):
        ranges = [port_range(part) for part in value.split(",")]
        known = tuple(one for one in ranges if one is not None)
        return replace(match, ports=known, conditional=match.conditional or len(known) < len(ranges)), 0
    if option in ("-s", "--source", "--src-range"):
        return (match, 0) if value in ("0.0.0.0/0", "::/0") else (replace(match, sources=(_source(value),)), 0)
    if option in ("-i", "--in-interface"):
        return replace(match, interface=value) if not value.endswith("+") else replace(match, conditional=True), 0
    if option in ("--ctstate", "--state"):
        return replace(match, state=",".join(sorted(value.lower().split(",")))), 0
    if option == "--dst-type" and value == "LOCAL":
        return match, 0  # every packet for this machine
    if option == "--syn":
        return replace(match, state=match.state or "new"), 1
    if option == "--match-set":
        return replace(match, sources=(f"set:{value}",), conditional=True), -1
    if option == "--tcp-flags":
        return replace(match, conditional=True), -1
    return replace(match, conditional=True), 1 if value.startswith("-") or value == "!" else 0


def _source(value: str) -> str:
    return value.removesuffix("/32") if "." in value else value.removesuffix("/128")
