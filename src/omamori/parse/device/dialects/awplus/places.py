"""AlliedWare Plus: interfaces and VLANs, routes, tunnels."""

from __future__ import annotations

from dataclasses import replace

from omamori.model.device import DeviceInterface, DeviceVpn
from omamori.parse.device.blocks import ANY, Blocks, Command
from omamori.parse.device.draft import Draft, bounds, network_of, number, prefix_of, route

INTERFACE = ("interface", ANY)
_KINDS = (
    ("vlan", "vlan"),
    ("tunnel", "tunnel"),
    ("ppp", "ppp"),
    ("cellular", "mobile"),
    ("wwan", "mobile"),
    ("lo", "loopback"),
    ("br", "bridge"),
    ("po", "aggregate"),
    ("sa", "aggregate"),
)


def read_interfaces(blocks: Blocks, draft: Draft) -> dict[str, tuple[str, bool]]:
    """Write a row for each address of each interface; return port → (VLAN interface, whether no other port has this VLAN)."""
    headers: dict[str, Command] = {}
    for command, rest in blocks.take("interface", least=1, inside=()):
        for name in _names(rest[0]):
            headers.setdefault(name, command)
    labels = {
        name: " ".join(rest)[:200]
        for command, rest in blocks.take("description", least=1, inside=INTERFACE)
        for name in _names(command.section[1])
    }
    down = {name for command, _ in blocks.take("shutdown", inside=INTERFACE) for name in _names(command.section[1])}
    vlans = {
        command.section[1]: number(rest[0], 1, 4094) for command, rest in blocks.take("encapsulation", "dot1q", least=1, inside=INTERFACE)
    }
    vrfs = {command.section[1]: rest[0] for command, rest in blocks.take("ip", "vrf", "forwarding", least=1, inside=INTERFACE)}
    for _, rest in blocks.take("vlan", least=1, inside=("vlan", "database")):
        if rest[1:2] == ("name",) and len(rest) > 2:
            labels.setdefault(f"vlan{rest[0]}", rest[2][:200])
    members: dict[str, list[str]] = {}
    for command, rest in blocks.take("switchport", "access", "vlan", least=1, inside=INTERFACE):
        for name in _names(command.section[1]):
            members.setdefault(f"vlan{rest[0]}", []).append(name)
    list(blocks.take("switchport"))
    addresses: dict[str, list[tuple[Command, str]]] = {}
    for command, rest in blocks.take("ip", "address", least=1, inside=INTERFACE):
        mask = f"/{prefix_of(rest[1])}" if len(rest) > 1 and "/" not in rest[0] and prefix_of(rest[1]) is not None else ""
        addresses.setdefault(command.section[1], []).append((command, rest[0] + mask))
    for name, header in headers.items():
        row = DeviceInterface(
            name=name, kind=next((kind for prefix, kind in _KINDS if name.startswith(prefix)), "vlan" if name in vlans else "ethernet"),
            label=labels.get(name), enabled=name not in down, vrf=vrfs.get(name), evidence=header.evidence,
            vlan=vlans.get(name) or (number(name[4:], 1, 4094) if name.startswith("vlan") else None),
            parent=name.rpartition(".")[0] if name in vlans else next((vlan for vlan, listed in members.items() if name in listed), None),
        )  # fmt: skip
        draft.add(*(_row(row, command, address) for command, address in addresses.get(name, ())))
        if name not in addresses:
            draft.add(row)
    return {port: (vlan, len(listed) == 1) for vlan, listed in members.items() for port in listed}


def _names(text: str) -> list[str]:
    """`port1.0.1-1.0.4`, `port1.0.1-port1.0.4`, `vlan10-12` and lists of them → single names; what is odd stays as it is."""
    found: list[str] = []
    for part in text.split(",")[:64]:
        first, dash, last = part.partition("-")
        head, low, high = first.rstrip("0123456789"), first[len(first.rstrip("0123456789")) :], last[len(last.rstrip("0123456789")) :]
        start, end = number(low, 0, 4094), number(high, 0, 4094)
        if dash and start is not None and end is not None and start <= end:
            found += [f"{head}{place}" for place in range(start, end + 1)]
        else:
            found.append(part)
    return found


