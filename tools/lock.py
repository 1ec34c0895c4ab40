"""Pin the versions anew: `uv.lock` and, from it, `locked/*.txt` for pip (`make lock`).

The machine's own pip settings stay out: only the public default index is asked, so that the lock
file names no place that other people cannot reach.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUPS = {
    "run": ("--no-default-groups", "--group", "build"),
    "dev": ("--no-default-groups", "--group", "build", "--group", "test", "--group", "lint"),
    "system": ("--no-default-groups", "--group", "build", "--group", "test", "--group", "lint", "--group", "system"),
    "release": ("--no-default-groups", "--group", "build", "--group", "test", "--group", "lint", "--group", "release"),
}
"""File in `locked/` → what it holds, as arguments of `uv export`."""

HEADER = """\
# Pinned versions and hashes for pip, written from uv.lock by `make lock`. Do not edit.
"""


def main() -> int:
    """Write `uv.lock` and `locked/*.txt`; return the exit code."""
    uv = Path(sys.executable).parent / "uv"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    environment |= {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_CONFIG": "1"}
    lock: list[str | Path] = [uv, "lock", "--project", ROOT, "--system-certs", *sys.argv[1:]]
    subprocess.run(lock, check=True, env=environment)
    export: list[str | Path] = [uv, "export", "--project", ROOT, "--frozen", "--no-emit-project", "--no-header", "--no-annotate"]
    for name, groups in GROUPS.items():
        text = subprocess.run([*export, *groups], check=True, env=environment, capture_output=True, text=True).stdout
        (ROOT / "locked" / f"{name}.txt").write_text(HEADER + text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
