"""Which look of a table counts for an asset, as of a moment. Pure.

State tables: by the table's order of sources, then complete before incomplete, then newest within the
age the site allows; when all are older, the best of them stays, told as too old. Event tables: every
look of that time counts. What a ledger says about the whole site counts as one workbook; files of several people
(each vendor's sheet) count side by side, of each the newest (docs/decisions/0021-several-peoples-word.md). Of sightings one
look per name under which a machine was seen (each of its addresses) counts, but none at a name that was handed on: where another machine
was seen later (docs/decisions/0030-one-machine-on-the-network.md). Of backups one look per repository counts, and they stand side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from omamori.model.look import EVERYWHERE, Look
from omamori.model.tables import TABLES
from omamori.snapshot.reading import Reading

_ONE_VISIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One look of one asset, with the reading it comes from."""

    asset: str
    look: Look
    reading: Reading

    @property
    def key(self) -> tuple[str, str]:
        """Asset and table."""
        return self.asset, self.look.table

    @property
    def by_name(self) -> bool:
        """Whether the look is a sighting: it speaks of the machine under one name only, such as an address."""
        return TABLES[self.look.table].keeps == "sightings"


def choose(candidates: Iterable[Candidate], now: datetime, max_age: timedelta) -> list[Candidate]:
    """Return the looks that count at `now`, sorted by asset and table. Candidates received later must not be given."""
    groups: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    holders: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates:
        if candidate.look.table in TABLES:
            groups[candidate.key].append(candidate)
            if candidate.by_name:
                place = candidate.look.table, candidate.look.asset
                holders[place] = max(holders.get(place, candidate), candidate, key=_holding)
    chosen: list[Candidate] = []
    for (_, table), group in sorted(groups.items()):
        group = [one for one in group if not one.by_name or holders[table, one.look.asset].asset == one.asset]
        if not group:
            continue
        # What a person declared holds until it is declared anew; a dated record holds for ever.
        ages = TABLES[table].group != "declared" and not TABLES[table].lasting
        fresh = [one for one in group if not ages or now - _until(one) <= max_age]
        if not fresh:
            chosen += map(_too_old, _SEVERAL.get(TABLES[table].keeps, _only)(table, group))
        elif TABLES[table].keeps == "event":
            chosen += sorted(fresh, key=_order)
        elif TABLES[table].keeps == "voices":
            chosen += _voices(table, fresh)
        elif TABLES[table].keeps == "places":
            # A repository that was not read for long is not covered by another that was.
            known = {_voice(one.reading) for one in fresh}
            chosen += _places(table, fresh)
            chosen += map(_too_old, _places(table, [one for one in group if _voice(one.reading) not in known]))
        elif TABLES[table].keeps == "sightings":
            chosen += _sightings(table, fresh)
        else:
            chosen.append(_best(table, fresh))
    return chosen


def whole_workbooks(readings: Sequence[Reading]) -> tuple[list[Reading], list[Reading]]:
    """Return of every kind (and speaker) that speaks for the whole site the one reading that counts, and newer ones that do not.

    The newest that was understood everywhere counts as a whole; when none was, the newest.
    """
    kinds: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        if speaks_for_site(reading.looks):
            kinds[_voice(reading)].append(reading)
    used, passed_over = [], []
    for _, group in sorted(kinds.items()):
        group.sort(key=_said_order)
        best = max(group, key=lambda one: (_understood(one), _said_order(one)))
        used.append(best)
        passed_over += [one for one in group if _said_order(one) > _said_order(best)]
    return used, passed_over


def speaks_for_site(looks: Iterable[Look]) -> bool:
    """Return whether looks are a word about the whole site that replaces an earlier one; of events everywhere (a scan) all count."""
    return any(look.asset == EVERYWHERE and (look.table not in TABLES or TABLES[look.table].keeps != "event") for look in looks)


def _understood(reading: Reading) -> bool:
    """A sheet left out or to be confirmed is its author's word; rows that could not be read are not."""
    return not any(not look.complete and look.reason in (None, "not_understood") for look in reading.looks)


