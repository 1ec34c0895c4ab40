"""The generations as inline SVG: a row for each machine and place, a dot a day, every state with a shape of its own. No script, no fonts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from markupsafe import Markup

from omamori.model.text import Text
from omamori.report.backups_time import MARKS, Lane
from omamori.report.backups_words import BACKUP_WORDS as B
from omamori.report.backups_words import SIGN

LANES = 10
"""Rows of one picture: as many as fit on a page."""
DAYS = 92
"""The longest time a picture shows; what is older is counted."""
_LEAST_DAYS = 14
_WIDE, _EDGE, _ROW, _TOP, _FOOT = 720, 16, 56, 26, 6
_NAME = 44
_CROSS = Markup('<path class="damaged" d="M{0:.1f} {1:.1f}l8 8m0-8l-8 8"/>')
_DIAMOND = Markup('<path class="trace" d="M{0:.1f} {1:.1f}l6.5 6.5-6.5 6.5-6.5-6.5z"/><path class="bang" d="M{0:.1f} {2:.1f}v4m0 2.2v.1"/>')
_FLAG = Markup('<path class="proven" d="M{0:.1f} {1:.1f}v-16l9 3.6-9 3.6"/>')
_RING = Markup('<circle class="clean" cx="{0:.1f}" cy="{1:.1f}" r="8.5"/>')
_LEGEND = ("there", "gone", "damaged", "trace", "clean", "proven", "gap", "unfinished")


def time_pictures(lanes: Sequence[Lane], moment: datetime, zone: tzinfo = UTC) -> tuple[Markup, ...]:
    """Return the rows in pictures of `LANES` each, all on one scale that ends on the day of `moment` in `zone`; none where nothing was seen."""
    if not lanes:
        return ()
    last = _day(moment, zone)
    oldest = min(_day(mark.finished, zone) for lane in lanes for mark in lane.marks)
    days = max(_LEAST_DAYS, min(DAYS, (last - oldest).days + 1))
    scale = _Scale(last, days, zone)
    return tuple(_picture(lanes[start : start + LANES], scale) for start in range(0, len(lanes), LANES))


class _Scale:
    """Days to places on the paper."""

    def __init__(self, last: date, days: int, zone: tzinfo) -> None:
        self.last, self.days, self.zone = last, days, zone
        self.first = last - timedelta(days=days - 1)

    def x(self, day: date) -> float:
        """Return where a day stands; what is older stands at the edge."""
        place = min(max((day - self.first).days, 0), self.days - 1)
        return _EDGE + place * (_WIDE - 2 * _EDGE) / max(1, self.days - 1)

    def day(self, moment: datetime) -> date:
        """Return the day a moment falls on for the reader."""
        return _day(moment, self.zone)

    def ticks(self) -> list[date]:
        """Return the days that are named: Mondays, or the first of a month where there are many."""
        wanted = [self.first + timedelta(days=number) for number in range(self.days)]
        mondays = [day for day in wanted if day.weekday() == 0]
        step = -(-len(mondays) // 7) if mondays else 1
        return mondays[:: max(1, step)] or [self.first, self.last]


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.replace(tzinfo=UTC).astimezone(zone).date()


def _picture(lanes: Sequence[Lane], scale: _Scale) -> Markup:
    bottom = _TOP + len(lanes) * _ROW
    parts: list[Markup] = []
    for day in scale.ticks():
        x = scale.x(day)
        parts.append(Markup('<path class="grid" d="M{0:.1f} {1}V{2}"/>').format(x, _TOP - 8, bottom))
        parts.append(
            Markup('<text class="date" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
                min(max(x, 20), _WIDE - 20), _TOP - 12, f"{day.month}/{day.day}"
            )
        )
    for number, lane in enumerate(lanes):
        parts += _row(lane, scale, _TOP + number * _ROW)
    said = Text(
        f"{len(lanes)}行の世代、{scale.first.isoformat()}から{scale.last.isoformat()}まで",
        f"generations in {len(lanes)} rows, {scale.first.isoformat()} to {scale.last.isoformat()}",
    )
    return Markup('<svg class="generations" viewBox="0 0 {} {}" role="img"><title>{} / {}</title><desc>{} / {}</desc>{}</svg>').format(
        _WIDE, bottom + _FOOT, B["time"].ja, B["time"].en, said.ja, said.en, Markup("").join(parts)
    )


def _row(lane: Lane, scale: _Scale, top: float) -> Iterable[Markup]:
    y = top + 36
    told = lane_words(lane, scale.zone)
    yield Markup("<g><title>{} / {}</title>").format(told.ja, told.en)
    # On a phone the newest days are seen first: the name stands at their end.
    name = lane.asset + (f" → {lane.where}" if lane.where else "") + (f" ({lane.job})" if lane.job else "")
    yield Markup('<text class="name" x="{}" y="{:.0f}" text-anchor="end">{}</text>').format(_WIDE - 4, top + 15, _short(name))
    older = lane.older + sum(scale.day(mark.finished) < scale.first for mark in lane.marks)
    if older:
        yield from _both(4, top + 15, Text(f"◀ {B['older'].ja} {older}", f"◀ {older} {B['older'].en}"), "date", "start")
    yield Markup('<path class="track" d="M{} {y:.0f}H{}"/>').format(_EDGE, _WIDE - _EDGE, y=y)
    for since, until in lane.gaps:
        first, last = scale.x(scale.day(since)), scale.x(scale.day(until))
        if last > first:
            yield Markup('<path class="gap" d="M{:.1f} {y:.0f}H{:.1f}"/>').format(first + 5, max(first + 6, last - 5), y=y)
    yield from _marks(_by_day(lane, scale), scale, y)
    for moment, shape in ((lane.clean, _RING), (lane.proven, _FLAG)):
        if moment and scale.day(moment) >= scale.first:
            yield shape.format(scale.x(scale.day(moment)), y if shape is _RING else y - 4)
    yield Markup("</g>")


def _by_day(lane: Lane, scale: _Scale) -> Mapping[date, str]:
    """Day → the gravest mark of that day."""
    found: dict[date, str] = {}
    for mark in lane.marks:
        day = scale.day(mark.finished)
        if day >= scale.first and (day not in found or MARKS.index(mark.kind) < MARKS.index(found[day])):
            found[day] = mark.kind
    return found


def _marks(days: Mapping[date, str], scale: _Scale, y: float) -> Iterable[Markup]:
    """Yield the dots of one kind as one path: of a year of nights that is a tenth of the bytes."""
    for kind in ("there", "gone", "unfinished"):
        path = "".join(f"M{scale.x(day):.1f} {y:.0f}h.1" for day, found in days.items() if found == kind)
        if path:
            yield Markup('<path class="{}" d="{}"/>').format(kind, path)
            if kind != "there":
                yield Markup('<path class="hollow {}" d="{}"/>').format(kind, path)
    for day, found in days.items():
        if found in ("damaged", "trace"):
            yield _sign(found, scale.x(day), y)


def _sign(kind: str, x: float, y: float) -> Markup:
    return _CROSS.format(x - 4, y - 4) if kind == "damaged" else _DIAMOND.format(x, y - 6.5, y - 3.4)


def legend() -> tuple[tuple[Markup, Text], ...]:
    """Return every sign with what it means."""
    drawn = Markup('<svg class="generations key" viewBox="-12 -14 24 24" aria-hidden="true">{}</svg>')
    return tuple((drawn.format(_key(kind)), B[kind]) for kind in _LEGEND)


def _key(kind: str) -> Markup:
    if kind == "gap":
        return Markup('<path class="gap" d="M-11 0h22"/>')
    if kind in ("damaged", "trace"):
        return _sign(kind, 0, 0)
    if kind in ("gone", "unfinished"):
        return Markup('<path class="{0}" d="M0 0h.1"/><path class="hollow {0}" d="M0 0h.1"/>').format(kind)
    dot = Markup('<path class="there" d="M0 0h.1"/>')
    return dot + {"clean": _RING.format(0, 0), "proven": _FLAG.format(0, 2)}.get(kind, Markup(""))


def lane_words(lane: Lane, zone: tzinfo = UTC) -> Text:
    """Return in words what a row shows, for those who cannot see it."""
    count = len(lane.marks) + lane.older
    ja, en = [f"{lane.asset} → {lane.where}: {count}{B['generations'].ja}"], [f"{lane.asset} → {lane.where}: {count} generations"]
    for kind in ("gone", "damaged", "trace", "unfinished"):
        if number := lane.count(kind):
            ja.append(f"{B[kind].ja} {number}")
            en.append(f"{B[kind].en}: {number}")
    if lane.gaps:
        ja.append(f"{B['gap'].ja} {len(lane.gaps)}か所")
        en.append(f"gaps: {len(lane.gaps)}")
    for word, moment in (("clean", lane.clean), ("proven", lane.proven)):
        if moment:
            day = _day(moment, zone).isoformat()
            ja.append(f"{B[word].ja} {day}")
            en.append(f"{B[word].en}: {day}")
    return Text("、".join(ja), "; ".join(en))


def lane_told(lane: Lane, zone: tzinfo = UTC) -> Text:
    """Return the same with the traces that were found."""
    told = lane_words(lane, zone)
    signs = [SIGN[kind] for kind in lane.signs if kind in SIGN]
    if not signs:
        return told
    return Text(f"{told.ja}。{'、'.join(one.ja for one in signs)}", f"{told.en}. {'; '.join(one.en for one in signs)}")


def _short(name: str) -> str:
    """Cut a name to the paper: letters of Japanese are twice as wide."""
    room = 2 * _NAME
    for place, letter in enumerate(name):
        room -= 1 if letter.isascii() else 2
        if room < 0:
            return name[:place] + "…"
    return name


def _both(x: float, y: float, text: Text, kind: str, anchor: str) -> Iterable[Markup]:
    for language, said in (("ja", text.ja), ("en", text.en)):
        yield Markup('<text class="{} {}" x="{:.0f}" y="{:.0f}" text-anchor="{}">{}</text>').format(kind, language, x, y, anchor, said)
