"""From rows' evidence references back to the lines a person can read."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from omamori.gate.workers import Lost, in_order
from omamori.model.evidence import of_columns
from omamori.parse.sections import MARKER
from omamori.report.shape import EvidenceLine
from omamori.snapshot.evidence import EvidenceStore, Receipt, StoredItem

_LONGEST = 2_000
"""Characters of a line that are shown at most; a hostile one may have millions."""
_MARK = MARKER.encode()
_STEP = 4096
"""Bytes whose lines are counted at once."""
_SHARE = 64
"""Looking lines up in an output is so much cheaper than reading it with a parser: other processes are worth it later."""

_Found = Mapping[int, tuple[str, str]]
"""Line number → the command that printed it (empty: not told) and its text."""


def evidence_lines(
    store: EvidenceStore, receipts: Sequence[Receipt], references: Collection[str], workers: int | None = None
) -> Mapping[str, EvidenceLine]:
    """Return the line of each reference `hash:line`, with its machine and the command that printed it.

    Several machines may have printed the very same output: its line then names no machine, for it may be shown to the vendor of
    one of them. Of several looks at it the newest counts. Every output is opened once, whatever the order of the references. A reference to evidence that is not there is
    left out; one to a line that cannot be read has no text. `workers` None: one process per core.
    """
    known = _known(receipts)
    places = {reference: of_columns(reference, ()).partition(":") for reference in references}
    wanted: dict[str, set[int]] = defaultdict(set)
    for blob, _, place in places.values():
        if blob in known and _is_number(place):
            wanted[known[blob][1].sha256].add(int(place))
    sizes = {item.sha256: item.size for _, item in known.values()}
    texts: dict[str, _Found] = {}
    work = partial(_lines_of, store.site)
    for (sha256, _), found in in_order(work, wanted.items(), weight=lambda one: sizes[one[0]] // _SHARE, workers=workers):
        texts[sha256] = {} if isinstance(found, Lost) else found
    return {
        reference: _line(reference, place, *known[blob], texts.get(known[blob][1].sha256, {}))
        for reference, (blob, _, place) in places.items()
        if blob in known
    }


def _known(receipts: Sequence[Receipt]) -> Mapping[str, tuple[str, StoredItem]]:
    """Return beginning of a hash → the machine (or file) it came from, empty where there are several, and its newest look."""
    found: dict[str, tuple[str, StoredItem]] = {}
    for receipt in receipts:
        for item in receipt.items:
            blob, origin = item.sha256[:16], receipt.visit.host or item.file_name
            before, newest = found.get(blob, (origin, item))
            if newest.seen is None or (item.seen is not None and item.seen > newest.seen):
                newest = item
            found[blob] = (origin if origin == before else "", newest)
    return found


def _line(reference: str, place: str, origin: str, item: StoredItem, texts: _Found) -> EvidenceLine:
    if not _is_number(place):
        return EvidenceLine(reference, item.kind, origin, command=place, seen=item.seen)
    number = int(place)
    if number not in texts:
        return EvidenceLine(reference, item.kind, origin, seen=item.seen)
    command, text = texts[number]
    return EvidenceLine(reference, item.kind, origin, command, number, text, item.seen)


def _is_number(place: str) -> bool:
    return place.isascii() and place.isdigit() and len(place) < 12


def _lines_of(site: Path, wanted: tuple[str, Collection[int]]) -> _Found:
    """Return lines of one output; none when it is missing or altered."""
    sha256, numbers = wanted
    try:
        data = EvidenceStore(site).read(sha256)
    except (OSError, ValueError):
        return {}
    marks = list(_marks(data))
    return {number: (_section(data, marks, start), _text(data, start)) for number, start in _starts(data, numbers)}


def _starts(data: bytes, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield each of the lines (counted from 1) that are there, with where it begins; the others are only counted."""
    at, here = 0, 1
    for number in sorted(numbers):
        while here < number and at >= 0:
            passed = data.count(b"\n", at, at + _STEP)
            if here + passed < number:
                at, here = (at + _STEP, here + passed) if at + _STEP < len(data) else (-1, here)
                continue
            for _ in range(number - here):
                at = data.index(b"\n", at) + 1
            here = number
        if at >= 0 and number > 0:
            yield number, at


def _marks(data: bytes) -> Iterator[int]:
    """Yield where the marker lines begin."""
    at = 0 if data.startswith(_MARK) else data.find(b"\n" + _MARK) + 1
    while at or data.startswith(_MARK, at):
        yield at
        at = data.find(b"\n" + _MARK, at) + 1
        if not at:
            return


def _text(data: bytes, start: int) -> str:
    line = data[start : start + _LONGEST * 4].partition(b"\n")[0]
    return line.decode("utf-8", "replace")[:_LONGEST].strip("\r")


def _section(data: bytes, marks: Sequence[int], start: int) -> str:
    before = bisect_left(marks, start) - 1
    name, _, rest = _text(data, marks[before])[len(MARKER) :].partition(" ") if before >= 0 else ("", "", "")
    # Where it is known what was asked, as of the registry, that tells more than the name of the form.
    return rest.strip() if name == "typed" else "" if name == "end" else name.strip()
