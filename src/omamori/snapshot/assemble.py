"""From evidence to the tables of a snapshot: parse, resolve identity, choose, write machine by machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from omamori.model.look import EVERYWHERE, Collected
from omamori.model.tables import TABLES
from omamori.parse.interface import Parser
from omamori.snapshot.choose import Candidate, choose, speaks_for_site, whole_workbooks
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import EvidenceStore, Receipt
from omamori.snapshot.identity import LEDGER, Claim, Resolution, resolve
from omamori.snapshot.kept import KeptReadings
from omamori.snapshot.note import NEWER_NOT_USED, SHARED_NAME, UNCLEAR_ADDRESS, Note, renamed
from omamori.snapshot.reader import Reader
from omamori.snapshot.reading import Reading, origin_of
from omamori.snapshot.staging import Staging, Wanted
from omamori.snapshot.witness import Witnesses

_MAX_NOTES = 2_000


@dataclass(frozen=True, slots=True)
class Assembled:
    """What was put into the tables: the evidence it rests on, and what the user has to be told."""

    receipts: tuple[Receipt, ...]
    notes: tuple[Note, ...]
    machines: int


def assemble(
    store: EvidenceStore,
    parsers: Mapping[str, Parser],
    database: Database,
    *,
    now: datetime,
    max_age_days: int,
    only: Sequence[str] | None = None,
    workers: int | None = None,
    kept: KeptReadings | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Assembled:
    """Fill the host, declared and always tables of an empty `database` with what was known at `now`.

    In: `only` limits the evidence to these receipt ids (rebuild of a manifest); `workers` processes read (None: one per
    core; the result is the same); `kept` is where readings of earlier runs lie, made with the same `parsers` (None: all is read anew; the result
    is the same); `progress` hears of receipts read. Nothing of one item can lose another: what cannot be used becomes a note and an
    incomplete look. Memory holds looks and identifiers, never the rows.
    """
    wanted = None if only is None else set(only)
    receipts = tuple(one for one in store.receipts() if (one.received <= now if wanted is None else one.id in wanted))
    readings: list[Reading] = []
    witnesses = Witnesses()
    with Staging(store.workshop) as staging:
        for number, told in enumerate(Reader(store, parsers, kept).read_all(receipts, workers), 1):
            for reading, packed in told:
                staging.add(len(readings), packed)
                witnesses.add(packed.met, seen=reading.seen, said_by=reading.item.kind, evidence=reading.item.sha256[:16])
                readings.append(reading)
            progress(number, len(receipts))
        notes = [Note("damaged", damage.path.name, "", damage.text) for damage in store.unreadable_receipts()]
        notes += [note for reading in readings for note in reading.notes]
        books, passed_over = whole_workbooks(readings)
        notes += [
            Note("newer_not_used", origin_of(one.receipt, one.item), one.item.kind, NEWER_NOT_USED, one.item.sha256[:16])
            for one in passed_over
        ]
        subjects = _Subjects(readings, books)
        resolution = resolve(subjects.claims, witnesses)
        notes += [Note("shared_name", name, "", SHARED_NAME) for name in resolution.shared_names]
        notes += [Note("unclear_address", address, "", UNCLEAR_ADDRESS) for address in resolution.unclear_addresses]
        notes += [Note("renamed", asset, "", renamed(names)) for asset, names in sorted(resolution.renamed.items())]
        database.insert(resolution.rows)
        chosen = choose(_candidates(readings, books, subjects, resolution), now, timedelta(days=max_age_days))
        database.insert(_collected(one) for one in chosen)
        whose = {
            (place, name): subjects.asset(reading, name, resolution)
            for place, reading in enumerate(readings)
            for name in ("", *staging.names(place))
        }
        staging.write(database, _wanted(chosen, readings), whose)
    machines = len({one.asset for one in chosen} - {EVERYWHERE})
    return Assembled(receipts, tuple(notes[:_MAX_NOTES]), machines)


@dataclass(slots=True)
class _Subjects:
    """The subjects of all readings: a visit is one machine; a file about many names each itself."""

    readings: Sequence[Reading]
    books: Sequence[Reading]
    claims: list[Claim] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Collect the claims; of workbooks only the one that counts may speak."""
        by_visit: dict[str, list[Reading]] = defaultdict(list)
        for reading in self.readings:
            if self.everywhere(reading) and reading not in self.books:
                continue
            moments = {look.asset: look.covers_until for look in reading.looks if look.covers_until is not None}
            for name, identifiers in reading.claims:
                claim = self._claim(reading, self.named(reading, name), identifiers, name, itself=False)
                # A scan may be imported long after it was made.
                self.claims.append(replace(claim, since=min(moments.get(name, reading.seen), reading.seen)))
            if any(not look.asset for look in reading.looks):
                by_visit[self.visit(reading)].append(reading)
        for subject, parts in by_visit.items():
            identifiers = tuple(dict.fromkeys(name for part in parts for name in part.identifiers))
            teller = next((part for part in parts if part.identifiers), parts[0])
            self.claims.append(self._claim(teller, subject, identifiers, _fallback(teller), itself=True))

    @staticmethod
    def everywhere(reading: Reading) -> bool:
        """True when a reading speaks for the whole site."""
        return speaks_for_site(reading.looks)

    @staticmethod
    def visit(reading: Reading) -> str:
        """Subject of the machine a receipt came from."""
        return f"visit:{reading.receipt.id}"

    @staticmethod
    def named(reading: Reading, name: str) -> str:
        """Subject of a name inside a reading; the ledger's names are the assets' names."""
        return name if reading.item.kind == LEDGER else f"visit:{reading.receipt.id}:{reading.number}:{name}"

    @staticmethod
    def _claim(reading: Reading, subject: str, identifiers: Sequence[str], fallback: str, *, itself: bool) -> Claim:
        """Return the claim of a subject. What was seen from outside is no name of the machine: it is only what to call it."""
        known = tuple(identifiers)
        said = next((name.removeprefix("label:") for name in known if name.startswith("label:")), "")
        if not itself and any(name.startswith(("mac:", "ip:")) for name in known):
            return Claim(subject, known, reading.item.kind, reading.seen, reading.item.sha256[:16], itself=False, label=said)
        if reading.item.kind != LEDGER and not any(name.startswith("name:") for name in known):
            known += (f"name:{fallback}",) if fallback else ()
        return Claim(subject, known, reading.item.kind, reading.seen, reading.item.sha256[:16], itself=itself, label=said)

    def asset(self, reading: Reading, subject: str, resolution: Resolution) -> str:
        """Return the asset of a row's or look's subject; empty: the machine the evidence came from."""
        if subject == EVERYWHERE:
            return EVERYWHERE
        if not subject:
            return resolution.assets.get(self.visit(reading), "")
        return resolution.assets.get(self.named(reading, subject), subject)


