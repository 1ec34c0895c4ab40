"""`net user`, `net user NAME`, `net localgroup`, `net localgroup NAME`: what they say together about accounts and groups.

The list of groups and the members of every one of them are all memberships; the list of accounts and the
members of Administrators tell of every account whether it is an administrator.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from omamori.model.access import Account, GroupMember
from omamori.model.look import Look, Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.forms import net_localgroup, net_user
from omamori.parse.windows.forms.lists import unless_cut
from omamori.parse.windows.forms.net_lines import ADMINISTRATORS, at_domain, closed, field, group_id
from omamori.parse.windows.merge import merge

_READERS: Mapping[str, Callable[[Piece, Context], Parsed]] = MappingProxyType(
    {
        "net_user": net_user.read_list,
        "net_user_name": net_user.read_account,
        "net_localgroup": net_localgroup.read_list,
        "net_localgroup_name": net_localgroup.read_group,
    }
)
_ANYBODY = ("nt authority\\", "everyone", "nt-autorit\u00e4t\\", "jeder", "autorite nt\\", "tout le monde")


def read_together(pieces: Sequence[Piece], context: Context) -> Parsed:
    """Return accounts and memberships of all outputs; whole only where every list that it takes is."""
    parts = [_read(piece, context) for piece in pieces]
    whole = [piece for piece in pieces if _whole(piece)]
    groups = {field(piece.lines[0].text)[1].lower(): piece for piece in whole if piece.form == "net_localgroup_name"}
    lists = [piece for piece in whole if piece.form == "net_localgroup"]
    every = any(net_localgroup.listed(piece) <= groups.keys() for piece in lists)
    if every:
        # What the list alone asks for is all there.
        parts = [
            dataclasses.replace(part, problems=()) if piece.form == "net_localgroup" else part
            for piece, part in zip(pieces, parts, strict=True)
        ]
    found = merge(parts)
    if every:
        found = _with(found, _groups_look(found))
    administrators = next((piece for name, piece in groups.items() if group_id(name) == ADMINISTRATORS), None)
    return _administrators(found, administrators, context) if administrators is not None else found


def _whole(piece: Piece) -> bool:
    """Whether nothing of an output is missing: its closing line is there, no filter stood behind the command."""
    return not piece.cut and "|" not in piece.command and not at_domain(piece) and closed(piece.lines)


def _read(piece: Piece, context: Context) -> Parsed:
    return unless_cut(_READERS[piece.form](piece, context), piece)


def _with(found: Parsed, look: Look) -> Parsed:
    return dataclasses.replace(found, looks=tuple(look if one.table == look.table else one for one in found.looks))


def _groups_look(found: Parsed) -> Look:
    unnamed = any(isinstance(row, GroupMember) and row.group_id is None for row in found.rows)
    missing = ("group_id",) if unnamed else ()
    return Look("group_members", missing=missing, reason="not_collected" if missing else None)


def _administrators(found: Parsed, piece: Piece, context: Context) -> Parsed:
    """Who is not in Administrators is no administrator, where all accounts and all members are known."""
    look = next((one for one in found.looks if one.table == "accounts"), None)
    members = {row.member.lower() for row in net_localgroup.read_group(piece, context).rows if isinstance(row, GroupMember)}
    if look is None or not look.complete or not members or members & net_localgroup.DOMAIN_GROUPS:
        return found
    if any(member.startswith(_ANYBODY) for member in members):
        return found
    rows = tuple(
        dataclasses.replace(row, administrator=row.name.lower() in members) if isinstance(row, Account) else row for row in found.rows
    )
    return _with(
        dataclasses.replace(found, rows=rows), dataclasses.replace(look, missing=tuple(n for n in look.missing if n != "administrator"))
    )


FORMS = (
    Form(
        name="net_user",
        command="net user",
        tables=("accounts",),
        read=net_user.read_list,
        heading=net_user.LIST,
        confirm=net_user.list_begins,
        join=read_together,
        source="Microsoft Learn, Windows Commands: net user",
    ),
    Form(
        name="net_user_name",
        command="net user NAME",
        tables=("accounts", "group_members"),
        read=net_user.read_account,
        heading=net_user.ACCOUNT,
        confirm=net_user.account_begins,
        each=True,
        join=read_together,
        source="Microsoft Learn, Windows Commands: net user",
    ),
    Form(
        name="net_localgroup",
        command="net localgroup",
        tables=("group_members",),
        read=net_localgroup.read_list,
        heading=net_localgroup.LIST,
        confirm=net_localgroup.list_begins,
        join=read_together,
        source="Microsoft Learn, Windows Commands: net localgroup",
    ),
    Form(
        name="net_localgroup_name",
        command="net localgroup NAME",
        tables=("group_members", "accounts"),
        read=net_localgroup.read_group,
        heading=net_localgroup.GROUP,
        confirm=net_localgroup.group_begins,
        each=True,
        join=read_together,
        source="Microsoft Learn, Windows Commands: net localgroup",
    ),
)
