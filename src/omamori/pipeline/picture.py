"""The picture of the newest judgement, as a file."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from omamori.map.picture import DEFAULT_LAYERS, picture
from omamori.map.read import read_hospital
from omamori.model.text import Language
from omamori.pipeline.clock import local_zone
from omamori.pipeline.newest import read_newest
from omamori.pipeline.observer import Observer
from omamori.snapshot.files import write_whole


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
    newest, hospital = read_newest(request.site, read_hospital)
    hospital = dataclasses.replace(hospital, moment=newest.manifest.moment)
    drawn = picture(hospital, request.language, request.paper, request.zone, layers=request.layers)
    write_whole(request.out, drawn.encode())
    return request.out
