"""Which parsers, analyzers, checks and facts made a snapshot: short hashes over what they are made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import omamori
from omamori import __version__
from omamori.evaluate.check import Check
from omamori.knowledge.pack import Pack

_LENGTH = 12


def versions_of(checks: Sequence[Check], pack: Pack) -> Mapping[str, str]:
    """Return part → version: `omamori`, `parsers`, `analyzers`, `checks`, `pack`."""
    return {
        "omamori": __version__,
        "parsers": _sources("parse"),
        "analyzers": _sources("analyze"),
        "checks": _hash(f"{check.id}\0{check.sql}\0{check.scope}\0{check.severity}".encode() for check in checks),
        "pack": pack.version,
    }


@cache
def _sources(room: str) -> str:
    folder = Path(omamori.__file__).parent / room
    return _hash(path.read_bytes() for path in sorted(folder.rglob("*.py")))


def _hash(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:_LENGTH]
