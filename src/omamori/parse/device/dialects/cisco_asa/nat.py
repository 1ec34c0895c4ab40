"""Translation of addresses of an ASA: manual rules, then those of objects, then manual ones behind them; the first that matches counts.

Of the rules of objects fixed ones go before dynamic ones, smaller ranges before larger, lower addresses before higher. A fixed rule
works both ways unless it is `unidirectional`; one that translates to the same address keeps the rules behind it away.

Source: ASA Series Firewall CLI Configuration Guide: Network Address Translation ("NAT Rule Order", "Twice NAT", "Network Object NAT").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from omamori.model.device import DeviceRule
from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.cisco.groups import Addresses
from omamori.parse.device.cisco.reading import ranges, unknown_rule
from omamori.parse.device.cisco.values import ip4, port, spread
from omamori.parse.device.dialects.cisco_asa.model import Asa

BACK, OUT = "nat untranslate", "nat translate"
_FLAGS = (
    "dns",
    "no-proxy-arp",
    "route-lookup",
    "flat",
    "include-reserve",
    "extended",
    "round-robin",
    "block-allocation",
    "net-to-net",
    "norandomseq",
)


@dataclass(slots=True)
class Nat:
    """A rule of translation. Interfaces are names of ours, None is any; `mapped` None with `by_interface` is the interface's address."""

    number: int
    text: str
    section: int
    real_in: str | None = None
    mapped_in: str | None = None
    mapped_if: str = ""
    dynamic: bool = False
    real: Addresses = Addresses()
    mapped: Addresses = Addresses()
    by_interface: bool = False
    to: Addresses | None = None
    to_real: Addresses | None = None
    protocol: str | None = None
    real_port: str | None = None
    mapped_port: str | None = None
    one_way: bool = False
    inactive: bool = False
    name: str = ""
    unread: str | None = None


def nat_rows(asa: Asa) -> None:
    """Add the chains of translation, where there is any."""
    found = [_object(asa, statement, name) if name else _manual(asa, statement) for statement, name in asa.nat]
    rules = sorted(found, key=_order)
    back = [rule for nat in rules for rule in _backward(asa, nat)]
    out = [rule for nat in rules for rule in _forward(asa, nat)]
    for chain, hook, priority, mine in ((BACK, "prerouting", -100, back), (OUT, "postrouting", 100, out)):
        if mine:
            asa.reading.chain(
                asa.nat[0][0].number, chain=chain, hook=hook, priority=priority, policy="accept", family="ipv4", first_packet=True
            )
            asa.reading.rules(replace(rule, chain=chain) for rule in mine)


def _order(nat: Nat) -> tuple[Any, ...]:
    if nat.section != 2:
        return (nat.section, nat.number)
    sizes = ranges(nat.real.text)
    return (2, nat.dynamic, sum(last - first + 1 for first, last in sizes), min(first for first, _ in sizes), nat.name)


def named(asa: Asa, word: str, number: int) -> Addresses:
    """Return the addresses of an object, a group or an address written there itself."""
    if word.lower() in ("any", "any4"):
        return Addresses()
    if asa.groups.kind(word) == "network":
        return asa.groups.addresses(word)
    address = asa.groups.names.get(word, word)
    if ip4(address) is not None:
        return Addresses(address, word if address != word else None)
    asa.reading.missing("object", "オブジェクト", word, number)
    return Addresses(None, word, f"{word} is not defined")


def _interfaces(asa: Asa, nat: Nat, word: str) -> bool:
    """Take `(real,mapped)`."""
    if not (word.startswith("(") and word.endswith(")")):
        return False
    real, _, mapped = word.strip("()").partition(",")
    nat.real_in, nat.mapped_in, nat.mapped_if = asa.names(real), asa.names(mapped), mapped
    return True


