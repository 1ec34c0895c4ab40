"""The folder of a machine's files: its name as people know it, in a form every file system takes."""

from __future__ import annotations

import hashlib
import re

_OTHERS = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d|linux|plan)(?:\..*)?", re.IGNORECASE | re.ASCII)
"""Names Windows keeps for devices, with any ending; and what else stands in the plan's folder."""
_MOST = 60


def folder_of(asset: str) -> str:
    """Return a name that leads nowhere else; where something had to be changed, a few letters keep it apart from others."""
    name = _OTHERS.sub("_", asset).strip("._")[:_MOST].rstrip("._")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name if name and name == asset else f"{name}-{hashlib.sha256(asset.encode()).hexdigest()[:6]}".lstrip("-")
