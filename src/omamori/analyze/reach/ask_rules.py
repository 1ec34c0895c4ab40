"""What the rules of a chain do with one packet, first match first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from omamori.analyze.reach.parts import TELLING, TRANSLATING, Chain, Device, Nic, Rule, RuleName, rule_name
from omamori.analyze.reach.ranges import LAST_PORT, TCP, UDP, Ranges, Words, holds

_DEEPEST = 16
_POOL = 64

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet; of icmp `dport` is the type."""

    src: int
    dst: int
    protocol: int
    sport: int
    dport: int

    @property
    def has_ports(self) -> bool:
        """Whether its protocol has ports."""
        return self.protocol in (TCP, UDP)

    def reversed(self) -> Packet:
        """Return the packet that answers it."""
        if self.has_ports:
            return Packet(self.dst, self.src, self.protocol, self.dport, self.sport)
        return Packet(self.dst, self.src, self.protocol, self.sport, self.dport)


@dataclass(slots=True)
class World:
    """One way in which everything that was not understood could be; what was asked for the first time counts as true."""

    fixed: dict[Key, bool]
    asked: list[Key] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def chosen(self, key: Key, doubt: str) -> bool:
        """Return how it is in this world."""
        self.doubts.append(doubt)
        if key in self.fixed:
            return self.fixed[key]
        if key not in self.asked:
            self.asked.append(key)
        return True


@dataclass(frozen=True, slots=True)
class Verdict:
    """A packet a chain let through, as it left it."""

    packet: Packet
    rules: tuple[RuleName, ...] = ()
    untracked: bool = False
    translated: bool = False


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a rule can look at besides the packet."""

    world: World
    device: Device
    chain: Chain
    nic: Nic | None
    out: Nic | None
    facts: frozenset[str]


def judge(
    world: World, device: Device, chain: Chain, packet: Packet, nic: Nic | None, out: Nic | None, facts: frozenset[str]
) -> list[Verdict]:
    """Send a packet through a base chain; `facts` are the states its connection is in. Empty: it was dropped.

    More than one verdict only where a device chooses from several addresses to translate to.
    """
    if not (_at(chain.ins, nic) and _at(chain.outs, out)):
        return [Verdict(packet)]
    sight = _Sight(world, device, chain, nic, out, facts)
    ended, untracked = _chain(sight, chain, packet, 0, untracked=False)
    if ended is not None:
        return ended
    if chain.policy == "accept":
        told = (rule_name(device, chain, None),) if chain.hook in TELLING else ()
        return [Verdict(packet, told, untracked)]
    if chain.policy in ("drop", "reject"):
        return []
    passes = world.chosen((device.name, chain.name, "policy"), f"not_understood: {rule_name(device, chain, None)}")
    return [Verdict(packet, (rule_name(device, chain, None),), untracked)] if passes else []


def _chain(sight: _Sight, chain: Chain, packet: Packet, depth: int, *, untracked: bool) -> tuple[list[Verdict] | None, bool]:
    """Return what a chain decided (None: nothing, the packet goes back), and whether its connection shall not be tracked."""
    for rule in chain.rules:
        if not _matches(sight, rule, packet):
            continue
        name = rule_name(sight.device, chain, rule)
        key = (sight.device.name, chain.name, rule.position, id(rule))
        if rule.decision == "continue" or (rule.doubt and not sight.world.chosen(key, f"{rule.doubt}: {name}")):
            continue
        if rule.decision == "unknown":
            if sight.world.chosen((*key, "accepts"), f"{rule.doubt}: {name}"):
                return [Verdict(packet, (name,), untracked)], untracked
            return [], untracked
        if rule.decision == "accept":
            return [Verdict(packet, (name,), untracked)], untracked
        if rule.decision in ("drop", "reject"):
            return [], untracked
        if rule.decision == "return":
            return None, untracked
        if rule.decision == "notrack":
            untracked = untracked or "invalid" in sight.facts  # a packet that has a connection keeps it (nft_notrack_eval)
            continue
        if rule.decision in ("jump", "goto"):
            target = sight.device.chain.get(rule.target or "")
            if target is None or depth >= _DEEPEST:
                passes = sight.world.chosen((*key, "target"), f"not_understood: {name}")
                return ([Verdict(packet, (name,), untracked)] if passes else []), untracked
            ended, untracked = _chain(sight, target, packet, depth + 1, untracked=untracked)
            if ended is not None or rule.decision == "goto":
                return ended, untracked
            continue
        if rule.decision in TRANSLATING:
            return [Verdict(moved, (name,), untracked, translated=True) for moved in _translated(sight, rule, packet)], untracked
    return None, untracked


def _at(words: Words | None, nic: Nic | None) -> bool:
    return words is None or (nic is not None and words.match(nic.name, nic.zone)) or (nic is None and words.others)


def _matches(sight: _Sight, rule: Rule, packet: Packet) -> bool:
    if not (_at(rule.ins, sight.nic) and _at(rule.outs, sight.out)):
        return False
    if rule.states is not None and any(name in sight.facts for name in rule.states.names) == rule.states.others:
        return False
    if not (holds(rule.protocols, packet.protocol) and holds(rule.sources, packet.src) and holds(rule.destinations, packet.dst)):
        return False
    if rule.source_ports is not None and not holds(rule.source_ports, packet.sport):
        return False
    return rule.destination_ports is None or holds(rule.destination_ports, packet.dport)


def _translated(sight: _Sight, rule: Rule, packet: Packet) -> Iterator[Packet]:
    """Every packet a translation may make of one."""
    if rule.decision in ("snat", "masquerade"):
        for address in _source(sight, rule, packet):
            for port in _pool(rule.to_ports) if rule.to_ports and packet.has_ports else (packet.sport,):
                yield replace(packet, src=address, sport=port)
        return
    for address in _destination(sight, rule, packet):
        for port in _pool(rule.to_ports) if rule.to_ports and packet.has_ports else (packet.dport,):
            yield replace(packet, dst=address, dport=port)


def _source(sight: _Sight, rule: Rule, packet: Packet) -> Iterator[int]:
    if rule.one_to_one and rule.sources and rule.to_addresses:
        yield packet.src - rule.sources[0][0] + rule.to_addresses[0][0]
    elif rule.decision == "masquerade":
        yield own_address(sight.device, sight.out, packet.src)
    elif rule.to_addresses is not None:
        yield from _pool(rule.to_addresses)
    else:
        yield packet.src


def _destination(sight: _Sight, rule: Rule, packet: Packet) -> Iterator[int]:
    if rule.one_to_one and rule.destinations and rule.to_addresses:
        yield packet.dst - rule.destinations[0][0] + rule.to_addresses[0][0]
    elif rule.decision == "redirect":
        yield own_address(sight.device, sight.nic, packet.dst)
    elif rule.to_addresses is not None:
        yield from _pool(rule.to_addresses)
    else:
        yield packet.dst


def own_address(device: Device, nic: Nic | None, otherwise: int) -> int:
    """Return the first address of an interface; where it gets it from outside and it is not known, the address stays as it was."""
    if nic is None:
        return otherwise
    return next((one.address for one in device.nics_of(nic.name) if one.address is not None), otherwise)


def _pool(ranges: Ranges) -> Iterator[int]:
    """The members of a small pool; of a large one those at its ends."""
    for first, last in ranges:
        if last - first < _POOL:
            yield from range(first, last + 1)
        else:
            yield first
            yield min(last, LAST_PORT) if last <= LAST_PORT else last
