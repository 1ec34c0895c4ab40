"""A proof is killed at random moments (`make torture`: many times): nothing outside is touched, the next run cleans up and goes on."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

from omamori.pipeline.backup_manifest import make_manifest
from omamori.pipeline.backup_scratch import approve_scratch
from omamori.pipeline.observer import Silent

TIMES = int(os.environ.get("OMAMORI_TORTURE", "3"))


def told(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        seen = path.lstat()
        digest.update(f"{path} {seen.st_mode} {seen.st_mtime_ns} {seen.st_size}".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def test_a_killed_proof_goes_on_and_cleans_up(tmp_path: Path) -> None:
    copies, site, scratch = tmp_path / "copies", tmp_path / "site", tmp_path / "scratch"
    for number in range(600):
        path = copies / f"d{number % 30:02}" / f"{number}.dat"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(3000))
    make_manifest(copies, copies / "omamori-manifest.sha256", Silent(), stop=threading.Event())
    approve_scratch(site, scratch, "on-server", "A", None)
    command = [sys.executable, "-m", "omamori", "backup", "prove", str(copies), "--all", "--space", "100KiB", "--json"]
    command += ["--scratch", str(scratch), "--site", str(site)]
    before = told(copies)
    began = time.monotonic()
    assert subprocess.run(command, capture_output=True).returncode == 0
    took = time.monotonic() - began
    dice = random.Random(TIMES)
    for _ in range(TIMES):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0, took))
        child.kill()
        child.wait()
        assert told(copies) == before
    done = subprocess.run(command, capture_output=True)
    said = json.loads(done.stdout)
    assert (said["result"], said["files"], said["files_same"], said["files_lacking"]) == ("whole", 601, 600, 0)
    assert [path.name for path in scratch.iterdir()] == [".omamori-in-use"]
    assert not list((site / "unfinished-proofs").iterdir())
    assert told(copies) == before
