"""How far an unfinished proof is, kept in the site: counts and hashes, no name of a file. The next run with the same choice goes on from it."""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from omamori.backup.proof.record import Database
from omamori.snapshot.files import private_folder, remove_leftovers, write_whole

FOLDER = "unfinished-proofs"
_FORMAT = 1
_KEPT_SECONDS = 30 * 86_400
_WRITTEN_SECONDS = 60.0
"""After which nobody is still writing a journal."""


@dataclass(slots=True)
class Sofar:
    """What is done of a proof: batches, and what came of them. `began` in UTC; seconds are added over the runs; `space`: bytes of a batch."""

    began: datetime
    batches: int = 0
    files: int = 0
    same: int = 0
    differ: int = 0
    lacking: int = 0
    uncompared: int = 0
    bytes: int = 0
    seconds: float = 0.0
    restore_seconds: float = 0.0
    space: int = 0
    trouble: str = ""
    database: Database | None = None


def choice_key(*words: object) -> str:
    """Return the name of the journal of a choice: repository, generation, part of the round, space, list of hashes."""
    return hashlib.sha256(json.dumps([str(word) for word in words]).encode()).hexdigest()[:32]


class Journal:
    """The journal of one choice."""

    def __init__(self, site: Path, repository: str, key: str) -> None:
        """`repository`: its identity; only journals of the same one are ever looked at."""
        self._folder = site / FOLDER
        self._prefix = hashlib.sha256(repository.encode()).hexdigest()[:16]
        self._path = self._folder / f"{self._prefix}-{key}.json"

    def read(self, now: datetime) -> Sofar:
        """Return what is done; nothing when there is no journal, or it was harmed."""
        try:
            said = json.loads(self._path.read_bytes())
            if said.pop("format") != _FORMAT or set(said) != {one.name for one in fields(Sofar)}:
                return Sofar(now)
            began = datetime.fromisoformat(said.pop("began"))
            trouble, database = str(said.pop("trouble")), said.pop("database")
            if any(isinstance(value, bool) or not isinstance(value, int | float) or value < 0 for value in said.values()):
                return Sofar(now)
            return Sofar(began=began, trouble=trouble, database=Database(**database) if database else None, **said)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Sofar(now)

    def forget_old(self) -> None:
        """Delete what nobody went on with for a month, of the same repository, and what was being written when a run was killed."""
        if self._folder.is_dir():
            remove_leftovers(self._folder, older_than_seconds=_WRITTEN_SECONDS)
        limit = time.time() - _KEPT_SECONDS
        for path in self._folder.glob(f"{self._prefix}-*.json"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    path.unlink()

    def write(self, done: Sofar) -> None:
        """Keep how far it is. OSError when the site cannot be written."""
        said = asdict(done) | {"format": _FORMAT, "began": done.began.isoformat()}
        write_whole(private_folder(self._folder) / self._path.name, json.dumps(said).encode())

    def done(self) -> None:
        """Forget it: the proof is stored, or begins anew."""
        self._path.unlink(missing_ok=True)
