"""From a row's evidence reference back to the line a person can read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from omamori.model.evidence import of_columns
from omamori.parse.sections import MARKER
from omamori.report.shape import EvidenceLine
from omamori.snapshot.evidence import EvidenceStore, Receipt, StoredItem, Visit

_CACHED_BLOBS = 32


def evidence_reader(store: EvidenceStore, receipts: Sequence[Receipt]) -> Callable[[str], EvidenceLine | None]:
    """Return a function from `hash:line` to the line, its machine and the command that printed it.

    References come sorted by chance, so the last few outputs are kept in memory. None: no such evidence.
    """
    known: dict[str, tuple[Visit, StoredItem]] = {}
    for receipt in receipts:
        for item in receipt.items:
            known.setdefault(item.sha256[:16], (receipt.visit, item))

    @lru_cache(maxsize=_CACHED_BLOBS)
    def lines(sha256: str) -> tuple[str, ...]:
        return tuple(store.read(sha256).decode("utf-8", "replace").split("\n"))

    def read(reference: str) -> EvidenceLine | None:
        blob, _, place = of_columns(reference, ()).partition(":")
        if blob not in known:
            return None
        visit, item = known[blob]
        origin = visit.host or item.file_name
        if not place.isdigit():
            return EvidenceLine(reference, item.kind, origin, command=place, seen=item.seen)
        try:
            text = lines(item.sha256)
        except (OSError, ValueError):
            return EvidenceLine(reference, item.kind, origin, seen=item.seen)
        number = int(place)
        if not 1 <= number <= len(text):
            return EvidenceLine(reference, item.kind, origin, seen=item.seen)
        return EvidenceLine(reference, item.kind, origin, _section(text, number), number, text[number - 1].strip("\r"), item.seen)

    return read


def _section(lines: tuple[str, ...], number: int) -> str:
    for line in reversed(lines[: number - 1]):
        if line.startswith(MARKER):
            words = line[len(MARKER) :].split()
            return words[0] if words and words[0] != "end" else ""
    return ""
