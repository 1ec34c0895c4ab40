"""Filter and NAT rules of pfSense and OPNsense → chains and rules.

Order of processing (pfSense documentation, "Ordering of NAT and Firewall Processing", "Rule Methodology"; OPNsense documentation, "Rules",
"Network Address Translation"): what comes in is translated first (port forwards, 1:1), then filtered inbound on its interface, where the
first rule that matches decides and nothing passes that no rule names; what goes out has its source translated, then floating rules of
direction out. Floating rules come before those of an interface; one without `quick` decides only where no later rule does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from omamori.model.device import DeviceChain, DeviceRule
from omamori.parse.device.dialects.pfsense.names import Names
from omamori.parse.device.dialects.pfsense.sides import HARMLESS, ICMP, READ, alternatives, is_on, line_of, moved, named, ssh_on, ssh_port
from omamori.parse.device.extent import ANY, written
from omamori.parse.device.markup import Node

FILTER, OUT, FORWARDS, OUTBOUND = "filter", "filter out", "port forward", "outbound NAT"
PRIVATE = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,127.0.0.0/8,100.64.0.0/10"
RESERVED = "0.0.0.0/8,127.0.0.0/8,169.254.0.0/16,198.18.0.0/15,240.0.0.0/4"


class Rules:
    """The rules of one configuration."""

    def __init__(self, root: Node, names: Names) -> None:
        """`root` is the document's root element."""
        self.root, self.names = root, names
        self.groups = {
            one.get("ifname"): one.take().get("members").replace(",", " ").split() for one in root.child("ifgroups").all("ifgroupentry")
        }

    def rows(self) -> Iterator[Any]:
        """Yield chains and rules."""
        nodes = self.root.child("filter").all("rule")
        yield DeviceChain(
            chain=FILTER, hook="prerouting", priority=0, policy="drop", first_packet=True, label="filter", evidence=line_of(nodes)
        )
        found = [*self._forwards_that_pass(), *self._implicit(), *self._ordered(nodes)]
        yield from (replace(rule, chain=FILTER, position=place) for place, rule in enumerate(found))
        outward = [rule for node in nodes if self._floating(node) and self._direction(node) != "in" for rule in self.rule(node, out=True)]
        if outward:
            yield DeviceChain(
                chain=OUT, hook="postrouting", priority=110, policy="accept", first_packet=True, label="filter", evidence=line_of(nodes)
            )
            yield from (replace(rule, chain=OUT, position=place) for place, rule in enumerate(outward))
        yield from self._forwards()
        yield from self._outbound()

    def _floating(self, node: Node) -> bool:
        return node.get("floating") in ("yes", "1")

    def _direction(self, node: Node) -> str:
        return node.get("direction") or "in"

    def _ordered(self, nodes: Sequence[Node]) -> Iterator[DeviceRule]:
        """Rules in the order they decide: floating with quick, groups, interfaces, then floating without quick from the last to the first."""
        floating = [node for node in nodes if self._floating(node) and self._direction(node) != "out"]
        quick = [node for node in floating if node.get("quick") not in ("", "0", "no")]
        plain = [node for node in nodes if not self._floating(node)]
        grouped = [
            node
            for node in plain
            if node.get("interface") in self.groups or node.get("interface") in ("openvpn", "enc0", "wireguard", "l2tp", "pptp")
        ]
        rest = [node for node in plain if node not in grouped]
        late = [node for node in reversed(floating) if node not in quick]
        for node in (*quick, *grouped, *rest, *late):
            yield from self.rule(node, out=False)

    def _implicit(self) -> Iterator[DeviceRule]:
        """What stands before the rules a person wrote: blocks of private and reserved sources, and administration from the LAN."""
        for name, node in self.names.interfaces.items():
            for key, ranges in (("blockpriv", PRIVATE), ("blockbogons", RESERVED)):
                if node.has(key) and node.get(key) != "0":
                    yield DeviceRule(
                        rule=f"{key} {name}",
                        decision="drop",
                        family="ipv4",
                        sources=ranges,
                        interface_in=name,
                        evidence=str(node.child(key).line),
                    )
        webgui = self.root.child("system/webgui")
        if self.root.has("system/webgui/noantilockout") or not self.names.interfaces:
            return
        name = "lan" if "lan" in self.names.interfaces else next(iter(self.names.interfaces))
        port = webgui.get("port") or ("80" if webgui.get("protocol") == "http" else "443")
        ports = [port, *(["80"] if not webgui.has("disablehttpredirect") and port != "80" else [])]
        if ssh_on(self.root):
            ports.append(ssh_port(self.root))
        yield DeviceRule(
            rule="anti-lockout", decision="accept", family="ipv4", protocol="tcp", destinations=written(self.names.own(name)) or None,
            destination_ports=",".join(dict.fromkeys(ports)), interface_in=name, evidence=str(webgui.line or ""),
            unread=None if self.names.own(name) else f"address of {name}",
        )  # fmt: skip

    def _interfaces(self, node: Node) -> str | None:
        """Interfaces a rule is bound to, groups written out; None for any."""
        found: list[str] = []
        for name in node.get("interface").replace(",", " ").split():
            found += self.groups.get(name, [name])
        return ",".join(dict.fromkeys(found)) or None if "any" not in found else None

    def rule(self, node: Node, *, out: bool) -> Iterator[DeviceRule]:
        """Yield the rules one entry amounts to."""
        kind, family = node.get("type") or "pass", {"inet": "ipv4", "inet6": "ipv6"}.get(node.get("ipprotocol") or "inet")
        unread = [
            f"{key} {node.get(key)}"
            for key in ("gateway", "os", "tagged", "tcpflags1", "vlanprio", "dscp", "interfacenot")
            if node.get(key)
        ]
        for key in ("protocol", "statetype", "sched", "descr", "disabled", "interface", "tcpflags2", "tcpflags_any", "allowopts", "log"):
            node.child(key)
        unread += self._unknown(node)
        interfaces = self._interfaces(node)
        if node.get("protocol") in ("carp", "pfsync"):
            unread.append(node.get("protocol"))
        base = DeviceRule(
            rule=node.get("descr") or f"line {node.line}", enabled=not is_on(node, "disabled"),
            decision={"pass": "accept", "block": "drop", "reject": "reject"}.get(kind, "unknown"), family=family,
            interface_in=None if out else interfaces, interface_out=interfaces if out else None, logs=is_on(node, "log"),
            schedule=node.get("sched") or None, sources_named=named(node.child("source")), destinations_named=named(node.child("destination")),
            evidence=str(node.line),
        )  # fmt: skip
        yield from self._sides(node, base, unread)

    def _sides(self, node: Node, base: DeviceRule, unread: Sequence[str]) -> Iterator[DeviceRule]:
        said = node.get("protocol").lower()
        protocols: list[str | None] = ["tcp", "udp"] if said == "tcp/udp" else [None] if said in ("", "any") else [said]
        source, target = node.child("source"), node.child("destination")
        of, to = self.names.ports(source.get("port")), self.names.ports(target.get("port"))
        types = node.get("icmptype")
        doubts = [*unread, *of[1], *to[1]]
        ports = to[0]
        if protocols == ["icmp"]:
            numbers = [ICMP.get(word, word) for word in types.split(",") if word and word != "any"]
            ports = ",".join(numbers) or None
            doubts += [f"icmp {word}" for word in numbers if not word.isdigit()]
        for left, left_doubt in alternatives(*self.names.where(source), six=base.family == "ipv6"):
            for right, right_doubt in alternatives(*self.names.where(target), six=base.family == "ipv6"):
                told = [*doubts, *(one for one in (left_doubt, right_doubt) if one)]
                for protocol in protocols:
                    with_ports = protocol in (None, "tcp", "udp", "icmp")
                    yield replace(
                        base, protocol=protocol, sources=left, destinations=right, source_ports=of[0] if with_ports else None,
                        destination_ports=ports if with_ports else None, unread="; ".join(told)[:1000] or None,
                    )  # fmt: skip

    def _unknown(self, node: Node) -> list[str]:
        found = []
        for path, leaf in node.leaves():
            if not leaf.used and path.split("/")[0] not in HARMLESS and path.split("/")[0] not in READ:
                found.append(f"{path} {leaf.text.strip()}"[:200])
        node.take()
        return found

    def _forward_nodes(self) -> list[Node]:
        return self.root.child("nat").all("rule")

    def _forwards_that_pass(self) -> Iterator[DeviceRule]:
        """A port forward that passes by itself needs no filter rule."""
        for node in self._forward_nodes():
            if node.get("associated-rule-id") != "pass" or is_on(node, "nordr"):
                continue
            for rule in self._forward(node):
                if rule.decision == "dnat":
                    yield replace(
                        rule, decision="accept", destinations=rule.to_addresses, destination_ports=rule.to_ports or rule.destination_ports,
                        to_addresses=None, to_ports=None, states="dnat",
                    )  # fmt: skip

    def _forward(self, node: Node) -> Iterator[DeviceRule]:
        """Yield the rules of one port forward."""
        target, port = self.names.addresses(node.get("target")), node.get("local-port")
        off = is_on(node, "nordr")
        unread = list(target.doubts) if not off else []
        mapped, doubts = self.names.ports(port)
        base = DeviceRule(
            rule=node.get("descr") or f"line {node.line}", enabled=not is_on(node, "disabled"), decision="accept" if off else "dnat", family="ipv4",
            interface_in=self._interfaces(node), evidence=str(node.line),
        )  # fmt: skip
        unread += [*doubts, *self._unknown(node)]
        for rule in self._sides(node, base, unread):
            if off:
                yield rule
                continue
            to = written(target.ranges) if target.ranges else None
            yield replace(
                rule,
                to_addresses=to,
                to_ports=moved(rule.destination_ports, mapped),
                decision="dnat" if to and not rule.unread else "unknown",
            )

    def _forwards(self) -> Iterator[Any]:
        nodes = self._forward_nodes()
        pairs = self.root.child("nat").all("onetoone")
        if not nodes and not pairs:
            return
        yield DeviceChain(
            chain=FORWARDS,
            hook="prerouting",
            priority=-100,
            policy="accept",
            first_packet=True,
            label="nat",
            evidence=line_of([*nodes, *pairs]),
        )
        for place, rule in enumerate(
            (*(rule for node in nodes for rule in self._forward(node)), *(self._pair(node, inward=True) for node in pairs))
        ):
            yield replace(rule, chain=FORWARDS, position=place)

    def _pair(self, node: Node, *, inward: bool) -> DeviceRule:
        """One half of a 1:1 translation: the outer address inward, the inner one outward."""
        inner, negate = self.names.where(node.child("source"))
        other, _ = self.names.where(node.child("destination"))
        size = sum(high - low + 1 for low, high in inner.ranges)
        outer = self.names.addresses(node.get("external"))
        ranges = tuple((low, low + size - 1) for low, _ in outer.ranges[:1]) if size and size < 2**24 else ()
        unread = [*inner.doubts, *outer.doubts, *other.doubts, *(["not"] if negate else []), *self._unknown(node)]
        common: dict[str, Any] = {
            "rule": node.get("descr") or f"line {node.line}", "enabled": not is_on(node, "disabled"), "family": "ipv4", "one_to_one": size > 1,
            "evidence": str(node.line), "unread": "; ".join(unread) or None,
        }  # fmt: skip
        far, near, out = written(other.ranges or ANY), written(inner.ranges) if inner.ranges else None, written(ranges) if ranges else None
        bad = bool(unread) or not near or not out
        if inward:
            return DeviceRule(
                **common,
                decision="unknown" if bad else "dnat",
                interface_in=self._interfaces(node),
                sources=far,
                destinations=out,
                to_addresses=near,
            )
        return DeviceRule(
            **common,
            decision="unknown" if bad else "snat",
            interface_out=self._interfaces(node),
            sources=near,
            destinations=far,
            to_addresses=out,
        )

    def _outbound(self) -> Iterator[Any]:
        """Yield outbound NAT: 1:1 first, then rules a person wrote, then the automatic ones."""
        node = self.root.child("nat/outbound")
        mode = node.get("mode") or "automatic"
        rules = [self._pair(one, inward=False) for one in self.root.child("nat").all("onetoone")]
        manual = node.all("rule")
        if mode in ("hybrid", "advanced", "manual"):
            rules += [rule for one in manual for rule in self._source(one)]
        for one in manual:
            one.take()
        if mode in ("automatic", "hybrid"):
            rules += self._automatic()
        if not rules:
            return
        yield DeviceChain(
            chain=OUTBOUND,
            hook="postrouting",
            priority=100,
            policy="accept",
            first_packet=True,
            label=f"outbound NAT, {mode}",
            evidence=str(node.line or ""),
        )
        yield from (replace(rule, chain=OUTBOUND, position=place) for place, rule in enumerate(rules))

    def _source(self, node: Node) -> Iterator[DeviceRule]:
        target = node.get("target")
        decision, to = "masquerade", None
        unread: list[str] = []
        if is_on(node, "nonat"):
            decision = "accept"
        elif target and target not in ("", "(self)"):
            found = self.names.own(target.removesuffix("ip")) if target.endswith("ip") else self.names.addresses(target).ranges
            decision, to = ("snat", written(found)) if found else ("unknown", None)
        base = DeviceRule(
            rule=node.get("descr") or f"line {node.line}", enabled=not is_on(node, "disabled"), decision=decision, to_addresses=to, family="ipv4",
            interface_out=self._interfaces(node), evidence=str(node.line),
        )  # fmt: skip
        source = node.child("source")
        if not source.has("address") and source.get("network"):
            source.children.append(Node("address", source.line, source.get("network")))
        unread += self._unknown(node)
        yield from self._sides(node, base, unread)

    def _automatic(self) -> list[DeviceRule]:
        """Out of every interface with a gateway the networks of all others get its address."""
        outer = [
            name
            for name, one in self.names.interfaces.items()
            if one.get("gateway") or one.get("ipaddr") in ("dhcp", "pppoe", "ppp", "pptp", "l2tp")
        ]
        inner = [one for name in self.names.interfaces if name not in outer for one in self.names.net(name)]
        if not outer or not inner:
            return []
        sources = written(inner)
        return [
            DeviceRule(rule=f"automatic {name}", decision="masquerade", family="ipv4", sources=sources, interface_out=name)
            for name in outer
        ]
