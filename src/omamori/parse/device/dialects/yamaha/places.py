"""Yamaha's interfaces, routes and tunnels (command reference, chapters IP, PPP, tunnelling, IPsec, L2TP, PPTP)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address, summarize_address_range

from omamori.model.device import DeviceInterface, DeviceVpn
from omamori.parse.device.dialects.yamaha.packets import is_address
from omamori.parse.device.dialects.yamaha.statements import ANY, Statement, Statements
from omamori.parse.device.draft import Draft, bounds, joined, network_of, number, route
from omamori.parse.windows.lines import Line

ANONYMOUS = "pp anonymous"
_KINDS = (("pp", "ppp"), ("tunnel", "tunnel"), ("bridge", "bridge"), ("vlan", "vlan"), ("loopback", "loopback"), ("wan", "mobile"))


@dataclass(slots=True)
class Places:
    """What is known of an interface before its row is written."""

    addresses: dict[str, list[tuple[Statement, str, str | None]]] = field(default_factory=dict)
    label: dict[str, str] = field(default_factory=dict)
    vlan: dict[str, int] = field(default_factory=dict)
    parent: dict[str, str] = field(default_factory=dict)
    enabled: dict[str, bool] = field(default_factory=dict)
    first: dict[str, Line] = field(default_factory=dict)

    def fixed(self) -> dict[str, list[str]]:
        """Return the addresses of each interface that stand in the configuration, the primary first."""
        found: dict[str, list[str]] = {}
        for name, listed in self.addresses.items():
            found[name] = [address for _, address, _ in listed if address != "dhcp"]
        return found


def read_interfaces(commands: Statements, draft: Draft) -> Places:
    """Write a row for each address of each interface; return what others need of them."""
    places = Places()
    for pattern in (("ip", ANY, "address"), ("ip", ANY, "secondary", "address")):
        for statement, rest in commands.take(*pattern, least=1):
            _address(commands, places, statement, rest)
    for statement, rest in commands.take("ip", ANY, "vrrp", least=2):
        if is_address(rest[1]):
            places.addresses.setdefault(statement.words[1], []).append((statement, rest[1], None))
        else:
            commands.leave(statement)
    for statement, rest in commands.take("vlan", ANY, "802.1q", least=1):
        vid = next((number(word[4:], 1, 4094) for word in rest if word.startswith("vid=")), None)
        places.first.setdefault(statement.words[1], statement.line)
        if vid is not None:
            places.vlan[statement.words[1]] = vid
    for statement, rest in commands.take("bridge", "member", least=2):
        for member in rest[1:]:
            places.parent[member] = rest[0]
            places.first.setdefault(member, statement.line)
    for statement, rest in commands.take("pppoe", "use", least=1):
        places.parent[statement.pp] = rest[0]
        places.addresses.setdefault(statement.pp, []) or places.first.setdefault(statement.pp, statement.line)
    for statement, rest in commands.take("description", least=2):
        places.label[_numbered(statement, rest[0])] = " ".join(rest[1:])[:200]
    for word in ("pp", "tunnel"):
        for statement, rest in commands.take(word, "enable", least=1):
            name = ANONYMOUS if rest[0] == "anonymous" else f"{word}{rest[0]}"
            places.enabled[name] = True
            places.first.setdefault(name, statement.line)
        for statement in commands.all:
            name = statement.interface(word)
            if word in statement.words[:2] and not name.endswith("none"):
                places.first.setdefault(name, statement.line)
    _write(places, draft)
    return places


def _numbered(statement: Statement, word: str) -> str:
    return statement.interface(word) if word in ("pp", "tunnel") else word


def _address(commands: Statements, places: Places, statement: Statement, rest: tuple[str, ...]) -> None:
    name = statement.interface(statement.words[1])
    address, _, mask = rest[0].partition("/")
    if rest[0] in ("dhcp", "pppoe", "unnumbered"):
        places.addresses.setdefault(name, []).append((statement, "dhcp", None))
    elif is_address(address) and network_of(rest[0]) is not None:
        places.addresses.setdefault(name, []).append((statement, address, mask or "32"))
    else:
        commands.leave(statement)


def _write(places: Places, draft: Draft) -> None:
    for name in sorted({*places.addresses, *places.first}):
        listed = places.addresses.get(name, [])
        own = next((network_of(f"{address}/{mask}") for _, address, mask in listed if mask), None)
        row = _row(places, name)
        for statement, address, mask in listed:
            network = network_of(f"{address}/{mask}") if mask else own
            first, last = bounds(network)
            if address == "dhcp" or network is None:
                draft.add(replace(row, dynamic=address == "dhcp", evidence=statement.evidence))
            else:
                draft.add(
                    replace(
                        row, address=address, prefix=network.prefixlen, network_first=first, network_last=last, dynamic=False,
                        evidence=statement.evidence,
                    )
                )  # fmt: skip
        if not listed:
            given = name.startswith("pp") and name != ANONYMOUS and name in places.parent
            draft.add(replace(row, dynamic=given or None, evidence=str(places.first[name].number)))


def _row(places: Places, name: str) -> DeviceInterface:
    """What all rows of an interface have in common."""
    virtual = name.startswith(("pp", "tunnel"))
    return DeviceInterface(
        name=name, kind=next((kind for prefix, kind in _KINDS if name.startswith(prefix)), "vlan" if "/" in name else "ethernet"),
        label=places.label.get(name), vlan=places.vlan.get(name), enabled=places.enabled.get(name, False) if virtual else True,
        parent=places.parent.get(name) or (name.partition("/")[0] if "/" in name else None),
    )  # fmt: skip


def read_routes(commands: Statements, draft: Draft) -> None:
    """Write the static routes; where routes are learned from neighbours, the commands that say so stay unread."""
    for word in ("ip", "ipv6"):
        for statement, rest in commands.take(word, "route", least=3):
            network = network_of("::/0" if word == "ipv6" and rest[0] == "default" else rest[0])
            if network is None or rest[1] != "gateway":
                commands.leave(statement)
                continue
            parts: list[list[str]] = []
            for item in rest[1:]:
                if item == "gateway":
                    parts.append([])
                else:
                    parts[-1].append(item)
            for part in parts:
                if part and (found := _gateway(part)) is not None:
                    target, left = found
                    draft.add(route(network, statement.line, **target, **_limits(left, len(parts))))  # type: ignore[arg-type]
                else:
                    commands.leave(statement)
    for word in ("rip", "ospf", "ospf6", "bgp"):
        for statement, rest in commands.take(word):
            if rest[:2] == ("use", "on"):
                commands.leave(statement)


def _gateway(part: list[str]) -> tuple[dict[str, object], list[str]] | None:
    """Where a gateway leads, and its options."""
    if is_address(part[0].partition("%")[0]):
        address, _, scope = part[0].partition("%")
        return {"gateway": address, "interface": scope or None}, part[1:]
    if part[0] == "pp" and len(part) > 1:
        named = part[1] == "anonymous"
        return {"interface": ANONYMOUS if named else f"pp{part[1]}"}, part[2:]
    if part[0] == "tunnel" and len(part) > 1:
        return {"interface": f"tunnel{part[1]}"}, part[2:]
    if part[0] == "dhcp" and len(part) > 1:
        return {"interface": part[1]}, part[2:]
    if part[0].startswith("null"):
        return {"interface": part[0], "discard": True}, part[1:]
    if part[0].startswith(("lan", "wan", "bridge", "loopback", "vlan")):
        return {"interface": part[0]}, part[1:]
    return None


def _limits(options: list[str], ways: int) -> dict[str, object]:
    """Distance of a route and what limits it: filters, line states, and the other gateways it takes turns with."""
    distance, limits, at = None, [], 0
    while at < len(options):
        if options[at] == "metric" and at + 1 < len(options):
            distance, at = number(options[at + 1], 0, 255), at + 2
        elif options[at].startswith("name="):
            at += 1
        else:
            limits.append(options[at])
            at += 1
    if ways > 1 and "filter" not in limits and "dpi" not in limits:
        limits.append(f"one of {ways} gateways")
    return {"distance": distance, "condition": " ".join(limits)[:200] or None}


@dataclass(slots=True)
class Gateway:
    """A security gateway (`ipsec ike ... N`), as far as it is written."""

    said: dict[str, tuple[str, ...]] = field(default_factory=dict)
    policy: tuple[str, ...] = ()


def read_tunnels(commands: Statements, draft: Draft, places: Places) -> None:
    """Write a row for each tunnel, and the routes to the addresses persons get who dial in."""
    gateways: dict[str, Gateway] = {}
    policies: dict[str, str] = {}
    for _, rest in commands.take("ipsec", "sa", "policy", least=3):
        policies[rest[0]] = rest[1]
        gateways.setdefault(rest[1], Gateway()).policy = rest[2:]
    for pattern in (("remote", "address"), ("remote", "name"), ("remote", "id"), ("local", "id"), ("local", "address"), ("local", "name")):
        for _, rest in commands.take("ipsec", "ike", *pattern, least=2):
            gateways.setdefault(rest[0], Gateway()).said[" ".join(pattern)] = rest[1:]
    for word in ("encryption", "hash", "group", "pre-shared-key", "eap", "auth", "xauth", "version", "pki"):
        for _, rest in commands.take("ipsec", "ike", word, least=1):
            name = next((item for item in rest if item.isdigit()), rest[0])
            gateways.setdefault(name, Gateway()).said[word] = tuple(item for item in rest if item != name)
    tunnels: dict[str, dict[str, tuple[Statement, tuple[str, ...]]]] = {}
    for head in (("tunnel", "encapsulation"), ("tunnel", "endpoint"), ("ipsec", "tunnel")):
        for statement, rest in commands.take(*head, least=1):
            if statement.tunnel != "none" and statement.tunnel != "tunnelnone" and (head[0] == "tunnel" or len(rest) == 1):
                tunnels.setdefault(statement.tunnel, {})[" ".join(head)] = (statement, rest)
    services = {word: rest for word in ("l2tp", "pptp") for _, rest in commands.take(word, "service", least=1)}
    ipsec_on = not any(rest[:1] == ("off",) for _, rest in commands.take("ipsec", "use"))
    bound = {word for _, rest in commands.take("pp", "bind", least=1) for word in _bound(rest)}
    pool = _pool(commands, draft)
    for name, said in sorted(tunnels.items()):
        encapsulation = said["tunnel encapsulation"][1] if "tunnel encapsulation" in said else ("ipsec",)
        policy = said["ipsec tunnel"][1][0] if "ipsec tunnel" in said else ""
        gateway = gateways.get(policies.get(policy, ""), Gateway())
        line = next(iter(said.values()))[0].evidence
        draft.add(_vpn(name, encapsulation[0], said, gateway, services, places, ipsec_on, name in bound, pool, line))


def _bound(rest: tuple[str, ...]) -> list[str]:
    found = []
    for word in rest:
        first, _, last = word.partition("-")
        low, high = number(first.removeprefix("tunnel"), 0, 9_999), number(last.removeprefix("tunnel"), 0, 9_999)
        found += [word] if low is None or high is None else [f"tunnel{one}" for one in range(low, high + 1)]
    return found


def _pool(commands: Statements, draft: Draft) -> str | None:
    pool = None
    for statement, rest in commands.take("ip", "pp", "remote", "address", "pool", least=1):
        ranges = [word for word in rest if is_address(word.partition("-")[0])]
        pool = joined(ranges) or pool
        for word in ranges:
            first, _, last = word.partition("-")
            try:
                parts = list(summarize_address_range(IPv4Address(first), IPv4Address(last or first)))
            except (ValueError, TypeError):
                commands.leave(statement)
                continue
            draft.add(*(route(part, statement.line, interface=ANONYMOUS, origin="vpn") for part in parts))
    return pool


def _vpn(
    name: str, encapsulation: str, said: dict[str, tuple[Statement, tuple[str, ...]]], gateway: Gateway, services: dict[str, tuple[str, ...]],
    places: Places, ipsec_on: bool, dialled: bool, pool: str | None, line: str,
) -> DeviceVpn:  # fmt: skip
    kind = {"l2tpv3": "l2tp", "l2tpv3-raw": "l2tp", "ipudp": "ipip", "map-e": "ipip", "multipoint": "ipsec"}.get(
        encapsulation, encapsulation
    )
    service = services.get(kind)
    served = kind not in ("l2tp", "pptp") or (
        service is not None and service[0] == "on" and (len(service) == 1 or encapsulation in service[1:])
    )
    remote = gateway.said.get("remote address", ())
    endpoint = said.get("tunnel endpoint", (None, ()))[1]
    peer = next((word for word in reversed(remote) if word != "any"), None) if remote else _end(endpoint)
    anybody = remote[:1] == ("any",) or (dialled and peer is None)
    proof = [*(["key"] if "pre-shared-key" in gateway.said else []), *(["certificate"] if "pki" in gateway.said else [])]
    if dialled or "eap" in gateway.said or "xauth" in gateway.said:
        proof.append("password")
    ciphers = [*gateway.policy[1:3], *(word for key in ("encryption", "hash", "group") for word in gateway.said.get(key, ()))]
    return DeviceVpn(
        name=places.label.get(name, name), kind=kind, dial_in=anybody if remote or dialled or kind in ("l2tp", "pptp") else False,
        enabled=bool(places.enabled.get(name)) and served and (ipsec_on or kind != "ipsec"), interface=ANONYMOUS if dialled else name,
        listens_on=" ".join(gateway.said.get("local address", ())) or None, port={"l2tp": 1701, "pptp": 1723, "ipsec": 500}.get(kind),
        peer=peer, allowed_from=peer if peer and is_address(peer) else None,
        local_networks=" ".join(gateway.said.get("local id", ())) or None,
        remote_networks=(pool if dialled else " ".join(gateway.said.get("remote id", ()))) or None,
        authentication=joined(proof), two_factor=False if dialled and kind in ("l2tp", "pptp") else None,
        encryption=joined([word for word in ciphers if "=" not in word]), evidence=line,
    )  # fmt: skip


def _end(endpoint: tuple[str, ...]) -> str | None:
    """`address [LOCAL] REMOTE`, `remote address X`, `name X [fqdn]`."""
    if not endpoint or endpoint[0] == "local":
        return None
    left = [word for word in endpoint if word not in ("address", "remote", "name", "fqdn", "localname")]
    return left[-1] if left else None
