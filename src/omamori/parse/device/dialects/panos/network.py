"""Interfaces, zones, routes, tunnels, administration and accounts of PAN-OS (administrator's guide; CLI reference)."""

from __future__ import annotations

from collections.abc import Iterator

from omamori.model.device import DeviceAccess, DeviceAccount, DeviceInterface, DeviceLog, DeviceRoute, DeviceSecret, DeviceVpn
from omamori.parse.device.dialects.panos.objects import Objects
from omamori.parse.device.dialects.panos.redact import kind_of, state_of
from omamori.parse.device.dialects.panos.tree import Name
from omamori.parse.device.extent import network, number, prefix_of, written

_KINDS = {"ethernet": "ethernet", "aggregate-ethernet": "aggregate", "loopback": "loopback", "tunnel": "tunnel", "vlan": "vlan"}
_SECRETS = (
    "phash",
    "password",
    "secret",
    "bind-password",
    "authpwd",
    "privpwd",
    "passphrase",
    "private-key",
    "snmp-community-string",
    "key",
)


def interfaces(root: Name, objects: Objects, zones: dict[str, str]) -> Iterator[DeviceInterface]:
    """Yield a row per address of each interface, and the one for management."""
    routers = {name: router for router, one in root.at("network", "virtual-router").below.items() for name in one.words("interface")}
    for kind, table in root.at("network", "interface").below.items():
        table.used = True
        if kind not in _KINDS:
            continue
        here = {"": table} if kind in ("loopback", "tunnel", "vlan") and ("ip" in table.below or "units" in table.below) else table.below
        for name, one in here.items():
            own = name or kind
            room = next((one.at(mode) for mode in ("layer3", "layer2", "tap", "virtual-wire") if mode in one.below), one)
            yield from _addresses(own, _KINDS[kind], one, room, objects, zones, routers, None)
            for unit, below in (*room.at("units").below.items(), *(one.at("units").below.items() if room is not one else ())):
                yield from _addresses(
                    unit, "vlan" if kind in ("ethernet", "aggregate-ethernet") else _KINDS[kind], below, below, objects, zones, routers, own
                )
    system = root.at("deviceconfig", "system")
    address, prefix = system.one("ip-address"), prefix_of(system.one("netmask"))
    if address and prefix is not None and (net := network(f"{address}/{prefix}")):
        yield DeviceInterface(
            name="management", kind="ethernet", enabled=True, address=address, prefix=prefix, network_first=net[0], network_last=net[1], dynamic=False,
            vrf="management", evidence=str(system.at("ip-address").line),
        )  # fmt: skip


def _addresses(
    name: str, kind: str, whole: Name, room: Name, objects: Objects, zones: dict[str, str], routers: dict[str, str], parent: str | None
) -> Iterator[DeviceInterface]:
    tag, router = room.one("tag"), routers.get(name)
    words = [word for word in room.words("ip") if word]
    common = {
        "name": name, "kind": kind, "label": whole.one("comment") or None, "zone": zones.get(name), "enabled": whole.one("link-state") != "down",
        "vlan": int(tag) if tag.isascii() and tag.isdigit() and len(tag) < 5 else None, "parent": parent, "evidence": str(whole.line),
        "vrf": router if router and router not in ("default", next(iter(routers.values()))) else None,
    }  # fmt: skip
    dynamic = room.has("dhcp-client") or room.has("pppoe")
    told = 0
    for word in words:
        text, _, length = word.partition("/")
        extent = objects.named(word) if number(text) is None else None
        if extent is not None and extent.ranges:
            text, length = (written(extent.ranges[:1]) or "").partition("/")[0], "32"
        net = network(f"{text}/{length or 32}") if number(text) is not None else None
        if net is None:
            continue
        told += 1
        yield DeviceInterface(**common, address=text, prefix=int(length or 32), network_first=net[0], network_last=net[1], dynamic=False)  # type: ignore[arg-type]
    if not told:
        yield DeviceInterface(**common, dynamic=dynamic)  # type: ignore[arg-type]


def routes(root: Name, objects: Objects) -> Iterator[DeviceRoute]:
    """Yield the static routes of the virtual routers."""
    routers = root.at("network", "virtual-router").below
    for place, (router, one) in enumerate(routers.items()):
        one.used = True
        for name, route in one.at("routing-table", "ip", "static-route").below.items():
            route.used = True
            word = route.one("destination")
            extent = objects.named(word) if word else None
            hop = route.one("nexthop", "ip-address").partition("/")[0]
            gateway = (
                hop if number(hop) is not None else (written(objects.named(hop).ranges[:1]) if hop and objects.named(hop).ranges else None)
            )
            metric, distance = route.one("metric"), route.one("admin-dist")
            doubts = [f"nexthop {other}" for other in ("next-vr", "receive", "fqdn", "ipv6-address") if route.has("nexthop", other)]
            doubts += [f"route {name} {word}"] if extent is None or not extent.ranges else []
            doubts += ["path-monitor"] if route.one("path-monitor", "enable") == "yes" else []
            discard = route.has("nexthop", "discard")
            out = route.one("interface")
            route.take()
            for low, high in (extent.ranges if extent else ()) or ((0, 2**32 - 1),):
                yield DeviceRoute(
                    destination=written([(low, high)]) or "0.0.0.0/0", destination_first=low, destination_last=high, gateway=gateway, interface=out or None,
                    distance=int(distance) if distance.isdigit() and len(distance) < 4 else int(metric) if metric.isdigit() and len(metric) < 6 else 10,
                    origin="static", discard=discard, vrf=router if place and router != "default" else None, condition="; ".join(doubts) or None,
                    evidence=str(route.line),
                )  # fmt: skip
    gateway = root.one("deviceconfig", "system", "default-gateway")
    if gateway and number(gateway) is not None:
        yield DeviceRoute(
            destination="0.0.0.0/0", destination_first=0, destination_last=2**32 - 1, gateway=gateway, interface="management", origin="static", vrf="management",
            evidence=str(root.at("deviceconfig", "system", "default-gateway").line),
        )  # fmt: skip


