"""The record of one DICOM C-ECHO that an approval allowed by name → `dicom_answers`. One JSON object."""

from __future__ import annotations

import json
from datetime import datetime

from omamori.model.look import Look, Parsed
from omamori.model.sightings import DicomAnswer
from omamori.model.text import Text
from omamori.parse.addresses import ip
from omamori.parse.interface import Context, EvidenceError, Parser

KIND = "scan.dicom"
FORMAT = 1
_MARK = b'{"omamori": "scan.dicom"'
_WORDS = 64


def parse(data: bytes, context: Context) -> Parsed:
    """Return the answer. Where nobody took the connection there is no answer and the look is not complete."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        said = None
    known = ip(str(said.get("address"))[:64]) if isinstance(said, dict) else None
    if not isinstance(said, dict) or known is None or said.get("format") != FORMAT:
        raise EvidenceError(
            Text(
                "この版では読めないDICOMの記録です。作った omamori と同じ版で読んでください",
                "a DICOM record of another version: read it with the omamori that made it",
            )
        )
    address, port, status = str(known), said.get("port"), said.get("status")
    claims = ((address, (f"ip:{address}",)),)
    if said.get("connected") is not True:
        return Parsed(looks=(Look("dicom_answers", asset=address, complete=False, reason="not_collected"),), claims=claims)
    row = DicomAnswer(
        asset=address,
        seen=_moment(said.get("seen")) or context.seen,
        address=address,
        port=port if isinstance(port, int) and 0 < port < 65536 else None,
        called_title=_words(said.get("called_title")),
        accepted=said.get("accepted") is True,
        status=status if isinstance(status, int) and not isinstance(status, bool) and 0 <= status < 65536 else None,
        implementation=_words(said.get("implementation")),
        scan=_words(said.get("scan")),
        evidence="1",
    )
    return Parsed(rows=(row,), looks=(Look("dicom_answers", asset=address),), claims=claims)


def _words(said: object) -> str | None:
    text = said if isinstance(said, str) else ""
    return "".join(char for char in text if char.isprintable())[:_WORDS] or None


def _moment(said: object) -> datetime | None:
    try:
        return datetime.strptime(str(said), "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return None


def recognise(head: bytes, file_name: str) -> bool:
    """Return whether a file is such a record, by how it begins."""
    del file_name
    return head.startswith(_MARK)


PARSERS = (Parser(kind=KIND, tables=("dicom_answers",), parse=parse, recognise=recognise, max_bytes=64 * 1024),)
