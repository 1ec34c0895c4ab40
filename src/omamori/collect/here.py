"""Looks at this machine: runs the collection script and returns what it prints."""

from __future__ import annotations

import re
import sys
from datetime import date
from typing import Protocol

from omamori import __version__
from omamori.collect.linux.script import collection_script
from omamori.gate.error import GateError
from omamori.gate.process import run
from omamori.model.text import Text

TIMEOUT = 300.0
"""Seconds for the whole look; it takes a few."""
MAX_OUTPUT = 256 * 1024 * 1024
_STEP = re.compile(r"\[(\d{1,3})/(\d{1,3})\] ")


class Observer(Protocol):
    """Hears how far the look is."""

    def progress(self, done: int, total: int) -> None:
        """`done` of `total` probes have begun."""

    def told(self, text: Text) -> None:
        """Something a person should know."""


def collect_here(observer: Observer) -> bytes:
    """Return the kit result of this machine. Reads only; without root it sees less and says so.

    GateError on a machine that is not Linux, or when nothing came back. A look that took too long is returned as far
    as it came: the reader tells what is missing.
    """
    if not sys.platform.startswith("linux"):
        raise GateError(
            "この機器は Linux ではないため、ここでは調べられません。omamori kit で収集キットを作ってください。",
            "This machine is not Linux and cannot be looked at from here. Make a collection kit with omamori kit.",
        )

    def hear(line: str) -> None:
        step = _STEP.match(line)
        if step:
            observer.progress(int(step[1]), int(step[2]))

    script = collection_script(__version__, date.today().isoformat())
    done = run(("sh", "-s", "--", "-"), input=script, timeout=TIMEOUT, max_output=MAX_OUTPUT, hear=hear)
    if not done.stdout.startswith(b"OMAMORI-KIT-RESULT"):
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
        raise GateError(
            f"この機器を調べられませんでした({said})。sh を実行できるか確認してください。",
            f"This machine could not be looked at ({said}). See whether sh can be run.",
        )
    if done.timed_out:
        observer.told(
            Text("時間内に調べ終わりませんでした。見えた分だけを使います。", "The look did not end in time: what was seen is used.")
        )
    return done.stdout
