"""`set COMPUTERNAME`: the machine's name and nothing else, so that outputs which do not tell it can be put to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from omamori.model.host import Host
from omamori.model.look import Look, Parsed, Problem
from omamori.model.schema import ROW_COLUMNS
from omamori.model.tables import TABLES
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece

_NAME = re.compile(r"COMPUTERNAME=([A-Za-z0-9_-]{1,15})\s*$")
_ENVIRONMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_()]{0,60}=")


def read(piece: Piece, context: Context) -> Parsed:
    """Return the machine by its name."""
    line = piece.lines[0] if piece.lines else None
    found = _NAME.match(line.text) if line else None
    if line is None or found is None:
        return Parsed(
            looks=(Look("hosts", complete=False, reason="not_understood"),),
            problems=(Problem(0, "COMPUTERNAME=NAME", "COMPUTERNAME=名前"),),
        )
    known = ("hostname", "platform", *ROW_COLUMNS)
    missing = tuple(column.name for column in TABLES["hosts"].columns if column.name not in known)
    return Parsed(
        rows=(Host(hostname=found[1], platform="windows", evidence=str(line.number)),),
        looks=(Look("hosts", missing=missing, reason="not_collected"),),
        identifiers=(f"name:{found[1].lower()}",),
    )


def _alone(lines: Sequence[str]) -> bool:
    """Not inside the whole environment, which may hold secrets."""
    return len(lines) < 2 or not _ENVIRONMENT.match(lines[1])


FORMS = (
    Form(
        name="computer_name",
        command="set COMPUTERNAME",
        tables=("hosts",),
        read=read,
        body=_NAME,
        confirm=_alone,
        source="Microsoft Learn, Windows Commands: set",
    ),
)
