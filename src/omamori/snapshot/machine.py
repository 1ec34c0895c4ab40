"""A claim about one machine, and the claims that were joined into one. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from omamori.snapshot.joining import components


@dataclass(frozen=True, slots=True)
class Claim:
    """One evidence's word about one subject: these identifiers belong together.

    `subject` is unique (a visit, or a row of the ledger, whose name is the asset's name); `since` is the moment of the look.
    Identifiers are `kind:value` with the kinds machine-id, uuid, mac, name, ip. `itself`: the machine itself was asked, so that it told
    all its addresses; a scan sees one. `label` is what to call it when nothing names it.
    """

    subject: str
    identifiers: tuple[str, ...]
    said_by: str
    since: datetime
    evidence: str = ""
    itself: bool = True
    label: str = ""

    def ids(self, *kinds: str) -> frozenset[str]:
        """Return its identifiers of these kinds, with the kind."""
        return frozenset(name for name in self.identifiers if name.partition(":")[0] in kinds)

    def addresses(self) -> Iterator[str]:
        """Yield its IP addresses."""
        return (name[3:] for name in self.identifiers if name.startswith("ip:"))


@dataclass(frozen=True, slots=True)
class Machine:
    """Claims that speak of one machine, oldest first. `borrowed`: hardware addresses that others (an ARP table) name for it."""

    claims: tuple[Claim, ...]
    borrowed: tuple[str, ...] = ()

    def ids(self, *kinds: str) -> frozenset[str]:
        """Return all identifiers of these kinds, with the kind."""
        return frozenset(name for claim in self.claims for name in claim.identifiers if name.partition(":")[0] in kinds)

    def newest(self, kind: str) -> frozenset[str]:
        """Return the identifiers of one kind in the newest claim that has any."""
        found = (claim.ids(kind) for claim in reversed(self.claims))
        return next((names for names in found if names), frozenset())

    def other_names(self) -> tuple[str, ...]:
        """Return the names of looks that have no name in common with the newest one."""
        groups = components([claim for claim in self.claims if any(names_of(claim))], names_of)
        newest = self.newest("name")
        found = [frozenset(name for claim in group for name in names_of(claim)) for group in groups]
        return tuple(sorted(name.removeprefix("name:") for names in found if not names & newest for name in names))

    @property
    def first(self) -> datetime:
        """Moment of its first look."""
        return self.claims[0].since

    @property
    def last(self) -> datetime:
        """Moment of its last look."""
        return self.claims[-1].since


def order(claim: Claim) -> tuple[datetime, str, tuple[str, ...], str]:
    """By time, then by what makes the order the same in every run."""
    return claim.since, claim.subject, claim.identifiers, claim.evidence


def names_of(claim: Claim) -> Iterator[str]:
    """Yield its names, with the kind."""
    return (name for name in claim.identifiers if name.startswith("name:"))


def machine_of(claims: list[Claim] | tuple[Claim, ...], borrowed: tuple[str, ...] = ()) -> Machine:
    """Return the machine of some claims in any order."""
    return Machine(tuple(sorted(claims, key=order)), borrowed)
