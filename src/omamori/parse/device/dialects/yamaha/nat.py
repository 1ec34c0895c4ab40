"""Yamaha's NAT descriptors → chains and rules (command reference, chapter NAT).

A descriptor works on the interface it is bound to: outside is what lies behind that interface. Packets from outside meet it before the
filters, packets to outside after them. What comes from outside for the outer address and has no entry is thrown away by default.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from ipaddress import ip_address

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.yamaha.packets import PORTS, is_address, ports
from omamori.parse.device.dialects.yamaha.statements import ANY, Statement, Statements
from omamori.parse.device.draft import PROTOCOLS, Draft, network_of, number, shown

_MAX_COUNT = 65_536
_BOUND = 16
"""Descriptors an interface takes."""


@dataclass(slots=True)
class Descriptor:
    """One NAT descriptor as it is written."""

    kind: tuple[Statement, str] | None = None
    outer: tuple[str, ...] = ("ipcp",)
    inner: tuple[str, ...] = ("auto",)
    incoming: tuple[Statement, tuple[str, ...]] | None = None
    static: list[tuple[Statement, tuple[str, ...]]] = field(default_factory=list)
    forwarded: list[tuple[Statement, tuple[str, ...]]] = field(default_factory=list)


def read_nat(commands: Statements, draft: Draft, addresses: dict[str, list[str]]) -> None:
    """Write the chains and rules of all bound descriptors; `addresses` are the fixed addresses of each interface, the first one primary."""
    known: dict[str, Descriptor] = {}
    for statement, rest in commands.take("nat", "descriptor", "type", least=2):
        _of(known, rest[0]).kind = (statement, rest[1])
    for _, rest in commands.take("nat", "descriptor", "address", "outer", least=2):
        _of(known, rest[0]).outer = rest[1:]
    for _, rest in commands.take("nat", "descriptor", "address", "inner", least=2):
        _of(known, rest[0]).inner = rest[1:]
    for statement, rest in commands.take("nat", "descriptor", "masquerade", "incoming", least=2):
        _of(known, rest[0]).incoming = (statement, rest[1:])
    for statement, rest in commands.take("nat", "descriptor", "static", least=3):
        _of(known, rest[0]).static.append((statement, rest[1:]))
    for statement, rest in commands.take("nat", "descriptor", "masquerade", "static", least=4):
        _of(known, rest[0]).forwarded.append((statement, rest[1:]))
    for statement, rest in commands.take("ip", ANY, "nat", "descriptor", least=1):
        if "reverse" in rest:
            commands.leave(statement)
        interface = statement.interface(statement.words[1])
        for name in rest[: rest.index("reverse") if "reverse" in rest else _BOUND]:
            descriptor = known.get(name, Descriptor())
            _write(draft, statement, interface, name, descriptor, addresses.get(interface, []))


def _of(known: dict[str, Descriptor], name: str) -> Descriptor:
    return known.setdefault(name, Descriptor())


def _outer(descriptor: Descriptor, fixed: list[str]) -> str | None:
    """The outer addresses as a list; NULL where they are given from outside."""
    if descriptor.outer[0] in ("primary", "ipcp"):
        return fixed[0] if fixed else None
    if descriptor.outer[0] == "secondary":
        return fixed[1] if len(fixed) > 1 else None
    listed = [word for word in descriptor.outer if is_address(word.partition("-")[0])]
    return ",".join(listed) or None


def _write(draft: Draft, bound: Statement, interface: str, name: str, descriptor: Descriptor, fixed: list[str]) -> None:
    kind = descriptor.kind[1] if descriptor.kind else "none"
    if kind == "none":
        return
    outer = _outer(descriptor, fixed)
    first = outer.split(",")[0].split("-")[0] if outer else None
    into, out = f"{interface} nat {name} in", f"{interface} nat {name} out"
    inward = list(_inward(into, descriptor, kind, first, outer, bound))
    outward = list(_outward(out, descriptor, kind, first, outer, bound))
    if kind not in ("nat", "masquerade", "nat-masquerade"):
        inward = [DeviceRule(chain=into, decision="unknown", unread=f"nat descriptor type {kind}", evidence=bound.evidence)]
        outward = [DeviceRule(chain=out, decision="unknown", unread=f"nat descriptor type {kind}", evidence=bound.evidence)]
    for chain, hook, priority, rules in ((into, "prerouting", -100, inward), (out, "postrouting", 100, outward)):
        draft.add(
            DeviceChain(
                chain=chain, hook=hook, priority=priority, policy="accept", family="ipv4", first_packet=True, label=f"nat descriptor {name}",
                interface_in=interface if hook == "prerouting" else None, interface_out=interface if hook == "postrouting" else None,
                evidence=bound.evidence,
            )
        )  # fmt: skip
        draft.add(*(replace(rule, position=place) for place, rule in enumerate(rules)))


def _inward(chain: str, descriptor: Descriptor, kind: str, first: str | None, outer: str | None, bound: Statement) -> Iterator[DeviceRule]:
    named = None if outer else f"{bound.words[1]} {' '.join(descriptor.outer)[:80]}"
    for statement, rest in descriptor.static:
        pair = _pair(rest)
        if pair is None:
            yield DeviceRule(chain=chain, rule=rest[0], decision="unknown", unread=" ".join(rest[1:]), evidence=statement.evidence)
        else:
            yield DeviceRule(
                chain=chain, rule=rest[0], decision="dnat", destinations=pair[0], to_addresses=pair[1],
                one_to_one="-" in pair[0] or "/" in pair[0], evidence=statement.evidence,
            )  # fmt: skip
    if kind == "nat":
        return
    for statement, rest in descriptor.forwarded:
        yield _forwarded(chain, statement, rest, first, named)
    incoming = descriptor.incoming[1] if descriptor.incoming else ("reject",)
    statement = descriptor.incoming[0] if descriptor.incoming else bound
    if incoming[0] == "forward" and len(incoming) > 1 and is_address(incoming[1]):
        yield DeviceRule(
            chain=chain, rule="incoming forward", decision="dnat", destinations=first, destinations_named=named, to_addresses=incoming[1],
            evidence=statement.evidence,
        )  # fmt: skip
    elif incoming[0] == "through":
        yield DeviceRule(
            chain=chain, rule="incoming through", decision="drop", protocol="tcp", destinations=first, destination_ports="0-1023",
            destinations_named=named, evidence=statement.evidence,
        )  # fmt: skip
    elif outer:
        yield DeviceRule(
            chain=chain, rule=f"incoming {incoming[0]}"[:80], decision="drop", destinations=first if kind == "masquerade" else outer,
            evidence=statement.evidence,
        )  # fmt: skip
    else:
        # Its own address is thrown away, but which one it is only the provider knows: of any other nothing is said.
        yield DeviceRule(
            chain=chain, rule=f"incoming {incoming[0]}"[:80], decision="unknown", destinations_named=named,
            unread="the outer address, which is given from outside", evidence=statement.evidence,
        )  # fmt: skip


def _forwarded(chain: str, statement: Statement, rest: tuple[str, ...], first: str | None, named: str | None) -> DeviceRule:
    """`ID INNER PROTOCOL [OUTER_PORT=]INNER_PORT`."""
    protocol = PROTOCOLS.get(rest[2].lower(), rest[2].lower())
    outside, _, inside = rest[3].rpartition("=") if len(rest) > 3 else ("", "", "")
    seen, odd = ports(outside or inside) if inside else (None, None)
    known = (
        is_address(rest[1]) and not odd and (protocol in ("tcp", "udp", "icmp", "esp", "gre", "ah") or number(protocol, 0, 255) is not None)
    )
    return DeviceRule(
        chain=chain, rule=rest[0], decision="dnat" if known else "unknown", family="ipv4", protocol=protocol, destinations=first,
        destinations_named=named, destination_ports=seen, to_addresses=rest[1] if known else None,
        to_ports=PORTS.get(inside, inside) if outside else None, unread=None if known else " ".join(rest[1:]), evidence=statement.evidence,
    )  # fmt: skip


def _outward(chain: str, descriptor: Descriptor, kind: str, first: str | None, outer: str | None, bound: Statement) -> Iterator[DeviceRule]:
    for statement, rest in descriptor.static:
        if pair := _pair(rest):
            yield DeviceRule(
                chain=chain, rule=rest[0], decision="snat", sources=pair[1], to_addresses=pair[0], one_to_one="-" in pair[0] or "/" in pair[0],
                evidence=statement.evidence,
            )  # fmt: skip
        else:
            yield DeviceRule(chain=chain, rule=rest[0], decision="unknown", unread=" ".join(rest[1:]), evidence=statement.evidence)
    inner = None if descriptor.inner[0] == "auto" else ",".join(word for word in descriptor.inner if is_address(word.partition("-")[0]))
    statement = descriptor.kind[0] if descriptor.kind else bound
    fixed = descriptor.outer[0] not in ("primary", "ipcp")
    if kind != "masquerade" and fixed and outer:
        yield DeviceRule(chain=chain, rule="type nat", decision="snat", sources=inner, to_addresses=outer, evidence=statement.evidence)
    elif kind != "masquerade":
        yield DeviceRule(chain=chain, rule="type nat", decision="masquerade", sources=inner, evidence=statement.evidence)
    elif fixed and first:
        yield DeviceRule(
            chain=chain, rule="type masquerade", decision="snat", sources=inner, to_addresses=first, evidence=statement.evidence
        )
    else:
        yield DeviceRule(chain=chain, rule="type masquerade", decision="masquerade", sources=inner, evidence=statement.evidence)


def _pair(rest: tuple[str, ...]) -> tuple[str, str] | None:
    """(outer, inner) addresses of a static entry `ID OUTER=INNER [COUNT]` or `ID OUTER=INNER/MASK`."""
    outer, _, inner = rest[1].partition("=")
    address, _, mask = inner.partition("/")
    if not is_address(outer) or not is_address(address):
        return None
    if mask:
        networks = network_of(f"{outer}/{mask}"), network_of(inner)
        return None if None in networks else (shown(networks[0]), shown(networks[1]))  # type: ignore[arg-type]
    count = number(rest[2], 1, _MAX_COUNT) if len(rest) > 2 else 1
    if count is None:
        return None
    if count == 1:
        return outer, address
    try:
        return f"{outer}-{ip_address(outer) + count - 1}", f"{address}-{ip_address(address) + count - 1}"
    except ValueError:
        return None
