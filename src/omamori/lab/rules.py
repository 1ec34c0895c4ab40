"""Writes the nftables rule sets of the lab's hosts and routers from its description. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from omamori.lab.description import Hospital, Host, Rule
from omamori.lab.interface import Port

LOG_GROUP = 5
"""nflog group of the firewalls' logs."""

Ports = Mapping[str, Sequence[Port]]
"""Host → the ports its services listen on."""


def ruleset(hospital: Hospital, host: Host, ports: Ports) -> str | None:
    """Return the rule set for `nft -f`; None where the host filters nothing."""
    chains = [*_input(hospital, host, ports.get(host.id, ())), *_forward(hospital, host), *_nat(hospital, host)]
    return "\n".join(["table inet lab {", *(f"  {line}" for line in chains), "}", ""]) if chains else None


def _input(hospital: Hospital, host: Host, ports: Sequence[Port]) -> list[str]:
    lines = [line for line in hospital.lines.values() if line.target == host.id]
    openers = {
        line.id: [str(leg.address) for leg in hospital.hosts[line.source].legs if hospital.zones[leg.zone].internet] for line in lines
    }
    body = [f"udp dport {line.port} ip saddr != {{ {', '.join(openers[line.id])} }} drop" for line in lines if line.restricted]
    closed = host.answers in ("ports", "arp")
    if host.answers == "no-ping":
        body.append("icmp type echo-request drop")
    if host.answers == "ports":
        admitted = f"ip saddr {_addresses(hospital, host.admits)} " if host.admits else ""
        for protocol in ("tcp", "udp"):
            numbers = sorted({port.port for port in ports if port.protocol == protocol})
            if numbers:
                body.append(f"{admitted}{protocol} dport {{ {', '.join(map(str, numbers))} }} accept")
    if closed:
        body = ["iif lo accept", "ct state established,related accept", *body, *(f"udp dport {line.port} accept" for line in lines)]
    return _chain("input", "drop" if closed else "accept", body) if body else []


def _forward(hospital: Hospital, host: Host) -> list[str]:
    allow, log = host.forward.allow, host.forward.log
    if allow is None:
        return _chain("forward", "accept", [f'ct state new log prefix "ACCEPT " group {LOG_GROUP}']) if log else []
    body = ["ct state established,related accept"]
    for number, rule in enumerate(allow, 1):
        told = f'log prefix "ACCEPT rule {number} " group {LOG_GROUP} ' if log else ""
        body += [f"{match} {told}accept" for match in _matches(hospital, rule)]
    if log:
        body.append(f'log prefix "DROP " group {LOG_GROUP}')
    return _chain("forward", "drop", body)


def _matches(hospital: Hospital, rule: Rule) -> list[str]:
    between = f"ip saddr {_addresses(hospital, rule.sources)} ip daddr {_addresses(hospital, rule.targets)}"
    if not rule.ports:
        return [between]
    by_protocol = {protocol: sorted(port for one, port in rule.ports if one == protocol) for protocol in ("tcp", "udp")}
    return [f"{between} {protocol} dport {{ {', '.join(map(str, numbers))} }}" for protocol, numbers in by_protocol.items() if numbers]


def _nat(hospital: Hospital, host: Host) -> list[str]:
    """Inside addresses hide behind the router's own; what a rule lets in from the Internet is published on it."""
    outer = next((leg for leg in host.legs if hospital.zones[leg.zone].internet), None)
    if not host.nat or outer is None:
        return []
    published = [
        f"iifname {outer.interface} ip daddr {outer.address} {protocol} dport {port} dnat ip to {hospital.hosts[target].address}"
        for rule in host.forward.allow or ()
        if outer.zone in rule.sources
        for target in rule.targets
        if target in hospital.hosts
        for protocol, port in rule.ports
    ]
    return [
        *_chain("prerouting", "accept", published, kind="nat", priority="dstnat"),
        *_chain("postrouting", "accept", [f"oifname {outer.interface} masquerade"], kind="nat", priority="srcnat"),
    ]


def _chain(hook: str, policy: str, body: Iterable[str], *, kind: str = "filter", priority: str = "filter") -> list[str]:
    head = f"type {kind} hook {hook} priority {priority}; policy {policy};"
    return [f"chain {hook} {{", f"  {head}", *(f"  {line}" for line in body), "}"]


def _addresses(hospital: Hospital, names: Sequence[str]) -> str:
    """The addresses of zones and hosts as a set; a host whose zone is named as well stands in it already."""
    zones = [name for name in names if name in hospital.zones]
    networks = [str(hospital.zones[name].network) for name in zones]
    hosts = [str(leg.address) for name in names if name in hospital.hosts for leg in hospital.hosts[name].legs if leg.zone not in zones]
    # The Internet stands for every address that is nobody's here; in the lab its one network is enough.
    return f"{{ {', '.join(dict.fromkeys([*networks, *hosts]))} }}"
