"""`Get-ADDefaultDomainPasswordPolicy`: the domain's rules for passwords and lockout."""

from __future__ import annotations

import re
from typing import Any

from omamori.model.access import PasswordPolicy
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.net_lines import but
from omamori.parse.windows.records import Record, read_records
from omamori.parse.windows.values import number, yes

_SPAN = re.compile(r"(?:(\d{1,7})\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.\d{1,7})?$", re.ASCII)
_NEEDED = frozenset({"ComplexityEnabled", "LockoutThreshold", "MinPasswordLength", "PasswordHistoryCount", "MaxPasswordAge"})


def _minutes(record: Record, name: str) -> int | None:
    """Return a span of time in minutes: `42.00:00:00`, or the parts that JSON gives it."""
    found = _SPAN.match(record.get(name) or "")
    if found:
        days, hours, minutes = (int(part or 0) for part in found.groups()[:3])
        return days * 1440 + hours * 60 + minutes
    parts = [number(record.get(f"{name}.{unit}")) for unit in ("Days", "Hours", "Minutes")]
    return None if None in parts else sum(part * factor for part, factor in zip(parts, (1440, 60, 1), strict=True) if part is not None)


def read(piece: Piece, context: Context) -> Parsed:
    """Return the policy; whole with every value. A span of zero means never."""
    records = read_records(piece.lines)
    first = piece.lines[0].number if piece.lines else 0
    said = Problem(first, "one policy with LockoutThreshold, MinPasswordLength, MaxPasswordAge …", "パスワードポリシーの各項目")
    if records is None or len(records.rows) != 1:
        return Parsed(looks=(Look("password_policy", complete=False, reason="not_understood"),), problems=(said,))
    record = records.rows[0]
    longest, shortest, locked = (_minutes(record, name) for name in ("MaxPasswordAge", "MinPasswordAge", "LockoutDuration"))
    known: dict[str, Any] = {
        "min_length": number(record.get("MinPasswordLength")),
        "complexity": yes(record.get("ComplexityEnabled")),
        "min_days": None if shortest is None else shortest // 1440,
        "history": number(record.get("PasswordHistoryCount")),
        "lockout_threshold": number(record.get("LockoutThreshold")),
        "lockout_minutes": locked,
    }
    known = {name: value for name, value in known.items() if value is not None}
    whole = len(known) == 6 and longest is not None
    if longest is not None:
        known["max_days"] = longest // 1440 or None
    look = Look(
        "password_policy", complete=whole, missing=but(PasswordPolicy, *known), reason="not_collected" if whole else "not_understood"
    )
    row = PasswordPolicy(**known, evidence=str(record.line))
    return Parsed(rows=(row,), looks=(look,), problems=() if whole else (said,))


FORMS = (
    Form(
        name="ad_password_policy",
        command="Get-ADDefaultDomainPasswordPolicy",
        tables=("password_policy",),
        read=read,
        properties=(_NEEDED,),
        source="Microsoft Learn, PowerShell ActiveDirectory: Get-ADDefaultDomainPasswordPolicy",
    ),
)
