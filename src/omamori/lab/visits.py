"""Reads what the lab's own listeners wrote down: who came to which port, and every byte they brought. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """One connection: the port it came to, how that port answers, who came, when, and what was received."""

    port: int
    manner: str
    peer: str
    opened: datetime
    received: bytes
    closed: bool


def read_visits(lines: Iterable[str]) -> list[Visit]:
    """Return the visits in the order they came. In: the lines of a listener's log; one may be cut off at the end."""
    opened: dict[int, Visit] = {}
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # the program was ended in the middle of a line
        number = event["connection"]
        if event["event"] == "open":
            moment = datetime.fromisoformat(event["time"])
            opened[number] = Visit(event["port"], event["manner"], event["peer"], moment, b"", False)
            continue
        visit = opened[number]
        more = bytes.fromhex(event.get("data", ""))
        opened[number] = Visit(visit.port, visit.manner, visit.peer, visit.opened, visit.received + more, event["event"] == "close")
    return list(opened.values())
