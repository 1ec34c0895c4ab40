"""The picture of the newest judgement, as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import partial
from pathlib import Path as File
from typing import TYPE_CHECKING

from omamori.map.changed import changes_of
from omamori.map.hospital import Hospital
from omamori.map.page.payload import references
from omamori.map.page.render import Line, render_page
from omamori.map.picture import DEFAULT_LAYERS, picture
from omamori.map.read import read_hospital
from omamori.map.ways_in import Change, Path, Stride, WaysIn
from omamori.map.ways_told import ALL, chosen_ways
from omamori.model.clean import clean
from omamori.model.text import Language, Text
from omamori.pipeline.clock import local_zone
from omamori.pipeline.error import UserError
from omamori.pipeline.evidence_lines import evidence_lines
from omamori.pipeline.network import network_changes
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Observer
from omamori.pipeline.paths import PathsRequest, PathsResult, find_paths
from omamori.snapshot.files import write_whole
from omamori.snapshot.manifest import Snapshot, snapshots
from omamori.snapshot.site import Site

if TYPE_CHECKING:
    # It loads numpy, which only the one who supposes changes shall wait for.
    from omamori.analyze.paths.answer import Path as Found

_LONGEST = 240
"""Characters of an evidence line that the page shows."""


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """Which site, which file (.svg or .html), in which language, on which paper, with which layers.

    `ways_in`: draw an intruder's paths from this entry, or from `all`; `without`: changes to suppose, as `omamori paths` takes them.
    """

    site: File
    out: File
    language: Language
    paper: str = "a3"
    layers: tuple[str, ...] = DEFAULT_LAYERS
    ways_in: str = ""
    without: tuple[str, ...] = ()
    zone: tzinfo = field(default_factory=local_zone)


def write_picture(request: PictureRequest, observer: Observer) -> File:
    """Draw the site's newest snapshot and return the file.

    Raises `UserError` when nothing was judged yet, or an entry or a change is not known.
    """
    newest, _ = read_newest(request.site, lambda database: None)
    before = next((one for one in snapshots(Site(request.site)) if one.id == newest.manifest.previous), None)
    changes = changes_of(network_changes(before, newest))
    _, hospital = read_newest(request.site, partial(read_hospital, moment=newest.manifest.moment, changes=changes))
    if request.without:
        supposed = find_paths(PathsRequest(request.site, request.without), observer)
        hospital = replace(hospital, ways=with_supposed(hospital.ways, supposed))
    wanted = _wanted(hospital.ways, request)
    observer.step(Text("図を描いています", "drawing the picture"))
    if request.out.suffix.lower() == ".svg":
        lines = {ref: _short(line) for ref, line in _lines(Site(request.site), newest, hospital).items()} if wanted else {}
        drawn = picture(hospital, request.language, request.paper, request.zone, layers=request.layers, ways_in=wanted, lines=lines)
    else:
        drawn = render_page(hospital, request.language, request.zone, _lines(Site(request.site), newest, hospital), wanted)
    write_whole(request.out, drawn.encode())
    return request.out


def _wanted(ways: WaysIn, request: PictureRequest) -> str:
    """Return which entries' paths to draw; with changes supposed all, where nothing else was asked."""
    wanted = request.ways_in or (ALL if request.without else "")
    if wanted and wanted != ALL and not chosen_ways(ways, wanted):
        near = [way.name for way in ways.entries if wanted.lower() in way.name.lower()][:5] or [way.name for way in ways.entries][:5]
        raise UserError(
            f"「{wanted}」という入口はありません。" + (f"もしかして: {'、'.join(near)}" if near else "入口がまだ一つも分かっていません"),
            f"no way in is called {wanted}; " + (f"did you mean {', '.join(near)}?" if near else "no way in is known yet"),
        )
    return wanted


def with_supposed(ways: WaysIn, result: PathsResult) -> WaysIn:
    """Return the ways as the supposed changes leave them: what they cut is kept and marked, entries they close are closed."""
    from omamori.analyze.paths.links import closing_changes

    made = set(result.supposed)
    closed = {clean(entry.entry, 120) for entry in result.entries if made & set(closing_changes(entry))}
    proposals = {one.proposal.change: one.proposal for one in (*result.before.changes, *result.after.changes)}
    words = tuple(Text(one.ja, one.en) for change in result.supposed for one in (proposals.get(change),) if one is not None)
    ranks = {one.proposal.change: one.rank or 0 for one in result.after.changes}
    return replace(
        ways,
        entries=tuple(replace(way, closed=way.name in closed) for way in ways.entries),
        paths=(*(_path(one) for one in result.after.paths), *(_path(one, cut=True) for one in result.removed)),
        changes=tuple(
            Change(
                name,
                _plain(one.ja, one.en),
                one.cost,
                "" if one.vendor in (None, "hospital") else clean(one.vendor or "", 120),
                ranks.get(name, 0),
            )
            for name, one in sorted(proposals.items())
        ),
        supposed=tuple(_plain(one.ja, one.en) for one in words) or tuple(_plain(name, name) for name in result.supposed),
    )


def _path(found: Found, *, cut: bool = False) -> Path:
    strides = tuple(
        Stride(
            clean(step.start, 120),
            clean(step.asset, 120),
            _plain(step.told.ja, step.told.en),
            step.certain,
            clean(step.change or "", 120),
            step.evidence,
        )
        for step in found.steps
    )
    changes = tuple(clean(change, 120) for change in found.changes)
    return Path(clean(found.entry, 120), clean(found.asset, 120), found.jewel, found.certain, strides, cut, changes)


def _plain(ja: str, en: str) -> Text:
    return Text(clean(ja, 400), clean(en, 400))


def _short(line: Line) -> str:
    return "  ".join(part for part in (line.origin, line.command, line.text) if part)


def _lines(site: Site, snapshot: Snapshot, hospital: Hospital) -> Mapping[str, Line]:
    """Return the lines of evidence the page can show, made harmless and short."""
    chosen = set(snapshot.manifest.evidence)
    receipts = [receipt for receipt in site.evidence.receipts() if receipt.id in chosen]
    found = evidence_lines(site.evidence, receipts, references(hospital))
    return {ref: Line(clean(one.origin, 120), clean(one.command, 120), clean(one.text, _LONGEST)) for ref, one in found.items()}
