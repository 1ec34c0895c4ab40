"""What the rules of a chain do with a set of packets: first match, exactly, by what earlier rules leave of each later one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from omamori.analyze.reach.ask_rules import own_address
from omamori.analyze.reach.cubes import DST, SPT, SRC, SVC, Cube, meet, single_bits, without
from omamori.analyze.reach.flow import DST_DONE, DST_MOVED, SRC_DONE, Flow
from omamori.analyze.reach.masks import Masks
from omamori.analyze.reach.parts import TELLING, TRANSLATING, Chain, Device, Nic, Rule, RuleName, rule_name
from omamori.analyze.reach.ranges import TCP, UDP

_DEEPEST = 16


def judge(masks: Masks, device: Device, chain: Chain, flow: Flow, nic: Nic | None, out: Nic | None, facts: frozenset[str]) -> list[Flow]:
    """Send packets through a base chain; `facts` are the states of their connections. Returns those it lets through."""
    for wanted, seen in ((chain.ins, nic), (chain.outs, out)):
        if wanted is not None and not wanted.match(*((seen.name, seen.zone) if seen else ())):
            return [flow]
    run = _Run(masks, device, nic, out, facts, flow)
    run.follow(chain, flow.cube, None, 0)
    if chain.policy in ("drop", "reject"):
        return run.passed
    name = rule_name(device, chain, None)
    told = (name,) if chain.hook in TELLING else ()
    run.pass_on(without(flow.cube, run.taken), told, None if chain.policy == "accept" else f"not_understood: {name}", None)
    return run.passed


@dataclass(slots=True)
class _Run:
    """One pass of packets through a chain and those it jumps to.

    `taken`: what was decided for certain. `murky`: what a rule that was not wholly understood may have dropped. `untracked`: what
    notrack was said of.
    """

    masks: Masks
    device: Device
    nic: Nic | None
    out: Nic | None
    facts: frozenset[str]
    flow: Flow
    taken: list[Cube] = field(default_factory=list)
    murky: list[tuple[Cube, str]] = field(default_factory=list)
    untracked: list[Cube] = field(default_factory=list)
    passed: list[Flow] = field(default_factory=list)

    def follow(self, chain: Chain, area: Cube, doubt: str | None, depth: int) -> None:
        """Send the packets of `area` through the rules of a chain; `doubt`: it may be that they do not come here at all."""
        left: list[Cube] = []
        hazy: list[tuple[Cube, str]] = []
        for rule, cube in self.masks.applying(self.device, chain, self.nic, self.out, self.facts):
            part = meet(area, cube)
            if part is None:
                continue
            name = rule_name(self.device, chain, rule)
            why = doubt or (f"{rule.doubt}: {name}" if rule.doubt else None)
            for piece, reason in _split(part, hazy, why):
                if rule.decision in ("jump", "goto"):
                    self._jump(rule, name, piece, reason, left, depth)
                else:
                    self._decide(rule, name, piece, reason, left)
                if reason and rule.decision in ("return", "goto"):
                    hazy.append((piece, reason))
                elif rule.decision in ("return", "goto"):
                    left.append(piece)
            if part == area and why is None and not hazy and rule.decision not in ("jump", "notrack"):
                break  # nothing is left for the rules after it

    def _decide(self, rule: Rule, name: RuleName, piece: Cube, reason: str | None, left: list[Cube]) -> None:
        if rule.decision == "return":
            return
        if rule.decision == "notrack":
            if "invalid" not in self.facts:
                return  # a packet that has a connection keeps it (nft_notrack_eval)
            if reason is None:
                self.untracked += self._rest(piece, left)
            else:
                self.murky.append((piece, reason))
            return
        if rule.decision == "unknown":
            self.pass_on(self._rest(piece, left), (name,), reason, None)
            self.taken += self._rest(piece, left) if left else [piece]
            return
        if rule.decision not in ("drop", "reject"):
            self.pass_on(self._rest(piece, left), (name,), reason, rule if rule.decision in TRANSLATING else None)
        if reason is None:
            self.taken += self._rest(piece, left) if left else [piece]
        elif rule.decision != "accept":
            self.murky += [(cube, reason) for cube in self._rest(piece, left)]

    def _jump(self, rule: Rule, name: RuleName, piece: Cube, reason: str | None, left: list[Cube], depth: int) -> None:
        target = self.device.chain.get(rule.target or "")
        for cube in without(piece, left):
            if target is None or depth >= _DEEPEST:
                self.pass_on(self._rest(cube, []), (name,), reason or f"not_understood: {name}", None)
                self.taken.append(cube)
            else:
                self.follow(target, cube, reason, depth + 1)

    def _rest(self, piece: Cube, left: list[Cube]) -> list[Cube]:
        rest = without(piece, self.taken)
        return [cube for one in rest for cube in without(one, left)] if left else rest

    def pass_on(self, cubes: Iterable[Cube], told: tuple[RuleName, ...], doubt: str | None, translation: Rule | None) -> None:
        """Let packets through; those that may have been dropped before carry the doubt."""
        for cube in cubes:
            for piece, murky in _split(cube, self.murky, None):
                for kept, untracked in _marked(piece, self.untracked):
                    rules = self.flow.rules if self.flow.protocol is not None else (*self.flow.rules, *told)
                    flow = replace(self.flow, cube=kept, rules=rules, untracked=self.flow.untracked or untracked)
                    flow = flow.doubted(murky).doubted(doubt)
                    if translation is None:
                        self.passed.append(flow)
                    else:
                        self.passed += self._translated(flow, translation)

    def _translated(self, flow: Flow, rule: Rule) -> Iterator[Flow]:
        """Put in what a translation puts in. Ports only for protocols that have them."""
        space = self.masks.space
        source = rule.decision in ("snat", "masquerade")
        done = replace(flow, moved=flow.moved | (SRC_DONE if source else DST_DONE))
        at = SRC if source else DST
        for one in self._addressed(done, rule, at):
            if rule.to_ports is None:
                yield from one
                continue
            ported = space.port.mask(rule.to_ports)
            for number, mask in space.split(flow.cube[SVC]):
                for changed in one:
                    part = changed.narrowed(SVC, mask)
                    if part is None or number not in (TCP, UDP):
                        yield from (part,) if part else ()
                    elif source:
                        yield part.put(SPT, ported)
                    else:
                        yield from self._port_moved(part, space.with_ports(number, ported))

    def _port_moved(self, flow: Flow, services: int) -> Iterator[Flow]:
        """A port that stays the same (one port for itself) is not moved."""
        same = services if services.bit_count() == 1 and self._one_port(services) else 0
        if kept := flow.narrowed(SVC, same):
            yield kept
        if changed := flow.narrowed(SVC, ~same):
            yield replace(changed.put(SVC, services), moved=changed.moved | DST_MOVED)

    def _one_port(self, services: int) -> bool:
        return all(ranges is not None and ranges[0][0] == ranges[-1][1] for _, ranges in self.masks.space.told(services))

    def _addressed(self, flow: Flow, rule: Rule, at: int) -> Iterator[list[Flow]]:
        """Put addresses in; one list for each address a mapping one to one leads to."""
        axis = self.masks.space.address
        before = rule.sources if at == SRC else rule.destinations
        moved = 0 if at == SRC else DST_MOVED
        if rule.one_to_one and before and rule.to_addresses:
            shift = rule.to_addresses[0][0] - before[0][0]
            for bit in single_bits(flow.cube[at]):
                part = flow.narrowed(at, bit)
                if part is not None:
                    start = axis.ranges(bit)[0][0] + shift
                    yield [part if shift == 0 else replace(part.put(at, axis.at(start)), moved=part.moved | moved)]
            return
        if rule.decision in ("masquerade", "redirect"):
            address = own_address(self.device, self.out if at == SRC else self.nic, -1)
            if address < 0:
                yield [flow]
                return
            mask, single = axis.at(address), True
        elif rule.to_addresses is None:
            yield [flow]
            return
        else:
            mask = axis.mask(rule.to_addresses)
            single = rule.to_addresses[0][0] == rule.to_addresses[-1][1]
        found = []
        same = flow.narrowed(at, mask) if single else None
        if same is not None:
            found.append(same)
        other = flow.narrowed(at, ~mask) if single else flow
        if other is not None:
            found.append(replace(other.put(at, mask), moved=other.moved | moved))
        yield found


def _split(cube: Cube, by: list[tuple[Cube, str]], why: str | None) -> list[tuple[Cube, str | None]]:
    """Split packets by a doubt that concerns some of them."""
    if why is not None or not by:
        return [(cube, why)]
    found: list[tuple[Cube, str | None]] = []
    rest = [cube]
    for other, reason in by:
        found += [(common, reason) for one in rest if (common := meet(one, other)) is not None]
        rest = [left for one in rest for left in without(one, (other,))]
    return found + [(one, None) for one in rest]


def _marked(cube: Cube, marks: list[Cube]) -> list[tuple[Cube, bool]]:
    """Split packets by whether a mark is on them."""
    if not marks:
        return [(cube, False)]
    rest = without(cube, marks)
    marked, seen = [], list[Cube]()
    for mark in marks:
        common = meet(cube, mark)
        if common is not None:
            marked += without(common, seen)
            seen.append(mark)
    return [(one, True) for one in marked] + [(one, False) for one in rest]
