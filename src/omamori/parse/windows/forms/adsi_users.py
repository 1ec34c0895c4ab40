"""Local accounts as ADSI's WinNT provider knows them, in a CSV of the kit: with age of the password and last login, also on Windows 7."""

from __future__ import annotations

from datetime import timedelta

from omamori.model.access import Account
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.directory import DISABLED, NEVER_EXPIRES, NOT_REQUIRED, REVERSIBLE
from omamori.parse.windows.forms.net_lines import account_columns_but, is_sid, system_account
from omamori.parse.windows.forms.object_lists import listed, was_cut
from omamori.parse.windows.records import Record
from omamori.parse.windows.values import moment, number, yes

_LOCKED = 0x10
_KNOWN = ("name", "uid", "enabled", "system", "password_required", "password_changed", "password_never_expires", "locked", "last_login")
_OLDEST = 100 * 366 * 86_400
_ALWAYS = ("-500", "-501")
_MOST_PROBLEMS = 20


def read(piece: Piece, context: Context) -> Parsed:
    """Return the local accounts. Whole where the two that every Windows has are there (Administrator and Guest, by SID)."""
    records = listed(piece)
    problems = list(records.problems)
    rows: dict[str, Account] = {}
    for record in records.rows:
        row = _account(record, context)
        if row is not None:
            rows.setdefault(row.name.casefold(), row)
        elif len(problems) < _MOST_PROBLEMS:
            problems.append(Problem(record.line, "a name, a SID and flags", "名前、SID、フラグの値"))
    whole = not problems and all(any((row.uid or "").endswith(end) for row in rows.values()) for end in _ALWAYS)
    known = [*_KNOWN, "reversible", *(("administrator",) if all(row.administrator is not None for row in rows.values()) else ())]
    look = Look("accounts", complete=whole, missing=account_columns_but(*known), reason="not_understood" if problems else "not_collected")
    return Parsed(rows=tuple(rows.values()), looks=(look,), problems=tuple(problems))


def _account(record: Record, context: Context) -> Account | None:
    name, sid, flags = record.get("Name"), record.get("SID"), number(record.get("UserFlags"))
    if not name or was_cut(name) or sid is None or not is_sid(sid) or flags is None:
        return None
    age = number(record.get("PasswordAge"))
    changed = context.seen - timedelta(seconds=age) if age is not None and 0 < age < _OLDEST else None
    return Account(
        name=name[:256],
        uid=sid,
        enabled=not flags & DISABLED,
        administrator=yes(record.get("Administrator")),
        system=system_account(name, sid),
        password_required=not flags & NOT_REQUIRED,
        password_changed=changed.date() if changed else None,
        password_never_expires=bool(flags & NEVER_EXPIRES),
        locked=bool(flags & _LOCKED),
        last_login=moment(record.get("LastLogin")),
        reversible=bool(flags & REVERSIBLE),
        evidence=str(record.line),
    )


FORMS = (
    Form(
        name="adsi_users",
        command="ADSI WinNT://., user",
        tables=("accounts",),
        read=read,
        properties=(frozenset({"Name", "SID", "UserFlags", "PasswordAge"}),),
        source="Microsoft Learn, ADSI WinNT provider: IADsUser, ADS_USER_FLAG_ENUM",
    ),
)
