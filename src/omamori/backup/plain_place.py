"""A folder that keeps copies as plain files: where it really lies, who may delete in it, and an identity that stays the same."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from omamori.backup.place import deleters, mounted, where


@dataclass(frozen=True, slots=True)
class PlainPlace:
    """`id` of 16 hexadecimal digits; `target` as the server names it, where it is a share; `target_kind` of the model; `kept_on` None: not known."""

    id: str
    target: str
    target_kind: str
    kept_on: str | None
    deleters: tuple[str, ...]


def plain_place(folder: Path) -> PlainPlace:
    """Return what the system shows of a folder that is there. OSError when it went away.

    The identity is that of the place, not of its contents: a plain folder has none of its own. Of a share it is that of the server's folder, so
    that it stays the same wherever it is mounted.
    """
    real = Path(os.path.realpath(folder))
    real.stat()
    kind, host = where(folder)
    source = mounted(folder)[1] if kind == "network-mount" else ""
    target = source.rstrip("/") + below_mount(real) if source else str(real)
    return PlainPlace(hashlib.sha256(os.fsencode(target)).hexdigest()[:16], target, kind, host, deleters(folder))


def below_mount(real: Path) -> str:
    """Return the path below the mount a folder lies in, with a leading slash; empty for the mount itself."""
    point = real
    while not point.is_mount() and point != point.parent:
        point = point.parent
    return "" if real == point else str(real).removeprefix(str(point).rstrip("/"))
