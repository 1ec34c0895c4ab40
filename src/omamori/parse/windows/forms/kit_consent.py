"""What the collection kit asked before it looked, and what was answered: `OMAMORI-CONSENT 1`, then `name=value` lines."""

from __future__ import annotations

import re

from omamori.model.look import Look, Parsed, Problem
from omamori.model.windows import MACHINES, Consent
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece

_HEADING = re.compile(r"OMAMORI-CONSENT 1\s*$")
_LINE = re.compile(r"(machine|answered_by|consent)=(.{0,300})")
_KINDS = frozenset(value.code for value in MACHINES)


def read(piece: Piece, context: Context) -> Parsed:
    """Return the answer. Of an unknown kind of machine nothing is kept but the problem."""
    said: dict[str, str] = {}
    for line in piece.lines:
        found = _LINE.match(line.text)
        if found:
            said.setdefault(found[1], found[2].strip())
    first = piece.lines[0].number if piece.lines else 0
    if said.get("machine") not in _KINDS:
        problem = Problem(first, "machine=ordinary, vendor or medical", "machine=ordinary、vendor、medical のどれか")
        return Parsed(looks=(Look("consents", complete=False, reason="not_understood"),), problems=(problem,))
    row = Consent(
        machine=said["machine"], answered_by=said.get("answered_by") or None, agreed=said.get("consent") or None, evidence=str(first)
    )
    return Parsed(rows=(row,), looks=(Look("consents"),))


FORMS = (
    Form(
        name="kit_consent",
        command="collect.cmd",
        tables=("consents",),
        read=read,
        heading=_HEADING,
        source="Omamori's own collection kit",
    ),
)
