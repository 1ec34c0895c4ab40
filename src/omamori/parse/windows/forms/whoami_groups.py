"""`whoami /groups`: whether the commands of this visit ran as administrator. By SID, the same in every language.

It fills no table. A list that shows everything only to an administrator (scheduled tasks) counts as whole where
this output beside it says that the window was an administrator's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece

_LEVEL = re.compile(r"\bS-1-16-(\d{1,6})\b")
_HIGH = 0x3000
"""Integrity level of a process that runs as administrator ([MS-DTYP] 2.4.2.4: S-1-16-12288; the system's is higher)."""


def elevated(pieces: Sequence[Piece]) -> bool | None:
    """Return whether the outputs of a visit come from an administrator's window; None when nothing says so."""
    levels = [int(found[1]) for piece in pieces if piece.form == NAME for line in piece.lines if (found := _LEVEL.search(line.text))]
    return None if not levels else min(levels) >= _HIGH


def read(piece: Piece, context: Context) -> Parsed:
    """Return nothing: what it tells is about the other outputs."""
    return Parsed()


def _is_list(lines: Sequence[str]) -> bool:
    return any(_LEVEL.search(line) for line in lines)


NAME = "whoami_groups"
FORMS = (
    Form(
        name=NAME,
        command="whoami /groups",
        tables=(),
        read=read,
        heading=re.compile(r"\s*(?:GROUP INFORMATION|グループ情報)\s*$"),
        body=re.compile(r"\S.{0,200}$"),
        confirm=_is_list,
        source="Microsoft Learn, Windows Commands: whoami",
    ),
)
