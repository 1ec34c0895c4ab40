"""Who may do what, as Windows stores it: a security descriptor in its self-relative form (MS-DTYP 2.4.6)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_PRESENT = 0x0004
"""SE_DACL_PRESENT: without a list anybody may do anything."""
_ALLOW, _DENY = 0, 1
_INHERIT_ONLY = 0x08
_MOST = 2000
FULL, CHANGE, READ = 0x001F01FF, 0x001301BF, 0x001200A9
_WRITE_BITS = 0x0002 | 0x0004 | 0x00010000 | 0x00040000 | 0x00080000 | 0x40000000
_OWN_BITS = 0x00040000 | 0x00080000 | 0x10000000
KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "S-1-1-0": "Everyone",
        "S-1-5-7": "ANONYMOUS LOGON",
        "S-1-5-11": "Authenticated Users",
        "S-1-5-4": "INTERACTIVE",
        "S-1-5-2": "NETWORK",
        "S-1-5-18": "SYSTEM",
        "S-1-5-32-544": "Administrators",
        "S-1-5-32-545": "Users",
        "S-1-5-32-546": "Guests",
        "S-1-5-32-547": "Power Users",
        "S-1-5-32-551": "Backup Operators",
    }
)
"""Accounts and groups that are the same on every Windows, in every language."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the SID, whether it allows or denies, and the bits."""

    sid: str
    allow: bool
    mask: int

    @property
    def principal(self) -> str:
        """The name that is the same everywhere, else the SID."""
        return KNOWN.get(self.sid, self.sid)

    @property
    def access(self) -> str:
        """`full` may also change who may; `change` may write; `read` neither."""
        if self.mask & _OWN_BITS or self.mask & FULL == FULL:
            return "full"
        return "change" if self.mask & _WRITE_BITS else "read"


def read_descriptor(data: bytes) -> list[Entry] | None:
    """Return the entries in order; None when these bytes are no descriptor that can be read whole."""
    if len(data) < 20 or len(data) > 1 << 20 or data[0] != 1:
        return None
    control, _, _, _, start = struct.unpack_from("<HIIII", data, 2)
    if not control & _PRESENT or start == 0:
        return [Entry("S-1-1-0", allow=True, mask=FULL)]
    if start + 8 > len(data):
        return None
    _, size, count = struct.unpack_from("<BxHH", data, start)
    if start + size > len(data) or count > _MOST:
        return None
    entries: list[Entry] = []
    at = start + 8
    for _ in range(count):
        entry = _entry(data, at, start + size)
        if entry is None:
            return None
        length, kind, flags, mask, sid = entry
        at += length
        if kind not in (_ALLOW, _DENY):
            return None
        if not flags & _INHERIT_ONLY:
            entries.append(Entry(sid, allow=kind == _ALLOW, mask=mask))
    return entries


def _entry(data: bytes, at: int, end: int) -> tuple[int, int, int, int, str] | None:
    if at + 16 > end:
        return None
    kind, flags, length, mask = struct.unpack_from("<BBHI", data, at)
    if length < 16 or at + length > end:
        return None
    revision, count = data[at + 8], data[at + 9]
    if revision != 1 or count > 15 or 16 + 4 * count > length:
        return None
    authority = int.from_bytes(data[at + 10 : at + 16], "big")
    parts = struct.unpack_from(f"<{count}I", data, at + 16)
    return length, kind, flags, mask, "-".join(("S-1", str(authority), *map(str, parts)))
