"""Members of local groups as PowerShell and wmic list them: `Get-LocalGroupMember`, `Win32_GroupUser`."""

from __future__ import annotations

import re

from omamori.model.access import Account, GroupMember
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.net_lines import ADMINISTRATORS, account_columns_but, breaks_off, group_id, is_sid
from omamori.parse.windows.records import read_records

_COMMAND = re.compile(
    r"Get-LocalGroupMember\s+(?:-(Group|Name|SID)\s+)?(?:\"([^\"|]{1,256})\"|'([^'|]{1,256})'|([^\s|\"'-][^\s|]{0,255}))", re.IGNORECASE
)
_REFERENCE = re.compile(
    r"\bWin32_(\w{1,40})\.Domain=[\\\"]{1,3}([^\\\"]{1,255})[\\\"]{1,3},Name=[\\\"]{1,3}([^\\\"]{1,256})[\\\"]{1,4}$", re.IGNORECASE
)
_SHORT = re.compile(r"Win32_(\w{1,40}) \(Name = \"([^\"]{1,256})\", Domain = \"([^\"]{1,255})\"\)$", re.IGNORECASE)
_USER = frozenset({"user", "ユーザー", "ユーザ", "benutzer", "utilisateur"})
_BUILTIN = frozenset({"nt authority", "builtin", "nt-autorität", "autorite nt", "nt service", "window manager"})
_MAX_MEMBERS = 200_000


def _group(command: str) -> tuple[str, str | None] | None:
    """Return name and SID of the group that was typed."""
    found = _COMMAND.search(command)
    if found is None:
        return None
    typed = (found[2] or found[3] or found[4]).strip()
    return (typed, typed.upper()) if is_sid(typed) else (typed, group_id(typed))


def read_members(piece: Piece, context: Context) -> Parsed:
    """Return the members of the group that was typed; the list itself does not name it."""
    records = read_records(piece.lines)
    group = _group(piece.command)
    first = piece.lines[0].number if piece.lines else 0
    if records is None or group is None:
        said = "the command with the group above the list, or `net localgroup Administrators`, which names the group"
        problem = Problem(first, said, "一覧の上にグループを含むコマンド。または net localgroup Administrators の結果")
        return Parsed(looks=(Look("group_members", complete=False, reason="not_understood"),), problems=(problem,))
    name, sid = group
    name = next((known for known in ("Administrators",) if sid == ADMINISTRATORS), name)
    members: dict[str, GroupMember] = {}
    local: list[Account] = []
    hosts: set[str] = set()
    problems = list(records.problems)
    for record in records.rows[:_MAX_MEMBERS]:
        member = record.get("Name") or record.get("SID", "SID.Value") or ""
        if not member or member.endswith(("...", "\u2026")):
            problems.append(Problem(record.line, "the whole name of a member", "メンバーの名前の全体"))
            continue
        domain, _, short = member.partition("\\")
        own = (record.get("PrincipalSource") or "").lower() == "local" and bool(short) and domain.lower() not in _BUILTIN
        row = GroupMember(group_name=name, group_id=sid, member=(short if own else member)[:256], evidence=str(record.line))
        members.setdefault(row.member.lower(), row)
        if own:
            hosts.add(domain.lower())
            if sid == ADMINISTRATORS and (record.get("ObjectClass") or "").strip().lower() in _USER:
                local.append(Account(name=row.member, administrator=True, evidence=row.evidence))
    looks = [Look("group_members", complete=False, missing=() if sid else ("group_id",), reason="not_collected")]
    if local:
        looks.append(Look("accounts", complete=False, missing=account_columns_but("name", "administrator"), reason="not_collected"))
    identifiers = tuple(f"name:{host}" for host in hosts) if len(hosts) == 1 else ()
    return Parsed(rows=(*members.values(), *local), looks=tuple(looks), problems=tuple(problems), identifiers=identifiers)


def _named(text: str) -> tuple[str, str, str] | None:
    """Return class, domain and name of a reference to an object, as wmic or as PowerShell prints it."""
    found = _REFERENCE.search(text[:2000].replace("&quot;", '"'))
    if found:
        return found[1].lower(), found[2], found[3]
    found = _SHORT.match(text)
    return (found[1].lower(), found[3], found[2]) if found else None


def read_memberships(piece: Piece, context: Context) -> Parsed:
    """Return every membership of `Win32_GroupUser`; the whole list has Administrators with a member."""
    records = read_records(piece.lines)
    problems = list(records.problems) if records else []
    members: dict[tuple[str, str], GroupMember] = {}
    hosts: dict[str, int] = {}
    pairs = []
    for record in records.rows[:_MAX_MEMBERS] if records else ():
        group, part = (_named(record.get(name) or "") for name in ("GroupComponent", "PartComponent"))
        if group is None or part is None:
            problems.append(Problem(record.line, "a group and a member", "グループとメンバー"))
            continue
        pairs.append((record.line, group, part))
        if group_id(group[2]) == ADMINISTRATORS:
            hosts[group[1].lower()] = hosts.get(group[1].lower(), 0) + 1
    # Administrators is a group of the machine itself, so its domain is the machine's name.
    host = next(iter(hosts), "") if len(hosts) == 1 else ""
    for line, group, part in pairs:
        if group[1].lower() == host:
            member = part[2] if part[1].lower() == host else f"{part[1]}\\{part[2]}"
            row = GroupMember(group_name=group[2], group_id=group_id(group[2]), member=member, evidence=str(line))
            members.setdefault((row.group_name.lower(), row.member.lower()), row)
    if records is not None and breaks_off(records):
        problems.append(Problem(records.rows[-1].line, "a group and its member to the end", "最後まで(途中で切れています)"))
    narrowed = "where" in piece.command.lower()
    whole = bool(host) and not problems and not narrowed
    if not whole and not problems:
        said = "every membership, Administrators among them: `wmic path Win32_GroupUser get GroupComponent,PartComponent /format:list`"
        problems.append(Problem(piece.lines[0].number if piece.lines else 0, said, "すべてのグループのメンバー"))
    missing = ("group_id",) if any(row.group_id is None for row in members.values()) else ()
    look = Look(
        "group_members", complete=whole, missing=missing, reason=("not_collected" if missing else None) if whole else "not_understood"
    )
    return Parsed(tuple(members.values()), (look,), tuple(problems[:50]), (f"name:{host}",) if host else ())


FORMS = (
    Form(
        name="local_group_members",
        command="Get-LocalGroupMember Administrators",
        tables=("group_members", "accounts"),
        read=read_members,
        properties=(frozenset({"ObjectClass", "Name", "PrincipalSource"}),),
        source="Microsoft Learn, PowerShell LocalAccounts: Get-LocalGroupMember",
    ),
    Form(
        name="group_users",
        command="wmic path Win32_GroupUser",
        tables=("group_members",),
        read=read_memberships,
        properties=(frozenset({"GroupComponent", "PartComponent"}),),
        source="Microsoft Learn, WMI: Win32_GroupUser",
    ),
)
