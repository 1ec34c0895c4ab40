"""Old evidence read with today's parsers: a new manifest of the same moment and evidence."""

from __future__ import annotations

from pathlib import Path

from omamori.pipeline.check import checks_for
from omamori.pipeline.observer import Observer
from omamori.pipeline.take import take_snapshot
from omamori.snapshot.manifest import open_snapshot
from omamori.snapshot.site import Site


def rebuild_snapshot(site_path: Path, name: str | None, observer: Observer) -> str:
    """Make a snapshot anew (the newest when `name` is None) and return the new one's id; the old one stays."""
    site = Site(site_path)
    old = open_snapshot(site, name)
    taken = take_snapshot(site, checks_for(()), old.manifest.moment, observer, only=old.manifest.evidence)
    return taken.snapshot.id
