"""What Windows Firewall does with a new inbound packet: pure.

Which profile (domain, private, public) is in force changes with the network, so the widest answer over them counts. In
a profile a block wins over every allow. A rule may be limited to a program: it concerns a port when that program listens
there. A rule with conditions nobody can see opens nothing for certain and closes nothing for certain; limited to
sources, it lets in those at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from omamori.analyze.firewall_reach import Reach, has_port, sources_of, widest
from omamori.model.network import FirewallProfile, FirewallRule

PRODUCT = "windows-firewall"
CONDITIONS = ("interface", "conditional", "program")
"""Columns that narrow a rule: a list of rules without them is still good for the ports that no rule names."""
_ANY_SOURCE = ("0.0.0.0/0", "::/0", "any", "*", "internet")
_PROGRAM = re.compile(r"(.*?)(?: \[([^\[\]]*)\])?\Z", re.DOTALL)


@dataclass(slots=True)
class _Found:
    """What the rules of one profile that concern a port amount to; the texts name the rule."""

    closed: str = ""
    opened: str = ""
    perhaps_closed: str = ""
    perhaps_opened: str = ""
    bypass: str = ""
    allowed: dict[str, str] = field(default_factory=dict)


def reach_windows(
    profiles: Sequence[FirewallProfile],
    rules: Sequence[FirewallRule],
    protocol: str,
    port: int | None,
    process: str | None,
    families: Iterable[str],
    *,
    hidden: bool,
) -> Reach:
    """Return who may reach a port that `process` listens on (None: not known); `hidden`: the rules' conditions were not seen."""
    seen = set(families)
    mine = [
        rule
        for rule in rules
        if rule.product == PRODUCT
        and rule.protocol in (None, protocol)
        and (rule.family is None or rule.family in seen)
        and has_port(rule, port)
    ]
    return widest(_of_profile(profile, mine, process, hidden=hidden) for profile in profiles if profile.product == PRODUCT)


def _of_profile(profile: FirewallProfile, rules: Iterable[FirewallRule], process: str | None, *, hidden: bool) -> Reach:
    name = f"{PRODUCT} {profile.profile}"
    if not profile.enabled:
        return Reach("unknown" if profile.enabled is None else "open", decided_by=f"{name} off" if profile.enabled is False else name)
    if profile.inbound_default == "drop-all":
        return Reach("blocked", decided_by=f"{name} policy")
    found = _Found()
    for rule in rules:
        if not rule.profile or profile.profile in rule.profile.split(","):
            _count(rule, process, f"{name} {rule.rule_name or f'#{rule.position}'}", found, hidden=hidden)
    return _answer(profile, name, found)


def _answer(profile: FirewallProfile, name: str, found: _Found) -> Reach:
    sources = tuple(found.allowed)
    if found.closed:
        return Reach("unknown", decided_by=found.bypass) if found.bypass else Reach("blocked", decided_by=found.closed)
    if found.opened or profile.inbound_default == "accept":
        if found.perhaps_closed:
            return Reach("unknown", sources, found.perhaps_closed)
        return Reach("open", decided_by=found.opened or f"{name} policy")
    if profile.inbound_default != "drop":
        return Reach("unknown", sources, name)
    doubt = found.perhaps_opened or found.bypass
    if doubt:
        return Reach("unknown", sources, doubt)
    if sources:
        return Reach("restricted", sources, next(iter(found.allowed.values())))
    return Reach("blocked", decided_by=f"{name} policy")


def _count(rule: FirewallRule, process: str | None, name: str, found: _Found, *, hidden: bool) -> None:
    """Add one rule to what was found."""
    listens = _listens(rule, process)
    if listens is False:
        return
    certain = bool(listens) and not hidden and not rule.conditional
    sources = sources_of(rule, _ANY_SOURCE)
    if rule.decision in ("drop", "reject"):
        # Where it closes the port to some only, the others still come in.
        if sources or rule.interface:
            return
        if certain and not _service(rule):
            found.closed = found.closed or name
        else:
            found.perhaps_closed = found.perhaps_closed or name
    elif sources:
        for source in sources:
            found.allowed.setdefault(source, name)
    elif rule.decision != "accept":
        found.bypass = found.bypass or name
    elif certain:
        found.opened = found.opened or name
    else:
        found.perhaps_opened = found.perhaps_opened or name


def _listens(rule: FirewallRule, process: str | None) -> bool | None:
    """Whether the program a rule is limited to is the one behind the port; None when it cannot be told."""
    if not rule.program:
        return True
    match = _PROGRAM.match(rule.program)
    path = match[1].strip() if match else rule.program
    if path not in ("", "*"):
        if process is None:
            return None
        if _file(path) != _file(process):
            return False
    # Many services share one program: the port tells whose it is only where the rule names exactly this one.
    exact = rule.port_first is not None and rule.port_last in (None, rule.port_first)
    return True if exact or not _service(rule) else None


def _service(rule: FirewallRule) -> str:
    match = _PROGRAM.match(rule.program or "")
    return (match[2] or "") if match else ""


def _file(path: str) -> str:
    return re.split(r"[\\/]", path.strip())[-1].lower().removesuffix(".exe")
