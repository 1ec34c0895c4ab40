"""`net user /domain`, `net group /domain` and what else a domain controller answers: recognised, and not taken for local accounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms.net_lines import AT_DOMAIN, CLOSED, FAILED
from omamori.parse.windows.forms.net_localgroup import group_begins, list_begins

_GROUP = re.compile(
    r"(?:Group Accounts for \\\\|\\\\\S{1,255} のグループ アカウント|Group name {2,}|グループ名 {2,}|Gruppenname {2,}|Nom de groupe {2,})"
)
_HEADING = re.compile(rf"(?:{AT_DOMAIN.pattern}|{_GROUP.pattern})")
_UNTIL = re.compile(rf"(?:{CLOSED.pattern}|{FAILED.pattern})")


def _begins(lines: Sequence[str]) -> bool:
    """Whether a domain answers here, or one of its groups or their list is shown on a domain controller."""
    return AT_DOMAIN.match(lines[0]) is not None or group_begins(lines) or list_begins(lines)


def read(piece: Piece, context: Context) -> Parsed:
    """Return nothing but what to type instead: accounts and groups of the domain are not those of this machine."""
    line = piece.lines[0].number if piece.lines else 0
    said = "this machine's own accounts; this is about the domain: type `net user` and `net localgroup Administrators` without /domain"
    said_ja = (
        "この機器のアカウント(これはドメインの情報です。/domain を付けずに net user と net localgroup Administrators を実行してください)"
    )
    return Parsed(
        looks=tuple(Look(table, complete=False, reason="not_collected") for table in ("accounts", "group_members")),
        problems=(Problem(line, said, said_ja),),
    )


FORMS = (
    Form(
        name="net_domain",
        command="net group /domain",
        tables=("accounts", "group_members"),
        read=read,
        heading=_HEADING,
        confirm=_begins,
        until=_UNTIL,
        source="Microsoft Learn, Windows Commands: net group",
    ),
)
