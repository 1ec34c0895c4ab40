"""Whether bytes are spread as evenly as those of an encrypted file. Pure arithmetic.

Compressed files are nearly as even; `omamori.backup.look.kinds` tells them apart by what their beginning says. Source: Shannon's entropy and
Pearson's chi-square against the uniform distribution, as textbooks of statistics give them.
"""

from __future__ import annotations

import math
from collections import Counter

LEAST = 512
"""Bytes below which nothing is said."""
_BYTES = 2048
"""From here on 256 values are counted; below, the two halves of each byte, sixteen values each."""


def entropy(data: bytes) -> float:
    """Return Shannon's entropy of bytes, in bits for each byte: 0 (all alike) to 8."""
    total = len(data)
    return -sum(count / total * math.log2(count / total) for count in Counter(data).values()) if total else 0.0


def chi_square(counts: Counter[int], values: int) -> float:
    """Return Pearson's chi-square of counts against the same number for each of `values` values."""
    expected = counts.total() / values
    return sum((counts.get(value, 0) - expected) ** 2 for value in range(values)) / expected


def is_even(data: bytes) -> bool | None:
    """Return whether bytes are spread like random ones; None when there are too few to tell.

    Chi-square is held against a bound random bytes pass but once in a hundred thousand times: the mean of the distribution and five of its
    standard deviations (Wilson-Hilferty's cube root makes it nearly normal).
    """
    if len(data) < LEAST:
        return None
    if len(data) >= _BYTES:
        return chi_square(Counter(data), 256) <= _bound(255)
    low, high = Counter(byte & 15 for byte in data), Counter(byte >> 4 for byte in data)
    return chi_square(low, 16) <= _bound(15) and chi_square(high, 16) <= _bound(15)


def _bound(freedom: int, deviations: float = 4.5) -> float:
    spread = 2 / (9 * freedom)
    return float(freedom * (1 - spread + deviations * math.sqrt(spread)) ** 3)
