"""What a scan has done so far, kept in the site so that a stop, Ctrl-C or a power cut costs little and the next run goes on.

`scan/<hash of the approval>/<round>/` holds one record per run (what becomes evidence, written line by line), and `begun`, the addresses
a first packet went to: one that was begun and never told of (the machine lost power) is not asked again in the same round.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TextIO

from omamori.gate.knocked import Knocked, State
from omamori.model.permission import IpAddress
from omamori.snapshot.files import private_folder, write_whole

_RECORD, _STORED = ".jsonl", ".stored"
_BEGUN, _USED = "begun", "used.json"
_PROBE, _ECHO = "probe", "echo"


@dataclass(slots=True)
class Done:
    """What earlier runs of a round did. `partly`: attempts made and states found of addresses that were not ended with; `said`: their lines."""

    whole: set[IpAddress] = field(default_factory=set)
    partly: dict[IpAddress, tuple[Mapping[int, int], Mapping[int, State]]] = field(default_factory=dict)
    lost: set[IpAddress] = field(default_factory=set)
    open_ports: dict[IpAddress, tuple[int, ...]] = field(default_factory=dict)
    probed: set[IpAddress] = field(default_factory=set)
    echoed: set[str] = field(default_factory=set)
    said: dict[IpAddress, Mapping[str, Any]] = field(default_factory=dict)

    def left(self, addresses: Iterable[IpAddress]) -> Iterator[IpAddress]:
        """Yield the addresses that are still to be asked."""
        return (address for address in addresses if address not in self.whole and address not in self.lost)


class Journal:
    """The folder of one approval. Only one process at a time writes it (the scan's lock)."""

    def __init__(self, site: Path, digest: str) -> None:
        """`digest` is the hash of the approval file."""
        self._folder = site / "scan" / digest[:16]

    def new_round(self) -> None:
        """Begin anew: what earlier rounds found stays as evidence, but everything may be asked again."""
        private_folder(self._folder / str(self._round() + 1))

    def _round(self) -> int:
        return max((int(path.name) for path in self._folder.glob("*") if path.name.isascii() and path.name.isdigit()), default=1)

    @property
    def _place(self) -> Path:
        return self._folder / str(self._round())

    def used_seconds(self) -> float:
        """Return how long all runs of this approval took together."""
        try:
            said = json.loads((self._folder / _USED).read_bytes())
            return max(0.0, float(said["seconds"]))
        except (OSError, ValueError, KeyError, TypeError):
            return 0.0

    def use(self, seconds: float) -> None:
        """Count the time all runs took together."""
        write_whole(private_folder(self._folder) / _USED, json.dumps({"seconds": round(seconds, 1)}).encode(), lasting=False)

    def done(self) -> Done:
        """Return what earlier runs of the present round did."""
        done = Done()
        begun: Counter[IpAddress] = Counter()
        for line in _lines(self._place / _BEGUN):
            kind, _, what = line.strip().partition(" ")
            if (address := _address(kind)) is not None:
                begun[address] += 1
            elif kind == _PROBE and (probed := _address(what)) is not None:
                done.probed.add(probed)
            elif kind == _ECHO:
                done.echoed.add(what)
        for path in sorted(self._place.glob(f"*{_RECORD}*")):
            for line in _lines(path):
                if (told := _take(done, line)) is not None:
                    begun[told] -= 1
        # A run that was cut off told nothing of what it had begun, also of what an earlier one told in part.
        done.lost = {address for address, times in begun.items() if times > 0} - done.whole
        for address in done.lost:
            done.partly.pop(address, None)
        return done

    def unstored(self) -> Iterator[Path]:
        """Yield the records of runs that were cut off before they became evidence, of every round."""
        yield from sorted(self._folder.glob(f"*/*{_RECORD}"))

    def stored(self, record: Path) -> None:
        """Note that a record became evidence."""
        record.replace(record.with_name(record.name + _STORED))

    def begin(self, scan: str) -> Record:
        """Begin the record of a run."""
        place = private_folder(self._place)
        return Record(place / f"{scan}{_RECORD}", place / _BEGUN)


class Record:
    """The record of one run, written line by line. Use as a context manager."""

    def __init__(self, path: Path, begun: Path) -> None:
        """`path` becomes the evidence, `begun` says what was begun."""
        self.path = path
        self._file: TextIO = _append(path)
        self._begun: TextIO = _append(begun)

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._begun.close()

    def write(self, said: Mapping[str, Any]) -> None:
        """Add a line."""
        self._file.write(json.dumps(said, ensure_ascii=False) + "\n")
        self._file.flush()

    def begun(self, address: IpAddress) -> None:
        """Note, before the first packet, that an address is begun."""
        self._note(str(address))

    def begun_probe(self, address: IpAddress) -> None:
        """Note, before the first packet, that a server is asked for versions: it is asked once, whatever becomes of this run."""
        self._note(f"{_PROBE} {address}")

    def begun_echo(self, name: str) -> None:
        """Note, before the first packet, that a C-ECHO is sent."""
        self._note(f"{_ECHO} {name}")

    def _note(self, words: str) -> None:
        self._begun.write(f"{words}\n")
        self._begun.flush()


def knocked_json(knocked: Knocked) -> Mapping[str, Any]:
    """Return the line of an address."""
    said: dict[str, Any] = {"address": str(knocked.address), "seen": moment_json(knocked.seen), "answer": knocked.answer}
    if knocked.mac:
        said["mac"] = knocked.mac
    for state in ("open", "closed"):
        ports = sorted(port for port, found in knocked.states.items() if found == state)
        if ports:
            said[state] = ports
    said["attempts"] = knocked.most_attempts
    if not knocked.whole:
        said |= {"whole": False, "asked": {str(port): count for port, count in sorted(knocked.asked.items())}}
    return said


def spans_text(addresses: Iterable[IpAddress], limit: int = 19_000) -> str:
    """Write addresses, which come in order, as ranges; what is beyond `limit` characters is left out as whole ranges."""
    spans: list[list[IpAddress]] = []
    for address in addresses:
        if spans and spans[-1][1].version == address.version and int(spans[-1][1]) + 1 == int(address):
            spans[-1][1] = address
        else:
            spans.append([address, address])
    words: list[str] = []
    for first, last in spans:
        words.append(str(first) if first == last else f"{first}-{last}")
        limit -= len(words[-1]) + 1
        if limit < 0:
            return " ".join(words[:-1])
    return " ".join(words)


def moment_json(moment: datetime) -> str:
    """Write a moment in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _take(done: Done, line: str) -> IpAddress | None:
    """Take a line of a record; returns the address it tells of. One that was harmed is passed over (its address counts as begun, not as done)."""
    try:
        said = json.loads(line)
        if (probed := _address(said.get("probed"))) is not None:
            done.probed.add(probed)
        if isinstance(said.get("echoed"), str):
            done.echoed.add(said["echoed"])
        address = _address(said.get("address"))
        states: dict[int, State] = {int(port): "open" for port in said.get("open", ())}
        states |= {int(port): "closed" for port in said.get("closed", ())}
        asked = {int(port): int(count) for port, count in said.get("asked", {}).items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    if address is None:
        return None
    done.open_ports[address] = tuple(port for port, state in states.items() if state == "open")
    if said.get("whole", True) is True:
        done.whole.add(address)
        if states:
            done.said[address] = said
        done.partly.pop(address, None)
    elif address not in done.whole:
        done.partly[address] = asked, states
    return address


def _address(text: object) -> IpAddress | None:
    try:
        return ip_address(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            yield from stream
    except OSError:
        return


def _append(path: Path) -> TextIO:
    path.touch(mode=0o600)
    return path.open("a", encoding="utf-8", newline="\n")
