"""Who had an address when: what decides whose an address is that was seen without its hardware. Pure.

An address tells a machine apart only at one time. What was seen through a router (no hardware address) is that machine's which
had the address nearest in time, when no other had it nearly as near; what somebody had three months ago says nothing any more.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from omamori.snapshot.machine import Claim

OVERLAP = timedelta(days=1)
"""Two looks this close together are of one time."""
FORGOTTEN = timedelta(days=92)
"""Who had an address longer ago than this may have lost it since."""

Holder = tuple[str, str]
"""What had it: ("machine", number), ("row", ledger row) or ("mac", identifier of a hardware address)."""


@dataclass(frozen=True, slots=True)
class Holding:
    """`holder` had an address from `first` to `last` (None: until now); not at `before` or earlier, nor at `after` or later (None: not known)."""

    holder: Holder
    first: datetime
    last: datetime | None
    before: datetime | None = None
    after: datetime | None = None

    def distance(self, moment: datetime) -> timedelta | None:
        """Return how far in time it is from `moment`; None when the holder is known not to have had the address then."""
        if (self.before is not None and moment <= self.before) or (self.after is not None and moment >= self.after):
            return None
        if moment < self.first:
            return self.first - moment
        return timedelta(0) if self.last is None or moment <= self.last else moment - self.last


Holdings = Mapping[str, Sequence[Holding]]
"""By address."""


def held_by(holder: Holder, claims: Sequence[Claim]) -> Iterator[tuple[str, Holding]]:
    """Yield what the claims of one machine say: each address at each look, bounded by the looks at which it did not have it any more.

    Only a look at the machine itself tells all its addresses, of the families it names.
    """
    told: dict[bool, list[tuple[datetime, frozenset[str]]]] = {
        six: sorted((claim.since, found) for claim in claims if claim.itself and (found := frozenset(_family(claim.addresses(), six=six))))
        for six in (False, True)
    }
    lacking: dict[str, list[datetime]] = {}
    for claim in claims:
        for address in claim.addresses():
            if address not in lacking:
                lacking[address] = [moment for moment, found in told[":" in address] if address not in found]
            without = lacking[address]
            before, after = bisect_left(without, claim.since), bisect_right(without, claim.since)
            yield (
                address,
                Holding(
                    holder,
                    claim.since,
                    claim.since,
                    without[before - 1] if before else None,
                    without[after] if after < len(without) else None,
                ),
            )


def _family(addresses: Iterable[str], *, six: bool) -> Iterator[str]:
    return (address for address in addresses if (":" in address) is six)


def grouped(found: Iterable[tuple[str, Holding]]) -> dict[str, list[Holding]]:
    """Return holdings by address."""
    by_address: dict[str, list[Holding]] = defaultdict(list)
    for address, holding in found:
        by_address[address].append(holding)
    return by_address


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose an address was: `holder`, or None: nobody is known to have had it, or (`unclear`) several may."""

    holder: Holder | None = None
    unclear: bool = False


def whose(holdings: Iterable[Holding], moment: datetime) -> Whose:
    """Return who had the address nearest to `moment`. Clear when every other was more than twice as far away, and a day."""
    nearest: dict[Holder, timedelta] = {}
    for one in holdings:
        distance = one.distance(moment)
        if distance is not None and distance <= FORGOTTEN:
            nearest[one.holder] = min(nearest.get(one.holder, distance), distance)
    ranked = sorted((distance, holder) for holder, distance in nearest.items())
    if not ranked:
        return Whose()
    if len(ranked) > 1 and ranked[1][0] <= 2 * ranked[0][0] + OVERLAP:
        return Whose(unclear=True)
    return Whose(ranked[0][1])
