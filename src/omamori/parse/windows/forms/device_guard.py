"""`Win32_DeviceGuard`: whether a policy of Windows limits which programs run (App Control, WDAC), and whether it blocks."""

from __future__ import annotations

from omamori.model.look import Look, Parsed, Problem
from omamori.model.windows import WindowsSetting
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.net_lines import but
from omamori.parse.windows.forms.object_lists import identifiers, listed
from omamori.parse.windows.values import number

_OFF, _AUDIT, _ENFORCED = 0, 1, 2


def read(piece: Piece, context: Context) -> Parsed:
    """Return the policy for programs of users, where there is one; what else may limit them is not told."""
    records = listed(piece)
    problems = list(records.problems)
    known: dict[str, str | bool] = {}
    row: WindowsSetting | None = None
    for record in records.rows[:1]:
        status = number(record.get("UsermodeCodeIntegrityPolicyEnforcementStatus"))
        if status in (_AUDIT, _ENFORCED):
            known = {"execution_control": "wdac", "execution_enforced": status == _ENFORCED}
            line = record.line_of("UsermodeCodeIntegrityPolicyEnforcementStatus")
            row = WindowsSetting(execution_control="wdac", execution_enforced=status == _ENFORCED, evidence=str(line))
        elif status != _OFF:
            problems.append(Problem(record.line, "a status of 0, 1 or 2", "0、1、2 のどれかの状態"))
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
