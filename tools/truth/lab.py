"""Places in the lab hospital: a new machine in every zone, hosts its rules name, the vendors' sites and the Internet.

Only where packets start and arrive is taken from the lab's description. What is predicted comes from what the devices say (`evidence`).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from ipaddress import IPv4Address

from omamori.lab.description import Hospital, Host, Leg, Zone
from omamori.lab.down import take_down
from omamori.lab.inside import enter, on_the_network_of
from omamori.lab.state import State
from omamori.lab.up import Listener, bring_up
from omamori.model.text import Text
from truth.field import Place, Way

_TABLE = 1000
_MOST_WAYS = 12
_TUNNEL_PAUSE = 0.025
NAMED = ("it-laptop", "jump", "backup-server", "ehr-app", "monitor")
"""Hosts that rules of the lab name: packets are sent from them too."""
PUBLISHED = ("www",)
"""Hosts that are reached under an address of a router; where no server listens, a place of ours does."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The places of a lab. `addresses`: what is tried to be reached."""

    places: tuple[Place, ...]
    addresses: tuple[str, ...]

    @property
    def ways(self) -> list[Way]:
        """Every way of every place."""
        return [way for place in self.places for way in place.ways]


@contextmanager
def stand(hospital: Hospital, name: str) -> Iterator[State]:
    """Bring a lab up; it is taken down in the end."""
    state, _ = bring_up(hospital, name, Listener(lambda text: None, lambda done, total: None))
    try:
        yield state
    finally:
        take_down(state)


def with_places(hospital: Hospital) -> Hospital:
    """Return the hospital with one more machine, `at-ZONE`, in each of its zones and on the Internet: the one packets are tried with."""
    hosts = dict(hospital.hosts)
    for zone in _tried(hospital):
        address = _free(hospital, zone)
        mac = "00:16:3e:" + ":".join(f"{part:02x}" for part in address.packed[1:])
        leg = Leg(zone.id, "eth0", address, mac)
        hosts[f"at-{zone.id}"] = Host(f"at-{zone.id}", Text(f"試し {zone.id}", f"tried {zone.id}"), "client", (leg,))
    return replace(hospital, hosts=hosts)


def ground_of(hospital: Hospital, state: State) -> Ground:
    """Make the places of a lab that stands and was described with `with_places`.

    From now on its senders have routes for marked packets, which nobody shall find who looks at them: first `clear`, then the look.
    """
    fresh = [hospital.hosts[f"at-{zone.id}"] for zone in _tried(hospital)]
    senders = _senders(hospital)
    ways = {host.id: _ways_of(hospital, state, host) for host in senders}
    places = [place for line in hospital.lines for place in _site(hospital, state, line)]
    devices = forwarders(hospital)
    places += [
        Place(host.id, network_of(state, host.id), addresses_of(state, host.id), ways.get(host.id, ())) for host in (*fresh, *devices)
    ]
    places += [Place(host.id, network_of(state, host.id), (), ways[host.id]) for host in senders if host not in fresh]
    known = tuple(address for place in places for address in place.addresses)
    places += [Place(name, network_of(state, name), addresses_of(state, name)) for name in PUBLISHED if name in hospital.hosts]
    return Ground(tuple(places), known)


def machines_of(hospital: Hospital, state: State) -> dict[str, tuple[str, ...]]:
    """Return what the kit is run on, by hostname: every machine of the hospital, and the one of ours on the Internet."""
    looked_at = [host for host in hospital.hosts.values() if hospital.is_inside(host) or host.id.startswith("at-")]
    return {host.id: tuple(enter(state.holders[host.id], ())) for host in looked_at}


def clear(hospital: Hospital, state: State) -> None:
    """Take away the routes an earlier `ground_of` gave to senders and to the vendors' routers."""
    names = [*(host.id for host in _senders(hospital)), *(line.source for line in hospital.lines.values())]
    tables = range(_TABLE, _TABLE + _MOST_WAYS)
    lines = "".join(f"rule del table {table}\nroute flush table {table}\n" for table in tables)
    for name in names:
        # Twice: the vendors' routers have two rules for one table. What is not there is refused, and that is all right.
        subprocess.run(
            [*network_of(state, name), "ip", "-force", "-batch", "-"], input=lines * 2, capture_output=True, text=True, timeout=60
        )


def _senders(hospital: Hospital) -> list[Host]:
    names = [*(f"at-{zone.id}" for zone in _tried(hospital)), *NAMED]
    return [hospital.hosts[name] for name in names if name in hospital.hosts]


def _tried(hospital: Hospital) -> list[Zone]:
    return [zone for zone in hospital.zones.values() if not zone.outside or zone.internet]


def _ways_of(hospital: Hospital, state: State, host: Host) -> tuple[Way, ...]:
    leg = host.legs[0]
    return by_every_gateway(hospital, state, host.id, hospital.zones[leg.zone], (str(leg.address), leg.interface))


def forwarders(hospital: Hospital, zone: str | None = None) -> list[Host]:
    """Return the hospital's devices that pass packets on: all of them, or those on a zone's segment."""
    inside = [host for host in hospital.hosts.values() if (host.router or host.forwards) and hospital.is_inside(host)]
    return [host for host in inside if zone is None or any(leg.zone == zone for leg in host.legs)]


def must(argv: Sequence[str], *, said: str = "") -> str:
    """Run a command and return what it printed. RuntimeError when it did not end well."""
    done = subprocess.run(argv, input=said, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(argv)}: {done.stderr.strip()[-300:]}")
    return done.stdout


def network_of(state: State, name: str) -> tuple[str, ...]:
    """Return the words that put a command into a host's network."""
    return tuple(on_the_network_of(state.namespaces[name], ()))


def _batch(enter_words: Sequence[str], lines: Iterable[str]) -> None:
    must([*enter_words, "ip", "-batch", "-"], said="".join(f"{line}\n" for line in lines))


def addresses_of(state: State, name: str) -> tuple[str, ...]:
    """Return the addresses a host has on interfaces that are up, those of tunnels too."""
    told = json.loads(must([*network_of(state, name), "ip", "-j", "-4", "address", "show", "up", "scope", "global"]))
    return tuple(one["local"] for link in told for one in link.get("addr_info", ()))


def _free(hospital: Hospital, zone: Zone) -> IPv4Address:
    used = {leg.address for host in hospital.hosts.values() for leg in host.legs}
    return next(address for address in reversed(list(zone.network.hosts())) if address not in used)


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
        ways.append(Way(place, number, address, number, device.id, leg.interface, str(zone.network)))
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
