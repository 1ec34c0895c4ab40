"""NEC UNIVERGE IX: interfaces, routes, tunnels."""

from __future__ import annotations

from dataclasses import replace

from omamori.model.device import DeviceInterface, DeviceVpn
from omamori.parse.device.blocks import ANY, Blocks, Command
from omamori.parse.device.draft import Draft, bounds, joined, network_of, number, route

_BLOCK = ("interface", ANY)
_KINDS = (("Tunnel", "tunnel"), ("Loopback", "loopback"), ("BVI", "bridge"), ("Dialer", "ppp"), ("USB", "mobile"), ("Serial", "mobile"))


def read_interfaces(blocks: Blocks, draft: Draft) -> dict[str, list[str]]:
    """Write a row for each address of each interface; return the fixed addresses of each."""
    said: dict[str, dict[str, tuple[Command, tuple[str, ...]]]] = {}
    headers: dict[str, Command] = {}
    for command, rest in blocks.take("interface", least=1, inside=()):
        headers[rest[0]] = command
    for words in (
        ("description",),
        ("encapsulation",),
        ("bridge-group",),
        ("ppp", "binding"),
        ("ip", "unnumbered"),
        ("ip", "vrf", "forwarding"),
    ):
        for command, rest in blocks.take(*words, least=1, inside=_BLOCK):
            said.setdefault(command.section[1], {})[words[-1]] = (command, rest)
    up = {command.section[1] for command, _ in blocks.take("no", "shutdown", inside=_BLOCK)}
    addresses: dict[str, list[tuple[Command, str]]] = {}
    for command, rest in blocks.take("ip", "address", least=1, inside=_BLOCK):
        addresses.setdefault(command.section[1], []).append((command, rest[0]))
    fixed: dict[str, list[str]] = {}
    for name, header in headers.items():
        own = said.get(name, {})
        encapsulation = own["encapsulation"][1] if "encapsulation" in own else ()
        base = DeviceInterface(
            name=name, kind=next((kind for prefix, kind in _KINDS if name.startswith(prefix)), _kind(encapsulation)), enabled=name in up,
            label=" ".join(own["description"][1])[:200] if "description" in own else None, vrf=own["forwarding"][1][0] if "forwarding" in own else None,
            vlan=number(encapsulation[1], 1, 4094) if encapsulation[:1] == ("dot1q",) and len(encapsulation) > 1 else None,
            parent=f"BVI{own['bridge-group'][1][0]}" if "bridge-group" in own else _parent(name, encapsulation), evidence=header.evidence,
        )  # fmt: skip
        draft.add(*(_row(base, command, address, fixed) for command, address in addresses.get(name, ())))
        if name not in addresses:
            draft.add(base)
    return fixed


def _kind(encapsulation: tuple[str, ...]) -> str:
    return "ppp" if encapsulation[:1] in (("pppoe",), ("ppp",)) else "vlan" if encapsulation[:1] == ("dot1q",) else "ethernet"


def _parent(name: str, encapsulation: tuple[str, ...]) -> str | None:
    return f"{name.rpartition('.')[0]}.0" if encapsulation and "." in name and not name.endswith(".0") else None


def _row(base: DeviceInterface, command: Command, address: str, fixed: dict[str, list[str]]) -> DeviceInterface:
    network = network_of(address)
    if network is None:
        return replace(base, dynamic=True, evidence=command.evidence)
    first, last = bounds(network)
    alone = address.partition("/")[0]
    fixed.setdefault(base.name, []).append(alone)
    return replace(
        base, address=alone, prefix=network.prefixlen, network_first=first, network_last=last, dynamic=False, evidence=command.evidence
    )


def read_routes(blocks: Blocks, draft: Draft) -> None:
    """Write the static routes; what learns routes or chooses them otherwise stays unread."""
    for word in ("ip", "ipv6"):
        for command, rest in blocks.take(word, "route", least=2, inside=()):
            network = network_of("::/0" if word == "ipv6" and rest[0] == "default" else rest[0])
            if network is None:
                blocks.leave(command)
                continue
            gateway = network_of(rest[1])
            at = rest.index("distance") + 1 if "distance" in rest else rest.index("metric") + 1 if "metric" in rest else len(rest)
            limits = [item for place, item in enumerate(rest[2:], 2) if item not in ("distance", "metric", "dhcp") and place != at]
            draft.add(
                route(
                    network, command.line, gateway=rest[1] if gateway else None, interface=None if gateway else rest[1],
                    distance=number(rest[at], 0, 255) if at < len(rest) else None, discard=rest[1].startswith("Null"),
                    condition=" ".join(limits)[:200] or None,
                )
            )  # fmt: skip