def vpns(root: Name, systems: dict[str, Name]) -> Iterator[DeviceVpn]:
    """Yield IPsec tunnels and the doors of GlobalProtect."""
    gateways = root.at("network", "ike", "gateway").below
    for name, one in root.at("network", "tunnel", "ipsec").below.items():
        one.used = True
        gateway = gateways.get(one.at("auto-key", "ike-gateway").one() or "", Name(""))
        proxies = one.at("auto-key", "proxy-id").below.values()
        peer = gateway.one("peer-address", "ip") or gateway.one("peer-address", "fqdn") or gateway.one("peer-address")
        yield DeviceVpn(
            name=name, kind="ipsec", dial_in=False if peer and peer != "dynamic" else None, enabled=one.one("disabled") != "yes", interface=one.one("tunnel-interface") or None,
            listens_on=gateway.one("local-address", "interface") or None, peer=peer if peer and peer != "dynamic" else None,
            authentication="key" if gateway.has("authentication", "pre-shared-key") else "certificate" if gateway.has("authentication", "certificate") else None,
            local_networks=",".join(each.one("local") for each in proxies if each.one("local")) or None,
            remote_networks=",".join(each.one("remote") for each in proxies if each.one("remote")) or None, evidence=str(one.line),
        )  # fmt: skip
        one.take()
    root.at("network", "ike").take()
    for own in systems.values():
        for kind in ("global-protect-portal", "global-protect-gateway"):
            for name, one in own.at("global-protect", kind).below.items():
                listens = one.one("portal-config", "local-address", "interface") or one.one("local-address", "interface")
                yield DeviceVpn(
                    name=f"{kind} {name}",
                    kind="ssl-vpn",
                    dial_in=True,
                    enabled=True,
                    port=443,
                    listens_on=listens or None,
                    authentication="password",
                    evidence=str(one.line),
                )
        own.at("global-protect").take()


def access(root: Name) -> Iterator[DeviceAccess]:
    """Yield the ways to administer it: at the management port (HTTPS and SSH unless switched off), and where a profile allows it."""
    system = root.at("deviceconfig", "system")
    permitted = ",".join(word for word in system.words("permitted-ip") if network(word)) or None
    if system.one("ip-address") or system.at("service").line:
        for protocol, port, on in (
            ("https", 443, True),
            ("ssh", 22, True),
            ("http", 80, False),
            ("telnet", 23, False),
            ("snmp", 161, False),
            ("ping", None, True),
        ):
            off = system.one("service", f"disable-{'icmp' if protocol == 'ping' else protocol}")
            yield DeviceAccess(
                protocol=protocol,
                port=port,
                interface="management",
                allowed_from=permitted,
                enabled=off != "yes" if off else on,
                evidence=str(system.line),
            )
    system.at("service").take()
    profiles = root.at("network", "profiles", "interface-management-profile").below
    for table in root.at("network", "interface").below.values():
        for name, one in table.below.items():
            rooms = [(name, one.at("layer3")), *one.at("layer3", "units").below.items(), (name, one), *one.at("units").below.items()]
            for own, room in rooms:
                profile = profiles.get(room.one("interface-management-profile"))
                if profile is None:
                    continue
                allowed = ",".join(word for word in profile.words("permitted-ip") if network(word)) or None
                for protocol, port in (("https", 443), ("http", 80), ("ssh", 22), ("telnet", 23), ("snmp", 161), ("ping", None)):
                    if profile.one(protocol) == "yes":
                        yield DeviceAccess(
                            protocol=protocol, port=port, interface=own, allowed_from=allowed, enabled=True, evidence=str(profile.line)
                        )
    root.at("network", "profiles").take()


def accounts(root: Name) -> Iterator[DeviceAccount]:
    """Yield the administrators. One without a password here proves himself elsewhere."""
    for name, one in root.at("mgt-config", "users").below.items():
        rights = next((role for _, role in _roles(one)), None)
        word = one.one("phash")
        yield DeviceAccount(
            name=name, kind="administrator", rights=rights, secret=state_of("phash", word) if word else None, enabled=True,
            two_factor=True if one.one("client-certificate-only") == "yes" else None, evidence=str(one.line),
        )  # fmt: skip
    root.at("mgt-config").take()


def _roles(one: Name) -> Iterator[tuple[str, str]]:
    for role, below in one.at("permissions", "role-based").below.items():
        yield role, next(iter(below.below), role) if role == "custom" else role


def logs(rooms: Iterator[Name]) -> Iterator[DeviceLog]:
    """Yield the syslog servers."""
    for room in rooms:
        for name, one in room.at("log-settings", "syslog").below.items():
            for server in one.at("server").below.values():
                if target := server.one("server"):
                    yield DeviceLog(target=target, kind="syslog", enabled=True, level=name, evidence=str(server.line))
        room.at("log-settings").take()


def secrets(root: Name) -> Iterator[DeviceSecret]:
    """Yield the place and state of every secret."""
    for path, leaf in root.leaves():
        if len(path) > 1 and path[-2] in _SECRETS and leaf.name not in ("yes", "no", "key"):
            place = " ".join(path[:-1])
            yield DeviceSecret(place=place[:200], kind=kind_of(path[-2]), state=state_of(path[-2], leaf.name), evidence=str(leaf.line))
