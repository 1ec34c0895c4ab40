"""What changed on the network between two snapshots of a site: opens their tables and compares them."""

from __future__ import annotations

from omamori.analyze.changes.compare import compare_pictures
from omamori.analyze.changes.kinds import NetworkChanges
from omamori.analyze.changes.picture import Picture
from omamori.analyze.changes.read import read_picture
from omamori.snapshot.clock import plain
from omamori.snapshot.database import UNREADABLE, Database
from omamori.snapshot.manifest import Snapshot


def network_changes(before: Snapshot | None, after: Snapshot) -> NetworkChanges | None:
    """Return what changed on the network from one snapshot to a later one.

    None where there is no earlier one, or the tables of either are gone or harmed (`omamori rebuild` makes them anew).
    """
    was = _picture(before) if before is not None else None
    now = _picture(after) if was is not None else None
    return compare_pictures(was, now) if was is not None and now is not None else None


def _picture(snapshot: Snapshot) -> Picture | None:
    if not snapshot.tables.is_file():
        return None
    try:
        with Database(snapshot.tables, read_only=True) as database:
            return read_picture(database, plain(snapshot.manifest.moment))
    except UNREADABLE:
        return None
