"""`net localgroup`: the list of the local groups, and `net localgroup NAME`: the members of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from omamori.model.access import Account, GroupMember
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Piece
from omamori.parse.windows.forms.net_lines import (
    ADMINISTRATORS,
    CLOSED,
    FAILED,
    RULE,
    account_columns_but,
    at_domain,
    closed,
    field,
    group_id,
    is_sid,
)

LIST = re.compile(r"(?:[^\\]{1,60} )?\\\\([^\\\s]{1,255})(?:\s[^\\]{0,60})?$")
GROUP = re.compile(r"(?!Group name|グループ名|Gruppenname|Nom de groupe)\S[^\\:]{0,40}?(?: {2,}|\t)\s*\S")
DOMAIN_GROUPS = frozenset({"domain admins", "enterprise admins", "domänen-admins", "organisations-admins", "admins du domaine"})
_MAX_MEMBERS = 100_000
_END = "the members and the closing line `The command completed successfully.`; the list is cut short or ended in an error"
_END_JA = "メンバーと最後の行「コマンドは正常に終了しました。」(途中で切れているか、エラーで終わっています)"


def list_begins(lines: Sequence[str]) -> bool:
    """Whether a list of groups begins here: a line of dashes, then names behind stars."""
    rest = [text for text in lines[1:] if text.strip()]
    return len(rest) > 1 and RULE.match(rest[0]) is not None and rest[1].startswith("*")


def listed(piece: Piece) -> set[str]:
    """Return the names of the groups in a list, in small letters."""
    return {line.text.strip().removeprefix("*").lower() for line in piece.lines if line.text.startswith("*")}


def read_list(piece: Piece, context: Context) -> Parsed:
    """Return nothing: the list names groups, not who is in them; tell what to type."""
    heading = LIST.match(piece.lines[0].text.rstrip()) if piece.lines else None
    host = heading[1] if heading and "." not in heading[1] else ""
    said = 'who is in a group: type `net localgroup Administrators` and `net localgroup "Remote Desktop Users"` as well'
    said_ja = 'グループのメンバー(net localgroup Administrators と net localgroup "Remote Desktop Users" も実行してください)'
    return Parsed(
        looks=(Look("group_members", complete=False, reason="not_collected"),),
        problems=(Problem(piece.lines[0].number if piece.lines else 0, said, said_ja),),
        identifiers=(f"name:{host.lower()}",) if host else (),
    )


def group_begins(lines: Sequence[str]) -> bool:
    """Whether one group begins here: its name, its comment, an empty line, one heading, and a line of dashes."""
    if len(lines) < 5 or not lines[1].strip() or lines[2].strip() or not lines[3].strip() or lines[3][:1].isspace():
        return False
    if CLOSED.match(lines[1]) or "\\" in lines[3] or lines[3].rstrip().endswith((":", "：")):
        return False
    rest = [text for text in lines[4:7] if text.strip()]
    return bool(rest) and RULE.match(rest[0]) is not None and not field(lines[3])[1]


def read_group(piece: Piece, context: Context) -> Parsed:
    """Return the members of one group; local accounts in Administrators also as administrators. Never the whole list of groups."""
    tables = ("group_members", "accounts")
    name = field(piece.lines[0].text)[1][:256] if piece.lines else ""
    if at_domain(piece) or not name:
        problem = Problem(piece.lines[0].number if piece.lines else 0, "a group of this machine", "この機器のグループ")
        return Parsed(looks=tuple(Look(table, complete=False, reason="not_collected") for table in tables), problems=(problem,))
    sid = group_id(name)
    members: dict[str, GroupMember] = {}
    begun = False
    for line in piece.lines:
        if CLOSED.match(line.text) or FAILED.match(line.text):
            break
        if begun and line.text.strip() and len(members) < _MAX_MEMBERS:
            row = GroupMember(group_name=name, group_id=sid, member=line.text.strip()[:256], evidence=str(line.number))
            members.setdefault(row.member.lower(), row)
        begun = begun or RULE.match(line.text) is not None
    whole = closed(piece.lines) and begun
    if not whole and members and piece.lines:
        # The last line may be an error or a closing line in a language nobody foresaw, and no member.
        members = {key: row for key, row in members.items() if row.evidence != str(piece.lines[-1].number)}
    problems = () if whole else (Problem(piece.lines[-1].number, _END, _END_JA),)
    administrators = _administrators(list(members.values())) if sid == ADMINISTRATORS else []
    looks = [Look("group_members", complete=False, missing=() if sid else ("group_id",), reason="not_collected")]
    if administrators:
        looks.append(Look("accounts", complete=False, missing=account_columns_but("name", "administrator"), reason="not_collected"))
    return Parsed(rows=(*members.values(), *administrators), looks=tuple(looks), problems=problems)


def _administrators(members: Sequence[GroupMember]) -> list[Account]:
    """Local accounts among the members: names without domain. A domain controller prints groups of the domain so, too."""
    if any(row.member.lower() in DOMAIN_GROUPS for row in members):
        return []
    return [
        Account(name=row.member, administrator=True, evidence=row.evidence)
        for row in members
        if "\\" not in row.member and "@" not in row.member and not is_sid(row.member)
    ]
