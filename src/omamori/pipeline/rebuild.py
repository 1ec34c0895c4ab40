"""Old evidence read with today's parsers: a new manifest of the same moment and evidence."""

from __future__ import annotations

from pathlib import Path

from omamori.pipeline.check import checks_for
from omamori.pipeline.error import UserError
from omamori.pipeline.observer import Observer
from omamori.pipeline.take import take_snapshot
from omamori.snapshot.manifest import Snapshot, open_snapshot
from omamori.snapshot.site import Site


def rebuild_snapshot(site_path: Path, name: str | None, observer: Observer) -> str:
    """Make a snapshot anew (the newest when `name` is None) and return the new one's id; the old one stays."""
    site = Site(site_path)
    old = find_snapshot(site, name)
    taken = take_snapshot(site, checks_for(()), old.moment, observer, only=frozenset(old.evidence))
    return taken.snapshot.id


def find_snapshot(site: Site, name: str | None) -> Snapshot:
    """Return the snapshot of an id or date, the newest when None; `UserError` when there is none."""
    found = open_snapshot(site, name)
    if found is None:
        wanted = name or "?"
        raise UserError(
            f"その時点({wanted})の判定がありません。先に omamori check を実行してください", f"no snapshot {wanted}: run omamori check first"
        )
    return found
