"""What is known of a Windows firewall before it is narrowed, and what becomes of each of its rules. Pure.

Where a machine was watched long enough, a rule lets in whom it was seen to let in and who is declared. Where it was not, a rule that takes
anybody is limited to the networks the ledger names: smaller a step, but nobody of the hospital loses anything. Doors of remote control get
no such half step: their addresses are named, or the rule stays and the plan says what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from omamori.analyze.addresses import Network, networks_of
from omamori.model.network import FirewallProfile, FirewallRule, Listener
from omamori.parse.windows.registry.firewall import Rule, rule_rows
from omamori.respond.harden.facts import Facts, KeptRule
from omamori.respond.harden.flows import Allowed, FlowFact, allowed
from omamori.respond.harden.parts import Machine
from omamori.respond.harden.rule_text import narrowed, opens, read_rule, sources, switched_off
from omamori.respond.harden.spans import everything, joined, network

PRODUCT = "windows-firewall"
REMOTE_CONTROL = (3389, 5900)
DYNAMIC = 49152
"""First of the ports Windows gives to services by itself."""
_USER_FOLDER = re.compile(
    r"(?:[a-z]:\\(?:users|documents and settings|temp|tmp)\\|%(?:userprofile|temp|tmp|appdata|localappdata|public)%)", re.I
)
SHARED = ("", "system", "svchost", "*")
"""Programs that many services share: a rule that names one of them is about its port."""
_NAMED = {"rpc": (DYNAMIC, 65535), "rpc-epmap": (135, 135)}
_LINK = network("fe80::/10")

Outcome = Literal["kept", "narrowed", "off", "inside", "udp", "word", "watch", "moving", "unresolved", "app", "used"]
"""kept: narrow already; inside: limited to the networks of the ledger; the last seven leave the rule as it is."""
CHANGED: frozenset[Outcome] = frozenset({"narrowed", "off", "inside"})


@dataclass(frozen=True, slots=True)
class Ground:
    """A machine's firewall and its traffic. `local`: its own networks; `ledger`: every network the ledger names, and its own."""

    machine: Machine
    allowed: Allowed
    rules: tuple[KeptRule, ...]
    profiles: tuple[FirewallProfile, ...]
    rows: tuple[FirewallRule, ...]
    listeners: tuple[Listener, ...]
    local: tuple[Network, ...]
    ledger: tuple[Network, ...]
    roles: dict[str, str]

    @property
    def managed_by(self) -> str:
        """Product whose console rules the firewall; empty where Windows' own settings do."""
        return next((one.managed_by for one in self.profiles if one.managed_by and one.enabled), "")


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a rule: its new text where it changes, and the flows it goes on letting in."""

    rule: KeptRule
    name: str
    outcome: Outcome
    text: str
    keeps: tuple[FlowFact, ...] = ()


def ground_of(facts: Facts, machine: Machine) -> Ground:
    """Read what is known of the firewall of a Windows machine."""
    key = ("firewall", machine.asset, facts.moment, facts.days)
    if key not in facts.memory:
        facts.memory[key] = _read(facts, machine)
    found: Ground = facts.memory[key]
    # The rules are no part of the database that was read.
    return replace(found, rules=facts.rules.get(machine.asset, ()))


def _read(facts: Facts, machine: Machine) -> Ground:
    own = tuple(
        found
        for one in facts.rows("interfaces", machine)
        if one.address and one.prefix is not None and one.kind != "loopback"
        for found in networks_of(f"{one.address}/{one.prefix}")
    )
    named = facts.database.select("select networks from zones union all select opened_from from remote_lines")
    ledger = joined(found for (text,) in named for found in networks_of(text))
    return Ground(
        machine=machine,
        allowed=allowed(facts, machine),
        rules=(),
        profiles=tuple(facts.rows("firewall_profiles", machine)),
        rows=tuple(facts.rows("firewall_rules", machine)),
        listeners=tuple(one for one in facts.rows("listeners", machine) if one.loopback is not True and one.port is not None),
        local=own,
        ledger=joined((*ledger, *own, _LINK)) if ledger else (),
        roles={name: other.role for name, other in facts.machines.items()},
    )


def decisions(ground: Ground) -> tuple[Decision, ...]:
    """Return what becomes of each inbound rule that opens something."""
    found = []
    for kept in ground.rules:
        rule = read_rule(kept.text, kept.name)
        if rule is not None and opens(rule) and rule.one("protocol") in ("", "6", "17", "256"):
            found.append(_decided(ground, kept, rule))
    return tuple(found)


def _decided(ground: Ground, kept: KeptRule, rule: Rule) -> Decision:
    ranges = _ranges(rule)
    concerned = _concerned(ground, rule, ranges)
    as_it_is = Decision(kept, shown_name(rule), "kept", kept.text, concerned)
    if kept.place == "app":
        return replace(as_it_is, outcome="app")
    if _USER_FOLDER.match(rule.one("app")):
        return _user_program(ground, as_it_is, rule)
    if ranges is None:
        return replace(as_it_is, outcome="word")
    if not all(one.networks for one in concerned):
        return replace(as_it_is, outcome="unresolved")
    tcp, udp = rule.one("protocol") == "6", rule.one("protocol") == "17"
    seen = joined(found for one in concerned for found in one.networks)
    if (tcp and ground.allowed.enough) or ((tcp or udp) and _by_design(ground, "udp" if udp else "tcp", ranges)):
        if any(_undecided_neighbour(ground, one) for one in concerned):
            return replace(as_it_is, outcome="moving")
        return _step(ground, as_it_is, seen, "narrowed")
    if udp:
        return replace(as_it_is, outcome="udp")
    before = sources(rule, ground.local)
    if before is None:
        return replace(as_it_is, outcome="word")
    if before != (everything(4), everything(6)) or not ground.ledger or _remote_control(ranges):
        return replace(as_it_is, outcome="watch")
    return _step(ground, as_it_is, joined((*ground.ledger, *seen)), "inside")


def _step(ground: Ground, as_it_is: Decision, wanted: Sequence[Network], outcome: Outcome) -> Decision:
    text = narrowed(as_it_is.text, wanted, ground.local)
    if text is None:
        return replace(as_it_is, outcome="word")
    if text == as_it_is.text:
        return as_it_is
    after = read_rule(text)
    return replace(as_it_is, outcome=outcome if after is not None and opens(after) else "off", text=text)


def _user_program(ground: Ground, as_it_is: Decision, rule: Rule) -> Decision:
    """A program anybody may replace: its rule goes, unless somebody uses it or nobody could tell."""
    program = file_name(rule.one("app"))
    told = bool(ground.listeners) and all(one.process for one in ground.listeners)
    listens = any(file_name(one.process or "") == program for one in ground.listeners)
    if any(file_name(one.process) == program for one in ground.allowed.inbound):
        return replace(as_it_is, outcome="used")
    if not told or listens:
        return replace(as_it_is, outcome="watch")
    return replace(as_it_is, outcome="off", text=switched_off(as_it_is.text))


def shown_name(rule: Rule) -> str:
    """Return the name a person sees, as the tables have it."""
    return next((row.rule_name or "" for row in rule_rows(rule, 0, frozenset())), "")


def _ranges(rule: Rule) -> tuple[tuple[int, int], ...] | None:
    """Return the own ports a rule opens; None where it says so by a word only Windows knows."""
    words = [
        word.strip().lower() for name, texts in rule.parts.items() if name.startswith("lport") for text in texts for word in text.split(",")
    ]
    found: list[tuple[int, int]] = []
    for word in words:
        numbers = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", word, re.ASCII)
        if numbers:
            found.append((int(numbers[1]), int(numbers[2] or numbers[1])))
        elif word in _NAMED:
            found.append(_NAMED[word])
        else:
            return None
    return tuple(found) or ((0, 65535),)


def _concerned(ground: Ground, rule: Rule, ranges: Sequence[tuple[int, int]] | None) -> tuple[FlowFact, ...]:
    """Return the flows a rule lets in: those to its ports, and where it names a program of its own, to the ports of that program."""
    protocol = {"6": "tcp", "17": "udp"}.get(rule.one("protocol"))
    program = file_name(rule.one("app"))
    own = None
    if program not in SHARED and ground.listeners and all(one.process for one in ground.listeners):
        own = {(one.protocol, one.port) for one in ground.listeners if file_name(one.process or "") == program}
    return tuple(
        one
        for one in ground.allowed.inbound
        if (protocol is None or one.protocol in (None, protocol))
        and (one.port is None or any(low <= one.port <= high for low, high in ranges or ((0, 65535),)))
        and (own is None or one.port is None or (one.protocol, one.port) in own or file_name(one.process) == program)
    )


def _by_design(ground: Ground, protocol: str, ranges: Sequence[tuple[int, int]]) -> bool:
    """Return whether the ledger or a vendor decided on each of the ports: then nobody has to watch who uses it."""
    decided = {one.port for one in (*ground.allowed.inbound, *ground.allowed.unwanted) if one.decided and one.protocol in (None, protocol)}
    return all(low == high and low in decided for low, high in ranges)


def _undecided_neighbour(ground: Ground, one: FlowFact) -> bool:
    """A PC that connects to a PC and whose address changes: letting its whole zone in would be the opposite of an allow-list."""
    return ground.machine.role == "client" and one.moving and not one.declared and ground.roles.get(one.asset, "client") == "client"


def _remote_control(ranges: Sequence[tuple[int, int]]) -> bool:
    return any(low <= port <= high for low, high in ranges if (low, high) != (0, 65535) for port in REMOTE_CONTROL)


def file_name(path: str) -> str:
    """Return the name of a program's file without folder and ending."""
    return re.split(r"[\\/]", path.strip())[-1].lower().removesuffix(".exe")
