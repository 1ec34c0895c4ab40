"""Ways in that the configuration of a device shows: tunnels and doors for them, interfaces that face outside, routes to elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from omamori.analyze.addresses import networks_of
from omamori.analyze.entry_places import Places, commas, is_public
from omamori.model.device import DeviceAccount, DeviceVpn
from omamori.snapshot.database import Database

_OUTSIDE = ("outside", "wan", "external", "untrust", "internet")
_NO_WAY_IN = ("loopback", "tunnel", "bridge", "virtual")
DEFAULT = ("0.0.0.0/0", "::/0", "default")


@dataclass(frozen=True, slots=True)
class Found:
    """A way in that evidence shows. `sort` is tunnel, interface, route, network, program or port; `words` tell whose it may be.

    `zones` are those it can land in; `open` whether it was open when looked at, NULL where the evidence does not say. `shared`: the
    machine only shows it, and it ends on none or on many.
    """

    name: str
    kind: str
    sort: str
    method: str
    asset: str
    evidence: str
    interface: str | None = None
    zones: tuple[str, ...] = ()
    on_machine: bool = False
    sources: str | None = None
    opened_from: str | None = None
    two_factor: bool | None = None
    open: bool | None = None
    last_used: datetime | None = None
    words: str = ""
    declared: bool | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """An address of an interface of a device."""

    name: str
    kind: str | None
    facing: str
    address: str | None
    prefix: int | None
    dynamic: bool | None
    label: str
    evidence: str

    @property
    def network(self) -> str | None:
        """Its network in CIDR notation."""
        return f"{self.address}/{self.prefix}" if self.address and self.prefix is not None else None


@dataclass(frozen=True, slots=True)
class Way:
    """A route of a device."""

    destination: str
    gateway: str | None
    interface: str | None
    evidence: str


@dataclass(slots=True)
class Device:
    """What is known of one device that passes packets on or takes tunnels. `host`: a machine that surely passes nothing on."""

    asset: str
    host: bool = False
    legs: list[Leg] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    vpns: list[DeviceVpn] = field(default_factory=list)
    users: list[DeviceAccount] = field(default_factory=list)


def read_devices(database: Database) -> Mapping[str, Device]:
    """Return every network device: those whose configuration was read, hosts that pass packets on, and whoever takes tunnels."""
    query = (
        "select a.asset, not a.configured and not coalesce(a.forwards, true) from assets a "
        "where a.configured or a.forwards or a.asset in (select asset from device_vpns) order by a.asset"
    )
    devices = {str(asset): Device(str(asset), host=bool(host)) for asset, host in database.select(query)}
    for row in database.rows("device_interfaces"):
        if row.asset in devices and row.enabled is not False:
            facing = f"{row.role or ''} {row.zone or ''}".lower().strip()
            leg = Leg(row.name, row.kind, facing, row.address, row.prefix, row.dynamic, row.label or "", row.evidence)
            devices[row.asset].legs.append(leg)
    for route in database.rows("device_routes"):
        if route.asset in devices and not route.discard:
            devices[route.asset].ways.append(Way(route.destination, route.gateway, route.interface, route.evidence))
    own = {asset for asset, device in devices.items() if device.legs}
    for row in database.rows("interfaces"):
        if row.asset in devices and row.asset not in own and row.up is not False:
            leg = Leg(row.name, row.kind, "", row.address, row.prefix, row.dhcp, "", row.evidence)
            devices[row.asset].legs.append(leg)
    for row in database.rows("routes"):
        if row.asset in devices and row.asset not in own:
            devices[row.asset].ways.append(Way(row.destination, row.gateway, row.interface, row.evidence))
    for row in database.rows("device_vpns"):
        if row.asset in devices:
            devices[row.asset].vpns.append(row)
    for row in database.rows("device_accounts"):
        if row.asset in devices and row.kind == "vpn-user" and row.enabled is not False:
            devices[row.asset].users.append(row)
    return devices


def found_on(device: Device, places: Places) -> Iterator[Found]:
    """Yield what the configuration of a device shows."""
    outside = [leg for leg in device.legs if faces_outside(leg, device, places)]
    for vpn in device.vpns:
        yield _tunnel(vpn, device, outside, places)
    if device.host:
        return  # its cards and routes are told as those of any machine
    for leg in outside:
        yield _interface(leg, device, outside, places)
    for leg in device.legs:
        if leg.kind == "wireless":
            zone = places.zone_of(leg.address)
            yield Found(
                f"{device.asset} {leg.name}", "wireless", "interface", "interface", device.asset, leg.evidence, leg.name,
                (zone,) if zone else (), open=True, words=leg.label,
            )  # fmt: skip
    yield from _routes(device, outside, places)


def faces_outside(leg: Leg, device: Device, places: Places) -> bool:
    """Return whether an interface leads out of the hospital: the device says so, its address is public, or no zone has its network."""
    inner = {vpn.interface for vpn in device.vpns if vpn.interface != vpn.listens_on}
    if leg.kind in _NO_WAY_IN or leg.name in inner:
        return False  # what comes out of a tunnel is that tunnel's way in
    words = leg.facing.replace("-", " ").replace("_", " ").split()
    if leg.kind in ("ppp", "mobile") or any(word in _OUTSIDE for word in words) or is_public(leg.address):
        return True
    if leg.network is not None:
        return places.foreign(leg.network)
    return bool(leg.dynamic) and any(way.destination in DEFAULT and way.interface == leg.name for way in device.ways)


def _tunnel(vpn: DeviceVpn, device: Device, outside: Sequence[Leg], places: Places) -> Found:
    factors = [user.two_factor for user in device.users]
    asked = vpn.two_factor
    if asked is None and vpn.dial_in and factors:
        asked = False if False in factors else True if all(factors) else None
    opened_from = vpn.allowed_from or (None if vpn.dial_in else vpn.peer)
    return Found(
        name=f"{device.asset} {vpn.name or vpn.kind}",
        kind="line",
        sort="tunnel",
        method=vpn.kind,
        asset=device.asset,
        evidence=vpn.evidence,
        interface=vpn.interface or vpn.listens_on,
        zones=_landing(vpn, device, outside, places),
        sources=vpn.remote_networks,
        opened_from=opened_from,
        two_factor=asked,
        open=vpn.enabled,
        last_used=vpn.last_active,
        words=f"{vpn.name} {vpn.peer or ''}",
        on_machine=device.host,
    )


def _landing(vpn: DeviceVpn, device: Device, outside: Sequence[Leg], places: Places) -> tuple[str, ...]:
    """Return the zones a tunnel leads into: those of its networks on this side, of its interface, else all the device stands in."""
    named = places.zones_of(vpn.local_networks)
    if named:
        return named
    own = places.zone_of(next((leg.address for leg in device.legs if leg.name == vpn.interface), None))
    return (own,) if own else _attached(device, outside, places)


def _attached(device: Device, outside: Sequence[Leg], places: Places) -> tuple[str, ...]:
    zones = {places.zone_of(leg.address) for leg in device.legs if leg not in outside and leg.kind not in ("loopback", "tunnel")}
    return tuple(sorted(zone for zone in zones if zone))


def _interface(leg: Leg, device: Device, outside: Sequence[Leg], places: Places) -> Found:
    words = leg.facing.replace("-", " ").replace("_", " ").split()
    default = any(way.destination in DEFAULT and _leaves_by(way, leg) for way in device.ways)
    internet = leg.kind == "ppp" or is_public(leg.address) or default or any(word in _OUTSIDE for word in words)
    return Found(
        name=f"{device.asset} {leg.name}",
        kind="mobile" if leg.kind == "mobile" else "internet" if internet else "line",
        sort="interface",
        method="interface",
        asset=device.asset,
        evidence=leg.evidence,
        interface=leg.name,
        zones=_attached(device, outside, places),
        sources=None if internet or leg.kind == "mobile" else leg.network,
        words=leg.label,
    )


def _leaves_by(way: Way, leg: Leg) -> bool:
    if way.interface == leg.name:
        return True
    return bool(way.gateway and leg.network and any(network.holds(way.gateway) for network in networks_of(leg.network)))


def _routes(device: Device, outside: Sequence[Leg], places: Places) -> Iterator[Found]:
    """Yield networks beyond that no zone has, one way in per next hop; those behind a tunnel or an outside interface are told already."""
    tunnels = {vpn.interface for vpn in device.vpns if vpn.interface} | {leg.name for leg in device.legs if leg.kind == "tunnel"}
    beyond: dict[tuple[str, str | None], list[Way]] = defaultdict(list)
    for way in device.ways:
        if way.destination in DEFAULT or way.interface in tunnels or any(_leaves_by(way, leg) for leg in outside):
            continue
        if way.gateway and places.foreign(way.destination):
            beyond[way.gateway, way.interface].append(way)
    for (gateway, interface), ways in sorted(beyond.items(), key=str):
        leg = next((leg for leg in device.legs if _leaves_by(Way("", gateway, interface, ""), leg)), None)
        zone = places.zone_of(gateway) or (places.zone_of(leg.address) if leg else None)
        yield route_by(gateway, tuple(way.destination for way in ways), zone, device.asset, ways[0].evidence, places)


def route_by(gateway: str, destinations: Sequence[str], zone: str | None, seen_on: str, evidence: str, places: Places) -> Found:
    """Return the way in behind a next hop: it ends on the machine that has the next hop's address, where one is known."""
    owner = places.owners.get(gateway)
    return Found(
        name=f"{owner or gateway} → {min(destinations)}",
        kind="line",
        sort="route",
        method="route",
        asset=owner or seen_on,
        evidence=evidence,
        zones=(zone,) if zone else (),
        sources=commas(sorted(destinations)),
    )
