"""An ordinary user's run works, and says what an administrator would have seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system
OMAMORI = Path(sys.executable).with_name("omamori")
NOBODY = 65534


def test_check_as_nobody(tmp_path: Path) -> None:
    become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    if subprocess.run([*become, sys.executable, "-c", "import duckdb"], cwd="/", capture_output=True).returncode != 0:
        pytest.skip("an ordinary user cannot reach this checkout's Python")
    for parent in (tmp_path, *tmp_path.parents[:3]):
        if parent.owner() == "root" and parent != Path("/tmp"):
            parent.chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    command = [*become, str(OMAMORI), "check", "--here", "--site", str(home / "site"), "--out", str(home / "out")]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    report = json.loads((home / "out" / "report.json").read_text(encoding="utf-8"))
    reasons = {verdict["reason"] for verdict in report["verdicts"] if verdict["verdict"] == "unknown"}
    assert "needs_administrator" in reasons