def _object(asa: Asa, statement: Statement, name: str) -> Nat:
    """`nat [(real,mapped)] static|dynamic MAPPED|interface|pat-pool POOL [interface] [service PROTOCOL REAL MAPPED]` of an object."""
    nat = Nat(statement.number, f"{name}: {statement.text}"[:200], 2, name=name, real=asa.groups.addresses(name))
    words = list(statement.words[1:])
    if words and _interfaces(asa, nat, words[0]):
        words.pop(0)
    nat.dynamic = bool(words) and words.pop(0).lower() == "dynamic"
    _mapped(asa, nat, words, statement.number)
    while words:
        word = words.pop(0).lower()
        if word == "service" and len(words) > 2:
            nat.protocol = words.pop(0).lower()
            real, mapped = port(words.pop(0), nat.protocol), port(words.pop(0), nat.protocol)
            nat.real_port, nat.mapped_port = (str(real), str(mapped)) if real is not None and mapped is not None else (None, None)
            nat.unread = nat.unread or (None if nat.real_port else "service")
        elif word not in _FLAGS and word != "interface":
            nat.unread = word
    nat.mapped = _sized(nat.real, nat.mapped) if not nat.dynamic else nat.mapped
    return nat


def _mapped(asa: Asa, nat: Nat, words: list[str], number: int) -> None:
    word = words.pop(0) if words else ""
    if word.lower() == "pat-pool" and words:
        word = words.pop(0)
    elif words and words[0].lower() == "pat-pool":
        words.pop(0)
        word = words.pop(0) if words else word
    if word.lower() == "interface":
        nat.by_interface = True
        own = asa.own(nat.mapped_if)
        nat.mapped = Addresses(own, f"interface {nat.mapped_if}") if own else Addresses(unread=f"interface {nat.mapped_if}")
    elif word:
        nat.mapped = named(asa, word, number)
    else:
        nat.unread = "no mapped address"


def _sized(real: Addresses, mapped: Addresses) -> Addresses:
    """An address written itself stands for as many as the object has."""
    if real.text is None or mapped.text is None or "," in real.text or mapped.named or ip4(mapped.text) is None:
        return mapped
    first, last = ranges(real.text)[0]
    begin = ip4(mapped.text) or 0
    return Addresses(spread(begin, begin + last - first)) if begin + last - first <= 0xFFFFFFFF else Addresses(unread=mapped.text)


def _manual(asa: Asa, statement: Statement) -> Nat:
    """`nat [(real,mapped)] [LINE] [after-auto] source static|dynamic REAL MAPPED [destination static MAPPED REAL] [service A B] …`."""
    nat = Nat(statement.number, statement.text[:200], 1)
    words = list(statement.words[1:])
    if words and _interfaces(asa, nat, words[0]):
        words.pop(0)
    while words and (words[0].lower() in ("after-auto", "line") or words[0].isdecimal()):
        nat.section = 3 if words.pop(0).lower() == "after-auto" else nat.section
    if len(words) < 4 or words[0].lower() != "source" or words[1].lower() not in ("static", "dynamic"):
        nat.unread = "not understood"
        return nat
    nat.dynamic = words[1].lower() == "dynamic"
    nat.real = named(asa, words[2], statement.number)
    words = words[3:]
    _mapped(asa, nat, words, statement.number)
    while words:
        word = words.pop(0).lower()
        if word == "destination" and len(words) > 2 and words[0].lower() == "static":
            own = asa.own(nat.real_in or "") if words[1].lower() == "interface" else None
            nat.to = (
                Addresses(own, unread=None if own else "interface")
                if words[1].lower() == "interface"
                else named(asa, words[1], statement.number)
            )
            nat.to_real = named(asa, words[2], statement.number)
            words = words[3:]
        elif word == "service" and len(words) > 1:
            nat.unread = nat.unread or _service(asa, nat, words[0], words[1])
            words = words[2:]
        elif word == "description":
            break
        elif word in ("unidirectional", "inactive"):
            nat.one_way, nat.inactive = nat.one_way or word == "unidirectional", nat.inactive or word == "inactive"
        elif word not in _FLAGS and word != "interface":
            nat.unread = word
    return nat


def _service(asa: Asa, nat: Nat, one: str, other: str) -> str | None:
    """Source ports of a fixed rule are followed; ports of destinations are not."""
    real, mapped = asa.groups.services(one), asa.groups.services(other)
    if len(real) == len(mapped) == 1 and real[0].source_ports and mapped[0].source_ports and not real[0].destination_ports:
        nat.protocol, nat.real_port, nat.mapped_port = real[0].protocol, real[0].source_ports, mapped[0].source_ports
        return real[0].unread or mapped[0].unread
    return f"service {one} {other}"