def read_tunnels(blocks: Blocks, draft: Draft) -> None:
    """Write a row for each tunnel interface."""
    peers: dict[str, tuple[str, bool]] = {}
    ciphers: dict[str, list[str]] = {}
    for _, rest in blocks.take("ike", "proposal", least=2):
        ciphers[rest[0]] = [word for word in rest[1:] if word not in ("encryption", "hash", "group")]
    for _, rest in blocks.take("ipsec", "autokey-proposal", least=2):
        ciphers[rest[0]] = [word for word in rest[1:] if word.startswith(("esp", "ah"))]
    for _, rest in blocks.take("ike", "policy", least=3):
        if rest[1] == "peer":
            peers[rest[2]] = (rest[2], "key" in rest)
    maps: dict[str, tuple[str | None, str]] = {}
    for _, rest in blocks.take("ipsec", "autokey-map", least=2):
        maps[rest[0]] = (rest[rest.index("peer") + 1] if "peer" in rest[:-1] else None, _proposal(rest, ciphers))
    for _, rest in blocks.take("ipsec", "dynamic-map", least=2):
        maps[rest[0]] = ("any", _proposal(rest, ciphers))
    ids = {kind: {rest[0]: rest[1] for _, rest in blocks.take("ipsec", kind, least=2)} for kind in ("local-id", "remote-id")}
    profiles: dict[str, list[str]] = {}
    for word in ("child-proposal", "sa-proposal"):
        for command, rest in blocks.take(word, least=2, inside=("ikev2", ANY)):
            profiles.setdefault(command.section[-1], []).extend(rest[1:])
    inside = ("interface", ANY)
    for command, rest in blocks.take("tunnel", "mode", least=1, inside=inside):
        _tunnel(blocks, draft, command, rest, maps, ids, profiles)


def _proposal(rest: tuple[str, ...], ciphers: dict[str, list[str]]) -> str:
    return ",".join(cipher for word in rest for name in word.split(",") for cipher in ciphers.get(name, ()))


def _tunnel(
    blocks: Blocks, draft: Draft, command: Command, mode: tuple[str, ...], maps: dict[str, tuple[str | None, str]],
    ids: dict[str, dict[str, str]], profiles: dict[str, list[str]],
) -> None:  # fmt: skip
    name = command.section[1]
    inside = ("interface", name)
    last = {
        words: blocks.last(*words, least=1, inside=inside)
        for words in (("tunnel", "destination"), ("ipsec", "policy"), ("ikev2", "peer"), ("ikev2", "binding"))
    }
    policy = last["ipsec", "policy"]
    mapped = next((word for word in policy[1] if word in maps), None) if policy else None
    peer, encryption = maps.get(mapped or "", (None, ""))
    if last["ikev2", "peer"]:
        peer = last["ikev2", "peer"][1][0]
    if last["tunnel", "destination"]:
        peer = peer or last["tunnel", "destination"][1][0]
    profile = last["ikev2", "binding"]
    encryption = encryption or ",".join(profiles.get(profile[1][0], []) if profile else [])
    words = " ".join(mode)
    kind = "l2tp" if "l2tp" in words else "gre" if words.startswith("gre") else "ipsec" if "ipsec" in words else "ipip"
    secured = "ipsec" in words or kind == "ipsec"
    anybody = peer == "any" or (kind == "l2tp" and peer is None)
    draft.add(
        DeviceVpn(
            name=name, kind=kind, dial_in=anybody, enabled=bool(list(blocks.take("no", "shutdown", inside=inside))), interface=name,
            port={"l2tp": 1701, "ipsec": 500}.get(kind), peer=None if anybody else peer,
            allowed_from=peer if peer and not anybody and network_of(peer) else None, local_networks=ids["local-id"].get(mapped or ""),
            remote_networks=ids["remote-id"].get(mapped or ""),
            authentication=joined([*(["key"] if secured else []), *(["password"] if kind == "l2tp" else [])]), encryption=encryption or None,
            two_factor=False if kind == "l2tp" else None, evidence=command.evidence,
        )
    )  # fmt: skip
