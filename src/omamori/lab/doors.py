"""How a service is made of the lab's own listeners: the file of doors it writes and the program to run."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import omamori
from omamori.lab.interface import Daemon, Place


@dataclass(frozen=True, slots=True)
class DoorPlan:
    """A TCP port and how it answers: a name of `omamori.lab.listener.MANNERS` with its options."""

    port: int
    manner: str
    options: Mapping[str, Any] = field(default_factory=dict)


def log_of(place: Place, service: str) -> Path:
    """Return where the listener of a service writes down its visitors."""
    return place.folder / service / "visits.jsonl"


def listen(place: Place, service: str, plans: Sequence[DoorPlan]) -> tuple[Daemon, ...]:
    """Write the doors of a service into its folder and return the program that opens them: this Python and this code."""
    if not plans:
        return ()
    log = log_of(place, service)
    log.parent.mkdir(exist_ok=True)
    config = log.with_name("doors.json")
    config.write_text(json.dumps([asdict(plan) for plan in plans]), encoding="utf-8")
    # -S: the listener needs the standard library only, and 30 of them start at once.
    argv = (sys.executable, "-S", "-P", "-m", "omamori.lab.listener", str(config), str(log))
    code = str(Path(omamori.__file__).resolve().parents[1])
    return (Daemon(argv, ready=("tcp", plans[-1].port), environment={"PYTHONPATH": code}),)
