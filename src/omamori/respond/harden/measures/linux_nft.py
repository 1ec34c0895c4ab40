"""The text of an nftables table of our own (nft(8)): what it accepts still has to pass every other table, what it drops is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from omamori.analyze.addresses import Network
from omamori.respond.harden.measures.linux_gate import Door

PRIORITY = 10
"""After the filter rules of others (0): what they refuse is counted and logged by them, as before."""
_NO_PORTS = (1, 2, 4, 41, 47, 50, 51, 58, 88, 89, 103, 112)
"""ICMP, IGMP, tunnels, IPsec, routing and VRRP (IANA protocol numbers): the list is of ports, these are left as they are."""
_FREE_DATA = 21
"""Of FTP the data come by a port chosen anew each time (RFC 959, PASV): whoever may use 21 may use the high ports."""


def input_table(name: str, doors: Sequence[Door], always: Sequence[Network]) -> str:
    """Return the table that lets the machine's own traffic, its answers and the list in, and drops the rest."""
    lines = [
        'iifname "lo" accept',
        "ct state established,related accept",
        *(f"meta l4proto {number} accept" for number in _NO_PORTS),
        # Answers to a broadcast come from an address nobody asked (RFC 2131, RFC 8415).
        "udp sport 67 udp dport 68 accept",
        "udp sport 547 udp dport 546 accept",
        *_from(always, ""),
    ]
    for door in doors:
        ports = f"{door.protocol} dport {door.port}"
        lines += [f"{ports} accept"] if door.sources is None else _from(door.sources, ports)
        if (door.protocol, door.port) == ("tcp", _FREE_DATA):
            free = "tcp dport 1024-65535"
            lines += [f"{free} accept"] if door.sources is None else _from(door.sources, free)
    return _table(name, "input", "drop", [*lines, _logged(name), "counter drop"])


def forward_table(name: str, targets: Iterable[tuple[str, Sequence[Door], Sequence[Network]]]) -> str:
    """Return the table that lets only the doors' sources through to these addresses and ports; all else passes as before."""
    lines = ["ct state established,related accept"]
    closed = []
    for address, doors, always in targets:
        to = f"{'ip6' if ':' in address else 'ip'} daddr {address}"
        lines += _from(always, to, version=6 if ":" in address else 4)
        for door in doors:
            match = f"{to} {door.protocol} dport {door.port}"
            lines += _from(door.sources or (), match, version=6 if ":" in address else 4)
            closed += [f"{match} {_logged(name)}", f"{match} counter drop"]
    return _table(name, "forward", "accept", [*lines, *closed])


def _from(sources: Sequence[Network], match: str, *, version: int | None = None) -> Iterator[str]:
    for family, word in ((4, "ip"), (6, "ip6")):
        spans = [_span(one) for one in sources if one.first.version == family and version in (None, family)]
        whole = any(one.size == 1 << one.first.max_prefixlen for one in sources if one.first.version == family)
        who = f"meta nfproto ipv{family}" if whole else f"{word} saddr {{ {', '.join(spans)} }}"
        if spans:
            yield " ".join(part for part in (who, match, "accept") if part)


def _span(network: Network) -> str:
    if network.first == network.last:
        return str(network.first)
    size = network.size
    if size & (size - 1) == 0 and int(network.first) % size == 0:
        return f"{network.first}/{network.first.max_prefixlen - size.bit_length() + 1}"
    return f"{network.first}-{network.last}"


def _logged(name: str) -> str:
    return f'limit rate 10/minute log prefix "{name} "'


def _table(name: str, hook: str, policy: str, lines: Iterable[str]) -> str:
    head = f"type filter hook {hook} priority {PRIORITY}; policy {policy};"
    return "\n".join([f"table inet {name} {{", f"\tchain {hook} {{", *(f"\t\t{line}" for line in (head, *lines)), "\t}", "}", ""])
