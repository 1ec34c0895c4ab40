"""After installing, nothing connects to anywhere: shown by the kernel, not by Python.

`strace` sees the system calls of everything that is started, DuckDB and the collection script included.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system
OMAMORI = Path(sys.executable).with_name("omamori")
CALL = re.compile(r"(connect|sendto|sendmsg|sendmmsg)\(.*sa_family=(AF_INET6?)")


def check_command(folder: Path) -> list[str]:
    return [str(OMAMORI), "check", "--here", "--site", str(folder / "site"), "--out", str(folder / "out")]


def nothing_but(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}


def test_check_opens_no_connection_to_any_address(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(trace), *check_command(tmp_path)]
    subprocess.run(command, check=True, env=nothing_but(tmp_path), stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    calls = trace.read_text(encoding="utf-8", errors="replace")
    assert "AF_UNIX" in calls or "AF_NETLINK" in calls, "strace saw nothing at all: the proof would be empty"
    assert [line for line in calls.splitlines() if CALL.search(line)] == []


def test_check_and_example_work_in_an_empty_network(tmp_path: Path) -> None:
    assert shutil.which("unshare")
    for command in (check_command(tmp_path), [str(OMAMORI), "example", "--out", str(tmp_path / "example")]):
        alone = ["unshare", "--net", *command]
        done = subprocess.run(alone, env=nothing_but(tmp_path), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
    for folder in ("out", "example"):
        assert {"report.html", "report.json", "report.xlsx"} <= {path.name for path in (tmp_path / folder).iterdir()}
