"""From rows' evidence references back to the lines a person can read."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

from omamori.gate.workers import Lost, in_order
from omamori.model.evidence import of_columns
from omamori.parse.sections import MARKER
from omamori.report.shape import EvidenceLine
from omamori.snapshot.evidence import EvidenceStore, Receipt, StoredItem, Visit

_LONGEST = 2_000
"""Characters of a line that are shown at most; a hostile one may have millions."""
_MARK = MARKER.encode()
_SHARE = 16
"""Looking lines up in an output is so much cheaper than reading it with a parser: other processes are worth it later."""

_Found = Mapping[int, tuple[str, str]]
"""Line number → the command that printed it (empty: not told) and its text."""


def evidence_lines(
    store: EvidenceStore, receipts: Sequence[Receipt], references: Collection[str], workers: int | None = None
) -> Mapping[str, EvidenceLine]:
    """Return the line of each reference `hash:line`, with its machine and the command that printed it.

    Every output is opened once, whatever the order of the references. A reference to evidence that is not there is
    left out; one to a line that cannot be read has no text. `workers` None: one process per core.
    """
    known: dict[str, tuple[Visit, StoredItem]] = {}
    for receipt in receipts:
        for item in receipt.items:
            known.setdefault(item.sha256[:16], (receipt.visit, item))
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


def _line(reference: str, place: str, visit: Visit, item: StoredItem, texts: _Found) -> EvidenceLine:
    origin = visit.host or item.file_name
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
        lines = EvidenceStore(site).read(sha256).split(b"\n")
    except (OSError, ValueError):
        return {}
    marks = [place for place, line in enumerate(lines, 1) if line[:3] == _MARK]
    return {number: (_section(lines, marks, number), _text(lines[number - 1])) for number in numbers if 1 <= number <= len(lines)}


def _text(line: bytes) -> str:
    return line[: _LONGEST * 4].decode("utf-8", "replace")[:_LONGEST].strip("\r")


def _section(lines: Sequence[bytes], marks: Sequence[int], number: int) -> str:
    before = bisect_left(marks, number) - 1
    name, _, rest = _text(lines[marks[before] - 1])[len(MARKER) :].partition(" ") if before >= 0 else ("", "", "")
    # Where it is known what was asked, as of the registry, that tells more than the name of the form.
    return rest.strip() if name == "typed" else "" if name == "end" else name.strip()
