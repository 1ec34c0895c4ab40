"""The registry → shares, share_access: the folders the file server offers, with who may open them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.model.access import Share, ShareAccess, ShareSetting
from omamori.parse.windows.registry.descriptor import Entry, read_descriptor
from omamori.parse.windows.registry.part import Part, look
from omamori.parse.windows.registry.tree import Tree, Value

_SHARES = r"hklm\system\currentcontrolset\services\lanmanserver\shares"
SECURITY = rf"{_SHARES}\security"
_PARAMETERS = r"hklm\system\currentcontrolset\services\lanmanserver\parameters"
_NAMES = ("cscflags", "maxuses", "path", "permissions", "remark", "sharename", "type", "catimeout", "cachingmode")
_DISK = 0
_SETTINGS = ("SMB1", "RequireSecuritySignature", "EnableSecuritySignature", "RestrictNullSessAccess", "NullSessionShares", "EncryptData")


def read_shares(tree: Tree) -> Part:
    """Return shared folders. The ones Windows makes for administrators (C$, ADMIN$) do not stand here."""
    found = Part()
    _settings(tree, found)
    if not tree.line(_SHARES):
        return found
    access: list[ShareAccess] = []
    known, understood = True, True
    for value in tree.values(_SHARES):
        parts = _parts(value)
        if parts is None:
            understood = False
            continue
        if parts.get("type", "0").strip() != str(_DISK):
            continue
        security = tree.find(SECURITY, value.name).value
        entries = read_descriptor(security.data) if security is not None and isinstance(security.data, bytes) else None
        known = known and entries is not None
        if entries is not None and security is not None:
            access += _access(value.name, entries, security.line)
        found.rows.append(
            Share(
                name=value.name,
                protocol="smb",
                path=parts.get("path", "")[:300] or None,
                comment=parts.get("remark", "")[:300] or None,
                writable=any(one.allow and one.access != "read" for one in entries) if entries is not None else None,
                evidence=str(value.line),
            )
        )
    whole = understood and tree.whole(_SHARES)
    found.looks.append(look("shares", whole=whole, unread=("guest", *(() if known else ("writable",))), refused=tree.refused))
    found.rows += access
    found.looks.append(look("share_access", whole=whole and known, refused=tree.refused))
    return found


def _parts(value: Value) -> Mapping[str, str] | None:
    """`Path=C:\\x`, `Type=0` and so on. In printed lists a folder that begins with 0 looks like the sign between two parts."""
    if not isinstance(value.data, tuple):
        return None
    found: dict[str, str] = {}
    last = ""
    for word in value.data:
        name, sign, text = word.partition("=")
        if sign and name.lower() in _NAMES:
            last = name.lower()
            found[last] = text
        elif last:
            found[last] += f"\\0{word}"
    return found if "path" in found else None


def _access(share: str, entries: list[Entry], line: int) -> list[ShareAccess]:
    """What is denied to somebody is taken away from him; whom else he belongs to is not known, so others keep theirs."""
    denied: dict[str, int] = {}
    rows: dict[tuple[str, str], ShareAccess] = {}
    for entry in entries:
        if not entry.allow:
            denied[entry.sid] = denied.get(entry.sid, 0) | entry.mask
            continue
        mask = entry.mask & ~denied.get(entry.sid, 0)
        if mask:
            left = Entry(entry.sid, allow=True, mask=mask)
            rows[left.principal, left.access] = ShareAccess(share=share, principal=left.principal, access=left.access, evidence=str(line))
    return list(rows.values())


def _settings(tree: Tree, found: Part) -> None:
    rows: list[Any] = []
    for name in _SETTINGS:
        value = tree.find(_PARAMETERS, name).value
        if value is not None:
            text = str(value.number) if value.number is not None else value.text
            rows.append(ShareSetting(protocol="smb", name=name, value=text[:400], evidence=str(value.line)))
    if rows:
        found.rows += rows
        found.looks.append(look("share_settings", whole=tree.whole(_PARAMETERS), refused=tree.refused))
