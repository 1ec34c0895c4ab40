"""`Win32_DeviceGuard`: whether a policy of Windows limits which programs run (App Control, WDAC) and blocks, and which guards run.

Guards that run are numbers: 1 Credential Guard, 2 memory integrity; 0 stands alone and means none.
"""

from __future__ import annotations

import re
from typing import Any

from omamori.model.look import Look, Parsed, Problem
from omamori.model.windows import WindowsSetting
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.net_lines import but
from omamori.parse.windows.forms.object_lists import identifiers, listed
from omamori.parse.windows.values import number

_OFF, _AUDIT, _ENFORCED = 0, 1, 2
_CREDENTIAL_GUARD, _MEMORY_INTEGRITY = 1, 2
_LIST = re.compile(r"\{(\d{1,3}(?:, ?\d{1,3}){0,30})\}")


def read(piece: Piece, context: Context) -> Parsed:
    """Return the policy for programs of users, where there is one, and the guards; what else may limit programs is not told."""
    records = listed(piece)
    problems = list(records.problems)
    known: dict[str, Any] = {}
    lines: list[str] = []
    for record in records.rows[:1]:
        status = number(record.get("UsermodeCodeIntegrityPolicyEnforcementStatus"))
        if status in (_AUDIT, _ENFORCED):
            known |= {"execution_control": "wdac", "execution_enforced": status == _ENFORCED}
            lines.append(record.line_of("UsermodeCodeIntegrityPolicyEnforcementStatus"))
        elif status != _OFF:
            problems.append(Problem(record.line, "a status of 0, 1 or 2", "0、1、2 のどれかの状態"))
        # A table of CSV names only the kind of list.
        running = _LIST.fullmatch((record.get("SecurityServicesRunning") or "").strip())
        if running:
            guards = {int(word) for word in running[1].split(",")}
            known |= {"credential_guard": _CREDENTIAL_GUARD in guards, "memory_integrity": _MEMORY_INTEGRITY in guards}
            lines.append(record.line_of("SecurityServicesRunning"))
    row = WindowsSetting(**known, evidence=lines[0]) if lines else None
    look = Look(
        "windows_settings",
        complete=False,
        missing=but(WindowsSetting, *known),
        reason="not_understood" if problems else "not_collected",
    )
    return Parsed(rows=(row,) if row else (), looks=(look,), problems=tuple(problems), identifiers=identifiers(records))


FORMS = (
    Form(
        name="device_guard",
        command="Get-CimInstance Win32_DeviceGuard",
        tables=("windows_settings",),
        read=read,
        properties=(frozenset({"UsermodeCodeIntegrityPolicyEnforcementStatus"}),),
        source="Microsoft Learn, Win32_DeviceGuard; Validate enabled virtualization-based security",
    ),
)
