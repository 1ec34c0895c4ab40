"""The picture of the newest judgement, as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial
from pathlib import Path

from omamori.map.changed import changes_of
from omamori.map.hospital import Hospital
from omamori.map.page.payload import references
from omamori.map.page.render import Line, render_page
from omamori.map.picture import DEFAULT_LAYERS, picture
from omamori.map.read import read_hospital
from omamori.model.clean import clean
from omamori.model.text import Language, Text
from omamori.pipeline.clock import local_zone
from omamori.pipeline.evidence_lines import evidence_lines
from omamori.pipeline.network import network_changes
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Observer
from omamori.snapshot.files import write_whole
from omamori.snapshot.manifest import Snapshot, snapshots
from omamori.snapshot.site import Site

_LONGEST = 240
"""Characters of an evidence line that the page shows."""


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """Which site, which file (.svg or .html), in which language, on which paper, with which layers."""

    site: Path
    out: Path
    language: Language
    paper: str = "a3"
    layers: tuple[str, ...] = DEFAULT_LAYERS
    zone: tzinfo = field(default_factory=local_zone)


def write_picture(request: PictureRequest, observer: Observer) -> Path:
    """Draw the site's newest snapshot and return the file. Raises `UserError` when nothing was judged yet."""
    newest, _ = read_newest(request.site, lambda database: None)
    before = next((one for one in snapshots(Site(request.site)) if one.id == newest.manifest.previous), None)
    changes = changes_of(network_changes(before, newest))
    _, hospital = read_newest(request.site, partial(read_hospital, moment=newest.manifest.moment, changes=changes))
    observer.step(Text("図を描いています", "drawing the picture"))
    if request.out.suffix.lower() == ".svg":
        drawn = picture(hospital, request.language, request.paper, request.zone, layers=request.layers)
    else:
        drawn = render_page(hospital, request.language, request.zone, _lines(Site(request.site), newest, hospital))
    write_whole(request.out, drawn.encode())
    return request.out


def _lines(site: Site, snapshot: Snapshot, hospital: Hospital) -> Mapping[str, Line]:
    """Return the lines of evidence the page can show, made harmless and short."""
    chosen = set(snapshot.manifest.evidence)
    receipts = [receipt for receipt in site.evidence.receipts() if receipt.id in chosen]
    found = evidence_lines(site.evidence, receipts, references(hospital))
    return {ref: Line(clean(one.origin, 120), clean(one.command, 120), clean(one.text, _LONGEST)) for ref, one in found.items()}
