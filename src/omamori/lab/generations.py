"""Real generations of a backup in the lab: what a small database wrote out night after night, of patients that do not exist, kept by restic."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from omamori.gate.error import GateError
from omamori.gate.process import run
from omamori.lab.programs import need_program

WORD = "lab-only-word"
"""The password of every backup in the lab."""
_LONGEST = 120.0
_ROWS = 400
_EARLY = timedelta(hours=7)


def make_generations(repository: Path, work: Path, machine: str, count: int, now: datetime) -> None:
    """Make a repository with a generation for each of the last `count` nights.

    In: where the repository shall lie, a folder of ours for its password and the data (stays, with `password` in it), the host name the
    generations carry, the moment the newest one comes before. GateError with what restic said.
    """
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    password = work / "password"
    password.write_text(f"{WORD}\n", encoding="ascii")
    password.chmod(0o600)
    words = [need_program("restic"), "--quiet", "--no-cache", "--repo", str(repository), "--password-file", str(password)]
    _restic([*words, "init"])
    data = work / "data"
    data.mkdir(exist_ok=True)
    for number in range(count):
        night = now - timedelta(days=count - 1 - number) - _EARLY
        _write(data, number, night)
        # Of nobody's home: the paths in the generations are those of the machine they stand for.
        _restic([*words, "backup", "--host", machine, "--time", night.strftime("%Y-%m-%d %H:%M:%S"), str(data)])


def _write(data: Path, night: int, moment: datetime) -> None:
    """What changes from night to night: the dump grows by a day, one more day's results lie in a file of their own."""
    rows = [f"{row}\tP{row % 97:06}\tvisit {row} on day {row % (night + 1)}" for row in range(_ROWS + 40 * night)]
    dump = ["--", "-- PostgreSQL database dump", "--", "COPY public.karte (id, patient, told) FROM stdin;", *rows, "\\."]
    (data / "ehr.sql").write_text("\n".join(dump) + "\n", encoding="ascii")
    results = "".join(f"P{row:06},WBC,{4000 + 37 * row + night}\n" for row in range(60))
    (data / f"results-{night:02}.csv").write_text(results, encoding="ascii")
    for file in data.iterdir():
        os.utime(file, (moment.timestamp(), moment.timestamp()))


def _restic(words: list[str]) -> None:
    done = run(words, timeout=_LONGEST)
    if done.exit_code != 0:
        told = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise GateError(f"ラボのバックアップを作れません: {told}", f"the lab's backup cannot be made: {told}")
