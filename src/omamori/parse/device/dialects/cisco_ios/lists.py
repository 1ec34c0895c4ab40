"""Access lists of Cisco IOS and where they are applied.

Inbound, a list is met before translation and routing, outbound after both ("NAT Order of Operation", Cisco document 6209; "Access
Control Lists: Overview and Guidelines"). What no line matches is dropped; a list that is applied but has no line, or is defined
nowhere, lets everything pass (Cisco IOS Security Command Reference, ip access-group).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from omamori.model.device import DeviceRule
from omamori.parse.device.cisco.acl import Ace, extended, standard
from omamori.parse.device.cisco.blocks import Statement
from omamori.parse.device.cisco.reading import rules_of, turned, unknown_rule
from omamori.parse.device.dialects.cisco_ios.inspect import openings
from omamori.parse.device.dialects.cisco_ios.model import AccessList, Ios

BEFORE_TRANSLATION, AFTER_TRANSLATION = -200, 200
"""Priorities of inbound lists at prerouting and of outbound lists at postrouting: around those of translation (-100, 100)."""


def list_chain(name: str) -> str:
    """Return the name of the chain a list is."""
    return f"access list {name}"


def take_numbered(ios: Ios, statement: Statement) -> None:
    """Read `access-list 101 permit …`."""
    words = statement.words
    if len(words) < 3:
        ios.reading.skip(statement, "device_rules")
        return
    name, rest = words[1], words[2:]
    if rest[0].lower() == "remark":
        ios.lists.setdefault(name, AccessList(name, statement.number, False))
        return
    if rest[0].lower() in ("extended", "standard"):  # as an ASA writes it, and as some write it by mistake
        kind, rest = rest[0].lower(), rest[1:]
        if not rest:
            found = ios.lists.setdefault(name, AccessList(name, statement.number, kind == "standard"))
            for one in statement.inner:
                _add(ios, found, one, one.words)
            return
        is_standard = kind == "standard"
    else:
        number = int(name) if name.isdecimal() and len(name) < 6 else 0
        if 200 <= number < 1300 or number >= 2700:
            return  # lists of other protocols: Ethernet types and addresses, IPX and so on
        is_standard = 0 < number < 100 or 1300 <= number < 2000
    _add(ios, ios.lists.setdefault(name, AccessList(name, statement.number, is_standard)), statement, rest)


def take_named(ios: Ios, statement: Statement) -> None:
    """Read `ip access-list extended NAME` with the lines under it."""
    words = statement.words
    kind = statement.word(2)
    if kind in ("resequence", "logging", "log-update", "match-local-traffic", "helper", "role-based", "persistent"):
        return
    name = words[3] if kind in ("standard", "extended") and len(words) > 3 else words[2] if len(words) > 2 else ""
    if not name:
        ios.reading.skip(statement, "device_rules")
        return
    found = ios.lists.setdefault(name, AccessList(name, statement.number, kind == "standard"))
    for one in statement.inner:
        if one.word(0) in ("remark", "statistics", "exit", "no") or one.word(1) == "remark":
            continue
        _add(ios, found, one, one.words)


def _add(ios: Ios, into: AccessList, statement: Statement, words: tuple[str, ...]) -> None:
    """Keep the words of a line; they are read once all groups are known."""
    into.aces.append(Ace(number=statement.number, sequence=None, text=" ".join(words), permit=False))


def read_lists(ios: Ios) -> None:
    """Read the kept lines of every list."""
    for one in ios.lists.values():
        made = []
        for line in one.aces:
            words = tuple(line.text.split())
            ace = (standard if one.standard else extended)(words, line.number, ios.groups)
            if ace is None:
                ace = replace(line, permit=False, enabled=True, unread=(f"?{line.text}"[:200],))
            for group in (name for name in (ace.sources, ace.destinations) if name.unread and name.unread.endswith("not defined")):
                ios.reading.missing("object group", "オブジェクトグループ", group.named or "", line.number)
            made.append(ace)
        one.aces = made


def is_unread(ace: Ace) -> bool:
    """Whether not even permit or deny was understood."""
    return bool(ace.unread) and ace.unread[0].startswith("?")


def list_rows(ios: Ios) -> None:
    """Add every list as a chain that is jumped to, and a chain per interface and direction that jumps there."""
    opened = openings(ios)
    for one in ios.lists.values():
        if one.aces:
            ios.reading.chain(one.number, chain=list_chain(one.name), label=one.name)
            ios.reading.rules(rule for ace in one.ordered() for rule in _rules(ios, list_chain(one.name), ace))
    for port in ios.ports.values():
        for name, way, number in port.lists:
            _applied(ios, port.name, name, way, number, opened.get((port.name, way), []))


def _rules(ios: Ios, chain: str, ace: Ace) -> Iterator[DeviceRule]:
    if is_unread(ace):
        yield unknown_rule(chain, ace.number, ace.unread[0][1:])
    elif ace.evaluate:
        yield from _reflected(ios, chain, ace)
    else:
        yield from rules_of(chain, ace)


def _reflected(ios: Ios, chain: str, ace: Ace) -> Iterator[DeviceRule]:
    """What `evaluate` lets pass: answers to what the lines with the same `reflect` let through."""
    found = False
    for one in ios.lists.values():
        for line in one.aces:
            if line.reflect == ace.evaluate:
                found = True
                for rule in rules_of(chain, line):
                    yield replace(turned(rule), rule=ace.text, evidence=str(ace.number))
    if not found:
        ios.reading.missing("reflexive access list", "リフレクシブACL", ace.evaluate or "", ace.number)


def _applied(ios: Ios, port: str, name: str, way: str, number: int, opened: list[DeviceRule]) -> None:
    chain = f"{port} {way}"
    found = ios.lists.get(name)
    filters = found is not None and any(True for _ in found.aces)
    if found is None:
        ios.reading.missing("access list", "アクセスリスト", name, number)
    ios.reading.chain(
        number, chain=chain, hook="prerouting" if way == "in" else "postrouting",
        priority=BEFORE_TRANSLATION if way == "in" else AFTER_TRANSLATION, policy="drop" if filters else "accept",
        interface_in=port if way == "in" else None, interface_out=port if way == "out" else None, family="ipv4", label=name,
    )  # fmt: skip
    if filters:
        jump = DeviceRule(chain=chain, rule=name, decision="jump", target=list_chain(name), evidence=str(number))
        ios.reading.rules([*(replace(rule, chain=chain) for rule in opened), jump])
