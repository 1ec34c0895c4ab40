"""Who lives in a network namespace: our own is enough to see; that its processes are ended is tests/system/test_lab.py."""

from __future__ import annotations

import os
from pathlib import Path

from omamori.gate.namespaces import end_inside, inside


def test_we_live_in_our_own_namespace() -> None:
    assert os.getpid() in inside([Path("/proc/self/ns/net")])


def test_a_namespace_that_is_gone_holds_nobody(tmp_path: Path) -> None:
    assert inside([tmp_path / "gone"]) == set()
    assert end_inside([tmp_path / "gone"]) == set()
    assert inside([]) == set()


def test_another_file_is_no_namespace_of_anybody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert inside([tmp_path / "file"]) == set()
