"""What each update closes, as inline SVG: a bar of findings and a dot for every machine. No script, no fonts; every shade has a word."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from omamori.report.repairs import Work
from omamori.report.repairs_words import REPAIR_WORDS as R

ROWS = 12
"""Updates in the picture: as many as are taken in at a glance."""
DOTS = 30
"""Machines that have a dot each; of more, dots stand for several and the number is written."""
_WIDE, _ROW, _LEFT, _BAR = 760, 30, 176, 300
_DOTS_AT = _LEFT + _BAR + 64
_NAME = 24
_ACROSS = 15


def repairs_picture(works: Sequence[Work]) -> Markup:
    """Return the picture of the first `ROWS` updates, in their order; empty where there is none."""
    shown = works[:ROWS]
    if not shown:
        return Markup("")
    widest = max(work.closes + work.undecided for work in shown) or 1
    most = max(work.machines for work in shown)
    per_dot = -(-most // DOTS)
    rows = Markup("").join(_row(work, number, widest, per_dot) for number, work in enumerate(shown))
    key = Markup("")
    if per_dot > 1:
        key = Markup('<text class="key" x="{}" y="{}">● = {}</text>').format(_DOTS_AT, len(shown) * _ROW + 12, per_dot)
    return Markup('<svg class="closing" viewBox="0 0 {} {}" role="img"><title>{} / {}</title>{}{}</svg>').format(
        _WIDE, len(shown) * _ROW + (18 if per_dot > 1 else 4), R["picture"].ja, R["picture"].en, rows, key
    )


def _row(work: Work, number: int, widest: int, per_dot: int) -> Markup:
    top = number * _ROW
    x = float(_LEFT)
    parts = [
        Markup("<title>{} / {}</title>").format(_said(work, ja=True), _said(work, ja=False)),
        Markup('<text class="name tier{}" x="{}" y="{}" text-anchor="end">{}</text>').format(
            work.tier, _LEFT - 8, top + 19, _short(work.short)
        ),
    ]
    known = work.closes
    used = min(known, work.exploited_findings)
    for count, kind in ((used, "exploited"), (known - used, "certain"), (work.undecided, "unsure")):
        length = _BAR * count / widest
        if count:
            parts.append(
                Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="16"/>').format(kind, x, top + 7, max(length - 0.6, 1.2))
            )
        x += length
    parts.append(Markup('<text class="count" x="{:.1f}" y="{}">{}</text>').format(x + 6, top + 20, work.closes + work.undecided))
    dots = -(-work.machines // per_dot)
    first = top + (15 if dots <= _ACROSS else 11)
    path = "".join(f"M{_DOTS_AT + (dot % _ACROSS) * 9} {first + (dot // _ACROSS) * 9}h.1" for dot in range(dots))
    parts.append(Markup('<path class="dots" d="{}"/>').format(path))
    parts.append(Markup('<text class="count" x="{}" y="{}">{}</text>').format(_DOTS_AT + _ACROSS * 9 + 4, top + 20, work.machines))
    return Markup("<g>{}</g>").format(Markup("").join(parts))


def _said(work: Work, *, ja: bool) -> str:
    label = work.label.ja if ja else work.label.en
    if ja:
        told = f"{work.closes} 件、{work.machines} 台、{R['exploited'].ja} {work.exploited}"
        return f"{label}: {told}" + (f"、{R['undecided'].ja} {work.undecided} 件" if work.undecided else "")
    told = f"{work.closes} findings on {work.machines} machines, {work.exploited} exploited"
    return f"{label}: {told}" + (f", {work.undecided} to be confirmed" if work.undecided else "")


def _short(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1] + "…"
