"""What changed on the network, as the report shows it: by zone, each line with the evidence of both sides. Frozen, in no format."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from omamori.analyze.changes.kinds import NetworkChange, NetworkChanges
from omamori.model.text import Text
from omamori.report.clean import clean
from omamori.report.evidence_line import EvidenceLine
from omamori.report.moments import iso
from omamori.report.network_words import calm_text, change_text, heading, uncompared_text

ReadEvidence = Callable[[Collection[str]], Mapping[str, EvidenceLine]]


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One change in words; `before` and `after`: the lines of evidence that show it."""

    change: NetworkChange
    text: Text
    before: EvidenceLine | None
    after: EvidenceLine | None


@dataclass(frozen=True, slots=True)
class NewsZone:
    """The changes in one zone; `zone` empty where none is known."""

    zone: str
    lines: tuple[NewsLine, ...]


@dataclass(frozen=True, slots=True)
class NetworkNews:
    """What changed on the network since an earlier snapshot. `calm`: the line that is told where nothing did."""

    heading: Text
    changes: NetworkChanges
    zones: tuple[NewsZone, ...]
    calm: Text | None
    uncompared: tuple[Text, ...]

    @property
    def lines(self) -> Iterator[NewsLine]:
        """All lines, in the order they are told."""
        return (line for zone in self.zones for line in zone.lines)

    @property
    def count(self) -> int:
        """How many changes there are."""
        return len(self.changes.changes)


def network_news(changes: NetworkChanges | None, read_evidence: ReadEvidence = lambda _: {}) -> NetworkNews | None:
    """Return the news of two snapshots; None where there is no earlier one. `read_evidence` turns references into lines."""
    if changes is None:
        return None
    wanted = {reference for one in changes.changes for reference in (one.evidence_before, one.evidence_after) if reference}
    found = read_evidence(wanted)
    by_zone: dict[str, list[NewsLine]] = {}
    for one in changes.changes:
        line = NewsLine(one, change_text(one), found.get(one.evidence_before), found.get(one.evidence_after))
        by_zone.setdefault(clean(one.zone, 120), []).append(line)
    zones = (NewsZone(zone, tuple(by_zone[zone])) for zone in sorted(by_zone, key=lambda zone: (zone == "", zone)))
    return NetworkNews(
        heading(changes.since), changes, tuple(zones), calm_text(changes), tuple(uncompared_text(one) for one in changes.uncompared)
    )


def network_json(news: NetworkNews | None) -> dict[str, Any] | None:
    """Return the news for programs; None where there is no earlier snapshot."""
    if news is None:
        return None
    told = news.changes
    return {
        "since": iso(told.since),
        "until": iso(told.until),
        "scanned_before": iso(told.scanned_before) if told.scanned_before else None,
        "scanned_after": iso(told.scanned_after) if told.scanned_after else None,
        "changes": [_line_json(line) for line in news.lines],
        "uncompared": [
            {"reason": one.reason, "machines": [clean(name) for name in one.machines], "text": {"ja": text.ja, "en": text.en}}
            for one, text in zip(told.uncompared, news.uncompared, strict=True)
        ],
    }


def _line_json(line: NewsLine) -> dict[str, Any]:
    one = line.change
    return {
        "kind": one.kind,
        "asset": clean(one.asset),
        "zone": clean(one.zone),
        "item": clean(one.item),
        "before": clean(one.before),
        "after": clean(one.after),
        "since": iso(one.since) if one.since else None,
        "declared": one.declared,
        "hands_off": one.hands_off,
        "text": {"ja": line.text.ja, "en": line.text.en},
        "evidence": {"before": one.evidence_before or None, "after": one.evidence_after or None},
    }
