"""Shares as lists of objects: `Get-SmbShare`, `Get-SmbShareAccess`, `wmic share`, and the settings of SMB on both sides.

The settings go to `windows_settings`. `share_settings` stays Samba's and NFS's own: its names are theirs, and a check
that finds no line `server signing` there must not take a Windows for one that signs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from omamori.model.access import Share, ShareAccess
from omamori.model.look import Look, Parsed, Problem
from omamori.model.schema import ROW_COLUMNS
from omamori.model.tables import TABLES
from omamori.model.windows import WindowsSetting
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.records import Record, Records, read_records
from omamori.parse.windows.values import yes

_RIGHTS: Mapping[str, str] = MappingProxyType({"full": "full", "0": "full", "change": "change", "1": "change", "read": "read", "2": "read"})
_PRINTER, _SPECIAL = 1, 0x7FFFFFFF
_SERVER: Mapping[str, str] = MappingProxyType({"EnableSMB1Protocol": "smb1_server", "RequireSecuritySignature": "smb_signing_required"})
_CLIENT: Mapping[str, str] = MappingProxyType(
    {"EnableInsecureGuestLogons": "smb_guest_allowed", "RequireSecuritySignature": "smb_client_signing_required"}
)
_PIPED = re.compile(r"get-smbshare\s*\|\s*get-smbshareaccess", re.IGNORECASE)
_UNTOLD = ("guest", "writable")
_MAX = 5000


def read_shares(piece: Piece, context: Context) -> Parsed:
    """Return what is shared. Whole when IPC$ is among it: every Windows has it, and a list of chosen shares has not."""
    records, problems = _records(piece)
    rows = []
    for record in records.rows[:_MAX] if records else ():
        name = record.get("Name", "ShareName")
        if name is None:
            problems.append(Problem(record.line, "a share with its name", "共有の名前"))
        elif not _printer(record):
            rows.append(
                Share(
                    name=name[:200],
                    protocol="smb",
                    path=(record.get("Path") or "")[:1000] or None,
                    comment=(record.get("Description", "Caption") or "")[:500] or None,
                    evidence=str(record.line),
                )
            )
    cut = records is not None and bool(records.cut_names & {"Name", "Path"})
    if cut:
        problems.append(Problem(piece.lines[0].number, "names and folders that are not cut off (use Format-List)", "省略されていない値"))
    whole = not problems and any(row.name.upper() == "IPC$" for row in rows)
    missing = _UNTOLD if records and {"Path"} <= records.names else (*_UNTOLD, "path")
    look = Look("shares", complete=whole, missing=missing, reason="not_understood" if problems else "not_collected", needs="net share NAME")
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:20]))


def _printer(record: Record) -> bool:
    """Whether a share is a printer: wmic's Type without the bit of administrative shares, Get-SmbShare's ShareType."""
    kind = record.get("Type", "ShareType") or ""
    if kind.isascii() and kind.isdigit() and len(kind) < 12:
        return int(kind) & _SPECIAL == _PRINTER
    return kind.lower() in ("printqueue", "print")


def read_access(piece: Piece, context: Context) -> Parsed:
    """Return who may do what. Whole when asked of every share (IPC$ is among them); a denial takes away, it gives nothing."""
    records, problems = _records(piece)
    rows = []
    for record in records.rows[:_MAX] if records else ():
        share, principal = record.get("Name", "ShareName"), record.get("AccountName")
        kind, right = (record.get("AccessControlType") or "allow").lower(), (record.get("AccessRight") or "").lower()
        if kind in ("deny", "1"):
            continue
        if share is None or principal is None or right not in _RIGHTS:
            problems.append(Problem(record.line, "share, account and Full, Change or Read", "共有・アカウント・Full/Change/Read"))
        else:
            rows.append(ShareAccess(share=share[:200], principal=principal[:200], access=_RIGHTS[right], evidence=str(record.line)))
    if records is not None and records.cut_names & {"Name", "AccountName"}:
        problems.append(Problem(piece.lines[0].number, "names that are not cut off (use Format-List)", "省略されていない値"))
    names = {row.share.upper() for row in rows}
    everything = ("IPC$" in names and len(names) > 1) or _PIPED.search(piece.command) is not None
    whole = not problems and everything and bool(rows)
    reason = None if whole else "not_understood" if problems else "not_collected"
    look = Look("share_access", complete=whole, reason=reason, needs=None if whole else "Get-SmbShare | Get-SmbShareAccess")
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:20]))


def read_server(piece: Piece, context: Context) -> Parsed:
    """Return how this machine shares: SMB 1, signing. One object tells all."""
    return _settings(piece, _SERVER)


def read_client(piece: Piece, context: Context) -> Parsed:
    """Return how this machine opens shares of others: guest, signing. One object tells all."""
    return _settings(piece, _CLIENT)


def _settings(piece: Piece, columns: Mapping[str, str]) -> Parsed:
    records, problems = _records(piece)
    values: dict[str, bool | None] = {}
    record = records.rows[0] if records and records.rows else None
    for name, column in columns.items():
        value = record.get(name) if record else None
        values[column] = yes(value)
        if value is not None and values[column] is None:
            problems.append(Problem(piece.lines[0].number, f"True or False for {name}", "True か False"))
    every = [column.name for column in TABLES["windows_settings"].columns if column.name not in ROW_COLUMNS]
    missing = tuple(name for name in every if values.get(name) is None)
    look = Look(
        "windows_settings",
        complete=record is not None and not problems,
        missing=missing,
        reason="not_understood" if problems else "not_collected",
    )
    row = (WindowsSetting(**values, evidence=str(record.line)),) if record else ()  # type: ignore[arg-type]
    return Parsed(rows=row, looks=(look,), problems=tuple(problems[:20]))


def _records(piece: Piece) -> tuple[Records | None, list[Problem]]:
    records = read_records(piece.lines)
    problems: Sequence[Problem] = records.problems if records else ()
    return records, list(problems)


FORMS = (
    Form(
        name="smb_share",
        command="Get-SmbShare",
        tables=("shares",),
        read=read_shares,
        properties=(frozenset({"Name", "ScopeName", "Path"}), frozenset({"Name", "Path", "ShareState"})),
        source="Microsoft Learn, SmbShare: Get-SmbShare",
    ),
    Form(
        name="wmic_share",
        command="wmic share list full",
        tables=("shares",),
        read=read_shares,
        properties=(
            frozenset({"AllowMaximum", "Name", "Path"}),
            frozenset({"Name", "Path", "Status"}),
            frozenset({"Name", "Path", "Type"}),
        ),
        source="Microsoft Learn, Win32_Share class",
    ),
    Form(
        name="smb_share_access",
        command="Get-SmbShare | Get-SmbShareAccess",
        tables=("share_access",),
        read=read_access,
        properties=(frozenset({"Name", "AccountName", "AccessRight"}),),
        source="Microsoft Learn, SmbShare: Get-SmbShareAccess",
    ),
    Form(
        name="smb_server",
        command="Get-SmbServerConfiguration",
        tables=("windows_settings",),
        read=read_server,
        properties=(frozenset({"EnableSMB1Protocol"}),),
        source="Microsoft Learn, SmbShare: Get-SmbServerConfiguration",
    ),
    Form(
        name="smb_client",
        command="Get-SmbClientConfiguration",
        tables=("windows_settings",),
        read=read_client,
        properties=(frozenset({"EnableInsecureGuestLogons"}),),
        source="Microsoft Learn, SmbShare: Get-SmbClientConfiguration",
    ),
)
