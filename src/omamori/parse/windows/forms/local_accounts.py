"""Local accounts as PowerShell and wmic list them: `Get-LocalUser`, `Win32_UserAccount`, `wmic useraccount`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from omamori.model.access import Account
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.net_lines import account_columns_but, breaks_off, system_account
from omamori.parse.windows.records import Record, Records, read_records
from omamori.parse.windows.values import moment, yes

_SID = re.compile(r"S-1-5-21-\d{1,10}-\d{1,10}-\d{1,10}-\d{1,10}$")
_ADMINISTRATOR = frozenset({"administrator", "administrateur", "administrador", "amministratore"})
_GUEST = frozenset({"guest", "gast", "invité", "invitado"})
_NARROWED = re.compile(r"-name\b|-sid\b|where|\?|select-object\s+-f|-first\b|-last\b", re.IGNORECASE)
_LOCAL_ONLY = re.compile(r"localaccount\s*=\s*['\"\\]*(?:true|1)", re.IGNORECASE)
_OTHERS = frozenset({"SamAccountName", "DistinguishedName", "DisplayName", "Direction", "Profile"})
"""Properties of accounts of a domain (`Get-ADUser`) and of other things that have a name and can be enabled."""
_OWN = frozenset({"AccountType", "Disabled", "Lockout", "PasswordRequired", "FullName"})
"""Properties that accounts have and groups have not."""
_SAID = "every local account, also Administrator and Guest, with SID: `Get-LocalUser | Format-List *` or `net user`"
_SAID_JA = "すべてのローカル アカウント(Get-LocalUser | Format-List * または net user)"


def _whole(rows: Sequence[Account], piece: Piece, *, narrowed: bool) -> bool:
    """Whether no account is missing: the two that every Windows has are there, and nothing was typed that leaves some out."""
    if narrowed or not rows:
        return False
    sids = [row.uid for row in rows if row.uid]
    if len(sids) == len(rows):
        return all(any(sid.endswith(end) for sid in sids) for end in ("-500", "-501"))
    names = {row.name.lower() for row in rows}
    # A list of the enabled ones only has no disabled one, and the other way round.
    both = {row.enabled for row in rows} == {True, False}
    return bool(names & _ADMINISTRATOR) and bool(names & _GUEST) and both


def _sid(record: Record) -> str | None:
    for text in (record.get("SID"), record.get("SID.Value")):
        if text and _SID.match(text):
            return text
    return None


def _moment(record: Record, name: str) -> tuple[datetime | None, bool]:
    """Return a moment and whether it was read: an empty value means never, an ambiguous date was not read."""
    if name not in record.values:
        return None, False
    text = record.values[name].replace("\u200e", "").replace("\u200f", "")
    found = moment(text)
    return found, found is not None or not text.strip()


def _parsed(records: Records, rows: Sequence[Account], known: set[str], piece: Piece, *, whole: bool) -> Parsed:
    problems = list(records.problems)
    if records.cut_names & {"Name", "SID"}:
        problems.append(Problem(records.rows[0].line, "whole names: add `| Format-List *`", "名前の全体(| Format-List * を付けてください)"))
    if breaks_off(records):
        problems.append(
            Problem(records.rows[-1].line, "all properties of the last account; the list is cut short", "最後のアカウントの全項目")
        )
    if not whole and not problems:
        problems.append(Problem(piece.lines[0].number, _SAID, _SAID_JA))
    complete = whole and not problems
    look = Look(
        "accounts",
        complete=complete,
        missing=account_columns_but("name", "system", *known),
        reason="not_collected" if complete or not records.problems else "not_understood",
    )
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems))


def read_local_users(piece: Piece, context: Context) -> Parsed:
    """Return what `Get-LocalUser` lists; the short table tells name and state only."""
    records = read_records(piece.lines)
    if records is None or not records.rows or records.names & _OTHERS:
        return _nothing(piece)
    rows: dict[str, Account] = {}
    known = {"enabled", "uid", "expires", "password_required", "password_changed", "last_login", "password_max_days"}
    for record in records.rows:
        name = record.get("Name") or ""
        if not name:
            continue
        row, read = _local_user(record, name, context, records.names)
        rows.setdefault(name.lower(), row)
        known &= read
    whole = _whole(list(rows.values()), piece, narrowed=_NARROWED.search(piece.command) is not None)
    return _parsed(records, list(rows.values()), known, piece, whole=whole)


def _local_user(record: Record, name: str, context: Context, listed: Iterable[str]) -> tuple[Account, set[str]]:
    sid, enabled, required = _sid(record), yes(record.get("Enabled")), yes(record.get("PasswordRequired"))
    (until, expiry), (changed, change), (last, login), (ends, end) = (
        _moment(record, column) for column in ("AccountExpires", "PasswordLastSet", "LastLogon", "PasswordExpires")
    )
    if enabled and until is not None and until <= context.seen.replace(tzinfo=None):
        enabled = False
    spans = changed is not None and ends is not None
    days = max(0, round((ends - changed).total_seconds() / 86400)) if changed is not None and ends is not None else None
    row = Account(
        name=name[:256],
        uid=sid,
        enabled=enabled,
        system=system_account(name, sid),
        password_required=required,
        password_changed=changed.date() if changed else None,
        password_max_days=days,
        expires=until.date() if until else None,
        last_login=last,
        evidence=str(record.line),
    )
    read = {
        "uid": sid is not None,
        # Without the day it expires, an account that is disabled is known to be so.
        "enabled": enabled is not None and (expiry or "AccountExpires" not in listed or not enabled),
        "password_required": required is not None,
        "expires": expiry,
        "password_changed": change,
        "password_max_days": (end and ends is None) or spans,
        "last_login": login,
    }
    return row, {column for column, was_read in read.items() if was_read}


def _nothing(piece: Piece) -> Parsed:
    problem = Problem(piece.lines[0].number if piece.lines else 0, _SAID, _SAID_JA)
    return Parsed(looks=(Look("accounts", complete=False, reason="not_understood"),), problems=(problem,))


def read_user_accounts(piece: Piece, context: Context) -> Parsed:
    """Return the local accounts of `Win32_UserAccount`; on a machine of a domain the list may hold the domain's as well."""
    records = read_records(piece.lines)
    if records is None or not records.rows:
        return _nothing(piece)
    if not records.names & _OWN and "useraccount" not in piece.command.lower():
        return _nothing(piece)
    told = "LocalAccount" in records.names
    domains = {(record.get("Domain") or "").lower() for record in records.rows}
    if not told and len(domains) > 1 and not _LOCAL_ONLY.search(piece.command):
        said = "which accounts are local: add LocalAccount, or `where LocalAccount=True`"
        problem = Problem(piece.lines[0].number, said, "ローカル アカウントの区別(where LocalAccount=True を付けてください)")
        return Parsed(looks=(Look("accounts", complete=False, reason="not_understood"),), problems=(problem,))
    rows: dict[str, Account] = {}
    known = {"uid", "enabled", "password_required", "password_max_days", "password_never_expires", "locked"}
    for record in records.rows:
        name = record.get("Name") or ""
        if not name or (told and yes(record.get("LocalAccount")) is False):
            continue
        sid, disabled, required = _sid(record), yes(record.get("Disabled")), yes(record.get("PasswordRequired"))
        expires, locked = yes(record.get("PasswordExpires")), yes(record.get("Lockout"))
        exempt = None if expires is None else not expires
        row = Account(
            name=name[:256],
            uid=sid,
            enabled=None if disabled is None else not disabled,
            system=system_account(name, sid),
            password_required=required,
            password_never_expires=exempt,
            locked=locked,
            evidence=str(record.line),
        )
        rows.setdefault(name.lower(), row)
        # That a password never expires is told; after how many days it does, is not.
        read = {"uid": sid, "enabled": disabled, "password_required": required, "password_max_days": exempt or None}
        read |= {"password_never_expires": exempt, "locked": locked}
        known &= {column for column, value in read.items() if value is not None}
    filtered = re.search(r"where|-filter", piece.command, re.IGNORECASE) is not None
    narrowed = filtered and (_LOCAL_ONLY.search(piece.command) is None or " and " in piece.command.lower())
    whole = all(row.uid for row in rows.values()) and _whole(list(rows.values()), piece, narrowed=narrowed)
    parsed = _parsed(records, list(rows.values()), known, piece, whole=whole)
    hosts = {(record.get("Domain") or "").lower() for record in records.rows if yes(record.get("LocalAccount"))} if told else set()
    return Parsed(parsed.rows, parsed.looks, parsed.problems, tuple(f"name:{host}" for host in hosts if host and len(hosts) == 1))


FORMS = (
    Form(
        name="local_users",
        command="Get-LocalUser",
        tables=("accounts",),
        read=read_local_users,
        properties=(
            frozenset({"Name", "Enabled", "Description"}),
            frozenset({"Name", "Enabled", "SID"}),
            frozenset({"Name", "Enabled", "PasswordRequired"}),
        ),
        source="Microsoft Learn, PowerShell LocalAccounts: Get-LocalUser",
    ),
    Form(
        name="user_accounts",
        command="wmic useraccount",
        tables=("accounts",),
        read=read_user_accounts,
        properties=(
            frozenset({"Name", "SID"}),
            frozenset({"Name", "SID", "AccountType"}),
            frozenset({"Name", "SID", "Disabled"}),
            frozenset({"Name", "Disabled", "PasswordRequired"}),
            frozenset({"Name", "Disabled", "LocalAccount"}),
        ),
        source="Microsoft Learn, WMI: Win32_UserAccount",
    ),
)
