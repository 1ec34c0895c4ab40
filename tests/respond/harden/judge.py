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
from omamori.respond.harden.measures.windows_firewall_on import rules_for, still_open, weak_profiles
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


def never_opens(ground: Ground, *, weak: bool = True, now: Ground | None = None) -> int:
    """Hold a machine's firewall after the plan against what it was; return how many rules are new or changed.

    `now`: what stands there when the plan's files are run, where that is no longer what was seen.
    """
    now = now or ground
    narrower = {one.rule: one.text for one in decisions(ground) if one.outcome in CHANGED}
    off = weak_profiles(ground) if weak else ()
    added: list[WindowsRule] = rules_for(ground, off)[0]
    open_now = {one.profile for one in weak_profiles(now)}
    # As apply.cmd does (tests/system/test_windows_harden.py): where a profile was switched on since, nothing of that measure is done;
    # a rule is narrowed while it says what was seen, and a new one comes where there is none of its name.
    if not all(one.profile in open_now for one in still_open(off)):
        off, added = (), []
    names = {one.name for one in now.rules}
    added = [one for one in added if one.was == "" and one.name not in names]
    strong_names = {one.profile for one in off}
    after = [replace(one, text=narrower.get(one, one.text)) for one in now.rules]
    after += [KeptRule("local", one.name, one.rule or "") for one in added]
    strong = [replace(one, enabled=True, inbound_default="drop") if one.profile in strong_names else one for one in now.profiles]
    before_may, before_must = reached(now.profiles, now.rows, now.local)
    after_may, after_must = reached(strong, rows_of(after), now.local)
    assert after_may <= before_may and after_must <= before_must
    assert all(opens(found) for one in added if (found := read_rule(one.rule or "")))
    return len(narrower) + len(added)
