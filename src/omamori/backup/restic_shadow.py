"""A repository made of links to the real one, in our own folder, with some files left out or filled up.

restic before 0.17 tries a missing file again for forty seconds, once for every folder or file that needs it, and `find --pack` gives up on a
pack whose end is damaged. In the shadow a missing pack is a file of zeros (read at once, and found wrong), and a damaged one can be left out.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from omamori.backup.restic_parts import FOLDERS


def build(repository: Path, shadow: Path, *, filled: Mapping[str, int], without: Collection[str] = ()) -> Path | None:
    """Link every file of a repository below `shadow`, which does not exist yet, and return it; None where links cannot be made (Windows).

    `filled`: packs (by id) that get that many zeros in place of what is there. `without`: names of parts that are left out.
    """
    try:
        for folder in (*FOLDERS, "locks"):
            (shadow / folder).mkdir(parents=True)
        (shadow / "config").symlink_to(repository.absolute() / "config")
        for folder in FOLDERS:
            _link(repository.absolute(), shadow, folder, filled, frozenset(without))
    except OSError:
        return None
    for pack, size in filled.items():
        place = shadow / "data" / pack[:2] / pack
        place.parent.mkdir(exist_ok=True)
        with place.open("wb") as file:
            file.truncate(size)
    return shadow


def _link(repository: Path, shadow: Path, folder: str, filled: Mapping[str, int], without: frozenset[str]) -> None:
    for place, _, names in os.walk(repository / folder):
        inner = Path(place).relative_to(repository)
        (shadow / inner).mkdir(exist_ok=True)
        for name in names:
            if name not in filled and (inner / name).as_posix() not in without:
                (shadow / inner / name).symlink_to(Path(place) / name)
