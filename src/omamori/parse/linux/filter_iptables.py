"""Reads `iptables-save` and `ip6tables-save` exactly: every table, every chain (iptables(8), iptables-extensions(8))."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from omamori.parse.linux.filter_options import OPTIONS, VALUES, conditions_of
from omamori.parse.linux.filter_rule import Condition, Filter, FilterChain, NotRead, Rule, cross
from omamori.parse.linux.filter_spans import HIGHEST_PORT, address_span

_LONGEST = 10_000
_BROKEN = "(not read)"
_HOOKS = MappingProxyType(
    {"PREROUTING": "prerouting", "INPUT": "input", "FORWARD": "forward", "OUTPUT": "output", "POSTROUTING": "postrouting"}
)
_PRIORITIES = MappingProxyType({"raw": -300, "mangle": -150, "nat": -100, "filter": 0, "security": 50})
_DECISIONS = MappingProxyType(
    {"ACCEPT": "accept", "DROP": "drop", "REJECT": "reject", "RETURN": "return", "TARPIT": "drop", "NOTRACK": "notrack"}
)
_LOGS = ("LOG", "NFLOG", "ULOG")
_GO_ON = frozenset(
    ("MARK", "CONNMARK", "SECMARK", "CONNSECMARK", "TOS", "DSCP", "TTL", "HL", "CLASSIFY", "TRACE", "AUDIT", "SET",
     "TCPMSS", "CHECKSUM", "LED", "IDLETIMER", "RATEEST", "ECN", "HMARK", "TCPOPTSTRIP", "TEE", "ACCOUNT")
)  # fmt: skip
"""Targets that count a packet, mark it or change what neither rules nor routes look at, and let it go on."""


def tables_of(lines: Iterable[tuple[int, str]]) -> frozenset[str]:
    """Return the names of the tables in a save."""
    return frozenset(line.strip()[1:].strip() for _, line in lines if line.startswith("*"))


def read_save(lines: Iterable[tuple[int, str]], tool: str, family: str | None, found: Filter) -> None:
    """Add the chains of a save to `found`, named `tool table chain`. In: numbered lines, the tool that printed them, ipv4 or ipv6."""
    table = ""
    for number, line in lines:
        text = line.strip()
        if text.startswith("*"):
            table = text[1:].strip()
        elif text.startswith(":") and table:
            _declare(number, text, f"{tool} {table}", family, found)
        elif text.startswith(("-A ", "[")) and table:
            _append(number, text, f"{tool} {table}", family, found)
        elif text and text != "COMMIT" and not text.startswith("#"):
            found.unread.append(NotRead(number, text, f"{tool} {table}"))


def _declare(number: int, text: str, table: str, family: str | None, found: Filter) -> None:
    words = text[1:].split()
    if not words:
        found.unread.append(NotRead(number, text, table))
        return
    chain = found.chains.setdefault(f"{table} {words[0]}", FilterChain(f"{table} {words[0]}", number, family))
    name = table.split(" ", 1)[1]
    hook = _HOOKS.get(words[0])
    chain.nat = name == "nat"
    if hook is None or chain.hook is not None:
        return
    if name not in _PRIORITIES:
        found.unread.append(NotRead(number, text, table))
        return
    chain.hook = hook
    chain.priority = 100 if name == "nat" and hook in ("input", "postrouting") else _PRIORITIES[name]
    chain.policy = "drop" if words[1:2] == ["DROP"] else "accept"


@dataclass(slots=True)
class _Said:
    """The words of one rule, sorted: conditions as (option, negated, values), then the target with its own options."""

    conditions: list[tuple[str, bool, tuple[str, ...]]] = field(default_factory=list)
    target: str = ""
    goes: bool = False
    options: dict[str, str] = field(default_factory=dict)


def _append(number: int, text: str, table: str, family: str | None, found: Filter) -> None:
    counter, _, rest = text.partition("] ") if text.startswith("[") else ("", "", text)
    words = _words(rest)
    if len(words) < 2 or words[0] != "-A":
        found.unread.append(NotRead(number, text, table))
        return
    if f"{table} {words[1]}" not in found.chains and words[1] in _HOOKS:
        # The kernel has the chain although the file does not say so; nor does it say its policy.
        _declare(number, f":{words[1]} ACCEPT", table, family, found)
        found.unread.append(NotRead(number, f"the policy of {words[1]}", table, "device_chains"))
    chain = found.chains.setdefault(f"{table} {words[1]}", FilterChain(f"{table} {words[1]}", number, family))
    packets = counter.removeprefix("[").partition(":")[0]
    hits = int(packets) if packets.isascii() and packets.isdigit() and len(packets) < 19 else None
    said = _said(words[2:])
    chain.printed += 1
    name = next((values[0] for option, _, values in said.conditions if option == "--comment" and values), f"{words[1]} {chain.printed}")
    base = Rule(number, Condition(family=family), "continue", name=name, hits=hits)
    conditions = [base.condition]
    for option, negated, values in said.conditions:
        written = " ".join((*(["!"] if negated else []), option, *values))[:120]
        conditions = cross(conditions, conditions_of(option, negated, values, family), written)
    rule = _target(said, base, table, chain, found)
    found.add(chain, [replace(rule, condition=one) for one in conditions], number)


def _words(text: str) -> list[str]:
    """The words of a rule; of one whose quotes do not close, or that no person wrote, only the first two: no options can be trusted."""
    # shlex takes ever longer per character, and no real rule is that long.
    try:
        return shlex.split(text) if len(text) < _LONGEST else [*text[:_LONGEST].split()[:2], _BROKEN]
    except ValueError:
        return [*text.split()[:2], _BROKEN]


def _said(words: Sequence[str]) -> _Said:
    said = _Said()
    position, negated = 0, False
    while position < len(words):
        option = words[position]
        position += 1
        if option == "!":
            negated = True
            continue
        option = OPTIONS.get(option, option)
        count = VALUES.get(option)
        if count is None:
            count = 0
            while position + count < len(words) and not words[position + count].startswith("-") and words[position + count] != "!":
                count += 1
        elif words[position : position + 1] == ["!"] and count:
            negated, position = True, position + 1  # as old versions print it
        values = tuple(words[position : position + count])
        position += count
        if said.target:
            said.options[option] = " ".join(values)
        elif option in ("-j", "-g"):
            said.target, said.goes = values[0] if values else "?", option == "-g"
        else:
            said.conditions.append((option, negated, values))
        negated = False
    return said


def _target(said: _Said, base: Rule, table: str, chain: FilterChain, found: Filter) -> Rule:
    """The rule with what it does; what is no known target is a chain, or unknown."""
    name = said.target
    if any(option == _BROKEN for option, _, _ in said.conditions):
        return replace(base, decision="unknown")
    if not name or name in _GO_ON:
        return base
    if name in _DECISIONS:
        return replace(base, decision=_DECISIONS[name])
    if name in _LOGS:
        return replace(base, logs=True)
    if name == "CT":
        only = said.options.keys() <= {"--notrack", "--helper", "--timeout", "--ctevents", "--expevents"}
        return replace(base, decision="notrack" if "--notrack" in said.options else "continue" if only else "unknown")
    if f"{table} {name}" in found.chains:
        return replace(base, decision="goto" if said.goes else "jump", target=f"{table} {name}")
    translated = _translation(name, said, base, chain)
    return translated or replace(base, decision="unknown", name=name if base.name is None else f"{base.name} {name}")


def _translation(name: str, said: _Said, base: Rule, chain: FilterChain) -> Rule | None:
    if name in ("MASQUERADE", "REDIRECT"):
        ports = said.options.get("--to-ports")
        known = _ports(ports) if ports is not None else None
        return None if ports is not None and known is None else replace(base, decision=name.lower(), to_ports=known)
    if name == "NETMAP":
        decision = {"prerouting": "dnat", "output": "dnat", "input": "snat", "postrouting": "snat"}.get(chain.hook or "")
        network = said.options.get("--to", "")
        if decision is None or address_span(network) is None:
            return None
        return replace(base, decision=decision, to_addresses=network, one_to_one=True)
    option = {"DNAT": "--to-destination", "SNAT": "--to-source"}.get(name)
    if option is None or option not in said.options:
        return None
    addresses, ports = _ends(said.options[option])
    if (addresses and address_span(addresses) is None) or (ports and _ports(ports) is None) or not (addresses or ports):
        return None
    return replace(base, decision=name.lower(), to_addresses=addresses or None, to_ports=_ports(ports) if ports else None)


def _ends(text: str) -> tuple[str, str]:
    """`10.0.0.1-10.0.0.9:80-90` or `[2001:db8::1]:80`: the addresses and the ports."""
    if text.startswith("["):
        inside, _, rest = text[1:].partition("]")
        return inside, rest.removeprefix(":")
    if text.count(":") > 1:
        return text, ""
    addresses, _, ports = text.partition(":")
    return addresses, ports


def _ports(text: str) -> str | None:
    first, _, last = text.partition("-")
    numbers = list(_numbers((first, last or first)))
    if len(numbers) < 2 or numbers[0] > numbers[1]:
        return None
    return str(numbers[0]) if numbers[0] == numbers[1] else f"{numbers[0]}-{numbers[1]}"


def _numbers(texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        if text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= HIGHEST_PORT:
            yield int(text)
