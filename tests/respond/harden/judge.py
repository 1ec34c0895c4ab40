"""Holds a Windows firewall after a plan against what it was, by the analyzer of Windows firewalls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from omamori.analyze.addresses import Network, networks_of
from omamori.analyze.firewall_windows import reach_windows
from omamori.model.network import FirewallProfile, FirewallRule
from omamori.parse.windows.registry.firewall import rule_rows
from omamori.respond.harden.changes import WindowsRule
from omamori.respond.harden.facts import KeptRule
from omamori.respond.harden.firewall_ground import CHANGED, Ground, decisions
from omamori.respond.harden.measures.windows_firewall_on import rules_for, weak_profiles
from omamori.respond.harden.rule_text import opens, read_rule

Pair = tuple[str, str, int, str | None, str]
SOURCES = ("10.1.1.9", "10.1.1.77", "10.1.2.5", "10.9.9.9", "203.0.113.7", "2001:db8::5", "fe80::9")
PORTS = (("tcp", 445), ("tcp", 3389), ("tcp", 5005), ("tcp", 49160), ("udp", 137), ("udp", 67))
PROGRAMS = ("System", "x.exe", None)


def rows_of(kept: Sequence[KeptRule]) -> tuple[FirewallRule, ...]:
    read = [one for one in (read_rule(each.text) for each in kept) if one and one.one("dir") == "In" and one.one("active") == "TRUE"]
    return tuple(row for number, one in enumerate(read) for row in rule_rows(one, number, frozenset()))


def is_one_of(source: str, words: Sequence[str], local: Sequence[Network]) -> bool:
    known = (local if word.lower() == "localsubnet" else networks_of(word) for word in words)
    return any(network.holds(source) for networks in known for network in networks)


def reached(profiles: Sequence[FirewallProfile], rows: Sequence[FirewallRule], local: Sequence[Network]) -> tuple[set[Pair], set[Pair]]:
    """Return who may reach what, and who reaches it for certain, in each profile: the net may change."""
    may: set[Pair] = set()
    must: set[Pair] = set()
    for one in profiles:
        for protocol, port in PORTS:
            for program in PROGRAMS:
                answer = reach_windows([one], rows, protocol, port, program, ("ipv4", "ipv6"), hidden=False)
                for source in SOURCES:
                    pair = (one.profile, protocol, port, program, source)
                    # Named sources are let in at most, so only what is open is certain.
                    if answer.inbound in ("open", "unknown") or is_one_of(source, answer.allowed_from, local):
                        may.add(pair)
                    if answer.inbound == "open":
                        must.add(pair)
    return may, must


def never_opens(ground: Ground, *, weak: bool = True) -> int:
    """Hold a machine's firewall after the plan against what it was; return how many rules are new or changed."""
    texts_after = {one.rule.name: one.text for one in decisions(ground) if one.outcome in CHANGED}
    off = weak_profiles(ground) if weak else ()
    added: list[WindowsRule] = rules_for(ground, off)[0]
    after = [replace(one, text=texts_after.get(one.name, one.text)) for one in ground.rules]
    after += [KeptRule("local", one.name, one.rule or "") for one in added]
    strong = [replace(one, enabled=True, inbound_default="drop") if one in off else one for one in ground.profiles]
    before_may, before_must = reached(ground.profiles, ground.rows, ground.local)
    after_may, after_must = reached(strong, rows_of(after), ground.local)
    assert after_may <= before_may and after_must <= before_must
    assert all(opens(found) for one in added if (found := read_rule(one.rule or "")))
    return len(texts_after) + len(added)
