"""Translation of addresses of Cisco IOS.

From outside a packet is translated before it is routed, from inside after it was ("NAT Order of Operation", Cisco document 6209).
Fixed translations go before dynamic ones ("IP Addressing: NAT Configuration Guide"). Translation of outside addresses
(`ip nat outside source`) and of destinations by lists changes what the routing sees in ways that are not followed: such a line is
a rule with decision `unknown` within its addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from omamori.model.device import DeviceRule
from omamori.parse.device.cisco.acl import Ace
from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.cisco.reading import rules_of, unknown_rule
from omamori.parse.device.cisco.values import dotted, ip4, length, network, port, spread
from omamori.parse.device.dialects.cisco_ios.lists import is_unread
from omamori.parse.device.dialects.cisco_ios.model import Ios

IN, OUT = "ip nat outside to inside", "ip nat inside to outside"
_HARMLESS = (
    "translation", "log", "settings", "service", "stateful", "create", "portmap", "scope", "sip-sbc", "switchover", "redundancy", "piggyback-support",
)  # fmt: skip


def nat_rows(ios: Ios) -> None:
    """Add the chains of translation, where there is any."""
    into: list[DeviceRule] = []
    out: list[DeviceRule] = []
    dynamic: list[DeviceRule] = []
    for statement in ios.nat:
        words = statement.words
        if statement.word(2) in _HARMLESS or statement.word(2) == "pool":
            continue
        if statement.word(2) == "outside" and statement.word(3) == "source":
            _outside(statement, into, out)
        elif statement.word(2) == "inside" and statement.word(3) == "source" and statement.word(4) == "static":
            _static(ios, statement, into, out)
        elif statement.word(2) == "inside" and statement.word(3) == "source" and statement.word(4) in ("list", "route-map"):
            dynamic += _dynamic(ios, statement)
        elif statement.word(2) == "inside" and statement.word(3) == "destination":
            into.append(unknown_rule(IN, statement.number, statement.text))
        elif len(words) > 2:
            ios.reading.skip(statement, "device_rules")
    inside, outside = ios.with_role("inside"), ios.with_role("outside")
    first = ios.nat[0].number if ios.nat else 0
    if into and outside:
        ios.reading.chain(
            first, chain=IN, hook="prerouting", priority=-100, policy="accept", interface_in=outside, family="ipv4", first_packet=True
        )
        ios.reading.rules(into)
    if (out or dynamic) and outside:
        ios.reading.chain(
            first, chain=OUT, hook="postrouting", priority=100, policy="accept", interface_out=outside, family="ipv4", first_packet=True
        )
        ios.reading.rules(replace(rule, interface_in=rule.interface_in or inside or None) for rule in (*out, *dynamic))


def _outside(statement: Statement, into: list[DeviceRule], out: list[DeviceRule]) -> None:
    words = statement.words
    place = 5 if statement.word(4) == "static" and statement.word(5) not in ("tcp", "udp", "network") else 99
    known = len(words) > place + 1 and ip4(words[place]) is not None and ip4(words[place + 1]) is not None
    into.append(unknown_rule(IN, statement.number, statement.text, sources=words[place] if known else None))
    out.append(unknown_rule(OUT, statement.number, statement.text, destinations=words[place + 1] if known else None))


def _static(ios: Ios, statement: Statement, into: list[DeviceRule], out: list[DeviceRule]) -> None:
    """`static [tcp|udp] LOCAL [PORT] GLOBAL|interface NAME [PORT]` and `static network LOCAL GLOBAL MASK`, with vrf and route-map."""
    pair = _pair(ios, statement)
    label = statement.after(5)[:200]
    if pair is None:
        into.append(unknown_rule(IN, statement.number, statement.text))
        out.append(unknown_rule(OUT, statement.number, statement.text))
        return
    local, outer, protocol, local_port, outer_port, rest = pair
    low = [word.lower() for word in rest]
    vrf = rest[low.index("vrf") + 1] if "vrf" in low[:-1] else None
    limits = f"route-map {rest[low.index('route-map') + 1]}" if "route-map" in low[:-1] else None
    inside = ios.with_role("inside", vrf) if vrf else None
    said = {
        "rule": label, "protocol": protocol, "one_to_one": "/" in local, "unread": limits, "evidence": str(statement.number),
    }  # fmt: skip
    from_outside = ios.with_role("outside", vrf) if vrf else None
    into.append(
        DeviceRule(chain=IN, decision="dnat", destinations=outer, destination_ports=outer_port, to_addresses=local, to_ports=local_port,
                   interface_in=from_outside or None, **said)  # type: ignore[arg-type]
    )  # fmt: skip
    out.append(
        DeviceRule(chain=OUT, decision="snat", sources=local, source_ports=local_port, to_addresses=outer, to_ports=outer_port,
                   interface_in=inside or None, **said)  # type: ignore[arg-type]
    )  # fmt: skip


def _pair(ios: Ios, statement: Statement) -> tuple[str, str, str | None, str | None, str | None, tuple[str, ...]] | None:
    words = statement.words[5:]
    kind = words[0].lower() if words else ""
    if kind == "network" and len(words) >= 4:
        bits = words[3].lstrip("/")
        size = int(bits) if bits.isdecimal() and len(bits) < 3 and int(bits) <= 32 else length(bits)
        mask = dotted((0xFFFFFFFF << (32 - size)) & 0xFFFFFFFF) if size is not None else ""
        local, outer = network(words[1], mask), network(words[2], mask)
        return (local, outer, None, None, None, words[4:]) if local and outer else None
    protocol = kind if kind in ("tcp", "udp", "esp") else None
    words = words[1:] if protocol else words
    if not words or ip4(words[0]) is None:
        return None
    local, words = words[0], words[1:]
    ported = protocol in ("tcp", "udp")
    local_port = port(words[0], protocol or "") if ported and words else None
    words = words[1:] if ported else words
    outer, words = _outer(ios, words)
    outer_port = port(words[0], protocol or "") if ported and words else None
    words = words[1:] if ported else words
    if outer is None or (ported and (local_port is None or outer_port is None)):
        return None
    return local, outer, protocol, _text(local_port), _text(outer_port), words


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _outer(ios: Ios, words: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    if words and words[0].lower() == "interface":
        name, count = ios.port_named(words[1:])
        found = ios.ports.get(name)
        return (found.addresses[0][0] if found is not None and found.addresses else None), words[1 + count :]
    return (words[0] if words and ip4(words[0]) is not None else None), words[1:]


def _dynamic(ios: Ios, statement: Statement) -> list[DeviceRule]:
    """`list ACL|route-map MAP interface NAME|pool POOL [overload] [vrf NAME]`."""
    words = statement.words
    low = [word.lower() for word in words]
    name = words[5] if len(words) > 5 else ""
    target, decision = _target(ios, statement, low)
    vrf = words[low.index("vrf") + 1] if "vrf" in low[:-1] else None
    said = {"interface_in": (ios.with_role("inside", vrf) or None) if vrf else None}
    if decision is None:
        return [unknown_rule(OUT, statement.number, statement.text, **said)]
    chain = f"{OUT} line {statement.number}"
    ios.reading.chain(statement.number, chain=chain, label=statement.after(3)[:200])
    rules: Iterable[DeviceRule]
    if low[4] == "route-map":
        rules = _mapped(ios, chain, name, decision, target, statement.number)
    elif (aces := _listed(ios, name, statement.number)) is not None:
        rules = (rule for ace in aces for rule in _translated(chain, ace, decision, target))
    else:
        rules = (unknown_rule(chain, statement.number, statement.text),)
    ios.reading.rules(rules)
    jump = DeviceRule(chain=OUT, rule=statement.after(3)[:200], decision="jump", target=chain, evidence=str(statement.number))
    return [replace(jump, interface_in=said["interface_in"])]


def _target(ios: Ios, statement: Statement, low: list[str]) -> tuple[str | None, str | None]:
    words = statement.words
    if "interface" in low[6:7]:
        return None, "masquerade"
    if "pool" in low[6:7] and len(words) > 7:
        pool = ios.pools.get(words[7])
        if pool is None:
            ios.reading.missing("pool of addresses", "NATプール", words[7], statement.number)
            return None, None
        given = [word for word in pool.words[4:6] if ip4(word) is not None]
        first, last = (ip4(given[0]), ip4(given[1])) if len(given) == 2 else (None, None)
        if first is not None and last is not None and first <= last:
            return spread(first, last), "snat"
    return None, None


def _listed(ios: Ios, name: str, number: int) -> list[Ace] | None:
    if name not in ios.lists:
        ios.reading.missing("access list", "アクセスリスト", name, number)
        return None
    return ios.lists[name].ordered()


def _translated(chain: str, ace: Ace, decision: str, target: str | None, **said: str | None) -> Iterator[DeviceRule]:
    if is_unread(ace):
        yield unknown_rule(chain, ace.number, ace.unread[0][1:])
        return
    for rule in rules_of(chain, ace, permit=decision, deny="return", **said):
        yield replace(rule, to_addresses=target if ace.permit else None)


def _mapped(ios: Ios, chain: str, name: str, decision: str, target: str | None, number: int) -> Iterator[DeviceRule]:
    """What a route map lets be translated: its parts in order; a part with another condition than lists and interfaces is unknown."""
    if name not in ios.route_maps:
        ios.reading.missing("route map", "ルートマップ", name, number)
    for part in ios.route_maps.get(name, []):
        deny = part.word(2) == "deny"
        lists: list[str] = []
        outer: list[str] = []
        gap = None
        for one in part.inner:
            if one.starts("match", "ip", "address") and one.word(3) not in ("prefix-list", ""):
                lists += one.words[3:]
            elif one.starts("match", "interface"):
                outer.append(ios.port_named(one.words[2:])[0])
            elif one.word(0) == "match":
                gap = one.text
        said = {"interface_out": ",".join(outer) or None}
        if gap or not lists:
            if gap or not deny:
                yield unknown_rule(chain, part.number, gap or part.text, **said)
            continue
        for each in lists:
            for ace in _listed(ios, each, part.number) or []:
                yield from _translated(chain, ace, "return" if deny else decision, None if deny else target, **said)
