"""Random rule sets of nftables and iptables for a router, valid and deterministic: the same seed gives the same text.

They hold what rule sets of hospitals hold and what engines get wrong: several base chains at a hook with priorities, policies, jumps, goto
and return, sets, ranges, intervals and negations, interfaces, states of connections or none (so that answers have to pass by themselves),
verdict maps, destination and source translation, masquerade, redirect, reject, and no tracking. What is left to chance on a real device (limits, quotas,
numbers drawn at random) is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from random import Random


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What rules can speak of: the router's interfaces and own addresses, the networks and machines around, the ports that are tried."""

    interfaces: tuple[str, ...]
    own: tuple[IPv4Address, ...]
    networks: tuple[IPv4Network, ...]
    machines: tuple[IPv4Address, ...]
    tcp: tuple[int, ...]
    udp: tuple[int, ...]


def nftables(random: Random, around: Surroundings) -> str:
    """Return a rule set for `nft -f`."""
    return _Writer(random, around).ruleset()


class _Writer:
    def __init__(self, random: Random, around: Surroundings) -> None:
        self.random = random
        self.around = around
        self.sets: list[str] = []
        self.named: dict[str, list[str]] = {"ipv4_addr": [], "inet_service": []}
        self.family = random.choice(("inet", "inet", "ip"))
        self.spread = random.choice((0.15, 0.3, 0.5))
        """How often a rule drops: some rule sets let most things through, some little."""

    def ruleset(self) -> str:
        chance = self.random.random
        self._sets()
        chains: list[str] = []
        helpers = [f"part{number}" for number in range(self.random.randrange(4))]
        for number, name in enumerate(helpers):
            chains += self._chain(name, None, helpers[number + 1 :], self.random.randrange(1, 5))
        for number in range(self.random.choice((1, 1, 2, 3))):
            priority = self.random.choice(("filter", "-10", "5", "filter - 1", "20", "security"))
            policy = self.random.choice(("accept", "drop", "drop")) if number == 0 else self.random.choice(("accept", "accept", "drop"))
            head = f"type filter hook forward priority {priority}; policy {policy};"
            chains += self._chain(f"forward{number}", head, helpers, self.random.randrange(4, 12), tracked=chance() < 0.75, hook="forward")
        if chance() < 0.8:
            head = f"type filter hook input priority filter; policy {self.random.choice(('accept', 'drop'))};"
            chains += self._chain("input", head, helpers, self.random.randrange(2, 8), tracked=chance() < 0.7, hook="input")
        if chance() < 0.25:
            head = "type filter hook output priority filter; policy accept;"
            chains += self._chain("output", head, [], self.random.randrange(1, 3), hook="output")
        if chance() < 0.4:
            head = f"type filter hook prerouting priority {self.random.choice(('raw', 'mangle'))}; policy accept;"
            chains += self._chain("early", head, [], self.random.randrange(1, 4), hook="prerouting")
        if chance() < 0.25:
            head = "type filter hook postrouting priority mangle; policy accept;"
            chains += self._chain("late", head, [], self.random.randrange(1, 3), hook="postrouting")
        if chance() < 0.6:
            chains += self._destination_nat()
        if chance() < 0.6:
            chains += self._source_nat()
        return "\n".join([f"table {self.family} lab {{", *(f"  {line}" for line in (*self.sets, *chains)), "}", ""])

    # --- sets

    def _sets(self) -> None:
        for number in range(self.random.randrange(3)):
            self.named["ipv4_addr"].append(f"some_addresses{number}")
            self.sets += [
                f"set some_addresses{number} {{",
                "  type ipv4_addr; flags interval;",
                f"  elements = {{ {', '.join(self._some_addresses(2, 4))} }}",
                "}",
            ]
        for number in range(self.random.randrange(2)):
            self.named["inet_service"].append(f"some_ports{number}")
            ports = ", ".join(self._some_ports(self.around.tcp + self.around.udp, 4, 9))
            self.sets += [f"set some_ports{number} {{", "  type inet_service; flags interval;", f"  elements = {{ {ports} }}", "}"]

    def _some_addresses(self, least: int, most: int) -> list[str]:
        """Addresses, networks and ranges that do not overlap."""
        wanted = self.random.randint(least, most)
        networks = list(self.around.networks)
        self.random.shuffle(networks)
        found = [self.random.choice((str(one), f"{one[1]}-{one[-2]}", str(next(one.subnets())))) for one in networks[: wanted // 2]]
        free = [one for one in self.around.machines if not any(one in network for network in networks[: wanted // 2])]
        self.random.shuffle(free)
        return [*found, *map(str, free[: wanted - len(found)])] or [str(networks[0])]

    def _some_ports(self, ports: Sequence[int], least: int, most: int) -> list[str]:
        """Ports and a range that do not overlap."""
        chosen = sorted(self.random.sample(sorted(set(ports)), self.random.randint(least, most)))
        if len(chosen) > 2 and self.random.random() < 0.5:
            return [f"{chosen[0]}-{chosen[1]}", *map(str, chosen[2:])]
        return list(map(str, chosen))

    # --- chains

    def _chain(
        self, name: str, head: str | None, helpers: Sequence[str], rules: int, *, tracked: bool = False, hook: str | None = None
    ) -> list[str]:
        body = [self._states()] if tracked else []
        body += [self._rule(helpers, hook) for _ in range(rules)]
        return [f"chain {name} {{", *([f"  {head}"] if head else []), *(f"  {line}" for line in body), "}"]

    def _states(self) -> str:
        return self.random.choice(
            (
                "ct state established,related accept",
                "ct state vmap { established : accept, related : accept, invalid : drop }",
                "ct state { established, related } counter accept",
                "ct state != new accept",
                "ct state established accept",
            )
        )

    def _rule(self, helpers: Sequence[str], hook: str | None) -> str:
        if self.random.random() < 0.12:
            return self._verdict_map(helpers, hook)
        conditions = self._conditions(hook, self.random.choice((0, 1, 1, 2, 2, 3)) or self.random.randrange(2))
        extra = self.random.choice(("", "", "", "counter ", 'log prefix "seen " '))
        return " ".join((*conditions, f"{extra}{self._verdict(helpers, hook)}"))

    def _verdict(self, helpers: Sequence[str], hook: str | None) -> str:
        drawn = self.random.random()
        if hook == "prerouting":
            return self.random.choice(("drop", "accept", "notrack", "notrack"))
        if hook in ("output", "postrouting"):
            return self.random.choice(("drop", "accept"))
        if helpers and drawn < 0.3:
            return f"{self.random.choice(('jump', 'jump', 'goto'))} {self.random.choice(list(helpers))}"
        if drawn < 0.36:
            return "return"
        if drawn < 0.36 + self.spread * 0.6:
            return self.random.choice(("drop", "drop", "reject", "reject with icmp type admin-prohibited"))
        return "accept"

    def _verdict_map(self, helpers: Sequence[str], hook: str | None) -> str:
        def to() -> str:
            return "drop" if self.random.random() < self.spread else "accept"

        first = f"jump {self.random.choice(list(helpers))}" if helpers and hook in ("forward", "input") else to()
        kind = self.random.randrange(3)
        if kind == 0:
            one, other = self.random.sample(self.around.networks, 2)
            return f"ip {self.random.choice(('saddr', 'daddr'))} vmap {{ {one} : {first}, {other} : {to()} }}"
        if kind == 1:
            protocol = self.random.choice(("tcp", "udp"))
            some = self._some_ports(getattr(self.around, protocol), 3, 6)
            entries = ", ".join(f"{port} : {first if number == 0 else to()}" for number, port in enumerate(some))
            return f"{protocol} dport vmap {{ {entries} }}"
        interfaces = self.random.sample(self.around.interfaces, min(2, len(self.around.interfaces)))
        word = "oifname" if hook == "postrouting" or (hook == "output") else "iifname"
        return f"{word} vmap {{ {', '.join(f'{one} : {first if number == 0 else to()}' for number, one in enumerate(interfaces))} }}"

    # --- conditions

    def _conditions(self, hook: str | None, count: int) -> list[str]:
        choices = [lambda: self._address("saddr"), lambda: self._address("daddr"), self._transport]
        if hook in ("forward", "input", "prerouting"):
            choices.append(self._in)
        if hook in ("forward", "postrouting", "output"):
            choices.append(self._out)
        if hook in ("forward", "input"):
            choices.append(self._state)
            if self.random.random() < 0.1:
                choices = [self._joined, self._in, self._state]
        return [choose() for choose in self.random.sample(choices, count)]

    def _transport(self) -> str:
        drawn = self.random.random()
        if drawn < 0.15:
            return self._protocol()
        if drawn < 0.3:
            return self._source_port()
        if drawn < 0.36:
            return self.random.choice(("tcp flags syn / fin,syn,rst,ack", "tcp flags & (fin | syn | rst | ack) != syn"))
        return self._port()

    def _joined(self) -> str:
        """Addresses and ports that belong together, one pair each."""
        protocol = self.random.choice(("tcp", "udp"))
        some = self.random.sample(self.around.machines + self.around.own, 3)
        ports = [self._some_ports(getattr(self.around, protocol), 3, 3)[0] for _ in some]
        pairs = ", ".join(f"{address} . {port}" for address, port in zip(some, ports, strict=True))
        return f"ip {self.random.choice(('saddr', 'daddr'))} . {protocol} dport {{ {pairs} }}"

    def _not(self, chance: float = 0.2) -> str:
        return "!= " if self.random.random() < chance else ""

    def _address(self, word: str) -> str:
        named = self.named["ipv4_addr"]
        if named and self.random.random() < 0.3:
            return f"ip {word} {self._not()}@{self.random.choice(named)}"
        drawn = self.random.random()
        network = self.random.choice(self.around.networks)
        if drawn < 0.35:
            return f"ip {word} {self._not()}{network}"
        if drawn < 0.55:
            return f"ip {word} {self._not()}{self.random.choice(self.around.machines + self.around.own)}"
        if drawn < 0.7:
            return f"ip {word} {self._not()}{network[self.random.randrange(1, 8)]}-{network[self.random.randrange(12, 30)]}"
        return f"ip {word} {self._not()}{{ {', '.join(self._some_addresses(2, 4))} }}"

    def _port(self) -> str:
        protocol = self.random.choice(("tcp", "tcp", "udp", "th"))
        ports = {"tcp": self.around.tcp, "udp": self.around.udp}.get(protocol, self.around.tcp + self.around.udp)
        match = f"meta l4proto {{ tcp, udp }} th dport {self._not()}" if protocol == "th" else f"{protocol} dport {self._not()}"
        named = self.named["inet_service"]
        if named and self.random.random() < 0.3:
            return f"{match}@{self.random.choice(named)}"
        drawn = self.random.random()
        if drawn < 0.3:
            first, last = sorted(self.random.sample(ports, 2))
            return f"{match}{first}-{last}"
        if drawn < 0.4:
            return f"{match.removesuffix('!= ')}{self.random.choice(('<', '<=', '>', '>='))} {self.random.choice(ports)}"
        if drawn < 0.55:
            return f"{match}{self.random.choice(ports)}"
        return f"{match}{{ {', '.join(self._some_ports(ports, 3, 12))} }}"

    def _source_port(self) -> str:
        """Whoever begins uses a high port, whoever answers the port he was asked at: this tells questions from answers."""
        return self.random.choice(("tcp sport 1024-65535", "udp sport 1024-65535", "tcp sport >= 1024", "udp sport != 0-1023"))

    def _protocol(self) -> str:
        return self.random.choice(
            ("meta l4proto tcp", "meta l4proto udp", "ip protocol udp", "ip protocol != tcp", "meta l4proto { tcp, udp }")
        )

    def _in(self) -> str:
        return self._interface("iifname", "iif")

    def _out(self) -> str:
        return self._interface("oifname", "oif")

    def _interface(self, word: str, by_number: str) -> str:
        one = self.random.choice(self.around.interfaces)
        drawn = self.random.random()
        if drawn < 0.2:
            return f'{by_number} {self._not()}"{one}"'
        if drawn < 0.4:
            some = ", ".join(f'"{name}"' for name in self.random.sample(self.around.interfaces, 2))
            return f"{word} {self._not()}{{ {some} }}"
        return f'{word} {self._not(0.25)}"{one[:-1] + "*" if drawn > 0.9 else one}"'

    def _state(self) -> str:
        if self.random.random() < 0.15:
            return "ct status dnat"
        return f"ct state {self.random.choice(('new', 'new', 'established,related', 'invalid', 'new,untracked', 'untracked'))}"

    # --- translation

    def _destination_nat(self) -> list[str]:
        body = []
        for _ in range(self.random.randrange(1, 5)):
            protocol = self.random.choice(("tcp", "udp"))
            ports = getattr(self.around, protocol)
            if self.random.random() < 0.15:
                body.append(self._by_port(protocol, self.random.sample(ports, 2)))
                continue
            where = self.random.choice(
                (f'iifname "{self.random.choice(self.around.interfaces)}" ', "", f"ip saddr {self.random.choice(self.around.networks)} ")
            )
            target = self.random.choice(self.around.own + self.around.own + self.around.machines)
            match = f"{where}ip daddr {target} {protocol} dport {{ {', '.join(self._some_ports(ports, 2, 5))} }}"
            to = self.random.choice(self.around.machines)
            ip = "ip " if self.family == "inet" else ""
            port = self.random.choice(ports)
            body.append(
                f"{match} {self.random.choice((f'dnat {ip}to {to}', f'dnat {ip}to {to}', f'dnat {ip}to {to}:{port}', f'redirect to :{port}'))}"
            )
        return ["chain translate {", "  type nat hook prerouting priority dstnat; policy accept;", *(f"  {line}" for line in body), "}"]

    def _by_port(self, protocol: str, ports: Sequence[int]) -> str:
        """A map: each port to a machine of its own."""
        entries = ", ".join(f"{port} : {self.random.choice(self.around.machines)}" for port in ports)
        ip = "ip " if self.family == "inet" else ""
        return f"ip daddr {self.random.choice(self.around.own)} dnat {ip}to {protocol} dport map {{ {entries} }}"

    def _source_nat(self) -> list[str]:
        body = []
        for _ in range(self.random.randrange(1, 3)):
            out = self.random.choice(self.around.interfaces)
            where = self.random.choice(("", "", f"ip saddr {self._not()}{self.random.choice(self.around.networks)} ", "meta l4proto tcp "))
            ip = "ip " if self.family == "inet" else ""
            body.append(
                f'oifname "{out}" {where}{self.random.choice(("masquerade", "masquerade", f"snat {ip}to {self.random.choice(self.around.own)}"))}'
            )
        return ["chain hide {", "  type nat hook postrouting priority srcnat; policy accept;", *(f"  {line}" for line in body), "}"]
