"""A scan file as a network state. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from omamori.parse.nmap import facts
from omamori.parse.nmap.records import Broken, Host, Port, Run
from omamori.parse.nmap.scan_file import moment
from omamori.parse.nmap.targets import holds, port_ranges
from omamori.snapshot.network_state import AddressRanges, NetworkState, PortKey, PortRanges, SeenHost, SeenPort


def state_of(runs: Sequence[Run], broken: Sequence[Broken] = (), *, listed: Collection[str] | None = None) -> NetworkState:
    """Return what the runs of one file saw together; of an address seen twice the later word counts, port by port.

    In: `listed`, the addresses the file lists, where the hosts of its one run were left out of `runs`.
    """
    hosts: dict[str, SeenHost] = {}
    silent: set[str] = set()
    for run in runs:
        add_hosts(run, run.hosts, hosts, silent)
    began = [known for run in runs if (known := moment(run.began)) is not None]
    ended = [known for run in runs if (known := moment(run.ended)) is not None]
    return NetworkState(
        hosts=hosts,
        asked=_asked(runs, listed),
        silent=frozenset(silent - hosts.keys()),
        finished=bool(runs) and not broken and all(run.finished for run in runs),
        began=min(began, default=None),
        ended=max(ended, default=None),
    )


def add_hosts(run: Run, elements: Iterable[Host], hosts: dict[str, SeenHost], silent: set[str]) -> None:
    """Add host elements of a run to what was seen so far (`hosts` and `silent` grow)."""
    asked = facts.all_asked_ports(run)
    for host in elements:
        address = facts.address_of(host)
        if not address:
            continue
        if not facts.seen(host):
            if host.whole:
                silent.add(address)
            continue
        one = _host(run, host, address, asked)
        hosts[address] = _joined(hosts[address], one) if address in hosts else one


def _asked(runs: Sequence[Run], listed: Collection[str] | None) -> AddressRanges | None:
    found: list[AddressRanges] = []
    for run in runs:
        addresses = listed if listed is not None else {facts.address_of(host) for host in run.hosts} - {""}
        _, ranges = facts.asked_addresses(run, addresses)
        if ranges is None:
            return None
        found.append(ranges)
    return tuple(one for ranges in found for one in ranges)


def _host(run: Run, host: Host, address: str, all_asked: Mapping[str, PortRanges]) -> SeenHost:
    asked = all_asked if facts.was_asked_to_the_end(host) else {}
    told, hostname = facts.told_name(host), facts.hostname_of(host)
    return SeenHost(
        address=address,
        mac=facts.mac_of(host),
        names=tuple(dict.fromkeys(name for name in (told, hostname) if name)),
        system=facts.system_of(host)[0],
        ports={_key(port.protocol, port.number): _port(port) for port in host.ports if port.protocol in facts.PROTOCOLS},
        asked=asked,
        rest=facts.rest_states(host) if asked else {},
        whole=host.whole,
        seen=moment(host.ended) or moment(host.began) or moment(run.ended) or moment(run.began),
    )


@lru_cache(maxsize=20_000)
def _key(protocol: str, number: int) -> PortKey:
    """Return one record for all keys that are alike, as `_shared` does for ports."""
    return protocol, number


def _port(port: Port) -> SeenPort:
    said = port.service
    name = said.get("name")
    return _shared(
        port.state,
        f"ssl/{name}" if name and said.get("tunnel") == "ssl" else name,
        said.get("product"),
        said.get("version"),
        said.get("method") == "probed",
    )


@lru_cache(maxsize=20_000)
def _shared(state: str, service: str | None, product: str | None, version: str | None, probed: bool) -> SeenPort:
    """Return one record for all ports that look alike: a network has few kinds of port and many ports."""
    line = facts.one_line
    return SeenPort(
        line(state, 40),
        line(service, 64) if service else None,
        line(product) if product else None,
        line(version, 100) if version else None,
        probed,
    )


def _joined(one: SeenHost, later: SeenHost) -> SeenHost:
    """Return two sightings of one address as one. A later run that asked a port and does not list it takes it back."""
    kept: dict[PortKey, SeenPort] = {key: port for key, port in one.ports.items() if not holds(later.asked.get(key[0], ()), key[1])}
    return replace(
        later,
        mac=later.mac or one.mac,
        names=tuple(dict.fromkeys((*later.names, *one.names))),
        system=later.system or one.system,
        ports={**kept, **later.ports},
        asked=_both(one.asked, later.asked),
        rest=_both_rest(one.rest, later.rest),
        whole=one.whole and later.whole,
    )


def _both(one: Mapping[str, PortRanges], later: Mapping[str, PortRanges]) -> Mapping[str, PortRanges]:
    if one == later:
        return later
    joined = {}
    for protocol in one.keys() | later.keys():
        joined[protocol] = port_ranges(",".join(f"{low}-{high}" for low, high in (*one.get(protocol, ()), *later.get(protocol, ()))))
    return joined


def _both_rest(one: Mapping[str, str], later: Mapping[str, str]) -> Mapping[str, str]:
    if one == later:
        return later
    return {
        protocol: "|".join(sorted({said[protocol] for said in (one, later) if protocol in said})) for protocol in one.keys() | later.keys()
    }
