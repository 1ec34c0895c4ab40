"""Policies of FortiOS → chains and rules.

Order of processing (administration guide, "Life of a packet"): virtual addresses are translated first, then the route is looked up, then
the policies decide in the order of the list by the pair of interfaces, then the source is translated; what no policy names is dropped.
A policy sees a translated packet only where it names the virtual address itself (`match-vip` is off; for policies that deny it is on
from 7.2.4), unless central NAT is on, where policies name the real address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.fortios.address6 import extent6
from omamori.parse.device.dialects.fortios.addresses import Vip, vip
from omamori.parse.device.dialects.fortios.domain import Domain
from omamori.parse.device.dialects.fortios.settings import POLICY_HARMLESS
from omamori.parse.device.dialects.fortios.tree import OFF, Block
from omamori.parse.device.extent import written
from omamori.parse.device.objects import Part, Service, Side, product, sides
from omamori.parse.device.wordlist import words

MATCH_VIP_FROM = (7, 2, 4)
_WHO = ("groups", "users", "fsso-groups")


class Policies:
    """The rules of one virtual domain."""

    def __init__(self, domain: Domain) -> None:
        """Read what the policies name."""
        self.domain = domain
        settings = domain.home.block("system settings")
        self.central = settings.on("central-nat")
        self.vips = {name: vip(block, domain.address) for name, block in domain.addresses.vips.items()}
        self.pools = domain.home.block("firewall ippool").entries
        self.tunnels = {f"ssl.{domain.name}"} | {
            name for name, one in domain.home.block("vpn ipsec phase1-interface").entries.items() if one.one("type") == "dynamic"
        }
        self.named: set[str] = set()
        for name in (*domain.addresses.single, *domain.addresses.groups):
            domain.addresses.named(name)
        for name in domain.services.customs:
            domain.services.named(name)

    def rows(self) -> Iterator[Any]:
        """Yield the chains and rules of the policies and of both translations."""
        policies = list(self.domain.home.block("firewall policy").entries.values())
        told = {block.name: list(self.policy(block)) for block in policies}
        yield from self._translations()
        yield self._chain("policy", "forward", 0, "drop", "firewall policy")
        position = 0
        for rule in [*self._intrazone(policies), *(rule for block in policies for rule in told[block.name])]:
            yield replace(rule, chain=f"policy{self.domain.suffix}", position=position)
            position += 1
        six = list(self.domain.home.block("firewall policy6").entries.values())
        for rule in (rule for block in six for rule in self.policy(block, six=True)):
            yield replace(rule, chain=f"policy{self.domain.suffix}", position=position)
            position += 1
        yield from self._sources(policies, told)

    def _chain(self, name: str, hook: str, priority: int, policy: str, table: str) -> DeviceChain:
        return DeviceChain(
            chain=f"{name}{self.domain.suffix}", hook=hook, priority=priority, policy=policy, interface_in=self.domain.bound,
            first_packet=True, label=table, evidence=str(self.domain.home.block(table).line or ""),
        )  # fmt: skip

    def policy(self, block: Block, *, six: bool = False) -> Iterator[DeviceRule]:
        """Yield the rules a policy amounts to: one per alternative of source, destination and service."""
        sources, targets, action = block.all("srcintf"), block.all("dstintf"), block.one("action", "deny")
        unread = self._conditions(block, sources)
        services = self._service(block, unread)
        schedule = block.one("schedule", "always")
        plain: dict[str, Any] = {
            "rule": f"{block.name} {block.one('name')}".strip(), "enabled": block.one("status", "enable") != "disable" and schedule != "none",
            "decision": {"accept": "accept", "deny": "drop"}.get(action, "unknown"), "schedule": None if schedule == "always" else schedule,
            "interface_in": interfaces_of(sources), "interface_out": interfaces_of(targets),
            "logs": block.one("logtraffic", "utm" if action == "accept" else "disable") == "all",
            "services_named": ",".join(block.all("service")) or None, "evidence": str(block.line),
        }  # fmt: skip
        if action not in ("accept", "deny"):
            unread.append(f"action {action} {block.one('vpntunnel')}".strip())
        if not sources or not targets:
            unread.append("srcintf or dstintf not set")
        for family, left, right in self._families(block, action, six=six):
            rows = product(left, right, services, unread)
            plain["sources_named"] = ",".join([*block.all("srcaddr6" if family == "ipv6" and not six else "srcaddr"), *block.all("groups")])
            plain["destinations_named"] = ",".join(block.all("dstaddr6" if family == "ipv6" and not six else "dstaddr"))
            for part, source, target, doubt in rows:
                yield DeviceRule(
                    **{**plain, "sources_named": plain["sources_named"] or None, "destinations_named": plain["destinations_named"] or None},
                    family=family, protocol=part.protocol, source_ports=part.sources, destination_ports=part.ports,
                    sources=source.text, destinations=target.text, states=target.states, unread=doubt,
                )  # fmt: skip

    def _families(self, block: Block, action: str, *, six: bool) -> Iterator[tuple[str, list[Side], list[Side]]]:
        """Yield the two sides of a policy for each family of addresses it names."""
        flags = block.on("srcaddr-negate"), block.on("dstaddr-negate")
        away = block.on("internet-service"), block.on("internet-service-src")
        if not six:
            left = self._addresses(block, "srcaddr", negate=flags[0], away=away[1])
            yield "ipv4", left, self._targets(block, action, negate=flags[1], away=away[0])
        if six or block.all("srcaddr6") or block.all("dstaddr6"):
            end = "" if six else "6"
            found = [
                sides(extent6(self.domain.home, block.all(f"{key}{end}")), negate=flag)
                for key, flag in (("srcaddr", flags[0]), ("dstaddr", flags[1]))
            ]
            yield "ipv6", _six(found[0], block, f"srcaddr{end}"), _six(found[1], block, f"dstaddr{end}")

    def _addresses(self, block: Block, key: str, *, negate: bool, away: bool) -> list[Side]:
        if away:
            return [Side(None, f"{key.removesuffix('addr')} internet-service")]
        names = block.all(key)
        if not names:
            return [Side(None, f"{key} not set")] if not block.all(f"{key}6") else []
        return sides(self.domain.addresses.of(names).extent, negate=negate)

    def _targets(self, block: Block, action: str, *, negate: bool, away: bool) -> list[Side]:
        """The destinations of a policy; a virtual address is met after it was translated."""
        match, names = block.one("match-vip"), block.all("dstaddr")
        plain = self._addresses(block, "dstaddr", negate=negate, away=away)
        if self.central:
            return plain
        vips = [self.vips[name] for name in self.domain.addresses.of(names).vips if name in self.vips]
        self.named.update(one.name for one in vips)
        found = [Side(None, "negated virtual address")] if vips and negate else [_inside(one) for one in vips if one.active]
        if match == "enable":
            return [*found, *plain]
        sees = match == "" and action == "deny" and (self.domain.version >= MATCH_VIP_FROM or not self.domain.version)
        if sees and self.domain.version:
            return [*found, *plain]
        kept = [replace(one, states="!dnat") for one in plain]
        maybe = [replace(one, states="dnat", unread="; ".join(filter(None, (one.unread, "match-vip by default")))) for one in plain]
        return [*found, *kept, *(maybe if sees and self.vips else [])] if self.vips else plain

    def _service(self, block: Block, unread: list[str]) -> Service:
        names = block.all("service")
        if block.on("internet-service") and not names:
            return Service((Part(),))
        if not names:
            return Service((), ("service not set",))
        if block.on("service-negate"):
            unread.append(f"not service {' '.join(names)}")
            return Service((Part(),))
        return self.domain.services.of(names)

    def _conditions(self, block: Block, sources: Sequence[str]) -> list[str]:
        """What else limits a policy. Who came in by a tunnel has shown an account: there the groups are named, not a doubt."""
        inside = bool(sources) and all(name in self.tunnels for name in sources)
        unread = [] if inside else [f"{key} {' '.join(words)}" for key in _WHO if (words := block.all(key))]
        for key, setting in block.settings.items():
            if key in POLICY_HARMLESS or key in _READ or setting.words in (*OFF, ["0x00"], ["0"]):
                setting.used = True
            elif key not in _WHO:
                unread.append(f"{key} {' '.join(setting.words)}"[:200])
        return unread

    def _intrazone(self, policies: Sequence[Block]) -> Iterator[DeviceRule]:
        """Between the interfaces of a zone nothing passes by itself unless `intrazone` is allowed; a policy that denies may come first."""
        denying = [one for one in policies if one.one("action", "deny") == "deny" and one.one("status", "enable") != "disable"]
        for name, zone in self.domain.home.block("system zone").entries.items():
            if zone.one("intrazone", "deny") != "allow":
                continue
            doubt = any({name, "any"} & set(one.all("srcintf")) and {name, "any"} & set(one.all("dstintf")) for one in denying)
            yield DeviceRule(
                rule=f"intrazone {name}", decision="unknown" if doubt else "accept", interface_in=name, interface_out=name,
                evidence=str(zone.line),
            )  # fmt: skip

    def _translations(self) -> Iterator[Any]:
        """Yield the chain of destination NAT: virtual addresses a policy names; with central NAT all of them."""
        used = [one for one in self.vips.values() if (self.central or one.name in self.named) and one.active]
        if not used:
            return
        yield self._chain("vip", "prerouting", -100, "accept", "firewall vip")
        for position, one in enumerate(used):
            yield DeviceRule(
                chain=f"vip{self.domain.suffix}", position=position, rule=one.name, decision="unknown" if one.doubt else "dnat", family="ipv4",
                protocol=one.protocol, sources=written(one.sources) if one.sources else None, destinations=written(one.outside) or None,
                destination_ports=one.outside_ports, interface_in=interfaces_of([one.interface] if one.interface else ["any"]),
                to_addresses=None if one.doubt else written(one.inside), to_ports=one.inside_ports,
                one_to_one=_size(one.outside) > 1 and _size(one.outside) == _size(one.inside), unread=one.doubt, evidence=str(one.line),
            )  # fmt: skip

    def _sources(self, policies: Sequence[Block], told: dict[str, list[DeviceRule]]) -> Iterator[Any]:
        """Yield the chain of source NAT: what each policy that accepts does with the source of its packets."""
        if self.central:
            yield from self._central()
            return
        if not any(block.on("nat") for block in policies):
            return
        yield self._chain("snat", "postrouting", 100, "accept", "firewall policy")
        position = 0
        for block in policies:
            decision, to = self._snat(block)
            for rule in told[block.name]:
                if rule.decision not in ("accept", "unknown") or rule.family == "ipv6":
                    continue
                yield replace(rule, chain=f"snat{self.domain.suffix}", position=position, decision=decision, to_addresses=to, logs=None)
                position += 1

    def _snat(self, block: Block) -> tuple[str, str | None]:
        if not block.on("nat"):
            return "accept", None
        if not block.on("ippool"):
            return "masquerade", None
        return self.pool(block.all("poolname"))

    def pool(self, names: Sequence[str]) -> tuple[str, str | None]:
        """Return the decision and addresses of IP pools; unknown where one is not defined."""
        found = [self.pools.get(name) for name in names]
        ranges = [f"{one.one('startip')}-{one.one('endip')}" for one in found if one and one.one("startip") and one.one("endip")]
        return ("snat", ",".join(ranges)) if ranges and len(ranges) == len(names) else ("unknown", None)

    def _central(self) -> Iterator[Any]:
        """Yield the central SNAT table, which counts in its own order."""
        yield self._chain("central-snat", "postrouting", 100, "accept", "firewall central-snat-map")
        position = 0
        for block in self.domain.home.block("firewall central-snat-map").entries.values():
            nat, pool = block.on("nat", default=True), block.all("nat-ippool")
            decision, to = ("accept", None) if not nat else self.pool(pool) if pool else ("masquerade", None)
            protocol, ports = block.one("protocol", "0"), block.one("orig-port", "0")
            part = Part(
                {"6": "tcp", "17": "udp", "1": "icmp", "132": "sctp"}.get(protocol, None if protocol == "0" else protocol),
                ports if ports != "0" else None,
            )
            left = sides(self.domain.addresses.together(block.all("orig-addr")), negate=False)
            right = sides(self.domain.addresses.together(block.all("dst-addr")), negate=False)
            off, lines = (
                block.one("status", "enable") == "disable",
                (interfaces_of(block.all("srcintf")), interfaces_of(block.all("dstintf"))),
            )
            for _, source, target, doubt in product(left, right, Service((part,)), []):
                yield DeviceRule(
                    chain=f"central-snat{self.domain.suffix}", position=position, rule=block.name, enabled=not off, decision=decision,
                    family="ipv4", protocol=part.protocol, source_ports=part.sources, sources=source.text, destinations=target.text,
                    interface_in=lines[0], interface_out=lines[1], to_addresses=to, unread=doubt, evidence=str(block.line),
                )  # fmt: skip
                position += 1


_READ = words(
    "name srcintf dstintf action srcaddr dstaddr srcaddr6 dstaddr6 service schedule status nat ippool poolname groups users "
    "fsso-groups logtraffic match-vip srcaddr-negate dstaddr-negate service-negate internet-service internet-service-src vpntunnel"
)


def interfaces_of(names: Sequence[str]) -> str | None:
    """Return a list of interfaces or zones as a rule writes it; None for any."""
    return None if not names or "any" in names else ",".join(names)


def _inside(one: Vip) -> Side:
    """A virtual address as a policy meets it: the real address and port, of a packet that was translated."""
    return Side(written(one.inside) if one.inside else None, one.doubt, "dnat", one.protocol, one.inside_ports)


def _size(ranges: Sequence[tuple[int, int]]) -> int:
    return sum(high - low + 1 for low, high in ranges)


def _six(found: list[Side], block: Block, key: str) -> list[Side]:
    return found if block.all(key) else [Side(None, f"{key} not set")]
