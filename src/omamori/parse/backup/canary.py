"""A canary file that was written into the folder of a machine (`omamori backup canary`). No rows: `omamori backup verify` looks for it.

{"omamori_backup_canary": 1, "made": ..., "machine": ..., "job": ..., "path": ..., "sha256": ..., "size": ...}
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime

from omamori.model.look import Parsed
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser

KIND = "backup.canary"
MARK = "omamori_backup_canary"
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Canary:
    """A canary file: when it was written (UTC), for which machine and backup, where, and what it holds. `size` in bytes."""

    made: datetime
    machine: str
    job: str
    path: str
    sha256: str
    size: int

    @property
    def name(self) -> str:
        """Its file name, which no other file has."""
        return re.split(r"[/\\]", self.path)[-1]


def read_canary(data: bytes) -> Canary:
    """Return the record of a canary file; EvidenceError when it is none."""
    try:
        said = json.loads(data)
        if said[MARK] != 1 or not _SHA256.fullmatch(said["sha256"]) or not isinstance(said["size"], int):
            raise ValueError(MARK)
        machine, job, path, sha256 = (str(said[key]) for key in ("machine", "job", "path", "sha256"))
        return Canary(datetime.strptime(said["made"], "%Y-%m-%dT%H:%M:%S"), machine, job, path, sha256, said["size"])
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise EvidenceError(Text("確認用ファイルの記録として読めません", "no record of a canary file")) from None


def parse(data: bytes, context: Context) -> Parsed:
    """Return nothing but that it could be read; EvidenceError when it is no record of a canary file."""
    del context
    read_canary(data)
    return Parsed()


def recognise(head: bytes, file_name: str) -> bool:
    """Return whether a file is such a record, by how it begins."""
    del file_name
    return head.startswith(b'{"' + MARK.encode() + b'": ')


PARSERS = (Parser(kind=KIND, tables=(), parse=parse, recognise=recognise, max_bytes=64 * 1024),)
