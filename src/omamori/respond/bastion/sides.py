"""Puts entries together by the interface they come in by, and says what may pass there once the door stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from omamori.analyze.addresses import networks_of
from omamori.analyze.reach.cubes import OTHER
from omamori.analyze.reach.follow import Reached
from omamori.analyze.reach.ranges import LAST_ADDRESS, Ranges, address_number, addresses, holds, inverted, joined, protocol_name, written
from omamori.model.device import DeviceVpn
from omamori.model.ways_in import Entry
from omamori.respond.bastion.parts import Facts, Opening, Side, Target
from omamori.respond.bastion.predict import common

MOVED = ("line", "internet", "partner", "mobile")
"""Kinds of entries that come in over a device."""
_TUNNEL_PORTS: Mapping[str, tuple[tuple[str, str | None], ...]] = {
    "ipsec": (("udp", "500,4500"), ("esp", None)),
    "l2tp": (("udp", "500,1701,4500"), ("esp", None)),
    "pptp": (("tcp", "1723"), ("gre", None)),
    "gre": (("gre", None),),
    "ipip": (("4", None),),
    "wireguard": (("udp", "51820"),),
    "openvpn": (("udp", "1194"), ("tcp", "1194")),
    "ssl-vpn": (("tcp", "443"),),
}
_MANY = 60
"""More openings than this are put together as whole networks of the DMZ."""


def group(facts: Facts) -> tuple[list[Side], list[Entry], list[Entry]]:
    """Return the sides, the ways in no device carries, and the lines nobody has looked at. What may pass is not filled yet."""
    by_place: dict[tuple[str, str], list[Entry]] = {}
    elsewhere, unseen = [], []
    for entry in facts.entries:
        device = facts.network.device.get(entry.device or "")
        known = device is not None and entry.interface is not None and any(True for _ in device.nics_of(entry.interface))
        if entry.kind not in MOVED or (entry.machine and not entry.device):
            elsewhere.append(entry)
        elif known:
            by_place.setdefault((entry.device or "", entry.interface or ""), []).append(entry)
        elif entry.method not in ("route", "network"):
            unseen.append(entry)
    sides = [_side(facts, *place, found) for place, found in sorted(by_place.items())]
    return sides, elsewhere, unseen


def _side(facts: Facts, device: str, interface: str, found: Sequence[Entry]) -> Side:
    tunnels = {vpn.interface for vpn in facts.vpns if vpn.asset == device}
    own = [one for one in found if one.entry == one.line and one.kind != "internet"]
    tunnel = [one for one in found if interface in tunnels and one.method not in ("interface", "route", "network")]
    best = (own or tunnel or list(found))[0]
    dmz = dmz_of(facts)
    nics = facts.network.device[device].nics
    door = any(nic.last >= nic.first and any(nic.first <= last and first <= nic.last for first, last in dmz) for nic in nics)
    return Side(device, interface, best, tuple(found), line=bool(own or tunnel) or interface in tunnels, door=door)


def permissions(facts: Facts, side: Side, target: Target, reached: Iterable[Reached]) -> tuple[tuple[Opening, ...], tuple[Opening, ...]]:
    """Return what may pass by a side, and what may reach its device: a line the door; the way to the Internet the DMZ as it is now.

    `reached` is what the side reaches now.
    """
    passing: list[Opening] = []
    if side.line and target.address:
        spans = [span for one in side.entries for span in addresses(one.sources)[0] or ()]
        sources = None if side.entry.sources is None else written(joined(spans)) or None
        passing.append(Opening(target.address, "tcp", ",".join(map(str, target.ports)), sources))
        passing += _designed(facts, side, sources)
    elif side.door and not side.line:
        passing += _published(facts, reached)
    return tuple(passing), tuple(_tunnels(facts, side))


def _designed(facts: Facts, side: Side, sources: str | None) -> Iterator[Opening]:
    """What is designed for whoever comes in by a line and ends in the DMZ goes on: data a partner brings needs no login."""
    dmz = dmz_of(facts)
    found: dict[Opening, None] = {}
    for row in facts.designed:
        if row.direction == "out" or row.port is None or row.protocol not in ("tcp", "udp") or not means(row.peer, side):
            continue
        for address in facts.addresses.get(row.asset, ()):
            if holds(dmz, address_number(address) or 0):
                found[Opening(address, row.protocol, str(row.port), sources)] = None
    yield from found


def means(peer: str, side: Side) -> bool:
    """Return whether the peer of a designed flow is who comes in by a side: its vendor, line or entry, or addresses it sends from."""
    wanted = networks_of(peer)
    for one in side.entries:
        if peer and peer in (one.vendor, one.line, one.entry):
            return True
        for first, last in addresses(one.sources)[0] or ():
            if any(net.first.version == 4 and int(net.first) <= last and first <= int(net.last) for net in wanted):
                return True
    return False


def dmz_of(facts: Facts) -> Ranges:
    """Return the addresses of all zones declared as a DMZ."""
    return joined(span for kind, ranges in facts.zones.values() if kind == "dmz" for span in ranges)


_PRIVATE = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10"


def inside_of(facts: Facts, sides: Iterable[Side]) -> Ranges:
    """Return the addresses of the inside: all zones, what devices are attached to, all private ones; without the far ends of the sides."""
    zones = joined(span for kind, ranges in facts.zones.values() if kind != "external" for span in ranges)
    outer = {(side.device, side.interface) for side in sides}
    nics = [(device.name, nic) for device in facts.network.devices for nic in device.nics if nic.last >= nic.first]
    attached = [(nic.first, nic.last) for name, nic in nics if (name, nic.name) not in outer]
    far = [(nic.first, nic.last) for name, nic in nics if (name, nic.name) in outer]
    far += [span for side in sides if side.line for one in side.entries for span in addresses(one.sources)[0] or ()]
    near = joined([*(addresses(_PRIVATE)[0] or ()), *attached])
    beyond = inverted(joined(far), LAST_ADDRESS)
    return joined([*zones, *common(near, beyond)])


def _published(facts: Facts, reached: Iterable[Reached]) -> list[Opening]:
    """What the DMZ offers to the Internet now stays as it is."""
    dmz = dmz_of(facts)
    found: dict[Opening, None] = {}
    for one in reached:
        if one.device is not None or one.reach == "one-way":
            continue
        held = common(one.addresses, dmz)
        for number, ranges in one.ports_at if held else ():
            if number == OTHER:
                continue
            ports = None if ranges is None else ",".join(str(low) if low == high else f"{low}-{high}" for low, high in ranges)
            found[Opening(written(held), protocol_name(number), ports)] = None
    return list(found) if len(found) <= _MANY else [Opening(written(dmz), name) for name in ("tcp", "udp", "icmp")]


def _tunnels(facts: Facts, side: Side) -> Iterator[Opening]:
    """The tunnels that end on the device go on: their own packets reach it, whatever comes out of them is held by their own side."""
    mine = [vpn for vpn in facts.vpns if vpn.asset == side.device]
    if any(vpn.interface == side.interface for vpn in mine):
        return
    told: dict[Opening, None] = {}
    for vpn in mine:
        if vpn.enabled is not False:
            for opening in _ports_of(vpn):
                told[opening] = None
    yield from told


def _ports_of(vpn: DeviceVpn) -> Iterator[Opening]:
    usual = _TUNNEL_PORTS.get(vpn.kind, ())
    if vpn.port is not None and vpn.kind in ("wireguard", "openvpn", "ssl-vpn"):
        usual = tuple((protocol, str(vpn.port)) for protocol, _ in usual)
    for protocol, ports in usual:
        yield Opening(None, protocol, ports, vpn.allowed_from)
