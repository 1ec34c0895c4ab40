"""Reads stored evidence with today's parsers: looks, identifiers and rows of one item at a time. What was read before is kept."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from omamori.gate.workers import Lost, in_order
from omamori.model.look import Look, Parsed
from omamori.model.tables import table_of
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser
from omamori.snapshot.clock import believed
from omamori.snapshot.evidence import EvidenceDamagedError, EvidenceStore, Receipt, StoredItem
from omamori.snapshot.kept import KeptReadings, Told
from omamori.snapshot.note import CLOCK, CUT_OFF, FAULT, NO_PARSER, Note, problem_text
from omamori.snapshot.packing import Packed, pack_rows
from omamori.snapshot.reading import Reading, origin_of

_NO_ROWS = Packed({}, ())
_NOTES_PER_ITEM = 20
_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, EOFError, zlib.error)
"""What a fault in one parser may raise on a hostile output: it must not lose the others."""


class Reader:
    """Parses items of a store, each once."""

    def __init__(self, store: EvidenceStore, parsers: Mapping[str, Parser], kept: KeptReadings | None = None) -> None:
        """`parsers` by evidence kind; `kept` is where their readings lie, None: everything is read anew."""
        self._store = store
        self._parsers = parsers
        self._kept = kept

    def read_all(self, receipts: Sequence[Receipt], workers: int | None = None) -> Iterator[Told]:
        """Yield what each receipt says, with its rows, in order; several processes read where there is much (None: one per core)."""
        work = partial(_read_apart, self._store, dict(self._parsers), self._kept)
        for receipt, told in in_order(work, receipts, weight=lambda one: sum(item.size for item in one.items), workers=workers):
            if isinstance(told, Lost):
                yield [(self._lost(receipt, number), _NO_ROWS) for number in range(len(receipt.items))]
            else:
                yield told

    def readings(self, receipt: Receipt) -> Iterator[tuple[Reading, Packed]]:
        """Yield what every item of a receipt says; one that cannot be read becomes an incomplete look and a note."""
        for number, item in enumerate(receipt.items):
            seen, clock = believed(item.seen or receipt.visit.started, receipt.received, receipt.visit.built)
            parsed, packed, notes = self._parse(receipt, number, seen)
            if clock and number == 0:
                notes = (_note(receipt, item, "clock", CLOCK[clock]), *notes)
            looks = tuple(_cut(look) for look in parsed.looks) if not item.complete else parsed.looks
            yield Reading(receipt, number, seen, looks, parsed.identifiers, parsed.claims, notes, parsed.speaker, parsed.said_on), packed

    def _lost(self, receipt: Receipt, number: int) -> Reading:
        """An item whose reading ended the process that read it: what it would have told is not understood."""
        item = receipt.items[number]
        seen, _ = believed(item.seen or receipt.visit.started, receipt.received, receipt.visit.built)
        parser = self._parsers.get(item.kind)
        looks = _nothing(parser, "not_understood").looks if parser else ()
        return Reading(receipt, number, seen, looks, (), (), (_note(receipt, item, "fault", FAULT),))

    def _parse(self, receipt: Receipt, number: int, seen: datetime) -> tuple[Parsed, Packed, tuple[Note, ...]]:
        item = receipt.items[number]
        parser = self._parsers.get(item.kind)
        if parser is None:
            return Parsed(), _NO_ROWS, (_note(receipt, item, "no_parser", NO_PARSER),)
        context = Context(
            item.kind,
            seen,
            receipt.received,
            -1 if item.exit_code is None else item.exit_code,
            item.stderr,
            item.privileged,
            item.file_name,
        )
        try:
            parsed = _with_all_looks(parser.parse(self._store.read(item.sha256), context))
            packed = pack_rows(parsed.rows, source=item.kind, blob=item.sha256)
        except EvidenceDamagedError as error:
            return _nothing(parser, "not_collected"), _NO_ROWS, (_note(receipt, item, "damaged", error.text),)
        except EvidenceError as error:
            return _nothing(parser, "not_understood"), _NO_ROWS, (_note(receipt, item, "not_understood", error.text),)
        except _FAULTS as error:
            note = dataclasses.replace(FAULT, en=f"{FAULT.en} ({type(error).__name__})")
            return _nothing(parser, "not_understood"), _NO_ROWS, (_note(receipt, item, "fault", note),)
        notes = tuple(_note(receipt, item, "problem", problem_text(problem), problem.line) for problem in parsed.problems[:_NOTES_PER_ITEM])
        if not item.complete:
            notes = (_note(receipt, item, "cut_off", CUT_OFF), *notes)
        return parsed, packed, notes


def _read_apart(store: EvidenceStore, parsers: Mapping[str, Parser], kept: KeptReadings | None, receipt: Receipt) -> Told:
    """Read one receipt, in whichever process. What was kept of it counts only while the evidence is there, unaltered."""
    known = kept.get(receipt) if kept is not None else None
    if known is not None and store.whole(receipt):
        return known
    told = list(Reader(store, parsers).readings(receipt))
    if kept is not None:
        kept.keep(receipt, told)
    return told


def _note(receipt: Receipt, item: StoredItem, code: str, text: Text, line: int = 0) -> Note:
    return Note(code, origin_of(receipt, item), item.kind, text, item.sha256[:16], line)


def _nothing(parser: Parser, reason: str) -> Parsed:
    return Parsed(looks=tuple(Look(table, complete=False, reason=reason) for table in parser.tables))


def _cut(look: Look) -> Look:
    return dataclasses.replace(look, complete=False, reason=look.reason or "not_collected")


def _with_all_looks(parsed: Parsed) -> Parsed:
    """Rows without a look of their table would be rows nobody vouches for: they get an incomplete one."""
    spoken = {look.table for look in parsed.looks}
    silent = {table_of(row).name for row in parsed.rows} - spoken
    if not silent:
        return parsed
    extra = tuple(Look(table, complete=False, reason="not_understood") for table in sorted(silent))
    return dataclasses.replace(parsed, looks=(*parsed.looks, *extra))
