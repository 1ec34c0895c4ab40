"""Where the servers of the lab lie on a Debian machine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_ALSO = ("/usr/sbin", "/sbin", "/usr/local/sbin")
_POSTGRES = Path("/usr/lib/postgresql")


def find_program(name: str) -> str | None:
    """Return the path of a program, or None where it is not installed. A full path (a module of a server) must be there.

    Servers lie in sbin, which an ordinary PATH does not name; Debian keeps PostgreSQL's in a folder by version, and links a
    helper here or there, so the newest version's folder comes first for all of them.
    """
    if Path(name).is_absolute():
        return name if Path(name).is_file() else None
    versions = sorted(_POSTGRES.glob("*/bin"), key=_version, reverse=True)
    places = [*(str(folder) for folder in versions), os.environ.get("PATH", os.defpath), *_ALSO]
    return shutil.which(name, path=os.pathsep.join(places))


def need_program(name: str) -> str:
    """Return the path of a program that was looked for before; FileNotFoundError when it is gone."""
    path = find_program(name)
    if path is None:
        raise FileNotFoundError(f"{name} is not installed")
    return path


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit())
