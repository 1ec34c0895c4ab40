"""Writes what `ip -batch` has to do for the lab: a bridge per zone in a namespace of its own, a cable to every leg. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from omamori.lab.description import Hospital, Host
from omamori.lab.routes import routes_of

SWITCH = "switch"
"""The namespace that holds the bridges; no host may have this name."""


def namespaces(hospital: Hospital, name: str) -> dict[str, str]:
    """Return the namespace of every host, and of the switch, by its id: `lab-NAME-HOST`."""
    return {one: f"lab-{name}-{one}" for one in (SWITCH, *hospital.hosts)}


def switch_batch(hospital: Hospital, spaces: Mapping[str, str]) -> str:
    """Return the lines that make bridges and cables, for the switch's namespace; `port_of` names a cable's end there."""
    lines = []
    for zone in hospital.zones:
        lines += [f"link add {bridge_of(zone)} type bridge forward_delay 0 mcast_snooping 0", f"link set {bridge_of(zone)} up"]
    number = 0
    for host in hospital.hosts.values():
        for leg in host.legs:
            port = f"p{number}"
            number += 1
            lines += [
                f"link add name {port} type veth peer name {leg.interface} address {leg.mac} netns {spaces[host.id]}",
                f"link set {port} master {bridge_of(leg.zone)} alias {host.id}/{leg.interface}",
                f"link set {port} up",
            ]
    return "\n".join(lines) + "\n"


def host_batch(hospital: Hospital, host: Host) -> str:
    """Return the lines that give a host its addresses and routes; routes into tunnels come with the tunnels."""
    lines = ["link set lo up"]
    for leg in host.legs:
        length = hospital.zones[leg.zone].network.prefixlen
        lines += [f"addr add {leg.address}/{length} dev {leg.interface}", f"link set {leg.interface} up"]
    lines += [f"route add {route.network} via {route.via}" for route in routes_of(hospital, host) if route.via is not None]
    return "\n".join(lines) + "\n"


def bridge_of(zone: str) -> str:
    """Return the name of a zone's bridge."""
    return f"br-{zone}"
