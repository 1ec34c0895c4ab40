"""Security and NAT rules of PAN-OS → chains and rules.

Order of processing (administrator's guide, "NAT Policy Rules", "NAT in Layer 3"; knowledge base, "Packet Flow Sequence in PAN-OS"): the
first NAT rule that matches is found by zones and addresses as the packet came; the security rules see those addresses too, but the zone
the translated packet leaves to; packets are changed at the end. Here a packet is changed first, so a security rule stands once for
packets that were not translated and once, with the inner address and port, for each translation inside its destinations. Within a zone
packets pass by default, between zones they do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.panos.objects import Objects
from omamori.parse.device.dialects.panos.tree import Name
from omamori.parse.device.extent import Range, without, written
from omamori.parse.device.objects import Extent, Part, Service, Side, both, product, sides
from omamori.parse.device.wordlist import words

_SECURITY = words(
    "from to source destination service application action disabled negate-source negate-destination rule-type description tag "
    "log-start log-end log-setting profile-setting option qos icmp-unreachable group-tag uuid target"
)
_ANY_ONLY = (
    "source-user",
    "category",
    "hip-profiles",
    "source-hip",
    "destination-hip",
    "source-device",
    "destination-device",
    "source-imsi",
    "source-imei",
    "source-nw-slice",
)
_ACTIONS = {"allow": "accept", "deny": "drop", "drop": "drop", "reset-client": "reject", "reset-server": "reject", "reset-both": "reject"}
_NAT = words(
    "from to source destination service source-translation destination-translation disabled description tag nat-type to-interface "
    "uuid group-tag target"
)


@dataclass(frozen=True, slots=True)
class Inward:
    """A destination that is translated: the outer addresses and ports, and the inner ones."""

    outer: tuple[Range, ...]
    inner: tuple[Range, ...]
    service: Service
    port: str | None


class Rules:
    """The rules of one virtual system."""

    def __init__(self, own: Name, objects: Objects, suffix: str, interfaces: str | None) -> None:
        """`interfaces` binds the chains where there are several systems."""
        self.own, self.objects, self.suffix, self.interfaces = own, objects, suffix, interfaces
        self.zones = list(own.at("zone").below)
        self.inward: list[Inward] = []

    def rows(self) -> Iterator[Any]:
        """Yield chains and rules."""
        yield from self._nat()
        yield self._chain("security", "forward", 0, "drop", "security rules", self.own.at("rulebase", "security").line)
        found = [rule for name, one in self.own.at("rulebase", "security", "rules").below.items() for rule in self.security(name, one)]
        for place, rule in enumerate([*found, *self._defaults()]):
            yield replace(rule, chain=f"security{self.suffix}", position=place)

    def _chain(self, name: str, hook: str, priority: int, policy: str, label: str, line: int) -> DeviceChain:
        return DeviceChain(
            chain=f"{name}{self.suffix}", hook=hook, priority=priority, policy=policy, interface_in=self.interfaces, first_packet=True, label=label,
            evidence=str(line or ""),
        )  # fmt: skip

    def security(self, name: str, one: Name) -> Iterator[DeviceRule]:
        """Yield what one security rule amounts to."""
        one.used = True
        unread = [f"{key} {' '.join(words)}" for key in _ANY_ONLY if (words := [word for word in one.words(key) if word != "any"])]
        applications = one.words("application")
        if applications != ["any"]:
            unread.append(f"application {' '.join(applications)}" if applications else "application not set")
        if schedule := one.one("schedule"):
            one.at("schedule").take()
        unread += _others(one, {*_SECURITY, *_ANY_ONLY, "schedule"})
        action = one.one("action")
        base = DeviceRule(
            rule=name, enabled=one.one("disabled") != "yes", decision=_ACTIONS.get(action, "unknown"), schedule=schedule or None, family="ipv4",
            logs=one.one("log-end") != "no", sources_named=",".join(one.words("source")) or None,
            destinations_named=",".join(one.words("destination")) or None, services_named=",".join([*one.words("service"), *applications]) or None,
            evidence=str(one.line),
        )  # fmt: skip
        if not action:
            unread.append("action not set")
        left = self._sides(one, "source")
        service = self.objects.services(one.words("service"))
        for zone_in, zone_out, doubt in self._zones(one):
            for right in self._destinations(one):
                for part, source, target, told in product(left, [right], service, [*unread, *([doubt] if doubt else [])]):
                    yield replace(
                        base, protocol=part.protocol, source_ports=part.sources, destination_ports=part.ports, sources=source.text,
                        destinations=target.text, states=target.states, interface_in=zone_in, interface_out=zone_out, unread=told,
                    )  # fmt: skip

    def _sides(self, one: Name, key: str) -> list[Side]:
        words = one.words(key)
        if not words:
            return [Side(None, f"{key} not set")]
        return sides(self.objects.addresses(words), negate=one.one(f"negate-{key}") == "yes")

    def _destinations(self, one: Name) -> list[Side]:
        """The destinations of a security rule, apart for packets that were translated and for all others."""
        plain = self._sides(one, "destination")
        if not self.inward:
            return plain
        words = one.words("destination")
        negate = one.one("negate-destination") == "yes"
        extent = self.objects.addresses(words) if words else Extent((), ((None, "destination not set"),))
        found = [replace(side, states="!dnat") for side in plain]
        for entry in self.inward:
            inside, outside = not without(entry.outer, extent.ranges), without(entry.outer, extent.ranges) == entry.outer
            if negate:
                inside, outside = outside, inside
            if outside and not extent.doubts:
                continue
            doubt = None if inside and not extent.doubts and not entry.service.doubts else "part of a translated destination"
            for part in entry.service.parts or (Part(),):
                side = Side(written(entry.inner), doubt, "dnat", part.protocol, entry.port or part.ports)
                found.append(side if entry.port is None or "any" in one.words("service") else self._shifted(one, side, part))
        return found

    def _shifted(self, one: Name, side: Side, part: Part) -> Side:
        """A translated port: the rule names the outer one, the packet has the inner one by now."""
        named = self.objects.services(one.words("service"))
        meets = any(each.protocol in (None, part.protocol) and both(each.ports, part.ports) != "" for each in named.parts)
        return replace(
            side,
            unread=side.unread or (f"service {' '.join(one.words('service'))} before translation" if meets or named.doubts else "service"),
            ports=None,
        )

    def _zones(self, one: Name) -> Iterator[tuple[str | None, str | None, str | None]]:
        """Yield pairs of zones as the type of the rule asks."""
        kind, of, to = one.one("rule-type") or "universal", one.words("from"), one.words("to")
        if not of or (not to and kind != "intrazone"):
            yield None, None, "zones not set"
        elif kind == "intrazone":
            for zone in self.zones if "any" in of else of:
                yield zone, zone, None
        elif kind == "interzone":
            for zone in self.zones if "any" in of else of:
                others = [name for name in to if name != zone]
                if "any" in to or others:
                    yield zone, f"!{zone}" if "any" in to else ",".join(others), None
        else:
            yield _list(of), _list(to), None if kind == "universal" else f"rule-type {kind}"

    def _defaults(self) -> Iterator[DeviceRule]:
        """The two rules at the end of every rulebase, as they are or as somebody changed them."""
        changed = self.own.at("rulebase", "default-security-rules", "rules")
        changed.take()
        inner, outer = changed.at("intrazone-default").one("action") or "allow", changed.at("interzone-default").one("action") or "deny"
        for zone in self.zones:
            yield DeviceRule(rule="intrazone-default", decision=_ACTIONS.get(inner, "unknown"), interface_in=zone, interface_out=zone)
        yield DeviceRule(rule="interzone-default", decision=_ACTIONS.get(outer, "unknown"))

    def _nat(self) -> Iterator[Any]:
        table = self.own.at("rulebase", "nat", "rules").below
        inner: list[DeviceRule] = []
        outer: list[DeviceRule] = []
        for name, one in table.items():
            one.used = True
            found = list(self._matches(name, one))
            inner += [self._in(one, rule, service) for rule, service in found]
            if one.at("source-translation", "static-ip").one("bi-directional") == "yes":
                inner += [self._back(one, rule) for rule, _ in found]
            outer += [self._out(one, rule) for rule, _ in found]
        line = self.own.at("rulebase", "nat").line
        if any(rule.decision != "accept" for rule in inner):
            yield self._chain("destination NAT", "prerouting", -100, "accept", "nat rules", line)
            yield from (replace(rule, chain=f"destination NAT{self.suffix}", position=place) for place, rule in enumerate(inner))
        if any(rule.decision != "accept" for rule in outer):
            yield self._chain("source NAT", "postrouting", 100, "accept", "nat rules", line)
            yield from (replace(rule, chain=f"source NAT{self.suffix}", position=place) for place, rule in enumerate(outer))

    def _matches(self, name: str, one: Name) -> Iterator[tuple[DeviceRule, Service]]:
        """Yield the packets a NAT rule is for."""
        unread = [f"nat-type {kind}"] if (kind := one.one("nat-type")) not in ("", "ipv4") else []
        unread += [f"to-interface {word}" for word in one.words("to-interface") if word != "any"]
        unread += _others(one, _NAT)
        service = self.objects.services(one.words("service") or ["any"])
        base = DeviceRule(
            rule=name, enabled=one.one("disabled") != "yes", family="ipv4", evidence=str(one.line), interface_in=_list(one.words("from")),
            interface_out=_list(one.words("to")),
        )  # fmt: skip
        for part, source, target, told in product(self._sides(one, "source"), self._sides(one, "destination"), service, unread):
            rule = replace(
                base,
                protocol=part.protocol,
                source_ports=part.sources,
                destination_ports=part.ports,
                sources=source.text,
                destinations=target.text,
                unread=told,
            )
            yield rule, Service((part,), service.doubts)

    def _in(self, one: Name, rule: DeviceRule, service: Service) -> DeviceRule:
        """The half of a NAT rule that changes the destination; one that does not ends the search for another that would."""
        room = one.at("destination-translation") if one.has("destination-translation") else one.at("dynamic-destination-translation")
        names, port = room.words("translated-address"), room.one("translated-port")
        room.take()
        if not room.line:
            limited = rule.interface_out
            return replace(
                rule,
                decision="accept",
                interface_out=None,
                unread="; ".join(filter(None, (rule.unread, f"to {limited}" if limited else None))) or None,
            )
        inner = self.objects.addresses(names)
        outer = self.objects.addresses(one.words("destination"))
        if rule.interface_out and rule.destinations is None:
            # The zone a packet would have gone to is known by its address; where any address is meant, it is not.
            rule = replace(rule, unread="; ".join(filter(None, (rule.unread, f"to {rule.interface_out}"))))
        sure = bool(inner.ranges) and not inner.doubts
        if sure and rule.enabled:
            self.inward.append(Inward(outer.ranges, inner.ranges, service, port or None))
        size = sum(high - low + 1 for low, high in inner.ranges)
        same = size > 1 and size == sum(high - low + 1 for low, high in outer.ranges)
        return replace(
            rule, decision="dnat" if sure else "unknown", interface_out=None, to_addresses=written(inner.ranges) if inner.ranges else None,
            to_ports=port or None, one_to_one=same,
        )  # fmt: skip

    def _back(self, one: Name, rule: DeviceRule) -> DeviceRule:
        """The way back of a static translation in both directions."""
        outer = self.objects.addresses(one.words("source-translation", "static-ip", "translated-address"))
        inner = self.objects.addresses(one.words("source"))
        sure = bool(outer.ranges and inner.ranges) and not outer.doubts and not inner.doubts and not rule.unread
        if sure and rule.enabled:
            self.inward.append(Inward(outer.ranges, inner.ranges, Service((Part(),)), None))
        return DeviceRule(
            rule=rule.rule, enabled=rule.enabled, family="ipv4", decision="dnat" if sure else "unknown", interface_in=rule.interface_out,
            destinations=written(outer.ranges) if outer.ranges else None, to_addresses=written(inner.ranges) if inner.ranges else None,
            one_to_one=sum(high - low + 1 for low, high in inner.ranges) > 1, unread=rule.unread, evidence=rule.evidence,
        )  # fmt: skip

    def _out(self, one: Name, rule: DeviceRule) -> DeviceRule:
        """The half of a NAT rule that changes the source."""
        room = one.at("source-translation")
        decision, to = "accept", None
        if room.line:
            words = [
                *room.words("dynamic-ip-and-port", "translated-address"),
                *room.words("dynamic-ip", "translated-address"),
                *room.words("static-ip", "translated-address"),
            ]
            found = self.objects.addresses(words)
            decision, to = ("masquerade", None) if room.has("dynamic-ip-and-port", "interface-address") else ("unknown", None)
            if words and found.ranges and not found.doubts:
                decision, to = "snat", written(found.ranges)
            room.take()
        changed = one.has("destination-translation")
        inner = self.objects.addresses(one.words("destination-translation", "translated-address")) if changed else None
        return replace(
            rule, decision=decision, to_addresses=to, one_to_one=one.has("source-translation", "static-ip"),
            destinations=written(inner.ranges) if inner and inner.ranges else rule.destinations, interface_out=None if changed else rule.interface_out,
            destination_ports=None if changed else rule.destination_ports, states="dnat" if changed else None,
        )  # fmt: skip


def _list(words: Sequence[str]) -> str | None:
    return None if not words or "any" in words else ",".join(words)


def _others(one: Name, known: set[str] | frozenset[str]) -> list[str]:
    """Settings of a rule nobody knows, as doubts; the others are marked as read."""
    found = []
    for key, below in one.below.items():
        if key not in known:
            found.append(" ".join([key, *below.below])[:200])
        below.take()
    return found
