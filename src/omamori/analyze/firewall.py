"""What a host's packet filter does with a new inbound packet: pure, over the rules in order of evaluation.

A packet must be accepted by every input chain that sees its family. Rules for connections that exist
already do not open a port; what cannot be read for certain makes the answer unknown, never better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from omamori.analyze.firewall_reach import Inbound, Reach, has_port, sources_of, widest
from omamori.analyze.firewall_windows import PRODUCT, reach_windows
from omamori.model.network import FirewallProfile, FirewallRule

_KERNEL = ("nftables", "iptables", "ip6tables")
_INSIDE = re.compile(r"^(lo$|docker|br-|virbr|veth|lxc|lxdbr|cni|podman|vnet)")
_FAMILIES = ("ipv4", "ipv6")


def reach(
    profiles: Sequence[FirewallProfile],
    rules: Sequence[FirewallRule],
    protocol: str,
    port: int | None,
    families: Iterable[str] = _FAMILIES,
    *,
    process: str | None = None,
    hidden: bool = False,
) -> Reach:
    """Return who may reach a listening port, over all families it listens on: the widest answer counts.

    `process` is the program behind the port, None where it is not known; `hidden` True where the rules' conditions were
    not seen (`firewall_windows.CONDITIONS`). Both matter for Windows only, whose rules may be limited to a program.
    """
    known = (*_KERNEL, PRODUCT)
    foreign = [profile.product for profile in profiles if profile.product not in known and profile.profile != "manager"]
    if foreign:
        return Reach("unknown", decided_by=f"{foreign[0]}: not read by this version")
    if any(profile.product == PRODUCT for profile in profiles):
        return reach_windows(profiles, rules, protocol, port, process, families, hidden=hidden)
    return widest(_of_family(profiles, rules, protocol, port, family) for family in families)


def _of_family(profiles: Sequence[FirewallProfile], rules: Sequence[FirewallRule], protocol: str, port: int | None, family: str) -> Reach:
    hooks = [profile for profile in profiles if profile.profile.startswith("input") and profile.family in (None, family)]
    if not hooks:
        return Reach("open", decided_by="no packet filter")
    answers = []
    for hook in hooks:
        mine = [rule for rule in rules if (rule.product, rule.profile) == (hook.product, hook.profile)]
        answers.append(_of_hook(hook, sorted(mine, key=lambda rule: rule.position or 0), protocol, port, family))
    for inbound in ("blocked", "unknown", "restricted", "open"):
        for answer in answers:
            if answer.inbound == inbound:
                return answer
    return answers[0]


def _of_hook(hook: FirewallProfile, rules: Sequence[FirewallRule], protocol: str, port: int | None, family: str) -> Reach:
    allowed: dict[str, None] = {}
    doubt: str | None = None
    for rule in rules:
        if not _concerns(rule, protocol, port, family):
            continue
        name = f"{rule.product} {rule.profile} #{rule.position}" + (f" {rule.rule_name}" if rule.rule_name else "")
        if rule.conditional or rule.decision not in ("accept", "drop", "reject"):
            doubt = doubt or name
        elif sources_of(rule):
            if rule.decision == "accept":
                allowed.update(dict.fromkeys(sources_of(rule)))
        elif rule.decision == "accept":
            return _end("open", allowed, doubt, name)
        elif not rule.interface:
            return _end("blocked", allowed, doubt, name)
    if hook.inbound_default not in ("accept", "drop"):
        return Reach("unknown", tuple(allowed), f"{hook.product} {hook.profile}")
    return _end("open" if hook.inbound_default == "accept" else "blocked", allowed, doubt, f"{hook.product} {hook.profile} policy")


def _end(inbound: Inbound, allowed: dict[str, None], doubt: str | None, name: str) -> Reach:
    if doubt:
        return Reach("unknown", tuple(allowed), doubt)
    if inbound == "blocked" and allowed:
        return Reach("restricted", tuple(allowed), name)
    return Reach(inbound, (), name)


def _concerns(rule: FirewallRule, protocol: str, port: int | None, family: str) -> bool:
    """Whether a new packet of another machine to the port can match the rule."""
    if rule.protocol not in (None, protocol) or rule.family not in (None, family):
        return False
    if rule.state is not None and "new" not in rule.state.replace(" ", "").lower().split(","):
        return False
    if rule.interface is not None and _INSIDE.match(rule.interface):
        return False
    return has_port(rule, port)
