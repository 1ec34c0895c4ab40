"""Columns of numbers: numpy's arrays where numpy is, lists elsewhere (the portable edition for Windows has none).

What decides which is only whether numpy can be loaded; `plainly` does the same work with lists and gives the same answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

try:
    import numpy as np
except ImportError:  # pragma: no cover - the portable edition
    HAS_NUMPY = False
else:
    HAS_NUMPY = True


def numbers(values: Sequence[int], *, arrays: bool = HAS_NUMPY) -> Any:
    """Return a column of whole numbers below 2^31."""
    return np.array(values, np.int32) if arrays else list(values)


def flags(values: Sequence[bool], *, arrays: bool = HAS_NUMPY) -> Any:
    """Return a column of truths."""
    return np.array(values, np.bool_) if arrays else list(values)