def _row(row: DeviceInterface, command: Command, address: str) -> DeviceInterface:
    network = network_of(address)
    if network is None:
        return replace(row, dynamic=True, evidence=command.evidence)
    first, last = bounds(network)
    return replace(
        row,
        address=address.partition("/")[0],
        prefix=network.prefixlen,
        network_first=first,
        network_last=last,
        dynamic=False,
        evidence=command.evidence,
    )


def read_routes(blocks: Blocks, draft: Draft) -> None:
    """Write the static routes."""
    for word in ("ip", "ipv6"):
        for command, rest in blocks.take(word, "route", least=2, inside=()):
            vrf = rest[1] if rest[0] == "vrf" and len(rest) > 3 else None
            said = rest[2:] if vrf else rest
            mask = prefix_of(said[1]) if "/" not in said[0] and len(said) > 2 else None
            network = network_of(f"{said[0]}/{mask}" if mask is not None else said[0])
            left = said[2:] if mask is not None else said[1:]
            if network is None or not left:
                blocks.leave(command)
                continue
            gateway = network_of(left[0]) is not None
            interface = left[1] if gateway and len(left) > 1 and number(left[1]) is None else None if gateway else left[0]
            distance = next((number(item, 1, 255) for item in left[1:] if number(item, 1, 255) is not None), None)
            limits = [item for item in left[1:] if number(item) is None and item != interface]
            made = route(
                network, command.line, gateway=left[0] if gateway else None, interface=interface, distance=distance,
                discard=left[0].lower() in ("null", "blackhole"), condition=" ".join(limits)[:200] or None,
            )  # fmt: skip
            draft.add(replace(made, vrf=vrf))


def read_tunnels(blocks: Blocks, draft: Draft) -> None:
    """Write a row for each tunnel interface."""
    keyed = {
        rest[rest.index("address") + 1] if "address" in rest[:-1] else "" for _, rest in blocks.take("crypto", "isakmp", "key", least=1)
    }
    down = {command.section[1] for command, _ in blocks.take("shutdown", inside=INTERFACE)}
    for command, rest in blocks.take("tunnel", "mode", least=1, inside=INTERFACE):
        name = command.section[1]
        inside = ("interface", name)
        ends = {word: blocks.last("tunnel", word, least=1, inside=inside) for word in ("source", "destination", "protection")}
        networks = {
            word: [found[-1] for _, found in blocks.take("tunnel", word, "selector", least=1, inside=inside)]
            for word in ("local", "remote")
        }
        for word in ("local", "remote"):
            list(blocks.take("tunnel", word, "name", inside=inside))
        peer = ends["destination"][1][0] if ends["destination"] else None
        kind = {"openvpn": "openvpn", "gre": "gre", "ipsec": "ipsec", "l2tp": "l2tp", "ipv4": "ipip", "ipv6": "ipip"}.get(rest[0], "ipip")
        secured = kind == "ipsec" or ends["protection"] is not None
        anybody = peer == "dynamic" or kind == "openvpn"
        draft.add(
            DeviceVpn(
                name=name, kind=kind, dial_in=anybody, enabled=name not in down, interface=name,
                listens_on=ends["source"][1][0] if ends["source"] else None, port={"openvpn": 1194, "ipsec": 500, "l2tp": 1701}.get(kind),
                peer=None if anybody else peer, allowed_from=peer if peer and not anybody and network_of(peer) else None,
                local_networks=",".join(networks["local"]) or None, remote_networks=",".join(networks["remote"]) or None,
                authentication=("password" if kind == "openvpn" else "key") if secured or kind == "openvpn" or peer in keyed else None,
                two_factor=None, evidence=command.evidence,
            )
        )  # fmt: skip
