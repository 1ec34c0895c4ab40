"""Small networks drawn at random: devices on common segments, rules of every kind, translation, routes. Used by the property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from omamori.model.device import DeviceChain, DeviceFact, DeviceInterface, DeviceRoute, DeviceRule

SEGMENTS = 4
HOSTS = (1, 2, 5, 6)
PORTS = (22, 80, 443)
OUTSIDE = "203.0.113.9"


def address(segment: int, host: int) -> str:
    return f"10.0.{segment}.{host}"


def network(segment: int) -> str:
    return f"10.0.{segment}.0/29"


@st.composite
def addresses(draw: st.DrawFn) -> str | None:
    kind = draw(st.integers(0, 6))
    if kind <= 1:
        return None
    some = draw(st.lists(st.tuples(st.integers(0, SEGMENTS - 1), st.sampled_from(HOSTS)), min_size=1, max_size=3, unique=True))
    if kind == 2:
        return network(some[0][0])
    if kind == 3:
        return "!" + ",".join(address(*one) for one in some)
    if kind == 4:
        return f"{address(some[0][0], 2)}-{address(some[0][0], 5)}"
    if kind == 5:
        return OUTSIDE
    return ",".join(address(*one) for one in some)


def one_address(draw: st.DrawFn) -> str:
    return address(draw(st.integers(0, SEGMENTS - 1)), draw(st.sampled_from(HOSTS)))


ports = st.sampled_from((None, None, "22", "80", "443", "22,443", "20-90", "!80"))
source_ports = st.sampled_from((None, None, None, None, "1024-65535", "53"))
protocols = st.sampled_from((None, "tcp", "tcp", "udp", "icmp", "tcp,udp", "!tcp", "50"))
states = st.sampled_from(
    (None, None, None, "new", "established,related", "established", "new,untracked", "invalid", "!new", "untracked", "dnat", "ack")
)
names = st.sampled_from((None, None, None, "eth0", "eth1", "!eth0", "eth*", "inner"))


@st.composite
def rule(draw: st.DrawFn, asset: str, chain: str, position: int, hook: str | None, *, doubts: bool) -> DeviceRule:
    decisions = ["accept", "accept", "drop", "reject", "return", "continue"]
    if chain != "sub":
        decisions += ["jump", "goto"]
    nat = chain.startswith("nat")
    if nat:
        decisions = ["dnat", "dnat", "redirect", "accept"] if hook == "prerouting" else ["snat", "snat", "masquerade", "accept"]
    if chain == "raw":
        decisions = ["notrack", "accept", "drop"]
    if doubts and not nat:
        decisions.append("unknown")
    decision = draw(st.sampled_from(decisions))
    protocol = draw(protocols)
    values: dict[str, Any] = {}
    if protocol in ("tcp", "udp", "tcp,udp"):
        values = {"destination_ports": draw(ports), "source_ports": draw(source_ports)}
    elif protocol == "icmp":
        values = {"destination_ports": draw(st.sampled_from((None, "8", "0", "3")))}
    values["sources"], values["destinations"] = draw(addresses()), draw(addresses())
    if decision in ("dnat", "snat"):
        values["to_addresses"] = draw(st.one_of(st.just(one_address(draw)), st.just("10.0.1.5-10.0.1.6")))
        if protocol in ("tcp", "udp", "tcp,udp"):
            values["to_ports"] = draw(st.sampled_from((None, None, "443", "80")))
        if draw(st.integers(0, 4)) == 0:
            which = "destinations" if decision == "dnat" else "sources"
            values |= {which: network(draw(st.integers(0, SEGMENTS - 1))), "to_addresses": network(draw(st.integers(0, SEGMENTS - 1)))}
            values |= {"one_to_one": True, "to_ports": None}
    if decision == "redirect" and protocol in ("tcp", "udp"):
        values["to_ports"] = draw(st.sampled_from((None, "443")))
    if doubts and draw(st.integers(0, 3)) == 0:
        values["unread"] = "condition"
    return DeviceRule(
        asset=asset,
        chain=chain,
        position=position,
        decision=decision,
        target="sub" if decision in ("jump", "goto") else None,
        protocol=protocol,
        states=None if nat else draw(states),
        interface_in=None if hook == "postrouting" else draw(names),
        interface_out=draw(names) if hook in ("forward", "postrouting", "output") else None,
        **values,
    )


CHAINS = (
    ("raw", "prerouting", -300, False),
    ("nat pre", "prerouting", -100, True),
    ("nat pre 2", "prerouting", -100, True),
    ("forward", "forward", 0, False),
    ("policies", "forward", 5, True),
    ("input", "input", 0, False),
    ("output", "output", 0, False),
    ("nat post", "postrouting", 100, True),
    ("in", "prerouting", 0, False),
    ("sub", None, 0, False),
)


@st.composite
def chains(draw: st.DrawFn, asset: str, *, doubts: bool) -> list[Any]:
    rows: list[Any] = []
    for name, hook, priority, first in CHAINS:
        if hook is not None and draw(st.integers(0, 1)) == 0:
            continue
        policy = (
            None if hook is None else "accept" if first and "nat" in name else draw(st.sampled_from(("accept", "accept", "accept", "drop")))
        )
        bound = draw(st.sampled_from((None, None, "eth0"))) if name == "in" else None
        rows.append(
            DeviceChain(asset=asset, chain=name, hook=hook, priority=priority, policy=policy, first_packet=first, interface_in=bound)
        )
        rows += [draw(rule(asset, name, at, hook, doubts=doubts)) for at in range(draw(st.integers(0, 4)))]
    return rows


@st.composite
def rows(draw: st.DrawFn, *, doubts: bool = False) -> list[Any]:
    """Rows of the device tables."""
    found: list[Any] = []
    places: dict[str, list[int]] = {}
    taken: dict[int, int] = {}
    count = draw(st.integers(1, 3))
    for number in range(count):
        shared = number - 1 if number else 0
        segments = [
            shared,
            *draw(
                st.lists(st.integers(0, SEGMENTS - 1).filter(lambda one, shared=shared: one != shared), min_size=1, max_size=2, unique=True)
            ),
        ]
        places[f"r{number}"] = segments
        found.append(
            DeviceFact(
                asset=f"r{number}",
                system=draw(st.sampled_from(("linux", "fortios"))),
                forwards=draw(st.sampled_from((True, True, True, False))),
                stateful=draw(st.sampled_from((True, True, True, False))),
            )
        )
        for place, segment in enumerate(segments):
            taken[segment] = taken.get(segment, 0) + 1
            found.append(
                DeviceInterface(
                    asset=f"r{number}",
                    name=f"eth{place}",
                    zone="inner" if place else None,
                    address=address(segment, taken[segment]),
                    prefix=29,
                )
            )
        found += draw(chains(f"r{number}", doubts=doubts))
    for asset in places:
        for _ in range(draw(st.integers(1, 3))):
            found.append(
                DeviceRoute(
                    asset=asset,
                    destination=draw(st.sampled_from(("0.0.0.0/0", "10.0.0.0/16", *(network(one) for one in range(SEGMENTS))))),
                    gateway=address(draw(st.sampled_from(places[asset])), draw(st.sampled_from((1, 2, 2, 3)))),
                    distance=draw(st.sampled_from((1, 1, 5))),
                    discard=draw(st.integers(0, 9)) == 0,
                    condition=draw(st.sampled_from((None, None, "policy"))) if doubts else None,
                )
            )
    return found
