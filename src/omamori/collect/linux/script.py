"""Puts the runner and the probes together: one self-contained, read-only POSIX sh script."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

_FOLDER = Path(__file__).parent
_WORD = re.compile(r"[0-9A-Za-z.+_-]+\Z")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def probe_names() -> tuple[str, ...]:
    """Return the names of the probes, sorted; the evidence kind of `host` is `linux.host`."""
    return tuple(sorted(path.stem for path in (_FOLDER / "probes").glob("*.sh")))


def collection_script(version: str, built: str, probes: Collection[str] | None = None) -> bytes:
    """Return the script that looks at a Linux machine and prints a kit result.

    In: the version of Omamori and the day it was built (ISO date); `probes` by name, None: all of them. Out: the bytes of
    the script; the same input gives the same bytes. ValueError when a word could not stand in a script, or for a probe there is not.
    """
    for word in (version, built):
        if not _WORD.match(word):
            raise ValueError(f"{word!r} cannot stand in the collection script: letters, digits, dots and hyphens only")
    names = probe_names() if probes is None else tuple(sorted(probes))
    for name in set(names) - set(probe_names()):
        raise ValueError(f"there is no probe {name!r}")
    parts = {
        "@PROBES@": "\n\n".join(_function(name) for name in names),
        "@NAMES@": " ".join(names),
        "@VERSION@": version,
        "@BUILT@": built,
    }
    script = (_FOLDER / "runner.sh").read_text(encoding="utf-8")
    for mark, text in parts.items():
        script = script.replace(mark, text)
    return script.encode()


def _function(name: str) -> str:
    """A probe as a shell function; its text stands as written, so that anybody can read what is run."""
    if not _NAME.match(name):
        raise ValueError(f"the probe {name}.sh must be named with lower-case letters, digits and underscores")
    text = (_FOLDER / "probes" / f"{name}.sh").read_text(encoding="utf-8").rstrip("\n")
    return f"probe_{name}() {{\n{text}\n}}"
