"""nftables: one table of its own, loaded and taken away whole (nft(8): base chains of one hook are met in order of priority)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omamori.model.device import DeviceRule
from omamori.respond.bastion.edits import TABLE
from omamori.respond.bastion.parts import Edit, Facts

MARK = "omamori-door"


def write(edits: Sequence[Edit], facts: Facts) -> tuple[str, str] | None:
    """Return the file for `nft -f`, and the undo, a file of the same kind; rules put into other chains are told as commands."""
    own = [edit for edit in edits if edit.chain is not None]
    into = [edit for edit in edits if edit.chain is None]
    lines = []
    if own:
        # Made, taken away and made again in one transaction: running it twice changes nothing.
        lines += [f"table {TABLE}", f"delete table {TABLE}", f"table {TABLE} {{"]
        for edit in own:
            lines += _chain(edit)
        lines.append("}")
    for edit in into:
        # What is inserted comes to the head: the last first.
        lines += [f"insert rule {edit.at} {_rule(rule)}" for rule in reversed(edit.rules)]
    undo = [f"delete table {TABLE}"] if own else []
    undo += [line for edit in into for line in _undo(edit)]
    return "\n".join((*lines, "")), "\n".join((*undo, ""))


def _chain(edit: Edit) -> Iterator[str]:
    chain = edit.chain
    if chain is None:
        return
    yield f"  chain {chain.chain.rpartition(' ')[2]} {{"
    yield f"    type filter hook {chain.hook} priority {chain.priority}; policy {chain.policy};"
    for rule in edit.rules:
        if rule.decision == "drop":
            yield f'    iifname "{rule.interface_in}" limit rate 10/minute log prefix "{MARK} "'
            yield f'    iifname "{rule.interface_in}" counter drop'
        else:
            yield f"    {_rule(rule, mark=False)}"
    yield "  }"


def _rule(rule: DeviceRule, *, mark: bool = True) -> str:
    words = [f'iifname "{rule.interface_in}"'] if rule.interface_in else []
    if rule.states:
        words.append(f"ct state {rule.states}")
    if rule.sources:
        words.append(f"ip saddr {_set(rule.sources)}")
    if rule.destinations:
        words.append(f"ip daddr {_set(rule.destinations)}")
    protocol = rule.protocol
    if rule.family == "ipv6":
        # As a field of the header: of the shorter `meta l4proto` a listing no longer says that it is for IPv6 alone.
        return " ".join((*words, f"ip6 nexthdr {protocol}", rule.decision))
    if protocol and (rule.source_ports or rule.destination_ports) and protocol != "icmp":
        words += [f"{protocol} sport {_set(rule.source_ports)}"] if rule.source_ports else []
        words += [f"{protocol} dport {_set(rule.destination_ports)}"] if rule.destination_ports else []
    elif protocol == "icmp" and rule.destination_ports:
        words.append(f"icmp type {_set(rule.destination_ports)}")
    elif protocol:
        words.append(f"meta l4proto {protocol}")
    if mark:
        return " ".join((*words, rule.decision, f'comment "{MARK}"'))
    return " ".join((*words, rule.decision))


def _set(text: str) -> str:
    others = "!= " if text.startswith("!") else ""
    return f"{others}{{ {', '.join(word.strip() for word in text.lstrip('!').split(',') if word.strip())} }}"


def _undo(edit: Edit) -> Iterator[str]:
    """A rule is taken away by its handle, which only the device knows."""
    yield f"# nft -a list chain {edit.at} | grep 'comment \"{MARK}\"'   -> nft delete rule {edit.at} handle NUMBER"
