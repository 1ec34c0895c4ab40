"""Ways to cut a copy off, as the report shows them: cost and weakness of each, which the hospital has what for, and which was seen to hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from omamori.knowledge.isolation import Isolation, isolations
from omamori.model.backup_posture import BackupPosture
from omamori.snapshot.database import Database

_MEDIUM = {"tape": "tape", "rdx": "disk", "disk": "disk"}
"""Kinds of the log of media, as kinds of the sheet of backups."""


@dataclass(frozen=True, slots=True)
class Method:
    """One way. `here`: the hospital keeps copies on such a medium already; `held`: how many copies were seen to be cut off this way."""

    way: Isolation
    here: bool
    held: int


def read_methods(database: Database, rows: Iterable[BackupPosture]) -> tuple[Method, ...]:
    """Return the ways: first those the hospital has the medium for, cheap ones first. `rows`: its copies."""
    copies = list(rows)
    owned = {row.medium for row in copies if row.medium}
    if database.has("backup_media"):
        owned |= {_MEDIUM[row.kind] for row in database.rows("backup_media") if row.kind in _MEDIUM}
    return tuple(sorted((_method(way, owned, copies) for way in isolations().methods), key=lambda one: not one.here))


def _method(way: Isolation, owned: set[str], copies: Iterable[BackupPosture]) -> Method:
    held = sum(1 for row in copies if row.offline and row.offline_by in way.seen_by and row.medium in way.media)
    return Method(way, not owned.isdisjoint(way.media), held)


def methods_json(methods: Iterable[Method]) -> list[dict[str, Any]]:
    """Return the ways as `report.json` has them."""
    return [
        {
            "method": one.way.id,
            "name": {"ja": one.way.name.ja, "en": one.way.name.en},
            "cost": one.way.cost,
            "here": one.here,
            "held": one.held,
        }
        for one in methods
    ]