def _gap(nat: Nat) -> str | None:
    sides = [nat.real, nat.mapped, *([nat.to] if nat.to else []), *([nat.to_real] if nat.to_real else [])]
    gap = nat.unread or next((side.unread for side in sides if side.unread), None)
    if gap is None and not nat.dynamic and nat.real.text != nat.mapped.text and _size(nat.real) != _size(nat.mapped):
        return "as many addresses on one side as on the other"
    return gap


def _size(addresses: Addresses) -> int:
    """How many addresses; a list of several is -1 with its length, since which goes to which is not told."""
    parts = (addresses.text or "0.0.0.0/0").split(",")
    first, last = ranges(parts[0])[0]
    return last - first + 1 if len(parts) == 1 else -len(parts)


def _said(nat: Nat) -> dict[str, Any]:
    return {"rule": nat.text, "enabled": not nat.inactive, "protocol": nat.protocol, "evidence": str(nat.number)}


def _forward(asa: Asa, nat: Nat) -> Iterator[DeviceRule]:
    """The rules that change the sender: of what comes from the real side, and of what answers it from the other."""
    said = {**_said(nat), "interface_in": nat.real_in, "interface_out": nat.mapped_in}
    to_real = nat.to_real.text if nat.to_real else None
    if (gap := _gap(nat)) is not None and not (nat.dynamic and nat.by_interface and nat.mapped.unread == gap and not nat.unread):
        yield replace(unknown_rule(OUT, nat.number, gap, sources=nat.real.text, destinations=to_real), **{**said, "decision": "unknown"})
        return
    wide = not nat.dynamic and nat.real.text is not None and ip4(nat.real.text) is None
    decision = (
        "accept" if not nat.dynamic and nat.real.text == nat.mapped.text else "masquerade" if nat.dynamic and nat.by_interface else "snat"
    )
    yield DeviceRule(
        decision=decision, sources=nat.real.text, destinations=to_real, source_ports=nat.real_port, sources_named=nat.real.named,
        to_addresses=nat.mapped.text if decision == "snat" else None, to_ports=nat.mapped_port if decision == "snat" else None, one_to_one=wide and decision == "snat", **said,
    )  # fmt: skip
    if nat.to and nat.to_real and not nat.dynamic and not nat.one_way:
        same = nat.to.text == nat.to_real.text
        yield DeviceRule(
            decision="accept" if same else "snat", sources=nat.to_real.text, destinations=nat.real.text, to_addresses=None if same else nat.to.text,
            one_to_one=not same and ip4(nat.to_real.text or "") is None, **{**said, "interface_in": nat.mapped_in, "interface_out": nat.real_in},
        )  # fmt: skip


def _backward(asa: Asa, nat: Nat) -> Iterator[DeviceRule]:
    """The rules that change the destination: of what the real side sends to a mapped one, and of what comes to the mapped address."""
    said = _said(nat)
    gap = _gap(nat)
    if nat.to and nat.to_real:
        same = nat.to.text == nat.to_real.text
        rule = DeviceRule(
            decision="accept" if same else "dnat", sources=nat.real.text, destinations=nat.to.text, to_addresses=None if same else nat.to_real.text,
            one_to_one=not same and ip4(nat.to_real.text or "") is None, interface_in=nat.real_in, **said,
        )  # fmt: skip
        yield rule if gap is None else replace(rule, decision="unknown", unread=gap)
    if nat.dynamic or nat.one_way:
        return
    same = nat.real.text == nat.mapped.text
    rule = DeviceRule(
        decision="accept" if same else "dnat", sources=nat.to_real.text if nat.to_real else None, destinations=nat.mapped.text,
        destination_ports=nat.mapped_port, to_addresses=None if same else nat.real.text, to_ports=None if same else nat.real_port,
        one_to_one=not same and ip4(nat.real.text or "") is None, interface_in=nat.mapped_in, destinations_named=nat.mapped.named, **said,
    )  # fmt: skip
    yield rule if gap is None else replace(rule, decision="unknown", unread=gap)
