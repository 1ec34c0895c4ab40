"""Pictures of traffic as inline SVG: zones by zones, shaded by how much, marked by shape where no design foresees it; bars of each line by day."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from omamori.model.text import Text
from omamori.report.labels import LABELS
from omamori.report.traffic import DAYS, LineDays, Talk, Traffic

_LEFT, _TOP, _WIDE, _HIGH = 150, 92, 56, 34
_FOOT = 58
_MARKS = {"undesigned": "▲", "open": "?", "stopped": "×", "designed": ""}
_BAR, _ROW, _NAME = 13, 46, 150


def matrix_picture(traffic: Traffic) -> Markup:
    """Return who talks to whom; empty where nothing was seen. Rows send, columns receive."""
    if not traffic.talks:
        return Markup("")
    count = len(traffic.ends)
    most = max(talk.times for talk in traffic.talks)
    parts: list[Markup] = []
    for number, one in enumerate(traffic.ends):
        parts += _both(_LEFT - 8, _TOP + number * _HIGH + 22, _short(one.label), "name", "end")
        x = _LEFT + number * _WIDE + _WIDE / 2
        turned = Markup('<g transform="rotate(-38 {0:.0f} {1})">{2}</g>').format(
            x, _TOP - 8, Markup("").join(_both(x - 4, _TOP - 8, _short(one.label), "name", "start"))
        )
        parts.append(turned)
    for row in range(count):
        for column in range(count):
            place = Markup('x="{}" y="{}" width="{}" height="{}"').format(_LEFT + column * _WIDE, _TOP + row * _HIGH, _WIDE, _HIGH)
            parts.append(Markup('<rect class="cell{}" {}/>').format(" own" if row == column else "", place))
    for talk in traffic.talks:
        parts += _cell(talk, traffic, most)
    bottom = _TOP + count * _HIGH
    parts += _legend(bottom + 22)
    width = max(_LEFT + count * _WIDE + 90, 640)
    title = Text("ゾーンからゾーンへの通信", "Traffic from zone to zone")
    return Markup('<svg class="talks" viewBox="0 0 {0} {1}" role="img"><title>{2} / {3}</title>{4}</svg>').format(
        width, bottom + _FOOT, title.ja, title.en, Markup("").join(parts)
    )


def _cell(talk: Talk, traffic: Traffic, most: int) -> Iterable[Markup]:
    left, top = _LEFT + talk.end * _WIDE, _TOP + talk.start * _HIGH
    share = math.log1p(talk.times) / math.log1p(most) if most else 0.0
    kind = "stopped" if talk.state == "stopped" else "passed"
    start, end = traffic.ends[talk.start].label, traffic.ends[talk.end].label
    state = LABELS[f"talks_{talk.state}"]
    said = " ".join(talk.services)
    yield Markup("<g><title>{} → {}: {} ({}) / {} → {}: {} ({})</title>").format(
        start.ja, end.ja, state.ja, said, start.en, end.en, state.en, said
    )
    yield Markup('<rect class="heat {}" x="{}" y="{}" width="{}" height="{}" fill-opacity="{:.2f}"/>').format(
        kind, left + 1, top + 1, _WIDE - 2, _HIGH - 2, 0.1 + 0.5 * share if kind == "passed" else 1
    )
    if talk.state == "undesigned" or talk.against:
        yield Markup('<rect class="frame" x="{}" y="{}" width="{}" height="{}"/>').format(left + 2, top + 2, _WIDE - 4, _HIGH - 4)
    mark = "!" if talk.against else _MARKS[talk.state]
    yield Markup('<text class="count" x="{}" y="{}" text-anchor="middle">{}</text>').format(
        left + _WIDE / 2 - (5 if mark else 0), top + 21, short_number(talk.times)
    )
    if mark:
        yield Markup('<text class="mark" x="{}" y="{}" text-anchor="end">{}</text>').format(left + _WIDE - 5, top + 21, mark)
    yield Markup("</g>")


def _legend(y: int) -> Iterable[Markup]:
    x = 8
    for number, (state, mark) in enumerate((("designed", "12"), ("undesigned", "▲"), ("open", "?"), ("stopped", "×"), ("against", "!"))):
        left, top = x + (number % 3) * 205, y + (number // 3) * 22
        kind = "stopped" if state == "stopped" else "passed"
        yield Markup('<rect class="heat {}" x="{}" y="{}" width="26" height="15" fill-opacity="{}"/>').format(
            kind, left, top - 12, 0.3 if kind == "passed" else 1
        )
        if state in ("undesigned", "against"):
            yield Markup('<rect class="frame" x="{}" y="{}" width="24" height="13"/>').format(left + 1, top - 11)
        yield Markup('<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            "count" if state == "designed" else "mark", left + 13, top, mark
        )
        yield from _both(left + 33, top, LABELS[f"talks_{state}"], "name", "start")


def lines_picture(lines: Sequence[LineDays], last_day: date | None) -> Markup:
    """Return one row of small bars for each line, a bar a day, all on one scale by root so that quiet lines are seen, too; empty for none."""
    if not lines or last_day is None:
        return Markup("")
    most = max((value for one in lines for value in one.days), default=1) or 1
    parts: list[Markup] = []
    for number, one in enumerate(lines):
        foot = 34 + number * _ROW
        parts.append(Markup('<text class="name" x="{}" y="{}" text-anchor="end">{}</text>').format(_NAME - 8, foot - 4, one.line[:22]))
        parts.append(Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(_NAME, _NAME + DAYS * _BAR, foot, foot))
        for place, value in enumerate(one.days):
            day = last_day - timedelta(days=DAYS - 1 - place)
            tall = 28 * math.sqrt(value / most)
            weekend = Markup('<rect class="weekend" x="{}" y="{}" width="{}" height="28"/>').format(_NAME + place * _BAR, foot - 28, _BAR)
            parts.append(weekend if day.weekday() >= 5 else Markup(""))
            if value:
                bar = Markup('<rect class="day" x="{}" y="{:.1f}" width="{}" height="{:.1f}"><title>{}: {}</title></rect>')
                parts.append(bar.format(_NAME + place * _BAR + 2, foot - max(tall, 1.5), _BAR - 4, max(tall, 1.5), day.isoformat(), value))
        said = short_number(one.total) + (f" / {bytes_text(one.total_bytes)}" if one.total_bytes is not None else "")
        parts.append(Markup('<text class="count" x="{}" y="{}">{}</text>').format(_NAME + DAYS * _BAR + 8, foot - 4, said))
    bottom = 34 + (len(lines) - 1) * _ROW
    for place in (0, DAYS - 1):
        day = last_day - timedelta(days=DAYS - 1 - place)
        parts.append(
            Markup('<text class="date" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                _NAME + place * _BAR + _BAR / 2, bottom + 14, day.isoformat()[5:]
            )
        )
    title = Text("回線ごとの通信、日ごと", "Traffic of each line, day by day")
    return Markup('<svg class="talks" viewBox="0 0 660 {}" role="img"><title>{} / {}</title>{}</svg>').format(
        bottom + 20, title.ja, title.en, Markup("").join(parts)
    )


def short_number(value: int) -> str:
    """Return a count in at most five letters: 950, 9.5k, 12M."""
    for size, sign in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if value >= size:
            share = value / size
            return f"{share:.1f}{sign}" if share < 10 else f"{share:.0f}{sign}"
    return str(value)


def bytes_text(value: int) -> str:
    """Return a number of bytes in the largest unit: 1.5 MB."""
    for size, sign in ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if value >= size:
            return f"{value / size:.1f} {sign}"
    return f"{value} B"


def _short(text: Text) -> Text:
    def cut(word: str) -> str:
        room = 10 if not word.isascii() else 18
        return word if len(word) <= room else word[: room - 1] + "…"

    return Text(cut(text.ja), cut(text.en))


def _both(x: float, y: float, text: Text, kind: str, anchor: str) -> Iterable[Markup]:
    line = Markup('<text class="{}" x="{:.0f}" y="{:.0f}" text-anchor="{}">{}</text>')
    if text.ja == text.en:
        yield line.format(kind, x, y, anchor, text.ja)
        return
    yield line.format(f"{kind} ja", x, y, anchor, text.ja)
    yield line.format(f"{kind} en", x, y, anchor, text.en)
