"""A set of packets on its way: how it looks now, how it looked when it began, and what it has met."""

from __future__ import annotations

from dataclasses import dataclass, replace

from omamori.analyze.reach.cubes import DST, SPT, SRC, SVC, Cube, Space, single_bits
from omamori.analyze.reach.parts import RuleName
from omamori.analyze.reach.ranges import ICMP, TCP, UDP

ANSWERED = ((8, 0), (13, 14), (15, 16), (17, 18))
"""Types of icmp that ask for an answer, and its type (RFC 792, RFC 950)."""
Links = tuple[bool, bool, bool, bool]
LINKED: Links = (True, True, True, True)

DST_MOVED, DST_DONE, SRC_DONE = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Step:
    """What a device remembers: the first packets as they came in and as they left."""

    device: str
    before: Cube
    before_links: Links
    after: Cube
    after_links: Links
    tracked: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """Packets on their way.

    `links` tells for each dimension whether a packet looks in it as at its start; where a translation has put in something else,
    `origin` keeps how it looked. `protocol` is None for first packets; of answers it is theirs, `asked` the first packets they answer,
    and source and destination have changed places.
    """

    cube: Cube
    links: Links = LINKED
    origin: Cube = (0, 0, 0, 0)
    through: tuple[str, ...] = ()
    rules: tuple[RuleName, ...] = ()
    doubts: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    met: tuple[tuple[str, str, Links, Cube], ...] = ()
    moved: int = 0
    untracked: bool = False
    protocol: int | None = None
    asked: Flow | None = None

    def narrowed(self, at: int, mask: int) -> Flow | None:
        """Return those whose dimension `at` lies in `mask`; None when there are none."""
        kept = self.cube[at] & mask
        if kept == self.cube[at]:
            return self
        return replace(self, cube=(*self.cube[:at], kept, *self.cube[at + 1 :])) if kept else None  # type: ignore[arg-type]

    def doubted(self, doubt: str | None) -> Flow:
        """Return them with one more reason why it cannot be told."""
        return replace(self, doubts=(*self.doubts, doubt)) if doubt and doubt not in self.doubts else self

    def put(self, at: int, mask: int) -> Flow:
        """Return them after a translation has put something else in."""
        origin = self.origin
        if self.links[at]:
            origin = (*origin[:at], self.cube[at], *origin[at + 1 :])  # type: ignore[assignment]
        links = (*self.links[:at], False, *self.links[at + 1 :])
        cube = (*self.cube[:at], mask, *self.cube[at + 1 :])
        return replace(self, cube=cube, links=links, origin=origin)  # type: ignore[arg-type]

    def began(self) -> Cube:
        """Return how first packets looked when they began."""
        return tuple(self.cube[at] if self.links[at] else self.origin[at] for at in (SRC, DST, SVC, SPT))  # type: ignore[return-value]

    def looping(self, device: str, nic: str) -> bool:
        """Return whether they have come in there before, looking the same: then they go round for ever."""
        return any(
            (one, two, links) == (device, nic, self.links) and all(now & ~then == 0 for now, then in zip(self.cube, cube, strict=True))
            for one, two, links, cube in self.met
        )


def answers(space: Space, flow: Flow) -> tuple[list[Flow], list[Flow]]:
    """Return the answers to first packets that arrived, by protocol, and those first packets that ask for none."""
    found, silent = [], []
    src, dst, svc, spt = flow.cube
    for number, mask in space.split(svc):
        asked = flow.narrowed(SVC, mask)
        if asked is None:
            continue
        begin = Flow((dst, src, mask, space.port.all), (flow.links[DST], flow.links[SRC], False, False), protocol=number, asked=asked)
        if number in (TCP, UDP):
            cube = (dst, src, space.with_ports(number, spt), space.ports_of(number, mask))
            found.append(replace(begin, cube=cube, links=(flow.links[DST], flow.links[SRC], flow.links[SPT], flow.links[SVC])))
        elif number == ICMP:
            kinds = {space.type.at(kind) << space.icmp_at: space.type.at(back) << space.icmp_at for kind, back in ANSWERED}
            for bit in single_bits(mask):
                one = flow.narrowed(SVC, bit)
                if one is not None and bit in kinds:
                    found.append(replace(begin, cube=(dst, src, kinds[bit], space.port.all), asked=one))
                elif one is not None:
                    silent.append(one)
        else:
            found.append(begin)
    return found, silent


def came_back(answer: Flow) -> bool:
    """Return whether answers look like answers to the sender: every translation was undone."""
    ports = answer.protocol in (TCP, UDP)
    return answer.links[SRC] and answer.links[DST] and (not ports or (answer.links[SVC] and answer.links[SPT]))


def answered(space: Space, answer: Flow) -> Cube:
    """Return the first packets, as they began, that answers belong to."""
    asked, number = answer.asked, answer.protocol
    if asked is None or number is None:
        return (0, 0, 0, 0)
    src, dst, svc, spt = asked.began()
    src = answer.cube[DST] if answer.links[DST] else src
    dst = answer.cube[SRC] if answer.links[SRC] else dst
    if number in (TCP, UDP):
        svc = space.with_ports(number, answer.cube[SPT]) if answer.links[SPT] else svc
        spt = space.ports_of(number, answer.cube[SVC]) if answer.links[SVC] else spt
    return (src, dst, svc, spt)


def connection(space: Space, answer: Flow, device: str) -> Step | None:
    """Return what a device remembers of the connection answers belong to; None when it has not seen it, or not like this."""
    asked, number = answer.asked, answer.protocol
    if asked is None or number is None:
        return None
    for step in asked.steps:
        if step.device == device and all(
            answer.links[at] == step.after_links[was] and (answer.links[at] or mask & ~_as_answer(space, number, step.after, was) == 0)
            for at, was, mask in _dimensions(answer, number)
        ):
            return step
    return None


def _dimensions(answer: Flow, number: int) -> list[tuple[int, int, int]]:
    """The dimensions of an answer and those of the first packet they correspond to."""
    found = [(SRC, DST, answer.cube[SRC]), (DST, SRC, answer.cube[DST])]
    if number in (TCP, UDP):
        found += [(SVC, SPT, answer.cube[SVC]), (SPT, SVC, answer.cube[SPT])]
    return found


def _as_answer(space: Space, number: int, first: Cube, was: int) -> int:
    """A dimension of first packets as it stands in their answers."""
    if was == SPT:
        return space.with_ports(number, first[SPT])
    if was == SVC:
        own = space.tcp if number == TCP else space.udp
        return space.ports_of(number, first[SVC] & own)
    return first[was]


def undone(space: Space, answer: Flow, step: Step, *, prerouting: bool) -> Flow:
    """Give answers back what their connection had before the device translated it: at prerouting the destination, else the source."""
    asked, number = answer.asked, answer.protocol
    if asked is None or number is None:
        return answer
    found = answer
    for at, was in ((DST, SRC), (SVC, SPT)) if prerouting else ((SRC, DST), (SPT, SVC)):
        if at in (SVC, SPT) and number not in (TCP, UDP):
            continue
        if step.after_links[was] or (not step.before_links[was] and step.before[was] == step.after[was]):
            continue
        kept = asked.origin if step.before_links[was] else step.before
        mask = _as_answer(space, number, kept, was)
        cube = (*found.cube[:at], mask, *found.cube[at + 1 :])
        links = (*found.links[:at], step.before_links[was], *found.links[at + 1 :])
        found = replace(found, cube=cube, links=links)  # type: ignore[arg-type]
    return found
