"""Where the site lies when nobody names a folder: beside the portable program, else among the user's documents."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from omamori.snapshot.files import TEMPORARY
from omamori.snapshot.site import Site

SITE_VARIABLE = "OMAMORI_SITE"
PORTABLE_VARIABLE = "OMAMORI_PORTABLE"
"""Set by omamori.cmd: the folder it lies in."""
NAME = "omamori-site"


def portable_site(environment: Mapping[str, str], documents: Path) -> Path | None:
    """Return the site folder of the portable edition; None when this is not the portable edition or a site is named.

    A site that is there already is found again; a new one goes where something can be written.
    """
    program = environment.get(PORTABLE_VARIABLE)
    if not program or environment.get(SITE_VARIABLE):
        return None
    # Beside the program's folder, not in it: a newer version replaces that folder whole.
    places = [folder / NAME for folder in (Path(program).parent, documents)]
    there = [place for place in places if Site(place).exists and can_write(place)]
    return (there or [place for place in places if can_write(place.parent)] or places)[0]


def can_write(folder: Path) -> bool:
    """True when a file can be made in the folder."""
    # Not with tempfile: on Windows it tries a read-only folder again and again, for ever.
    probe = folder / f"{TEMPORARY}{secrets.token_hex(6)}"
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError:
        return False
    return True


def unused(path: Path) -> Path:
    """Return the path, or the same with -2, -3 … when it is taken: nothing is ever overwritten."""
    number = 1
    chosen = path
    while chosen.exists():
        number += 1
        chosen = path.with_stem(f"{path.stem}-{number}")
    return chosen


if sys.platform == "win32":
    import ctypes

    _DOCUMENTS = 5

    def documents() -> Path:
        """Return the user's Documents, wherever Windows keeps them."""
        buffer = ctypes.create_unicode_buffer(260)
        if ctypes.windll.shell32.SHGetFolderPathW(None, _DOCUMENTS, None, 0, buffer) == 0 and buffer.value:
            return Path(buffer.value)
        return Path.home() / "Documents"

else:

    def documents() -> Path:
        """Return the user's Documents, or the home folder where there is none."""
        folder = Path.home() / "Documents"
        return folder if folder.is_dir() else Path.home()
