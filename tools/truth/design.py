"""What the lab's healthy shape lets through, as the ledger's sheet of designed flows, and whether packets get through by it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from omamori.lab.description import Hospital, Host, Rule
from omamori.lab.interface import Port
from omamori.lab.serving import ports_of
from omamori.lab.state import State
from omamori.model.declared import DesignedFlow
from truth.lab import must, network_of

_KNOCK = """
import json, socket, sys, threading
found, tries = [], json.loads(sys.stdin.read())
question = bytes.fromhex("123401000001000000000000") + b"\\x04test\\x00\\x00\\x01\\x00\\x01"
def one(address, protocol, port):
    for _ in range(3):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM) as s:
            s.settimeout(2)
            try:
                s.connect((address, port))
                if protocol == "udp":
                    s.send(question)
                    s.recv(512)
            except OSError:
                continue
            found.append([address, protocol, port])
            return
threads = [threading.Thread(target=one, args=tuple(each)) for each in tries]
[each.start() for each in threads]
[each.join() for each in threads]
print(json.dumps(found))
"""
"""A connection, or a question to a server of names that is answered (RFC 1035)."""
_ANSWERED = (("udp", 53),)


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow from a host of the lab to an address and port."""

    source: str
    target: str
    address: str
    protocol: str
    port: int


def designed_flows(hospital: Hospital, healthy: Hospital) -> tuple[DesignedFlow, ...]:
    """Return the sheet: what stands in both shapes and is offered in both, to its own zone and to whom the healthy firewalls let through."""
    return tuple(dict.fromkeys(flow for flow, _, _ in _designed(hospital, healthy)))


def flows_of(hospital: Hospital, healthy: Hospital) -> tuple[Flow, ...]:
    """Return the same as flows between hosts, two sources where a zone is named; UDP only where a question is answered."""
    found = []
    for flow, source, host in _designed(hospital, healthy):
        port, protocol = flow.port or 0, flow.protocol or "tcp"
        if protocol == "tcp" or (protocol, port) in _ANSWERED:
            senders = _senders(hospital, source, host)
            found += [Flow(sender.id, host.id, str(host.address), protocol, port) for sender in senders]
    return tuple(dict.fromkeys(found))


def getting_through(state: State, flows: Sequence[Flow]) -> set[Flow]:
    """Return the flows that packets get through by; from all hosts at once."""
    by_source: dict[str, list[Flow]] = {}
    for flow in flows:
        by_source.setdefault(flow.source, []).append(flow)

    def knock(source: str) -> set[Flow]:
        mine = by_source[source]
        tries = [(one.address, one.protocol, one.port) for one in mine]
        said = must([*network_of(state, source), sys.executable, "-S", "-c", _KNOCK], said=json.dumps(tries))
        got = {(address, protocol, port) for address, protocol, port in json.loads(said)}
        return {one for one in mine if (one.address, one.protocol, one.port) in got}

    with ThreadPoolExecutor(4) as pool:
        return {flow for found in pool.map(knock, by_source) for flow in found}


def _designed(hospital: Hospital, healthy: Hospital) -> Iterator[tuple[DesignedFlow, str, Host]]:
    """Yield the line of the sheet, the lab's name of its source (zone or host), and the host that offers the port."""
    now, meant = ports_of(hospital), ports_of(healthy)
    offered = {
        host.id: tuple(port for port in meant[host.id] if port in now[host.id])
        for host in hospital.hosts.values()
        if host.id in healthy.hosts and hospital.is_inside(host) and host.declared
    }
    for name, ports in offered.items():
        host = hospital.hosts[name]
        for leg in healthy.hosts[name].legs:
            if not hospital.zones[leg.zone].outside:
                yield from ((_line(hospital, host, leg.zone, port), leg.zone, host) for port in ports)
    for router in healthy.hosts.values():
        for rule in router.forward.allow or ():
            yield from _passed(hospital, rule, offered)


def _passed(hospital: Hospital, rule: Rule, offered: Mapping[str, Sequence[Port]]) -> Iterator[tuple[DesignedFlow, str, Host]]:
    for name, ports in offered.items():
        host = hospital.hosts[name]
        if name not in rule.targets and host.legs[0].zone not in rule.targets:
            continue
        for port in ports:
            if rule.ports and (port.protocol, port.port) not in rule.ports:
                continue
            for source in rule.sources:
                if source in hospital.hosts or (source in hospital.zones and not hospital.zones[source].outside):
                    yield _line(hospital, host, source, port), source, host


def _line(hospital: Hospital, host: Host, source: str, port: Port) -> DesignedFlow:
    peer = hospital.zones[source].name.en if source in hospital.zones else hospital.hosts[source].name.en
    return DesignedFlow(asset=host.name.en, peer=peer, direction="in", port=port.port, protocol=port.protocol, needed="yes")


def _senders(hospital: Hospital, source: str, target: Host) -> list[Host]:
    if source in hospital.hosts:
        return [hospital.hosts[source]]
    zone = [host for host in hospital.hosts.values() if host.legs[0].zone == source and host != target and not host.router]
    return zone[:1] + zone[-1:]
