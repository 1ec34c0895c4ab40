"""Inline SVG pictures: how far it was looked, topic by topic, and machines by topics. No script, no fonts of their own."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from omamori.model.text import Text
from omamori.report.labels import LABELS
from omamori.report.shape import Numbers, Report, Topic
from omamori.report.words import SEVERITIES

_MATRIX_ROWS = 24
_HOSPITAL = ""
"""Row of what concerns no single machine; no machine has an empty name."""


def donut(numbers: Numbers) -> Markup:
    """Return the ring of what was looked at, in part, and not seen; hatched is not seen."""
    total = sum(numbers.cells)
    around = 2 * math.pi * 40
    arcs, start = [], 0.0
    for value, kind in zip(numbers.cells, ("whole", "part", "none"), strict=True):
        length = around * value / total if total else 0.0
        if length:
            arcs.append(
                Markup(
                    '<circle class="ring {}" cx="60" cy="60" r="40" fill="none" stroke-width="20" '
                    'stroke-dasharray="{:.2f} {:.2f}" stroke-dashoffset="{:.2f}" transform="rotate(-90 60 60)"/>'
                ).format(kind, max(length - 0.8, 0.4), around, -start)
            )
        start += length
    share = f"{100 * numbers.cells[0] // total}%" if total else "–"
    label = Text(
        f"機器{numbers.machines}台のうち{numbers.observed}台を見ました。情報のまとまり{total}のうち、見た{numbers.cells[0]}、"
        f"一部{numbers.cells[1]}、見えなかった{numbers.cells[2]}。",
        f"{numbers.observed} of {numbers.machines} machines were looked at. Of {total} groups of information {numbers.cells[0]} were seen, "
        f"{numbers.cells[1]} in part, {numbers.cells[2]} not.",
    )
    return Markup('<svg class="donut" viewBox="0 0 120 120" role="img">{}{}{}{}</svg>').format(
        _title(label),
        Markup('<circle class="ring empty" cx="60" cy="60" r="40" fill="none" stroke-width="20"/>'),
        Markup("").join(arcs),
        Markup('<text class="share" x="60" y="61" text-anchor="middle">{}</text>{}').format(
            share, _label(60, 74, LABELS["whole"], "small", "middle")
        ),
    )


def topic_bars(topics: Sequence[Topic]) -> Markup:
    """Return one bar per topic: found by severity, then not seen (hatched), then looked at without finding."""
    shown = sorted(topics, key=lambda topic: (tuple(-count for count in topic.found), -topic.unknown, topic.id))[:12]
    widest = max((sum(topic.found) + topic.unknown + topic.accepted + topic.not_found for topic in shown), default=1) or 1
    rows = []
    for number, topic in enumerate(shown):
        top, x = number * 20, 130.0
        parts = [*zip(topic.found, SEVERITIES, strict=True), (topic.accepted, "ok"), (topic.unknown, "unseen"), (topic.not_found, "quiet")]
        rows.append(_label(124, top + 13, topic.title, "name", "end"))
        for value, kind in parts:
            width = 170.0 * value / widest
            if width:
                rows.append(Markup('<rect class="bar {}" x="{:.1f}" y="{}" width="{:.1f}" height="12"/>').format(kind, x, top + 3, width))
                if kind == "unseen":
                    rows.append(Markup('<rect x="{:.1f}" y="{}" width="{:.1f}" height="12" fill="url(#hatch)"/>').format(x, top + 3, width))
            x += width
        rows.append(Markup('<text class="count" x="330" y="{}" text-anchor="end">{}</text>').format(top + 13, sum(topic.found) or "·"))
    title = Text("分野ごとの、見つかったもの・見えなかったもの", "What was found and what could not be seen, by topic")
    return Markup('<svg class="bars" viewBox="0 0 334 {}" role="img">{}{}</svg>').format(
        max(20, 20 * len(shown)), _title(title), Markup("").join(rows)
    )


def matrix(report: Report) -> Markup:
    """Return machines (those with most found first) against topics: a number where found, hatched where not seen."""
    topics, machines = report.topics, report.machines[:_MATRIX_ROWS]
    state: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for verdict in report.verdicts:
        kind = verdict.severity if verdict.verdict == "fail" else verdict.verdict
        check = report.checks[verdict.check_id]
        # What is judged for a zone, a line, a vendor or the site stands in one row of its own.
        state[(verdict.subject if check.subject == "asset" else _HOSPITAL, check.topic)][kind] += 1
    cell, left, head = 46, 190, 92
    parts = []
    for column, topic in enumerate(topics):
        x = left + column * cell + cell / 2
        turned = Markup('<g transform="translate({:.0f} {}) rotate(-35)">{}</g>').format(
            x, head - 8, _label(0, 0, topic.title, "name", "start")
        )
        parts.append(turned)
    names = [machine.name for machine in machines]
    if any(subject == _HOSPITAL for subject, _ in state):
        names.append(_HOSPITAL)
    for row, name in enumerate(names):
        y = head + row * 22
        if name == _HOSPITAL:
            parts.append(_label(left - 8, y + 15, LABELS["site_subject"], "name", "end"))
        else:
            parts.append(Markup('<text class="name" x="{}" y="{}" text-anchor="end">{}</text>').format(left - 8, y + 15, _short(name)))
        parts += [_cell(left + column * cell, y, cell, state[(name, topic.id)]) for column, topic in enumerate(topics)]
    title = Text(
        "機器と分野の表。数は見つかったもの、斜線は見えなかったところ。", "Machines by topics: numbers found, hatched where not seen."
    )
    return Markup('<svg class="matrix" viewBox="0 0 {} {}" role="img">{}{}</svg>').format(
        left + cell * len(topics) + 60, head + 22 * len(names) + 4, _title(title), Markup("").join(parts)
    )


def _cell(x: int, y: int, width: int, count: Counter[str]) -> Markup:
    found = sum(count[severity] for severity in SEVERITIES)
    worst = next((severity for severity in SEVERITIES if count[severity]), "")
    kind = worst or ("unseen" if count["unknown"] else "ok" if count["accepted"] else "quiet" if count["pass"] else "blank")
    shape = Markup('<rect class="bar {}" x="{}" y="{}" width="{}" height="18" rx="3"/>').format(kind, x + 2, y + 2, width - 4)
    if kind == "unseen":
        shape += Markup('<rect x="{}" y="{}" width="{}" height="18" rx="3" fill="url(#hatch)"/>').format(x + 2, y + 2, width - 4)
    if found:
        shape += Markup('<text class="on {}" x="{}" y="{}" text-anchor="middle">{}</text>').format(worst, x + width / 2, y + 15, found)
    return shape


def _title(text: Text) -> Markup:
    return Markup("<title>{} / {}</title>").format(text.ja, text.en)


def _label(x: float, y: float, text: Text, kind: str, anchor: str) -> Markup:
    line = Markup('<text class="{} {}" x="{}" y="{}" text-anchor="{}">{}</text>')
    return line.format(kind, "ja", x, y, anchor, _short(text.ja, 12)) + line.format(kind, "en", x, y, anchor, _short(text.en, 26))


def _short(text: str, limit: int = 16) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
