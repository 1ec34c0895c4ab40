"""A file one process holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from omamori.gate.locked import held

HOLD = """
import sys
from pathlib import Path
from omamori.gate.locked import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_is_kept_out_until_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline().strip() == b"held"
        with pytest.raises(BlockingIOError), held(path, wait=False):
            raise AssertionError("held twice")
        other.kill()
        other.wait()
        with held(path, wait=False):
            assert path.exists()
