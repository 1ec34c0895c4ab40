"""The approval of a scratch place for restored data (`omamori backup scratch`). One JSON object; no rows: `omamori backup prove` reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from omamori.model.look import Parsed
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser

KIND = "backup.scratch"
FORMAT = 1
MARK = "omamori_backup_scratch"
PROTECTIONS = ("encrypted", "on-server", "memory")
_HEAD = b'{"omamori_backup_scratch":'


@dataclass(frozen=True, slots=True)
class Approved:
    """A folder restored patients' data may lie in for a while. `seen`: what the system showed of its protection then; moments UTC."""

    made: datetime
    folder: str
    protection: str
    seen: str
    approved_by: str
    until: datetime | None


def read_approval(data: bytes) -> Approved:
    """Return the approval; `EvidenceError` when it is none, or one of another version: then nothing is approved."""
    try:
        said = json.loads(data)
        made, until = said["made"], said["until"]
        words = {name: said[name] for name in ("folder", "protection", "seen", "approved_by")}
        good = said[MARK] == FORMAT and all(isinstance(word, str) for word in words.values()) and words["protection"] in PROTECTIONS
        if not good or not words["folder"] or not words["approved_by"].strip():
            raise ValueError("not an approval")
        return Approved(
            made=datetime.strptime(made, "%Y-%m-%dT%H:%M:%S"),
            until=datetime.strptime(until, "%Y-%m-%dT%H:%M:%S") if until is not None else None,
            **words,
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise EvidenceError(
            Text(
                "作業場所の承認として読めません。omamori backup scratch で作り直してください",
                "not readable as the approval of a scratch place: make it anew with omamori backup scratch",
            )
        ) from None


def parse(data: bytes, context: Context) -> Parsed:
    """Return nothing for the tables; `EvidenceError` when it is no approval."""
    del context
    read_approval(data)
    return Parsed()


def recognise(head: bytes, file_name: str) -> bool:
    """Return whether a file is such an approval, by how it begins."""
    del file_name
    return head.startswith(_HEAD)


PARSERS = (Parser(kind=KIND, tables=(), parse=parse, recognise=recognise, max_bytes=64 * 1024),)
