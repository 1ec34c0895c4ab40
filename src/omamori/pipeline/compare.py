"""What changed between two snapshots: findings by their stable identity, and the network by machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omamori.model.look import Verdict
from omamori.model.text import Text
from omamori.pipeline.error import UserError
from omamori.pipeline.network import network_changes
from omamori.pipeline.take import verdicts_of
from omamori.report.network_news import NetworkNews, network_json, network_news
from omamori.report.network_words import NO_ZONE
from omamori.snapshot.diff import Difference
from omamori.snapshot.diff import compare as compare_verdicts
from omamori.snapshot.manifest import Snapshot, open_snapshot, snapshots
from omamori.snapshot.site import Site


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two snapshots, what became of every finding between them, and what changed on the network."""

    before: Snapshot
    after: Snapshot
    difference: Difference
    network: NetworkNews | None = None


def compare(site_path: Path, before: str | None, after: str | None) -> Comparison:
    """Return the difference of two snapshots named by id or date; by default the last two."""
    site = Site(site_path)
    held = snapshots(site)
    if before is None and len(held) < 2:
        raise UserError("比べる判定がまだ2つありません", "there are not two snapshots to compare yet")
    first = open_snapshot(site, before if before is not None else held[-2].id)
    second = open_snapshot(site, after if after is not None else held[-1].id)
    difference = compare_verdicts(_verdicts(first), _verdicts(second), second.manifest.moment)
    return Comparison(first, second, difference, network_news(network_changes(first, second)))


def _verdicts(snapshot: Snapshot) -> tuple[Verdict, ...]:
    verdicts = verdicts_of(snapshot)
    if verdicts is None:
        raise UserError(
            f"{snapshot.id} の表がないか壊れています。omamori rebuild {snapshot.id} で作り直せます",
            f"the tables of {snapshot.id} are missing or harmed: omamori rebuild {snapshot.id} makes them anew",
        )
    return verdicts


_PARTS = (
    ("new", Text("新しく見つかったもの", "New")),
    ("gone", Text("見つからなくなったもの", "No longer found")),
    ("still", Text("続いているもの", "Still open")),
    ("unknown", Text("見えなくなったもの", "Can no longer be told")),
    ("accepted", Text("期限付きで受け入れたもの", "Accepted for a time")),
    ("unjudged", Text("判定の対象でなくなったもの", "No longer judged")),
)


def comparison_lines(comparison: Comparison) -> list[Text]:
    """Return the comparison as lines for people; findings that stay open are only counted."""
    before, after = comparison.before.manifest.moment, comparison.after.manifest.moment
    lines = [Text(f"{before:%Y-%m-%d %H:%M} → {after:%Y-%m-%d %H:%M} (UTC)", f"{before:%Y-%m-%d %H:%M} → {after:%Y-%m-%d %H:%M} (UTC)")]
    for name, title in _PARTS:
        changes = getattr(comparison.difference, name)
        lines.append(Text(f"{title.ja}: {len(changes)}", f"{title.en}: {len(changes)}"))
        if name != "still":
            lines += [_line(change.verdict.message_ja, change.verdict.message_en, change.verdict.check_id) for change in changes]
    return [*lines, *_network_lines(comparison.network)]


def _network_lines(news: NetworkNews | None) -> list[Text]:
    """Return what changed on the network, zone by zone; one calm line where nothing did."""
    if news is None:
        return []
    lines = [Text(f"{news.heading.ja}: {news.count}", f"{news.heading.en}: {news.count}")]
    for zone in news.zones:
        title = Text(zone.zone, zone.zone) if zone.zone else NO_ZONE
        lines.append(Text(f"  {title.ja}", f"  {title.en}"))
        lines += [Text(f"    - {line.text.ja}", f"    - {line.text.en}") for line in zone.lines]
    told = ([news.calm] if news.calm is not None else []) + list(news.uncompared)
    return lines + [Text(f"  {text.ja}", f"  {text.en}") for text in told]


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison for programs: the two snapshots, the findings of each part with their age in days, and the network."""
    parts = {
        name: [
            {
                "check": change.verdict.check_id,
                "subject": change.verdict.subject,
                "key": change.verdict.finding_key,
                "severity": change.verdict.severity,
                "message": {"ja": change.verdict.message_ja, "en": change.verdict.message_en},
                "days_open": change.days_open,
            }
            for change in getattr(comparison.difference, name)
        ]
        for name, _ in _PARTS
    }
    return {"before": comparison.before.id, "after": comparison.after.id, **parts, "network_changes": network_json(comparison.network)}


def _line(ja: str, en: str, check: str) -> Text:
    return Text(f"  - {ja} ({check})", f"  - {en} ({check})")
