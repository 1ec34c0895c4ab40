"""Tunnels of an ASA: crypto maps, tunnel groups, the doors for SSL and IPsec clients, and the state of their keys.

What comes out of a tunnel passes by the lists of the interface unless `no sysopt connection permit-vpn` stands there; each entry of
a crypto map and the addresses of dial-in are interfaces of their own here, with routes to what is behind them.

Sources: ASA Series VPN CLI Configuration Guide: General VPN Parameters; Site-to-Site; AnyConnect; Tunnel Groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from omamori.model.device import DeviceRoute, DeviceSecret, DeviceVpn
from omamori.parse.device.cisco.acl import Ace
from omamori.parse.device.cisco.blocks import Statement, walk
from omamori.parse.device.cisco.reading import ranges, secret_state
from omamori.parse.device.cisco.values import ip4, spread
from omamori.parse.device.dialects.cisco_asa.model import Asa, AsaPort

_MOST_ROUTES = 500


@dataclass(slots=True)
class Door:
    """An entry of a crypto map, or a door for clients, at a nameif."""

    name: str
    number: int
    nameif: str
    kind: str = "ipsec"
    port: AsaPort | None = None
    peers: list[str] = field(default_factory=list)
    address: str = ""
    dynamic: bool = False
    encryption: list[str] = field(default_factory=list)


def add_tunnels(asa: Asa) -> list[Door]:
    """Find the doors and add an interface for what comes out of each."""
    doors = [*_maps(asa), *_clients(asa)]
    for door in doors:
        bound = next((port for port in asa.ports.values() if port.nameif == door.nameif and not port.crypto), None)
        if bound is not None:
            name = f"{bound.name} {door.name}"
            door.port = AsaPort(
                name, door.number, "tunnel", parent=bound.name, nameif=door.nameif, level=bound.level, enabled=bound.enabled, crypto=True
            )
            asa.ports[name] = door.port
    return doors


def _maps(asa: Asa) -> list[Door]:
    bound = {
        one.words[2]: one.words[4]
        for one in asa.crypto
        if one.starts("crypto", "map") and one.word(3) == "interface" and len(one.words) > 4
    }
    found: dict[tuple[str, str], Door] = {}
    for one in asa.crypto:
        if not one.starts("crypto", "map") or len(one.words) < 5 or not one.words[3].isdecimal() or one.words[2] not in bound:
            continue
        name, sequence = one.words[2], one.words[3]
        door = found.setdefault((name, sequence), Door(f"crypto {name} {sequence}", one.number, bound[name]))
        if one.word(4) == "match" and len(one.words) > 6:
            door.address = one.words[6]
        elif one.word(4) == "set" and one.word(5) == "peer":
            door.peers += [asa.groups.names.get(word, word) for word in one.words[6:]]
        elif one.word(4) == "set" and one.word(5) in ("transform-set", "ikev1", "ikev2", "pfs"):
            door.encryption += [word for word in one.words[6:] if word.lower() not in ("transform-set", "ipsec-proposal")]
        elif "dynamic" in (word.lower() for word in one.words[4:]):
            door.dynamic = True
    return list(found.values())


def _clients(asa: Asa) -> list[Door]:
    doors = []
    for one in asa.crypto:
        if one.word(0) == "webvpn":
            port = next((line.word(1) for line in one.inner if line.word(0) == "port"), "443")
            for line in one.inner:
                if line.word(0) == "enable" and len(line.words) > 1:
                    doors.append(Door("webvpn", line.number, line.words[1], f"ssl-vpn {port}"))
    return doors


def doors_of(asa: Asa) -> list[tuple[str, int, str]]:
    """Return where tunnels may be opened: nameif, line, port."""
    found = []
    for one in asa.crypto:
        if (
            one.starts("crypto", "isakmp", "enable") or one.starts("crypto", "ikev1", "enable") or one.starts("crypto", "ikev2", "enable")
        ) and len(one.words) > 3:
            found.append((one.words[3], one.number, "500"))
        elif one.starts("isakmp", "enable") and len(one.words) > 2:
            found.append((one.words[2], one.number, "500"))
    found += [(door.nameif, door.number, door.kind.split(" ")[1]) for door in _clients(asa)]
    return found


def vpn_rows(asa: Asa, doors: list[Door]) -> Iterator[Any]:
    """Return the tunnels, the routes into them and the state of their keys."""
    second = _second_factor(asa)
    pools = _pools(asa)
    yield from _secrets(asa)
    for door in doors:
        if door.kind.startswith("ssl-vpn"):
            yield DeviceVpn(
                name=f"webvpn {door.nameif}", kind="ssl-vpn", dial_in=True, enabled=True, interface=door.port.name if door.port else None,
                listens_on=asa.bound(door.nameif), port=int(door.kind.split(" ")[1]) if door.kind.split(" ")[1].isdecimal() else 443,
                remote_networks=",".join(pools) or None, authentication="password", two_factor=second, evidence=str(door.number),
            )  # fmt: skip
            yield from _routes(door, pools)
            continue
        aces = _interesting(asa, door)
        remote = _texts(aces, "destinations")
        peers: list[str | None] = [*door.peers] or [None]
        for peer in peers:
            yield DeviceVpn(
                name=door.name.removeprefix("crypto "), kind="ipsec", dial_in=door.dynamic, enabled=True, interface=door.port.name if door.port else None,
                listens_on=asa.bound(door.nameif), port=500, peer=peer, allowed_from=peer if peer and ip4(peer) is not None else None,
                local_networks=_texts(aces, "sources"), remote_networks=remote, authentication=_how(asa, peer),
                two_factor=second if door.dynamic else None, encryption=",".join(door.encryption) or None, evidence=str(door.number),
            )  # fmt: skip
        yield from _routes(door, pools if door.dynamic else (remote or "").split(",") if remote else [])


def _interesting(asa: Asa, door: Door) -> list[Ace]:
    if door.address and door.address not in asa.lists:
        asa.reading.missing("access list", "アクセスリスト", door.address, door.number)
    return [ace for ace in asa.aces(door.address) if ace is not None and ace.permit and ace.enabled] if door.address else []


def _texts(aces: list[Ace], side: str) -> str | None:
    parts = [getattr(ace, side).text for ace in aces]
    return ",".join(dict.fromkeys(part for part in parts if part)) if parts and all(parts) else None


def _routes(door: Door, networks: list[str]) -> Iterator[DeviceRoute]:
    for piece in networks[:_MOST_ROUTES]:
        first, last = ranges(piece)[0]
        while first <= last:
            size = first & -first if first else 1 << 32
            while first + size - 1 > last:
                size >>= 1
            text = spread(first, first + size - 1)
            yield DeviceRoute(
                destination=text if "/" in text else f"{text}/32", destination_first=first, destination_last=first + size - 1,
                interface=door.port.name if door.port else None, distance=0, origin="vpn", evidence=str(door.number),
            )  # fmt: skip
            first += size


def _pools(asa: Asa) -> list[str]:
    """Addresses clients get: `ip local pool NAME FIRST-LAST [mask MASK]`."""
    found = []
    for one in asa.crypto:
        if one.starts("ip", "local", "pool") and len(one.words) > 4:
            low, _, high = one.words[4].partition("-")
            first, last = ip4(low), ip4(high or low)
            if first is not None and last is not None and first <= last:
                found.append(spread(first, last))
    return found


def _second_factor(asa: Asa) -> bool | None:
    """Whether persons are asked for a second factor: True where each group does, False where one takes local passwords alone."""
    answers: list[bool | None] = []
    groups: dict[str, list[Statement]] = {}
    for one in asa.crypto:
        if one.word(0) == "tunnel-group" and len(one.words) > 2:
            groups.setdefault(one.words[1], []).append(one)
    for name, parts in groups.items():
        if not any(
            part.word(2) == "type" and part.word(3) in ("remote-access", "webvpn", "ipsec-ra") for part in parts
        ) and not name.startswith("Default"):
            continue
        lines = [line for part in parts for line in part.inner]
        two = any(line.word(0).startswith("secondary-authentication-server-group") for line in lines)
        two = two or any(
            line.word(0) == "authentication" and {"aaa", "certificate"} <= {word.lower() for word in line.words} for line in lines
        )
        server = next((line.words[-1] for line in lines if line.word(0) == "authentication-server-group"), "LOCAL")
        if not name.startswith("Default") or lines:
            answers.append(True if two else False if server == "LOCAL" else None)
    return None if not answers or None in answers else all(answers)


def _how(asa: Asa, peer: str | None) -> str | None:
    for one in asa.crypto:
        if one.word(0) == "tunnel-group" and peer is not None and one.words[1:2] == (peer,):
            for line in one.inner:
                if "pre-shared-key" in (word.lower() for word in line.words):
                    return "key"
                if line.word(0) == "ikev1" and line.word(1) == "trust-point":
                    return "certificate"
    return None


def _secrets(asa: Asa) -> Iterator[DeviceSecret]:
    for one in walk(asa.crypto):
        low = [word.lower() for word in one.words]
        at = next((place for place, word in enumerate(low) if word == "pre-shared-key" or (word == "key" and "isakmp" in low)), None)
        if at is None or at + 1 >= len(low) or set(low[at + 1]) == {"*"}:
            continue  # the device shows stars in place of the key
        owner = next((top.words[1] for top in asa.crypto if top.word(0) == "tunnel-group" and one in top.inner), "")
        yield DeviceSecret(
            place=f"ipsec key of {owner}".removesuffix(" of "), kind="key", state=secret_state(one.words[at + 1]), evidence=str(one.number)
        )