def _fallback(reading: Reading) -> str:
    """Name a machine whose evidence tells no name: two files of one name are still two machines."""
    return reading.receipt.visit.host or f"{reading.item.file_name}-{reading.receipt.id[:6]}"


def _candidates(readings: Sequence[Reading], books: Sequence[Reading], subjects: _Subjects, resolution: Resolution) -> Iterator[Candidate]:
    for reading in readings:
        if subjects.everywhere(reading) and reading not in books:
            continue
        for look in reading.looks:
            yield Candidate(subjects.asset(reading, look.asset, resolution), look, reading)


def _wanted(chosen: Sequence[Candidate], readings: Sequence[Reading]) -> Iterator[Wanted]:
    """Yield which tables of which item count for which asset (of sightings: under which name), one asset after the other."""
    places = {(reading.receipt.id, reading.number): place for place, reading in enumerate(readings)}
    tables: dict[tuple[str, int, str | None], set[str]] = defaultdict(set)
    for one in chosen:
        name = one.look.asset if one.by_name else None
        tables[(one.asset, places[(one.reading.receipt.id, one.reading.number)], name)].add(one.look.table)
    for (asset, place, name), names in tables.items():
        yield Wanted(place, asset, frozenset(names), name)


def _collected(one: Candidate) -> Collected:
    look, reading = one.look, one.reading
    event = TABLES[look.table].keeps == "event"
    return Collected(
        asset=one.asset,
        table_name=look.table,
        source=reading.item.kind,
        seen=min(look.covers_until or reading.seen, reading.seen) if one.by_name else reading.seen,
        received=reading.receipt.received,
        covers_since=look.covers_since or (reading.seen if event else None),
        covers_until=look.covers_until or (reading.seen if event else None),
        complete=look.complete,
        missing=",".join(look.missing),
        reason=look.reason if not look.complete or look.missing else None,
        needs=look.needs,
        evidence=reading.item.sha256[:16],
    )
