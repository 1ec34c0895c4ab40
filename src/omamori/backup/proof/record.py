"""What a restore came to, and how it is written down: counts, moments and seconds; never the name of a restored file or a value out of a database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from omamori import __version__
from omamori.parse.backup.proof import FORMAT, MARK
from omamori.parse.backup.scratch import FORMAT as SCRATCH_FORMAT
from omamori.parse.backup.scratch import MARK as SCRATCH_MARK
from omamori.parse.backup.scratch import Approved


@dataclass(frozen=True, slots=True)
class Database:
    """What became of the database that was started on the restored copy. `expected` None: nothing to hold the answer against was given.

    `ok` None: it could not be tried here, which says nothing about the backup.
    """

    name: str
    version: str
    started: bool
    query_sha256: str | None
    expected: bool | None
    ok: bool | None
    said: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """One restore. `begun_at` and `done_to`: the part of the round it covered, from 0 to 1; `uncompared`: restored files no list names,
    or that were written after the list that lies in the backup and differ from it.

    Moments in UTC without zone; seconds and bytes; None: not known.
    """

    machine: str
    job: str
    repository_kind: str
    repository_id: str
    repository_target: str
    generation: str
    generation_finished: datetime | None
    generation_host: str
    began: datetime
    ended: datetime
    result: str
    because: str | None
    compared_with: str
    manifest_sha256: str | None
    scope: str
    files: int
    files_same: int | None
    files_differ: int | None
    files_lacking: int
    uncompared: int
    bytes: int
    share: float | None
    seconds: float
    restore_seconds: float
    whole_seconds: float | None
    whole_files: int
    whole_bytes: int
    begun_at: float
    done_to: float
    round_began: datetime
    database: Database | None
    protection: str
    seen: str
    approved_by: str
    wiped: bool
    said_by: str


def proof_json(proof: Proof) -> bytes:
    """Return the record as it is stored: UTF-8, a key on each line."""
    database = proof.database
    return _lines(
        {
            MARK: FORMAT,
            "made": moment_json(proof.ended),
            "version": __version__,
            "of": {"machine": proof.machine, "job": proof.job},
            "repository": {"kind": proof.repository_kind, "id": proof.repository_id, "target": proof.repository_target},
            "generation": {
                "id": proof.generation,
                "finished": moment_json(proof.generation_finished),
                "host": proof.generation_host,
                "files": proof.whole_files,
                "bytes": proof.whole_bytes,
            },
            "began": moment_json(proof.began),
            "ended": moment_json(proof.ended),
            "result": proof.result,
            "because": proof.because,
            "compared_with": proof.compared_with,
            "manifest_sha256": proof.manifest_sha256,
            "scope": proof.scope,
            "round": {"began": moment_json(proof.round_began), "from": proof.begun_at, "to": proof.done_to},
            "files": proof.files,
            "files_same": proof.files_same,
            "files_differ": proof.files_differ,
            "files_lacking": proof.files_lacking,
            "files_uncompared": proof.uncompared,
            "bytes": proof.bytes,
            "share": proof.share,
            "seconds": proof.seconds,
            "restore_seconds": proof.restore_seconds,
            "whole_seconds": proof.whole_seconds,
            "database": None if database is None else {name: getattr(database, name) for name in Database.__slots__},
            "scratch": {"protection": proof.protection, "seen": proof.seen, "approved_by": proof.approved_by, "wiped": proof.wiped},
            "said_by": proof.said_by,
        }
    )


def approval_json(approved: Approved) -> bytes:
    """Return the approval of a scratch place as it is stored."""
    return _lines(
        {
            SCRATCH_MARK: SCRATCH_FORMAT,
            "made": moment_json(approved.made),
            "folder": approved.folder,
            "protection": approved.protection,
            "seen": approved.seen,
            "approved_by": approved.approved_by,
            "until": moment_json(approved.until),
        }
    )


def moment_json(moment: datetime | None) -> str | None:
    """Write a moment in UTC."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%S")


def _lines(said: Mapping[str, Any]) -> bytes:
    parts = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in said.items())
    return ("{" + ",\n".join(parts) + "}\n").encode("utf-8", "backslashreplace")
