"""The record of one restore that was really done and compared (`omamori backup prove`) → `restore_proofs`. One JSON object, a key on each line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from omamori.model.backup import COMPARED, PROOF_RESULTS, RestoreProof
from omamori.model.look import Look, Parsed
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser

KIND = "backup.proof"
FORMAT = 1
MARK = "omamori_backup_proof"
_HEAD = b'{"omamori_backup_proof":'
_TABLE = "restore_proofs"
_RESULTS = tuple(value.code for value in PROOF_RESULTS)
_COMPARED = tuple(value.code for value in COMPARED)
_SCOPES = ("all", "sample")
_WORDS = 200
_MOST = 2**62


def read_proof(data: bytes) -> Mapping[str, Any]:
    """Return the record as it was written, nothing checked but its form. `EvidenceError` when it is none of this version."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get(MARK) != FORMAT:
        raise EvidenceError(
            Text(
                "この版では読めない復元の記録です。作った omamori と同じ版で読んでください",
                "a record of a restore of another version: read it with the omamori that made it",
            )
        )
    return MappingProxyType(said)


def parse(data: bytes, context: Context) -> Parsed:
    """Return the restore that was proven, under the name of the machine as it was said, else of the host the generation names."""
    said = read_proof(data)
    of, repository, generation = _part(said, "of"), _part(said, "repository"), _part(said, "generation")
    database, scratch = _part(said, "database"), _part(said, "scratch")
    asset = _words(of.get("machine")) or _words(generation.get("host")) or "?"
    result, scope = said.get("result"), said.get("scope")
    understood = (
        result in _RESULTS and scope in _SCOPES and said.get("compared_with") in _COMPARED and _moment(said.get("ended")) is not None
    )
    claims = ((asset, () if asset == "?" else (f"name:{asset.lower()}",)),)
    if not understood:
        return Parsed(looks=(Look(_TABLE, asset=asset, complete=False, reason="not_understood"),), claims=claims)
    row = RestoreProof(
        asset=asset,
        job=_words(of.get("job")) or _words(repository.get("kind")) or "",
        repository=_words(repository.get("id")) or "",
        generation=_words(generation.get("id")) or "",
        generation_finished=_moment(generation.get("finished")),
        began=_moment(said.get("began")),
        ended=_moment(said.get("ended")),
        result=str(result),
        because=_words(said.get("because")),
        compared_with=str(said.get("compared_with")),
        scope=str(scope),
        files=_count(said.get("files")),
        files_same=_count(said.get("files_same")),
        files_differ=_count(said.get("files_differ")),
        files_lacking=_count(said.get("files_lacking")),
        bytes=_count(said.get("bytes")),
        share=_real(said.get("share"), 1.0),
        seconds=_real(said.get("seconds")),
        whole_seconds=_real(said.get("whole_seconds")),
        database=_database(database),
        database_ok=_truth(database.get("ok")),
        wiped=_truth(scratch.get("wiped")),
        said_by=_words(said.get("said_by")),
        evidence="1",
    )
    return Parsed(
        rows=(row,),
        looks=(Look(_TABLE, asset=asset, covers_since=row.began, covers_until=row.ended),),
        claims=claims,
    )


def _database(said: Mapping[str, Any]) -> str | None:
    return " ".join(filter(None, (_words(said.get("name")), _words(said.get("version"))))) or None


def _part(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = said.get(name)
    return found if isinstance(found, dict) else MappingProxyType({})


def _words(said: object) -> str | None:
    text = said if isinstance(said, str) else ""
    return "".join(char for char in text if char.isprintable())[:_WORDS].strip() or None


def _truth(said: object) -> bool | None:
    return said if isinstance(said, bool) else None


def _count(said: object) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 <= said < _MOST else None


def _real(said: object, most: float = 1e12) -> float | None:
    # Compared before anything else: a whole number of JSON may be larger than any float.
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 <= said <= most:
        return None
    return float(said)


def _moment(said: object) -> datetime | None:
    try:
        return datetime.strptime(str(said), "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return None


def recognise(head: bytes, file_name: str) -> bool:
    """Return whether a file is such a record, by how it begins."""
    del file_name
    return head.startswith(_HEAD)


PARSERS = (Parser(kind=KIND, tables=(_TABLE,), parse=parse, recognise=recognise, max_bytes=256 * 1024),)
