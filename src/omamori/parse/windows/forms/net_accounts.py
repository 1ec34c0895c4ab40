"""`net accounts`: rules for passwords and lockout.

Nine values in an order that is the same in every language: forced logoff, shortest and longest password age,
shortest length, remembered passwords, lockout threshold, its duration and window, and the machine's role.
Where a rule is off a word stands in place of the number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from omamori.model.access import PasswordPolicy
from omamori.model.evidence import by_column
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.forms.net_lines import CLOSED, at_domain, but, closed

_ROW = re.compile(r"(\S[^:：]{2,90})(?:[:：]|\s{2})[ \t　]{0,80}(\S[^:：]{0,40})$")
_NUMBER = re.compile(r"\d{1,9}$", re.ASCII)
_WORD = re.compile(r"[^\W\d_][^\d]{0,30}$")
_COLUMNS = ("min_days", "max_days", "min_length", "history", "lockout_threshold", "lockout_minutes")
_SAID = "the nine lines of `net accounts` and its closing line"
_SAID_JA = "net accounts の9行と最後の行「コマンドは正常に終了しました。」"


def _values(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Line number and value of every line up to the closing one."""
    found = []
    for line in lines[:40]:
        if CLOSED.match(line.text):
            break
        row = _ROW.match(line.text.rstrip())
        if row:
            found.append((line.number, row[2].strip()))
        elif line.text.strip():
            break
    return found


def _begins(lines: Sequence[str]) -> bool:
    """Whether the nine lines begin here: the second, fourth and eighth are always numbers, the first and last words."""
    place = 0
    for text in lines[:12]:
        row = None if CLOSED.match(text) else _ROW.match(text.rstrip())
        if row is not None:
            value = row[2].strip()
            number = _NUMBER.match(value) is not None
            if (place in (1, 3, 7) and not number) or (place in (2, 4, 5, 6) and not number and _WORD.match(value) is None):
                return False  # most lists are none of this: no need to look at all of their lines
            place += 1
        elif text.strip():
            break
    return place >= 8


def read(piece: Piece, context: Context) -> Parsed:
    """Return the policy; whole with nine lines and the closing line. Kinds of characters are not told here."""
    found = _values(piece.lines)
    first = piece.lines[0].number if piece.lines else 0
    if at_domain(piece):
        problem = Problem(first, "the rules of this machine; these are the domain's: type `net accounts` without /domain", _SAID_JA)
        return Parsed(looks=(Look("password_policy", complete=False, reason="not_collected"),), problems=(problem,))
    values = [value for _, value in found]
    whole = len(values) == 9 and closed(piece.lines)
    numbers = [_number(name, value) for name, value in zip(_COLUMNS, values[1:7], strict=False)]
    known: dict[str, Any] = {name: number for name, (number, read) in zip(_COLUMNS, numbers, strict=False) if read}
    lines = {name: str(number) for name, (number, _) in zip(_COLUMNS, found[1:7], strict=False)}
    row = PasswordPolicy(**known, evidence=by_column(str(first), lines))
    missing = but(PasswordPolicy, *known)
    problems = () if whole else (Problem(piece.lines[-1].number if piece.lines else 0, _SAID, _SAID_JA),)
    look = Look("password_policy", complete=whole, missing=missing, reason="not_collected" if whole else "not_understood")
    return Parsed(rows=(row,) if known else (), looks=(look,), problems=problems)


def _number(column: str, value: str) -> tuple[int | None, bool]:
    """Return a value and whether it was understood. A word says that the rule is off: no largest age, else 0."""
    if _NUMBER.match(value):
        return int(value), True
    return (None if column == "max_days" else 0), _WORD.match(value) is not None


FORMS = (
    Form(
        name="net_accounts",
        command="net accounts",
        tables=("password_policy",),
        read=read,
        heading=_ROW,
        again=_ROW,
        confirm=_begins,
        source="Microsoft Learn, Windows Commands: net accounts",
    ),
)
