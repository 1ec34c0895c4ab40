"""Tunnels and doors for tunnels of FortiOS (administration guide: "SSL VPN", "IPsec VPN"; CLI reference for what an absent line means)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from omamori.model.device import DeviceRoute, DeviceVpn
from omamori.parse.device.dialects.fortios.domain import Domain
from omamori.parse.device.dialects.fortios.tree import Block
from omamori.parse.device.extent import ZERO, Range, network, networks, written


def vpns(domain: Domain) -> Iterator[DeviceVpn]:
    """Yield every tunnel and door of a virtual domain."""
    yield from ssl_door(domain)
    for table, second in (("vpn ipsec phase1-interface", "vpn ipsec phase2-interface"), ("vpn ipsec phase1", "vpn ipsec phase2")):
        for block in domain.home.block(table).entries.values():
            yield _ipsec(domain, block, domain.home.block(second).entries, bound=table.endswith("interface"))
    for table, kind in (("vpn l2tp", "l2tp"), ("vpn pptp", "pptp")):
        block = domain.home.block(table)
        if block.settings:
            yield DeviceVpn(
                name=kind, kind=kind, dial_in=True, enabled=block.on("status"), authentication="password",
                remote_networks=_span(block.one("sip"), block.one("eip")), two_factor=two_factor(domain, [block.one("usrgrp")]),
                evidence=str(block.line),
            )  # fmt: skip
    for table, kind in (("system gre-tunnel", "gre"), ("system ipip-tunnel", "ipip")):
        for block in domain.home.block(table).entries.values():
            yield DeviceVpn(
                name=block.name, kind=kind, dial_in=False, enabled=True, interface=block.name, listens_on=block.one("interface") or None,
                peer=block.one("remote-gw") or None, evidence=str(block.line),
            )  # fmt: skip


def routes(domain: Domain) -> Iterator[DeviceRoute]:
    """Yield the ways back to those who dial in: the device routes the addresses it gives out into their tunnel.

    Also of a door that is shut now: what it reaches once somebody opens it is what the hospital has to know.
    """
    for door in vpns(domain):
        if not door.dial_in or not door.interface or not door.remote_networks:
            continue
        found = [one for one in (network(word) for word in door.remote_networks.split(",")) if one]
        for text, (low, high) in networks(found):
            if (low, high) != (0, 2**32 - 1):
                yield DeviceRoute(
                    destination=text, destination_first=low, destination_last=high, interface=door.interface, origin="vpn", distance=0,
                    vrf=domain.vrf, evidence=door.evidence,
                )  # fmt: skip


def _span(first: str, last: str) -> str | None:
    one = network(f"{first}-{last}") if first and last else network(first) if first else None
    return written([one]) if one else None


def ssl_door(domain: Domain) -> Iterator[DeviceVpn]:
    """Yield the door of SSL-VPN. It is open where an interface is named and `status` is not `disable`."""
    block = domain.home.blocks.get("vpn ssl settings")
    if block is None or not (block.settings or block.blocks):
        return
    listens, rules = block.all("source-interface"), block.block("authentication-rule").entries
    groups = [name for rule in rules.values() for name in rule.all("groups")]
    users = [name for rule in rules.values() for name in rule.all("users")]
    for policy in domain.home.block("firewall policy").entries.values():
        if f"ssl.{domain.name}" in policy.all("srcintf"):
            groups += policy.all("groups")
            users += policy.all("users")
    allowed = None
    sources = domain.addresses.together(block.all("source-address")) if block.all("source-address") else None
    if sources is not None and not sources.doubts:
        allowed = written(sources.ranges)
        if allowed is not None and block.on("source-address-negate"):
            allowed = f"!{allowed}"
    pool = domain.addresses.together(block.all("tunnel-ip-pools")) if block.all("tunnel-ip-pools") else None
    certificate = block.on("reqclientcert") or any(rule.on("client-cert") for rule in rules.values())
    yield DeviceVpn(
        name=f"ssl-vpn{domain.suffix}", kind="ssl-vpn", dial_in=True,
        enabled=bool(listens) and block.one("status", "enable") != "disable", interface=f"ssl.{domain.name}",
        listens_on=",".join(listens) or None, port=block.number("port", _port(domain)), allowed_from=allowed,
        local_networks=_portals(domain, block, rules.values()), remote_networks=written(pool.ranges) if pool and pool.ranges else None,
        authentication="certificate,password" if certificate else "password", two_factor=two_factor(domain, groups, users),
        encryption=",".join(block.all("ssl-min-proto-ver") or block.all("algorithm")) or None, evidence=str(block.line),
    )  # fmt: skip


def _port(domain: Domain) -> int | None:
    """The port where none is set: 443 from version 6 on, 10443 before."""
    return None if not domain.version else 443 if domain.version >= (6,) else 10443


def _portals(domain: Domain, block: Block, rules: Iterable[Block]) -> str | None:
    """Networks the portals send through the tunnel; None where one sends everything."""
    names = [block.one("default-portal"), *(rule.one("portal") for rule in rules)]
    portals = domain.home.block("vpn ssl web portal").entries
    found: list[Range] = []
    for name in dict.fromkeys(names):
        portal = portals.get(name)
        if portal is None:
            continue
        routing = portal.all("split-tunneling-routing-address")
        extent = domain.addresses.together(routing)
        if not routing or not portal.on("split-tunneling", default=True) or extent.doubts:
            return None
        found += extent.ranges
    return written(found) if found else None


def two_factor(domain: Domain, groups: Sequence[str], users: Sequence[str] = ()) -> bool | None:
    """Return whether every person has a second factor: False as soon as one local account has none, None where a server decides."""
    locals_, known = domain.home.block("user local").entries, domain.home.block("user group").entries
    members = list(users)
    for name in groups:
        members += known[name].all("member") if name in known else ["?"]
    found = [_second(locals_[name]) if name in locals_ else None for name in members]
    return False if False in found else True if found and all(found) else None


def _second(user: Block) -> bool | None:
    factor = user.one("two-factor", "disable")
    return True if factor != "disable" else False if user.one("type", "password") == "password" else None


def _ipsec(domain: Domain, block: Block, seconds: dict[str, Block], *, bound: bool) -> DeviceVpn:
    kind, method, interface = block.one("type", "static"), block.one("authmethod", "psk"), block.one("interface")
    mine = [one for one in seconds.values() if one.one("phase1name") == block.name]
    peer = block.one("remotegw-ddns") if kind == "ddns" else block.one("remote-gw") if kind == "static" else ""
    persons = block.one("xauthtype", "disable") not in ("disable", "client") or block.on("eap")
    group = block.one("authusrgrp")
    assigned = _span(block.one("ipv4-start-ip"), block.one("ipv4-end-ip")) if block.on("mode-cfg") else None
    other = domain.interfaces.get(block.name)
    up = (other is None or other.one("status", "up") != "down") if bound else True
    words = [
        *block.all("proposal"),
        *(f"dh{word}" for word in block.all("dhgrp")),
        *(["aggressive"] if block.one("mode") == "aggressive" else []),
    ]
    return DeviceVpn(
        name=block.name, kind="ipsec", dial_in=kind == "dynamic", enabled=up, interface=block.name if bound else None,
        listens_on=interface or None, peer=peer if peer and peer != ZERO else None, local_networks=_selectors(domain, mine, "src"),
        remote_networks=assigned or _selectors(domain, mine, "dst"),
        authentication=",".join(["certificate" if method in ("signature", "rsa-signature") else "key", *(["password"] if persons else [])]),
        two_factor=two_factor(domain, [group]) if kind == "dynamic" and persons and group else None, encryption=",".join(words) or None,
        evidence=str(block.line),
    )  # fmt: skip


def _selectors(domain: Domain, phases: Sequence[Block], side: str) -> str | None:
    """Networks of one side of the phase 2 entries; None where one takes any."""
    found: list[Range] = []
    for one in phases:
        name, words = one.one(f"{side}-name"), one.all(f"{side}-subnet")
        first, last = one.one(f"{side}-start-ip"), one.one(f"{side}-end-ip")
        if name:
            extent = domain.addresses.named(name)
            if extent.doubts:
                return None
            found += extent.ranges
        elif (words and (net := network(*words[:2]))) or (first and (net := network(f"{first}-{last or first}"))):
            found.append(net)
        else:
            return None
    return written(found) if found else None
