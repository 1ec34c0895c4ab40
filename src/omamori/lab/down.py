"""Takes a lab down: its processes, its namespaces, its folder. Whatever state it is in, nothing is left behind."""

from __future__ import annotations

import errno
import shutil
import time
from contextlib import suppress
from pathlib import Path

from omamori.gate.namespaces import end_inside
from omamori.gate.process import run
from omamori.lab.fields import LabError
from omamori.lab.state import State

_PATIENCE = 30.0
"""Seconds a program outside the namespaces may go on writing: one that a killed `lab up` had started ends by itself."""


def take_down(state: State) -> None:
    """End everything that lives in the lab's namespaces, then the namespaces, then the folder. LabError when something stays."""
    left = end_inside(state.namespace_files())
    if left:
        numbers = " ".join(map(str, sorted(left)))
        raise LabError(f"終わらないプロセスがあります: {numbers}", f"processes that do not end: {numbers}")
    there = [file.name for file in state.namespace_files() if file.exists()]
    done = run(["ip", "-batch", "-"], input="".join(f"netns del {name}\n" for name in there).encode()) if there else None
    if done is not None and done.exit_code != 0:
        said = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise LabError(f"名前空間を消せません: {said}", f"the namespaces cannot be removed: {said}")
    _remove(state.folder)
    with suppress(OSError):
        # Only where no other lab stands.
        state.folder.parent.rmdir()


def _remove(folder: Path) -> None:
    """Remove the folder; again while something still writes into it. OSError where it does not stop."""
    until = time.monotonic() + _PATIENCE
    while folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.ENOENT) or time.monotonic() > until:
                raise
            time.sleep(0.1)
