"""Columns are arrays where numpy is, and lists where it is not or is not wanted."""

from __future__ import annotations

import subprocess
import sys

from omamori.analyze.paths.columns import flags, numbers

WITHOUT = (
    "import sys; sys.modules['numpy'] = None\n"
    "from omamori.analyze.paths.columns import HAS_NUMPY, numbers\n"
    "import omamori.analyze.paths.answer\n"
    "print(HAS_NUMPY, numbers([1, 2]))"
)


def test_arrays_and_lists_hold_the_same() -> None:
    assert numbers([3, 1]).tolist() == numbers([3, 1], arrays=False) == [3, 1]
    assert flags([True, False]).tolist() == flags([True, False], arrays=False) == [True, False]


def test_without_numpy_everything_loads() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "False [1, 2]"
