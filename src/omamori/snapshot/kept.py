"""What was read of each receipt, kept so that the next snapshot reads only what is new. A cache: it can be deleted.

`cache/readings/<version>/<hash of the receipt>` begins with the hash of the rest of the file; the rest, packed, is a line of JSON
with looks, identifiers and notes, and then the rows as `Staging` takes them. What is harmed, or of another version of
what reads, counts as not there.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from isal import igzip, isal_zlib

from omamori.model.look import Look
from omamori.snapshot.evidence import GZIP, MAX_BLOB, Receipt, receipt_json
from omamori.snapshot.files import private_folder, remove_leftovers, write_whole
from omamori.snapshot.note import Note, note_from_json
from omamori.snapshot.packing import Packed
from omamori.snapshot.reading import Reading

_DIGEST = hashlib.sha256().digest_size
_LEVEL = 1
_PASSING = frozenset({"damaged", "fault"})
"""Notes of what may be otherwise the next time: such a receipt is read anew."""

_HARMED = (OSError, EOFError, LookupError, TypeError, ValueError, AttributeError, RuntimeError, isal_zlib.error)
"""What a file that is not there, or that somebody wrote otherwise, raises."""

Told = Sequence[tuple[Reading, Packed]]
"""What the items of one receipt say, with their rows."""


@dataclass(frozen=True, slots=True)
class KeptReadings:
    """The readings kept in one site by one version of what reads (parsers, model, this floor: see `source_version`)."""

    site: Path
    version: str

    @property
    def _folder(self) -> Path:
        return self.site / "cache" / "readings" / self.version

    def begin(self) -> None:
        """Delete what other versions kept, and what killed runs left unfinished. The site must be locked."""
        with suppress(OSError):  # what cannot be deleted is no obstacle
            for folder in self._folder.parent.glob("*"):
                if folder != self._folder:
                    shutil.rmtree(folder, ignore_errors=True)
            remove_leftovers(self._folder)

    def get(self, receipt: Receipt) -> Told | None:
        """Return what was kept of a receipt; None where there is nothing, or nothing whole."""
        name = _name(receipt)
        try:
            data = (self._folder / name).read_bytes()
            packed = memoryview(data)[_DIGEST:]
            if hashlib.sha256(packed).digest() != data[:_DIGEST]:
                return None
            head, *lines = isal_zlib.decompressobj(wbits=GZIP).decompress(packed, MAX_BLOB).split(b"\n")
            content: Mapping[str, Any] = json.loads(head)
            if content["receipt"] != name:
                return None
            rows = iter(lines)
            return [_read(receipt, one, rows) for one in content["readings"]]
        except _HARMED:  # type: ignore[misc]  # isal's stub calls its class a variable
            return None

    def keep(self, receipt: Receipt, told: Told) -> None:
        """Keep what was read of a receipt; where the disk refuses, or what was read may be otherwise the next time, nothing is kept."""
        if any(note.code in _PASSING for reading, _ in told for note in reading.notes):
            return
        name = _name(receipt)
        head = {"receipt": name, "readings": [_written(reading, packed) for reading, packed in told]}
        lines = (line for _, packed in told for part in packed.lines.values() for line in part)
        content = igzip.compress(b"\n".join((json.dumps(head).encode(), *lines)), _LEVEL, mtime=0)
        try:
            private_folder(self._folder)
            write_whole(self._folder / name, hashlib.sha256(content).digest() + content, lasting=False)
        except OSError:
            return


def _name(receipt: Receipt) -> str:
    """Everything that is known of an item besides its bytes is in its receipt, and the hash of its bytes too."""
    return hashlib.sha256(receipt_json(receipt)).hexdigest()


def _written(reading: Reading, packed: Packed) -> dict[str, Any]:
    return {
        "number": reading.number,
        "seen": reading.seen.isoformat(),
        "looks": [asdict(look) | {name: _stamp(getattr(look, name)) for name in _MOMENTS} for look in reading.looks],
        "identifiers": reading.identifiers,
        "claims": reading.claims,
        "speaker": reading.speaker,
        "said_on": reading.said_on.isoformat() if reading.said_on else None,
        "notes": [note.as_json() for note in reading.notes],
        "names": packed.names,
        "met": packed.met,
        "lines": {table: len(lines) for table, lines in packed.lines.items()},
    }


def _read(receipt: Receipt, content: Mapping[str, Any], rows: Iterator[bytes]) -> tuple[Reading, Packed]:
    looks = tuple(
        Look(**(one | {"missing": tuple(one["missing"])} | {name: _moment(one[name]) for name in _MOMENTS})) for one in content["looks"]
    )
    claims = tuple((str(name), tuple(identifiers)) for name, identifiers in content["claims"])
    notes: tuple[Note, ...] = tuple(note_from_json(one) for one in content["notes"])
    seen = datetime.fromisoformat(content["seen"])
    identifiers, speaker = tuple(content["identifiers"]), str(content["speaker"])
    said_on = date.fromisoformat(content["said_on"]) if content["said_on"] else None
    reading = Reading(receipt, content["number"], seen, looks, identifiers, claims, notes, speaker, said_on)
    lines = {table: tuple(next(rows) for _ in range(count)) for table, count in content["lines"].items()}
    met = tuple((str(address), str(mac), str(starts), str(ends)) for address, mac, starts, ends in content["met"])
    return reading, Packed(lines, tuple(content["names"]), met)


_MOMENTS = ("covers_since", "covers_until")


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
