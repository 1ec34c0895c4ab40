"""Places in the lab hospital: a new machine in every zone, hosts its rules name, the vendors' sites and the Internet.

Only where packets start and arrive is taken from the lab's description. What is predicted comes from what the devices say (`evidence`).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from ipaddress import IPv4Address

from omamori.lab.description import Hospital, Host, Zone
from omamori.lab.inside import enter, on_the_network_of
from omamori.lab.plan import SWITCH, bridge_of
from omamori.lab.state import State, save
from truth.field import Place, Way

_TABLE = 1000
_TUNNEL_PAUSE = 0.025
NAMED = ("it-laptop", "jump", "backup-server", "ehr-app", "monitor")
"""Hosts that rules of the lab name: packets are sent from them too."""
GUARDED = ("jump", "log-server", "backup-server", "ehr-db", "pump-server", "www")
"""Hosts with a host firewall in one of the shapes: packets are sent to them too."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A lab with its places. `machines`: what the kit is run on, by hostname. `addresses`: what is tried to be reached."""

    state: State
    places: tuple[Place, ...]
    machines: Mapping[str, tuple[str, ...]]
    addresses: tuple[str, ...]

    @property
    def ways(self) -> list[Way]:
        """Every way of every place."""
        return [way for place in self.places for way in place.ways]


def ground_of(hospital: Hospital, state: State) -> Ground:
    """Put the places into a lab that stands. They go with it: `lab down` knows their namespaces."""
    zones = [zone for zone in hospital.zones.values() if not zone.outside or zone.internet]
    new = {zone.id: f"lab-{state.name}-at-{zone.id}" for zone in zones}
    state = replace(state, namespaces={**state.namespaces, **{f"at-{zone}": space for zone, space in new.items()}})
    save(state)
    places = [_new_machine(hospital, state, zone, new[zone.id]) for zone in zones]
    places += [_named(hospital, state, hospital.hosts[name]) for name in NAMED if name in hospital.hosts]
    places += [place for line in hospital.lines.values() for place in _site(hospital, state, line.id)]
    devices = forwarders(hospital)
    listening = {host.id: host for host in (*devices, *(hospital.hosts[name] for name in GUARDED if name in hospital.hosts))}
    addresses = {name: _addresses(state, name) for name in listening}
    there = {place.name for place in places}
    places = [replace(place, addresses=addresses[place.name]) if place.name in addresses else place for place in places]
    places += [Place(name, network_of(state, name), found) for name, found in addresses.items() if name not in there]
    known = [one for place in places for one in place.addresses]
    looked_at = dict.fromkeys([*listening, *(normal_host(hospital, zone) for zone in zones if not zone.internet), *_named_there(hospital)])
    machines = {name: tuple(enter(state.holders[name], ())) for name in looked_at}
    return Ground(state, tuple(places), machines, tuple(dict.fromkeys(known)))


def forwarders(hospital: Hospital, zone: str | None = None) -> list[Host]:
    """Return the hospital's devices that pass packets on: all of them, or those on a zone's segment."""
    inside = [host for host in hospital.hosts.values() if (host.router or host.forwards) and hospital.is_inside(host)]
    return [host for host in inside if zone is None or any(leg.zone == zone for leg in host.legs)]


def normal_host(hospital: Hospital, zone: Zone) -> str:
    """Return a machine of a zone that has one leg and passes nothing on."""
    return next(host.id for host in hospital.hosts.values() if not host.router and [leg.zone for leg in host.legs] == [zone.id])


def must(argv: Sequence[str], *, said: str = "") -> str:
    """Run a command and return what it printed. RuntimeError when it did not end well."""
    done = subprocess.run(argv, input=said, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(argv)}: {done.stderr.strip()[-300:]}")
    return done.stdout


def _named_there(hospital: Hospital) -> list[str]:
    return [name for name in NAMED if name in hospital.hosts]


def network_of(state: State, name: str) -> tuple[str, ...]:
    return tuple(on_the_network_of(state.namespaces[name], ()))


def _batch(enter_words: Sequence[str], lines: Iterable[str]) -> None:
    must([*enter_words, "ip", "-batch", "-"], said="".join(f"{line}\n" for line in lines))


def _addresses(state: State, name: str) -> tuple[str, ...]:
    told = json.loads(must([*network_of(state, name), "ip", "-j", "-4", "address", "show", "scope", "global"]))
    return tuple(one["local"] for link in told for one in link["addr_info"])


