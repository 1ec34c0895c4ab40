"""What the graph of steps is put together from. Every part names its evidence and the changes that take it away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

DATA, USER, ADMINISTRATOR = "data", "user", "administrator"
"""What an intruder has of a machine: its data by one service, programs on it as an ordinary user, everything."""
HOSPITAL = "hospital"
"""Who makes a change when no vendor has to."""
COSTS = {"none": 1, "low": 3, "medium": 10, "high": 30}
"""What a change weighs when the cheapest set is sought: three of the next lower cost are about as much as one of the next higher."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change somebody could make: identifier, what to do, cost, and the machine it is made on (empty: none of the hospital's list)."""

    change: str
    ja: str
    en: str
    cost: str
    asset: str = ""
    vendor: str | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Weakness:
    """A way to take a machine for whoever reaches one of its ports; without `ports` any port of it will do."""

    asset: str
    kind: str
    right: str
    ports: frozenset[int] | None
    certain: bool
    evidence: str
    changes: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A machine an account's password can be taken from, by whoever has `right` there."""

    asset: str
    right: str
    kind: str
    certain: bool
    evidence: str
    changes: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """A machine an account's password opens over one of `ports`."""

    asset: str
    right: str
    ports: frozenset[int]
    certain: bool
    evidence: str


@dataclass(slots=True)
class Credential:
    """An account and its password: where it can be taken, and what it opens."""

    key: str
    label: str
    kind: str
    changes: tuple[str, ...] = ()
    holders: list[Holder] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Link:
    """A step that needs no reach over the network: from a machine (with a right) or entry to a machine or zone."""

    start: str
    end: str
    kind: str
    certain: bool
    evidence: str
    changes: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """A port of a machine that a zone or entry reaches, by which rules."""

    origin: str
    asset: str
    protocol: str
    port: int | None
    service: str
    certain: bool
    rules: tuple[str, ...]


@dataclass(slots=True)
class Parts:
    """Everything the graph is made of. `closing`: node of an entry → the changes that close it."""

    reach: list[Reach] = field(default_factory=list)
    weaknesses: list[Weakness] = field(default_factory=list)
    credentials: list[Credential] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    zones: dict[str, tuple[str, ...]] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    entries: tuple[str, ...] = ()
    closing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    jewels: dict[str, str] = field(default_factory=dict)

    def propose(self, proposals: Iterable[Proposal]) -> None:
        """Add proposals; of two by one name the first in order of their words stays."""
        for one in proposals:
            before = self.proposals.get(one.change)
            if before is None or (one.ja, one.en, one.cost, one.evidence) < (before.ja, before.en, before.cost, before.evidence):
                self.proposals[one.change] = one


def entry_node(name: str) -> str:
    """Return the node of an entry."""
    return f"entry:{name}"


def zone_node(name: str) -> str:
    """Return the node of standing in a zone."""
    return f"zone:{name}"


def machine_node(asset: str, right: str) -> str:
    """Return the node of having a machine with a right."""
    return f"{right}:{asset}"


def carried_node(zone: str, credential: str) -> str:
    """Return the node of standing in a zone with an account's password in hand."""
    return f"with {credential} in:{zone}"
