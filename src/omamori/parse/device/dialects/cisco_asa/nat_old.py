"""Translation of addresses of an ASA or PIX before 8.3: `nat 0`, `static`, `nat` with `global`, in this order.

Source: Cisco ASA 5500 Series Configuration Guide 8.2: Configuring NAT ("Order of NAT Commands Used to Match Real Addresses").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from omamori.model.device import DeviceRule
from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.cisco.reading import rules_of, unknown_rule
from omamori.parse.device.cisco.values import ip4, network, port, spread
from omamori.parse.device.dialects.cisco_asa.model import Asa, address
from omamori.parse.device.dialects.cisco_asa.nat import BACK, OUT


def old_rows(asa: Asa, lines: list[Statement]) -> None:
    """Add the chains of translation of a device before 8.3."""
    statics = [one for one in lines if one.word(0) == "static"]
    nats = [one for one in lines if one.word(0) == "nat"]
    pools = [one for one in lines if one.word(0) == "global"]
    exempt = [one for one in nats if _number(one) == "0"]
    back: list[DeviceRule] = []
    out = [rule for one in exempt for rule in _exempt(asa, one)]
    for one in statics:
        for rule in _static(asa, one):
            (back if rule.chain == BACK else out).append(rule)
    out += [rule for one in nats if _number(one) != "0" for rule in _dynamic(asa, one, pools)]
    for chain, hook, priority, rules in ((BACK, "prerouting", -100, back), (OUT, "postrouting", 100, out)):
        if rules:
            asa.reading.chain(lines[0].number, chain=chain, hook=hook, priority=priority, policy="accept", family="ipv4", first_packet=True)
            asa.reading.rules(rules)


def _number(one: Statement) -> str:
    return one.word(2)


def _name(one: Statement) -> str:
    return one.words[1].strip("()") if len(one.words) > 1 else ""


def _exempt(asa: Asa, one: Statement) -> Iterator[DeviceRule]:
    into = asa.names(_name(one))
    if one.word(3) == "access-list" and len(one.words) > 4:
        yield from _listed(asa, one, one.words[4], "accept", into, None, None)
        return
    pair = address(one.words[3:5], asa.groups.names)
    text = network(*pair) if pair else None
    if text is None:
        yield unknown_rule(OUT, one.number, one.text, interface_in=into)
    else:
        yield DeviceRule(chain=OUT, rule=one.text[:200], decision="accept", sources=_any(text), interface_in=into, evidence=str(one.number))


def _any(text: str) -> str | None:
    return None if text == "0.0.0.0/0" else text


def _listed(asa: Asa, one: Statement, name: str, decision: str, into: str | None, out: str | None, to: str | None) -> Iterator[DeviceRule]:
    if name not in asa.lists:
        asa.reading.missing("access list", "アクセスリスト", name, one.number)
        yield unknown_rule(OUT, one.number, one.text, interface_in=into, interface_out=out)
        return
    for ace, line in zip(asa.aces(name), asa.lists[name], strict=True):
        if ace is None or not ace.permit:
            yield unknown_rule(OUT, line.number, line.text, interface_in=into, interface_out=out)
            return
        for rule in rules_of(OUT, ace, permit=decision, label=one.text[:200], interface_in=into, interface_out=out):
            yield replace(rule, to_addresses=to)


def _static(asa: Asa, one: Statement) -> Iterator[DeviceRule]:
    """`static (real,mapped) [tcp|udp] MAPPED|interface [PORT] REAL [PORT] [netmask MASK]`."""
    real_if, _, mapped_if = _name(one).partition(",")
    into, out = asa.names(mapped_if), asa.names(real_if)
    words = list(one.words[2:])
    protocol = words.pop(0).lower() if words and words[0].lower() in ("tcp", "udp") else None
    need = 4 if protocol else 2
    if len(words) < need or "access-list" in (word.lower() for word in words[:need]):
        yield unknown_rule(BACK, one.number, one.text, interface_in=into)
        yield unknown_rule(OUT, one.number, one.text, interface_in=out)
        return
    mapped, real = words[0], words[2 if protocol else 1]
    mapped = (asa.own(mapped_if) or "") if mapped.lower() == "interface" else asa.groups.names.get(mapped, mapped)
    real = asa.groups.names.get(real, real)
    mapped_port = port(words[1], protocol) if protocol else None
    real_port = port(words[3], protocol) if protocol else None
    rest = [word.lower() for word in words]
    mask = words[rest.index("netmask") + 1] if "netmask" in rest[:-1] else "255.255.255.255"
    outer, inner = network(mapped, mask), network(real, mask)
    if outer is None or inner is None or (protocol and None in (mapped_port, real_port)):
        yield unknown_rule(BACK, one.number, one.text, interface_in=into)
        yield unknown_rule(OUT, one.number, one.text, interface_in=out)
        return
    outer, inner = outer.removesuffix("/32"), inner.removesuffix("/32")
    ports = (str(mapped_port), str(real_port)) if protocol else (None, None)
    same, wide = outer == inner, "/" in inner
    yield DeviceRule(
        chain=BACK, rule=one.text[:200], decision="accept" if same else "dnat", protocol=protocol, destinations=outer, destination_ports=ports[0],
        to_addresses=None if same else inner, to_ports=ports[1], one_to_one=wide and not same, interface_in=into, evidence=str(one.number),
    )  # fmt: skip
    yield DeviceRule(
        chain=OUT, rule=one.text[:200], decision="accept" if same else "snat", protocol=protocol, sources=inner, source_ports=ports[1],
        to_addresses=None if same else outer, to_ports=ports[0], one_to_one=wide and not same, interface_in=out, interface_out=into,
        evidence=str(one.number),
    )  # fmt: skip


def _dynamic(asa: Asa, one: Statement, pools: list[Statement]) -> Iterator[DeviceRule]:
    """`nat (real) N ADDRESS MASK|access-list NAME`, with each `global (mapped) N …`."""
    into = asa.names(_name(one))
    for pool in (pool for pool in pools if _number(pool) == _number(one)):
        out = asa.names(_name(pool))
        target = pool.words[3] if len(pool.words) > 3 else ""
        low, _, high = target.partition("-")
        first, last = ip4(low), ip4(high or low)
        to = spread(first, last) if first is not None and last is not None and first <= last else None
        if to is None and target.lower() != "interface":
            yield unknown_rule(OUT, pool.number, pool.text, interface_in=into, interface_out=out)
            continue
        decision = "snat" if to else "masquerade"
        if one.word(3) == "access-list" and len(one.words) > 4:
            yield from _listed(asa, one, one.words[4], decision, into, out, to)
            continue
        pair = address((*one.words[3:5], "0")[:2], asa.groups.names)
        text = network(*pair) if pair else None
        if text is None:
            yield unknown_rule(OUT, one.number, one.text, interface_in=into, interface_out=out)
            continue
        yield DeviceRule(
            chain=OUT, rule=one.text[:200], decision=decision, sources=_any(text), to_addresses=to, interface_in=into, interface_out=out,
            evidence=str(one.number),
        )  # fmt: skip
