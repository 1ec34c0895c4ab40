"""`Win32_EncryptableVolume` of root\\CIMV2\\Security\\MicrosoftVolumeEncryption: which volumes BitLocker protects, on any Windows since 7."""

from __future__ import annotations

from omamori.model.host import Mount
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.net_lines import but
from omamori.parse.windows.forms.object_lists import identifiers, listed
from omamori.parse.windows.values import number

_OFF, _ON, _LOCKED = 0, 1, 2
"""ProtectionStatus: 2 is said of a volume that is locked, which only an encrypted one can be."""


def read(piece: Piece, context: Context) -> Parsed:
    """Return the volumes with a letter. Protection is on only where the whole volume is encrypted and no key lies open."""
    records = listed(piece)
    problems = list(records.problems)
    rows = []
    for record in records.rows:
        path, status = record.get("DriveLetter"), number(record.get("ProtectionStatus"))
        if status not in (_OFF, _ON, _LOCKED):
            problems.append(Problem(record.line, "a ProtectionStatus of 0, 1 or 2", "ProtectionStatus の値(0、1、2)"))
        elif path:
            rows.append(Mount(path=path[:10], encrypted=status != _OFF, evidence=str(record.line)))
    complete = bool(rows) and not problems
    look = Look(
        "mounts", complete=complete, missing=but(Mount, "path", "encrypted"), reason="not_understood" if problems else "not_collected"
    )
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:50]), identifiers=identifiers(records))


FORMS = (
    Form(
        name="encryptable_volume",
        command="Get-CimInstance Win32_EncryptableVolume",
        tables=("mounts",),
        read=read,
        properties=(frozenset({"DriveLetter", "ProtectionStatus"}),),
        source="Microsoft Learn, Win32_EncryptableVolume class",
    ),
)
