"""Host firewall: the profiles and the inbound rules in order of evaluation.

What the kernel filters comes from nftables and from iptables-save; rules that iptables keeps inside nftables
are read from iptables-save, where they are written in full. ufw and firewalld are front ends: they get a
profile `manager` that says whether they are on; the rules they make stand in `input`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import FirewallProfile, FirewallRule
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.filter import is_old, nothing_filters, read_filter, refused
from omamori.parse.linux.filter_rows import device_rows
from omamori.parse.linux.filter_rule import Filter
from omamori.parse.linux.firewall_iptables import Saved, read_saved
from omamori.parse.linux.firewall_manager import managers
from omamori.parse.linux.firewall_nft import NftTable, read_ruleset
from omamori.parse.linux.firewall_rules import Chain, Decision, Match, default_of, follow
from omamori.parse.linux.output import NOT_THERE, answered, first_line
from omamori.parse.sections import Section, read_sections

TABLES = ("firewall_profiles", "firewall_rules")
DEVICE_TABLES = ("device_chains", "device_rules", "device_unread")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_MOST_ROWS = 20_000
_LONGEST = 4000
"""A list of sources longer than this is cut in the row; the rule counts as conditional then."""
_SAVES = (("iptables", "ipv4"), ("ip6tables", "ipv6"), ("iptables-legacy", "ipv4"), ("ip6tables-legacy", "ipv6"))


@dataclass(frozen=True, slots=True)
class _Hook:
    """One base chain: the product it is told as, its chains, the packets it sees."""

    product: str
    hook: str
    family: str | None
    chains: Mapping[str, Chain]
    start: str


@dataclass(slots=True)
class _Kernel:
    """What the kernel filters: base chains, rules that send packets elsewhere before, what was not seen."""

    hooks: list[_Hook] = field(default_factory=list)
    redirects: list[tuple[Decision, str, str | None]] = field(default_factory=list)
    read: bool = False
    refused: bool = False
    line: int = 0
    problems: list[Problem] = field(default_factory=list)


def parse(data: bytes, context: Context) -> Parsed:
    """Return firewall_profiles and firewall_rules (what comes in), and device_chains and device_rules (every hook) of one machine."""
    sections = read_sections(data)
    kernel = _kernel(sections)
    rows: list[Any] = list(managers(sections))
    counts: dict[str, int] = {}
    rules: list[FirewallRule] = []
    for hook in sorted(kernel.hooks, key=lambda one: one.hook):
        profile, found = _rows(hook, counts, kernel)
        rows.append(profile)
        rules += found
    rows += _unfiltered(kernel)
    whole = read_filter(sections)
    looks = (*_looks(kernel, context), *_device_looks(whole, kernel, context))
    return Parsed((*rows, *rules, *(device_rows(whole) if whole else ())), looks, tuple(kernel.problems))


def _device_looks(found: Filter | None, kernel: _Kernel, context: Context) -> tuple[Look, ...]:
    if found is None or kernel.refused:
        hidden = kernel.refused or context.privileged is False
        return tuple(Look(table, complete=False, reason="needs_administrator" if hidden else "not_collected") for table in DEVICE_TABLES)
    if found.unread:
        return (*(Look(table, complete=False, reason="not_understood") for table in DEVICE_TABLES[:2]), Look(DEVICE_TABLES[2]))
    return tuple(Look(table) for table in DEVICE_TABLES)


def _unfiltered(kernel: _Kernel) -> list[FirewallProfile]:
    """A row for packets that meet no input chain at all: nothing filters them."""
    seen = {hook.family for hook in kernel.hooks if hook.hook == "input"}
    if not kernel.read or None in seen or {"ipv4", "ipv6"} <= seen:
        return []
    product, family = ("iptables", "ipv4") if "ipv6" in seen else ("ip6tables", "ipv6") if seen else ("nftables", None)
    none = FirewallProfile(
        product=product,
        profile="input",
        enabled=False,
        inbound_default="accept",
        logs_dropped=False,
        family=family,
        evidence=str(kernel.line),
    )
    return [none]


def _looks(kernel: _Kernel, context: Context) -> tuple[Look, ...]:
    if kernel.refused or (not kernel.read and context.privileged is False):
        return tuple(Look(table, complete=False, reason="needs_administrator") for table in TABLES)
    if not kernel.read:
        return tuple(Look(table, complete=False, reason="not_collected") for table in TABLES)
    if kernel.problems:
        return tuple(Look(table, complete=False, reason="not_understood") for table in TABLES)
    return tuple(Look(table) for table in TABLES)


def _kernel(sections: Mapping[str, Section]) -> _Kernel:
    kernel = _Kernel()
    saves = {name: sections[name] for name, _ in _SAVES if name in sections}
    saved = {name: read_saved(section.numbered()) for name, section in saves.items() if section.exit_code == 0}
    nft = sections.get("nft")
    tables = _nft(nft, kernel)
    for table in (tables or {}).values():
        # What iptables keeps here is read from iptables-save, which spells it out.
        name = {"ip": "iptables", "ip6": "ip6tables"}.get(table.family, "")
        if table.name not in saved.get(name, {}) or is_old(sections.get(name)):
            _nft_hooks(table, kernel)
    for name, family in _SAVES:
        for table_name, table_saved in saved.get(name, {}).items():
            _saved_hooks(name, family, table_name, table_saved, kernel)
    kernel.read = tables is not None or ("iptables" in saved and "ip6tables" in saved and not refused(nft)) or nothing_filters(sections)
    text = sections.get("nft-text")
    if tables is None and answered(text) and text is not None:
        kernel.problems.append(Problem(text.first_line, "rules as JSON: this nft is too old to print it"))
    kernel.problems += _legacy_unread(sections)
    kernel.refused = (refused(nft) and not answered(text)) or any(refused(section) for section in saves.values())
    if not kernel.line:
        kernel.line = min((section.first_line - 1 for section in sections.values()), default=0)
    return kernel


def _legacy_unread(sections: Mapping[str, Section]) -> list[Problem]:
    """Tables of the old iptables that the kernel holds although no tool there can print them.

    The probe asks for the old ones only where the kernel has some. On old systems `iptables-save` is itself the old one.
    """
    return [
        Problem(legacy.first_line - 1, f"the rules of the old {name}: {name}-legacy-save is not installed")
        for name in ("iptables", "ip6tables")
        if (legacy := sections.get(f"{name}-legacy")) and legacy.exit_code == NOT_THERE and not is_old(sections.get(name))
    ]


def _nft(section: Section | None, kernel: _Kernel) -> dict[tuple[str, str], NftTable] | None:
    printed = first_line(section)
    if section is None or section.exit_code != 0 or printed is None:
        return None
    try:
        document = json.loads(_SURROGATE.sub(r"\\ufffd", section.text))
    except (ValueError, RecursionError):
        document = None
    tables = read_ruleset(document, printed[0])
    if tables is None:
        kernel.problems.append(Problem(printed[0], "the JSON of `nft -j list ruleset`"))
        return None
    kernel.line = printed[0]
    return tables


def _nft_hooks(table: NftTable, kernel: _Kernel) -> None:
    for chain, (hook, _) in table.hooks.items():
        if table.family == "netdev" or hook not in ("input", "forward", "prerouting"):
            continue
        if hook == "prerouting":
            _redirects(table.chains, chain, "nftables", table.sees, kernel)
        else:
            kernel.hooks.append(_Hook("nftables", hook, table.sees, table.chains, chain))


def _saved_hooks(name: str, family: str, table_name: str, saved: Saved, kernel: _Kernel) -> None:
    product = name.removesuffix("-legacy")
    kernel.problems += saved.problems
    if table_name == "filter":
        for chain, hook in (("INPUT", "input"), ("FORWARD", "forward")):
            if chain in saved.chains:
                kernel.hooks.append(_Hook(product, hook, family, saved.chains, chain))
                kernel.line = kernel.line or saved.chains[chain].line
    elif table_name == "nat":
        _redirects(saved.chains, "PREROUTING", product, family, kernel)


def _redirects(chains: Mapping[str, Chain], start: str, product: str, family: str | None, kernel: _Kernel) -> None:
    """Packets sent elsewhere before the input hook (containers): whether the port is open cannot be told from input."""
    if start in chains:
        for decision in follow(chains, start)[0]:
            if decision.decision in ("unknown", "drop", "reject") and decision.line:
                kernel.redirects.append((decision, product, family))


def _rows(hook: _Hook, counts: dict[str, int], kernel: _Kernel) -> tuple[FirewallProfile, list[FirewallRule]]:
    counts[hook.hook] = counts.get(hook.hook, 0) + 1
    profile = hook.hook if counts[hook.hook] == 1 else f"{hook.hook} {counts[hook.hook]}"
    decisions, logs = follow(hook.chains, hook.start)
    base = hook.chains[hook.start]
    default = default_of(base.policy or "accept", decisions)
    filters = default != "accept" or any(one.decision in ("drop", "reject", "unknown") for one in decisions)
    row = FirewallProfile(
        product=hook.product,
        profile=profile,
        enabled=filters,
        inbound_default=default,
        logs_dropped=logs,
        family=hook.family,
        evidence=str(base.line),
    )
    if hook.hook != "input":
        return row, []
    before = [decision for decision, _, family in kernel.redirects if family in (None, hook.family) or hook.family is None]
    rules = list(islice((rule for decision in (*before, *decisions) for rule in _rule_rows(decision, hook, profile)), _MOST_ROWS))
    if len(rules) == _MOST_ROWS:
        kernel.problems.append(Problem(base.line, f"fewer than {_MOST_ROWS} rules at {profile}"))
    return row, [replace(rule, position=position) for position, rule in enumerate(rules)]


def _rule_rows(decision: Decision, hook: _Hook, profile: str) -> Iterator[FirewallRule]:
    match: Match = decision.match
    sources = ",".join(match.sources)
    for first, last in match.ports or ((None, None),):
        yield FirewallRule(
            product=hook.product,
            profile=profile,
            decision=decision.decision,
            protocol=match.protocol,
            port_first=first,
            port_last=last,
            sources=sources[:_LONGEST] or None,
            interface=match.interface,
            state=match.state,
            conditional=match.conditional or len(sources) > _LONGEST,
            rule_name=decision.name,
            family=match.family or hook.family,
            evidence=str(decision.line),
        )


PARSERS = (Parser(kind="linux.firewall", tables=(*TABLES, *DEVICE_TABLES), parse=parse),)
