"""Where a file stands in a round of samples: its own place from 0 to 1, the same in every generation, known from its name alone."""

from __future__ import annotations

import re
from hashlib import blake2b

SMALL = 1024 * 1024
"""Files below this many bytes go together with those of their folder: bringing them one by one would cost more than it tells."""
_TOP = 2**53
_FOREIGN = re.compile("[\udc80-\udcff]")


def word(path: str) -> int:
    """Return 64 bits that stand for a path of the backup."""
    return int.from_bytes(_digest(path)[8:], "big")


def position(path: str) -> float:
    """Return the place of a path in the round, from 0 to below 1."""
    return (int.from_bytes(_digest(path)[:8], "big") >> 11) / _TOP


def turn_of(path: str, size: int) -> float:
    """Return the place of a file of the backup in the round: its own, or that of its folder where it is small."""
    return position(path if size >= SMALL else path.rpartition("/")[0] + "/")


def as_listed(path: str) -> str:
    """Return a path as programs list it in JSON: each byte that is no UTF-8 is told as U+FFFD."""
    return path if path.isascii() else _FOREIGN.sub("\ufffd", path)


def _digest(path: str) -> bytes:
    return blake2b(path.encode("utf-8", "surrogateescape"), digest_size=16).digest()
