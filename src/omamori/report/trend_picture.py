"""The trend as inline SVG: found, not seen and machines looked at, one above the other. Told apart by pattern, not by colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, tzinfo

from markupsafe import Markup

from omamori.model.text import Text
from omamori.report.labels import LABELS
from omamori.report.moments import shown
from omamori.report.over_time import Trend, TrendPoint
from omamori.report.words import SEVERITIES, SEVERITY

_LEFT, _RIGHT, _WIDTH = 96, 12, 760
_PANELS = ((74, 150), (262, 50), (350, 50))
"""Top and height of the three panels."""
_FOOT = 424
_NAMED = 14
"""So many points have their numbers and dates written beside them; of more only some."""


def trend_picture(trend: Trend, zone: tzinfo = UTC) -> Markup:
    """Return the trend as a picture with a title and a description; empty for fewer than two points."""
    points = trend.points
    if len(points) < 2:
        return Markup("")
    slot = min(150.0, (_WIDTH - _LEFT - _RIGHT) / len(points))
    places = [_LEFT + slot * (number + 0.5) for number in range(len(points))]
    bar = min(44.0, slot * 0.62)
    parts = [
        *_legend(),
        *_panel(0, [_total(p) for p in points], LABELS["found"]),
        *_panel(1, [p.unknown for p in points], LABELS["unknown"]),
    ]
    parts += _panel(2, [p.known for p in points], LABELS["machines_looked"])
    step = max(1, -(-len(points) // _NAMED))
    for number, (point, x) in enumerate(zip(points, places, strict=True)):
        named = (len(points) - 1 - number) % step == 0
        parts += _column(point, points, x, bar, slot, named=named)
        if named:
            parts.append(_words(x, _FOOT, shown(point.moment, zone)[2:10], "date"))
    title = Text("点検ごとの推移", "The checks one after the other")
    return Markup('<svg class="trend" viewBox="0 0 {} {}" role="img" aria-labelledby="trend-title trend-desc">{}{}{}</svg>').format(
        _WIDTH, _FOOT + 8, _described(title, points, zone), _PATTERNS, Markup("").join(parts)
    )


_PATTERNS = Markup(
    '<defs><pattern id="t-high" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="1.7" height="5" fill="#fff"/></pattern>'
    '<pattern id="t-medium" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1.1" fill="#3a3008"/></pattern>'
    '<pattern id="t-low" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="1" fill="#21433d"/></pattern></defs>'
)


def _total(point: TrendPoint) -> int:
    return sum(point.found) + (point.hidden or 0)


def _described(title: Text, points: Sequence[TrendPoint], zone: tzinfo) -> Markup:
    """Return title and description: the numbers of the last two points; all of them stand in the table."""

    def said(point: TrendPoint) -> Text:
        day = shown(point.moment, zone)[:10]
        if not point.readable:
            return Text(f"{day}: 数えられません。", f"{day}: cannot be counted.")
        ja = f"{day}: 見つかった{sum(point.found)}、見えない{point.unknown}、見た機器{point.machines}台。"
        return Text(ja, f"{day}: found {sum(point.found)}, not seen {point.unknown}, machines looked at {point.machines}.")

    last = [said(point) for point in points[-2:]]
    head = Markup('<title id="trend-title">{} / {}</title><desc id="trend-desc">{} / {}</desc>')
    return head.format(title.ja, title.en, "".join(one.ja for one in last), " ".join(one.en for one in last))


def _legend() -> Iterable[Markup]:
    x = float(_LEFT)
    for severity in SEVERITIES:
        yield from _block(severity, x, 8, 14, 12)
        yield _both(x + 19, 18, SEVERITY[severity], "start")
        x += 74
    yield from _block("hidden", x, 8, 14, 12)
    yield _both(x + 19, 18, LABELS["trend_hidden"], "start")
    yield _words(_LEFT + 7, 38, "▼", "sign")
    yield _both(_LEFT + 19, 38, LABELS["trend_fewer"], "start")
    yield Markup('<line class="version" x1="{0}" x2="{0}" y1="28" y2="42"/>').format(_LEFT + 303)
    yield _both(_LEFT + 315, 38, LABELS["trend_version"], "start")


def _panel(number: int, values: Sequence[int], title: Text) -> Iterable[Markup]:
    top, height = _PANELS[number]
    most = _most(values)
    yield _both(_LEFT - 34, top + height / 2 + 4, title, "end")
    for share in (0, 0.5, 1) if height > 100 else (0, 1):
        y = top + height * (1 - share)
        yield Markup('<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(_LEFT, _WIDTH - _RIGHT, y, y)
        yield Markup('<text class="count" x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(_LEFT - 5, y + 4, int(most * share))


def _most(values: Sequence[int]) -> int:
    """Return the top of an axis: even, and room above the highest number."""
    highest = max([*values, 1])
    unit = 10 ** max(0, len(str(highest)) - 1)
    for factor in (1, 2, 4, 5, 8, 10):
        if unit * factor >= highest and unit * factor % 2 == 0:
            return int(unit * factor)
    return int(unit * 20) if unit > 1 else 10


def _column(point: TrendPoint, points: Sequence[TrendPoint], x: float, bar: float, slot: float, *, named: bool) -> Iterable[Markup]:
    if point.other_version:
        edge = x - slot / 2
        yield Markup('<line class="version" x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/>').format(edge, _PANELS[0][0] - 14, _FOOT - 14)
    if not point.readable:
        for top, height in _PANELS:
            yield Markup('<rect class="gap" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>').format(x - bar / 2, top, bar, height)
            yield _words(x, top + height / 2 + 4, "?", "count")
        return
    left = x - bar / 2
    top, height = _PANELS[0]
    scale = height / _most([_total(p) for p in points])
    y = top + float(height)
    for kind, value in (*zip(SEVERITIES, point.found, strict=True), ("hidden", point.hidden or 0)):
        tall = value * scale
        y -= tall
        if value:
            yield from _block(kind, left, y, bar, tall)
    sign = "▼" if point.fewer else ""
    if named or sign:
        yield _words(x, y - 4, f"{sum(point.found)}{sign}", "count")
    for number, value, most in (
        (1, point.unknown, _most([p.unknown for p in points])),
        (2, point.machines, _most([p.known for p in points])),
    ):
        top, height = _PANELS[number]
        if number == 2:
            yield _plain("known", left, top, bar, height, point.known / most)
        yield _plain("unseen" if number == 1 else "whole", left, top, bar, height, value / most)
        if named:
            above = (value if number == 1 else point.known) / most
            yield _words(x, top + height * (1 - above) - 3, f"{value}" if number == 1 else f"{value}/{point.known}", "count")


def _plain(kind: str, x: float, top: int, width: float, height: int, share: float) -> Markup:
    tall = height * share
    shape = Markup('<rect class="bar {}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
        kind, x, top + height - tall, width, tall
    )
    if kind == "unseen":
        shape += Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="url(#hatch)"/>').format(
            x, top + height - tall, width, tall
        )
    return shape


def _block(kind: str, x: float, y: float, width: float, height: float) -> Iterable[Markup]:
    """Yield a block in the colour and, over it, the pattern of its kind."""
    place = Markup('x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"').format(x, y, width, height)
    yield Markup('<rect class="bar {}" {}/>').format(kind, place)
    if kind in ("high", "medium", "low"):
        yield Markup('<rect fill="url(#t-{})" {}/>').format(kind, place)


def _both(x: float, y: float, text: Text, anchor: str) -> Markup:
    line = Markup('<text class="name {}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>')
    return line.format("ja", x, y, anchor, text.ja) + line.format("en", x, y, anchor, text.en)


def _words(x: float, y: float, text: str, kind: str) -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>').format(kind, x, y, text)
