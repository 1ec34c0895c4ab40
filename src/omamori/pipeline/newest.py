"""The site's newest judgement, for commands that read its tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from omamori.pipeline.error import UserError
from omamori.snapshot.database import UNREADABLE, Database
from omamori.snapshot.manifest import Snapshot, snapshots
from omamori.snapshot.site import Site

Read = TypeVar("Read")


def read_newest(site: Path, read: Callable[[Database], Read]) -> tuple[Snapshot, Read]:
    """Return the newest snapshot that has tables, and what `read` makes of them.

    Raises `UserError` when nothing was judged yet, or the tables are harmed.
    """
    held = [snapshot for snapshot in snapshots(Site(site)) if snapshot.tables.exists()]
    if not held:
        raise UserError("まだ判定がありません。先に omamori check を実行してください", "no snapshot yet: run omamori check first")
    newest = held[-1]
    try:
        with Database(newest.tables, read_only=True) as database:
            return newest, read(database)
    except UNREADABLE as error:
        raise UserError(
            f"{newest.id} の表が壊れています。omamori rebuild {newest.id} で作り直せます",
            f"the tables of {newest.id} are harmed: omamori rebuild {newest.id} makes them anew",
        ) from error
