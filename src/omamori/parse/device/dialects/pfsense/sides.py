"""What the sides of a rule of pfSense and OPNsense amount to, and the settings that change no answer."""

from __future__ import annotations

from collections.abc import Sequence

from omamori.parse.device.dialects.pfsense.names import Found
from omamori.parse.device.extent import ANY, written
from omamori.parse.device.markup import Node
from omamori.parse.device.wordlist import words

HARMLESS = words(
    "descr id tracker created updated associated-rule-id statetimeout statetype state-policy max max-src-nodes max-src-conn "
    "max-src-states max-src-conn-rate max-src-conn-rates dnpipe pdnpipe defaultqueue ackqueue icmptype category tag set-prio prio log "
    "nopfsync nosync uuid set_prio set_prio_low disablereplyto sequence natreflection poolopts source_hash_key staticnatport "
    "local-port target target_subnet sourceport dstport natport nonat username time created_by updated_by detail"
)

ICMP = {
    "echoreq": "8",
    "echorep": "0",
    "unreach": "3",
    "redir": "5",
    "timex": "11",
    "timereq": "13",
    "timerep": "14",
    "trace": "30",
    "squench": "4",
}
READ = words(
    "source destination type interface ipprotocol protocol direction quick floating disabled gateway os tagged sched external nordr"
)


def alternatives(found: Found, negate: bool, *, six: bool = False) -> list[tuple[str | None, str | None]]:
    """Return what a side of a rule amounts to: addresses, and what of it could not be told."""
    doubt = "; ".join(found.doubts)
    if six:
        return [(None, None if found.ranges == ANY and not negate else "IPv6 addresses")]
    if negate:
        text = written(found.ranges) if found.ranges else None
        if found.ranges and text is None:
            return []
        return [(f"!{text}" if text else None, f"not {doubt}" if doubt else None if text else "not")]
    out: list[tuple[str | None, str | None]] = [(written(found.ranges), None)] if found.ranges else []
    return [*out, (None, doubt)] if doubt or not out else out


def ssh_on(root: Node) -> bool:
    """Return whether the device answers to SSH."""
    return root.get("system/ssh/enable") in ("enabled", "1", "yes") or root.has("system/enablesshd")


def ssh_port(root: Node) -> str:
    """Return the port of SSH."""
    return root.get("system/ssh/port") or root.get("system/sshport") or "22"


def moved(outer: str | None, first: str | None) -> str | None:
    """Ports a forward puts in: the inner port is the first of as many as the outer range has."""
    if first is None or outer is None or "-" not in outer or "," in outer or "-" in first:
        return first
    low, _, high = outer.partition("-")
    return f"{first}-{int(first) + int(high) - int(low)}" if first.isdigit() else first


def is_on(node: Node, tag: str) -> bool:
    """Return whether a flag is set: there, and not switched off."""
    return node.has(tag) and node.get(tag) not in ("0", "no")


def named(node: Node) -> str | None:
    """Return the name a side of a rule is written with."""
    return node.get("network") or node.get("address") or None


def line_of(nodes: Sequence[Node]) -> str:
    """Return the line of the first element."""
    return str(nodes[0].line) if nodes else ""
