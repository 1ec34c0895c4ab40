"""A password given as an argument never leaves the machine: the probe keeps only the options that are judged."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import omamori

PROBE = Path(omamori.__file__).parent / "collect" / "linux" / "probes" / "server_settings.sh"
SECRET = "Hunter2xyzQ9"


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (
            ["x11vnc", "-passwd", SECRET, "-nopw", "-localhost", "-rfbauth", "/root/.vnc/passwd"],
            "-nopw -localhost -rfbauth /root/.vnc/passwd",
        ),
        (["Xvnc", ":1", "-SecurityTypes", "None"], "-SecurityTypes None"),
        (["Xvnc", "--SecurityTypes=None", f"--password={SECRET}"], "--SecurityTypes=None"),
        (["dockerd", "-H", "fd://", "--host=tcp://0.0.0.0:2375", f"--log-opt=key={SECRET}"], "-H fd:// --host=tcp://0.0.0.0:2375"),
        (["redis-server", "--requirepass", SECRET], ""),
        (["rsync", f"rsync://bob:{SECRET}@10.0.0.1/x"], ""),
        (["x11vnc", f"-passwd\n{SECRET}"], ""),
    ],
)
def test_only_judged_options_leave_the_machine(arguments: list[str], kept: str) -> None:
    functions = PROBE.read_text(encoding="utf-8").partition("\nsettings_processes()")[0]
    done = subprocess.run(
        [shutil.which("sh") or "/bin/sh", "-c", f"{functions}\ntr '\\0\\n' '\\n ' | settings_options"],
        input="\0".join(arguments).encode() + b"\0",
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.decode().strip() == kept
