"""A folder that goes away ends what reads it; the user's own stop is told apart; nothing is ended without need."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from omamori.backup.departure import departure
from omamori.gate.process import run
from omamori.gate.stream import stream

ENDLESS = [sys.executable, "-c", "import time\nwhile True: time.sleep(1)"]


def test_a_program_ends_when_what_it_reads_has_gone(tmp_path: Path) -> None:
    place = tmp_path / "config"
    place.write_bytes(b"x")
    timer = threading.Timer(0.7, place.unlink)
    timer.start()
    with departure(lambda: not place.exists(), threading.Event()) as leave:
        done = run(ENDLESS, timeout=120, stop=leave)
    timer.join()
    assert (done.stopped, done.timed_out, leave.went(), leave.by_user()) == (True, False, True, False)
    with departure(lambda: not place.exists(), None) as leave, stream(ENDLESS, timeout=120, stop=leave) as running:
        assert running.end().stopped
        assert (running.stopped, leave.went()) == (True, True)


def test_the_users_stop_is_heeded_while_a_look_hangs() -> None:
    hangs, stop = threading.Event(), threading.Event()
    timer = threading.Timer(0.7, stop.set)
    timer.start()
    with departure(lambda: hangs.wait() and False, stop) as leave:
        done = run(ENDLESS, timeout=120, stop=leave)
    timer.join()
    hangs.set()
    assert (done.stopped, leave.went(), leave.by_user()) == (True, False, True)


def test_one_look_that_fails_or_a_place_far_away_ends_nothing() -> None:
    looks = iter([True, False, True, False])
    enough = threading.Event()

    def late() -> bool:
        look = next(looks, None)
        if look is None:
            enough.set()
        return bool(look)

    with departure(late, None) as leave:
        enough.wait(60)
        assert (enough.is_set(), leave.is_set(), leave.went()) == (True, False, False)
    with departure(None, None) as leave:
        assert run([sys.executable, "-c", ""], timeout=120, stop=leave).exit_code == 0
        assert not leave.is_set()
