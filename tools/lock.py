"""Pin the versions anew: `uv.lock` and, from it, `locked/*.txt` for pip (`make lock`; `ARGS=--upgrade` for the newest of all).

Neither names a place on the Internet: `uv.lock` refers to a folder `wheels/`, every file by name and
hash. pip (`make setup`) needs no such folder; uv does: `pip download --no-deps --require-hashes -r
locked/dev.txt -d wheels`, then `uv sync --frozen`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUPS = {
    "run": ("--no-default-groups", "--group", "build"),
    "dev": ("--no-default-groups", "--group", "build", "--group", "test", "--group", "lint"),
    "system": ("--no-default-groups", "--group", "build", "--group", "test", "--group", "lint", "--group", "system"),
    "winrm": ("--no-default-groups", "--group", "build", "--extra", "winrm"),
    "dicom": ("--no-default-groups", "--group", "build", "--extra", "dicom"),
    "paper": ("--no-default-groups", "--group", "build", "--extra", "paper"),
    "windows": ("--no-default-groups", "--group", "windows", "--extra", "winrm"),
    "windows-paper": ("--no-default-groups", "--group", "windows", "--extra", "winrm", "--extra", "paper"),
    "bench": ("--no-default-groups", "--group", "build", "--group", "bench"),
    "release": ("--no-default-groups", "--group", "build", "--group", "test", "--group", "lint", "--group", "release"),
}
"""File in `locked/` → what it holds, as arguments of `uv export`."""

HEADER = """\
# Pinned versions and hashes for pip, written from uv.lock by `make lock`. Do not edit.
"""


NEEDED = ("pyproject.toml", "README.md", "LICENSE", "src/omamori/__init__.py")
"""What uv has to see of the project to resolve it."""


def main() -> int:
    """Write `uv.lock` and `locked/*.txt`; return the exit code."""
    uv = Path(sys.executable).parent / "uv"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    environment |= {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_CONFIG": "1"}
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch)
        for name in NEEDED:
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, project / name)
        (project / "uv.lock").write_text(with_hosts((ROOT / "uv.lock").read_text(encoding="utf-8")), encoding="utf-8")
        lock: list[str | Path] = [uv, "lock", "--project", project, "--system-certs", *sys.argv[1:]]
        subprocess.run(lock, check=True, env=environment)
        export: list[str | Path] = [uv, "export", "--project", project, "--frozen", "--no-emit-project", "--no-header", "--no-annotate"]
        for name, groups in GROUPS.items():
            text = subprocess.run([*export, *groups], check=True, env=environment, capture_output=True, text=True).stdout
            (ROOT / "locked" / f"{name}.txt").write_text(HEADER + text, encoding="utf-8")
        (ROOT / "uv.lock").write_text(without_hosts((project / "uv.lock").read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def with_hosts(lock: str) -> str:
    """Return the text of a lock file as uv wants it, so that it keeps the versions in it: the addresses need only look like some."""
    return re.sub(
        r'path = "([^"]+)"',
        r'url = "https://wheels.invalid/\1"',
        lock.replace('registry = "wheels"', 'registry = "https://wheels.invalid"'),
    )


def without_hosts(lock: str) -> str:
    """Return the text of a lock file with the index replaced by the folder `wheels` and addresses by file names."""
    local = re.sub(r'registry = "https?://[^"]+"', 'registry = "wheels"', lock)
    return re.sub(r'url = "https?://[^"]*/([^/"]+)"', r'path = "\1"', local)


if __name__ == "__main__":
    sys.exit(main())
