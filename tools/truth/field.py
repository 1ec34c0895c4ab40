"""Places in a lab that packets are sent from and arrive at, and the attempts between them. Linux, root.

A place is a network namespace with a process that listens on every port of the list (where nobody else does) and one that tries. From
a place there are ways: a source address, and whose hands the packets are put into first. An intruder chooses his gateway, so there
is a way for each device on the segment that passes packets on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

_KNOCKER = Path(__file__).with_name("knocker.py")
_SECONDS = 2.4
"""How long the last attempts of a round are waited for: TCP repeats a lost packet after one second."""


@dataclass(frozen=True, slots=True)
class Way:
    """How packets leave a place: their source, the mark that routes them, and where they come in at the first device.

    `device` and `interface`: the hostname and the interface of the device whose packets they become; None where they leave by the
    place's own routes. `network`: that of the segment the place is on, None where packets come out of a tunnel.
    """

    place: str
    number: int
    source: str
    mark: int = 0
    device: str | None = None
    interface: str | None = None
    network: str | None = None

    def __str__(self) -> str:
        """For people."""
        by = f" by {self.device}[{self.interface}]" if self.device else ""
        return f"{self.place} {self.source}{by}"


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt: a TCP connection, or a UDP letter that is to come back. `source_port` 0: any usual one."""

    way: Way
    protocol: str
    address: str
    port: int
    source_port: int = 0

    def __str__(self) -> str:
        """For people."""
        by = f" from port {self.source_port}" if self.source_port else ""
        return f"{self.way} -> {self.protocol} {self.address}:{self.port}{by}"


@dataclass(frozen=True, slots=True)
class Place:
    """A namespace: `enter` are the words that put a command inside it; it listens on `addresses` (none: it does not)."""

    name: str
    enter: tuple[str, ...]
    addresses: tuple[str, ...]
    ways: tuple[Way, ...] = ()
    pause: float = 0.003
    """Seconds between 50 packets: a tunnel takes fewer than a cable."""


@dataclass(slots=True)
class Field:
    """Places that stand; a context that ends their processes."""

    places: Sequence[Place]
    tcp: Sequence[int]
    udp: Sequence[int]
    untried: frozenset[tuple[str, int]] = frozenset()
    """(address, UDP port) that somebody else listens on: nothing would be echoed."""
    rounds: int = 0
    attempts: int = 0
    _listeners: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    _knockers: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    def __enter__(self) -> Field:
        """Start every process."""
        for place in self.places:
            if place.addresses:
                self._listeners[place.name] = _start(place, "listen")
                _say(self._listeners[place.name], {"addresses": place.addresses, "tcp": list(self.tcp), "udp": list(self.udp)})
            if place.ways:
                self._knockers[place.name] = _start(place, "knock")
        taken = [_hear(process)["taken"] for process in self._listeners.values()]
        self.untried = frozenset((address, port) for one in taken for address, port in one["udp"])
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End every process."""
        for process in (*self._listeners.values(), *self._knockers.values()):
            process.kill()
            process.wait()

    def tries(self, ways: Iterable[Way], addresses: Iterable[str]) -> list[Try]:
        """Return every attempt from ways to addresses that can be told the outcome of; nobody tries himself."""
        own = {place.name: place.addresses for place in self.places}
        chosen = list(addresses)
        ports = [("tcp", port) for port in self.tcp] + [("udp", port) for port in self.udp]
        return [
            Try(way, protocol, address, port)
            for way in ways
            for address in chosen
            if address not in own[way.place]
            for protocol, port in ports
            if protocol == "tcp" or (address, port) not in self.untried
        ]

    def knock(self, tries: Sequence[Try]) -> set[Try]:
        """Make attempts, all places at once; returns those that succeeded."""
        pauses = {place.name: place.pause for place in self.places}
        by_place: dict[str, list[Try]] = {}
        for one in tries:
            by_place.setdefault(one.way.place, []).append(one)
        for place, mine in by_place.items():
            raw = [(one.way.number, one.way.source, one.way.mark, one.protocol, one.address, one.port, one.source_port) for one in mine]
            _say(self._knockers[place], {"place": place, "pause": pauses[place], "tries": raw, "seconds": _SECONDS})
        self.rounds += 1
        self.attempts += len(tries)
        return {mine[number] for place, mine in by_place.items() for number in _hear(self._knockers[place])}

    def arrived(self) -> set[tuple[str, int, str, int]]:
        """Return the letters that have arrived anywhere: place and number of the way, address and port they were sent to."""
        found = set()
        for process in self._listeners.values():
            _say(process, {})
            words = [letter.split() for letter in _hear(process)["arrived"]]
            found |= {(one[0], int(one[1]), one[3], int(one[4])) for one in words if len(one) == 5}
        return found


def _start(place: Place, work: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*place.enter, sys.executable, "-S", "-P", str(_KNOCKER), work],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _say(process: subprocess.Popen[str], task: Any) -> None:
    stdin = cast(IO[str], process.stdin)
    stdin.write(json.dumps(task) + "\n")
    stdin.flush()


def _hear(process: subprocess.Popen[str]) -> Any:
    line = cast(IO[str], process.stdout).readline()
    if not line:
        raise RuntimeError(f"a process in a place ended: {process.args!r}")
    return json.loads(line)
