"""nftables: a table of its own for each cut, loaded and taken away whole (nft(8): base chains of one hook are met in order of priority).

A drop in any chain ends the packet; an accept ends only the chain it stands in. So what is never blocked is let past this table alone, and
nothing is opened. The timer is the kernel's: the drops hold while a set has members, and those time out by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omamori.model.device import DeviceRule
from omamori.respond.isolate.names import plain, table_name
from omamori.respond.isolate.parts import Cut, NeverBlocked, Written
from omamori.respond.isolate.rules import HOOKS, PRIORITY, rules_at
from omamori.respond.isolate.write.common import unwritable

TIMER = "armed"


def write(cut: Cut, never: Sequence[NeverBlocked], seconds: int) -> Written:
    """Return the files for `nft -f`: apply, undo, the one that goes by itself after `seconds`, and the one that makes it stay.

    `confirm` fails when the time is over: then nothing is blocked any more. After a restart of the device nothing is blocked either.
    """
    if not all(plain(one.interface) for one in cut.crossings if one.interface):
        return unwritable(cut)
    table = f"inet {table_name(cut)}"
    members = "{ ipv4, ipv6 }"
    timed = [
        f"  set {TIMER} {{",
        "    typeof meta nfproto; flags timeout;",
        f"    elements = {{ ipv4 timeout {seconds}s, ipv6 timeout {seconds}s }}",
        "  }",
    ]
    return Written(
        cut=cut,
        apply=_file(table, [], _chains(cut, never, "")),
        undo=f"delete table {table}\n",
        timed=_file(table, timed, _chains(cut, never, f"meta nfproto @{TIMER} ")),
        confirm=f"delete element {table} {TIMER} {members}\nadd element {table} {TIMER} {members}\n",
        tried=True,
    )


def _file(table: str, head: Sequence[str], chains: Iterator[str]) -> str:
    # Made, taken away and made again in one transaction: running it twice changes nothing.
    return "\n".join((f"table {table}", f"delete table {table}", f"table {table} {{", *head, *chains, "}", ""))


def _chains(cut: Cut, never: Sequence[NeverBlocked], armed: str) -> Iterator[str]:
    for hook in HOOKS:
        yield f"  chain {hook} {{"
        yield f"    type filter hook {hook} priority {PRIORITY}; policy accept;"
        for rule in rules_at(cut, never, hook):
            yield f"    {armed if rule.decision == 'drop' else ''}{rule_text(rule)}"
        yield "  }"


def rule_text(rule: DeviceRule) -> str:
    """Return a rule as nftables writes it, with a counter."""
    words = []
    for key, name in (("iifname", rule.interface_in), ("oifname", rule.interface_out)):
        if name:
            words.append(f'{key} != "{name[1:]}"' if name.startswith("!") else f'{key} "{name}"')
    if rule.states:
        words.append(f"ct state {rule.states}")
    for key, text in (("saddr", rule.sources), ("daddr", rule.destinations)):
        if text:
            words.append(f"ip {key} {{ {', '.join(text.split(','))} }}")
    ports = [f"{rule.protocol} {key} {text}" for key, text in (("sport", rule.source_ports), ("dport", rule.destination_ports)) if text]
    if rule.protocol and not ports:
        ports = [f"ip protocol {rule.protocol}"]
    return " ".join((*words, *ports, "counter", rule.decision))
