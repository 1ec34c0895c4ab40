"""The record of one step of the block (`omamori isolate run`, `confirm`, `undo`, `drill`) → `block_actions`. One JSON object."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from omamori.model.block import BLOCK_RESULTS, BLOCK_STEPS, PURPOSES, BlockAction
from omamori.model.look import EVERYWHERE, Look, Parsed
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser

KIND = "isolate.action"
FORMAT = 1
MARK = "omamori_block_action"
_HEAD = b'{"omamori_block_action":'
_TABLE = "block_actions"
_WORDS = 200
_MOST_SECONDS = 1e7
_CODES = {
    name: tuple(value.code for value in known) for name, known in (("purpose", PURPOSES), ("step", BLOCK_STEPS), ("result", BLOCK_RESULTS))
}
_NOT_WRITTEN = ("source", "evidence")


def action_json(action: BlockAction, beside: Mapping[str, str] | None = None) -> bytes:
    """Return the record. In: `beside`, what a person may want to see and no table holds (the text's hash, the target)."""
    said = {name: value.isoformat(timespec="microseconds") if isinstance(value, datetime) else value for name, value in asdict(action).items()
            if value is not None and name not in _NOT_WRITTEN}  # fmt: skip
    return json.dumps({MARK: FORMAT} | said | {"beside": dict(beside or {})}, ensure_ascii=False, indent=0).replace("{\n", "{", 1).encode()


def read_action(data: bytes) -> BlockAction | None:
    """Return the step; None where it is a record of this version that is not understood. `EvidenceError` when it is no such record."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get(MARK) != FORMAT:
        raise EvidenceError(
            Text(
                "この版では読めない遮断の記録です。作った omamori と同じ版で読んでください",
                "a record of the block of another version: read it with the omamori that made it",
            )
        )
    codes = {name: str(said.get(name)) for name in _CODES}
    began = _moment(said.get("began"))
    if any(codes[name] not in known for name, known in _CODES.items()) or began is None:
        return None
    stage, seconds = said.get("stage"), said.get("seconds")
    counted = isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 <= seconds <= _MOST_SECONDS
    return BlockAction(
        **codes,
        session=_words(said.get("session")) or "",
        stage=stage if isinstance(stage, int) and not isinstance(stage, bool) and 0 < stage < 100 else None,
        cut=_words(said.get("cut")) or "",
        device=_words(said.get("device")) or "",
        because=_words(said.get("because")),
        began=began,
        ended=_moment(said.get("ended")),
        seconds=float(seconds) if counted and seconds is not None else None,
        reverts=_moment(said.get("reverts")),
        approval=_words(said.get("approval")),
        approved_by=_words(said.get("approved_by")),
        said_by=_words(said.get("said_by")),
        evidence="1",
    )


def parse(data: bytes, context: Context) -> Parsed:
    """Return the step as a row."""
    del context
    row = read_action(data)
    if row is None:
        return Parsed(looks=(Look(_TABLE, asset=EVERYWHERE, complete=False, reason="not_understood"),))
    return Parsed(rows=(row,), looks=(Look(_TABLE, asset=EVERYWHERE, covers_since=row.began, covers_until=row.ended or row.began),))


def _words(said: object) -> str | None:
    text = said if isinstance(said, str) else ""
    return "".join(char for char in text if char.isprintable())[:_WORDS].strip() or None


def _moment(said: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(said) if isinstance(said, str) and len(said) < 40 else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is None else None


def recognise(head: bytes, file_name: str) -> bool:
    """Return whether a file is such a record, by how it begins."""
    del file_name
    return head.startswith(_HEAD)


PARSERS = (Parser(kind=KIND, tables=(_TABLE,), parse=parse, recognise=recognise, max_bytes=64 * 1024),)
