"""A repository of borg made of links to the real one, in our own folder: borg writes locks, lists and settings, and finds all it needs here.

Only segments up to the last commit are linked. borg deletes later ones, which nobody finished, and on a full disk it empties a file before
it deletes it: through a link that would reach the real one.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from omamori.backup import borg_parts

_COPIED = ("config", "README", "nonce")


def build(repository: Path, shadow: Path) -> None:
    """Make the shadow anew. OSError where links cannot be made or something cannot be read."""
    shutil.rmtree(shadow, ignore_errors=True)
    (shadow / "data").mkdir(parents=True, mode=0o700)
    real = repository.absolute()
    for name in _COPIED:
        if (real / name).is_file():
            shutil.copyfile(real / name, shadow / name)
    last = borg_parts.last_commit(real)
    for number, path, size in borg_parts.segments(real):
        if last is None or number > last or not size:
            continue
        place = shadow / path.relative_to(real)
        place.parent.mkdir(exist_ok=True)
        place.symlink_to(path)
    state = borg_parts.transaction(real)
    if state is not None and (last is None or state <= last):
        for name in (f"index.{state}", f"hints.{state}", f"integrity.{state}"):
            if (real / name).is_file():
                (shadow / name).symlink_to(real / name)