def _free(hospital: Hospital, zone: Zone) -> IPv4Address:
    used = {leg.address for host in hospital.hosts.values() for leg in host.legs}
    return next(address for address in reversed(list(zone.network.hosts())) if address not in used)


def _new_machine(hospital: Hospital, state: State, zone: Zone, space: str) -> Place:
    """A machine plugged into a segment, with the routes a normal host there has."""
    name = f"at-{zone.id}"
    must(["ip", "netns", "add", space])
    port = f"t{list(hospital.zones).index(zone.id)}"
    lines = [f"link add name {port} type veth peer name eth0 netns {space}", f"link set {port} master {bridge_of(zone.id)}"]
    _batch(network_of(state, SWITCH), [*lines, f"link set {port} up"])
    address = str(_free(hospital, zone))
    lines = ["link set lo up", f"addr add {address}/{zone.network.prefixlen} dev eth0", "link set eth0 up"]
    if not zone.internet:
        told = json.loads(must([*network_of(state, normal_host(hospital, zone)), "ip", "-j", "-4", "route"]))
        lines += [f"route add {one['dst']} via {one['gateway']}" for one in told if "gateway" in one]
    _batch(network_of(state, name), lines)
    ways = by_every_gateway(hospital, state, name, zone, (address, "eth0"))
    return Place(name, network_of(state, name), (address,), ways)


def _named(hospital: Hospital, state: State, host: Host) -> Place:
    leg = host.legs[0]
    ways = by_every_gateway(hospital, state, host.id, hospital.zones[leg.zone], (str(leg.address), leg.interface))
    return Place(host.id, network_of(state, host.id), (), ways)


def by_every_gateway(hospital: Hospital, state: State, place: str, zone: Zone, end: tuple[str, str]) -> tuple[Way, ...]:
    """A way through each device on the segment; what is on the segment itself is reached without one."""
    address, interface = end
    ways, lines = [], []
    for number, device in enumerate(forwarders(hospital, zone.id), 1):
        leg = next(leg for leg in device.legs if leg.zone == zone.id)
        lines += [
            f"rule add fwmark {number} lookup {_TABLE + number}",
            f"route add {zone.network} dev {interface} table {_TABLE + number}",
            f"route add default via {leg.address} dev {interface} table {_TABLE + number}",
        ]
        zone_name = None if zone.internet else zone.id
        ways.append(Way(place, number, address, number, device.id, leg.interface, zone_name))
    words = network_of(state, place)
    _batch(words, lines)
    # A router that has to send a packet back where it came from tells its sender of a shorter way: the sender shall not take it.
    for name in ("all", interface):
        must([*words, "sh", "-c", f"echo 0 >/proc/sys/net/ipv4/conf/{name}/accept_redirects"])
    return tuple(ways)


def _site(hospital: Hospital, state: State, line_id: str) -> list[Place]:
    """The vendor's side of a line in the hands of an intruder: it sends whatever it likes into the tunnel, from its site or its router."""
    line = hospital.lines[line_id]
    router = hospital.hosts[line.source]
    inside = enter(state.holders[router.id], ())
    peer = must([*inside, "wg", "show", line_id, "peers"]).strip()
    must([*inside, "wg", "set", line_id, "peer", peer, "allowed-ips", "0.0.0.0/0"])
    site = next(leg for leg in router.legs if not hospital.zones[leg.zone].internet)
    _batch(
        network_of(state, router.id),
        [
            f"route add default dev {line_id} table {_TABLE}",
            f"rule add iif {site.interface} lookup {_TABLE}",
            f"rule add fwmark 1 lookup {_TABLE}",
        ],
    )
    own = next(str(one["local"]) for one in _tunnel(state, router.id, line_id))
    pc = next(host for host in hospital.hosts.values() if not host.router and host.legs[0].zone == site.zone)
    return [
        Place(pc.id, network_of(state, pc.id), (), (Way(pc.id, 1, str(pc.address), 0, line.target, line_id),), _TUNNEL_PAUSE),
        Place(router.id, network_of(state, router.id), (), (Way(router.id, 1, own, 1, line.target, line_id),), _TUNNEL_PAUSE),
    ]


def _tunnel(state: State, name: str, interface: str) -> list[Mapping[str, object]]:
    told = json.loads(must([*network_of(state, name), "ip", "-j", "-4", "address", "show", "dev", interface]))
    return [one for link in told for one in link["addr_info"]]