def _voice(reading: Reading) -> tuple[str, str]:
    """Whose word a reading is: of what kind, and who speaks."""
    return reading.item.kind, reading.speaker


def _voices(table: str, group: Sequence[Candidate]) -> list[Candidate]:
    """Return the best look of every speaker. Without the table's own source nobody knows whether what others say is all there is."""
    chosen = [_best(table, said) for said in _by_voice(group)]
    if any(one.reading.item.kind == TABLES[table].sources[0] for one in chosen):
        return chosen
    return [replace(one, look=replace(one.look, complete=False, reason=one.look.reason or "not_collected")) for one in chosen]


def _by_voice(group: Sequence[Candidate]) -> list[list[Candidate]]:
    by_voice: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in group:
        by_voice[_voice(one.reading)].append(one)
    return [said for _, said in sorted(by_voice.items())]


def _places(table: str, group: Sequence[Candidate]) -> list[Candidate]:
    """Return one look of every place: of a kind and a name. Of a named one (a repository) the newest, for each carries on what earlier ones found:
    damage and traces must not vanish behind an older look that was complete. What a machine says of itself (no name) by the usual order.
    """
    return [max(said, key=_order) if said[0].reading.speaker else _best(table, said) for said in _by_voice(group)]


def _sightings(table: str, group: Sequence[Candidate]) -> list[Candidate]:
    """Return the best look under every name, and of each stand where that counts: a port seen open from one place stays open there.

    A name last seen too long ago is not missed where the machine was seen under another.
    """
    by_name: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in group:
        by_name[one.look.asset, one.look.stand].append(one)
    return [_best_sighting(table, seen) for _, seen in sorted(by_name.items())]


def _best_sighting(table: str, group: Sequence[Candidate]) -> Candidate:
    """Return the newest of the completest; whoever scanned, what is open changes. Of one day the table's first source counts."""
    whole = max((one.look.complete, -len(one.look.missing)) for one in group)
    best = [one for one in group if (one.look.complete, -len(one.look.missing)) == whole]
    newest = max(_order(one)[0] for one in best)
    return _best(table, [one for one in best if _order(one)[0] >= newest - _ONE_VISIT])


def _only(table: str, group: Sequence[Candidate]) -> list[Candidate]:
    return [_best(table, group)]


_SEVERAL = MappingProxyType({"sightings": _sightings, "places": _places})
"""How looks are chosen that stand side by side, also where all of them are too old."""


def _holding(one: Candidate) -> tuple[tuple[datetime, str, int], str]:
    """By when a name was seen: the latest tells whose it is now."""
    return _order(one), one.asset


def _best(table: str, group: Sequence[Candidate]) -> Candidate:
    sources = TABLES[table].sources

    def rank(one: Candidate) -> tuple[int, int, int, datetime, str, int]:
        kind = one.reading.item.kind
        source = sources.index(kind) if kind in sources else len(sources)
        return -source, one.look.complete, -len(one.look.missing), *_order(one)

    return max(group, key=rank)


def _order(one: Candidate) -> tuple[datetime, str, int]:
    """By the moment of the look. A scan may be imported long after it was made; its looks tell when it was."""
    moment, receipt, number = _reading_order(one.reading)
    return min(_until(one), moment) if one.by_name else moment, receipt, number


def _reading_order(reading: Reading) -> tuple[datetime, str, int]:
    return reading.seen, reading.receipt.id, reading.number


def _said_order(reading: Reading) -> tuple[date, datetime, str, int]:
    """By the day its speaker wrote on it, never later than it came in: a slip of the pen must not make it the newest for ever."""
    received = reading.seen.date()
    return min(reading.said_on or received, received), *_reading_order(reading)


def _until(one: Candidate) -> datetime:
    return one.look.covers_until or one.reading.seen


def _too_old(one: Candidate) -> Candidate:
    return replace(one, look=replace(one.look, complete=False, reason="too_old"))
