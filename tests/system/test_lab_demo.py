"""`omamori lab demo`: the whole job on real servers in one command, and nothing of the lab left afterwards."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.system


def command(*words: str) -> tuple[list[str], dict[str, str]]:
    """A command of a user with the code that is tested, and its environment."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/root", "LANG": "C.UTF-8", "OMAMORI_LANG": "en"}
    if "PYTHONPATH" in os.environ:
        environment["PYTHONPATH"] = os.environ["PYTHONPATH"]
    return [sys.executable, "-P", "-m", "omamori", *words], environment


def namespaces(name: str) -> list[str]:
    said = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True).stdout
    return [line for line in said.splitlines() if line.startswith(f"lab-{name}-")]


@pytest.fixture
def name() -> str:
    return f"d{secrets.token_hex(3)}"


def test_the_whole_job_in_one_command(name: str, tmp_path: Path) -> None:
    words, environment = command("lab", "demo", "--shape", "healthy", "--name", name, "--out", str(tmp_path))
    done = subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, (done.stdout[-3000:], done.stderr[-3000:])
    took = re.findall(r"^ +(\d+\.\d) s  (.+)$", done.stdout[done.stdout.index("How long it took") :], re.MULTILINE)
    parts = [part for _, part in took]
    assert parts[0] == "Bring the lab hospital up"
    assert parts[-1] == "Take the lab down"
    assert len(parts) == 9
    report = tmp_path / "healthy" / "report"
    assert str(report / "report.html") in done.stdout
    told = json.loads((report / "report.json").read_text("utf-8"))
    seen = {verdict["subject"] for verdict in told["verdicts"] if verdict["verdict"] in ("pass", "fail")}
    assert len(seen) > 10, "machines were really looked at"
    tables = max((tmp_path / "healthy/site/snapshots").glob("*/tables.duckdb"), key=lambda path: path.stat().st_mtime_ns)
    with duckdb.connect(str(tables), read_only=True) as connection:
        alone = connection.execute("select asset from hosts where asset not in (select asset from ledger_assets)").fetchall()
        (flows,) = connection.execute("select count(*) from flows").fetchone() or (0,)
    assert alone == [], "what was looked at over SSH and scanned is the machine of the ledger"
    assert flows > 0, "the firewalls' log was taken in"
    with duckdb.connect(str(tables), read_only=True) as connection:
        copies = connection.execute("select fate, offline_by, generations from backup_posture where generations_seen").fetchall()
    assert copies and copies[0][0] != "lost" and copies[0][2] == 5, "the repository of the backup server was read"
    assert namespaces(name) == []
    assert not Path("/run/omamori-lab", name).exists()


def test_ctrl_c_takes_the_lab_down(name: str, tmp_path: Path) -> None:
    words, environment = command("lab", "demo", "--name", name, "--out", str(tmp_path))
    with subprocess.Popen(
        words,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as demo:
        assert demo.stdout is not None
        for line in demo.stdout:
            if line.startswith("■ Look at"):
                break
        assert namespaces(name)
        time.sleep(1.0)  # the looking has begun
        os.killpg(demo.pid, signal.SIGINT)
        said = demo.stdout.read()
        assert demo.wait(120) == 3, said
    assert "Take the lab down" in said
    assert "Traceback" not in said
    assert namespaces(name) == []
