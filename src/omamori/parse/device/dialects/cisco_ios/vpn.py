"""Tunnels of Cisco IOS: crypto maps, tunnel interfaces, dial-in of PPP and SSL, and the keys they use.

What comes out of a crypto map is met by no inbound access list of the interface it is bound to (Cisco IOS feature guide "Crypto
Access Check on Clear-Text Packets", 12.3(8)T and later), while translation and zones take it for the interface's own: each entry of
a map is an interface of its own here, and what it is for is a route to it.

Sources: Cisco IOS Security Command Reference (crypto map, crypto isakmp key, tunnel mode), Cisco IOS VPDN Command Reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from omamori.model.device import DeviceRoute, DeviceSecret, DeviceVpn
from omamori.parse.device.cisco.acl import Ace
from omamori.parse.device.cisco.blocks import walk
from omamori.parse.device.cisco.reading import ranges, secret_state
from omamori.parse.device.cisco.values import spread
from omamori.parse.device.dialects.cisco_ios.model import Ios, Port

_MOST_ROUTES = 500


@dataclass(slots=True)
class _Entry:
    """An entry of a crypto map."""

    name: str
    sequence: str
    number: int
    peers: list[str] = field(default_factory=list)
    address: str = ""
    dynamic: bool = False
    encryption: list[str] = field(default_factory=list)


def add_tunnels(ios: Ios) -> list[tuple[Port, Port, Any]]:
    """Add an interface per entry of a crypto map that is bound to one; return (interface, interface bound to, entry)."""
    found = []
    entries = _entries(ios)
    for port in list(ios.ports.values()):
        if port.crypto_map is None:
            continue
        mine = [entry for entry in entries if entry.name == port.crypto_map]
        if not mine:
            ios.reading.missing("crypto map", "クリプトマップ", port.crypto_map, port.number)
        for entry in mine:
            name = f"{port.name} crypto {entry.name} {entry.sequence}"
            made = Port(name, entry.number, "tunnel", parent=port.name, enabled=port.enabled, vrf=port.vrf, zone=port.zone, role=port.role)
            ios.ports[name] = made
            found.append((made, port, entry))
    return found


def _entries(ios: Ios) -> list[_Entry]:
    found: dict[tuple[str, str], _Entry] = {}
    for statement in ios.crypto:
        if not statement.starts("crypto", "map") or len(statement.words) < 4 or not statement.words[3].isdecimal():
            continue
        name, sequence = statement.words[2], statement.words[3]
        entry = found.setdefault((name, sequence), _Entry(name, sequence, statement.number))
        entry.dynamic = entry.dynamic or "dynamic" in (word.lower() for word in statement.words[4:])
        for one in statement.inner:
            if one.starts("set", "peer") and len(one.words) > 2:
                entry.peers.append(one.words[2])
            elif one.starts("match", "address") and len(one.words) > 2:
                entry.address = one.words[2]
            elif one.starts("set", "transform-set") or one.starts("set", "pfs"):
                entry.encryption += one.words[2:]
    return list(found.values())


def vpn_rows(ios: Ios, tunnels: list[tuple[Port, Port, Any]]) -> Iterator[Any]:
    """Return the tunnels, the routes into them and the state of their keys."""
    keyed = _keys(ios)
    yield from keyed.values()
    own_key = bool(keyed)
    for port, bound, entry in tunnels:
        aces = _interesting(ios, entry)
        yield from _entry_rows(ios, port, bound, entry, aces, own_key)
    for port in ios.ports.values():
        if port.kind == "tunnel" and (port.tunnel.get("destination") or port.tunnel.get("mode")):
            yield _tunnel(port)
    yield from _dial_in(ios)


def _interesting(ios: Ios, entry: _Entry) -> list[Ace]:
    if not entry.address:
        return []
    if entry.address not in ios.lists:
        ios.reading.missing("access list", "アクセスリスト", entry.address, entry.number)
        return []
    return [ace for ace in ios.lists[entry.address].ordered() if ace.permit and ace.enabled]


def _entry_rows(ios: Ios, port: Port, bound: Port, entry: _Entry, aces: list[Ace], own_key: bool) -> Iterator[Any]:
    local, remote = _texts(aces, "sources"), _texts(aces, "destinations")
    peers: list[str | None] = [*entry.peers] or [None]
    for peer in peers:
        yield DeviceVpn(
            name=f"{entry.name} {entry.sequence}", kind="ipsec", dial_in=entry.dynamic, enabled=bound.enabled, interface=port.name,
            listens_on=bound.name, port=500, peer=peer, allowed_from=peer, local_networks=local, remote_networks=remote,
            authentication="key" if own_key else None, encryption=",".join(entry.encryption) or None, evidence=str(entry.number),
        )  # fmt: skip
    networks = list(dict.fromkeys(piece for ace in aces if ace.destinations.text for piece in ace.destinations.text.split(",")))
    for piece in networks[:_MOST_ROUTES]:
        first, last = ranges(piece)[0]
        for low, high in blocks(first, last):
            yield DeviceRoute(
                destination=_cidr(low, high), destination_first=low, destination_last=high, interface=port.name, distance=0, origin="vpn",
                vrf=port.vrf, evidence=str(entry.number),
            )  # fmt: skip


def blocks(first: int, last: int) -> list[tuple[int, int]]:
    """Part a range of addresses into networks."""
    found: list[tuple[int, int]] = []
    while first <= last and len(found) < 64:
        size = first & -first if first else 1 << 32
        while first + size - 1 > last:
            size >>= 1
        found.append((first, first + size - 1))
        first += size
    return found


def _cidr(first: int, last: int) -> str:
    text = spread(first, last)
    return text if "/" in text else f"{text}/32"


def _texts(aces: list[Ace], side: str) -> str | None:
    parts = [getattr(ace, side).text for ace in aces]
    return ",".join(dict.fromkeys(part for part in parts if part)) if parts and all(parts) else None


def _tunnel(port: Port) -> DeviceVpn:
    mode = port.tunnel.get("mode", "gre ip").lower()
    protected = "protection" in port.tunnel
    kind = "ipsec" if protected or mode.startswith("ipsec") else "ipip" if mode.startswith("ipip") else "gre"
    many = "multipoint" in mode
    peer = port.tunnel.get("destination")
    return DeviceVpn(
        name=port.name, kind=kind, dial_in=many and peer is None, enabled=port.enabled, interface=port.name, listens_on=port.tunnel.get("source"),
        port=500 if kind == "ipsec" else None, peer=peer, allowed_from=peer, authentication=None if protected else "none" if kind != "ipsec" else None,
        encryption=port.tunnel.get("protection"), evidence=str(port.number),
    )  # fmt: skip


def _dial_in(ios: Ios) -> Iterator[DeviceVpn]:
    for statement in ios.crypto:
        if statement.word(0) == "vpdn-group":
            protocols = [one.word(1) for one in walk(statement.inner) if one.word(0) == "protocol"]
            dial = any(one.word(0) == "accept-dialin" for one in statement.inner)
            for kind in protocols:
                if kind in ("pptp", "l2tp", "any") and dial:
                    yield DeviceVpn(
                        name=statement.after(1), kind="l2tp" if kind == "any" else kind, dial_in=True, enabled=True,
                        port=1723 if kind == "pptp" else 1701, authentication="password", evidence=str(statement.number),
                    )  # fmt: skip
        elif statement.starts("webvpn", "gateway"):
            on = any(one.word(0) == "inservice" for one in statement.inner)
            where = next((one.words[2] for one in statement.inner if one.starts("ip", "address") and len(one.words) > 2), None)
            yield DeviceVpn(
                name=statement.after(2), kind="ssl-vpn", dial_in=True, enabled=on, listens_on=where, port=443, authentication="password",
                evidence=str(statement.number),
            )  # fmt: skip
        elif statement.starts("crypto", "isakmp", "client", "configuration", "group"):
            yield DeviceVpn(
                name=statement.after(5), kind="ipsec", dial_in=True, enabled=True, port=500, authentication="key,password",
                evidence=str(statement.number),
            )  # fmt: skip


def _keys(ios: Ios) -> dict[int, DeviceSecret]:
    """The state of every key of a tunnel, by line."""
    found: dict[int, DeviceSecret] = {}
    for statement in walk(ios.crypto):
        low = [word.lower() for word in statement.words]
        at = next((place for place, word in enumerate(low) if word == "key" or word.endswith("shared-key")), None)
        if at is None or statement.starts("crypto", "key") or (low[at] == "key" and "chain" in low):
            continue
        if low[at].endswith("shared-key") and "key" in low[at + 1 :]:
            at = low.index("key", at + 1)
        rest = [word for word in statement.words[at + 1 :] if word.lower() not in ("local", "remote", "hex")]
        if not rest or rest[0].lower() in ("address", "hostname"):
            continue
        kind = rest[0] if len(rest) > 1 and rest[0] in "0123456789" and len(rest[0]) == 1 else ""
        who = next((statement.words[place + 1] for place, word in enumerate(low[:-1]) if word in ("address", "hostname")), "")
        found[statement.number] = DeviceSecret(
            place=f"ipsec key{f' of {who}' if who else ''}", kind="key", state=secret_state(rest[1] if kind else rest[0], kind),
            evidence=str(statement.number),
        )  # fmt: skip
    return found
