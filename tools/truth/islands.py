"""Small networks, each for itself, whose routers carry random rule sets: 20 of them stand, are looked at and tried at the same time.

An island: zones a and b behind the inner router, c between it and the edge, o outside; in every second one a third router between a and o,
so that answers come back another way than the question went. All are hosts of one lab, so `lab down` takes them away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network
from random import Random

from omamori.lab.description import Forward, Hospital, Host, Leg, Zone
from omamori.lab.inside import enter
from omamori.lab.state import State
from omamori.model.text import Text
from truth.field import Place
from truth.lab import Ground, by_every_gateway, must, network_of
from truth.ports import TCP, UDP
from truth.random_iptables import iptables
from truth.random_rules import Surroundings, nftables

_PROBES = {"a": 10, "b": 11, "c": 12, "o": 13}
_FILTERS = Forward(allow=())
"""Tells the machines beside the edge that it filters, so that they know the inner router themselves (`lab.routes`)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a router was given: the command that loads it, and its text."""

    router: str
    command: tuple[str, ...]
    text: str


def archipelago(seeds: Sequence[int]) -> Hospital:
    """Return the description of an island for each seed."""
    zones: dict[str, Zone] = {}
    hosts: dict[str, Host] = {}
    for number, seed in enumerate(seeds):
        random = Random(f"ways {seed}")  # noqa: S311 - no key is made of it
        networks = dict(zip("abco", IPv4Network(f"10.{100 + number}.0.0/25").subnets(new_prefix=27), strict=True))
        third = random.random() < 0.5
        legs = {f"in{number}": "abc", f"edge{number}": "co", **({f"side{number}": "ao"} if third else {})}
        gateways = {"a": f"in{number}", "b": f"in{number}", "c": f"edge{number}", "o": f"edge{number}"}
        for letter, network in networks.items():
            name = f"{letter}{number}"
            zones[name] = Zone(name, Text(name, name), "other", network, gateways[letter])
            address = network[_PROBES[letter]]
            hosts[f"pc-{name}"] = Host(f"pc-{name}", Text(name, name), "client", (_leg(name, "eth0", address),))
        for last, (router, letters) in enumerate(legs.items(), 1):
            ends = tuple(_leg(f"{letter}{number}", f"net-{letter}", networks[letter][last]) for letter in letters)
            forward = _FILTERS if random.random() < 0.5 else Forward()
            hosts[router] = Host(router, Text(router, router), "router", ends, router=True, forwards=True, forward=forward)
    return Hospital("healthy", Text("島", "islands"), 0, zones, hosts, {}, {}, {})


def random_rules(hospital: Hospital, seeds: Sequence[int]) -> list[Rules]:
    """Return the rule set of each router. Every fifth island has iptables instead of nftables: on nf_tables, and the legacy one, by turns."""
    found = []
    for number, seed in enumerate(seeds):
        for host in hospital.hosts.values():
            if host.router and island_of(host.id) == str(number):
                random = Random(f"{host.id.rstrip('0123456789')} {seed}")  # noqa: S311 - the same
                around = surroundings(hospital, host, number)
                if number % 5 != 4:
                    found.append(Rules(host.id, ("nft", "-f", "-"), nftables(random, around)))
                else:
                    old = number % 10 == 9
                    found.append(Rules(host.id, ("iptables-legacy-restore" if old else "iptables-nft-restore",), iptables(random, around)))
    return found


def surroundings(hospital: Hospital, router: Host, number: int) -> Surroundings:
    """Return what rules of a router can speak of."""
    zones = [zone for zone in hospital.zones.values() if zone.id[1:] == str(number)]
    machines = [host for host in hospital.hosts.values() if host.id in {f"pc-{zone.id}" for zone in zones}]
    return Surroundings(
        interfaces=tuple(leg.interface for leg in router.legs),
        own=tuple(leg.address for leg in router.legs),
        networks=tuple(zone.network for zone in zones),
        machines=tuple(host.address for host in machines),
        tcp=TCP,
        udp=UDP,
    )


def load(state: State, rules: Sequence[Rules]) -> None:
    """Give every router its rules, in place of those it has."""
    for one in rules:
        inside = enter(state.holders[one.router], ())
        if one.command[0] == "nft":
            must([*inside, "nft", "flush", "ruleset"])
        must([*inside, *one.command], said=one.text)


def ground_of(hospital: Hospital, state: State) -> Ground:
    """Return the places of the islands: a machine in each zone, and the routers' own addresses."""
    places = []
    for host in hospital.hosts.values():
        leg = host.legs[0]
        words = network_of(state, host.id)
        if host.router:
            places.append(Place(host.id, words, tuple(str(one.address) for one in host.legs)))
            continue
        place = Place(host.id, words, (str(host.address),))
        ways = by_every_gateway(hospital, state, host.id, hospital.zones[leg.zone], (str(leg.address), leg.interface))
        places.append(replace(place, ways=ways))
    return Ground(tuple(places), tuple(address for place in places for address in place.addresses))


def machines_of(hospital: Hospital, state: State) -> dict[str, tuple[str, ...]]:
    """Return what the kit is run on: everything."""
    return {host: tuple(enter(state.holders[host], ())) for host in hospital.hosts}


def island_of(name: str) -> str:
    """Return the number of the island a host stands on."""
    return name[len(name.rstrip("0123456789")) :]


def _leg(zone: str, interface: str, address: IPv4Address) -> Leg:
    return Leg(zone, interface, address, "00:16:3e:" + ":".join(f"{part:02x}" for part in address.packed[1:]))
