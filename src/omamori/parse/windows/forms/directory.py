"""What the directory of a domain says, as the kit asks a domain controller for it: accounts, computers, privileged groups.

The lists are CSV with the directory's own attribute names, its flags as one number and its moments as file times.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from omamori.model.access import Account, GroupMember
from omamori.model.look import Look, Parsed, Problem
from omamori.model.windows import DomainComputer
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.lists import unless_cut
from omamori.parse.windows.forms.net_lines import ADMINISTRATORS, account_columns_but, is_sid, system_account
from omamori.parse.windows.forms.object_lists import listed, was_cut
from omamori.parse.windows.merge import merge
from omamori.parse.windows.records import Record
from omamori.parse.windows.values import moment, number

DISABLED, NOT_REQUIRED, REVERSIBLE, CONTROLLER = 0x2, 0x20, 0x80, 0x2000
NEVER_EXPIRES, DELEGATION, NO_PREAUTHENTICATION = 0x10000, 0x80000, 0x400000
_EPOCH = datetime(1601, 1, 1)
_TICKS = 10
"""Hundreds of nanoseconds in a microsecond."""
_NEVER = 2**63 - 1
_MOST_PROBLEMS = 20
_KNOWN = (
    *("name", "uid", "enabled", "system", "password_required", "password_changed", "password_never_expires", "locked", "expires"),
    *("last_login", "protected", "service_names", "preauthentication", "delegation", "reversible"),
)
_KRBTGT = "-502"


def file_time(text: str | None) -> datetime | None:
    """Return the moment of a file time (hundreds of nanoseconds since 1601, UTC); None for 0, for never and for no number."""
    ticks = number(text)
    if ticks is None or not 0 < ticks < _NEVER:
        return None
    try:
        return (_EPOCH + timedelta(microseconds=ticks // _TICKS)).replace(microsecond=0)
    except OverflowError:
        return None


def read_accounts(piece: Piece, context: Context) -> Parsed:
    """Return the accounts of the domain. Whole where krbtgt is there, which every domain has, and nothing was left out."""
    missing = account_columns_but(*_KNOWN)
    return _read(piece, "accounts", missing, _account, lambda rows: any((row.uid or "").endswith(_KRBTGT) for row in rows))


def _account(record: Record) -> Account | None:
    name, flags, sid = record.get("SamAccountName"), number(record.get("UserAccountControl")), record.get("ObjectSid")
    if not name or was_cut(name) or flags is None or sid is None or not is_sid(sid):
        return None
    changed, ends = file_time(record.get("PwdLastSet")), file_time(record.get("AccountExpires"))
    return Account(
        name=name[:256],
        uid=sid,
        enabled=not flags & DISABLED,
        system=system_account(name, sid),
        password_required=not flags & NOT_REQUIRED,
        password_changed=changed.date() if changed else None,
        password_never_expires=bool(flags & NEVER_EXPIRES),
        locked=file_time(record.get("LockoutTime")) is not None,
        expires=ends.date() if ends else None,
        last_login=file_time(record.get("LastLogonTimestamp")),
        protected=number(record.get("AdminCount")) == 1,
        service_names=number(record.get("ServiceNames")) or 0,
        preauthentication=not flags & NO_PREAUTHENTICATION,
        delegation=bool(flags & DELEGATION),
        reversible=bool(flags & REVERSIBLE),
        evidence=str(record.line),
    )


def read_computers(piece: Piece, context: Context) -> Parsed:
    """Return the computers the domain knows. Whole where a domain controller is among them: the one that was asked."""
    return _read(piece, "domain_computers", (), _computer, lambda rows: any(row.controller for row in rows))


def _computer(record: Record) -> DomainComputer | None:
    name, flags = record.get("SamAccountName"), number(record.get("UserAccountControl"))
    if not name or was_cut(name) or flags is None:
        return None
    changed, created = file_time(record.get("PwdLastSet")), moment(record.get("WhenCreated"))
    return DomainComputer(
        name=name.removesuffix("$")[:64],
        dns_name=(record.get("DnsHostName") or "")[:255] or None,
        os_name=(record.get("OperatingSystem") or "")[:120] or None,
        os_version=(record.get("OperatingSystemVersion") or "")[:60] or None,
        enabled=not flags & DISABLED,
        controller=bool(flags & CONTROLLER),
        last_login=file_time(record.get("LastLogonTimestamp")),
        password_changed=changed.date() if changed else None,
        created=created.date() if created else None,
        delegation=bool(flags & DELEGATION),
        evidence=str(record.line),
    )


def read_groups(piece: Piece, context: Context) -> Parsed:
    """Return members of groups, named by SID. Whole where Administrators has a member."""
    return _read(piece, "group_members", (), _member, lambda rows: any(row.group_id == ADMINISTRATORS for row in rows))


def _member(record: Record) -> GroupMember | None:
    group, sid, member = record.get("GroupName"), record.get("GroupSid"), record.get("Member") or record.get("MemberSid")
    if not group or sid is None or not is_sid(sid) or not member or was_cut(member):
        return None
    # Administrators has this name in Japanese and English; elsewhere the SID says what it is.
    name = "Administrators" if sid.upper() == ADMINISTRATORS else group
    return GroupMember(group_name=name[:256], group_id=sid.upper(), member=member[:256], evidence=str(record.line))


def _read(
    piece: Piece,
    table: str,
    missing: Iterable[str],
    make: Callable[[Record], Any],
    whole: Callable[[list[Any]], bool],
) -> Parsed:
    records = listed(piece)
    problems = list(records.problems)
    rows: list[Any] = []
    for record in records.rows:
        row = make(record)
        if row is not None:
            rows.append(row)
        elif len(problems) < _MOST_PROBLEMS:
            problems.append(Problem(record.line, "a name, a SID and flags", "名前、SID、フラグの値"))
    complete = not problems and whole(rows)
    unread = tuple(missing)
    reason = "not_understood" if problems else "not_collected" if unread or not complete else None
    return Parsed(rows=tuple(rows), looks=(Look(table, complete=complete, missing=unread, reason=reason),), problems=tuple(problems))


def read_together(pieces: Sequence[Piece], context: Context) -> Parsed:
    """Return accounts, computers and members of one controller; the members of Administrators say who of the accounts is an administrator."""
    found = merge([unless_cut(_READERS[piece.form](piece, context), piece) for piece in pieces])
    looks = {look.table: look for look in found.looks}
    members = {row.member.casefold() for row in found.rows if isinstance(row, GroupMember) and row.group_id == ADMINISTRATORS}
    whole = all(table in looks and looks[table].complete for table in ("accounts", "group_members"))
    # Whose primary group a group is stands nowhere among its members: with these in it, nobody can tell who all is.
    if not whole or members & _PRIMARY:
        return found
    rows = tuple(
        dataclasses.replace(row, administrator=row.name.casefold() in members) if isinstance(row, Account) else row for row in found.rows
    )
    known = dataclasses.replace(looks["accounts"], missing=tuple(name for name in looks["accounts"].missing if name != "administrator"))
    return dataclasses.replace(found, rows=rows, looks=tuple(known if look.table == "accounts" else look for look in found.looks))


_READERS = {"domain_accounts": read_accounts, "domain_computers": read_computers, "group_sids": read_groups}
_PRIMARY = frozenset({"domain users", "domain guests", "domain computers", "everyone", "authenticated users"})

FORMS = (
    Form(
        name="domain_accounts",
        command="DirectorySearcher (objectCategory=person)",
        tables=("accounts",),
        read=read_accounts,
        join=read_together,
        properties=(frozenset({"SamAccountName", "ObjectSid", "UserAccountControl", "PwdLastSet", "AccountExpires"}),),
        source="Microsoft Learn, Active Directory Schema: User-Account-Control, Last-Logon-Timestamp, Pwd-Last-Set, Admin-Count",
    ),
    Form(
        name="domain_computers",
        command="DirectorySearcher (objectCategory=computer)",
        tables=("domain_computers",),
        read=read_computers,
        properties=(frozenset({"SamAccountName", "DnsHostName", "OperatingSystem", "UserAccountControl"}),),
        source="Microsoft Learn, Active Directory Schema: Computer class, Operating-System-Version, Last-Logon-Timestamp",
    ),
    Form(
        name="group_sids",
        command="members of groups with their SIDs (ADSI)",
        tables=("group_members",),
        read=read_groups,
        join=read_together,
        properties=(frozenset({"GroupSid", "GroupName", "Member", "MemberSid"}),),
        source="Microsoft Learn, ADSI WinNT provider: IADsGroup; well-known SIDs",
    ),
)
